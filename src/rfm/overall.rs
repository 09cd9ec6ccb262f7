//! The sum of levels, and its bands.

use super::Scored;
use serde::{Deserialize, Serialize};

/// The customers of one overall score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// The overall score.
    pub score: u32,
    /// Low, Mid or High.
    pub value: String,
    /// Low Engagement, Average or Loyal.
    pub loyalty: String,
    /// How many customers have it.
    pub customers: usize,
    /// The mean of each figure, in the order of the scores; empty where nobody has the score.
    pub means: Vec<f64>,
}

/// Overall scores.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overall {
    /// Each customer's overall score; `None` where a score is unknown.
    pub scores: Vec<Option<u32>>,
    /// The customers of each score.
    pub bands: Vec<Band>,
    /// What has to be known.
    pub notes: Vec<String>,
}

/// The sum of each customer's levels, counted from 0: with three figures of four levels 0 to 9.
///
/// Bands are those of a published course deck, which counts from 0 to 8: up to 2 Low, up to 4 Mid, above
/// High; up to 3 Low Engagement, up to 6 Average, above Loyal. The deck leaves 0 out of its second list
/// and never comes to 9; here 0 is Low Engagement and 9 is High and Loyal. Where the highest sum is
/// another, a band ends at the same share of it: with three figures of five levels, 0 to 12, Low ends at 3.
/// `money` is the place of the figure that higher scores should have more of.
pub fn overall(scored: &[&Scored], values: &[&[Option<f64>]], money: usize) -> Overall {
    let customers = scored.first().map_or(0, |scored| scored.scores.len());
    let sum = |customer: usize| {
        scored
            .iter()
            .try_fold(0, |sum, scored| scored.scores[customer].map(|score| sum + score - 1))
    };
    let scores: Vec<Option<u32>> = (0..customers).map(sum).collect();
    let most: u32 = scored.iter().map(|scored| scored.best - 1).sum();
    let bands: Vec<Band> = (0..=most)
        .map(|score| {
            let members: Vec<usize> =
                (0..customers).filter(|customer| scores[*customer] == Some(score)).collect();
            let mean = |values: &&[Option<f64>]| {
                let of = members.iter().filter_map(|customer| values[*customer]);
                of.sum::<f64>() / members.len() as f64
            };
            let means = match members.is_empty() {
                true => Vec::new(),
                false => values.iter().map(mean).collect(),
            };
            let up_to = |eighths: u32| 8 * score <= eighths * most;
            let value = match score {
                _ if up_to(2) => "Low",
                _ if up_to(4) => "Mid",
                _ => "High",
            };
            let loyalty = match score {
                _ if up_to(3) => "Low Engagement",
                _ if up_to(6) => "Average",
                _ => "Loyal",
            };
            Band {
                score,
                value: value.to_string(),
                loyalty: loyalty.to_string(),
                customers: members.len(),
                means,
            }
        })
        .collect();
    let filled: Vec<&Band> = bands.iter().filter(|band| band.customers > 0).collect();
    let notes = filled
        .windows(2)
        .filter(|pair| pair[1].means[money] < pair[0].means[money])
        .map(|pair| {
            format!(
                "customers of overall score {} spend less in the mean ({:.2}) than those of {} ({:.2}): the sum counts all figures alike",
                pair[1].score, pair[1].means[money], pair[0].score, pair[0].means[money]
            )
        })
        .collect();
    Overall { scores, bands, notes }
}

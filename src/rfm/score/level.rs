//! What the customers of each score look like.

use super::quantile::quantile;
use serde::{Deserialize, Serialize};

/// What the customers of one score look like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// The score.
    pub score: u32,
    /// How many customers have it.
    pub count: usize,
    /// The mean of the figure; `None` where nobody has the score.
    pub mean: Option<f64>,
    /// The standard deviation (n − 1).
    pub sd: Option<f64>,
    /// The smallest value.
    pub min: Option<f64>,
    /// The quartiles, type 7.
    pub quartiles: Option<[f64; 3]>,
    /// The largest value.
    pub max: Option<f64>,
}

/// The levels of scores, from 1.
pub(super) fn levels(values: &[Option<f64>], scores: &[Option<u32>], best: u32) -> Vec<Level> {
    (1..=best)
        .map(|score| {
            let of = values.iter().zip(scores).filter(|(_, own)| **own == Some(score));
            let mut members: Vec<f64> = of.filter_map(|(value, _)| *value).collect();
            members.sort_by(f64::total_cmp);
            let n = members.len() as f64;
            let mean = (!members.is_empty()).then(|| members.iter().sum::<f64>() / n);
            let sd = mean.filter(|_| members.len() > 1).map(|mean| {
                let squares: f64 = members.iter().map(|value| (value - mean).powi(2)).sum();
                (squares / (n - 1.0)).sqrt()
            });
            Level {
                score,
                count: members.len(),
                mean,
                sd,
                min: members.first().copied(),
                quartiles: mean.map(|_| [1, 2, 3].map(|part| quantile(&members, part, 4))),
                max: members.last().copied(),
            }
        })
        .collect()
}

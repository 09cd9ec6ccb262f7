//! From a figure of each customer to a score: 1 for the worst, the number of levels for the best.

mod edges;
mod kmeans;
mod lloyd;
mod quantile;

pub use kmeans::{Level, elbow};

use crate::text::{count, list};
use serde::Serialize;

/// Which end of a figure is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// As money is.
    MoreIsBetter,
    /// As recency is, counted in days since the last purchase.
    LessIsBetter,
}

/// How a figure becomes a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By quantiles of the values (type 7 of Hyndman and Fan 1996, the default of R, NumPy and pandas):
    /// a value at an edge belongs below it.
    Quantile,
    /// By quantiles of the ranks: levels as equal in size as ties allow.
    Rank,
    /// As R's package `rfm`: quantile plus one, a value at an edge belongs above it. Made for whole
    /// numbers.
    QuantilePlusOne,
    /// By own cut points, ascending: a value at a cut belongs below it.
    Cuts(Vec<f64>),
    /// Above the mean or not.
    Mean,
    /// By one-dimensional k-means, exact, levels in the order of their means.
    Kmeans,
    /// By Lloyd's k-means from starts at the quantiles, which stops as scikit-learn does: when centres
    /// move by less than 1e-4 of the variance. It may miss the smallest sum of squares.
    Lloyd,
}

/// The scores of one figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// A score for each customer, 1 for the worst; `None` where the figure is unknown.
    pub scores: Vec<Option<u32>>,
    /// How many levels were asked for; the best score.
    pub best: u32,
    /// The values between the levels, ascending: up to and including the first lies the first level,
    /// and so on (below it, for [`Method::QuantilePlusOne`]).
    pub edges: Vec<f64>,
    /// How many customers have each score, from 1.
    pub sizes: Vec<usize>,
    /// What each level looks like, from score 1.
    pub levels: Vec<Level>,
    /// What has to be known to read the scores, in sentences.
    pub notes: Vec<String>,
}

/// Scores a figure. `name` is what notes call it; equal values get equal scores, and the best value
/// gets the best score (except by R's rule, which is followed as it is).
///
/// ```
/// use custval::rfm::{Direction, Method, score};
///
/// let days: Vec<Option<f64>> = [3.0, 40.0, 5.0, 90.0].map(Some).to_vec();
/// let recency = score("recency", &days, 4, &Method::Quantile, Direction::LessIsBetter);
/// assert_eq!(recency.scores, [Some(4), Some(2), Some(3), Some(1)]);
/// assert_eq!(recency.edges, [4.5, 22.5, 52.5]);
/// ```
pub fn score(
    name: &str,
    values: &[Option<f64>],
    levels: u32,
    method: &Method,
    direction: Direction,
) -> Scored {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let levels = match method {
        Method::Cuts(cuts) => cuts.len() as u32 + 1,
        Method::Mean => 2,
        _ => levels.max(1),
    };
    let mut edges = match method {
        Method::Quantile => quantile::edges(&sorted, levels),
        Method::QuantilePlusOne => {
            quantile::edges(&sorted, levels).iter().map(|edge| edge + 1.0).collect()
        }
        Method::Rank => quantile::rank_edges(&sorted, levels),
        Method::Cuts(cuts) => cuts.clone(),
        Method::Mean => edges::mean(&sorted).into_iter().collect(),
        Method::Kmeans => kmeans::edges(&sorted, levels),
        Method::Lloyd => lloyd::edges(&sorted, levels),
    };
    let is_strict = *method == Method::QuantilePlusOne;
    let mut notes = Vec::new();
    // Nothing lies above an edge at the highest value: ties have swallowed the upper levels. The best
    // value has to get the best score, and no worse one with it.
    if !is_strict && edges::below_the_top(&mut edges, &sorted) {
        let highest = sorted.iter().rev().take_while(|value| Some(*value) == sorted.last()).count();
        let share = 100.0 * highest as f64 / sorted.len() as f64;
        notes.push(format!(
            "{name}: {} ({share:.0} %) share the highest value, so that upper levels fall together",
            count(highest, "customer")
        ));
    }
    let height = edges::heights(values, &edges, is_strict);
    let turn = |height: u32| match direction {
        Direction::MoreIsBetter => height,
        Direction::LessIsBetter => levels + 1 - height,
    };
    // Where all are equal, all are the best there is.
    let is_flat = sorted.first() == sorted.last() && !sorted.is_empty();
    // Fewer edges than were asked for: as many clusters as there are different values.
    let height: Vec<Option<u32>> = height
        .into_iter()
        .map(|height| height.map(|own| if own as usize > edges.len() { levels } else { own }))
        .collect();
    let scores: Vec<Option<u32>> = height
        .iter()
        .map(|height| {
            height.map(|height| if is_flat && !is_strict { levels } else { turn(height) })
        })
        .collect();
    let sizes: Vec<usize> = (1..=levels)
        .map(|level| scores.iter().flatten().filter(|score| **score == level).count())
        .collect();
    let unused: Vec<String> = (1..=levels)
        .zip(&sizes)
        .filter(|(_, size)| **size == 0)
        .map(|(level, _)| level.to_string())
        .collect();
    if is_flat {
        notes.push(format!(
            "{name}: every customer has the same value, which tells nothing; all get {levels}"
        ));
    } else if !unused.is_empty() && !sorted.is_empty() {
        let distinct = 1 + sorted.windows(2).filter(|pair| pair[0] != pair[1]).count();
        notes.push(format!(
            "{name}: too many customers share their value for {levels} levels ({}); nobody has score {}",
            count(distinct, "different value"),
            list(&unused)
        ));
    }
    let levels_of = kmeans::levels(values, &scores, levels);
    Scored { scores, best: levels, edges, sizes, levels: levels_of, notes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn more(values: &[f64], levels: u32, method: &Method) -> Scored {
        let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        score("money", &values, levels, method, Direction::MoreIsBetter)
    }

    fn numbers(scored: &Scored) -> Vec<u32> {
        scored.scores.iter().flatten().copied().collect()
    }

    #[test]
    fn ties_stay_together_and_the_best_gets_the_best() {
        let scored = more(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 3.0], 4, &Method::Quantile);
        assert_eq!(numbers(&scored), [1, 1, 1, 1, 1, 1, 4, 4]);
        assert_eq!(
            scored.notes,
            [
                "money: too many customers share their value for 4 levels (3 different values); nobody has score 2 and 3"
            ]
        );
        // Nine of ten have the highest value.
        let scored =
            more(&[1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0], 5, &Method::Quantile);
        assert_eq!(numbers(&scored), [1, 5, 5, 5, 5, 5, 5, 5, 5, 5]);
        let flat = more(&[7.0; 5], 5, &Method::Quantile);
        assert_eq!(numbers(&flat), [5; 5]);
        for method in [Method::Rank, Method::Kmeans, Method::Quantile] {
            assert_eq!(numbers(&more(&[7.0; 3], 5, &method)), [5; 3]);
            assert!(more(&[], 5, &method).scores.is_empty());
        }
    }

    #[test]
    fn ranks_make_levels_of_equal_size() {
        let values: Vec<f64> = (0..10).map(|n| f64::from(n).exp()).collect();
        let scored = more(&values, 5, &Method::Rank);
        assert_eq!(scored.sizes, [2; 5]);
        assert_eq!(numbers(&scored), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    }

    #[test]
    fn unknown_figures_have_no_score() {
        let values = [Some(1.0), None, Some(3.0)];
        let scored = score("money", &values, 2, &Method::Mean, Direction::MoreIsBetter);
        assert_eq!(scored.scores, [Some(1), None, Some(2)]);
    }
}

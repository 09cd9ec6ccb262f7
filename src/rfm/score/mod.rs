//! From a figure of each customer to a score: 1 for the worst, the number of levels for the best.

mod edges;
mod kmeans;
mod level;
mod lloyd;
mod notes;
mod quantile;

pub use kmeans::elbow;
pub use level::Level;
pub use lloyd::{Lloyd, Starts};

use serde::{Deserialize, Serialize};

/// Which end of a figure is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// As money is.
    MoreIsBetter,
    /// As recency is, counted in days since the last purchase.
    LessIsBetter,
}

/// How a figure becomes a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// By own cut points, ascending: a value at a cut belongs above it, as in R's package `rfm` and as
    /// for the rule "cuts" of a model.
    Cuts(Vec<f64>),
    /// Above the mean or not.
    Mean,
    /// By one-dimensional k-means, exact, levels in the order of their means.
    Kmeans,
    /// By Lloyd's k-means from a stated start, to a stated end. It may miss the smallest sum of squares.
    Lloyd(Lloyd),
}

impl Method {
    /// The method in words.
    pub fn words(&self) -> &'static str {
        match self {
            Method::Quantile => "quantiles of the figures",
            Method::Rank => "quantiles of the ranks",
            Method::QuantilePlusOne => "quantiles plus one, as in R's package rfm",
            Method::Cuts(_) => "own cut points",
            Method::Mean => "above the mean or not",
            Method::Kmeans => "one-dimensional k-means, exact",
            Method::Lloyd(_) => "one-dimensional k-means by Lloyd's method",
        }
    }

    /// Whether a value at an edge belongs above it.
    fn is_strict(&self) -> bool {
        matches!(self, Method::QuantilePlusOne | Method::Cuts(_))
    }

    /// Whether the edges come from the data alone, so that the best value of these customers has the best
    /// score. R's rule is followed as it is, and own cut points are what their maker wanted.
    fn is_relative(&self) -> bool {
        !self.is_strict()
    }
}

/// The scores of one figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// A score for each customer, 1 for the worst; `None` where the figure is unknown.
    pub scores: Vec<Option<u32>>,
    /// How many levels were asked for; the best score.
    pub best: u32,
    /// The values between the levels, ascending: up to and including the first lies the first level,
    /// and so on (below it, for [`Method::QuantilePlusOne`] and [`Method::Cuts`]).
    pub edges: Vec<f64>,
    /// How many customers have each score, from 1.
    pub sizes: Vec<usize>,
    /// What each level looks like, from score 1.
    pub levels: Vec<Level>,
    /// What has to be known to read the scores, in sentences.
    pub notes: Vec<String>,
}

/// Scores a figure. `name` is what notes call it; equal values get equal scores, and the best value
/// gets the best score (except by R's rule and by own cut points, which are followed as they are).
///
/// A value that is not a finite number counts as unknown, with a note.
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
    let unusable = values.iter().flatten().filter(|value| !value.is_finite()).count();
    let finite = |value: &Option<f64>| value.filter(|value| value.is_finite());
    let values: &[Option<f64>] = &values.iter().map(finite).collect::<Vec<_>>();
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
        Method::Lloyd(lloyd) => lloyd.edges(&sorted, levels),
    };
    // Nothing lies above an edge at the highest value: ties have swallowed the upper levels. The best
    // value has to get the best score, and no worse one with it.
    let has_swallowed = method.is_relative() && edges::below_the_top(&mut edges, &sorted);
    // Where all are equal, all are the best there is.
    let is_flat = method.is_relative() && sorted.first() == sorted.last();
    let turn = |height: u32| match direction {
        _ if is_flat => levels,
        // Fewer edges than were asked for: as many clusters as there are different values.
        Direction::MoreIsBetter if height as usize > edges.len() => levels,
        Direction::MoreIsBetter => height,
        Direction::LessIsBetter if height as usize > edges.len() => 1,
        Direction::LessIsBetter => levels + 1 - height,
    };
    let heights = edges::heights(values, &edges, method.is_strict());
    let scores: Vec<Option<u32>> = heights.iter().map(|height| height.map(turn)).collect();
    let sizes: Vec<usize> = (1..=levels)
        .map(|level| scores.iter().flatten().filter(|score| **score == level).count())
        .collect();
    let mut notes = notes::notes(name, &sorted, &sizes, method, has_swallowed);
    notes.extend(notes::unusable(name, unusable));
    let levels_of = level::levels(values, &scores, levels);
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
    fn own_cut_points_are_followed_as_they_are() {
        let cuts = Method::Cuts(vec![100.0, 1000.0]);
        let scored = more(&[50.0, 100.0, 500.0], 0, &cuts);
        assert_eq!((numbers(&scored), scored.edges), (vec![1, 2, 2], vec![100.0, 1000.0]));
        assert_eq!(
            scored.notes,
            ["money: nobody has score 3; no value lies between those cut points"]
        );
        let flat = more(&[50.0; 3], 0, &cuts);
        assert_eq!(numbers(&flat), [1; 3]);
        assert!(flat.notes[0].ends_with("tells nothing; all get 1"), "{:?}", flat.notes);
        let days: Vec<Option<f64>> = [30.0, 31.0, 400.0].map(Some).to_vec();
        let method = Method::Cuts(vec![31.0, 366.0]);
        let scored = score("days", &days, 0, &method, Direction::LessIsBetter);
        assert_eq!(numbers(&scored), [3, 2, 1]);
    }

    #[test]
    fn what_is_no_number_is_unknown_and_said() {
        let values = [Some(1.0), Some(f64::NAN), Some(f64::INFINITY), Some(2.0)];
        let scored = score("x", &values, 2, &Method::Kmeans, Direction::MoreIsBetter);
        assert_eq!(scored.scores, [Some(1), None, None, Some(2)]);
        assert_eq!(scored.notes, ["x: 2 values are no finite numbers and count as unknown"]);
        let scored = score("x", &[None], 2, &Method::Rank, Direction::MoreIsBetter);
        assert_eq!(scored.notes, ["x: it is known of no customer, so that nobody has a score"]);
    }

    #[test]
    fn few_values_spread_from_the_worst_score_to_the_best() {
        for method in [Method::Kmeans, Method::Lloyd(Lloyd::default())] {
            assert_eq!(numbers(&more(&[1.0, 1.0, 2.0], 5, &method)), [1, 1, 5]);
            let days: Vec<Option<f64>> = [1.0, 2.0, 3.0].map(Some).to_vec();
            let scored = score("days", &days, 5, &method, Direction::LessIsBetter);
            assert_eq!(numbers(&scored), [5, 4, 1]);
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

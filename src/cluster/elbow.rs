//! Where the sum of squares bends, if it does.

use super::gap::Gap;
use serde::{Deserialize, Serialize};

/// A bend below this is none, whatever chance would give: the fall of the sum of squares to k
/// clusters must be a fifth steeper, beside that to k + 1, than without structure.
const LEAST_BEND: f64 = 0.2;

/// The bend of the curve of log W over the number of clusters, compared with tables without
/// structure.
///
/// The bend at k is how much more log W falls from k − 1 to k than from k to k + 1, less the mean of
/// the same over the references of the gap statistic. Every curve bends; the elbow is clear only if
/// the largest bend is larger than that of every reference, and than 0.2, and log W falls more to
/// this k than it does in the references. It is a rule, not a test with a known level: a table
/// without groups may fill another shape than the references' box.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Elbow {
    /// The number of clusters at a clear elbow; `None` if none is clear.
    pub k: Option<usize>,
    /// Where the bend is largest, clear or not.
    pub largest_at: Option<usize>,
    /// The largest bend.
    pub bend: Option<f64>,
    /// What it must be larger than.
    pub limit: Option<f64>,
}

impl Elbow {
    pub(super) fn of(gap: &Gap) -> Elbow {
        let gaps = gap.gaps();
        // The number of clusters, the bend, and whether the fall to it is more than without structure.
        let mut largest: Option<(usize, f64, bool)> = None;
        let own = bends(&gap.log_w);
        let references: Vec<Vec<Option<f64>>> =
            gap.references.iter().map(|reference| bends(reference)).collect();
        let count = references.len() as f64;
        let mut of_references = vec![f64::NEG_INFINITY; references.len()];
        for at in 0..own.len() {
            let all: Option<Vec<f64>> = references.iter().map(|reference| reference[at]).collect();
            let (Some(own), Some(all)) = (own[at], all) else { continue };
            let mean = all.iter().sum::<f64>() / count;
            for (most, bend) in of_references.iter_mut().zip(&all) {
                // Less the mean of the others, as the table's is less the mean of all.
                *most = most.max((bend - mean) * count / (count - 1.0));
            }
            let falls = match (gaps[at], gaps[at + 1]) {
                (Some((before, _)), Some((here, _))) => here > before,
                _ => false,
            };
            let bend = own - mean;
            if largest.is_none_or(|(_, most, _)| bend > most) {
                largest = Some((at + 2, bend, falls));
            }
        }
        let Some((at, bend, falls)) = largest else { return Elbow::default() };
        let limit = of_references.into_iter().fold(LEAST_BEND, f64::max);
        Elbow {
            k: (falls && bend > limit).then_some(at),
            largest_at: Some(at),
            bend: Some(bend),
            limit: Some(limit),
        }
    }
}

/// The bends at 2, 3, … clusters: second differences of log W over 1, 2, … clusters.
fn bends(log_w: &[Option<f64>]) -> Vec<Option<f64>> {
    log_w.windows(3).map(|w| Some(w[0]? - 2.0 * w[1]? + w[2]?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elbow(own: &[f64], references: &[&[f64]]) -> Elbow {
        let known = |log_w: &[f64]| log_w.iter().map(|w| Some(*w)).collect();
        let references = references.iter().map(|reference| known(reference)).collect();
        Elbow::of(&Gap { log_w: known(own), references })
    }

    #[test]
    fn the_largest_bend_beyond_the_references_is_the_elbow() {
        // Falls of 1, 4 and 0.5 against even ones: bends of −3 at 2 and 3.5 at 3.
        let even: &[f64] = &[10.0, 9.0, 8.0, 7.0];
        let found = elbow(&[10.0, 9.0, 5.0, 4.5], &[even, even]);
        let by_hand = Elbow { k: Some(3), largest_at: Some(3), bend: Some(3.5), limit: Some(0.2) };
        assert_eq!(found, by_hand);
        // A reference that bends as much: by 4 at 3, −4 in the other; 4 less the other's −4 is 8.
        let one: &[f64] = &[10.0, 9.0, 4.0, 3.0];
        let other: &[f64] = &[10.0, 9.0, 8.0, 3.0];
        let found = elbow(&[10.0, 9.0, 5.0, 4.5], &[one, other]);
        assert_eq!((found.k, found.largest_at, found.limit), (None, Some(3), Some(8.0)));
    }

    #[test]
    fn a_small_bend_or_a_small_fall_is_none() {
        let even: &[f64] = &[10.0, 9.0, 8.0];
        assert_eq!(elbow(&[10.0, 9.0, 8.05], &[even, even]).k, None);
        assert_eq!(elbow(&[10.0, 9.5, 9.4], &[even, even]).k, None);
        assert_eq!(elbow(&[10.0, 9.0], &[&[10.0, 9.0], &[10.0, 9.0]]), Elbow::default());
        assert_eq!(elbow(&[], &[]), Elbow::default());
    }
}

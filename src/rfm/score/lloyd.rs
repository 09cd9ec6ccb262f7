//! One-dimensional k-means by Lloyd's iteration, as the usual libraries do it.

use super::quantile::quantile;
use crate::cluster::{Options, Points, Start};
use crate::diagnostic::Diagnostics;
use serde::{Deserialize, Serialize};

/// The most steps, scikit-learn's default.
const MOST_STEPS: usize = 300;

/// Where Lloyd's iteration starts, and when it stops.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lloyd {
    /// The first centres.
    pub starts: Starts,
    /// It stops when the squares of the centres' moves sum to no more than this share of the variance
    /// (of n, not n − 1); 0 is to go on until nothing moves.
    pub tolerance: f64,
}

impl Default for Lloyd {
    /// From the quantiles, and as early as scikit-learn stops: 1e-4.
    fn default() -> Lloyd {
        Lloyd { starts: Starts::Quantiles, tolerance: 1e-4 }
    }
}

/// The first centres of Lloyd's iteration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Starts {
    /// The quantiles 1/(k + 1) … k/(k + 1).
    Quantiles,
    /// These values, in any order: as many as there are levels.
    Values(Vec<f64>),
    /// The best of ten draws by k-means++ with this seed.
    Seeded(u64),
}

impl Lloyd {
    /// The largest value of each cluster but the last.
    pub(super) fn edges(&self, sorted: &[f64], k: u32) -> Vec<f64> {
        let different = sorted.chunk_by(|a, b| a == b).count();
        let k = k.min(u32::try_from(different).unwrap_or(u32::MAX));
        if k == 0 {
            return Vec::new();
        }
        let n = sorted.len() as f64;
        let mean = sorted.iter().sum::<f64>() / n;
        let variance = sorted.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
        let mut centres = self.starts.centres(sorted, k);
        centres.sort_by(f64::total_cmp);
        centres.dedup();
        for _ in 0..MOST_STEPS {
            if step(sorted, &mut centres) <= self.tolerance * variance {
                break;
            }
        }
        // A cluster without values has no edge of its own.
        let ends = ends(sorted, &centres);
        let mut edges: Vec<f64> = ends
            .iter()
            .filter(|end| **end > 0 && **end < sorted.len())
            .map(|end| sorted[end - 1])
            .collect();
        edges.dedup();
        edges
    }
}

impl Starts {
    fn centres(&self, sorted: &[f64], k: u32) -> Vec<f64> {
        let quantiles = || (1..=k).map(|part| quantile(sorted, part, k + 1)).collect();
        match self {
            Starts::Quantiles => quantiles(),
            Starts::Values(values) => values.clone(),
            Starts::Seeded(seed) => seeded(sorted, k, *seed).unwrap_or_else(quantiles),
        }
    }
}

/// The centres that k-means++ draws; `None` where the values cannot be clustered.
fn seeded(sorted: &[f64], k: u32, seed: u64) -> Option<Vec<f64>> {
    let points = Points::new(&["value".to_string()], sorted.to_vec()).ok()?;
    let options = Options {
        start: Start::KmeansPlusPlus,
        seed,
        max_iterations: 1,
        restarts: 10,
        compare_up_to: 0,
        gap_references: 0,
        bootstraps: 0,
        silhouette_limit: 2,
        ..Options::new(k as usize)
    };
    let clusters = options.check(&points).ok()?.run(&mut Diagnostics::new()).ok()?;
    Some(clusters.initial_centres.into_iter().flatten().collect())
}

/// Moves each centre to the mean of its values; the sum of the squares of the moves. A centre without
/// values stays where it is.
fn step(sorted: &[f64], centres: &mut [f64]) -> f64 {
    let ends = ends(sorted, centres);
    let mut moved = 0.0;
    let mut start = 0;
    for (centre, end) in centres.iter_mut().zip(ends) {
        if end > start {
            let new = sorted[start..end].iter().sum::<f64>() / (end - start) as f64;
            moved += (new - *centre).powi(2);
            *centre = new;
        }
        start = end;
    }
    moved
}

/// Behind the last value of each cluster: values belong to the nearest centre, at equal distance to the
/// lower.
fn ends(sorted: &[f64], centres: &[f64]) -> Vec<usize> {
    let between = centres.windows(2).map(|pair| {
        let middle = pair[0] + (pair[1] - pair[0]) / 2.0;
        sorted.partition_point(|value| *value <= middle)
    });
    between.chain([sorted.len()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 6] = [1.0, 2.0, 3.0, 50.0, 51.0, 90.0];

    fn from(starts: Starts) -> Vec<f64> {
        Lloyd { starts, tolerance: 0.0 }.edges(&VALUES, 3)
    }

    #[test]
    fn the_start_decides_where_it_ends() {
        assert_eq!(from(Starts::Values(vec![90.0, 2.0, 50.0])), [3.0, 51.0]);
        // Two centres among the low values never leave them.
        assert_eq!(from(Starts::Values(vec![1.0, 3.0, 60.0])), [2.0, 3.0]);
        for seed in 0..5 {
            assert_eq!(from(Starts::Seeded(seed)), [3.0, 51.0]);
        }
    }

    #[test]
    fn few_values_and_centres_without_any_are_no_fault() {
        assert_eq!(from(Starts::Values(vec![-900.0, 2.0, 900.0])), [90.0; 0]);
        for starts in [Starts::Quantiles, Starts::Seeded(1)] {
            let lloyd = Lloyd { starts, tolerance: 0.0 };
            assert_eq!(lloyd.edges(&[1.0, 1.0, 2.0], 5), [1.0]);
            assert_eq!(lloyd.edges(&[4.0], 2), [4.0; 0]);
            assert_eq!(lloyd.edges(&[], 2), [4.0; 0]);
        }
    }
}

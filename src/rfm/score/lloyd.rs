//! One-dimensional k-means by Lloyd's iteration, as the usual library does it.

use super::quantile::quantile;

/// scikit-learn's default: centres stand still when the squares of their moves sum to less than this
/// share of the variance.
const TOLERANCE: f64 = 1e-4;

/// scikit-learn's default.
const MOST_STEPS: usize = 300;

/// The largest value of each cluster but the last, from starts at the quantiles 1/(k+1) … k/(k+1).
pub(super) fn edges(sorted: &[f64], k: u32) -> Vec<f64> {
    if sorted.is_empty() {
        return Vec::new();
    }
    let n = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / n;
    let variance = sorted.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
    let mut centres: Vec<f64> = (1..=k).map(|part| quantile(sorted, part, k + 1)).collect();
    centres.dedup();
    for _ in 0..MOST_STEPS {
        let mut moved = 0.0;
        let ends = ends(sorted, &centres);
        let mut start = 0;
        for (centre, end) in centres.iter_mut().zip(ends) {
            // A cluster that lost all its values stays where it is.
            if end > start {
                let new = sorted[start..end].iter().sum::<f64>() / (end - start) as f64;
                moved += (new - *centre).powi(2);
                *centre = new;
            }
            start = end;
        }
        if moved <= TOLERANCE * variance {
            break;
        }
    }
    let ends = ends(sorted, &centres);
    ends[..ends.len() - 1].iter().map(|end| sorted[end.saturating_sub(1)]).collect()
}

/// Behind the last value of each cluster: values belong to the nearest centre, at equal distance to the
/// lower.
fn ends(sorted: &[f64], centres: &[f64]) -> Vec<usize> {
    let between = centres.windows(2).map(|pair| {
        let middle = (pair[0] + pair[1]) / 2.0;
        sorted.partition_point(|value| *value <= middle)
    });
    between.chain([sorted.len()]).collect()
}

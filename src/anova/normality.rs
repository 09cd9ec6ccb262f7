//! Could a group come from a normal distribution? The test of Shapiro and Wilk.

use crate::distribution::{normal, normal_quantile};
use serde::{Deserialize, Serialize};

/// The fewest and the most cases for which Royston's approximation holds.
const CASES: std::ops::RangeInclusive<usize> = 3..=5000;

/// The test of Shapiro and Wilk for one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Normality {
    /// The group.
    pub group: String,
    /// Its cases.
    pub n: usize,
    /// W, at most 1; small for what is far from normal. `None` where it is undefined.
    pub w: Option<f64>,
    /// The probability of a smaller W were the group normal.
    pub p: Option<f64>,
    /// Why there is no W.
    pub why_not: Option<String>,
}

/// One group tested. Royston (1995), algorithm AS R94, *Applied Statistics* 44, 547–551.
pub(super) fn normality(group: &str, values: &[f64]) -> Normality {
    let n = values.len();
    let why_not = if !CASES.contains(&n) {
        Some(format!("the test takes {} to {} cases", CASES.start(), CASES.end()))
    } else if values.iter().all(|value| *value == values[0]) {
        Some("all values are equal".to_string())
    } else {
        None
    };
    let found = if why_not.is_none() { shapiro_wilk(values) } else { None };
    Normality {
        group: group.to_string(),
        n,
        w: found.map(|(w, _)| w),
        p: found.map(|(_, p)| p),
        why_not,
    }
}

/// W and p for 3 to 5,000 values that are not all equal.
fn shapiro_wilk(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len();
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted[n / 2];
    let width = sorted[n - 1] - sorted[0];
    let scaled: Vec<f64> = sorted.iter().map(|value| (value - middle) / width).collect();
    let mean = scaled.iter().sum::<f64>() / n as f64;
    let weights = weights(n)?;
    let half = weights.len();
    // Antisymmetric weights: the largest against the smallest, and inwards.
    let slope: f64 = (0..half).map(|i| weights[i] * (scaled[n - 1 - i] - scaled[i])).sum();
    let length: f64 = 2.0 * weights.iter().map(|weight| weight * weight).sum::<f64>();
    let spread: f64 = scaled.iter().map(|value| (value - mean).powi(2)).sum();
    // 1 − W by a product, so that it keeps its digits near 0.
    let (root, all) = (slope.abs(), (length * spread).sqrt());
    let missing = ((all - root) * (all + root) / (length * spread)).max(0.0);
    Some((1.0 - missing, significance(missing, n)))
}

/// The weights of the upper half, outermost first, by Royston's polynomials in 1/√n.
fn weights(n: usize) -> Option<Vec<f64>> {
    const FIRST: [f64; 6] = [0.0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
    const SECOND: [f64; 6] = [0.0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
    if n == 3 {
        return Some(vec![0.5_f64.sqrt()]);
    }
    // Blom's approximate expected order statistics, positive for the upper half.
    let expected: Option<Vec<f64>> = (1..=n / 2)
        .map(|i| normal_quantile((i as f64 - 0.375) / (n as f64 + 0.25)).map(|z| -z))
        .collect();
    let expected = expected?;
    let square = 2.0 * expected.iter().map(|m| m * m).sum::<f64>();
    let (length, u) = (square.sqrt(), 1.0 / (n as f64).sqrt());
    let mut known = vec![polynomial(&FIRST, u) + expected[0] / length];
    if n > 5 {
        known.push(polynomial(&SECOND, u) + expected[1] / length);
    }
    let left: f64 = square - 2.0 * expected.iter().take(known.len()).map(|m| m * m).sum::<f64>();
    let share: f64 = 1.0 - 2.0 * known.iter().map(|a| a * a).sum::<f64>();
    let factor = (left / share).sqrt();
    let rest = expected.iter().skip(known.len()).map(|m| m / factor);
    Some(known.iter().copied().chain(rest).collect())
}

/// The probability of a larger 1 − W.
fn significance(missing: f64, n: usize) -> f64 {
    use std::f64::consts::{FRAC_PI_3, PI};
    const SMALL_MEAN: [f64; 4] = [0.544, -0.39978, 0.025054, -6.714e-4];
    const SMALL_SPREAD: [f64; 4] = [1.3822, -0.77857, 0.062767, -0.0020322];
    const MEAN: [f64; 4] = [-1.5861, -0.31082, -0.083751, 0.0038915];
    const SPREAD: [f64; 3] = [-0.4803, -0.082676, 0.0030302];
    if n == 3 {
        let w = (1.0 - missing).clamp(0.0, 1.0);
        return (6.0 / PI * (w.sqrt().asin() - FRAC_PI_3)).clamp(0.0, 1.0);
    }
    let y = missing.ln();
    let n = n as f64;
    let (y, mean, spread) = if n <= 11.0 {
        let bound = -2.273 + 0.459 * n;
        if y >= bound {
            return 0.0;
        }
        let y = -(bound - y).ln();
        (y, polynomial(&SMALL_MEAN, n), polynomial(&SMALL_SPREAD, n).exp())
    } else {
        (y, polynomial(&MEAN, n.ln()), polynomial(&SPREAD, n.ln()).exp())
    };
    normal(-(y - mean) / spread)
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

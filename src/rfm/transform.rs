//! Figures brought nearer to a symmetrical shape, before they are clustered together.

use serde::{Deserialize, Serialize};

/// How figures are transformed before k-means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transform {
    /// As they are.
    None,
    /// The natural logarithm.
    #[default]
    Log,
    /// The power of Box and Cox (1964), *An analysis of transformations*, Journal of the Royal Statistical
    /// Society B 26, with the λ of the greatest likelihood.
    BoxCox,
}

/// How a figure was transformed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transformed {
    /// What was added first, so that every value is 1 or more.
    pub shift: f64,
    /// λ of Box and Cox; 0 for the logarithm, 1 for none.
    pub lambda: f64,
}

/// Transforms a figure; gives how, and the values. Values below 1 are shifted up first: y = ln(x + s), or ((x + s)^λ − 1)/λ, with
/// s = max(0, 1 − least).
///
/// ```
/// use custval::rfm::{Transform, transformed};
///
/// let (log, values) = transformed(&[0.0, 1.0, 9.0], Transform::Log);
/// assert_eq!(log.shift, 1.0);
/// assert_eq!(values[2], 10.0_f64.ln());
/// ```
pub fn transformed(values: &[f64], transform: Transform) -> (Transformed, Vec<f64>) {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let shift = if least < 1.0 { 1.0 - least } else { 0.0 };
    let logs = || values.iter().map(|value| (value + shift).ln()).collect::<Vec<f64>>();
    match transform {
        Transform::None => (Transformed { shift: 0.0, lambda: 1.0 }, values.to_vec()),
        Transform::Log => (Transformed { shift, lambda: 0.0 }, logs()),
        Transform::BoxCox => {
            let logs = logs();
            let lambda = likeliest(&logs);
            let values = logs.iter().map(|log| power(*log, lambda)).collect();
            (Transformed { shift, lambda }, values)
        }
    }
}

/// (x^λ − 1)/λ from ln x.
fn power(log: f64, lambda: f64) -> f64 {
    let product = lambda * log;
    // expm1 keeps the digits where λ is near 0.
    if lambda == 0.0 { log } else { product.exp_m1() / lambda }
}

/// The logarithm of the likelihood of λ, up to a constant: (λ − 1) Σ ln x − n/2 · ln σ².
fn likelihood(logs: &[f64], lambda: f64) -> f64 {
    let n = logs.len() as f64;
    let mean = logs.iter().map(|log| power(*log, lambda)).sum::<f64>() / n;
    let variance = logs.iter().map(|log| (power(*log, lambda) - mean).powi(2)).sum::<f64>() / n;
    (lambda - 1.0) * logs.iter().sum::<f64>() - n / 2.0 * variance.ln()
}

/// λ of the greatest likelihood between −2 and 2, by golden sections; the logarithm where all values are
/// equal.
fn likeliest(logs: &[f64]) -> f64 {
    if logs.windows(2).all(|pair| pair[0] == pair[1]) {
        return 0.0;
    }
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (-2.0, 2.0);
    for _ in 0..80 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if likelihood(logs, a) < likelihood(logs, b) {
            low = a;
        } else {
            high = b;
        }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn box_cox_is_that_of_scipy() {
        // scipy.stats.boxcox([1, 2, 3, 5, 8, 13, 40, 200])
        let values = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 40.0, 200.0];
        let (found, values) = transformed(&values, Transform::BoxCox);
        assert!((found.lambda - SCIPY_LAMBDA).abs() < 1e-6, "{}", found.lambda);
        assert!((values[7] - SCIPY_LAST).abs() < 1e-5, "{}", values[7]);
    }

    const SCIPY_LAMBDA: f64 = -0.213752923660;
    const SCIPY_LAST: f64 = 3.1708724250;
}

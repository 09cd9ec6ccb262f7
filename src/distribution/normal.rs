//! The standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// Φ(z), the probability of a smaller value, to full precision in both tails.
///
/// ```
/// use custval::distribution::normal;
///
/// assert_eq!(normal(0.0), 0.5);
/// assert!((normal(-10.0) / 7.619853024160526e-24 - 1.0).abs() < 1e-13);
/// ```
pub fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// φ(z), the density.
pub(super) fn normal_density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / TAU.sqrt()
}

/// The z with Φ(z) = `p`; `None` unless 0 < p < 1.
///
/// ```
/// let z = custval::distribution::normal_quantile(0.975).unwrap();
/// assert!((z - 1.959963984540054).abs() < 1e-14);
/// ```
pub fn normal_quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    if p > 0.5 {
        return normal_quantile(1.0 - p).map(|z| -z);
    }
    // Newton's steps on ln Φ, which is concave: from the left they never overshoot. Φ at the start
    // is below p/2.
    let mut z = -(-2.0 * p.ln()).sqrt();
    for _ in 0..60 {
        let below = normal(z);
        let step = (p / below).ln() * below / normal_density(z);
        z += step;
        if step.abs() <= 1e-15 * z.abs().max(1e-3) {
            break;
        }
    }
    Some(z)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_undo_probabilities() {
        for z in [-30.0, -8.0, -3.0, -1.0, -1e-3, -1e-8] {
            let found = normal_quantile(normal(z)).unwrap();
            assert!((found - z).abs() < 1e-13, "{z}: {found}");
        }
        assert!(normal_quantile(0.5).unwrap().abs() < 1e-15);
        assert_eq!(
            (normal_quantile(0.0), normal_quantile(1.0), normal_quantile(f64::NAN)),
            (None, None, None)
        );
    }
}

//! The upper tail of the chi-squared distribution.

use statrs::function::gamma::checked_gamma_ur;

/// P(χ² > x) with `degrees` of freedom, the complementary incomplete gamma function Q(d/2, x/2).
/// `None` without a degree of freedom or when `x` is not a number of at least 0.
///
/// ```
/// // With 2 degrees of freedom the tail is exp(−x/2).
/// let tail = custval::distribution::chi_squared_tail(100.0, 2).unwrap();
/// assert!((tail / (-50_f64).exp() - 1.0).abs() < 1e-13);
/// ```
pub fn chi_squared_tail(x: f64, degrees: usize) -> Option<f64> {
    if degrees == 0 || !x.is_finite() || x < 0.0 {
        return None;
    }
    if x == 0.0 {
        return Some(1.0);
    }
    checked_gamma_ur(degrees as f64 / 2.0, x / 2.0).ok().map(|tail| tail.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms() {
        for x in [1e-6_f64, 0.5, 2.0, 3.9, 4.1, 30.0, 500.0] {
            // 4 degrees: (1 + x/2) exp(−x/2). 1 degree: erfc √(x/2).
            let four = (1.0 + x / 2.0) * (-x / 2.0).exp();
            assert!((chi_squared_tail(x, 4).unwrap() / four - 1.0).abs() < 1e-13, "{x}");
            let one = libm::erfc((x / 2.0).sqrt());
            assert!((chi_squared_tail(x, 1).unwrap() / one - 1.0).abs() < 1e-13, "{x}");
        }
        assert_eq!((chi_squared_tail(1.0, 0), chi_squared_tail(f64::NAN, 1)), (None, None));
        assert_eq!(chi_squared_tail(0.0, 3), Some(1.0));
    }
}

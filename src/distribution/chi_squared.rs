//! The upper tail of the chi-squared distribution.

use super::stirling::poisson;

/// P(χ² > x) with `degrees` of freedom, the complementary incomplete gamma function Q(d/2, x/2),
/// to a relative error of about 1e-13 (*DLMF* 8.7.1 below the mean, the continued fraction 8.9.2
/// above). `None` without a degree of freedom or when `x` is not a number of at least 0.
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
    let (a, x) = (degrees as f64 / 2.0, x / 2.0);
    // xᵃ e⁻ˣ / Γ(a + 1)
    let density = poisson(a, x);
    let tail =
        if x < a + 1.0 { 1.0 - density * series(a, x) } else { density * a * fraction(a, x) };
    Some(tail.clamp(0.0, 1.0))
}

/// Σ xʲ / ((a + 1) … (a + j)).
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut at) = (1.0, 1.0, a);
    while term > f64::EPSILON / 4.0 * sum {
        at += 1.0;
        term *= x / at;
        sum += term;
    }
    sum
}

/// 1/(x + 1 − a − 1 (1 − a)/(x + 3 − a − …)), by the method of Lentz.
fn fraction(a: f64, x: f64) -> f64 {
    const MOST_TERMS: u32 = 1_000_000;
    /// A factor is itself rounded by a few units of the last place.
    const SETTLED: f64 = 1e-15;
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut value = d;
    for j in 1..MOST_TERMS {
        let j = f64::from(j);
        let numerator = -j * (j - a);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        value *= d * c;
        if (d * c - 1.0).abs() <= SETTLED {
            break;
        }
    }
    value
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

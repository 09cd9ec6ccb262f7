//! The incomplete beta function.

use super::stirling::binomial;

/// I_x(a, b) and 1 − I_x(a, b) for a, b > 0 and y = 1 − x, which is given as well because it may
/// be too small for 1 − x to hold it. The smaller of the two keeps its digits.
///
/// The continued fraction of *DLMF* 8.17.22 by the method of Lentz, behind Loader's form of
/// xᵃ yᵇ / (a B(a, b)).
pub(super) fn incomplete_beta(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    if x <= (a + 1.0) / (a + b + 2.0) {
        let lower = step(a, b, x, y) * fraction(a, b, x, y);
        (lower.min(1.0), (1.0 - lower).max(0.0))
    } else {
        let upper = step(b, a, y, x) * fraction(b, a, y, x);
        ((1.0 - upper).max(0.0), upper.min(1.0))
    }
}

/// I_x(a, b) − I_x(a + 1, b) = xᵃ yᵇ / (a B(a, b)).
pub(super) fn step(a: f64, b: f64, x: f64, y: f64) -> f64 {
    binomial(a, b, x, y) * b / (a + b)
}

/// The continued fraction itself.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    const TINY: f64 = 1e-300;
    /// It settles after about √max(a, b) terms.
    const MOST_TERMS: u32 = 1_000_000;
    /// A factor is itself rounded by a few units of the last place.
    const SETTLED: f64 = 1e-15;
    let kept = |value: f64| if value.abs() < TINY { TINY } else { value };
    let n = a + b;
    // 1 − (a + b) x / (a + 1), which loses digits near x = 1 unless y is used.
    let mut d = 1.0 / kept((1.0 - b * x + a * y) / (a + 1.0));
    let mut c = 1.0;
    let mut value = d;
    for m in 1..MOST_TERMS {
        let m = f64::from(m);
        let at = a + 2.0 * m;
        let even = m * (b - m) * x / ((at - 1.0) * at);
        d = 1.0 / kept(1.0 + even * d);
        c = kept(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (n + m) * x / (at * (at + 1.0));
        d = 1.0 / kept(1.0 + odd * d);
        c = kept(1.0 + odd / c);
        let factor = d * c;
        value *= factor;
        if (factor - 1.0).abs() <= SETTLED {
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
        for x in [1e-12, 0.1, 0.5, 0.9, 0.999] {
            let y = 1.0 - x;
            // I_x(1, b) = 1 − (1 − x)ᵇ and I_x(a, 1) = xᵃ.
            let (lower, upper) = incomplete_beta(1.0, 2.5, x, y);
            assert!((upper / y.powf(2.5) - 1.0).abs() < 1e-13, "{x}");
            assert!((lower / -(2.5 * (-x).ln_1p()).exp_m1() - 1.0).abs() < 1e-13, "{x}");
            let (lower, _) = incomplete_beta(3.5, 1.0, x, y);
            assert!((lower / x.powf(3.5) - 1.0).abs() < 1e-13, "{x}");
            // I_x(½, ½) = 2/π · asin √x.
            let (lower, _) = incomplete_beta(0.5, 0.5, x, y);
            let expected = 2.0 / std::f64::consts::PI * x.sqrt().asin();
            assert!((lower / expected - 1.0).abs() < 1e-13, "{x}");
        }
        assert_eq!(incomplete_beta(2.0, 3.0, 0.0, 1.0), (0.0, 1.0));
        assert_eq!(incomplete_beta(2.0, 3.0, 1.0, 0.0), (1.0, 0.0));
    }

    #[test]
    fn halves_of_a_symmetric_one_however_large() {
        for a in [0.5, 3.0, 1e3, 1e6] {
            let (lower, upper) = incomplete_beta(a, a, 0.5, 0.5);
            assert!((lower - 0.5).abs() < 1e-11 && (upper - 0.5).abs() < 1e-11, "{a}: {lower}");
        }
    }
}

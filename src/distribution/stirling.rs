//! Densities near their peaks without differences of large logarithms. Loader (2000), *Fast and
//! Accurate Computation of Binomial Probabilities*.

use std::f64::consts::{PI, TAU};

/// From here on six terms of Stirling's series give every digit.
const LARGE: f64 = 16.0;

/// δ(x) = ln Γ(x + 1) − ½ ln(2πx) − x ln x + x for x > 0: what Stirling's formula leaves out.
pub(super) fn stirling_error(x: f64) -> f64 {
    // Upwards by δ(x) = δ(x + 1) + (x + ½) ln(1 + 1/x) − 1 to where the series holds.
    let mut x = x;
    let mut steps = 0.0;
    while x < LARGE {
        steps += (x + 0.5) * (1.0 / x).ln_1p() - 1.0;
        x += 1.0;
    }
    let square = x * x;
    let series =
        [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0]
            .iter()
            .rev()
            .fold(0.0, |sum, term| sum / square + term);
    steps + series / x
}

/// x ln(x/m) + m − x for x, m > 0: how far x lies from what is expected, never negative.
pub(super) fn deviance(x: f64, expected: f64) -> f64 {
    let difference = x - expected;
    if difference.abs() >= 0.1 * (x + expected) {
        return x * (x / expected).ln() - difference;
    }
    // ln(x/m) = 2 artanh v, whose first term cancels against m − x.
    let v = difference / (x + expected);
    let mut sum = difference * v;
    let mut power = 2.0 * x * v;
    for odd in (3..200_u32).step_by(2) {
        power *= v * v;
        let next = sum + power / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) · xᵃ yᵇ with y = 1 − x, for a, b, x, y > 0: the binomial
/// density, with real counts.
pub(super) fn binomial(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * x)
        - deviance(b, n * y);
    exponent.exp() * (n / (TAU * a * b)).sqrt()
}

/// mᵃ e⁻ᵐ / Γ(a + 1) for a, m > 0: the Poisson density, with a real count.
pub(super) fn poisson(a: f64, mean: f64) -> f64 {
    (-stirling_error(a) - deviance(a, mean)).exp() / (2.0 * PI * a).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stirling_errors_of_whole_numbers() {
        // ln n! from the products themselves.
        for n in 1..=20_u32 {
            let factorial: f64 = (1..=n).map(f64::from).product();
            let x = f64::from(n);
            let expected = factorial.ln() - 0.5 * (TAU * x).ln() - x * x.ln() + x;
            assert!((stirling_error(x) - expected).abs() < 3e-14, "{n}");
        }
        // Γ(3/2) = √π/2.
        let half = (PI.sqrt() / 2.0).ln() - 0.5 * PI.ln() - 0.5 * 0.5_f64.ln() + 0.5;
        assert!((stirling_error(0.5) - half).abs() < 1e-15);
    }

    #[test]
    fn densities_sum_to_one() {
        let sum: f64 = (1..400).map(|j| poisson(f64::from(j), 100.0)).sum();
        assert!((sum - 1.0).abs() < 1e-14, "{sum}");
        let sum: f64 = (1..50).map(|j| binomial(f64::from(j), f64::from(50 - j), 0.4, 0.6)).sum();
        assert!((sum - 1.0).abs() < 1e-10, "{sum}");
    }

    #[test]
    fn a_deviance_is_smooth_where_its_two_ways_meet() {
        for expected in [1.0, 7.0, 1e6] {
            // (x − m) / (x + m) = 0.1 at x = 11 m / 9.
            let at = expected * 11.0 / 9.0;
            let (below, above) =
                (deviance(at * (1.0 - 1e-9), expected), deviance(at * (1.0 + 1e-9), expected));
            // Its slope there gives 2.1e-8.
            assert!((below / above - 1.0).abs() < 2.2e-8, "{below} {above}");
        }
        assert_eq!(deviance(3.0, 3.0), 0.0);
    }
}

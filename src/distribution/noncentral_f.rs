//! The noncentral F distribution, and the noncentrality that an observed F allows.

use super::beta::{incomplete_beta, step};
use super::f::shares;
use super::root::root;
use super::stirling::poisson;

/// Beyond this noncentrality the sum would have too many terms.
const LARGEST: f64 = 1e9;

/// P(F ≤ f) for `between` and `within` degrees of freedom and the noncentrality λ:
/// Σⱼ Poisson(j; λ/2) · I_y(d₁/2 + j, d₂/2) at y = d₁ f/(d₂ + d₁ f). *Abramowitz & Stegun*
/// 26.6.20. `None` when a degree of freedom is 0, `f` or λ is not a number of at least 0, or λ
/// exceeds 1e9.
///
/// The terms around the Poisson's peak are summed downwards, so that each incomplete beta comes
/// from the next by an addition.
pub fn noncentral_f(f: f64, between: usize, within: usize, noncentrality: f64) -> Option<f64> {
    let is_usable = f.is_finite() && f >= 0.0 && (0.0..=LARGEST).contains(&noncentrality);
    if !is_usable || between == 0 || within == 0 {
        return None;
    }
    let (d1, d2) = (between as f64, within as f64);
    let (x, y) = shares(f, d1, d2);
    if y <= 0.0 {
        return Some(0.0);
    }
    let (a, b) = (d1 / 2.0, d2 / 2.0);
    let mean = noncentrality / 2.0;
    let reach = 9.0 * mean.sqrt() + 30.0;
    let first = (mean - reach).floor().max(0.0) as u64;
    let last = (mean + reach).ceil();
    let mut below = incomplete_beta(a + last, b, y, x).0;
    let mut decrease = if x > 0.0 { step(a + last, b, y, x) } else { 0.0 };
    let mut weight = if mean > 0.0 { poisson(last, mean) } else { 0.0 };
    let mut sum = weight * below;
    for j in (first..last as u64).rev() {
        let at = j as f64;
        // From j + 1 to j.
        decrease *= (a + at + 1.0) / ((a + b + at) * y);
        // A step that underflowed cannot be followed down.
        if decrease == 0.0 && x > 0.0 {
            decrease = step(a + at, b, y, x);
        }
        below += decrease;
        weight = if mean > 0.0 { weight * (at + 1.0) / mean } else { f64::from(u8::from(j == 0)) };
        sum += weight * below;
    }
    Some(sum.min(1.0))
}

/// The noncentrality λ at which an F up to `f` has the probability `p`: 0 where even λ = 0 gives
/// less than `p`. The limits of an interval at 95 % are those at `p` = 0.975 and 0.025, *Steiger
/// (2004), Psychological Methods 9, 164–182*. `None` where the distribution is not defined or λ
/// exceeds 1e9.
pub fn noncentrality(f: f64, between: usize, within: usize, p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) || noncentral_f(f, between, within, 0.0)? <= p {
        return (p > 0.0 && p < 1.0).then_some(0.0);
    }
    let mut high = (2.0 * between as f64 * f).max(10.0);
    while noncentral_f(f, between, within, high)? > p {
        high *= 2.0;
    }
    root(0.0, high, 1e-13, |lambda| {
        noncentral_f(f, between, within, lambda).map_or(f64::NAN, |found| found - p)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::f_tail;

    #[test]
    fn without_noncentrality_it_is_the_central_one() {
        for (f, d1, d2) in [(0.1, 3, 6), (1.0, 2, 27), (4.8, 2, 27), (30.0, 5, 1000)] {
            let central = 1.0 - f_tail(f, d1, d2).unwrap();
            let found = noncentral_f(f, d1, d2, 0.0).unwrap();
            assert!((found - central).abs() < 1e-14, "{found} {central}");
        }
    }

    #[test]
    fn a_noncentrality_gives_its_probability() {
        for (f, d1, d2) in [(4.8, 2, 27), (119.3, 2, 147), (1180.0, 2, 147), (1e5, 3, 100_000)] {
            for p in [0.975, 0.025] {
                let lambda = noncentrality(f, d1, d2, p).unwrap();
                let back = noncentral_f(f, d1, d2, lambda).unwrap();
                assert!((back - p).abs() < 1e-10, "{f}: {lambda} gives {back}");
            }
        }
        assert_eq!(noncentrality(0.1, 3, 20, 0.975), Some(0.0));
        assert_eq!(noncentrality(0.0, 3, 20, 0.025), Some(0.0));
        assert_eq!(noncentrality(1e30, 3, 20, 0.025), None);
        assert_eq!(noncentrality(f64::NAN, 3, 20, 0.025), None);
    }
}

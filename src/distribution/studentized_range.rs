//! The distribution of the studentized range, on which Tukey's and Games and Howell's tests rest.

use super::normal::{normal, normal_density};
use super::root::root;
use super::stirling::stirling_error;
use std::collections::HashMap;
use std::f64::consts::TAU;

/// Nodes on the normal's axis are so far apart.
const NORMAL_STEP: f64 = 0.25;
/// Beyond so many standard deviations a normal density adds nothing to a double.
const REACH: f64 = 9.0;
/// Above so many degrees of freedom the spread counts as known.
const KNOWN: f64 = 1e10;
/// A term below this share of the sum is the last one.
const NOTHING: f64 = 1e-18;

/// The range of `groups` independent standard normal values over an independent estimate of their
/// standard deviation: q = (largest − smallest)/s. *Tukey (1953)*; *Lund and Lund (1983), Applied
/// Statistics 32, 204–210*.
///
/// P(Q > q) = ∫ g(u) R(q eᵘ) du, where u = ln s has the density g of a chi variable over the root
/// of its degrees of freedom, and R(w) is the probability that the range of the normal values
/// exceeds w. Both integrands are analytic and die out on either side, so that sums over evenly
/// spaced nodes (the trapezoidal rule) converge faster than any power of the step; see *Trefethen
/// and Weideman (2014), SIAM Review 56, 385–458*. Small tails keep their digits: no part is 1 less
/// something.
///
/// The nodes lie at the same w for every q, and R(w) is kept once computed: the many comparisons
/// of one set of groups share it.
///
/// ```
/// use custval::distribution::StudentizedRange;
///
/// // Tables give 3.506 for 5 % with 3 groups and 27 degrees of freedom.
/// let mut range = StudentizedRange::new(3).unwrap();
/// assert_eq!(format!("{:.3}", range.quantile(0.05, 27.0).unwrap()), "3.506");
/// assert_eq!(format!("{:.3}", range.tail(3.506, 27.0).unwrap()), "0.050");
/// ```
#[derive(Clone, Debug)]
pub struct StudentizedRange {
    groups: usize,
    /// Nodes z on the normal's axis with Φ(z) and k φ(z) Φ(z)ᵏ⁻¹ times the step.
    nodes: Vec<Node>,
    /// R(w) at w = exp(j · 2⁻ⁿ) by (n, j), in lowest terms.
    kept: HashMap<(i32, i64), f64>,
}

#[derive(Clone, Debug)]
struct Node {
    z: f64,
    below: f64,
    weight: f64,
}

impl StudentizedRange {
    /// The distribution for so many groups; `None` for fewer than 2.
    pub fn new(groups: usize) -> Option<Self> {
        (groups >= 2).then(|| StudentizedRange { groups, nodes: Vec::new(), kept: HashMap::new() })
    }

    /// P(Q > q) for `degrees` of freedom of the spread, which need not be whole; infinity is a
    /// known spread. The absolute error is below 1e-12 to 100,000 degrees and below 1e-11
    /// to ten million; small tails keep about 9 digits.
    /// `None` unless q ≥ 0 and degrees ≥ 1.
    pub fn tail(&mut self, q: f64, degrees: f64) -> Option<f64> {
        let is_usable = q >= 0.0 && q.is_finite() && degrees >= 1.0;
        if !is_usable {
            return None;
        }
        if q == 0.0 {
            return Some(1.0);
        }
        let tail = if degrees > KNOWN { self.of_normals(q) } else { self.studentized(q, degrees) };
        Some(tail.clamp(0.0, 1.0))
    }

    /// The q that is exceeded with the probability `tail`, to a relative 1e-11; `None` unless
    /// 0 < tail < 1 and degrees ≥ 1.
    pub fn quantile(&mut self, tail: f64, degrees: f64) -> Option<f64> {
        if !(tail > 0.0 && tail < 1.0) || degrees.is_nan() || degrees < 1.0 {
            return None;
        }
        // In logarithms, where the tail is nearly straight or gently bent.
        let (mut low, mut high) = (0.0, 1.0);
        while self.tail(f64::exp(low), degrees)? < tail {
            low -= 1.0;
        }
        while self.tail(f64::exp(high), degrees)? > tail {
            low = high;
            high += 1.0;
        }
        let wanted = tail.ln();
        root(low, high, 1e-13, |at| {
            self.tail(at.exp(), degrees).map_or(f64::NAN, |tail| tail.ln() - wanted)
        })
        .map(f64::exp)
    }

    /// ∫ g(u) R(q eᵘ) du over nodes at which ln q + u is a multiple of the step.
    fn studentized(&mut self, q: f64, degrees: f64) -> f64 {
        let half = degrees / 2.0;
        let constant = 2.0 * (half / TAU).sqrt() * (-stirling_error(half)).exp();
        let density = |u: f64| constant * (-half * ((2.0 * u).exp_m1() - 2.0 * u)).exp();
        // The integrand is about normal in u with this standard deviation.
        let deviation = 1.0 / (2.0 * degrees).sqrt();
        let level = (-(0.6 * deviation).log2()).ceil().max(4.0) as i32;
        let step = 2_f64.powi(-level);
        let log_q = q.ln();
        // The peak of g lies at u = 0; that of g(u) exp(−q² e²ᵘ/4), when q is large, at:
        let far = -(q / (2.0 * degrees).sqrt()).hypot(1.0).ln();
        let lowest = ((log_q + far) / step).floor() as i64;
        let highest = (log_q / step).ceil() as i64;
        let mut term = |j: i64| {
            let density = density(j as f64 * step - log_q);
            if density == 0.0 { 0.0 } else { density * self.at_node(level, j) }
        };
        let mut sum: f64 = (lowest..=highest).map(&mut term).sum();
        for direction in [1, -1] {
            let mut j = if direction > 0 { highest } else { lowest };
            loop {
                j += direction;
                let next = term(j);
                sum += next;
                if next <= NOTHING * sum {
                    break;
                }
            }
        }
        sum * step
    }

    fn at_node(&mut self, level: i32, j: i64) -> f64 {
        let twos = if j == 0 { level } else { (j.trailing_zeros() as i32).min(level) };
        let key = (level - twos, j >> twos);
        if let Some(found) = self.kept.get(&key) {
            return *found;
        }
        let tail = self.of_normals((j as f64 * 2_f64.powi(-level)).exp());
        self.kept.insert(key, tail);
        tail
    }

    /// R(w) = k ∫ φ(z) {Φ(z)ᵏ⁻¹ − [Φ(z) − Φ(z − w)]ᵏ⁻¹} dz, the range of k normal values beyond w.
    fn of_normals(&mut self, w: f64) -> f64 {
        // Beyond the last node below, nothing of a double is left.
        if !w.is_finite() || w > 80.0 {
            return 0.0;
        }
        let last = (0.5 * w + REACH) / NORMAL_STEP;
        self.reach(last as usize);
        let others = (self.groups - 1) as f64;
        let first = ((0.5 * w - REACH) / NORMAL_STEP).floor().max(-REACH / NORMAL_STEP);
        let first = (first + REACH / NORMAL_STEP) as usize;
        let last = (last + REACH / NORMAL_STEP) as usize;
        let term = |node: &Node| {
            let share = normal(node.z - w) / node.below;
            // 1 − (1 − share)ᵏ⁻¹
            let lost = if self.groups == 2 { share } else { -(others * (-share).ln_1p()).exp_m1() };
            node.weight * lost
        };
        self.nodes.iter().take(last + 1).skip(first).map(term).sum::<f64>().min(1.0)
    }

    /// Nodes from −9 to so many steps above 0.
    fn reach(&mut self, steps: usize) {
        let k = self.groups as f64;
        let needed = steps + (REACH / NORMAL_STEP) as usize + 1;
        for at in self.nodes.len()..needed {
            let z = at as f64 * NORMAL_STEP - REACH;
            let below = normal(z);
            let weight = NORMAL_STEP * k * normal_density(z) * ((k - 1.0) * below.ln()).exp();
            self.nodes.push(Node { z, below, weight });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::f_tail_real;

    #[test]
    fn two_groups_are_the_t_distribution() {
        // q = √2 |t|, and t² has the F distribution with 1 degree of freedom between.
        let mut range = StudentizedRange::new(2).unwrap();
        for degrees in [1.0, 1.5, 2.0, 3.7, 10.0, 146.0, 5e3, 1e5, 1e7] {
            for q in [1e-6, 0.01, 0.5, 1.0, 3.5, 6.0, 20.0, 60.0] {
                let expected = f_tail_real(q * q / 2.0, 1.0, degrees).unwrap();
                let found = range.tail(q, degrees).unwrap();
                let bound = if degrees > 1e5 { 1e-11 } else { 2e-13 };
                assert!((found - expected).abs() < bound, "{q}, {degrees}: {found} {expected}");
                let is_tiny = expected < 1e-290;
                assert!(
                    is_tiny || (found / expected - 1.0).abs() < 1e-9,
                    "{q}, {degrees}: {found} {expected}"
                );
            }
        }
        for q in [0.1, 3.0, 10.0, 40.0] {
            let expected = libm::erfc(q / 2.0);
            let found = range.tail(q, f64::INFINITY).unwrap();
            assert!((found / expected - 1.0).abs() < 1e-12, "{q}: {found} {expected}");
        }
    }

    #[test]
    fn quantiles_undo_tails() {
        for groups in [2, 3, 10, 50] {
            let mut range = StudentizedRange::new(groups).unwrap();
            for degrees in [1.0, 2.5, 30.0, 1e4, f64::INFINITY] {
                for tail in [0.999, 0.5, 0.05, 1e-6, 1e-30] {
                    let q = range.quantile(tail, degrees).unwrap();
                    let back = range.tail(q, degrees).unwrap();
                    assert!((back / tail - 1.0).abs() < 1e-10, "{groups}, {degrees}, {tail}: {q}");
                }
            }
        }
    }

    #[test]
    fn tails_fall_with_q_and_rise_with_groups() {
        for degrees in [1.0, 7.0, 300.0] {
            let mut last = 0.0;
            for groups in [2, 3, 8, 40, 200] {
                let mut range = StudentizedRange::new(groups).unwrap();
                let tails: Vec<f64> =
                    (1..60).map(|i| range.tail(f64::from(i) * 0.25, degrees).unwrap()).collect();
                // Near 1 the last digit may waver.
                assert!(tails.is_sorted_by(|a, b| *a > b - 1e-14), "{groups}, {degrees}");
                assert!(tails[15] > last, "{groups}, {degrees}");
                last = tails[15];
            }
        }
    }

    #[test]
    fn what_is_no_question_has_no_answer() {
        assert!(StudentizedRange::new(1).is_none());
        let mut range = StudentizedRange::new(3).unwrap();
        assert_eq!(range.tail(0.0, 5.0), Some(1.0));
        for (q, degrees) in [(-1.0, 5.0), (f64::NAN, 5.0), (1.0, 0.5), (1.0, f64::NAN)] {
            assert_eq!(range.tail(q, degrees), None);
        }
        assert_eq!(range.tail(1e300, 5.0), Some(0.0));
        for tail in [0.0, 1.0, f64::NAN] {
            assert_eq!(range.quantile(tail, 5.0), None);
        }
    }
}

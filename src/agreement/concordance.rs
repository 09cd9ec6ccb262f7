//! Kendall's coefficient of concordance.

use crate::distribution::chi_squared_tail;
use serde::{Deserialize, Serialize};

/// Values that differ by less than this share are equal.
const TIE: f64 = 1e-9;

/// How far several judges rank the same items alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concordance {
    /// Kendall's W, from 0 (none) to 1 (all rank alike).
    pub w: f64,
    /// χ² = m(n − 1)W for m judges and n items.
    pub chi2: f64,
    /// Its degrees of freedom, n − 1.
    pub df: usize,
    /// The probability of a W at least as large if the judges ranked at random, by χ². For few items
    /// it is rough.
    pub p: Option<f64>,
}

/// Kendall's W, corrected for ties: with Rᵢ the sum of item i's ranks, m judges, n items and
/// Tⱼ = Σ(t³ − t) over judge j's groups of t tied items,
/// W = 12 Σ(Rᵢ − R̄)² / (m²(n³ − n) − m ΣTⱼ).
///
/// Each judge's values are ranked, the largest first; equal ones share the mean of their ranks.
/// Kendall and Babington Smith (1939), *The problem of m rankings*, Annals of Mathematical Statistics
/// 10, 275–287. `None` for fewer than two judges or two items, and where every judge ties everything.
///
/// ```
/// use custval::agreement::concordance;
///
/// // Ranks 1…5 as values: the smallest number is the best, so they are given negated.
/// let judges = [[-1., -2., -3., -4., -5.], [-2., -1., -3., -5., -4.], [-1., -3., -2., -4., -5.]];
/// let judges: Vec<&[f64]> = judges.iter().map(|judge| judge.as_slice()).collect();
/// let found = concordance(&judges).unwrap();
/// assert!((found.w - 0.8444444444444444).abs() < 1e-14);
/// ```
pub fn concordance(judges: &[&[f64]]) -> Option<Concordance> {
    let (m, n) = (judges.len(), judges.first()?.len());
    if m < 2 || n < 2 || judges.iter().any(|judge| judge.len() != n) {
        return None;
    }
    let mut sums = vec![0.0; n];
    let mut ties = 0.0;
    for judge in judges {
        let (ranks, tied) = mean_ranks(judge);
        for (sum, rank) in sums.iter_mut().zip(ranks) {
            *sum += rank;
        }
        ties += tied;
    }
    let mean = sums.iter().sum::<f64>() / n as f64;
    let spread: f64 = sums.iter().map(|sum| (sum - mean).powi(2)).sum();
    let (judges, items) = (m as f64, n as f64);
    let most = judges * judges * (items.powi(3) - items) - judges * ties;
    if most <= 0.0 {
        return None;
    }
    let w = 12.0 * spread / most;
    let chi2 = judges * (items - 1.0) * w;
    let p = chi_squared_tail(chi2, n - 1);
    Some(Concordance { w, chi2, df: n - 1, p })
}

/// Ranks, 1 for the largest, equal values sharing the mean of theirs; and Σ(t³ − t) over the ties.
///
/// ```
/// use custval::agreement::mean_ranks;
///
/// assert_eq!(mean_ranks(&[0.2, 0.5, 0.2]), (vec![2.5, 1.0, 2.5], 6.0));
/// ```
pub fn mean_ranks(values: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
    let mut ranks = vec![0.0; values.len()];
    let mut ties = 0.0;
    let mut start = 0;
    while start < order.len() {
        let first = values[order[start]];
        let alike = |at: &&usize| (values[**at] - first).abs() <= TIE * first.abs();
        let count = order[start..].iter().take_while(alike).count().max(1);
        for at in &order[start..start + count] {
            ranks[*at] = start as f64 + (count as f64 + 1.0) / 2.0;
        }
        ties += (count * count * count - count) as f64;
        start += count;
    }
    (ranks, ties)
}

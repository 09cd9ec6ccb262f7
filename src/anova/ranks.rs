//! The test of Kruskal and Wallis, by ranks alone.

use super::sums::sums;
use crate::distribution::chi_squared_tail;
use serde::{Deserialize, Serialize};

/// The test of Kruskal and Wallis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KruskalWallis {
    /// H, corrected for ties; `None` where all values are equal.
    pub h: Option<f64>,
    /// Degrees of freedom, k − 1.
    pub df: usize,
    /// The probability of a larger χ² with these degrees of freedom.
    pub p: Option<f64>,
    /// ε² = H/(n − 1), the share of the ranks' variation that lies between groups. Tomczak and
    /// Tomczak (2014), *Trends in Sport Sciences* 21, 19–25.
    pub epsilon_squared: Option<f64>,
}

/// H = (n − 1) · SS between / SS total of the ranks, ties sharing their mean rank: the same as
/// 12/(n (n + 1)) Σ Rᵢ²/nᵢ − 3 (n + 1) over 1 − Σ (t³ − t)/(n³ − n). Kruskal and Wallis (1952),
/// *Journal of the American Statistical Association* 47, 583–621.
pub(super) fn kruskal_wallis(
    members: &[(usize, Vec<f64>)],
    notes: &mut Vec<String>,
) -> KruskalWallis {
    let df = members.len() - 1;
    let found = sums(&ranked(members));
    let total = found.between + found.within;
    if total <= 0.0 {
        notes.push("The test of Kruskal and Wallis is undefined: all values are equal.".into());
        return KruskalWallis { h: None, df, p: None, epsilon_squared: None };
    }
    let n: usize = members.iter().map(|(_, values)| values.len()).sum();
    let share = found.between / total;
    let h = share * (n - 1) as f64;
    KruskalWallis { h: Some(h), df, p: chi_squared_tail(h, df), epsilon_squared: Some(share) }
}

/// Every value's rank among all, from 1; equal values share the mean of theirs.
fn ranked(members: &[(usize, Vec<f64>)]) -> Vec<(usize, Vec<f64>)> {
    let mut ranks: Vec<(usize, Vec<f64>)> =
        members.iter().map(|(group, values)| (*group, vec![0.0; values.len()])).collect();
    let mut order: Vec<(f64, usize, usize)> = Vec::new();
    for (at, (_, values)) in members.iter().enumerate() {
        order.extend(values.iter().enumerate().map(|(case, value)| (*value, at, case)));
    }
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut start = 0;
    // 0 and −0 are equal, though they are sorted apart.
    for tied in order.chunk_by(|a, b| a.0 == b.0) {
        let rank = start as f64 + (tied.len() + 1) as f64 / 2.0;
        for &(_, at, case) in tied {
            ranks[at].1[case] = rank;
        }
        start += tied.len();
    }
    ranks
}

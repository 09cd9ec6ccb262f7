//! Welch's test, which does not trust that all groups spread alike.

use super::sums::Sums;
use crate::distribution::f_tail_real;
use serde::{Deserialize, Serialize};

/// Welch's test of equal means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Welch {
    /// The statistic; `None` where it is undefined.
    pub f: Option<f64>,
    /// Degrees of freedom between, k − 1.
    pub df1: usize,
    /// Degrees of freedom within, (k² − 1)/(3Λ): rarely whole.
    pub df2: Option<f64>,
    /// The probability of a larger F were all means equal.
    pub p: Option<f64>,
}

/// With wᵢ = nᵢ/sᵢ², W = Σ wᵢ, x̃ = Σ wᵢ x̄ᵢ / W and Λ = Σ (1 − wᵢ/W)²/(nᵢ − 1):
/// F = Σ wᵢ (x̄ᵢ − x̃)²/(k − 1) / (1 + 2 (k − 2) Λ/(k² − 1)). Welch (1951), *Biometrika* 38,
/// 330–336.
pub(super) fn welch(sums: &Sums, notes: &mut Vec<String>) -> Welch {
    let k = sums.groups.len() as f64;
    let undefined = Welch { f: None, df1: sums.groups.len() - 1, df2: None, p: None };
    if sums.groups.iter().any(|group| group.n < 2) {
        notes.push("Welch's test is undefined: a group has a single case.".into());
        return undefined;
    }
    if sums.groups.iter().any(|group| group.within <= 0.0) {
        notes.push("Welch's test is undefined: within a group all values are equal.".into());
        return undefined;
    }
    let weights: Vec<f64> = sums
        .groups
        .iter()
        .map(|group| group.n as f64 * (group.n - 1) as f64 / group.within)
        .collect();
    let all: f64 = weights.iter().sum();
    let groups = || sums.groups.iter().zip(&weights);
    let mean = groups().map(|(group, w)| w / all * group.shifted).sum::<f64>();
    let between: f64 = groups().map(|(group, w)| w * (group.shifted - mean).powi(2)).sum();
    let lambda: f64 =
        groups().map(|(group, w)| (1.0 - w / all).powi(2) / (group.n - 1) as f64).sum();
    let f = between / (k - 1.0) / (1.0 + 2.0 * (k - 2.0) * lambda / (k * k - 1.0));
    let df2 = (k * k - 1.0) / (3.0 * lambda);
    if !f.is_finite() || !df2.is_finite() {
        notes.push("Welch's test is undefined: a variance is too small for the machine.".into());
        return undefined;
    }
    Welch { f: Some(f), df2: Some(df2), p: f_tail_real(f, k - 1.0, df2), ..undefined }
}

//! Goepel's consensus: how far a group's weights overlap.

use serde::{Deserialize, Serialize};

/// The diversity of a group's weights, parted as ecologists part that of species.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consensus {
    /// S*, from 0 (everyone puts another item first) to 1 (all have the same weights).
    pub s_star: f64,
    /// The mean entropy of each expert's weights, Hα.
    pub h_alpha: f64,
    /// The entropy of the mean weights, Hγ.
    pub h_gamma: f64,
    /// The entropy between experts, Hβ = Hγ − Hα.
    pub h_beta: f64,
}

/// Goepel's S* = (1/exp(Hβ) − c) / (1 − c), where c = exp(Hα min)/exp(Hγ max), the value for experts
/// who disagree as far as the scale lets them: Hα min is the entropy of an item judged `scale_most`
/// times as important as each other, Hγ max = ln n.
///
/// All experts count alike. Goepel, K. D. (2013), *Implementing the Analytic Hierarchy Process as a
/// Standard Method for Multi-Criteria Decision Making in Corporate Enterprises – a New AHP Excel
/// Template with Multiple Inputs*, Proceedings of the International Symposium on the AHP; entropy and
/// diversity by Jost (2006), *Oikos* 113, 363–375. `None` for fewer than two experts or items.
///
/// ```
/// use custval::agreement::consensus;
///
/// // As far apart as 9 : 1 allows.
/// let found = consensus(&[&[0.9, 0.1], &[0.1, 0.9]], 9.0).unwrap();
/// assert!(found.s_star.abs() < 1e-12);
/// ```
pub fn consensus(experts: &[&[f64]], scale_most: f64) -> Option<Consensus> {
    let n = experts.first()?.len();
    if experts.len() < 2 || n < 2 || experts.iter().any(|weights| weights.len() != n) {
        return None;
    }
    let count = experts.len() as f64;
    let h_alpha = experts.iter().map(|weights| entropy(weights)).sum::<f64>() / count;
    let mean: Vec<f64> = (0..n)
        .map(|item| experts.iter().map(|weights| weights[item]).sum::<f64>() / count)
        .collect();
    let h_gamma = entropy(&mean);
    let h_beta = h_gamma - h_alpha;
    let mut extreme = vec![1.0 / (scale_most + n as f64 - 1.0); n];
    extreme[0] *= scale_most;
    let least = entropy(&extreme).exp() / n as f64;
    Some(Consensus { s_star: ((-h_beta).exp() - least) / (1.0 - least), h_alpha, h_gamma, h_beta })
}

/// Shannon's entropy −Σ p ln p of shares that sum to 1.
pub(crate) fn entropy(shares: &[f64]) -> f64 {
    -shares.iter().filter(|share| **share > 0.0).map(|share| share * share.ln()).sum::<f64>()
}

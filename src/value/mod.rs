//! Value scores: sums of global weight × score, down the hierarchy.

mod rank;
mod rankings;
mod topsis;
mod vikor;

pub use rank::ranks;
pub use rankings::{RankCorrelation, Ranked, Rankings, VIKOR_V, kendall, rankings, spearman};
pub use topsis::topsis;
pub use vikor::{Vikor, vikor};

use crate::indicator::Indicators;
use crate::model::{Hierarchy, Model};
use crate::priority::Weights;

/// The value of every customer at every part of the hierarchy.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// The customers, in the input's order.
    pub customers: Vec<String>,
    /// For each customer the value at each part of the hierarchy, in its order (the goal first). An
    /// indicator's value is its contribution, global weight × score.
    pub parts: Vec<Vec<f64>>,
    /// For each customer its rank by the goal's value, 1 for the highest; equal values share a rank
    /// and the next rank is passed over (1, 2, 2, 4).
    pub ranks: Vec<usize>,
}

/// Computes X = Σ gᵢ sᵢ over the indicators i below each part, where gᵢ is the global weight and sᵢ
/// the score: for the built-in model, current value X2 and potential value X3 are the two partial
/// sums and customer value X1 = X2 + X3.
///
/// Where a customer has no score on some indicator (rule "reweigh"), its siblings carry the weight in
/// proportion, so that the part above keeps its own; where nothing below a part is scored, the part's
/// siblings do.
pub fn values(indicators: &Indicators, weights: &Weights, model: &Model) -> Values {
    let hierarchy = &model.hierarchy;
    let leaves = hierarchy.leaves();
    let global = weights.global_weights.numbers();
    let parts: Vec<Vec<f64>> = indicators
        .scores
        .iter()
        .map(|scores| {
            let carried = if scores.iter().all(Option::is_some) {
                global.clone()
            } else {
                reweighed(hierarchy, scores, &weights.part_weights.numbers())
            };
            let mut values = vec![0.0; hierarchy.nodes().len()];
            for ((leaf, score), weight) in leaves.iter().zip(scores).zip(&carried) {
                values[*leaf] = score.map_or(0.0, |score| weight * score);
            }
            // Children stand behind their parents: from the back, each adds to the part above.
            for at in (0..values.len()).rev() {
                if !hierarchy.nodes()[at].children.is_empty() {
                    values[at] = hierarchy.nodes()[at].children.iter().map(|&c| values[c]).sum();
                }
            }
            values
        })
        .collect();
    let goal: Vec<f64> = parts.iter().map(|values| values[0]).collect();
    Values { customers: indicators.customers.clone(), ranks: ranks(&goal), parts }
}

/// The weights of the indicators when some have no score: from the goal down, each part hands its
/// weight to those below it that have something scored, in proportion to their own weights.
pub(crate) fn reweighed(
    hierarchy: &Hierarchy,
    scores: &[Option<f64>],
    weights: &[f64],
) -> Vec<f64> {
    let nodes = hierarchy.nodes();
    let leaves = hierarchy.leaves();
    let mut scored = vec![false; nodes.len()];
    for (&leaf, score) in leaves.iter().zip(scores) {
        scored[leaf] = score.is_some();
    }
    for at in (0..nodes.len()).rev().filter(|&at| !nodes[at].children.is_empty()) {
        scored[at] = nodes[at].children.iter().any(|&child| scored[child]);
    }
    let mut carried = vec![0.0; nodes.len()];
    carried[0] = 1.0;
    for (at, node) in nodes.iter().enumerate() {
        let there = || node.children.iter().copied().filter(|&child| scored[child]);
        let total: f64 = there().map(|child| weights[child]).sum();
        for child in there() {
            carried[child] = carried[at] * weights[child] / total;
        }
    }
    leaves.iter().map(|&leaf| carried[leaf]).collect()
}

impl Values {
    /// The values of all customers at one part.
    pub fn at(&self, part: usize) -> Vec<f64> {
        self.parts.iter().map(|values| values[part]).collect()
    }
}

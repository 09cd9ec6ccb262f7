//! Value scores: sums of global weight × score, down the hierarchy.

mod rank;

pub use rank::ranks;

use crate::indicator::Indicators;
use crate::model::Model;
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
/// A customer without a score on some indicator (rule "reweigh") has its other contributions divided
/// by the weight that is left, so that the same scale holds.
pub fn values(indicators: &Indicators, weights: &Weights, model: &Model) -> Values {
    let hierarchy = &model.hierarchy;
    let leaves = hierarchy.leaves();
    let global = weights.global_weights.numbers();
    let parts: Vec<Vec<f64>> = indicators
        .scores
        .iter()
        .map(|scores| {
            let left: f64 = if scores.iter().all(Option::is_some) {
                1.0
            } else {
                scores.iter().zip(&global).filter(|(s, _)| s.is_some()).map(|(_, g)| g).sum()
            };
            let mut values = vec![0.0; hierarchy.nodes().len()];
            for ((leaf, score), weight) in leaves.iter().zip(scores).zip(&global) {
                values[*leaf] = score.map_or(0.0, |score| weight * score / left);
            }
            // Children stand behind their parents: from the back, each adds to the part above.
            for at in (1..values.len()).rev() {
                if !hierarchy.nodes()[at].children.is_empty() {
                    values[at] = hierarchy.nodes()[at].children.iter().map(|&c| values[c]).sum();
                }
            }
            values[0] = hierarchy.nodes()[0].children.iter().map(|&c| values[c]).sum();
            values
        })
        .collect();
    let goal: Vec<f64> = parts.iter().map(|values| values[0]).collect();
    Values { customers: indicators.customers.clone(), ranks: ranks(&goal), parts }
}

impl Values {
    /// The values of all customers at one part.
    pub fn at(&self, part: usize) -> Vec<f64> {
        self.parts.iter().map(|values| values[part]).collect()
    }
}

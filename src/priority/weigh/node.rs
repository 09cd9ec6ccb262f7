//! What is known of the weights below one node.

use crate::judgement::Matrix;
use crate::model::{Gaps, RandomIndex};
use crate::priority::{Consistency, Triads, Verdict};
use serde::{Deserialize, Serialize};

/// Where a node's local weights come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// The principal eigenvector of the group's matrix.
    Eigenvector,
    /// The row geometric mean of the group's matrix.
    Rgmm,
    /// Logarithmic least squares over the judgements that the group's matrix has.
    Llsm,
    /// Each expert's own weights, combined.
    Aip,
    /// The model gives them.
    Given,
    /// They are those of an earlier result.
    Saved,
    /// There is one item only, with weight 1.
    Single,
}

/// The weights of the parts below one node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeWeights {
    /// The node's code.
    pub node: String,
    /// The node's name.
    pub name: String,
    /// The codes of the parts below it.
    pub items: Vec<String>,
    /// Their local weights, which sum to 1.
    pub weights: Vec<f64>,
    /// Where the weights come from.
    pub method: How,
    /// λmax of the group's matrix; `None` without judgements.
    pub lambda_max: Option<f64>,
    /// CI of the group's matrix.
    pub ci: Option<f64>,
    /// CR of the group's matrix; 0 for one or two items.
    pub cr: Option<f64>,
    /// The random index used.
    pub ri: Option<f64>,
    /// The table it comes from.
    pub ri_table: RandomIndex,
    /// Whether CR is at or below the limit.
    pub acceptable: Option<bool>,
    /// CR under every table.
    pub verdicts: Vec<Verdict>,
    /// The geometric consistency index of the group's matrix.
    pub gci: Option<f64>,
    /// How far the group's weights are from each expert's judgements, GCOMPI: the mean over the
    /// experts, by their weights, of the GCI with the group's weights (row geometric mean).
    pub gcompi: Option<f64>,
    /// What triads of the group's judgements say; positions of items count from 0.
    pub triads: Option<Triads>,
    /// The group's judgements that contradict its weights most, at most three.
    pub worst: Vec<Worst>,
    /// For each expert above the limit the smallest repair found.
    pub repair: Vec<Repair>,
    /// What of the group's matrix was missing; `None` if nothing was.
    pub incomplete: Option<Missing>,
    /// The group's matrix; gaps hold the judgements of the completion.
    pub matrix: Option<Matrix>,
    /// The group's weights by each way to combine experts; `None` for fewer than two.
    pub aggregates: Option<Aggregates>,
    /// Goepel's consensus S* of the experts' own weights, 0 to 1.
    pub consensus: Option<f64>,
    /// Kendall's W of the experts' rankings of the items, 0 to 1.
    pub kendall_w: Option<f64>,
    /// The weights when one expert is left out.
    pub without: Vec<Without>,
    /// Each expert's own weights and consistency.
    pub experts: Vec<ExpertWeights>,
}

/// What one expert's judgements alone say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExpertWeights {
    /// The expert.
    pub expert: String,
    /// Whether the expert's judgements count in the group; not if CR is above the limit beyond which
    /// experts are to be left out.
    pub included: bool,
    /// The expert's local weights; `None` where the judgements do not connect all items.
    pub weights: Option<Vec<f64>>,
    /// The consistency of the expert's matrix.
    #[serde(flatten)]
    pub consistency: Option<Consistency>,
    /// The geometric consistency index.
    pub gci: Option<f64>,
    /// What triads say.
    pub triads: Triads,
    /// The judgements that contradict the expert's own weights most, at most three.
    pub worst: Vec<Worst>,
    /// What was missing; `None` if nothing was.
    pub incomplete: Option<Missing>,
    /// The expert's judgements, row by row; `null` is a gap.
    pub matrix: crate::judgement::Incomplete,
}

impl ExpertWeights {
    /// The consistency ratio, where there is one.
    pub fn cr(&self) -> Option<f64> {
        self.consistency.as_ref().map(|consistency| consistency.cr)
    }
}

/// What of a matrix was missing, and how it was filled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// Pairs that were compared.
    pub known: usize,
    /// Pairs that were not.
    pub missing: usize,
    /// How the gaps were filled.
    pub method: Gaps,
    /// The pairs with the judgements that fill them.
    pub filled: Vec<Pair>,
}

/// A pair of items and how many times more important the first is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The first item.
    pub a: String,
    /// The second item.
    pub b: String,
    /// The ratio.
    pub value: f64,
}

/// A judgement that contradicts the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Worst {
    /// The first item.
    pub a: String,
    /// The second item.
    pub b: String,
    /// How many times more important the first was said to be.
    pub given: f64,
    /// The ratio of the weights.
    pub suggested: f64,
    /// How many times one is the other, at least 1.
    pub error: f64,
}

/// A judgement to change so that the expert's CR comes to the limit or below.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repair {
    /// The expert.
    pub expert: String,
    /// The first item.
    pub a: String,
    /// The second item.
    pub b: String,
    /// The judgement as it is.
    pub from: f64,
    /// The judgement to give instead, on the scale.
    pub to: f64,
    /// CR after this change and the expert's changes before it in the list.
    pub cr: f64,
}

/// A group's weights by each way to combine experts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aggregates {
    /// From the geometric mean of judgements.
    pub aij: Vec<f64>,
    /// The geometric mean of the experts' weights; `None` where some expert has none.
    pub aip: Option<Vec<f64>>,
    /// The arithmetic mean of the experts' weights.
    pub aip_arithmetic: Option<Vec<f64>>,
}

/// The weights without one expert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Without {
    /// The expert left out.
    pub expert: String,
    /// The weights of the others; `None` where their judgements do not connect all items.
    pub weights: Option<Vec<f64>>,
    /// The largest change of a weight.
    pub largest_change: Option<f64>,
    /// Whether the order of the items changes.
    pub reorders: Option<bool>,
}

impl Without {
    pub(super) fn new(expert: &str, weights: Option<Vec<f64>>, with: &[f64]) -> Without {
        let change = |without: &Vec<f64>| {
            without.iter().zip(with).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
        };
        Without {
            expert: expert.to_string(),
            largest_change: weights.as_ref().map(change),
            reorders: weights.as_ref().map(|weights| reorders(weights, with)),
            weights,
        }
    }
}

/// Whether some two items stand in another order.
fn reorders(a: &[f64], b: &[f64]) -> bool {
    crate::judgement::pairs(a.len()).any(|(i, j)| a[i].total_cmp(&a[j]) != b[i].total_cmp(&b[j]))
}

//! Weights down a hierarchy: local ones from the judgements under each node, global ones as their
//! products from the goal to each part.

mod group;
mod node;
mod own;
mod warnings;

pub use node::{
    Aggregates, ExpertWeights, How, Missing, NodeWeights, Pair, Repair, Without, Worst,
};

use crate::agreement::{concordance, consensus};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::judgement::{Incomplete, NodeJudgements};
use crate::model::{Aggregate, Gaps, Hierarchy, JudgementScale, Method, RandomIndex, WeightRules};
use crate::named::Named;
use crate::priority::Blended;
use crate::survey::Experts;
use serde::{Deserialize, Serialize};

/// All weights of a hierarchy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// The method that was asked for.
    pub method: Method,
    /// The table of random indices that was asked for.
    pub ri_table: RandomIndex,
    /// The limit of the consistency ratio.
    pub consistency_limit: f64,
    /// What a step on the scale of words is worth.
    pub scale: JudgementScale,
    /// How the experts were combined.
    pub aggregate: Aggregate,
    /// What happens where comparisons are missing.
    pub gaps: Gaps,
    /// Experts above this CR under a node are left out there.
    pub exclude_above: Option<f64>,
    /// The experts with their weights, as shares of 1.
    #[serde(rename = "expert_shares")]
    pub experts: Named,
    /// Each node that has parts below it, in the order of the hierarchy.
    pub nodes: Vec<NodeWeights>,
    /// The indicators' global weights, which sum to 1.
    pub global_weights: Named,
    /// The global weight of every part; the goal has 1.
    pub part_weights: Named,
    /// Goepel's consensus S* of the experts' own global weights of the indicators, 0 to 1.
    pub consensus: Option<f64>,
    /// Kendall's W of the experts' rankings of the indicators, 0 to 1.
    pub kendall_w: Option<f64>,
    /// The global weights when one expert is left out.
    pub without: Vec<Without>,
    /// The blend with weights from the data, where one was asked for; the global weights above are
    /// the blended ones then.
    pub blend: Option<Blended>,
}

impl Weights {
    /// The weights below a node, by its code.
    pub fn node(&self, code: &str) -> Option<&NodeWeights> {
        self.nodes.iter().find(|node| node.node == code)
    }
}

/// Derives all weights of a hierarchy from the judgements under its nodes, or from the weights that
/// the model gives where there are none. Judgements go before given weights.
///
/// Faults: a node with neither; judgements that do not connect all items of a node, with the groups
/// that they leave; every expert above the limit beyond which experts are left out. Warnings: a
/// consistency ratio above the limit, an expert left out, a random-index table that ends too early.
pub fn weigh(
    hierarchy: &Hierarchy,
    judgements: &[NodeJudgements],
    experts: &Experts,
    rules: WeightRules,
    log: &mut Diagnostics,
) -> Option<Weights> {
    let mut weighed = Vec::new();
    let mut complete = true;
    for parent in hierarchy.parents() {
        let judged = judgements.iter().find(|judged| judged.node == parent);
        let nodes = hierarchy.nodes();
        let children = nodes[parent].children.iter();
        let items = children.map(|&child| nodes[child].code.as_str()).collect();
        let weigher = Weigher { hierarchy, parent, items, experts, rules };
        let node = match judged {
            // No expert's matrix is whole; that is told already.
            Some(judged) if judged.experts.is_empty() => None,
            Some(judged) => weigher.judged(judged, log),
            None => weigher.given(log),
        };
        match node {
            Some(node) => weighed.push(node),
            None => complete = false,
        }
    }
    if !complete {
        return None;
    }
    let nodes = weighed;
    let local: Vec<&[f64]> = nodes.iter().map(|node| node.weights.as_slice()).collect();
    let part_weights = global(hierarchy, &local);
    let leaves = hierarchy.leaves();
    let of_leaves = |parts: &[f64]| leaves.iter().map(|&leaf| parts[leaf]).collect::<Vec<f64>>();
    let global_weights = of_leaves(&part_weights);
    let names = shares(judgements, experts);
    let own: Vec<Vec<f64>> = names
        .iter()
        .filter_map(|(name, _)| Some(of_leaves(&global(hierarchy, &own_locals(&nodes, name)?))))
        .collect();
    let own: Vec<&[f64]> = own.iter().map(Vec::as_slice).collect();
    let judged_once = nodes.iter().filter(|node| node.matrix.is_some()).count() == 1;
    let without = names.iter().filter(|_| names.len() > 1).map(|(name, _)| {
        let weights =
            locals_without(&nodes, name).map(|locals| of_leaves(&global(hierarchy, &locals)));
        Without::new(name, weights, &global_weights)
    });
    let without: Vec<Without> = without.collect();
    // Goepel's lower bound holds for one matrix; of products down a tree it is no bound.
    let scale_most = crate::judgement::ratio(rules.scale, rules.scale_max, leaves.len());
    let consensus = consensus(&own, scale_most).filter(|_| judged_once);
    let concordance = concordance(&own);
    Some(Weights {
        method: rules.method,
        ri_table: rules.random_index,
        consistency_limit: rules.consistency_limit,
        scale: rules.scale,
        aggregate: rules.aggregate,
        gaps: rules.incomplete,
        exclude_above: rules.exclude_above,
        experts: names,
        nodes,
        global_weights: leaves
            .iter()
            .map(|&leaf| (hierarchy.nodes()[leaf].code.clone(), part_weights[leaf]))
            .collect(),
        part_weights: hierarchy
            .nodes()
            .iter()
            .zip(&part_weights)
            .map(|(node, weight)| (node.code.clone(), *weight))
            .collect(),
        consensus: consensus.map(|consensus| consensus.s_star),
        kendall_w: concordance.map(|concordance| concordance.w),
        without,
        blend: None,
    })
}

/// The local weights of the items under one node by the rules, and nothing else: what [`weigh`] finds
/// from the same judgements. `words` are the experts' judgements, each with the expert's weight.
/// `None` where they do not connect all items.
pub(crate) fn local_weights(
    words: &[(f64, &Incomplete)],
    hierarchy: &Hierarchy,
    experts: &Experts,
    rules: WeightRules,
) -> Option<Vec<f64>> {
    let weigher = Weigher { hierarchy, parent: 0, items: Vec::new(), experts, rules };
    weigher.local(words)
}

/// A part's global weight is its local weight times the global weight of the part above.
pub(crate) fn global(hierarchy: &Hierarchy, nodes: &[&[f64]]) -> Vec<f64> {
    let mut weights = vec![1.0; hierarchy.nodes().len()];
    // Parents stand before their children, and `nodes` is in the order of `parents()`.
    for (parent, local) in hierarchy.parents().into_iter().zip(nodes) {
        for (&child, local) in hierarchy.nodes()[parent].children.iter().zip(*local) {
            weights[child] = weights[parent] * local;
        }
    }
    weights
}

/// One expert's own local weights under every node, those of the model where nobody judges; `None`
/// where the expert has none.
fn own_locals<'a>(nodes: &'a [NodeWeights], expert: &str) -> Option<Vec<&'a [f64]>> {
    nodes
        .iter()
        .map(|node| match node.matrix {
            None => Some(node.weights.as_slice()),
            Some(_) => {
                let own = node.experts.iter().find(|own| own.expert == expert)?;
                own.weights.as_deref()
            }
        })
        .collect()
}

/// The local weights under every node without one expert.
fn locals_without<'a>(nodes: &'a [NodeWeights], expert: &str) -> Option<Vec<&'a [f64]>> {
    nodes
        .iter()
        .map(|node| match node.without.iter().find(|without| without.expert == expert) {
            Some(without) => without.weights.as_deref(),
            // The expert alone judged here, and without the expert nobody did.
            None if node.experts.iter().any(|own| own.expert == expert && own.included) => None,
            None => Some(node.weights.as_slice()),
        })
        .collect()
}

fn shares(judgements: &[NodeJudgements], experts: &Experts) -> Named {
    let judged = |at: usize| {
        judgements.iter().any(|node| node.experts.iter().any(|(expert, _)| *expert == at))
    };
    let judges: Vec<usize> = (0..experts.all().len()).filter(|at| judged(*at)).collect();
    let total: f64 = judges.iter().map(|&at| experts.all()[at].weight).sum();
    judges
        .iter()
        .map(|&at| &experts.all()[at])
        .map(|expert| (expert.name.clone(), expert.weight / total))
        .collect()
}

struct Weigher<'a> {
    hierarchy: &'a Hierarchy,
    parent: usize,
    /// The codes of the parts below.
    items: Vec<&'a str>,
    experts: &'a Experts,
    rules: WeightRules,
}

impl Weigher<'_> {
    fn code(&self) -> &str {
        &self.hierarchy.nodes()[self.parent].code
    }

    /// A node whose weights need no judgement.
    fn node(&self, weights: Vec<f64>, method: How) -> NodeWeights {
        NodeWeights {
            node: self.code().to_string(),
            name: self.hierarchy.nodes()[self.parent].name.clone(),
            items: self.items.iter().map(|item| item.to_string()).collect(),
            weights,
            method,
            lambda_max: None,
            ci: None,
            cr: None,
            ri: None,
            ri_table: self.rules.random_index,
            acceptable: None,
            verdicts: Vec::new(),
            gci: None,
            gcompi: None,
            triads: None,
            worst: Vec::new(),
            repair: Vec::new(),
            incomplete: None,
            matrix: None,
            aggregates: None,
            consensus: None,
            kendall_w: None,
            without: Vec::new(),
            experts: Vec::new(),
        }
    }

    fn given(&self, log: &mut Diagnostics) -> Option<NodeWeights> {
        let node = &self.hierarchy.nodes()[self.parent];
        if node.children.len() == 1 {
            return Some(self.node(vec![1.0], How::Single));
        }
        let given: Option<Vec<f64>> =
            node.children.iter().map(|&child| self.hierarchy.nodes()[child].given_weight).collect();
        let Some(given) = given else {
            let message = format!(
                "nobody compared the items under “{}” ({}), and the model gives no weights",
                node.code,
                self.items.join(", ")
            );
            let hint = "add the experts' judgements, or `weight = …` to each of them in the model";
            log.push(Diagnostic::error(Code::WeightsMissing, message).hint(hint));
            return None;
        };
        let total: f64 = given.iter().sum();
        if (total - 1.0).abs() > 1e-9 {
            let message =
                format!("the weights under “{}” sum to {total} and were divided by it", node.code);
            log.push(Diagnostic::note(Code::WeightsNormalised, message));
        }
        Some(self.node(given.iter().map(|weight| weight / total).collect(), How::Given))
    }
}

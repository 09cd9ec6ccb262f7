//! Weights down a hierarchy: local ones from the judgements under each node, global ones as their
//! products from the goal to each part.

use super::{Consistency, Verdict, consistency, eigenvector, row_geometric_mean, verdicts};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::judgement::{Matrix, NodeJudgements, geometric_mean};
use crate::model::{Hierarchy, Method, RandomIndex, WeightRules};
use crate::named::Named;
use crate::survey::Experts;
use serde::Serialize;

/// Where a node's local weights come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// The principal eigenvector of the group's matrix.
    Eigenvector,
    /// The row geometric mean of the group's matrix.
    Rgmm,
    /// The model gives them.
    Given,
    /// There is one item only, with weight 1.
    Single,
}

/// All weights of a hierarchy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weights {
    /// The method that was asked for.
    pub method: Method,
    /// The table of random indices that was asked for.
    pub ri_table: RandomIndex,
    /// The limit of the consistency ratio.
    pub consistency_limit: f64,
    /// How the experts' judgements were combined: "aij", the weighted geometric mean of judgements.
    pub aggregate: &'static str,
    /// The experts with their weights, as shares of 1.
    pub experts: Named,
    /// Each node that has parts below it, in the order of the hierarchy.
    pub nodes: Vec<NodeWeights>,
    /// The indicators' global weights, which sum to 1.
    pub global_weights: Named,
    /// The global weight of every part; the goal has 1.
    pub part_weights: Named,
}

/// The weights of the parts below one node.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// The group's matrix.
    pub matrix: Option<Matrix>,
    /// Each expert's own weights and consistency.
    pub experts: Vec<ExpertWeights>,
}

/// What one expert's judgements alone say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpertWeights {
    /// The expert.
    pub expert: String,
    /// The expert's local weights.
    pub weights: Vec<f64>,
    /// The consistency of the expert's matrix.
    #[serde(flatten)]
    pub consistency: Consistency,
    /// The expert's matrix.
    pub matrix: Matrix,
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
/// Faults: a node with neither. Warnings: a consistency ratio above the limit, a random-index table
/// that ends too early.
pub fn weigh(
    hierarchy: &Hierarchy,
    judgements: &[NodeJudgements],
    experts: &Experts,
    rules: WeightRules,
    log: &mut Diagnostics,
) -> Option<Weights> {
    let mut nodes = Vec::new();
    let mut complete = true;
    for parent in hierarchy.parents() {
        let judged = judgements.iter().find(|judged| judged.node == parent);
        let weigher = Weigher { hierarchy, parent, experts, rules };
        let node = match judged.filter(|judged| !judged.experts.is_empty()) {
            Some(judged) => weigher.judged(judged, log),
            None => weigher.given(log),
        };
        match node {
            Some(node) => nodes.push(node),
            None => complete = false,
        }
    }
    if !complete {
        return None;
    }
    let part_weights = global(hierarchy, &nodes);
    let leaves = hierarchy.leaves();
    Some(Weights {
        method: rules.method,
        ri_table: rules.random_index,
        consistency_limit: rules.consistency_limit,
        aggregate: "aij",
        experts: shares(judgements, experts),
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
    })
}

/// A part's global weight is its local weight times the global weight of the part above.
fn global(hierarchy: &Hierarchy, nodes: &[NodeWeights]) -> Vec<f64> {
    let mut weights = vec![1.0; hierarchy.nodes().len()];
    // Parents stand before their children, and `nodes` is in the order of `parents()`.
    for (parent, node) in hierarchy.parents().into_iter().zip(nodes) {
        for (&child, local) in hierarchy.nodes()[parent].children.iter().zip(&node.weights) {
            weights[child] = weights[parent] * local;
        }
    }
    weights
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
    experts: &'a Experts,
    rules: WeightRules,
}

impl Weigher<'_> {
    fn node(&self, weights: Vec<f64>, method: How) -> NodeWeights {
        let node = &self.hierarchy.nodes()[self.parent];
        let items = node.children.iter().map(|&child| self.hierarchy.nodes()[child].code.clone());
        NodeWeights {
            node: node.code.clone(),
            name: node.name.clone(),
            items: items.collect(),
            weights,
            method,
            lambda_max: None,
            ci: None,
            cr: None,
            ri: None,
            ri_table: self.rules.random_index,
            acceptable: None,
            verdicts: Vec::new(),
            matrix: None,
            experts: Vec::new(),
        }
    }

    fn judged(&self, judged: &NodeJudgements, log: &mut Diagnostics) -> Option<NodeWeights> {
        let weighted: Vec<(f64, &Matrix)> = judged
            .experts
            .iter()
            .map(|(expert, matrix)| (self.experts.all()[*expert].weight, matrix))
            .collect();
        let group = geometric_mean(&weighted)?;
        let (weights, consistency) = self.of_matrix(&group);
        let how = match self.rules.method {
            Method::Eigenvector => How::Eigenvector,
            Method::Rgmm => How::Rgmm,
        };
        let n = group.size();
        let mut node = self.node(weights, how);
        node.experts = judged
            .experts
            .iter()
            .map(|(expert, matrix)| {
                let (weights, consistency) = self.of_matrix(matrix);
                let expert = self.experts.all()[*expert].name.clone();
                ExpertWeights { expert, weights, consistency, matrix: matrix.clone() }
            })
            .collect();
        self.warn(&node, &consistency, n, log);
        node.lambda_max = Some(consistency.lambda_max);
        node.ci = Some(consistency.ci);
        node.cr = Some(consistency.cr);
        node.ri = Some(consistency.ri);
        node.ri_table = consistency.ri_table;
        node.acceptable = Some(consistency.acceptable);
        node.verdicts = verdicts(consistency.lambda_max, n, self.rules.consistency_limit);
        node.matrix = Some(group);
        Some(node)
    }

    /// Weights by the method asked for; consistency always by the eigenvalue, for which the tables
    /// of random indices are made.
    fn of_matrix(&self, matrix: &Matrix) -> (Vec<f64>, Consistency) {
        let perron = eigenvector(matrix);
        let (table, limit) = (self.rules.random_index, self.rules.consistency_limit);
        let consistency = consistency(perron.lambda_max, matrix.size(), table, limit);
        match self.rules.method {
            Method::Eigenvector => (perron.weights, consistency),
            Method::Rgmm => (row_geometric_mean(matrix), consistency),
        }
    }

    fn warn(&self, node: &NodeWeights, group: &Consistency, n: usize, log: &mut Diagnostics) {
        let limit = self.rules.consistency_limit;
        let alone = node.experts.len() == 1;
        if !group.acceptable && !alone {
            let message = format!(
                "the group's judgements under “{}” have CR {:.3}, above {limit}",
                node.node, group.cr
            );
            log.push(Diagnostic::warning(Code::ConsistencyOverLimit, message));
        }
        for expert in node.experts.iter().filter(|expert| !expert.consistency.acceptable) {
            let message = format!(
                "{}'s judgements under “{}” have CR {:.3}, above {limit}",
                expert.expert, node.node, expert.consistency.cr
            );
            let hint = "ask the expert to look at these judgements again";
            log.push(Diagnostic::warning(Code::ConsistencyOverLimit, message).hint(hint));
        }
        if group.ri_table != self.rules.random_index {
            let message = format!(
                "the table {} has no random index for {n} items; that of {} is used under “{}”",
                self.rules.random_index, group.ri_table, node.node
            );
            log.push(Diagnostic::warning(Code::RandomIndexBeyondTable, message));
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
            let items: Vec<&str> = node
                .children
                .iter()
                .map(|&child| self.hierarchy.nodes()[child].code.as_str())
                .collect();
            let message = format!(
                "nobody compared the items under “{}” ({}), and the model gives no weights",
                node.code,
                items.join(", ")
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

//! Weights anew from changed judgements.

use super::Ground;
use super::chance::Steps;
use crate::judgement::{Incomplete, stepped};
use crate::model::{Hierarchy, WeightRules};
use crate::priority::{global, local_weights};
use crate::survey::Experts;

/// The judgements that weights come from, ready to be changed.
pub(super) struct Weighing<'a> {
    hierarchy: &'a Hierarchy,
    experts: &'a Experts,
    rules: WeightRules,
    /// Each part that has parts below it, in the order of the hierarchy.
    pub nodes: Vec<Judged<'a>>,
    /// The share of the weights from the data, and these weights, where they are blended in.
    blend: Option<(f64, Vec<f64>)>,
}

/// The judgements under one node.
pub(super) struct Judged<'a> {
    /// The place of the node.
    pub node: usize,
    /// The local weights of the evaluation.
    pub weights: &'a [f64],
    /// The experts (their places) whose judgements count here; nobody where the weights are given.
    pub judges: Vec<(usize, &'a Incomplete)>,
}

/// The local weights under each node.
pub(super) type Locals = Vec<Vec<f64>>;

impl<'a> Weighing<'a> {
    pub fn new(ground: &Ground<'a>) -> Weighing<'a> {
        let hierarchy = &ground.model.hierarchy;
        let (weights, experts) = (ground.weights, &ground.survey.experts);
        let nodes = hierarchy.parents().into_iter().zip(&weights.nodes).map(|(node, found)| {
            let judged = ground.judgements.iter().find(|judged| judged.node == node);
            let included = |expert: usize| {
                let name = &experts.all()[expert].name;
                found.experts.iter().any(|own| own.expert == *name && own.included)
            };
            let judges = judged.iter().flat_map(|judged| &judged.experts);
            let judges = judges.filter(|(expert, _)| included(*expert));
            let judges = judges.map(|(expert, words)| (*expert, words)).collect();
            Judged { node, weights: &found.weights, judges }
        });
        let blend = weights.blend.as_ref().map(|b| (b.share, b.objective.numbers()));
        Weighing { hierarchy, experts, rules: ground.model.weights, nodes: nodes.collect(), blend }
    }

    /// How many comparisons count.
    pub fn comparisons(&self) -> usize {
        let judges = self.nodes.iter().flat_map(|node| &node.judges);
        judges.map(|(_, words)| words.known()).sum()
    }

    /// The local weights of the evaluation.
    pub fn locals(&self) -> Locals {
        self.nodes.iter().map(|node| node.weights.to_vec()).collect()
    }

    /// The local weights under a node by these judgements; `None` where they do not connect all
    /// items.
    pub fn weighed(&self, judges: &[(usize, &Incomplete)]) -> Option<Vec<f64>> {
        let weight = |expert: usize| self.experts.all()[expert].weight;
        let words: Vec<(f64, &Incomplete)> =
            judges.iter().map(|(expert, words)| (weight(*expert), *words)).collect();
        local_weights(&words, self.hierarchy, self.experts, self.rules)
    }

    /// The judgement a step up or down the scale.
    pub fn step(&self, judgement: f64, steps: f64) -> f64 {
        stepped(judgement, steps, self.rules.scale_max)
    }

    /// The local weights of a draw: every comparison of every expert a step down, as it is, or a
    /// step up.
    pub fn drawn(&self, steps: &mut Steps) -> Locals {
        let of_node = |node: &Judged| {
            if node.judges.is_empty() {
                return node.weights.to_vec();
            }
            let drawn: Vec<(usize, Incomplete)> = node
                .judges
                .iter()
                .map(|(expert, words)| (*expert, self.drawn_words(words, steps)))
                .collect();
            let drawn: Vec<(usize, &Incomplete)> =
                drawn.iter().map(|(expert, words)| (*expert, words)).collect();
            // The same pairs are compared as before, so that they connect all items as before.
            self.weighed(&drawn).unwrap_or_else(|| node.weights.to_vec())
        };
        self.nodes.iter().map(of_node).collect()
    }

    fn drawn_words(&self, words: &Incomplete, steps: &mut Steps) -> Incomplete {
        let mut drawn = words.clone();
        for (i, j) in words.pairs() {
            let step = steps.next();
            if let (Some(judgement), true) = (words.get(i, j), step != 1) {
                let to = self.step(judgement, step as f64 - 1.0);
                drawn.set(i, j, to, 1.0 / to);
            }
        }
        drawn
    }

    /// The global weight of every part, with the weights from the data blended in as in the
    /// evaluation.
    pub fn parts(&self, locals: &Locals) -> Vec<f64> {
        let locals: Vec<&[f64]> = locals.iter().map(Vec::as_slice).collect();
        let mut parts = global(self.hierarchy, &locals);
        let Some((share, objective)) = &self.blend else { return parts };
        for (&leaf, objective) in self.hierarchy.leaves().iter().zip(objective) {
            parts[leaf] = (1.0 - share) * parts[leaf] + share * objective;
        }
        // Children stand behind their parents.
        for at in (0..parts.len()).rev() {
            let children = &self.hierarchy.nodes()[at].children;
            if !children.is_empty() {
                parts[at] = children.iter().map(|&child| parts[child]).sum();
            }
        }
        parts
    }
}

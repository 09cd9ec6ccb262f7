//! The weights of a saved result.

use super::Saved;
use crate::diagnostic::Diagnostics;
use crate::model::Hierarchy;
use crate::priority::{How, Weights, weigh};
use crate::survey::Experts;
use serde::Deserialize;

/// The weights below one node.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct LocalWeights {
    pub(crate) node: String,
    pub(crate) items: Vec<String>,
    pub(crate) weights: Vec<f64>,
}

impl Saved {
    /// The weights, to the last digit. How consistent the judgements were is told by the saved result
    /// alone.
    pub fn weights(&self) -> Option<Weights> {
        let hierarchy = self.weighted_hierarchy();
        let mut scratch = Diagnostics::new();
        let experts = Experts::default();
        let mut weights = weigh(&hierarchy, &[], &experts, self.model.weights, &mut scratch)?;
        for node in &mut weights.nodes {
            if let Some(local) = self.local.iter().find(|local| local.node == node.node) {
                node.weights.clone_from(&local.weights);
            }
            if node.method == How::Given {
                node.method = How::Saved;
            }
        }
        weights.global_weights = self.global_weights.clone();
        weights.part_weights = self.part_weights.clone();
        Some(weights)
    }

    /// The hierarchy with the saved local weights as if the model gave them.
    fn weighted_hierarchy(&self) -> Hierarchy {
        let local = |code: &str| {
            self.local.iter().find_map(|local| {
                let at = local.items.iter().position(|item| item == code)?;
                local.weights.get(at).copied()
            })
        };
        self.model.hierarchy.weighted(local)
    }
}

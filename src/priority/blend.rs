//! The judgements' weights blended with weights from the data.

use super::{Weights, objective_weights};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Blend, Direction, Hierarchy, Objective};
use crate::named::Named;
use serde::{Deserialize, Serialize};

/// A blend of weights, with what went into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blended {
    /// How the data gave weights.
    pub method: Objective,
    /// Their share in the blend.
    pub share: f64,
    /// The indicators' global weights by the judgements alone.
    pub judged: Named,
    /// The indicators' weights by the data alone.
    pub objective: Named,
}

impl Weights {
    /// The weights g′ = (1 − s)g + s·o: the indicators' global weights g blended with weights o from
    /// the data, s being the share of the data. The global weight of every part above is the sum of
    /// those below it. Local weights and consistency stay what the judgements say.
    ///
    /// `scores[customer]` are the scores on the indicators, of which more is better; a missing one
    /// counts with the mean of the others. The scores have to tell some customers apart, or a fault
    /// goes to the log.
    pub fn blended(
        mut self,
        blend: Blend,
        scores: &[Vec<Option<f64>>],
        hierarchy: &Hierarchy,
        log: &mut Diagnostics,
    ) -> Option<Weights> {
        let width = self.global_weights.iter().count();
        let columns: Option<Vec<Vec<f64>>> = (0..width).map(|at| column(scores, at)).collect();
        let directions = vec![Direction::Benefit; width];
        let objective =
            columns.and_then(|columns| objective_weights(&columns, &directions, blend.objective));
        let Some(objective) = objective else {
            let message = format!(
                "the scores give no weights by {}: they do not tell at least two customers apart",
                blend.objective
            );
            let hint = "give the scores of more customers, or leave the blend out";
            log.push(Diagnostic::error(Code::BlendUnknown, message).hint(hint));
            return None;
        };
        let leaves = hierarchy.leaves();
        let named = |numbers: &[f64]| -> Named {
            let code = |leaf: usize| hierarchy.nodes()[leaf].code.clone();
            leaves.iter().zip(numbers).map(|(&leaf, number)| (code(leaf), *number)).collect()
        };
        let judged = self.global_weights.numbers();
        let mix = |(ours, theirs): (&f64, &f64)| (1.0 - blend.share) * ours + blend.share * theirs;
        let mixed: Vec<f64> = judged.iter().zip(&objective).map(mix).collect();
        let mut parts = vec![0.0; hierarchy.nodes().len()];
        for (&leaf, weight) in leaves.iter().zip(&mixed) {
            parts[leaf] = *weight;
        }
        // Children stand behind their parents.
        for at in (0..parts.len()).rev() {
            let children = &hierarchy.nodes()[at].children;
            if !children.is_empty() {
                parts[at] = children.iter().map(|&child| parts[child]).sum();
            }
        }
        self.global_weights = named(&mixed);
        self.part_weights = hierarchy
            .nodes()
            .iter()
            .zip(&parts)
            .map(|(node, weight)| (node.code.clone(), *weight))
            .collect();
        self.blend = Some(Blended {
            method: blend.objective,
            share: blend.share,
            judged: named(&judged),
            objective: named(&objective),
        });
        Some(self)
    }
}

/// One indicator's scores, gaps filled by the mean of the others.
fn column(scores: &[Vec<Option<f64>>], at: usize) -> Option<Vec<f64>> {
    let known: Vec<f64> = scores.iter().filter_map(|row| row[at]).collect();
    if known.is_empty() {
        return None;
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    Some(scores.iter().map(|row| row[at].unwrap_or(mean)).collect())
}

//! Critical weights where values bend: where siblings of missing scores carry weight.

use super::critical::{Criterion, MARGIN};
use super::frame::{Frame, Situation};

/// From 0 to 1 in so many steps.
const STEPS: usize = 200;

/// Halvings of a step, after which it is as small as rounding.
const HALVINGS: usize = 50;

/// Weights of a criterion to look at, with the centres under them.
pub(super) struct Scan {
    weights: Vec<f64>,
    situations: Vec<Situation>,
}

impl Scan {
    /// `None` where values are linear: where everybody has something scored below each sibling.
    pub fn new(frame: &Frame, criterion: &Criterion) -> Option<Scan> {
        if !frame.has_gaps || !bends(frame, criterion) {
            return None;
        }
        let step = |at: usize| (at as f64 / STEPS as f64).clamp(MARGIN, 1.0 - MARGIN);
        let weights: Vec<f64> = (0..=STEPS).map(step).collect();
        let situations = weights.iter().map(|weight| criterion.at(frame, *weight)).collect();
        Some(Scan { weights, situations })
    }

    /// How far the weight goes in one direction before the customer is in another class.
    pub fn flip(
        &self,
        frame: &Frame,
        criterion: &Criterion,
        customer: usize,
        home: usize,
        sign: f64,
    ) -> Option<f64> {
        let is_away = |under: &Situation| frame.class_under(customer, under) != home;
        let start = criterion.weight;
        let ahead = |at: &usize| (self.weights[*at] - start) * sign > 0.0;
        let mut order: Vec<usize> = (0..self.weights.len()).filter(ahead).collect();
        if sign < 0.0 {
            order.reverse();
        }
        let first = order.iter().position(|&at| is_away(&self.situations[at]))?;
        let mut near = if first == 0 { start } else { self.weights[order[first - 1]] };
        let mut far = self.weights[order[first]];
        for _ in 0..HALVINGS {
            let middle = (near + far) / 2.0;
            if is_away(&criterion.at(frame, middle)) {
                far = middle;
            } else {
                near = middle;
            }
        }
        Some((far - start).abs())
    }
}

/// Whether some customer has nothing scored below one of the parent's parts, but something below
/// another: the weight that the others carry for it is no linear function of theirs.
fn bends(frame: &Frame, criterion: &Criterion) -> bool {
    let hierarchy = frame.hierarchy;
    let leaves = hierarchy.leaves();
    let children = &hierarchy.nodes()[criterion.parent].children;
    frame.scores.iter().any(|scores| {
        let is_scored = |child: usize| {
            let below = leaves.iter().zip(scores);
            below
                .into_iter()
                .any(|(leaf, score)| score.is_some() && hierarchy.is_below(*leaf, child))
        };
        let scored = children.iter().filter(|child| is_scored(**child)).count();
        scored > 0 && scored < children.len()
    })
}

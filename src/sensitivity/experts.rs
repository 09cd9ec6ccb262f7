//! Each expert left out: who moves?

use super::Ground;
use super::change::{ExpertChange, LeftOutOf};
use super::frame::Frame;
use super::given::Given;
use super::judgements::moved;
use super::weighing::{Locals, Weighing};

/// An expert's name.
pub(super) fn name(ground: &Ground, expert: usize) -> String {
    ground.survey.experts.all()[expert].name.clone()
}

/// What each expert's absence changes, of the judgements, of the scores, and of both.
///
/// Without an expert all customers' scores change at once, so the centres follow: each is the mean of
/// its members' values by the scores and weights that are left.
pub(super) fn left_out(
    ground: &Ground,
    frame: &Frame,
    weighing: &Weighing,
    given: &Given,
) -> Vec<ExpertChange> {
    let judges = |expert: usize| {
        let mut judges = weighing.nodes.iter().flat_map(|node| &node.judges);
        judges.any(|(judge, _)| *judge == expert)
    };
    let scores = |expert: usize| {
        let mut cells = (0..frame.scores.len())
            .flat_map(|customer| (0..ground.model.indicators.len()).map(move |at| (customer, at)));
        cells.any(|(customer, at)| {
            given.at(customer, at).iter().any(|(_, _, by)| *by as usize == expert)
        })
    };
    let mut changes = Vec::new();
    for expert in 0..ground.survey.experts.all().len() {
        let (judged, scored) = (judges(expert), scores(expert));
        let weights = || without(weighing, expert).map(|locals| weighing.parts(&locals));
        let base = || Some(frame.base.parts.clone());
        let mut change = |left_out_of, parts: Option<Vec<f64>>, scores: bool| {
            let (moves, unclassed) = match parts {
                Some(parts) => {
                    let (moves, unclassed) = moves(ground, frame, given, expert, parts, scores);
                    (Some(moves), unclassed)
                }
                None => (None, Vec::new()),
            };
            let expert = name(ground, expert);
            changes.push(ExpertChange { expert, left_out_of, moves, unclassed });
        };
        if judged {
            change(LeftOutOf::Judgements, weights(), false);
        }
        if scored {
            change(LeftOutOf::Scores, base(), true);
        }
        if judged && scored {
            change(LeftOutOf::Both, weights(), true);
        }
    }
    changes
}

/// The local weights without an expert; `None` where the others' judgements give none.
fn without(weighing: &Weighing, expert: usize) -> Option<Locals> {
    let nodes = weighing.nodes.iter().map(|node| {
        let others: Vec<_> =
            node.judges.iter().filter(|(judge, _)| *judge != expert).copied().collect();
        if others.len() == node.judges.len() {
            return Some(node.weights.to_vec());
        }
        if others.is_empty() { None } else { weighing.weighed(&others) }
    });
    nodes.collect()
}

fn moves(
    ground: &Ground,
    frame: &Frame,
    given: &Given,
    expert: usize,
    parts: Vec<f64>,
    of_scores: bool,
) -> (Vec<super::Move>, Vec<String>) {
    let customers = frame.scores.len();
    let (scores, unclassed) = match of_scores {
        true => given.without(expert),
        false => (frame.scores.to_vec(), vec![false; customers]),
    };
    let members = (0..customers).map(|at| frame.members[at].filter(|_| !unclassed[at])).collect();
    let other = frame.with(&scores, members, parts);
    let stays = |customer: &usize| !unclassed[*customer];
    let moves = (0..customers)
        .filter(stays)
        .filter_map(|customer| moved(ground, frame, customer, other.home(customer)))
        .collect();
    let lost = (0..customers).filter(|customer| !stays(customer));
    (moves, lost.map(|customer| ground.values.customers[customer].clone()).collect())
}

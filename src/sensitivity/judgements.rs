//! Each comparison of each expert a step up or down: who moves?

use super::change::{JudgementChange, Move};
use super::frame::{Frame, Situation};
use super::weighing::Weighing;
use super::{Ground, experts};
use crate::cluster::threads;
use crate::judgement::Incomplete;

/// One step of one comparison.
struct Step {
    node: usize,
    judge: usize,
    pair: (usize, usize),
    from: f64,
    to: f64,
}

/// The steps that move customers, those that move most first; and how many were tried.
pub(super) fn stepped(
    ground: &Ground,
    frame: &Frame,
    weighing: &Weighing,
    threads: usize,
) -> (Vec<JudgementChange>, usize) {
    let mut steps = Vec::new();
    for (node, judged) in weighing.nodes.iter().enumerate() {
        for (judge, (_, words)) in judged.judges.iter().enumerate() {
            for pair in words.pairs() {
                let Some(from) = words.get(pair.0, pair.1) else { continue };
                let ends = [-1.0, 1.0].map(|step| weighing.step(from, step));
                let inside = ends.into_iter().filter(|to| *to != from);
                steps.extend(inside.map(|to| Step { node, judge, pair, from, to }));
            }
        }
    }
    let moved = threads::in_order(steps.len(), threads, |at| {
        let moves =
            situation(frame, weighing, &steps[at]).map(|under| moves(ground, frame, &under));
        moves.unwrap_or_default()
    });
    let hierarchy = frame.hierarchy;
    let mut changes: Vec<JudgementChange> = steps
        .iter()
        .zip(moved)
        .filter(|(_, moves)| !moves.is_empty())
        .map(|(step, moves)| {
            let judged = &weighing.nodes[step.node];
            let node = &hierarchy.nodes()[judged.node];
            let item = |at: usize| hierarchy.nodes()[node.children[at]].code.clone();
            JudgementChange {
                expert: experts::name(ground, judged.judges[step.judge].0),
                node: node.code.clone(),
                a: item(step.pair.0),
                b: item(step.pair.1),
                from: step.from,
                to: step.to,
                moves,
            }
        })
        .collect();
    // Stable: of those that move equally many, in the order of the hierarchy.
    changes.sort_by_key(|change| std::cmp::Reverse(change.moves.len()));
    (changes, steps.len())
}

fn situation(frame: &Frame, weighing: &Weighing, step: &Step) -> Option<Situation> {
    let judged = &weighing.nodes[step.node];
    let mut words: Incomplete = judged.judges[step.judge].1.clone();
    words.set(step.pair.0, step.pair.1, step.to, 1.0 / step.to);
    let judges: Vec<(usize, &Incomplete)> = judged
        .judges
        .iter()
        .enumerate()
        .map(|(at, (expert, own))| (*expert, if at == step.judge { &words } else { *own }))
        .collect();
    let mut locals = weighing.locals();
    locals[step.node] = weighing.weighed(&judges)?;
    Some(frame.under(weighing.parts(&locals)))
}

/// The customers who are in another class then.
fn moves(ground: &Ground, frame: &Frame, under: &Situation) -> Vec<Move> {
    (0..frame.scores.len())
        .filter_map(|customer| moved(ground, frame, customer, frame.class_under(customer, under)))
        .collect()
}

/// The move of a customer to a class, if it is another.
pub(super) fn moved(ground: &Ground, frame: &Frame, customer: usize, to: usize) -> Option<Move> {
    let (from, to) = (frame.class_name(frame.home(customer))?, frame.class_name(to)?);
    (from != to).then(|| Move {
        customer: ground.values.customers[customer].clone(),
        from: from.to_string(),
        to: to.to_string(),
    })
}

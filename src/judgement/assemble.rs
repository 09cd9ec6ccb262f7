//! Single judgements to complete matrices: what is missing, doubled or contradictory is told.

use super::Matrix;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::model::Hierarchy;
use crate::survey::{Comparison, Experts, Given};
use std::collections::{BTreeMap, HashMap};

/// Two directions of a pair that agree within this share are rounded reciprocals.
const NEAR: f64 = 0.02;

/// The comparisons of one node's children by each expert.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeJudgements {
    /// The node's place in the hierarchy.
    pub node: usize,
    /// The experts (their places) with their matrices, items in the order of the node's children.
    pub experts: Vec<(usize, Matrix)>,
}

/// A pair's judgement and its place, by item indices (i over j).
type Pairs<'a> = HashMap<(usize, usize), &'a Comparison>;

/// Puts the comparisons into one matrix for each node and expert. Each expert who judges anything
/// is expected to judge every pair under every node that anybody judged.
///
/// Faults go to the log: names that are not there, pairs judged twice, contradictions, gaps.
pub fn assemble(
    comparisons: &[Comparison],
    experts: &Experts,
    hierarchy: &Hierarchy,
    log: &mut Diagnostics,
) -> Vec<NodeJudgements> {
    let mut sorted: BTreeMap<(usize, usize), Pairs> = BTreeMap::new();
    let mut judges: BTreeMap<usize, &Place> = BTreeMap::new();
    for comparison in comparisons {
        let Some(expert) = experts.find(&comparison.expert) else { continue };
        if !experts.all()[expert].include {
            continue;
        }
        judges.entry(expert).or_insert(&comparison.place);
        if let Some((node, i, j)) = locate(comparison, hierarchy, log) {
            let pairs = sorted.entry((node, expert)).or_default();
            if let Some(before) = pairs.insert((i, j), comparison) {
                log.push(judged_twice(comparison, before));
            }
        }
    }
    let mut judged: Vec<usize> = sorted.keys().map(|(node, _)| *node).collect();
    judged.dedup();
    let mut all = Vec::new();
    for node in judged {
        let mut of_node = NodeJudgements { node, experts: Vec::new() };
        for (&expert, place) in &judges {
            let name = &experts.all()[expert].name;
            match sorted.get(&(node, expert)) {
                Some(pairs) => {
                    let matrix = matrix(pairs, node, name, hierarchy, place, log);
                    of_node.experts.extend(matrix.map(|matrix| (expert, matrix)));
                }
                None => log.push(node_not_judged(node, name, hierarchy, place)),
            }
        }
        all.push(of_node);
    }
    all
}

/// The node and the two items that a comparison names.
fn locate(
    comparison: &Comparison,
    hierarchy: &Hierarchy,
    log: &mut Diagnostics,
) -> Option<(usize, usize, usize)> {
    let node = if comparison.node.is_empty() {
        let item = find(&comparison.a, comparison, hierarchy, log)?;
        hierarchy.nodes()[item].parent.unwrap_or(0)
    } else {
        find(&comparison.node, comparison, hierarchy, log)?
    };
    let mut child = |written: &str| {
        let children = &hierarchy.nodes()[node].children;
        let here = children.iter().position(|&child| is_called(hierarchy, child, written));
        if here.is_none() {
            let items = || children.iter().map(|&child| &hierarchy.nodes()[child]);
            let names = items().flat_map(|item| [item.code.as_str(), item.name.as_str()]);
            let codes: Vec<&str> = items().map(|item| item.code.as_str()).collect();
            let hint = match nearest(written, names) {
                Some(near) => format!("did you mean “{near}”?"),
                None if codes.is_empty() => {
                    format!("“{}” has nothing below it", hierarchy.nodes()[node].code)
                }
                None => format!("its items are {}", codes.join(", ")),
            };
            let message =
                format!("“{written}” is not an item under “{}”", hierarchy.nodes()[node].code);
            let fault = Diagnostic::error(Code::JudgementUnknownName, message)
                .at(comparison.place.clone())
                .hint(hint);
            log.push(fault);
        }
        here
    };
    let (i, j) = (child(&comparison.a), child(&comparison.b));
    let (i, j) = (i?, j?);
    if i == j {
        let message = format!("“{}” is compared with itself", comparison.a);
        let fault = Diagnostic::error(Code::JudgementSelf, message)
            .at(comparison.place.clone())
            .hint("delete the row, or correct one of the two names");
        log.push(fault);
        return None;
    }
    Some((node, i, j))
}

fn is_called(hierarchy: &Hierarchy, at: usize, written: &str) -> bool {
    let node = &hierarchy.nodes()[at];
    let written = crate::text::fold(written);
    crate::text::fold(&node.code) == written || crate::text::fold(&node.name) == written
}

fn find(
    written: &str,
    comparison: &Comparison,
    hierarchy: &Hierarchy,
    log: &mut Diagnostics,
) -> Option<usize> {
    let found = hierarchy.find(written);
    if found.is_none() {
        let hint = match nearest(written, hierarchy.names()) {
            Some(near) => format!("did you mean “{near}”?"),
            None => "name the goal, a criterion or an indicator by its code".to_string(),
        };
        let message = format!("there is no “{written}” in the hierarchy");
        let fault = Diagnostic::error(Code::JudgementUnknownName, message)
            .at(comparison.place.clone())
            .hint(hint);
        log.push(fault);
    }
    found
}

fn judged_twice(second: &Comparison, first: &Comparison) -> Diagnostic {
    let message = format!("{} compares “{}” with “{}” twice", second.expert, second.a, second.b);
    Diagnostic::error(Code::JudgementDuplicate, message)
        .at(second.place.clone())
        .hint(format!("first at {}; delete one of the two", first.place))
}

fn node_not_judged(node: usize, name: &str, hierarchy: &Hierarchy, place: &Place) -> Diagnostic {
    let node = &hierarchy.nodes()[node];
    let n = node.children.len();
    let message = format!(
        "{name} made none of the {} under “{}”",
        crate::text::count(n * (n - 1) / 2, "comparison"),
        node.code
    );
    Diagnostic::error(Code::JudgementMissing, message)
        .at(whole(place))
        .hint("ask for them, or leave the expert out (sheet Experts, Include = no)")
}

/// The sheet or file of a place.
fn whole(place: &Place) -> Place {
    match place {
        Place::Cell { file, sheet, .. } => Place::sheet(file, sheet),
        Place::Line { file, .. } => Place::file(file),
        other => other.clone(),
    }
}

fn matrix(
    pairs: &Pairs,
    node: usize,
    expert: &str,
    hierarchy: &Hierarchy,
    place: &Place,
    log: &mut Diagnostics,
) -> Option<Matrix> {
    let children = &hierarchy.nodes()[node].children;
    let n = children.len();
    let mut rows = vec![vec![1.0; n]; n];
    let mut complete = true;
    for (i, j) in (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))) {
        let (over, under) = (pairs.get(&(i, j)).copied(), pairs.get(&(j, i)).copied());
        match both_ways(over, under, log) {
            Given::Judgement(judgement) => {
                rows[i][j] = judgement;
                // Rounded reciprocals are used as they are given.
                rows[j][i] = match (over.map(|c| c.given), under.map(|c| c.given)) {
                    (Some(Given::Judgement(_)), Some(Given::Judgement(back)))
                        if (judgement * back - 1.0).abs() > 1e-9 =>
                    {
                        back
                    }
                    _ => 1.0 / judgement,
                };
            }
            Given::Fault => complete = false,
            Given::Nothing => {
                complete = false;
                let item = |at: usize| hierarchy.nodes()[children[at]].code.as_str();
                let message = format!(
                    "{expert} did not compare “{}” with “{}” under “{}”",
                    item(i),
                    item(j),
                    hierarchy.nodes()[node].code
                );
                let empty = over.or(under);
                let merged = empty.and_then(|comparison| comparison.hint.clone());
                let hint = merged.unwrap_or_else(|| {
                    "fill in a judgement, or leave the expert out (sheet Experts, Include = no)"
                        .to_string()
                });
                let place = empty.map_or_else(|| whole(place), |c| c.place.clone());
                let fault = Diagnostic::error(Code::JudgementMissing, message);
                log.push(fault.at(place).hint(hint));
            }
        }
    }
    Matrix::from_rows(&rows).filter(|_| complete)
}

/// The judgement of a pair from its two directions.
fn both_ways(
    over: Option<&Comparison>,
    under: Option<&Comparison>,
    log: &mut Diagnostics,
) -> Given {
    let given = |comparison: Option<&Comparison>| comparison.map_or(Given::Nothing, |c| c.given);
    match (given(over), given(under)) {
        (Given::Fault, _) | (_, Given::Fault) => Given::Fault,
        (Given::Judgement(judgement), Given::Nothing) => Given::Judgement(judgement),
        (Given::Nothing, Given::Judgement(back)) => Given::Judgement(1.0 / back),
        (Given::Nothing, Given::Nothing) => Given::Nothing,
        (Given::Judgement(judgement), Given::Judgement(back)) => {
            let error = (judgement * back - 1.0).abs();
            let (Some(over), Some(under)) = (over, under) else { return Given::Fault };
            if error > NEAR {
                let message = format!(
                    "“{}” over “{}” is {judgement}, but “{}” over “{}” is {back}",
                    over.a, over.b, under.a, under.b
                );
                let hint = format!(
                    "the other is at {}; it should be {}, or empty",
                    under.place,
                    fraction(1.0 / judgement)
                );
                let fault = Diagnostic::error(Code::JudgementContradiction, message);
                log.push(fault.at(over.place.clone()).hint(hint));
                return Given::Fault;
            }
            if error > 1e-9 {
                let message = format!(
                    "{judgement} and {back} are reciprocal only to {:.2} %; both are used as given",
                    100.0 * error
                );
                let warning = Diagnostic::warning(Code::JudgementNearReciprocal, message);
                let hint = format!("the other is at {}", under.place);
                log.push(warning.at(over.place.clone()).hint(hint));
            }
            Given::Judgement(judgement)
        }
    }
}

/// A judgement as people write it: 3, 1/3, or a decimal.
fn fraction(judgement: f64) -> String {
    let back = 1.0 / judgement;
    if (back - back.round()).abs() < 1e-9 && back.round() > 1.0 {
        format!("1/{}", back.round())
    } else {
        format!("{judgement}")
    }
}

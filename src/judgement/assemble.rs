//! Single judgements to complete matrices: what is missing, doubled or contradictory is told.

use super::{Incomplete, pairs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::model::{Gaps, Hierarchy};
use crate::survey::{Comparison, Experts, Given, MOST_ITEMS};
use crate::text::{count, fold, ratio};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Two directions of a pair that agree within this share are rounded reciprocals.
const NEAR: f64 = 0.02;

/// So many empty comparisons are named in a warning.
const GAPS_LISTED: usize = 4;

/// The comparisons of one node's children by each expert.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeJudgements {
    /// The node's place in the hierarchy.
    pub node: usize,
    /// The experts (their places) with their judgements, items in the order of the node's children.
    /// Without gaps, unless gaps are to be filled.
    pub experts: Vec<(usize, Incomplete)>,
}

/// A pair's judgement and its place, by item indices (i over j).
type Pairs<'a> = HashMap<(usize, usize), &'a Comparison>;

/// Puts the comparisons into one matrix for each node and expert. Each expert who judges anything
/// is expected to judge every pair under every node that anybody judged; what is missing is a fault,
/// or a warning where `gaps` are to be filled.
///
/// Faults go to the log: names that are not there, pairs judged twice, contradictions, gaps.
pub fn assemble(
    comparisons: &[Comparison],
    experts: &Experts,
    hierarchy: &Hierarchy,
    gaps: Gaps,
    log: &mut Diagnostics,
) -> Vec<NodeJudgements> {
    let mut sorted: BTreeMap<(usize, usize), Pairs> = BTreeMap::new();
    let mut judges: BTreeMap<usize, &Place> = BTreeMap::new();
    let mut told = Told::default();
    let mut doubled: BTreeMap<(usize, Place, Place), Vec<Diagnostic>> = BTreeMap::new();
    for comparison in comparisons {
        let Some(expert) = experts.find(&comparison.expert) else { continue };
        if !experts.all()[expert].include {
            continue;
        }
        judges.entry(expert).or_insert(&comparison.place);
        match locate(comparison, hierarchy, &mut told, log) {
            Ok((node, i, j)) => {
                let pairs = sorted.entry((node, expert)).or_default();
                if let Some(before) = pairs.get(&(i, j)) {
                    let sheets = (expert, whole(&comparison.place), whole(&before.place));
                    doubled.entry(sheets).or_default().push(judged_twice(comparison, before));
                } else {
                    pairs.insert((i, j), comparison);
                }
            }
            Err(node) => {
                told.lost.insert((expert, node));
            }
        }
    }
    for ((_, here, there), faults) in doubled {
        log.extend(if here == there { faults.into_iter().collect() } else { one_fault(faults) });
    }
    let mut judged: Vec<usize> = sorted.keys().map(|(node, _)| *node).collect();
    judged.dedup();
    let mut all = Vec::new();
    for node in judged {
        let mut of_node = NodeJudgements { node, experts: Vec::new() };
        let n = hierarchy.nodes()[node].children.len();
        if n > MOST_ITEMS {
            let message = format!(
                "there are {n} items under “{}”; at most {MOST_ITEMS} can be compared",
                hierarchy.nodes()[node].code
            );
            let hint = "give them weights in the model, or part them into groups";
            log.push(Diagnostic::error(Code::JudgementShape, message).hint(hint));
            continue;
        }
        for (&expert, place) in &judges {
            let name = &experts.all()[expert].name;
            let is_lost = told.is_lost(expert, node);
            match sorted.get(&(node, expert)) {
                Some(pairs) => {
                    let mut faults = Diagnostics::new();
                    let node = Node { at: node, expert: name, hierarchy, place, gaps };
                    let matrix = node.matrix(pairs, &mut faults);
                    of_node.experts.extend(matrix.map(|matrix| (expert, matrix)));
                    // The pair that seems missing may be the one whose names cannot be read.
                    let is_told = |d: &Diagnostic| is_lost && d.code == Code::JudgementMissing;
                    log.extend(faults.iter().filter(|d| !is_told(d)).cloned().collect());
                }
                None if is_lost => {}
                None => log.push(node_not_judged(node, name, hierarchy, place, gaps)),
            }
        }
        all.push(of_node);
    }
    all
}

/// What is told already while comparisons are sorted.
#[derive(Default)]
struct Told {
    /// Cells with a name that is not there.
    names: HashSet<Place>,
    /// (expert, node) with a comparison whose names cannot be read; no node is any node.
    lost: HashSet<(usize, Option<usize>)>,
}

impl Told {
    fn is_lost(&self, expert: usize, node: usize) -> bool {
        self.lost.contains(&(expert, None)) || self.lost.contains(&(expert, Some(node)))
    }
}

/// The node and the two items that a comparison names, or the node if that alone is known. A name
/// that is not there is told once, at the cell that holds it.
fn locate(
    comparison: &Comparison,
    hierarchy: &Hierarchy,
    told: &mut Told,
    log: &mut Diagnostics,
) -> Result<(usize, usize, usize), Option<usize>> {
    if comparison.a.is_empty() {
        return Err(hierarchy.find(&comparison.node));
    }
    let [node_at, a_at, b_at] = &comparison.named_at;
    let mut find = |written: &str, at: &Place| {
        let found = hierarchy.find(written);
        if found.is_none() && told.names.insert(at.clone()) {
            log.push(not_there(written, hierarchy).at(at.clone()));
        }
        found
    };
    let node = if comparison.node.is_empty() {
        let item = find(&comparison.a, a_at).ok_or(None)?;
        hierarchy.nodes()[item].parent.unwrap_or(0)
    } else {
        find(&comparison.node, node_at).ok_or(None)?
    };
    let mut child = |written: &str, at: &Place| {
        let children = &hierarchy.nodes()[node].children;
        let folded = fold(written);
        let here = children.iter().position(|&child| hierarchy.is_called(child, &folded));
        if here.is_none() && told.names.insert(at.clone()) {
            log.push(not_below(written, node, hierarchy).at(at.clone()));
        }
        here
    };
    let (i, j) = (child(&comparison.a, a_at), child(&comparison.b, b_at));
    let (Some(i), Some(j)) = (i, j) else { return Err(Some(node)) };
    if i == j {
        let message = format!("“{}” is compared with itself", comparison.a);
        let fault = Diagnostic::error(Code::JudgementSelf, message)
            .at(comparison.place.clone())
            .hint("delete the row, or correct one of the two names");
        log.push(fault);
        return Err(Some(node));
    }
    Ok((node, i, j))
}

fn not_below(written: &str, node: usize, hierarchy: &Hierarchy) -> Diagnostic {
    let items = || hierarchy.nodes()[node].children.iter().map(|&child| &hierarchy.nodes()[child]);
    let names = items().flat_map(|item| [item.code.as_str(), item.name.as_str()]);
    let codes: Vec<&str> = items().map(|item| item.code.as_str()).collect();
    let hint = match nearest(written, names) {
        Some(near) => format!("did you mean “{near}”?"),
        None if codes.is_empty() => {
            format!("“{}” has nothing below it", hierarchy.nodes()[node].code)
        }
        None => format!("its items are {}", codes.join(", ")),
    };
    let message = format!("“{written}” is not an item under “{}”", hierarchy.nodes()[node].code);
    Diagnostic::error(Code::JudgementUnknownName, message).hint(hint)
}

fn not_there(written: &str, hierarchy: &Hierarchy) -> Diagnostic {
    let hint = match nearest(written, hierarchy.names()) {
        Some(near) => format!("did you mean “{near}”?"),
        None => "name the goal, a criterion or an indicator by its code".to_string(),
    };
    let message = format!("there is no “{written}” in the hierarchy");
    Diagnostic::error(Code::JudgementUnknownName, message).hint(hint)
}

/// The comparisons of an expert's second sheet as one fault, if there are several.
fn one_fault(faults: Vec<Diagnostic>) -> Diagnostics {
    let count = faults.len();
    match faults.into_iter().next() {
        Some(first) if count > 1 => {
            let message =
                format!("{}, and {} more pairs of the same sheets", first.message, count - 1);
            let mut fault = Diagnostic::error(Code::ExpertDuplicate, message);
            fault.hint = first
                .hint
                .map(|hint| hint.replace("delete one of the two", "leave out one of the sheets"));
            fault.place = first.place;
            fault.into()
        }
        first => first.into_iter().collect(),
    }
}

fn judged_twice(second: &Comparison, first: &Comparison) -> Diagnostic {
    let message = format!("{} compares “{}” with “{}” twice", second.expert, second.a, second.b);
    Diagnostic::error(Code::JudgementDuplicate, message)
        .at(second.place.clone())
        .hint(format!("first at {}; delete one of the two", first.place))
}

fn node_not_judged(
    node: usize,
    name: &str,
    hierarchy: &Hierarchy,
    place: &Place,
    gaps: Gaps,
) -> Diagnostic {
    let node = &hierarchy.nodes()[node];
    let n = node.children.len();
    let message = format!(
        "{name} made none of the {} under “{}”",
        count(n * (n - 1) / 2, "comparison"),
        node.code
    );
    if gaps != Gaps::Refuse {
        return Diagnostic::warning(Code::JudgementIncomplete, message)
            .at(whole(place))
            .hint("the other experts alone decide there");
    }
    Diagnostic::error(Code::JudgementMissing, message)
        .at(whole(place))
        .hint("ask for them, or leave the expert out (sheet Experts, Include = no)")
}

/// The sheet or file of a place.
fn whole(place: &Place) -> Place {
    match place {
        Place::Cell { file, sheet, .. } | Place::Record { file, sheet, .. } => {
            Place::sheet(file, sheet)
        }
        Place::Line { file, .. } => Place::file(file),
        other => other.clone(),
    }
}

/// A node as one expert judged it.
struct Node<'a> {
    at: usize,
    expert: &'a str,
    hierarchy: &'a Hierarchy,
    place: &'a Place,
    gaps: Gaps,
}

impl Node<'_> {
    fn code(&self) -> &str {
        &self.hierarchy.nodes()[self.at].code
    }

    fn item(&self, at: usize) -> &str {
        &self.hierarchy.nodes()[self.hierarchy.nodes()[self.at].children[at]].code
    }

    fn matrix(&self, judged: &Pairs, log: &mut Diagnostics) -> Option<Incomplete> {
        let n = self.hierarchy.nodes()[self.at].children.len();
        let mut matrix = Incomplete::empty(n);
        let mut sound = true;
        for (i, j) in pairs(n) {
            let (over, under) = (judged.get(&(i, j)).copied(), judged.get(&(j, i)).copied());
            match both_ways(over, under, log) {
                Given::Judgement(judgement) => {
                    // Rounded reciprocals are used as they are given.
                    let back = match (over.map(|c| c.given), under.map(|c| c.given)) {
                        (Some(Given::Judgement(_)), Some(Given::Judgement(back)))
                            if (judgement * back - 1.0).abs() > 1e-9 =>
                        {
                            back
                        }
                        _ => 1.0 / judgement,
                    };
                    matrix.set(i, j, judgement, back);
                }
                Given::Fault => sound = false,
                Given::Nothing if self.gaps == Gaps::Refuse => {
                    sound = false;
                    log.push(self.missing(i, j, over.or(under)));
                }
                Given::Nothing => {}
            }
        }
        if self.gaps != Gaps::Refuse && sound && matrix.missing() > 0 {
            log.push(self.incomplete(&matrix));
        }
        sound.then_some(matrix)
    }

    fn missing(&self, i: usize, j: usize, empty: Option<&Comparison>) -> Diagnostic {
        let message = format!(
            "{} did not compare “{}” with “{}” under “{}”",
            self.expert,
            self.item(i),
            self.item(j),
            self.code()
        );
        let merged = empty.and_then(|comparison| comparison.hint.clone());
        let hint = merged.unwrap_or_else(|| {
            "fill in a judgement, leave the expert out (sheet Experts, Include = no), or let the \
             other judgements decide (`--incomplete lambda-min`)"
                .to_string()
        });
        let place = empty.map_or_else(|| whole(self.place), |c| c.place.clone());
        Diagnostic::error(Code::JudgementMissing, message).at(place).hint(hint)
    }

    fn incomplete(&self, matrix: &Incomplete) -> Diagnostic {
        let listed: Vec<String> = matrix
            .gaps()
            .take(GAPS_LISTED)
            .map(|(i, j)| format!("“{}” with “{}”", self.item(i), self.item(j)))
            .collect();
        let more = match matrix.missing().saturating_sub(GAPS_LISTED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "{} left {} of {} under “{}” empty: {}{more}",
            self.expert,
            matrix.missing(),
            count(matrix.known() + matrix.missing(), "comparison"),
            self.code(),
            listed.join(", ")
        );
        Diagnostic::warning(Code::JudgementIncomplete, message)
            .at(whole(self.place))
            .hint(format!("the judgements that are there decide ({})", self.gaps))
    }
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
                    ratio(1.0 / judgement)
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

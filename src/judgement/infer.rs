//! The hierarchy that judgements imply when there is no model.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Hierarchy, Link};
use crate::survey::{Comparison, Names};
use crate::text::list;
use std::collections::BTreeMap;

/// What a node is called when the file does not name it.
const GOAL: &str = "goal";

/// Builds the hierarchy from the nodes and the items compared under them: an item that is a node
/// itself has its own items below. Where several nodes are nobody's item they become separate
/// trees, which is told. The comparisons' order decides the order of the items.
pub fn infer(comparisons: &[Comparison], log: &mut Diagnostics) -> Vec<Hierarchy> {
    let mut names = Names::default();
    let mut items: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for comparison in comparisons {
        let node = if comparison.node.is_empty() { GOAL } else { &comparison.node };
        let node = names.meet(node);
        for item in [&comparison.a, &comparison.b] {
            let item = names.meet(item);
            let below = items.entry(node).or_default();
            if !below.contains(&item) {
                below.push(item);
            }
        }
    }
    let mut above: BTreeMap<u32, u32> = BTreeMap::new();
    for (node, below) in &items {
        for item in below {
            if let Some(other) = above.insert(*item, *node).filter(|other| other != node) {
                let name = |at: u32| names.all()[at as usize].as_str();
                let message = format!(
                    "“{}” is compared under two nodes, “{}” and “{}”",
                    name(*item),
                    name(other),
                    name(*node)
                );
                let hint = "give items different names under each node, or give a model";
                let place = comparisons
                    .iter()
                    .find(|c| names.find(&c.a) == Some(*item) || names.find(&c.b) == Some(*item))
                    .map(|c| c.place.clone());
                let mut fault = Diagnostic::error(Code::JudgementUnknownName, message).hint(hint);
                fault.place = place;
                log.push(fault);
                return Vec::new();
            }
        }
    }
    let name = |at: u32| names.all()[at as usize].clone();
    let links: Vec<Link> = items
        .iter()
        .flat_map(|(node, below)| below.iter().map(move |item| (*node, *item)))
        .map(|(node, item)| Link {
            code: name(item),
            name: name(item),
            parent: name(node),
            ..Link::default()
        })
        .collect();
    let roots: Vec<String> =
        items.keys().filter(|node| !above.contains_key(node)).map(|node| name(*node)).collect();
    let trees: Vec<Hierarchy> =
        roots.iter().map(|root| Hierarchy::build(root, root, &links)).collect();
    let reached: usize = trees.iter().map(|tree| tree.nodes().len()).sum();
    if reached < names.len() {
        let fault = Diagnostic::error(Code::ModelCycle, "the nodes go round in a circle")
            .hint("a node cannot be an item below itself");
        log.push(fault);
        return Vec::new();
    }
    if roots.len() > 1 {
        let message = format!("there are {} separate trees: {}", roots.len(), list(&roots));
        let hint = "if they belong together, judge their roots under one node, or give a model";
        log.push(Diagnostic::note(Code::JudgementUnknownName, message).hint(hint));
    }
    trees
}

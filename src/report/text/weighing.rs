//! Weights on the terminal.

use super::grid::{to_text, wrapped};
use crate::evaluation::Weighing;
use crate::report::tables::weights::{consistency_table, global_table, node_table};
use crate::text::count;

/// The tables of `custval weigh`: each node's weights by expert, consistency, global weights.
pub fn weighing_text(weighing: &Weighing) -> String {
    let weights = &weighing.weights;
    let mut text: Vec<String> =
        weights.nodes.iter().map(|node| to_text(&node_table(node), usize::MAX)).collect();
    text.push(to_text(&consistency_table(weights), usize::MAX));
    text.push(to_text(&global_table(weights), usize::MAX));
    let over: Vec<&str> = weights
        .nodes
        .iter()
        .filter(|node| node.acceptable == Some(false))
        .map(|node| node.node.as_str())
        .collect();
    let verdict = if over.is_empty() {
        format!("All consistency ratios are at or below {}.", weights.consistency_limit)
    } else {
        let nodes = count(over.len(), "node");
        format!("{nodes} above the limit of {}: {}.", weights.consistency_limit, over.join(", "))
    };
    text.push(wrapped(&verdict, 79, " "));
    text.join("\n")
}

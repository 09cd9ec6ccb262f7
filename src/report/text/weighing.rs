//! Weights on the terminal.

use super::grid::{to_text, wrapped};
use crate::evaluation::Weighing;
use crate::report::tables::consistency::{
    consistency_table, contradictions_table, gaps_table, repairs_table,
};
use crate::report::tables::groups::{blend_table, consensus_table};
use crate::report::tables::weights::{global_table, node_table};
use crate::text::count;

/// More rows than these are not listed on the terminal.
const MOST_ROWS: usize = 20;

/// The tables of `custval weigh`: each node's weights by expert, consistency, global weights.
pub fn weighing_text(weighing: &Weighing) -> String {
    let weights = &weighing.weights;
    let mut text: Vec<String> =
        weights.nodes.iter().map(|node| to_text(&node_table(node), usize::MAX)).collect();
    let narrow = ["lambda_max", "ci", "ri", "gci_limit", "gcompi", "koczkodaj", "circles"];
    let mut consistency = consistency_table(weights).without(&narrow);
    consistency.note.clear();
    text.push(to_text(&consistency, usize::MAX));
    let details = [
        contradictions_table(weights),
        repairs_table(weights),
        gaps_table(weights),
        consensus_table(weights).map(|table| table.without(&["experts"])),
        blend_table(weights),
    ];
    text.extend(details.into_iter().flatten().map(|table| to_text(&table, MOST_ROWS)));
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

//! Weights on the terminal.

use super::grid::{to_text, wrapped};
use crate::evaluation::Weighing;
use crate::priority::{How, NodeWeights, Weights};
use crate::report::{Cell, Column, Format, Table};
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

/// One node's items with the group's weights and each expert's.
fn node_table(node: &NodeWeights) -> Table {
    let number = Format::Number(4);
    let mut columns =
        vec![Column::new("item", "Item", Format::Text), Column::new("weight", "Weight", number)];
    let experts = if node.experts.len() > 1 { node.experts.as_slice() } else { &[] };
    columns
        .extend(experts.iter().map(|expert| Column::new(&expert.expert, &expert.expert, number)));
    let title = if node.name == node.node {
        node.node.clone()
    } else {
        format!("{} ({})", node.name, node.node)
    };
    let note = match (node.method, node.cr) {
        (How::Given, _) => "The weights are those of the model.".to_string(),
        (How::Single, _) => "There is one item only.".to_string(),
        (_, Some(cr)) => format!(
            "λmax {:.4}, CI {:.4}, CR {cr:.4} ({})",
            node.lambda_max.unwrap_or(f64::NAN),
            node.ci.unwrap_or(f64::NAN),
            node.ri_table
        ),
        (_, None) => String::new(),
    };
    let mut table = Table::new(&node.node, title, columns).note(note);
    for (at, (item, weight)) in node.items.iter().zip(&node.weights).enumerate() {
        let each = experts.iter().map(|expert| Cell::from(expert.weights[at]));
        let group = [Cell::from(item.as_str()), Cell::from(*weight)];
        table.push(group.into_iter().chain(each).collect());
    }
    table
}

/// CR of the group and of each expert, and under how many tables it is acceptable.
fn consistency_table(weights: &Weights) -> Table {
    let columns = vec![
        Column::new("node", "Node", Format::Text),
        Column::new("n", "n", Format::Count),
        Column::new("cr", "CR", Format::Number(4)),
        Column::new("highest", "Highest CR of an expert", Format::Text),
        Column::new("tables", "Acceptable under", Format::Text),
    ];
    let mut table = Table::new("consistency", "Consistency", columns);
    for node in weights.nodes.iter().filter(|node| node.cr.is_some()) {
        let highest = node
            .experts
            .iter()
            .max_by(|a, b| a.consistency.cr.total_cmp(&b.consistency.cr))
            .filter(|expert| expert.consistency.cr > 0.0)
            .map(|expert| format!("{:.4} {}", expert.consistency.cr, expert.expert));
        let passed = node.verdicts.iter().filter(|verdict| verdict.acceptable).count();
        let tables = format!("{passed} of {} tables", node.verdicts.len());
        table.push(vec![
            node.node.as_str().into(),
            node.items.len().into(),
            node.cr.into(),
            highest.into(),
            (node.items.len() > 2).then_some(tables).into(),
        ]);
    }
    table
}

fn global_table(weights: &Weights) -> Table {
    let columns = vec![
        Column::new("code", "Indicator", Format::Text),
        Column::new("weight", "Global weight", Format::Number(6)),
    ];
    let mut table = Table::new("global_weights", "Global weights", columns);
    for (code, weight) in weights.global_weights.iter() {
        table.push(vec![code.into(), weight.into()]);
    }
    table
}

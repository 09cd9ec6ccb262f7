//! Tables of weights and their consistency.

use crate::evaluation::Evaluation;
use crate::priority::{ExpertWeights, How, NodeWeights, Weights};
use crate::report::{Cell, Column, Format, Table};

/// One node's items with the group's weights and each expert's.
pub(crate) fn node_table(node: &NodeWeights) -> Table {
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
        (How::Saved, _) => "The weights are those of the saved result.".to_string(),
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
        let each = experts.iter().map(|expert| Cell::from(own_weight(expert, at)));
        let group = [Cell::from(item.as_str()), Cell::from(*weight)];
        table.push(group.into_iter().chain(each).collect());
    }
    table
}

fn own_weight(expert: &ExpertWeights, at: usize) -> Option<f64> {
    expert.weights.as_ref().and_then(|weights| weights.get(at)).copied()
}

/// The global weight of each indicator.
pub(crate) fn global_table(weights: &Weights) -> Table {
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

/// The whole hierarchy with local and global weights.
pub(crate) fn tree(evaluation: &Evaluation) -> Table {
    let weights = &evaluation.weights;
    let columns = vec![
        Column::new("code", "Code", Format::Text),
        Column::new("name", "Part", Format::Text),
        Column::new("local_weight", "Weight among its siblings", Format::Percent(2)),
        Column::new("global_weight", "Weight in the whole", Format::Percent(2)),
    ];
    let note = "The weight in the whole is the product of the weights from the goal down.";
    let mut table = Table::new("weights", "Weights", columns).note(note);
    let nodes = evaluation.model.hierarchy.nodes();
    for node in nodes {
        let local = node.parent.and_then(|parent| {
            let siblings = weights.node(&nodes[parent].code)?;
            let at = siblings.items.iter().position(|item| *item == node.code)?;
            siblings.weights.get(at).copied()
        });
        table.push(vec![
            node.code.as_str().into(),
            format!("{}{}", "    ".repeat(node.depth), node.name).into(),
            local.into(),
            weights.part_weights.get(&node.code).into(),
        ]);
    }
    table
}

/// The local weights of the group beside each expert's own.
pub(crate) fn by_expert(weights: &Weights) -> Table {
    let number = Format::Number(4);
    let mut columns = vec![
        Column::new("node", "Node", Format::Text),
        Column::new("item", "Item", Format::Text),
        Column::new("group", "Group", number),
    ];
    columns.extend(weights.experts.iter().map(|(name, _)| Column::new(name, name, number)));
    let note = "Each expert's own weights, beside those of the group; the rows CR are the \
                consistency ratios.";
    let mut table = Table::new("expert_weights", "Weights by expert", columns).note(note);
    for node in &weights.nodes {
        let expert = |name: &str| node.experts.iter().find(|expert| expert.expert == name);
        for (at, (item, weight)) in node.items.iter().zip(&node.weights).enumerate() {
            let each = weights.experts.iter().map(|(name, _)| {
                Cell::from(expert(name).and_then(|expert| own_weight(expert, at)))
            });
            let first: [Cell; 3] =
                [node.node.as_str().into(), item.as_str().into(), (*weight).into()];
            table.push(first.into_iter().chain(each).collect());
        }
        if node.items.len() > 2 && node.cr.is_some() {
            let each = weights
                .experts
                .iter()
                .map(|(name, _)| Cell::from(expert(name).and_then(ExpertWeights::cr)));
            let first: [Cell; 3] = [node.node.as_str().into(), "CR".into(), node.cr.into()];
            table.push(first.into_iter().chain(each).collect());
        }
    }
    table
}

//! Tables of how far judgements contradict each other, and what would mend it.

use crate::priority::{ExpertWeights, NodeWeights, Weights, Worst, gci_limit};
use crate::report::{Cell, Column, Format, Table};
use crate::text::ratio;

/// The group's consistency under each node, the highest CR of an expert, and under how many tables
/// of random indices the group's is acceptable.
pub(crate) fn consistency_table(weights: &Weights) -> Table {
    let number = Format::Number(4);
    let columns = vec![
        Column::new("node", "Node", Format::Text),
        Column::new("n", "n", Format::Count),
        Column::new("lambda_max", "λmax", number),
        Column::new("ci", "CI", number),
        Column::new("ri", "RI", number),
        Column::new("cr", "CR", number),
        Column::new("gci", "GCI", number),
        Column::new("gci_limit", "GCI at CR 0.10", Format::Number(2)),
        Column::new("gcompi", "GCOMPI", number),
        Column::new("koczkodaj", "Koczkodaj", number),
        Column::new("circles", "Circles", Format::Count),
        Column::new("highest", "Highest CR of an expert", Format::Text),
        Column::new("tables", "Acceptable under", Format::Text),
    ];
    let note = "GCI: the geometric consistency index, beside its value where CR is 0.10. GCOMPI: the \
                mean GCI of everybody's judgements with the group's weights. Koczkodaj: how far the worst \
                three judgements contradict each other. Circles: A before B before C before A.";
    let mut table = Table::new("consistency", "Consistency", columns).note(note);
    for node in weights.nodes.iter().filter(|node| node.cr.is_some()) {
        let highest = node
            .experts
            .iter()
            .filter_map(|expert| Some((expert.cr().filter(|cr| *cr > 0.0)?, &expert.expert)))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(cr, expert)| format!("{cr:.4} {expert}"));
        let passed = node.verdicts.iter().filter(|verdict| verdict.acceptable).count();
        let tables = format!("{passed} of {} tables", node.verdicts.len());
        let several = node.items.len() > 2;
        let triads = node.triads.as_ref().filter(|_| several);
        table.push(vec![
            node.node.as_str().into(),
            node.items.len().into(),
            node.lambda_max.into(),
            node.ci.into(),
            node.ri.into(),
            node.cr.into(),
            node.gci.into(),
            several.then(|| gci_limit(node.items.len())).into(),
            node.aggregates.as_ref().and(node.gcompi).into(),
            triads.map(|triads| triads.koczkodaj).into(),
            triads.map(|triads| triads.intransitive).into(),
            highest.into(),
            several.then_some(tables).into(),
        ]);
    }
    table
}

/// CR of each node under every table of random indices.
pub(crate) fn verdicts_table(weights: &Weights) -> Table {
    let judged: Vec<&NodeWeights> =
        weights.nodes.iter().filter(|node| node.items.len() > 2 && node.cr.is_some()).collect();
    let mut columns = vec![Column::new("ri_table", "Table of random indices", Format::Text)];
    columns.extend(
        judged
            .iter()
            .map(|node| Column::new(&node.node, format!("CR of {}", node.node), Format::Number(4))),
    );
    let limit = weights.consistency_limit;
    let note = format!("At or below {limit} the judgements count as consistent enough.");
    let mut table =
        Table::new("consistency_tables", "Consistency under each table", columns).note(note);
    for ri_table in crate::model::RandomIndex::ALL {
        let cells: Vec<Cell> = judged
            .iter()
            .map(|node| {
                let verdict = node.verdicts.iter().find(|v| v.ri_table == *ri_table);
                verdict.map(|verdict| verdict.cr).into()
            })
            .collect();
        if cells.iter().any(|cell| *cell != Cell::Empty) {
            table.push(std::iter::once(ri_table.as_str().into()).chain(cells).collect());
        }
    }
    table
}

/// A ratio of weights as people read it: 2.66, or 1/2.66.
fn rounded(value: f64) -> String {
    if value >= 1.0 { format!("{value:.2}") } else { format!("1/{:.2}", 1.0 / value) }
}

/// A judgement as it was given, if it is a whole number or one over such; else rounded.
fn said(value: f64) -> String {
    let whole = |number: f64| (number - number.round()).abs() < 1e-9;
    if whole(value) || whole(1.0 / value) { ratio(value) } else { rounded(value) }
}

/// The judgements that contradict the weights most: of the group where it has several experts, and of
/// each expert above the limit. `None` where nothing contradicts.
pub(crate) fn contradictions_table(weights: &Weights) -> Option<Table> {
    let columns = vec![
        Column::new("node", "Node", Format::Text),
        Column::new("who", "Whose", Format::Text),
        Column::new("a", "Item", Format::Text),
        Column::new("b", "over", Format::Text),
        Column::new("given", "Given", Format::Text),
        Column::new("suggested", "By the weights", Format::Text),
        Column::new("error", "Times apart", Format::Number(2)),
    ];
    let note = "What a judgement says beside the ratio of the weights that all judgements together \
                give. The larger the last column, the more the judgement contradicts the others.";
    let mut table =
        Table::new("contradictions", "Judgements that contradict most", columns).note(note);
    for node in &weights.nodes {
        let mut push = |who: &str, worst: &Worst| {
            table.push(vec![
                node.node.as_str().into(),
                who.into(),
                worst.a.as_str().into(),
                worst.b.as_str().into(),
                said(worst.given).into(),
                rounded(worst.suggested).into(),
                worst.error.into(),
            ]);
        };
        if node.experts.len() > 1 && node.acceptable == Some(false) {
            node.worst.iter().for_each(|worst| push("the group", worst));
        }
        let over = |expert: &&ExpertWeights| {
            expert.consistency.as_ref().is_some_and(|own| !own.acceptable)
        };
        for expert in node.experts.iter().filter(over) {
            expert.worst.iter().for_each(|worst| push(&expert.expert, worst));
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

/// For each expert above the limit the smallest repair; `None` where nobody is.
pub(crate) fn repairs_table(weights: &Weights) -> Option<Table> {
    let columns = vec![
        Column::new("expert", "Expert", Format::Text),
        Column::new("node", "Node", Format::Text),
        Column::new("a", "Item", Format::Text),
        Column::new("b", "over", Format::Text),
        Column::new("from", "Given", Format::Text),
        Column::new("to", "Would do", Format::Text),
        Column::new("cr", "CR then", Format::Number(4)),
    ];
    let note = format!(
        "The fewest judgements, changed by the fewest steps of the scale, that bring CR to {} or \
         below. A question to put to the expert, not a correction to make for them.",
        weights.consistency_limit
    );
    let mut table = Table::new("repairs", "The smallest repair", columns).note(note);
    for node in &weights.nodes {
        for repair in &node.repair {
            table.push(vec![
                repair.expert.as_str().into(),
                node.node.as_str().into(),
                repair.a.as_str().into(),
                repair.b.as_str().into(),
                said(repair.from).into(),
                ratio(repair.to).into(),
                repair.cr.into(),
            ]);
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The pairs that were not compared, with what fills them; `None` where all were.
pub(crate) fn gaps_table(weights: &Weights) -> Option<Table> {
    let columns = vec![
        Column::new("node", "Node", Format::Text),
        Column::new("who", "Whose", Format::Text),
        Column::new("a", "Item", Format::Text),
        Column::new("b", "over", Format::Text),
        Column::new("value", "Filled by", Format::Text),
    ];
    let note = format!(
        "Comparisons that were left empty, and the ratio that fits the others best ({}).",
        weights.gaps
    );
    let mut table = Table::new("gaps", "Comparisons left empty", columns).note(note);
    for node in &weights.nodes {
        let group = node.incomplete.iter().map(|missing| ("the group", missing));
        let own = node
            .experts
            .iter()
            .filter_map(|expert| Some((expert.expert.as_str(), expert.incomplete.as_ref()?)));
        for (who, missing) in group.filter(|_| node.experts.len() > 1).chain(own) {
            for pair in &missing.filled {
                table.push(vec![
                    node.node.as_str().into(),
                    who.into(),
                    pair.a.as_str().into(),
                    pair.b.as_str().into(),
                    rounded(pair.value).into(),
                ]);
            }
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

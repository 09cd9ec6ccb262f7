//! An evaluation on the terminal: the finding, the classes, the customers.

use super::anova::anova_table;
use super::grid::{to_text, wrapped};
use crate::anova::CAVEAT;
use crate::evaluation::Evaluation;
use crate::report::{Cell, Column, Format, Table, finding};
use crate::text::count;

/// More customers than this are not listed on the terminal; the report has them all.
const MOST_CUSTOMERS: usize = 20;

/// The summary that `custval evaluate` prints.
pub fn evaluation_text(evaluation: &Evaluation) -> String {
    let title = &evaluation.model.title;
    let rule = "═".repeat(title.chars().count());
    let mut text = vec![
        format!("{title}\n{rule}\n{}", wrapped(&finding(evaluation), 79, "")),
        to_text(&classes_table(evaluation), usize::MAX),
        to_text(&customers_table(evaluation), MOST_CUSTOMERS),
        to_text(&top_weights(evaluation), usize::MAX),
    ];
    if !evaluation.anova.is_empty() {
        text.push(to_text(&named_anova(evaluation).note(CAVEAT), usize::MAX));
    }
    text.push(last_words(evaluation));
    text.join("\n")
}

fn classes_table(evaluation: &Evaluation) -> Table {
    let mut columns = vec![
        Column::new("class", "Class", Format::Text),
        Column::new("customers", "Customers", Format::Count),
        Column::new("share_of_value", "Share of value", Format::Percent(1)),
    ];
    let parts = std::iter::once(0).chain(evaluation.model.hierarchy.goal().children.clone());
    for part in parts.take(5) {
        let node = &evaluation.model.hierarchy.nodes()[part];
        columns.push(Column::new(&node.code, &node.name, Format::Number(3)));
    }
    let shown = columns.len() - 3;
    let mut table = Table::new("classes", "Classes, with the means of their customers", columns);
    for class in &evaluation.classes {
        let means = class.means.numbers().into_iter().take(shown).map(Cell::from);
        let first: [Cell; 3] =
            [class.name.as_str().into(), class.size.into(), class.share_of_value.into()];
        table.push(first.into_iter().chain(means).collect());
    }
    table
}

/// The analysis of variance under the parts' names.
fn named_anova(evaluation: &Evaluation) -> Table {
    let hierarchy = &evaluation.model.hierarchy;
    let mut tables = evaluation.anova.clone();
    for anova in &mut tables {
        if let Some(at) = hierarchy.position(&anova.variable) {
            anova.variable = hierarchy.nodes()[at].name.clone();
        }
    }
    anova_table(&tables)
}

/// The customers, highest value first.
fn customers_table(evaluation: &Evaluation) -> Table {
    let mut columns = vec![
        Column::new("rank", "Rank", Format::Count),
        Column::new("customer", "Customer", Format::Text),
        Column::new("class", "Class", Format::Text),
    ];
    let goal = evaluation.model.hierarchy.goal();
    columns.push(Column::new(&goal.code, &goal.name, Format::Number(4)));
    for &child in goal.children.iter().take(4) {
        let node = &evaluation.model.hierarchy.nodes()[child];
        columns.push(Column::new(&node.code, &node.name, Format::Number(4)));
    }
    let shown = columns.len() - 4;
    let mut table = Table::new("customers", "Customers", columns);
    let mut order: Vec<_> = evaluation.values.iter().collect();
    order.sort_by_key(|customer| customer.rank);
    for customer in order {
        let first: [Cell; 4] = [
            customer.rank.into(),
            customer.customer.as_str().into(),
            customer.class.as_deref().into(),
            customer.value.into(),
        ];
        let parts = customer.dimensions.numbers().into_iter().take(shown).map(Cell::from);
        table.push(first.into_iter().chain(parts).collect());
    }
    table
}

/// The five heaviest indicators.
fn top_weights(evaluation: &Evaluation) -> Table {
    let columns = vec![
        Column::new("code", "Indicator", Format::Text),
        Column::new("name", "", Format::Text),
        Column::new("weight", "Global weight", Format::Percent(1)),
    ];
    let worst = evaluation.weights.nodes.iter().filter_map(|node| node.cr).fold(0.0, f64::max);
    let note = format!("The highest consistency ratio of the group's judgements is {worst:.4}.");
    let mut table = Table::new("weights", "What counts most", columns).note(note);
    let global = evaluation.weights.global_weights.numbers();
    let mut order: Vec<usize> = (0..global.len()).collect();
    order.sort_by(|a, b| global[*b].total_cmp(&global[*a]).then(a.cmp(b)));
    for at in order.into_iter().take(5) {
        let indicator = &evaluation.model.indicators[at];
        table.push(vec![
            indicator.code.as_str().into(),
            indicator.name.as_str().into(),
            global[at].into(),
        ]);
    }
    table
}

fn last_words(evaluation: &Evaluation) -> String {
    let clusters = &evaluation.clusters;
    let mut text = wrapped(&clusters.stopped_because, 79, "");
    text += &match &clusters.better {
        None => wrapped("No better partition was found from seeded starts.", 79, ""),
        Some(better) => {
            let sentence = format!(
                "Another start gives a better partition: sum of squares {:.4} instead of {:.4}; {} \
                 change class.",
                better.sse,
                clusters.sse,
                count(better.moved.len(), "customer")
            );
            wrapped(&sentence, 79, "")
        }
    };
    if let Some(own) = &evaluation.own_classes {
        let share = own.share.map_or("undefined".to_string(), |s| format!("{:.1} %", 100.0 * s));
        let kappa = own.kappa.map_or("undefined".to_string(), |k| format!("{k:.3}"));
        let sentence = format!(
            "The experts' own classes agree for {share} of the customers (Cohen's κ {kappa})."
        );
        text += &wrapped(&sentence, 79, "");
    }
    if !evaluation.warnings.is_empty() {
        let sentence = format!(
            "{} above and in the report: read before you rely on these figures.",
            count(evaluation.warnings.len(), "warning")
        );
        text += &wrapped(&sentence, 79, "");
    }
    text
}

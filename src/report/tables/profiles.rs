//! Tables of classes: what each is like, and how they compare with the experts' own.

use crate::evaluation::Evaluation;
use crate::model::ClassRule;
use crate::report::tables::values::class_name;
use crate::report::{Cell, Column, Format, Table};

/// Each class with its size, share, means, reading and strategy.
pub(crate) fn classes(evaluation: &Evaluation) -> Table {
    let hierarchy = &evaluation.model.hierarchy;
    let goal = hierarchy.goal();
    let mut columns = vec![
        Column::new("class", "Class", Format::Text),
        Column::new("customers", "Customers", Format::Count),
        Column::new("share_of_customers", "Share of customers", Format::Percent(1)),
        Column::new("value", "Value", Format::Number(2)),
        Column::new("share_of_value", "Share of value", Format::Percent(1)),
    ];
    let parts = std::iter::once(0).chain(goal.children.iter().copied());
    columns.extend(parts.map(|part| {
        let node = &hierarchy.nodes()[part];
        Column::new(&node.code, format!("Mean {}", node.name.to_lowercase()), Format::Number(3))
    }));
    columns.push(Column::new("reading", "What it means", Format::Prose));
    columns.push(Column::new("strategy", "What to do", Format::Prose));
    columns.push(Column::new("members", "Who", Format::Prose));
    let note = match evaluation.naming.rule {
        ClassRule::Quadrant => "Classes are named by where the centres of their clusters lie.",
        ClassRule::Ranked => "Classes are named by the order of their clusters' mean values.",
    };
    let mut table = Table::new("classes", "Classes", columns).note(note);
    for class in &evaluation.classes {
        let mut row: Vec<Cell> = vec![
            class.name.as_str().into(),
            class.size.into(),
            class.share_of_customers.into(),
            class.value.into(),
            class.share_of_value.into(),
        ];
        row.extend(class.means.numbers().into_iter().map(Cell::from));
        row.push(class.reading.as_str().into());
        row.push(class.strategy.as_str().into());
        row.push(members(&class.customers).into());
        table.push(row);
    }
    table
}

/// The names of a class's customers; of a large class the first, and how many more.
fn members(customers: &[String]) -> String {
    const MOST: usize = 30;
    let names = customers.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    match customers.len().saturating_sub(MOST) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}

/// Mean score of each class on each indicator, beside all customers.
pub(crate) fn indicators(evaluation: &Evaluation) -> Table {
    let mut columns = vec![
        Column::new("code", "Code", Format::Text),
        Column::new("name", "Indicator", Format::Text),
        Column::new("weight", "Weight", Format::Percent(1)),
        Column::new("all", "All", Format::Number(2)),
    ];
    columns.extend(
        evaluation
            .classes
            .iter()
            .map(|class| Column::new(&class.class, &class.name, Format::Number(2))),
    );
    let mut table = Table::new("class_profiles", "Class profiles", columns)
        .note("Mean scores of each class's customers on each indicator.");
    for indicator in &evaluation.model.indicators {
        let code = indicator.code.as_str();
        // The mean of all is a class's mean less its difference from it.
        let all = evaluation
            .classes
            .first()
            .and_then(|class| Some(class.indicators.get(code)? - class.difference.get(code)?));
        let means = evaluation.classes.iter().map(|class| class.indicators.get(code).into());
        let first: [Cell; 4] = [
            code.into(),
            indicator.name.as_str().into(),
            evaluation.weights.global_weights.get(code).into(),
            all.into(),
        ];
        table.push(first.into_iter().chain(means).collect());
    }
    table
}

/// The experts' own classes against the computed ones, where they gave them.
pub(crate) fn own_classes(evaluation: &Evaluation) -> Option<Table> {
    let agreement = evaluation.own_classes.as_ref()?;
    let mut columns = vec![Column::new("own_class", "Experts' own class", Format::Text)];
    columns.extend(agreement.columns.iter().map(|class| {
        let title = format!("Computed: {}", class_name(evaluation, class));
        Column::new(class, title, Format::Count)
    }));
    let figure = |value: Option<f64>| value.map_or("undefined".to_string(), |v| format!("{v:.3}"));
    let note = format!(
        "{} customers compared; share of agreement {}, Cohen's κ {}, adjusted Rand index {}.",
        agreement.cases,
        figure(agreement.share),
        figure(agreement.kappa),
        figure(agreement.adjusted_rand)
    );
    let title = "The experts' own classes and the computed ones";
    let mut table = Table::new("own_classes", title, columns).note(note);
    for (class, counts) in agreement.rows.iter().zip(&agreement.table) {
        let counts = counts.iter().map(|count| Cell::from(*count));
        let name = class_name(evaluation, class);
        table.push(std::iter::once(Cell::from(name)).chain(counts).collect());
    }
    Some(table)
}

//! A reproduced study on the terminal.

use super::grid::{to_text, wrapped};
use crate::report::{Column, Format, Table};
use crate::study::{Figure, Reproduction};

/// Each printed figure beside ours, table by table, and the verdict.
pub fn reproduction_text(study: &Reproduction) -> String {
    let mut names: Vec<&str> = study.figures.iter().map(|figure| figure.table.as_str()).collect();
    names.dedup();
    let mut text = vec![format!("{}\n{}", study.title, wrapped(&study.input, 79, ""))];
    if !study.steps.is_empty() {
        text.push(to_text(&steps_table(study), usize::MAX));
    }
    for name in names {
        let figures: Vec<&Figure> =
            study.figures.iter().filter(|figure| figure.table == name).collect();
        text.push(to_text(&figures_table(name, &figures), usize::MAX));
    }
    if !study.corrected.is_empty() {
        text.push(to_text(&corrected_table(study), usize::MAX));
    }
    let verdict =
        format!("{} of {} figures are equal as printed.", study.equal, study.figures.len());
    text.push(wrapped(&verdict, 79, ""));
    text.extend(study.remarks.iter().map(|remark| wrapped(remark, 79, "")));
    text.join("\n")
}

fn figures_table(name: &str, figures: &[&Figure]) -> Table {
    let columns = vec![
        Column::new("row", "", Format::Text),
        Column::new("column", "", Format::Text),
        Column::new("printed", "Printed", Format::Text),
        Column::new("shown", "custval", Format::Text),
        Column::new("computed", "In full", Format::Number(12)),
        Column::new("equal", "", Format::Text),
    ];
    let mut table = Table::new(name, name, columns);
    // Where the printed digits are all there are, nothing is left to show in full.
    let is_whole = |figure: &&Figure| {
        figure.computed.is_none_or(|computed| figure.shown.parse() == Ok(computed))
    };
    let is_brief = figures.iter().all(is_whole);
    for figure in figures {
        table.push(vec![
            figure.row.as_str().into(),
            figure.column.as_str().into(),
            figure.printed.as_str().into(),
            figure.shown.as_str().into(),
            figure.computed.into(),
            if figure.equal { "equal" } else { "DIFFERS" }.into(),
        ]);
    }
    if is_brief { table.without(&["computed"]) } else { table }
}

fn steps_table(study: &Reproduction) -> Table {
    let columns = vec![
        Column::new("step", "Step", Format::Text),
        Column::new("rows", "Rows removed", Format::Count),
        Column::new("left", "Rows left", Format::Count),
        Column::new("money", "Money removed", Format::Number(2)),
        Column::new("customers", "Customers removed", Format::Count),
    ];
    let mut table = Table::new("steps", "Which rows are used", columns);
    for step in &study.steps {
        table.push(vec![
            step.step.as_str().into(),
            (step.rows as usize).into(),
            (step.left as usize).into(),
            step.money.into(),
            (step.customers as usize).into(),
        ]);
    }
    table
}

fn corrected_table(study: &Reproduction) -> Table {
    let columns = vec![
        Column::new("figure", "Figure", Format::Text),
        Column::new("as_published", "As published", Format::Text),
        Column::new("right", "The right way", Format::Text),
    ];
    let mut table = Table::new("corrected", "As published, and the right way", columns);
    for one in &study.corrected {
        let cells = [&one.figure, &one.as_published, &one.right];
        table.push(cells.map(|cell| cell.as_str().into()).to_vec());
    }
    table
}

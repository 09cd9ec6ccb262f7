//! A reproduced study on the terminal.

use super::grid::{to_text, wrapped};
use crate::report::{Column, Format, Table};
use crate::study::{Figure, Reproduction};

/// Each printed figure beside ours, table by table, and the verdict.
pub fn reproduction_text(study: &Reproduction) -> String {
    let mut names: Vec<&str> = study.figures.iter().map(|figure| figure.table.as_str()).collect();
    names.dedup();
    let mut text = vec![format!("{}\n{}", study.title, wrapped(&study.input, 79, ""))];
    for name in names {
        let figures: Vec<&Figure> =
            study.figures.iter().filter(|figure| figure.table == name).collect();
        text.push(to_text(&figures_table(name, &figures), usize::MAX));
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
    table
}

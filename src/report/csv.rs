//! Tables as CSV files.

use super::{Cell, Table};

/// A table as CSV, with machine names as headers and numbers in full.
///
/// A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
/// carriage return) is given a leading apostrophe.
///
/// ```
/// use custval::report::{Column, Format, Table, to_csv};
///
/// let columns = vec![Column::new("name", "Name", Format::Text)];
/// let mut table = Table::new("t", "T", columns);
/// table.push(vec!["=1+1".into()]);
/// assert_eq!(to_csv(&table), "name\n'=1+1\n");
/// ```
pub fn to_csv(table: &Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = table.columns.iter().map(|column| harmless(&column.name));
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<String>>());
    for record in std::iter::once(header.collect()).chain(rows) {
        // Writing to memory cannot fail, and all rows are as long as the header.
        let _ = writer.write_record(&record);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => harmless(text),
    }
}

fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_string()
    }
}

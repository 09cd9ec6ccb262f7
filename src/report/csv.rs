//! Tables as CSV files.

use super::{Cell, LongTable, Table};
use std::io::Write;

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
    let mut bytes = Vec::new();
    // Writing to memory cannot fail, and all rows are as long as the header.
    let _ = rows(table, table.rows.iter().cloned(), &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Writes a long table as CSV, in the form of [`to_csv`].
///
/// # Errors
/// Those of writing.
pub fn write_csv(table: LongTable, file: &mut dyn Write) -> std::io::Result<()> {
    rows(&table.head, table.rows, file)
}

fn rows(
    head: &Table,
    rows: impl Iterator<Item = Vec<Cell>>,
    file: &mut dyn Write,
) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(head.columns.iter().map(|column| harmless(&column.name)))?;
    for row in rows {
        writer.write_record(row.iter().map(cell))?;
    }
    writer.flush()
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

//! A sheet that has a header row: columns by name.

use super::{Sheet, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::{fold, list, plain};
use std::collections::HashMap;

/// A column's header.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The column, counted from 0.
    pub column: u32,
    /// The header as it was written.
    pub name: String,
    /// The header folded for comparison.
    folded: String,
}

/// A sheet read by the names in its header row.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The row of the headers.
    pub header_row: u32,
    headers: Vec<Header>,
}

impl<'a> Table<'a> {
    /// The table whose header is the first row that is not empty.
    pub fn new(sheet: &'a Sheet) -> Option<Table<'a>> {
        let (row, _) = sheet.rows().next()?;
        Some(Table::with_header(sheet, row))
    }

    /// The table whose header row has one of these names in it; titles above it are passed over.
    pub fn headed_by(sheet: &'a Sheet, names: &[&str]) -> Option<Table<'a>> {
        let wanted: Vec<String> = names.iter().map(|name| fold(name)).collect();
        // Headers stand near the top; a customer called "Customer" far below is none.
        sheet.rows().take(30).find_map(|(row, cells)| {
            let is_header = cells.iter().any(
                |cell| matches!(&cell.value, Value::Text(text) if wanted.contains(&fold(text))),
            );
            (is_header && cells.len() > 1).then(|| Table::with_header(sheet, row))
        })
    }

    fn with_header(sheet: &'a Sheet, header_row: u32) -> Table<'a> {
        let headers = sheet
            .row(header_row)
            .iter()
            .map(|cell| {
                let name = plain(&cell.value.to_string());
                Header { column: cell.column, folded: fold(&name), name }
            })
            .collect();
        Table { sheet, header_row, headers }
    }

    /// All headers, from the left.
    pub fn headers(&self) -> &[Header] {
        &self.headers
    }

    /// The column under one of these headers; the first name found wins.
    pub fn column(&self, names: &[&str]) -> Option<u32> {
        names.iter().find_map(|name| {
            let name = fold(name);
            self.headers.iter().find(|header| header.folded == name).map(|header| header.column)
        })
    }

    /// The column under one of these headers, or a fault that says which headers there are.
    pub fn needed(&self, names: &[&str], log: &mut Diagnostics) -> Option<u32> {
        let found = self.column(names);
        if found.is_none() {
            let there: Vec<&str> = self.headers.iter().map(|h| h.name.as_str()).take(20).collect();
            let message = format!("there is no column “{}”", names[0]);
            let fault = Diagnostic::error(Code::ColumnMissing, message)
                .at(self.sheet.cell_place(self.header_row, 0))
                .hint(format!("the headers here are: {}", list(&there)));
            log.push(fault);
        }
        found
    }

    /// Faults for headers that stand twice.
    pub fn check_headers(&self, log: &mut Diagnostics) {
        let mut first: HashMap<&str, u32> = HashMap::new();
        for header in &self.headers {
            if let Some(before) = first.get(header.folded.as_str()) {
                let message = format!("the column “{}” is there twice", header.name);
                let other = self.sheet.cell_place(self.header_row, *before);
                let fault = Diagnostic::error(Code::ColumnDuplicate, message)
                    .at(self.sheet.cell_place(self.header_row, header.column))
                    .hint(format!("the first is at {other}; rename or delete one of them"));
                log.push(fault);
            } else {
                first.insert(&header.folded, header.column);
            }
        }
    }

    /// Notes for columns that are not among those used.
    pub fn note_ignored(&self, used: &[u32], log: &mut Diagnostics) {
        let ignored: Vec<&str> = self
            .headers
            .iter()
            .filter(|header| !used.contains(&header.column))
            .map(|header| header.name.as_str())
            .collect();
        if ignored.is_empty() {
            return;
        }
        let shown: Vec<&str> = ignored.iter().copied().take(10).collect();
        let more = match ignored.len().saturating_sub(shown.len()) {
            0 => String::new(),
            rest => format!(" and {rest} more"),
        };
        let message = format!("columns that are not read: {}{more}", shown.join(", "));
        log.push(Diagnostic::note(Code::ColumnIgnored, message).at(self.sheet.place()));
    }

    /// The rows below the header that hold anything.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        self.sheet.rows().map(|(row, _)| row).filter(|row| *row > self.header_row)
    }
}

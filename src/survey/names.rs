//! Names that are met again and again: each kept once, in the order of first meeting.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::{fold, plain};
use crate::workbook::{Sheet, Value};
use std::collections::HashMap;

/// The name in a cell, empty if the cell is. A cell that shows an error or lacks its value is no
/// name: `None`, and the fault is told.
pub(super) fn name_at(
    sheet: &Sheet,
    row: u32,
    column: u32,
    log: &mut Diagnostics,
) -> Option<String> {
    let mut say = |diagnostic: Diagnostic| log.push(diagnostic.at(sheet.cell_place(row, column)));
    match sheet.value(row, column) {
        Some(Value::Error(error)) => {
            let message = format!("the cell shows {error} where a name is expected");
            say(Diagnostic::error(Code::CellError, message).hint("type the name"));
            return None;
        }
        Some(value @ Value::FormulaWithoutValue(_)) => {
            let message = format!("the cell holds {}", value.shown());
            say(Diagnostic::error(Code::FormulaWithoutValue, message)
                .hint("open the file in Excel or LibreOffice and save it, or type the name"));
            return None;
        }
        Some(value @ (Value::Date(_) | Value::Bool(_))) => {
            let message = format!("a name is expected, and the cell holds {}", value.shown());
            say(Diagnostic::warning(Code::NameUnusual, message).hint(
                "Excel makes dates of names such as 3-1; format the cell as Text and type it again",
            ));
        }
        _ => {}
    }
    Some(sheet.text(row, column))
}

/// A list of names, told apart without regard to case, width and outer spaces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    names: Vec<String>,
    places: HashMap<String, u32>,
}

impl Names {
    /// The place of a name, which is added if it is new. It is kept as first written.
    pub fn meet(&mut self, name: &str) -> u32 {
        let next = self.names.len() as u32;
        let place = *self.places.entry(fold(name)).or_insert(next);
        if place == next {
            self.names.push(plain(name));
        }
        place
    }

    /// The place of a name, if it was met.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.places.get(&fold(name)).copied()
    }

    /// All names.
    pub fn all(&self) -> &[String] {
        &self.names
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

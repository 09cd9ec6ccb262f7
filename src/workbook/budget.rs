//! How much of a file is read: what a file made to harm asks for is refused before it takes the room.

use super::cell::Value;
use crate::diagnostic::{Code, Diagnostic};

/// A file may hold this many cells, those among them that are formatted only.
const MOST_CELLS: u64 = 20_000_000;

/// The texts of all cells may come to this many bytes, repeated ones as often as they are repeated.
const MOST_TEXT: u64 = 1 << 29;

/// A fault of the whole file or sheet; boxed, for it is large and rare.
pub(super) type Fault = Box<Diagnostic>;

/// What may still be read of a file.
pub(super) struct Budget {
    cells: u64,
    text: u64,
}

impl Budget {
    pub fn new() -> Budget {
        Budget { cells: MOST_CELLS, text: MOST_TEXT }
    }

    /// Takes room for so many cells that all hold this.
    pub fn take(&mut self, cells: u64, value: &Value) -> Result<(), Fault> {
        let length = match value {
            Value::Text(text) | Value::Error(text) | Value::FormulaWithoutValue(text) => text.len(),
            _ => 0,
        };
        self.take_cells(cells)?;
        let left = self.text.checked_sub(cells.saturating_mul(length as u64));
        self.text = left.ok_or_else(|| too_large("its texts come to more than 512 MiB"))?;
        Ok(())
    }

    /// Takes room for so many cells that hold nothing.
    pub fn take_cells(&mut self, cells: u64) -> Result<(), Fault> {
        let left = self.cells.checked_sub(cells);
        self.cells = left.ok_or_else(|| too_large("it holds more than 20 million cells"))?;
        Ok(())
    }
}

/// The file is larger than can be read.
pub(super) fn too_large(why: &str) -> Fault {
    Box::new(
        Diagnostic::error(Code::FileTooLarge, format!("the file is too large: {why}"))
            .hint("delete unused rows and columns, or divide the table into several files"),
    )
}

//! Cells that hold no value at all, whatever was wanted of them.

use crate::diagnostic::{Code, Diagnostic};
use crate::workbook::Value;

/// The fault of a formula that was stored without its value, or of an Excel error; `None` for a cell
/// that does hold something. `wanted` is what should be typed instead.
pub(super) fn without_value(value: &Value, wanted: &str) -> Option<Diagnostic> {
    match value {
        Value::FormulaWithoutValue(_) => {
            let message = format!("the cell holds {}", value.shown());
            let hint = "open the file in Excel or LibreOffice and save it, or type the value";
            Some(Diagnostic::error(Code::FormulaWithoutValue, message).hint(hint))
        }
        Value::Error(error) => {
            let message = format!("the cell shows {error}");
            let hint = format!("type the {wanted}");
            Some(Diagnostic::error(Code::CellError, message).hint(hint))
        }
        _ => None,
    }
}

//! Faults of a whole workbook.

use super::super::budget::Fault;
use crate::diagnostic::{Code, Diagnostic};

/// Neither a zip archive nor an xls file: says what it looks like instead.
pub(super) fn neither(bytes: &[u8]) -> Fault {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    if start.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).starts_with('<') {
        return not_a_workbook("it is a web page or XML text under the name of one");
    }
    let is_text = std::str::from_utf8(&bytes[..bytes.len().min(4000)])
        .map_or_else(|error| error.error_len().is_none(), |text| !text.contains('\0'));
    if is_text {
        let fault = not_a_workbook("it is plain text");
        return Box::new(fault.hint("if it is a table in CSV form, let its name end in .csv"));
    }
    not_a_workbook("it has neither the form of an xlsx or ods nor of an xls file")
}

/// It is something else.
pub(super) fn not_a_workbook(why: &str) -> Fault {
    Box::new(
        Diagnostic::error(Code::FileNotAWorkbook, format!("this is not a workbook: {why}"))
            .hint("open it in Excel or LibreOffice and save it as .xlsx"),
    )
}

/// It cannot be read to its end.
pub(super) fn damaged(why: impl std::fmt::Display) -> Fault {
    Box::new(
        Diagnostic::error(Code::FileUnreadable, format!("the workbook is damaged: {why}"))
            .hint("fetch the file again, or open it in Excel or LibreOffice and save a copy"),
    )
}

/// It cannot be read without its password.
pub(super) fn encrypted() -> Fault {
    Box::new(
        Diagnostic::error(Code::FileEncrypted, "the workbook is protected by a password")
            .hint("save a copy without a password"),
    )
}

//! A file of tables: a workbook, a CSV or a JSON file.

use super::{Sheet, csv_table, excel, json};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// A file's name and the SHA-256 of its bytes, so that a result says what it was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The file's name without its folder: the same input gives the same bytes anywhere.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: usize,
}

impl Fingerprint {
    /// The fingerprint of some bytes under a name.
    pub fn of(file: &str, bytes: &[u8]) -> Fingerprint {
        let name = Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned());
        let sha256 = hex(&Sha256::digest(bytes));
        Fingerprint { file: name.unwrap_or_else(|| file.to_string()), sha256, bytes: bytes.len() }
    }
}

/// A file of tables may have this many bytes.
const MOST_BYTES: u64 = 1 << 30;

/// At most one byte more than is allowed: a device or pipe may never end.
fn read_bytes(file: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file of tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// What it was made from.
    pub fingerprint: Fingerprint,
    /// Its sheets, in order; one for a CSV file, one or more for a JSON file.
    pub sheets: Vec<Sheet>,
}

impl Book {
    /// Reads a file: xlsx, xlsm, xls, ods by its content, csv (or tsv, txt) and json by its ending.
    ///
    /// Faults go to the log; `None` if nothing could be read.
    pub fn open(file: &str, log: &mut Diagnostics) -> Option<Book> {
        match read_bytes(file) {
            Ok(bytes) if bytes.len() as u64 > MOST_BYTES => {
                let fault = Diagnostic::error(Code::FileTooLarge, "the file is larger than 1 GiB")
                    .at(Place::file(file))
                    .hint("delete unused rows and columns, or divide the table into several files");
                log.push(fault);
                None
            }
            Ok(bytes) => Book::read(file, &bytes, log),
            Err(error) => {
                let fault =
                    Diagnostic::error(Code::FileUnreadable, format!("cannot read: {error}"))
                        .at(Place::file(file))
                        .hint("check the path and its spelling");
                log.push(fault);
                None
            }
        }
    }

    /// Reads a file's bytes; `file` names it in faults and decides between CSV, JSON and workbook.
    ///
    /// ```
    /// use custval::diagnostic::Diagnostics;
    /// use custval::workbook::{Book, Value};
    ///
    /// let mut log = Diagnostics::new();
    /// let text = br#"{"Scores": [{"Customer": "Alpha Ltd", "C11": 4}]}"#;
    /// let book = Book::read("survey.json", text, &mut log).unwrap();
    /// let sheet = &book.sheets[0];
    /// assert_eq!(sheet.value(1, 1), Some(&Value::Number(4.0)));
    /// assert_eq!(sheet.cell_place(1, 1).to_string(), "survey.json  'Scores' row 1, C11");
    /// ```
    pub fn read(file: &str, bytes: &[u8], log: &mut Diagnostics) -> Option<Book> {
        if bytes.is_empty() {
            let fault = Diagnostic::error(Code::FileEmpty, "the file has no content")
                .at(Place::file(file))
                .hint("check that it was saved and copied whole");
            log.push(fault);
            return None;
        }
        let ending = Path::new(file).extension().map(|e| e.to_string_lossy().to_lowercase());
        let before = log.count(crate::diagnostic::Severity::Error);
        let is_workbook =
            bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
        let sheets = match ending.as_deref() {
            Some("csv" | "tsv" | "txt") if !is_workbook => {
                csv_table::read(file, bytes, log).into_iter().collect()
            }
            Some("json") if !is_workbook => json::read(file, bytes, log),
            _ => excel::read(file, bytes, log),
        };
        if log.count(crate::diagnostic::Severity::Error) > before && sheets.is_empty() {
            return None;
        }
        Some(Book { fingerprint: Fingerprint::of(file, bytes), sheets })
    }
}

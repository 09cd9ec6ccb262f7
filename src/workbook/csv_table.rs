//! CSV files as sheets.

use super::cell::{Cell, Value};
use super::sheet::Sheet;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use std::collections::HashMap;
use std::path::Path;

/// Reads a CSV text as a sheet. The delimiter is the one of comma, semicolon and tab that is most
/// frequent in the header.
pub(super) fn read(file: &str, bytes: &[u8], log: &mut Diagnostics) -> Option<Sheet> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        let fault = Diagnostic::error(Code::CsvMalformed, "the file is not UTF-8 text")
            .at(Place::line(file, line, None))
            .hint("save it again as “CSV UTF-8”");
        log.push(fault);
        return None;
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(bytes))
        .from_reader(bytes);
    let mut cells = Vec::new();
    let mut lines = HashMap::new();
    let mut record = csv::StringRecord::new();
    let mut row = 0u32;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let line = record.position().map_or(0, |position| position.line() as usize);
                if line != row as usize + 1 {
                    lines.insert(row, line);
                }
                let texts = (0u32..).zip(record.iter()).filter(|(_, text)| !text.is_empty());
                cells.extend(texts.map(|(column, text)| {
                    let value = match text.parse::<f64>() {
                        Ok(number) if number.is_finite() => Value::Number(number),
                        _ => Value::Text(text.to_string()),
                    };
                    Cell { row, column, value, is_formula: false }
                }));
                row += 1;
            }
            Err(error) => {
                let line = error.position().map_or(1, |position| position.line() as usize);
                let fault = Diagnostic::error(Code::CsvMalformed, format!("cannot read: {error}"))
                    .at(Place::line(file, line, None));
                log.push(fault);
                return None;
            }
        }
    }
    let name = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Some(Sheet::new(file, &name.unwrap_or_default(), cells).with_lines(lines))
}

fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let count = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
    // max_by_key keeps the last of equals: the comma wins a tie.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

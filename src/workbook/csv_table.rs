//! CSV files as sheets.

use super::budget::Budget;
use super::cell::{Cell, Value};
use super::sheet::Sheet;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use std::collections::HashMap;
use std::path::Path;

/// Reads a CSV text as a sheet. The delimiter is the one of comma, semicolon and tab that is most
/// frequent in the header.
pub(super) fn read(file: &str, bytes: &[u8], log: &mut Diagnostics) -> Option<Sheet> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let delimiter = delimiter(bytes);
    if let Some((message, at, hint)) = malformed(bytes, delimiter) {
        let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
        let fault = Diagnostic::error(Code::CsvMalformed, message)
            .at(Place::line(file, line, None))
            .hint(hint);
        log.push(fault);
        return None;
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes);
    let mut budget = Budget::new();
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
                for (column, text) in texts {
                    let value = value_of(text);
                    if let Err(fault) = budget.take(1, &value) {
                        log.push(fault.at(Place::file(file)));
                        return None;
                    }
                    cells.push(Cell { row, column, value, is_formula: false });
                }
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

/// A number, unless it would not be the same text again but for trailing zeros: 007 and
/// 12345678901234567890 are names.
fn value_of(text: &str) -> Value {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let has_leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let is_plain = digits.len() <= 16 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match text.parse::<f64>() {
        Ok(number) if is_plain && !has_leading_zero => Value::Number(number),
        _ => Value::Text(text.to_string()),
    }
}

/// What makes the text unreadable, the byte at which it does, and how to mend it.
fn malformed(bytes: &[u8], delimiter: u8) -> Option<(&'static str, usize, &'static str)> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let hint = "Excel calls this form “Unicode Text”; save it again as “CSV UTF-8”";
        return Some(("the file is UTF-16 text, not UTF-8", 0, hint));
    }
    if let Err(error) = std::str::from_utf8(bytes) {
        let hint = "an older form such as Latin-1 or GBK; save it again as “CSV UTF-8”";
        return Some(("the file is not UTF-8 text", error.valid_up_to(), hint));
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        let hint = "no table has one; save it again as “CSV UTF-8”";
        return Some(("there is a NUL character in the text", at, hint));
    }
    let at = unclosed_quote(bytes, delimiter)?;
    let hint = "close it; a quote within quoted text is written twice (\"\")";
    Some(("a quote is opened here and never closed", at, hint))
}

/// The place of a quote that opens a field and is never closed, as the csv crate sees it: it would
/// read the rest of the file as one field.
fn unclosed_quote(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = 0;
    // Quotes open a field only at its beginning.
    while let Some(next) = memchr::memchr(b'"', &bytes[at..]).map(|next| at + next) {
        let begins =
            next == 0 || matches!(bytes[next - 1], b'\n' | b'\r') || bytes[next - 1] == delimiter;
        at = next + 1;
        if !begins {
            continue;
        }
        loop {
            let Some(close) = memchr::memchr(b'"', &bytes[at..]) else { return Some(next) };
            at += close + 1;
            if bytes.get(at) != Some(&b'"') {
                break;
            }
            at += 1;
        }
    }
    None
}

fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let count = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
    // max_by_key keeps the last of equals: the comma wins a tie.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

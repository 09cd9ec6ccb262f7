//! JSON files as sheets, so that programs can hand over tables without Excel.

use super::budget::{Budget, Fault};
use super::cell::{Cell, Value};
use super::sheet::Sheet;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::Path;

/// Above this, whole numbers are no longer exact as floating-point ones.
const LARGEST_EXACT: u64 = 1 << 53;

/// A JSON value as it was written: keys in their order, those that stand twice among them.
#[derive(Debug)]
enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// What it is, in a message.
    fn noun(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "a truth value",
            Json::Number(_) => "a number",
            Json::Text(_) => "a text",
            Json::Array(_) => "an array",
            Json::Object(_) => "an object",
        }
    }
}

/// Reads a JSON text: an object of sheets by their names, or one sheet, named by the file.
///
/// A sheet is an array of records, whose keys are the headers, or an array of rows, which are arrays
/// themselves. Faults go to the log, all at once; nothing is read then.
pub(super) fn read(file: &str, bytes: &[u8], log: &mut Diagnostics) -> Vec<Sheet> {
    let before = log.len();
    let sheets = match parse(file, bytes) {
        Ok(Json::Object(tables)) => sheets(file, tables, log),
        Ok(Json::Array(rows)) => {
            let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
            vec![table(file, &stem.unwrap_or_default(), rows, log).whole_file()]
        }
        Ok(other) => {
            let message = format!("the file holds {}, and no table", other.noun());
            log.push(shape(message, Place::file(file)).hint(SHEETS));
            Vec::new()
        }
        Err(fault) => {
            log.push(*fault);
            Vec::new()
        }
    };
    if log.len() > before { Vec::new() } else { sheets }
}

const SHEETS: &str = "an object whose keys are the sheets' names and whose values are arrays of rows: \
                      {\"Scores\": [{\"Customer\": \"Alpha Ltd\", \"C11\": 4}]}";
const ROWS: &str = "each row is an object whose keys are the headers, or each is an array of cells";
const CELLS: &str = "a cell is a text, a number, true, false, or null where it is empty";

fn shape(message: String, place: Place) -> Diagnostic {
    Diagnostic::error(Code::JsonShape, message).at(place)
}

fn twice(message: String, place: Place) -> Diagnostic {
    Diagnostic::error(Code::JsonKeyDuplicate, message)
        .at(place)
        .hint("rename or delete one of them")
}

fn sheets(file: &str, tables: Vec<(String, Json)>, log: &mut Diagnostics) -> Vec<Sheet> {
    let mut names = HashSet::new();
    let mut sheets = Vec::new();
    for (name, rows) in tables {
        if !names.insert(name.clone()) {
            let message = format!("the sheet “{name}” is there twice");
            log.push(twice(message, Place::sheet(file, &name)));
        }
        match rows {
            Json::Array(rows) => sheets.push(table(file, &name, rows, log)),
            other => {
                let message = format!("the sheet “{name}” is {}, not an array", other.noun());
                log.push(shape(message, Place::sheet(file, &name)).hint(SHEETS));
            }
        }
    }
    sheets
}

/// A sheet from its rows; the first that is a record or a row of cells says what all of them are.
fn table(file: &str, name: &str, rows: Vec<Json>, log: &mut Diagnostics) -> Sheet {
    let kind = rows.iter().find(|row| matches!(row, Json::Array(_) | Json::Object(_)));
    let are_records = matches!(kind, Some(Json::Object(_)));
    let place = |at: usize, key: Option<String>| Place::record(file, name, at + 1, key);
    let mut cells = Cells::default();
    for (at, row) in rows.into_iter().enumerate() {
        // The headers of records are a row of their own.
        cells.row = u32::try_from(at).unwrap_or(u32::MAX - 1) + u32::from(are_records);
        match row {
            Json::Object(record) if are_records => {
                cells.record(record, |key| place(at, key), log);
            }
            Json::Array(row) if !are_records => {
                for (column, value) in (0u32..).zip(row) {
                    let key = || place(at, Some(format!("column {}", column + 1)));
                    cells.push(column, value, key, log);
                }
            }
            other => {
                let message = match other {
                    Json::Array(_) => "the row is an array, and those before it are objects",
                    Json::Object(_) => "the row is an object, and those before it are arrays",
                    _ => "the row is neither an object nor an array",
                };
                log.push(shape(message.to_string(), place(at, None)).hint(ROWS));
            }
        }
    }
    let headers = cells.headers.into_iter().map(|(name, column)| Cell {
        row: 0,
        column,
        value: Value::Text(name),
        is_formula: false,
    });
    let sheet = Sheet::new(file, name, headers.chain(cells.cells));
    sheet.with_records(u32::from(!are_records))
}

/// The cells of a sheet as they are met.
#[derive(Default)]
struct Cells {
    row: u32,
    /// The columns of the keys, in the order in which they were first seen.
    headers: HashMap<String, u32>,
    cells: Vec<Cell>,
}

impl Cells {
    fn record(
        &mut self,
        record: Vec<(String, Json)>,
        place: impl Fn(Option<String>) -> Place,
        log: &mut Diagnostics,
    ) {
        let mut own = HashSet::new();
        for (key, value) in record {
            if key.trim().is_empty() {
                let fault = shape("a key is empty".to_string(), place(None));
                log.push(fault.hint("the keys are the headers of the table"));
                continue;
            }
            let next = self.headers.len() as u32;
            let column = *self.headers.entry(key.clone()).or_insert(next);
            if own.insert(column) {
                self.push(column, value, || place(Some(key)), log);
            } else {
                let message = format!("the key “{key}” is there twice");
                log.push(twice(message, place(Some(key))));
            }
        }
    }

    fn push(
        &mut self,
        column: u32,
        value: Json,
        place: impl FnOnce() -> Place,
        log: &mut Diagnostics,
    ) {
        let value = match value {
            Json::Null => return,
            Json::Bool(truth) => Value::Bool(truth),
            Json::Number(number) => Value::Number(number),
            Json::Text(text) => Value::Text(text),
            nested => {
                let message = format!("the cell holds {}", nested.noun());
                log.push(shape(message, place()).hint(CELLS));
                return;
            }
        };
        self.cells.push(Cell { row: self.row, column, value, is_formula: false });
    }
}

fn parse(file: &str, bytes: &[u8]) -> Result<Json, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count() + 1;
        let fault = Diagnostic::error(Code::JsonMalformed, "the file is not UTF-8 text");
        fault.at(Place::line(file, line, None)).hint("save it again as UTF-8")
    })?;
    let mut budget = Budget::new();
    let mut fault = None;
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Written { budget: &mut budget, fault: &mut fault };
    let read = value.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| match fault {
        Some(fault) => Box::new(fault.at(Place::file(file))),
        None => {
            let column = Some(format!("column {}", error.column()));
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or_default();
            let message = format!("the file is not valid JSON: {what}");
            let fault = Diagnostic::error(Code::JsonMalformed, message);
            Box::new(fault.at(Place::line(file, error.line(), column)))
        }
    })
}

/// Reads one value as it is written, as long as there is room.
struct Written<'a> {
    budget: &'a mut Budget,
    /// Why there is no more room.
    fault: &'a mut Option<Diagnostic>,
}

impl Written<'_> {
    fn again(&mut self) -> Written<'_> {
        Written { budget: self.budget, fault: self.fault }
    }
}

impl<'de> DeserializeSeed<'de> for Written<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Json, D::Error> {
        match self.budget.take_cells(1) {
            Ok(()) => reader.deserialize_any(self),
            Err(fault) => {
                *self.fault = Some(*fault);
                Err(D::Error::custom("too large"))
            }
        }
    }
}

impl<'de> Visitor<'de> for Written<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Number(number))
    }

    // A customer's long number is a name, and keeps all its digits.
    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        let is_exact = number <= LARGEST_EXACT;
        Ok(if is_exact { Json::Number(number as f64) } else { Json::Text(number.to_string()) })
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        let is_exact = number.unsigned_abs() <= LARGEST_EXACT;
        Ok(if is_exact { Json::Number(number as f64) } else { Json::Text(number.to_string()) })
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_string()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self.again())? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            object.push((key, entries.next_value_seed(self.again())?));
        }
        Ok(Json::Object(object))
    }
}

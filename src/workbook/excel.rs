//! xlsx, xls and ods files as sheets, with calamine.
//!
//! xlsx cells are streamed, because calamine's ranges take room for every empty cell between two
//! that are far apart: two cells in opposite corners of a sheet would ask for 400 GB.

use super::cell::{Cell, Date, Value};
use super::ods_size::largest_area;
use super::sheet::Sheet;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use calamine::{Data, DataRef, ExcelDateTime, Ods, Range, Reader, Xls, Xlsx};
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// A workbook may unpack to this many bytes.
const MOST_UNPACKED: u64 = 1 << 30;

/// A sheet may hold this many cells that are not empty.
const MOST_CELLS: usize = 20_000_000;

/// An ods sheet may unfold to this many cells, empty ones among them: calamine keeps them all.
const MOST_ODS_AREA: u64 = 10_000_000;

/// A fault of the whole file or sheet; boxed, for it is large and rare.
type Fault = Box<Diagnostic>;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads a workbook's sheets. Faults go to the log.
pub(super) fn read(file: &str, bytes: &[u8], log: &mut Diagnostics) -> Vec<Sheet> {
    let read = if bytes.starts_with(b"PK") {
        unpacked_size(bytes).and_then(|kind| match kind {
            Zip::Xlsx => xlsx(file, bytes, log),
            Zip::Ods => ods(file, bytes),
        })
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        xls(file, bytes)
    } else {
        Err(not_a_workbook("it has neither the form of an xlsx or ods nor of an xls file"))
    };
    read.unwrap_or_else(|fault| {
        log.push(fault.at(Place::file(file)));
        Vec::new()
    })
}

enum Zip {
    Xlsx,
    Ods,
}

fn not_a_workbook(why: &str) -> Fault {
    Box::new(
        Diagnostic::error(Code::FileNotAWorkbook, format!("this is not a workbook: {why}"))
            .hint("open it in Excel or LibreOffice and save it as .xlsx"),
    )
}

fn damaged(why: impl std::fmt::Display) -> Fault {
    Box::new(
        Diagnostic::error(Code::FileUnreadable, format!("the workbook is damaged: {why}"))
            .hint("fetch the file again, or open it in Excel or LibreOffice and save a copy"),
    )
}

/// Unpacks every part once, to nowhere, so that a bomb is found before it is read; and says what
/// kind of workbook it is.
fn unpacked_size(bytes: &[u8]) -> Result<Zip, Fault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let kind = if has("xl/workbook.xml") {
        Zip::Xlsx
    } else if has("content.xml") {
        Zip::Ods
    } else if has("EncryptedPackage") {
        return Err(encrypted());
    } else {
        return Err(not_a_workbook("the archive holds no xl/workbook.xml or content.xml"));
    };
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let read =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(damaged)?;
        left = left.checked_sub(read).ok_or_else(|| too_large("it unpacks to more than 1 GiB"))?;
    }
    Ok(kind)
}

fn encrypted() -> Fault {
    Box::new(
        Diagnostic::error(Code::FileEncrypted, "the workbook is protected by a password")
            .hint("save a copy without a password"),
    )
}

fn too_large(why: &str) -> Fault {
    Box::new(
        Diagnostic::error(Code::FileTooLarge, format!("the workbook is too large: {why}"))
            .hint("delete unused rows and columns, or give the tables as CSV"),
    )
}

fn xlsx(file: &str, bytes: &[u8], log: &mut Diagnostics) -> Result<Vec<Sheet>, Fault> {
    let mut workbook: Xlsx<Bytes> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsxError::Password => encrypted(),
        other => damaged(other),
    })?;
    let names: Vec<String> = workbook.sheet_names().to_vec();
    let mut sheets = Vec::new();
    for name in names {
        match xlsx_sheet(&mut workbook, file, &name) {
            Ok(sheet) => sheets.push(sheet),
            Err(fault) => log.push(fault.at(Place::sheet(file, &name))),
        }
    }
    Ok(sheets)
}

fn xlsx_sheet(workbook: &mut Xlsx<Bytes>, file: &str, name: &str) -> Result<Sheet, Fault> {
    let mut cells = Vec::new();
    {
        // A chart sheet has no cells; it reads as an empty one.
        let mut reader = match workbook.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(Sheet::new(file, name, [])),
            Err(error) => return Err(damaged(error)),
        };
        while let Some(cell) = reader.next_cell_with_formula().map_err(damaged)? {
            let (row, column) = cell.pos;
            let is_formula = cell.formula.is_some();
            let value = match (value_of_ref(&cell.value), cell.formula) {
                (None, Some(formula)) => Some(Value::FormulaWithoutValue(formula)),
                (value, _) => value,
            };
            cells.extend(value.map(|value| Cell { row, column, value, is_formula }));
            if cells.len() > MOST_CELLS {
                return Err(too_large("a sheet holds more than 20 million cells"));
            }
        }
    }
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let merged = merged.iter().map(|area| (area.start.0, area.start.1, area.end.0, area.end.1));
    Ok(Sheet::new(file, name, cells).with_merged(merged.collect()))
}

fn xls(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let workbook = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => encrypted(),
        other => damaged(other),
    })?;
    Ok(ranges(file, workbook))
}

fn ods(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut content = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut part = archive.by_name("content.xml").map_err(damaged)?;
    part.read_to_string(&mut content).map_err(damaged)?;
    if largest_area(&content) > MOST_ODS_AREA {
        return Err(too_large("a sheet unfolds to more than 10 million cells"));
    }
    drop(content);
    let workbook = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::OdsError::Password => encrypted(),
        calamine::OdsError::CellLimitExceeded { .. } => too_large("a sheet has too many cells"),
        other => damaged(other),
    })?;
    Ok(ranges(file, workbook))
}

/// Sheets of the formats that calamine cannot stream; it has read them whole already.
fn ranges<'a, W: Reader<Bytes<'a>>>(file: &str, mut workbook: W) -> Vec<Sheet> {
    let names = workbook.sheet_names().to_vec();
    names
        .iter()
        .filter_map(|name| {
            let values = workbook.worksheet_range(name).ok()?;
            let formulas: HashMap<(u32, u32), String> = match workbook.worksheet_formula(name) {
                Ok(formulas) => used(&formulas, |formula| {
                    Some(formula.clone()).filter(|formula| !formula.is_empty())
                })
                .collect(),
                Err(_) => HashMap::new(),
            };
            let mut cells: Vec<Cell> = used(&values, value_of)
                .map(|((row, column), value)| {
                    let is_formula = formulas.contains_key(&(row, column));
                    Cell { row, column, value, is_formula }
                })
                .collect();
            for ((row, column), formula) in formulas {
                if values.get_value((row, column)).and_then(value_of).is_none() {
                    let value = Value::FormulaWithoutValue(formula);
                    cells.push(Cell { row, column, value, is_formula: true });
                }
            }
            Some(Sheet::new(file, name, cells))
        })
        .collect()
}

/// The cells in use by their absolute place; calamine counts from the corner of the used range.
fn used<'r, T: calamine::CellType, V>(
    range: &'r Range<T>,
    value_of: impl Fn(&T) -> Option<V> + 'r,
) -> impl Iterator<Item = ((u32, u32), V)> + 'r {
    let start = range.start().unwrap_or((0, 0));
    range.used_cells().filter_map(move |(row, column, cell)| {
        let place = (start.0 + row as u32, start.1 + column as u32);
        value_of(cell).map(|value| (place, value))
    })
}

fn value_of_ref(data: &DataRef) -> Option<Value> {
    match data {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(Value::Number(*number as f64)),
        DataRef::Float(number) => Some(Value::Number(*number)),
        DataRef::String(text) => Some(Value::Text(text.clone())),
        DataRef::SharedString(text) => Some(Value::Text(text.to_string())),
        DataRef::Bool(truth) => Some(Value::Bool(*truth)),
        DataRef::DateTime(date) => Some(date_of(date)),
        DataRef::DateTimeIso(text) => Some(iso_date(text)),
        DataRef::DurationIso(text) => Some(Value::Text(text.clone())),
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
    }
}

fn value_of(data: &Data) -> Option<Value> {
    match data {
        Data::Empty => None,
        Data::Int(number) => Some(Value::Number(*number as f64)),
        Data::Float(number) => Some(Value::Number(*number)),
        Data::String(text) => Some(Value::Text(text.clone())),
        Data::Bool(truth) => Some(Value::Bool(*truth)),
        Data::DateTime(date) => Some(date_of(date)),
        Data::DateTimeIso(text) => Some(iso_date(text)),
        Data::DurationIso(text) => Some(Value::Text(text.clone())),
        Data::Error(error) => Some(Value::Error(error.to_string())),
    }
}

fn date_of(date: &ExcelDateTime) -> Value {
    let serial = date.as_f64();
    if date.is_duration() {
        return Value::Number(serial);
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    Value::Date(Date { serial, year, month, day })
}

/// ods stores dates as ISO text.
fn iso_date(text: &str) -> Value {
    let day_part = text.split('T').next().unwrap_or(text);
    let numbers: Vec<u16> = day_part.split('-').filter_map(|part| part.parse().ok()).collect();
    match numbers[..] {
        [year, month @ 1..=12, day @ 1..=31] => {
            let (month, day) = (month as u8, day as u8);
            Value::Date(Date { serial: f64::NAN, year, month, day })
        }
        _ => Value::Text(text.to_string()),
    }
}

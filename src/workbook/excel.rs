//! xlsx and xls files as sheets, with calamine; ods files with a reader of our own.
//!
//! xlsx cells are streamed, because calamine's ranges take room for every empty cell between two
//! that are far apart: two cells in opposite corners of a sheet would ask for 400 GB.

use super::budget::{Budget, Fault, too_large};
use super::cell::{Cell, Date, Value};
use super::cfb;
use super::guard::survived;
use super::ods;
use super::sheet::Sheet;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use calamine::{Data, DataRef, ExcelDateTime, Range, Reader, Xls, Xlsx};
use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

/// A workbook may unpack to this many bytes.
const MOST_UNPACKED: u64 = 1 << 30;

/// Reading the largest sheet as often as there are sheets may come to this many bytes: the sheets of
/// a hostile file can all be the same part.
const MOST_SHEET_BYTES: u64 = 1 << 34;

/// The last row and column of Excel, counted from 0.
const LAST_ROW: u32 = (1 << 20) - 1;
const LAST_COLUMN: u32 = (1 << 14) - 1;

/// The sheets of an xls file may come to this many cells, empty ones between others included:
/// calamine keeps them all.
const MOST_XLS_CELLS: u64 = 20_000_000;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads a workbook's sheets. Faults go to the log.
pub(super) fn read(file: &str, bytes: &[u8], log: &mut Diagnostics) -> Vec<Sheet> {
    let (sheets, faults) = read_any(file, bytes);
    log.extend(faults);
    sheets
}

fn read_any(file: &str, bytes: &[u8]) -> (Vec<Sheet>, Diagnostics) {
    let mut log = Diagnostics::new();
    let read = if bytes.starts_with(b"PK") {
        unpacked_size(bytes).and_then(|kind| match kind {
            Zip::Xlsx { largest } => {
                let mut own = Diagnostics::new();
                let read = guarded(|| xlsx(file, bytes, largest, &mut own));
                log.extend(own);
                read
            }
            Zip::Ods => ods(file, bytes),
        })
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        xls_frame(bytes).and_then(|()| guarded(|| xls(file, bytes)))
    } else {
        Err(neither(bytes))
    };
    let sheets = read.unwrap_or_else(|fault| {
        log.push(fault.at(Place::file(file)));
        Vec::new()
    });
    (sheets, log)
}

/// calamine's readers are well tested, but a file made to harm may still find a way to panic.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    survived(read).unwrap_or_else(|| Err(damaged("its content makes no sense")))
}

enum Zip {
    Xlsx {
        /// The size of the largest part.
        largest: u64,
    },
    Ods,
}

/// Neither a zip archive nor an xls file: says what it looks like instead.
fn neither(bytes: &[u8]) -> Fault {
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

fn not_a_workbook(why: &str) -> Fault {
    Box::new(
        Diagnostic::error(Code::FileNotAWorkbook, format!("this is not a workbook: {why}"))
            .hint("open it in Excel or LibreOffice and save it as .xlsx"),
    )
}

pub(super) fn damaged(why: impl std::fmt::Display) -> Fault {
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
    let is_xlsx = has("xl/workbook.xml");
    if !is_xlsx && has("EncryptedPackage") {
        return Err(encrypted());
    } else if !is_xlsx && !has("content.xml") {
        return Err(not_a_workbook("the archive holds no xl/workbook.xml or content.xml"));
    }
    let (mut left, mut largest) = (MOST_UNPACKED, 0);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let is_sheet = part.name().is_ok_and(|name| name.contains("worksheets/"));
        let read = pass_through(part.take(left + 1), is_sheet)?;
        left = left.checked_sub(read).ok_or_else(|| too_large("it unpacks to more than 1 GiB"))?;
        largest = largest.max(read);
    }
    Ok(if is_xlsx { Zip::Xlsx { largest } } else { Zip::Ods })
}

/// Unpacks a part to nowhere and counts its bytes. In a sheet, a cell's address that is longer than
/// the last one (XFD1048576) is a fault: calamine would compute a wrong cell from it.
fn pass_through(mut part: impl Read, is_sheet: bool) -> Result<u64, Fault> {
    const LONGEST: usize = 10;
    const ADDRESS: [&[u8]; 2] = [b" r=\"", b" r='"];
    let mut chunk = vec![0; 1 << 16];
    let (mut kept, mut total) = (0, 0u64);
    loop {
        let read = part.read(&mut chunk[kept..]).map_err(damaged)?;
        if read == 0 {
            return Ok(total);
        }
        total += read as u64;
        if !is_sheet {
            continue;
        }
        let known = &chunk[..kept + read];
        let is_long = |at: usize, needle: &[u8]| {
            let address = &known[at + needle.len()..];
            address.len() > LONGEST && !address[..=LONGEST].iter().any(|b| b"\"'".contains(b))
        };
        for needle in ADDRESS {
            if memchr::memmem::find_iter(known, needle).any(|at| is_long(at, needle)) {
                return Err(damaged("a cell lies beyond the last row or column of a sheet"));
            }
        }
        // What may be the beginning of an address is looked at again with what follows.
        let keep = (ADDRESS[0].len() + LONGEST + 1).min(known.len());
        let from = known.len() - keep;
        chunk.copy_within(from..from + keep, 0);
        kept = keep;
    }
}

fn encrypted() -> Fault {
    Box::new(
        Diagnostic::error(Code::FileEncrypted, "the workbook is protected by a password")
            .hint("save a copy without a password"),
    )
}

fn xlsx(
    file: &str,
    bytes: &[u8],
    largest: u64,
    log: &mut Diagnostics,
) -> Result<Vec<Sheet>, Fault> {
    let mut workbook: Xlsx<Bytes> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsxError::Password => encrypted(),
        other => damaged(other),
    })?;
    let names: Vec<String> = workbook.sheet_names().to_vec();
    if largest.saturating_mul(names.len() as u64) > MOST_SHEET_BYTES {
        return Err(too_large("it has too many large sheets"));
    }
    let mut budget = Budget::new();
    let mut sheets = Vec::new();
    for name in names {
        match xlsx_sheet(&mut workbook, file, &name, &mut budget) {
            Ok(sheet) => sheets.push(sheet),
            Err(fault) => {
                // One place is enough: the sheets behind it would only say the same.
                let is_too_large = fault.code == Code::FileTooLarge;
                log.push(fault.at(Place::sheet(file, &name)));
                if is_too_large {
                    return Ok(Vec::new());
                }
            }
        }
    }
    Ok(sheets)
}

fn xlsx_sheet(
    workbook: &mut Xlsx<Bytes>,
    file: &str,
    name: &str,
    budget: &mut Budget,
) -> Result<Sheet, Fault> {
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
            if row > LAST_ROW || column > LAST_COLUMN {
                return Err(damaged("a cell lies beyond the last row or column of a sheet"));
            }
            match value {
                Some(value) => {
                    budget.take(1, &value)?;
                    cells.push(Cell { row, column, value, is_formula });
                }
                None => budget.take_cells(1)?,
            }
        }
    }
    let mut seen: Vec<(u32, u32)> = cells.iter().map(|cell| (cell.row, cell.column)).collect();
    seen.sort_unstable();
    if let Some(pair) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
        let cell = crate::diagnostic::cell_name(pair[0].0, pair[0].1);
        return Err(damaged(format!("the cell {cell} is stored twice")));
    }
    drop(seen);
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let merged = merged.iter().map(|area| (area.start.0, area.start.1, area.end.0, area.end.1));
    Ok(Sheet::new(file, name, cells).with_merged(merged.collect()))
}

/// Looks at what calamine would not survive.
fn xls_frame(bytes: &[u8]) -> Result<(), Fault> {
    // A protected xlsx is an archive of this older form, with its content in a stream of this name.
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if contains(bytes, &name) {
        return Err(encrypted());
    }
    match cfb::look(bytes) {
        cfb::Verdict::Encrypted => Err(encrypted()),
        cfb::Verdict::Damaged => Err(damaged("its parts do not hang together")),
        cfb::Verdict::Cells(cells) if cells > MOST_XLS_CELLS => {
            Err(too_large("its sheets come to more than 20 million cells"))
        }
        cfb::Verdict::Cells(_) => Ok(()),
    }
}

fn xls(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let workbook = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => encrypted(),
        other => damaged(other),
    })?;
    Ok(ranges(file, workbook))
}

fn ods(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut manifest = Vec::new();
    if let Ok(mut part) = archive.by_name("META-INF/manifest.xml") {
        part.read_to_end(&mut manifest).map_err(damaged)?;
    }
    if contains(&manifest, b"encryption-data") {
        return Err(encrypted());
    }
    let content = archive.by_name("content.xml").map_err(damaged)?;
    ods::read(file, BufReader::new(content), &mut Budget::new())
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
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
pub(super) fn iso_date(text: &str) -> Value {
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

//! ods files as sheets, read as a stream: repeated rows and cells are stored once, so a few bytes can
//! stand for billions of cells. Only cells that hold something are unfolded, up to a limit.

use super::super::budget::{Budget, Fault, too_large};
use super::super::{Cell, Sheet, Value};
use super::contains;
use super::fault::{damaged, encrypted};
use super::value::iso_date;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::{BufRead, BufReader, Cursor, Read};

/// A sheet of LibreOffice has this many rows and columns at most.
const MOST_ROWS: u64 = 1 << 20;
const MOST_COLUMNS: u64 = 1 << 14;

/// So many cells may be there by repetition alone: nobody fills in more, and a few bytes can ask for
/// any number.
const MOST_REPEATS: u64 = 2_000_000;

/// A cell holds this many characters at most.
const MOST_CHARACTERS: usize = 32_767;

/// Reads the sheets of a file.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut manifest = Vec::new();
    if let Ok(mut part) = archive.by_name("META-INF/manifest.xml") {
        part.read_to_end(&mut manifest).map_err(damaged)?;
    }
    if contains(&manifest, b"encryption-data") {
        return Err(encrypted());
    }
    let content = archive.by_name("content.xml").map_err(damaged)?;
    sheets(file, BufReader::new(content), &mut Budget::new())
}

/// Reads the sheets of `content.xml`.
fn sheets(file: &str, content: impl BufRead, budget: &mut Budget) -> Result<Vec<Sheet>, Fault> {
    let mut xml = Reader::from_reader(content);
    xml.config_mut().expand_empty_elements = true;
    let mut parser = Parser { xml, buffer: Vec::new(), budget, repeats: MOST_REPEATS };
    let mut sheets = Vec::new();
    loop {
        match parser.next()? {
            Event::Start(start) if start.name().as_ref() == "table:table" => {
                let name = attribute(&start, "table:name")?.unwrap_or_default();
                sheets.push(parser.table(file, &name)?);
            }
            Event::End(end) if end.name().as_ref() == "office:document-content" => {
                return Ok(sheets);
            }
            _ => {}
        }
    }
}

struct Parser<'a, R> {
    xml: Reader<R>,
    buffer: Vec<u8>,
    budget: &'a mut Budget,
    /// How many more cells may be there by repetition alone.
    repeats: u64,
}

/// A cell of a row before its repetitions: first column, how often, and what it holds.
struct Run {
    column: u64,
    times: u64,
    value: Value,
    is_formula: bool,
}

/// A row before its repetitions.
#[derive(Default)]
struct Row {
    runs: Vec<Run>,
    /// Merged areas that begin here: column, rows, columns.
    merged: Vec<(u64, u64, u64)>,
}

impl<R: BufRead> Parser<'_, R> {
    /// The next event; the end of the text is a fault, for it comes behind the last element only.
    fn next(&mut self) -> Result<Event<'static>, Fault> {
        self.buffer.clear();
        match self.xml.read_event_into(&mut self.buffer).map_err(damaged)? {
            Event::Eof => Err(damaged("its content ends too early")),
            event => Ok(event.into_owned()),
        }
    }

    fn skip(&mut self, start: &BytesStart) -> Result<(), Fault> {
        self.buffer.clear();
        self.xml.read_to_end_into(start.name(), &mut self.buffer).map_err(damaged)?;
        Ok(())
    }

    fn table(&mut self, file: &str, name: &str) -> Result<Sheet, Fault> {
        let mut cells = Vec::new();
        let mut merged = Vec::new();
        let mut at = 0u64;
        loop {
            match self.next()? {
                Event::Start(start) if start.name().as_ref() == "table:table-row" => {
                    let times = count(&start, "table:number-rows-repeated")?;
                    let row = self.row()?;
                    self.unfold(&row, at, times, &mut cells)?;
                    let areas = row.merged.into_iter().take_while(|_| at < MOST_ROWS);
                    merged.extend(areas.map(|(column, rows, columns)| {
                        let end = |first: u64, length: u64, most: u64| {
                            first.saturating_add(length - 1).min(most - 1) as u32
                        };
                        let (bottom, right) =
                            (end(at, rows, MOST_ROWS), end(column, columns, MOST_COLUMNS));
                        (at as u32, column as u32, bottom, right)
                    }));
                    at = at.saturating_add(times);
                }
                Event::End(end) if end.name().as_ref() == "table:table" => {
                    return Ok(Sheet::new(file, name, cells).with_merged(merged));
                }
                _ => {}
            }
        }
    }

    /// Adds a row's cells as often as it is repeated.
    fn unfold(
        &mut self,
        row: &Row,
        at: u64,
        times: u64,
        cells: &mut Vec<Cell>,
    ) -> Result<(), Fault> {
        for run in &row.runs {
            let all = run.times.saturating_mul(times);
            self.budget.take(all, &run.value)?;
            let left = self.repeats.checked_sub(all - 1);
            self.repeats =
                left.ok_or_else(|| too_large("cells are repeated more than 2 million times"))?;
            if run.column.saturating_add(run.times) > MOST_COLUMNS
                || at.saturating_add(times) > MOST_ROWS
            {
                return Err(damaged("a cell lies beyond the last row or column of a sheet"));
            }
        }
        for row_at in at..at.saturating_add(times.min(MOST_ROWS)) {
            for run in &row.runs {
                cells.extend((run.column..run.column + run.times).map(|column| Cell {
                    row: row_at as u32,
                    column: column as u32,
                    value: run.value.clone(),
                    is_formula: run.is_formula,
                }));
            }
            if row.runs.is_empty() {
                break;
            }
        }
        Ok(())
    }

    fn row(&mut self) -> Result<Row, Fault> {
        let mut row = Row::default();
        let mut column = 0u64;
        loop {
            match self.next()? {
                Event::Start(start) if is_cell(start.name().as_ref()) => {
                    let times = count(&start, "table:number-columns-repeated")?;
                    let rows = count(&start, "table:number-rows-spanned")?;
                    let columns = count(&start, "table:number-columns-spanned")?;
                    if (rows > 1 || columns > 1) && column < MOST_COLUMNS {
                        row.merged.push((column, rows, columns));
                    }
                    if let Some((value, is_formula)) = self.cell(&start)? {
                        row.runs.push(Run { column, times, value, is_formula });
                    }
                    column = column.saturating_add(times);
                }
                Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(row),
                _ => {}
            }
        }
    }

    /// What a cell holds, and whether a formula computed it.
    fn cell(&mut self, start: &BytesStart) -> Result<Option<(Value, bool)>, Fault> {
        let text = self.cell_text()?;
        let is_error = attribute(start, "calcext:value-type")?.is_some_and(|kind| kind == "error");
        let kind = attribute(start, "office:value-type")?.unwrap_or_default();
        let value = match kind.as_str() {
            _ if is_error => Some(Value::Error(text)),
            "float" | "percentage" | "currency" => attribute(start, "office:value")?
                .map(|number| number.trim().parse().map_err(damaged))
                .transpose()?
                .map(Value::Number),
            "boolean" => attribute(start, "office:boolean-value")?
                .map(|truth| Value::Bool(truth.eq_ignore_ascii_case("true"))),
            "date" => attribute(start, "office:date-value")?.map(|date| iso_date(&date)),
            "time" => attribute(start, "office:time-value")?.map(Value::Text),
            "string" => Some(Value::Text(attribute(start, "office:string-value")?.unwrap_or(text))),
            _ => None,
        };
        let formula = attribute(start, "table:formula")?;
        let is_formula = formula.is_some();
        let value = value.or_else(|| {
            let formula = formula?;
            let plain = formula.strip_prefix("of:=").unwrap_or(&formula);
            Some(Value::FormulaWithoutValue(plain.to_string()))
        });
        Ok(value.map(|value| (value, is_formula)))
    }

    /// The text of a cell to its end, without its notes and drawings.
    fn cell_text(&mut self) -> Result<String, Fault> {
        let mut text = String::new();
        let mut paragraphs = 0;
        loop {
            match self.next()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) => match entity.resolve_char_ref().map_err(damaged)? {
                    Some(character) => text.push(character),
                    None => {
                        let name = entity.xml10_content();
                        let known = quick_xml::escape::resolve_predefined_entity(&name);
                        text.push_str(
                            known.ok_or_else(|| damaged(format!("&{name}; is unknown")))?,
                        );
                    }
                },
                Event::Start(start) => match start.name().as_ref() {
                    "text:p" => {
                        paragraphs += 1;
                        if paragraphs > 1 {
                            text.push('\n');
                        }
                    }
                    "text:s" => {
                        let spaces = count(&start, "text:c")?.min(MOST_CHARACTERS as u64);
                        text.extend(std::iter::repeat_n(' ', spaces as usize));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    "office:annotation" | "table:table" => self.skip(&start)?,
                    name if name.starts_with("draw:") => self.skip(&start)?,
                    _ => {}
                },
                Event::End(end) if is_cell(end.name().as_ref()) => return Ok(text),
                _ => {}
            }
            if text.len() > 4 * MOST_CHARACTERS {
                return Err(too_large("a cell holds more than 32,767 characters"));
            }
        }
    }
}

fn is_cell(name: &str) -> bool {
    matches!(name, "table:table-cell" | "table:covered-table-cell")
}

fn attribute(start: &BytesStart, name: &str) -> Result<Option<String>, Fault> {
    let found = start.try_get_attribute(name).map_err(damaged)?;
    let normal =
        |value: Attribute| Ok(value.normalized_value(XmlVersion::Implicit1_0)?.into_owned());
    let value: Option<Result<String, quick_xml::Error>> = found.map(normal);
    value.transpose().map_err(damaged)
}

/// A number of repetitions: 1 if it is not given, at least 1.
fn count(start: &BytesStart, name: &str) -> Result<u64, Fault> {
    let number = attribute(start, name)?.map(|number| number.parse::<u64>().map_err(damaged));
    Ok(number.transpose()?.unwrap_or(1).max(1))
}

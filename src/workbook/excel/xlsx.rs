//! xlsx files as sheets, with calamine.
//!
//! Cells are streamed, because calamine's ranges take room for every empty cell between two that are
//! far apart: two cells in opposite corners of a sheet would ask for 400 GB.

use super::super::budget::{Budget, Fault, too_large};
use super::super::{Cell, Sheet, Value};
use super::fault::{damaged, encrypted};
use super::value::value_of_ref;
use crate::diagnostic::{Code, Diagnostics, Place};
use calamine::{Reader, Xlsx};
use std::io::Cursor;

/// Reading the largest sheet as often as there are sheets may come to this many bytes: the sheets of
/// a hostile file can all be the same part.
const MOST_SHEET_BYTES: u64 = 1 << 34;

/// The last row and column of Excel, counted from 0.
const LAST_ROW: u32 = (1 << 20) - 1;
const LAST_COLUMN: u32 = (1 << 14) - 1;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads the sheets; what is wrong with one of them goes to the log.
pub(super) fn read(
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
        match sheet(&mut workbook, file, &name, &mut budget) {
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

fn sheet(
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

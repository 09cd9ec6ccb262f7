//! xls files as sheets, with calamine.

use super::super::budget::{Fault, too_large};
use super::super::{Cell, Sheet, Value};
use super::fault::{damaged, encrypted};
use super::value::value_of;
use super::{cfb, contains};
use calamine::{Range, Reader, Xls};
use std::collections::HashMap;
use std::io::Cursor;

/// The sheets may come to this many cells, empty ones between others included: calamine keeps them
/// all.
const MOST_CELLS: u64 = 5_000_000;

/// Looks at what calamine would not survive.
pub(super) fn look(bytes: &[u8]) -> Result<(), Fault> {
    // A protected xlsx is an archive of this older form, with its content in a stream of this name.
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if contains(bytes, &name) {
        return Err(encrypted());
    }
    match cfb::look(bytes) {
        cfb::Verdict::Encrypted => Err(encrypted()),
        cfb::Verdict::Damaged => Err(damaged("its parts do not hang together")),
        cfb::Verdict::Cells(cells) if cells > MOST_CELLS => {
            Err(too_large("its sheets come to more than 5 million cells"))
        }
        cfb::Verdict::Cells(_) => Ok(()),
    }
}

/// Reads the sheets of a file that has been looked over.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let workbook = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => encrypted(),
        other => damaged(other),
    })?;
    Ok(sheets(file, workbook))
}

/// The sheets; calamine has read them whole already.
fn sheets(file: &str, mut workbook: Xls<Cursor<&[u8]>>) -> Vec<Sheet> {
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
            let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
            let merged =
                merged.iter().map(|area| (area.start.0, area.start.1, area.end.0, area.end.1));
            Some(Sheet::new(file, name, cells).with_merged(merged.collect()))
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

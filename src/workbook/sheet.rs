//! One sheet, or a file that is one table: cells by row and column, without room for the empty ones.

use super::cell::{Cell, Value};
use crate::diagnostic::Place;
use crate::text::{fold, plain};
use std::collections::HashMap;

/// A table of cells with its name and the file it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The file as it was given.
    pub file: String,
    /// The sheet's name; where the file is one table, the file's name without its ending.
    pub name: String,
    /// Whether the file is this one table, as a CSV file is; its name is the file's then.
    pub is_whole_file: bool,
    /// Rows of cells that are not empty, both in rising order.
    rows: Vec<(u32, Vec<Cell>)>,
    /// Merged areas.
    merged: Merged,
    /// How the places of cells are told.
    places: Places,
}

/// How the places of cells are told.
#[derive(Clone, Debug, PartialEq)]
enum Places {
    /// Cells in A1 notation.
    Cells,
    /// CSV: lines. The line that each row starts at, where it is not row + 1.
    Lines(HashMap<u32, usize>),
    /// JSON: rows and keys. The number of the first row: 0 where it is the headers' own.
    Records(u32),
}

impl Sheet {
    /// A sheet from its cells, in any order. Empty texts are dropped.
    pub fn new(file: &str, name: &str, cells: impl IntoIterator<Item = Cell>) -> Sheet {
        let mut cells: Vec<Cell> = cells
            .into_iter()
            .filter(|cell| !matches!(&cell.value, Value::Text(text) if plain(text).is_empty()))
            .collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut rows: Vec<(u32, Vec<Cell>)> = Vec::new();
        for cell in cells {
            match rows.last_mut() {
                Some((row, in_row)) if *row == cell.row => in_row.push(cell),
                _ => rows.push((cell.row, vec![cell])),
            }
        }
        let (file, name) = (file.to_string(), name.to_string());
        let merged = Merged::default();
        Sheet { file, name, is_whole_file: false, rows, merged, places: Places::Cells }
    }

    /// Adds merged areas: (first row, first column, last row, last column). What other cells of an
    /// area than its first hold is not shown by Excel, so it is dropped here.
    pub(super) fn with_merged(mut self, merged: Vec<(u32, u32, u32, u32)>) -> Sheet {
        self.merged = Merged::new(merged);
        let merged = &self.merged;
        for (row, cells) in &mut self.rows {
            cells.retain(|cell| merged.hiding(*row, cell.column).is_none());
        }
        self.rows.retain(|(_, cells)| !cells.is_empty());
        self
    }

    pub(super) fn with_lines(mut self, lines: HashMap<u32, usize>) -> Sheet {
        self.places = Places::Lines(lines);
        self.whole_file()
    }

    /// Rows are counted from `first`, and their cells named by their headers.
    pub(super) fn with_records(mut self, first: u32) -> Sheet {
        self.places = Places::Records(first);
        self
    }

    pub(super) fn whole_file(mut self) -> Sheet {
        self.is_whole_file = true;
        self
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows that hold anything: (row, its cells), from the top.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[Cell])> {
        self.rows.iter().map(|(row, cells)| (*row, cells.as_slice()))
    }

    /// The cells of a row.
    pub fn row(&self, row: u32) -> &[Cell] {
        match self.rows.binary_search_by_key(&row, |(row, _)| *row) {
            Ok(at) => &self.rows[at].1,
            Err(_) => &[],
        }
    }

    /// What a cell holds; `None` if it is empty.
    pub fn value(&self, row: u32, column: u32) -> Option<&Value> {
        let cells = self.row(row);
        let at = cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(&cells[at].value)
    }

    /// Whether a formula computed what the cell holds.
    pub fn is_formula(&self, row: u32, column: u32) -> bool {
        self.row(row).iter().any(|cell| cell.column == column && cell.is_formula)
    }

    /// The text of a cell as it is shown, trimmed; empty if the cell is.
    pub fn text(&self, row: u32, column: u32) -> String {
        self.value(row, column).map(|value| plain(&value.to_string())).unwrap_or_default()
    }

    /// The text of a cell folded for comparison.
    pub fn folded(&self, row: u32, column: u32) -> String {
        fold(&self.text(row, column))
    }

    /// The place of the sheet.
    pub fn place(&self) -> Place {
        if self.is_whole_file {
            Place::file(&self.file)
        } else {
            Place::sheet(&self.file, &self.name)
        }
    }

    /// The place of a cell; in a CSV file its line and column, in a JSON file its row and key.
    pub fn cell_place(&self, row: u32, column: u32) -> Place {
        match &self.places {
            Places::Cells => Place::cell(&self.file, &self.name, row, column),
            Places::Lines(lines) => {
                let line = lines.get(&row).copied().unwrap_or(row as usize + 1);
                Place::line(&self.file, line, Some(self.header(column)))
            }
            // The headers of records are the keys of all of them, and in no row.
            Places::Records(0) if row == 0 => self.place(),
            Places::Records(first) => {
                let row = row as usize + *first as usize;
                Place::record(&self.file, &self.name, row, Some(self.header(column)))
            }
        }
    }

    /// What the first row calls a column.
    fn header(&self, column: u32) -> String {
        let first = self.rows.first().map_or(0, |(row, _)| *row);
        let header = Some(self.text(first, column)).filter(|header| !header.is_empty());
        header.unwrap_or_else(|| format!("column {}", column + 1))
    }

    /// Whether a cell is hidden under a merged one that holds something.
    pub fn is_hidden(&self, row: u32, column: u32) -> bool {
        self.merged
            .hiding(row, column)
            .is_some_and(|(top, left, ..)| self.value(top, left).is_some())
    }

    /// A hint for an empty cell that is hidden under a merged one.
    pub fn merged_hint(&self, row: u32, column: u32) -> Option<String> {
        self.merged.hiding(row, column).map(|(top, left, bottom, right)| {
            format!(
                "it is part of the merged cells {}:{}; unmerge them and fill in each cell",
                crate::diagnostic::cell_name(top, left),
                crate::diagnostic::cell_name(bottom, right)
            )
        })
    }
}

/// An area of cells: first row, first column, last row, last column.
type Area = (u32, u32, u32, u32);

/// The merged areas of a sheet, from the top.
#[derive(Clone, Debug, Default, PartialEq)]
struct Merged {
    areas: Vec<Area>,
    /// The lowest row of each area and those before it.
    lowest: Vec<u32>,
}

impl Merged {
    fn new(mut areas: Vec<Area>) -> Merged {
        areas.sort_unstable();
        let lowest = areas.iter().scan(0, |lowest: &mut u32, area| {
            *lowest = area.2.max(*lowest);
            Some(*lowest)
        });
        Merged { lowest: lowest.collect(), areas }
    }

    /// The area that hides a cell: it covers it and does not begin there.
    fn hiding(&self, row: u32, column: u32) -> Option<Area> {
        let above = self.areas.partition_point(|area| area.0 <= row);
        (0..above).rev().take_while(|&at| self.lowest[at] >= row).map(|at| self.areas[at]).find(
            |&(top, left, bottom, right)| {
                row <= bottom && (left..=right).contains(&column) && (top, left) != (row, column)
            },
        )
    }
}

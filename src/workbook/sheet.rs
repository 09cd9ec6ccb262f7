//! One sheet, or one CSV file: cells by row and column, without room for the empty ones.

use super::cell::{Cell, Value};
use crate::diagnostic::Place;
use crate::text::{fold, plain};
use std::collections::HashMap;

/// A table of cells with its name and the file it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The file as it was given.
    pub file: String,
    /// The sheet's name; for a CSV file the file's name without its ending.
    pub name: String,
    /// Whether it is a CSV file, whose places are lines.
    pub is_csv: bool,
    /// Rows of cells that are not empty, both in rising order.
    rows: Vec<(u32, Vec<Cell>)>,
    /// Merged areas: (first row, first column, last row, last column).
    merged: Vec<(u32, u32, u32, u32)>,
    /// For CSV: the line that each row starts at, where it is not row + 1.
    lines: HashMap<u32, usize>,
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
        Sheet { file, name, is_csv: false, rows, merged: Vec::new(), lines: HashMap::new() }
    }

    pub(super) fn with_merged(mut self, merged: Vec<(u32, u32, u32, u32)>) -> Sheet {
        self.merged = merged;
        self
    }

    pub(super) fn with_lines(mut self, lines: HashMap<u32, usize>) -> Sheet {
        self.is_csv = true;
        self.lines = lines;
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
        if self.is_csv { Place::file(&self.file) } else { Place::sheet(&self.file, &self.name) }
    }

    /// The place of a cell; in a CSV file its line and column.
    pub fn cell_place(&self, row: u32, column: u32) -> Place {
        if !self.is_csv {
            return Place::cell(&self.file, &self.name, row, column);
        }
        let line = self.lines.get(&row).copied().unwrap_or(row as usize + 1);
        let first = self.rows.first().map_or(0, |(row, _)| *row);
        let header = Some(self.text(first, column)).filter(|header| !header.is_empty());
        let key = header.unwrap_or_else(|| format!("column {}", column + 1));
        Place::line(&self.file, line, Some(key))
    }

    /// A hint for an empty cell that is hidden under a merged one.
    pub fn merged_hint(&self, row: u32, column: u32) -> Option<String> {
        let covers = |&&(top, left, bottom, right): &&(u32, u32, u32, u32)| {
            (top..=bottom).contains(&row)
                && (left..=right).contains(&column)
                && (top, left) != (row, column)
        };
        self.merged.iter().find(covers).map(|&(top, left, bottom, right)| {
            format!(
                "it is part of the merged cells {}:{}; unmerge them and fill in each cell",
                crate::diagnostic::cell_name(top, left),
                crate::diagnostic::cell_name(bottom, right)
            )
        })
    }
}

//! Where in the input a diagnostic was found.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A place in the input, as its writer would look for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A whole file.
    File {
        /// The path as it was given.
        file: String,
    },
    /// A sheet of a workbook.
    Sheet {
        /// The path as it was given.
        file: String,
        /// The sheet's name.
        sheet: String,
    },
    /// A cell of a workbook.
    Cell {
        /// The path as it was given.
        file: String,
        /// The sheet's name.
        sheet: String,
        /// The cell in A1 notation.
        cell: String,
    },
    /// A line of a text file, and there a column (CSV) or key (TOML).
    Line {
        /// The path as it was given.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// The CSV column's header or the model's key.
        key: Option<String>,
    },
    /// A row of a table without lines or cells, such as a Parquet file.
    Row {
        /// The path as it was given.
        file: String,
        /// The row, counted from 1.
        row: usize,
    },
    /// A row of a JSON table, and there a key.
    Record {
        /// The path as it was given.
        file: String,
        /// The sheet's name.
        sheet: String,
        /// The row, counted from 1.
        row: usize,
        /// The key, or the header of the column.
        key: Option<String>,
    },
    /// A part of a JSON document.
    Json {
        /// The path as it was given.
        file: String,
        /// The way to the part, such as `clusters.centres[2]`.
        path: String,
    },
    /// A command-line option.
    Option {
        /// The option as it is written, such as `--columns`.
        option: String,
    },
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Place::File { file: file.into() }
    }

    /// A whole sheet.
    pub fn sheet(file: impl Into<String>, sheet: impl Into<String>) -> Self {
        Place::Sheet { file: file.into(), sheet: sheet.into() }
    }

    /// A cell by its row and column, both counted from 0.
    pub fn cell(file: impl Into<String>, sheet: impl Into<String>, row: u32, column: u32) -> Self {
        Place::Cell { file: file.into(), sheet: sheet.into(), cell: cell_name(row, column) }
    }

    /// A line of a text file, counted from 1.
    pub fn line(file: impl Into<String>, line: usize, key: Option<String>) -> Self {
        Place::Line { file: file.into(), line, key }
    }

    /// A row of a table without lines or cells, counted from 1.
    pub fn row(file: impl Into<String>, row: usize) -> Self {
        Place::Row { file: file.into(), row }
    }

    /// A row of a JSON table, counted from 1.
    pub fn record(
        file: impl Into<String>,
        sheet: impl Into<String>,
        row: usize,
        key: Option<String>,
    ) -> Self {
        Place::Record { file: file.into(), sheet: sheet.into(), row, key }
    }

    /// A part of a JSON document, by the way to it.
    pub fn json(file: impl Into<String>, path: impl Into<String>) -> Self {
        Place::Json { file: file.into(), path: path.into() }
    }

    /// A command-line option.
    pub fn option(option: impl Into<String>) -> Self {
        Place::Option { option: option.into() }
    }
}

/// A cell's name in A1 notation from its row and column, both counted from 0.
///
/// ```
/// assert_eq!(custval::diagnostic::cell_name(4, 27), "AB5");
/// ```
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File { file } => write!(f, "{file}"),
            Place::Sheet { file, sheet } => write!(f, "{file}  '{sheet}'"),
            Place::Cell { file, sheet, cell } => write!(f, "{file}  '{sheet}'!{cell}"),
            Place::Line { file, line, key: None } => write!(f, "{file}:{line}"),
            Place::Line { file, line, key: Some(key) } => write!(f, "{file}:{line}  {key}"),
            Place::Row { file, row } => write!(f, "{file}  row {row}"),
            Place::Record { file, sheet, row, key: None } => {
                write!(f, "{file}  '{sheet}' row {row}")
            }
            Place::Record { file, sheet, row, key: Some(key) } => {
                write!(f, "{file}  '{sheet}' row {row}, {key}")
            }
            Place::Json { file, path } => write!(f, "{file}  {path}"),
            Place::Option { option } => write!(f, "{option}"),
        }
    }
}

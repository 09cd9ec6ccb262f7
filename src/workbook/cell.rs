//! One cell of a table.

use std::fmt;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A text, as it was typed.
    Text(String),
    /// A cell that is formatted as a date.
    Date(Date),
    /// TRUE or FALSE.
    Bool(bool),
    /// An Excel error such as #N/A.
    Error(String),
    /// A formula that was stored without a value.
    FormulaWithoutValue(String),
}

/// A date as Excel stores it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Date {
    /// The serial number: days since the workbook's epoch.
    pub serial: f64,
    /// The year.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day, 1 to 31.
    pub day: u8,
}

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The row, counted from 0 over the whole sheet or file.
    pub row: u32,
    /// The column, counted from 0.
    pub column: u32,
    /// What it holds.
    pub value: Value,
    /// Whether a formula computed it.
    pub is_formula: bool,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(number) => write!(f, "{number}"),
            Value::Text(text) => f.write_str(text),
            Value::Date(date) => write!(f, "{:04}-{:02}-{:02}", date.year, date.month, date.day),
            Value::Bool(true) => f.write_str("TRUE"),
            Value::Bool(false) => f.write_str("FALSE"),
            Value::Error(error) => f.write_str(error),
            Value::FormulaWithoutValue(formula) => write!(f, "={formula}"),
        }
    }
}

impl Value {
    /// The value in a message: quoted if it is a text, and cut if it is long.
    pub fn shown(&self) -> String {
        let text = self.to_string();
        let mut shown: String = text.chars().take(60).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        match self {
            Value::Text(_) => format!("“{shown}”"),
            Value::Date(_) => format!("the date {shown}"),
            Value::FormulaWithoutValue(_) => format!("the formula {shown} without a value"),
            _ => shown,
        }
    }
}

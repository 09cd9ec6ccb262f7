//! A table of a report, defined once and rendered many ways.

use crate::text::grouped;

/// What kind of figures a column holds; each renderer has its own form for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Words, to the left.
    Text,
    /// A long text that wraps.
    Prose,
    /// Days, written as 2011-12-09.
    Date,
    /// Whole numbers.
    Count,
    /// Real numbers with this many decimals.
    Number(usize),
    /// Shares of 1, shown in per cent with this many decimals.
    Percent(usize),
    /// Probabilities; small ones as "< .001", never as 0.
    Probability,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its machine name, for CSV headers.
    pub name: String,
    /// Its header, as people read it.
    pub title: String,
    /// What kind of figures it holds.
    pub format: Format,
}

impl Column {
    /// A column with a machine name, a header and a format.
    pub fn new(name: impl Into<String>, title: impl Into<String>, format: Format) -> Column {
        Column { name: name.into(), title: title.into(), format }
    }
}

/// A cell of a table. A number is kept in full; its column says how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A finite number.
    Number(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        if number.is_finite() { Cell::Number(number) } else { Cell::Text(number.to_string()) }
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Cell {
        Cell::Number(number as f64)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// A table of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its machine name, such as `final_centres`: the name of its CSV file.
    pub name: String,
    /// Its title, as people read it.
    pub title: String,
    /// What it says, or how to read it, in a sentence or two; may be empty.
    pub note: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table.
    pub fn new(name: impl Into<String>, title: impl Into<String>, columns: Vec<Column>) -> Table {
        let (name, title) = (name.into(), title.into());
        Table { name, title, note: String::new(), columns, rows: Vec::new() }
    }

    /// Adds the note.
    pub fn note(mut self, note: impl Into<String>) -> Table {
        self.note = note.into();
        self
    }

    /// Only the first rows; the note then says how many more there are, and where.
    pub fn first(mut self, most: usize, elsewhere: &str) -> Table {
        let more = self.rows.len().saturating_sub(most);
        if more > 0 {
            self.rows.truncate(most);
            let space = if self.note.is_empty() { "" } else { " " };
            self.note +=
                &format!("{space}These are the first {most}; {elsewhere} lists {more} more.");
        }
        self
    }

    /// Only the last rows; the title then says so.
    pub fn last(mut self, most: usize) -> Table {
        let more = self.rows.len().saturating_sub(most);
        if more > 0 {
            self.rows.drain(..more);
            self.title += &format!(", the last {most} of {}", more + most);
        }
        self
    }

    /// The table without the columns of these names, for where there is less room.
    pub fn without(mut self, names: &[&str]) -> Table {
        let kept = |at: usize| !names.contains(&self.columns[at].name.as_str());
        let kept: Vec<bool> = (0..self.columns.len()).map(kept).collect();
        let keep = |at: &mut usize| {
            *at += 1;
            kept.get(*at - 1).copied().unwrap_or(true)
        };
        let mut at = 0;
        self.columns.retain(|_| keep(&mut at));
        for row in &mut self.rows {
            let mut at = 0;
            row.retain(|_| keep(&mut at));
        }
        self
    }

    /// The table with this many decimals in each column of real numbers.
    pub fn with_digits(mut self, digits: usize) -> Table {
        for column in &mut self.columns {
            if let Format::Number(decimals) = &mut column.format {
                *decimals = digits;
            }
        }
        self
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }
}

/// A table that may be too long to be held at once: its rows come one by one.
pub struct LongTable<'a> {
    /// Its name, title, note and columns; no rows.
    pub head: Table,
    /// Its rows.
    pub rows: Box<dyn Iterator<Item = Vec<Cell>> + 'a>,
}

/// A cell as people read it in a column of this format.
///
/// ```
/// use custval::report::{Cell, Format, shown};
///
/// assert_eq!(shown(&Cell::Number(0.0001), Format::Probability), "< .001");
/// assert_eq!(shown(&Cell::Number(0.1234), Format::Percent(1)), "12.3\u{a0}%");
/// assert_eq!(shown(&Cell::Number(-0.0001), Format::Number(2)), "0.00");
/// assert_eq!(shown(&Cell::Number(-1234567.891), Format::Number(2)), "-1,234,567.89");
/// ```
pub fn shown(cell: &Cell, format: Format) -> String {
    let fixed = |number: f64, decimals: usize| {
        let text = format!("{number:.decimals$}");
        // Minus nothing is nothing.
        let is_zero = text.starts_with('-') && !text.contains(|c: char| ('1'..='9').contains(&c));
        grouped(if is_zero { &text[1..] } else { &text })
    };
    match (cell, format) {
        (Cell::Empty, _) => String::new(),
        (Cell::Text(text), _) => text.clone(),
        (Cell::Number(number), Format::Count) => fixed(*number, 0),
        (Cell::Number(number), Format::Number(decimals)) => fixed(*number, decimals),
        (Cell::Number(number), Format::Percent(decimals)) => {
            fixed(number * 100.0, decimals) + "\u{a0}%"
        }
        (Cell::Number(number), Format::Probability) if *number < 0.0005 => "< .001".to_string(),
        (Cell::Number(number), Format::Probability) => {
            fixed(*number, 3).trim_start_matches('0').to_string()
        }
        (Cell::Number(number), Format::Text | Format::Prose | Format::Date) => number.to_string(),
    }
}

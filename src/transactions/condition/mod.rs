//! Conditions on sales lines, in SQL.

mod build;
mod columns;
mod compare;
mod logic;
mod pattern;
mod refusal;
mod sql;
mod term;

use crate::Error;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use logic::Test;

/// A fault without its place.
type Fault = Box<Diagnostic>;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts: names and ids.
    Text,
    /// Numbers.
    Number,
    /// Dates and times.
    Moment,
    /// Not known: numbers where a condition compares them with numbers, else texts.
    Unknown,
}

/// A column, as conditions name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its header.
    pub name: String,
    /// The name of its role, such as `customer` or `date`, by which it can be named too.
    pub role: Option<&'static str>,
    /// What its values are.
    pub kind: Kind,
}

/// The values of one sales line, by the position of their column. `None` is SQL's NULL: nothing, or
/// not a value of that kind.
pub trait Row {
    /// The value as text.
    fn text(&self, column: usize) -> Option<&[u8]>;
    /// The value as a number.
    fn number(&self, column: usize) -> Option<f64>;
    /// The value as seconds since 1970-01-01 00:00 of the local calendar.
    fn moment(&self, column: usize) -> Option<i64>;
}

/// A condition on sales lines, such as `country = 'United Kingdom' AND quantity > 0`.
///
/// Understood are comparisons, `AND`, `OR`, `NOT`, `IN (…)`, `BETWEEN`, `LIKE`, `ILIKE`, `IS NULL`, `IS
/// TRUE`, arithmetic (`+ - * / %`), and `DATE '…'` and `TIMESTAMP '…'`, with the three-valued logic of
/// SQL. Columns are named by their headers or roles, in any case; a name in double quotes, backticks
/// or square brackets is a header first.
///
/// - Texts are compared byte by byte. `LIKE` minds case, `ILIKE` does not.
/// - Numbers are compared as binary numbers of double precision; `/` is true division, and division
///   by zero is NULL.
/// - A date alone is its midnight: `date <= '2011-12-09'` leaves out what was sold on that day after
///   midnight; `date < '2011-12-10'` does not.
#[derive(Clone, Debug)]
pub struct Condition {
    test: Test,
    columns: Vec<usize>,
}

impl Condition {
    /// Reads a condition; `place` is where it was given.
    ///
    /// # Errors
    /// `condition-invalid`, `condition-unsupported` and `column-unknown`: all faults at once.
    pub fn parse(sql: &str, columns: &[Named], place: &Place) -> Result<Condition, Error> {
        let expression = sql::parse(sql).map_err(|fault| fault.at(place.clone()))?;
        let mut log = Diagnostics::new();
        let mut builder = build::Builder::new(columns, place, &mut log);
        let test = builder.test(&expression);
        let columns = builder.used();
        log.refuse_if_faulty()?;
        match test {
            Some(test) => Ok(Condition { test, columns }),
            None => Err(Error::internal("a condition was refused without a reason")),
        }
    }

    /// Whether the condition holds for a line; `None` is SQL's NULL. A line is kept where it is
    /// `Some(true)`.
    pub fn holds(&self, row: &impl Row) -> Option<bool> {
        self.test.holds(row)
    }

    /// The columns that it looks at, in order.
    pub fn columns_used(&self) -> &[usize] {
        &self.columns
    }
}

#[cfg(test)]
mod tests;

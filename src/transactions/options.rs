//! How sales lines are to be read.

use super::{DateStyle, Day, Level, NumberStyle, Role, Zone};
use serde::{Deserialize, Serialize};

/// What is done with returns: lines of negative money, and those of cancelled orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returns {
    /// They lower the money of their customer; they are no purchases and set no dates.
    #[default]
    Net,
    /// They are set aside.
    Drop,
    /// They are kept apart: money is that of the purchases, and the rate of return a metric.
    Separate,
}

/// Defects of published analyses, which can be switched on to follow them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compat {
    /// Dates are compared with the period's ends as texts.
    pub text_dates: bool,
    /// An order's money is that of its first line.
    pub first_line: bool,
    /// Returns count as purchases.
    pub returns_as_purchases: bool,
}

/// How sales lines are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Columns asked for by their headers; the others are guessed. An empty header leaves a role out.
    pub columns: Vec<(Role, String)>,
    /// What a row is.
    pub level: Level,
    /// The sheet of a workbook; the first if it is not given.
    pub sheet: Option<String>,
    /// The delimiter of a text; found out if it is not given.
    pub delimiter: Option<u8>,
    /// The encoding of a text, by one of its common names; found out if it is not given.
    pub encoding: Option<String>,
    /// How dates are written; found out if it is not given.
    pub date_style: Option<DateStyle>,
    /// How numbers are written; found out if it is not given.
    pub number_style: Option<NumberStyle>,
    /// Whose calendar counts where dates are written with their distance to UTC.
    pub zone: Option<Zone>,
    /// Conditions in SQL that rows must fulfil, one after the other.
    pub conditions: Vec<String>,
    /// The reference date, `2011-12-10`.
    pub as_of: Option<String>,
    /// Today: without a reference date, what lies behind it lies in the future.
    pub today: Option<Day>,
    /// The first day or moment of the period.
    pub from: Option<String>,
    /// The last day or moment of the period.
    pub to: Option<String>,
    /// What is done with returns.
    pub returns: Returns,
    /// What the ids of cancelled orders begin with. If it is not given, a C and a digit, where the money
    /// is negative; if it is empty, nothing.
    pub cancelled: Option<String>,
    /// Whether rows equal to an earlier one in every field are set aside.
    pub deduplicate: bool,
    /// Whether rows equal to an earlier one are not even counted, which saves time and room.
    pub ignore_repeats: bool,
    /// Whether the rows set aside are written down.
    pub keep_set_aside: bool,
    /// Whether the files' SHA-256 is kept with the result, for which they are read once more.
    pub fingerprint: bool,
    /// Defects to follow.
    pub compat: Compat,
    /// Threads; 0 for as many as there are processors.
    pub threads: usize,
}

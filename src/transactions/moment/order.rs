//! Which part of a date comes first.

use super::Day;

/// In which order the parts of a date stand where the text itself leaves it open: `1/2/2011`,
/// `01.02.2011`, `01-02-11`. Dates that begin with a year of four digits are always year, month, day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Month, day, year, as in the United States.
    MonthFirst,
    /// Day, month, year, as in most of Europe.
    DayFirst,
    /// Year, month, day: of use for years of two digits. Dates that end in a year of four digits are
    /// then none.
    YearFirst,
}

impl DateOrder {
    /// All orders.
    pub const ALL: [DateOrder; 3] =
        [DateOrder::MonthFirst, DateOrder::DayFirst, DateOrder::YearFirst];

    /// As an option names it: `mdy`, `dmy`, `ymd`.
    pub fn name(self) -> &'static str {
        match self {
            DateOrder::MonthFirst => "mdy",
            DateOrder::DayFirst => "dmy",
            DateOrder::YearFirst => "ymd",
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            DateOrder::MonthFirst => "month first",
            DateOrder::DayFirst => "day first",
            DateOrder::YearFirst => "year first",
        }
    }
}

/// Three numbers of a date in the order in which they were written, the year last or of two digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Triple {
    pub parts: [u16; 3],
    /// Whether the last one is a year of four digits; otherwise it has one digit or two.
    pub has_full_year: bool,
    /// How many digits the first and the last have.
    pub lengths: [u8; 2],
    /// Whether full stops stand between them.
    pub is_dotted: bool,
}

impl Triple {
    /// The day in this order, if there is one.
    #[inline]
    pub fn day(&self, order: DateOrder) -> Option<Day> {
        let [first, second, third] = self.parts;
        let (year, length, month, day) = match order {
            DateOrder::MonthFirst => (third, self.lengths[1], first, second),
            DateOrder::DayFirst => (third, self.lengths[1], second, first),
            DateOrder::YearFirst => (first, self.lengths[0], second, third),
        };
        let year = match (self.has_full_year, order, length) {
            (true, DateOrder::YearFirst, _) => return None,
            (true, _, _) => i32::from(year),
            (false, _, 2) => full_year(year),
            (false, _, _) => return None,
        };
        Day::of(year, month.into(), day.into())
    }
}

/// The year that two digits stand for: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068, as in
/// POSIX.
pub(super) fn full_year(two_digits: u16) -> i32 {
    i32::from(two_digits) + if two_digits < 69 { 2000 } else { 1900 }
}

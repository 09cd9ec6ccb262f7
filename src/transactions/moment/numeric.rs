//! Dates of digits and separators.

use super::cursor::Cursor;
use super::order::Triple;
use super::serial;
use super::time::{Time, time};
use super::{DateForm, DateOrder, Day, Written};

/// A date and time as it stands, before it is known which part comes first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parsed {
    pub date: Date,
    pub time: Time,
    pub form: DateForm,
}

/// The date of a text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Date {
    /// There is one way to read it.
    Known(Day),
    /// The order of its parts decides.
    Open(Triple),
}

impl Parsed {
    /// The parts whose order decides, if it does.
    pub fn open(&self) -> Option<&Triple> {
        match &self.date {
            Date::Known(_) => None,
            Date::Open(triple) => Some(triple),
        }
    }

    /// The moment, in this order of the parts.
    #[inline]
    pub fn written(&self, order: DateOrder) -> Option<Written> {
        let day = match &self.date {
            Date::Known(day) => *day,
            Date::Open(triple) => triple.day(order)?,
        };
        let moment = day.midnight().later(self.time.seconds);
        Some(Written { moment, offset: self.time.offset })
    }
}

/// Reads `2011-12-09`, `2011/12/9`, `20111209`, `12/9/2011 8:26`, `9.12.11`, `40886.35`.
pub(super) fn numeric(text: &[u8]) -> Option<Parsed> {
    let mut cursor = Cursor::new(text);
    let (first, length) = cursor.number(15);
    let separator = match (length, cursor.peek()) {
        (1 | 2 | 4, separator @ (b'-' | b'/' | b'.')) => separator,
        (8 | 12 | 14, _) => return compact(first, length, cursor),
        (5, _) => return serial::by_shape(text),
        _ => return None,
    };
    cursor.pass(1);
    let (second, middle) = cursor.number(2);
    if middle == 0 || !cursor.take(separator) {
        return None;
    }
    let (third, last) = cursor.number(4);
    // The time comes after a mark, never as more digits.
    if cursor.peek().is_ascii_digit() {
        return None;
    }
    let (date, form) = match (length, last) {
        (4, 1 | 2) => {
            let day = Day::of(first as i32, second as u32, third as u32)?;
            (Date::Known(day), DateForm::YearFirst)
        }
        (1 | 2, 1 | 2 | 4) => {
            let triple = Triple {
                parts: [first as u16, second as u16, third as u16],
                has_full_year: last == 4,
                lengths: [length as u8, last as u8],
                is_dotted: separator == b'.',
            };
            let form = if last == 4 { DateForm::YearLast } else { DateForm::ShortYear };
            (Date::Open(triple), form)
        }
        _ => return None,
    };
    Some(Parsed { date, time: time(cursor)?, form })
}

/// `20111209`, `201112090826`, `20111209082605`, `20111209T082605Z`.
fn compact(digits: u64, length: usize, rest: Cursor) -> Option<Parsed> {
    let (date, clock) = match length {
        8 => (digits, None),
        12 => (digits / 10_000, Some(digits % 10_000 * 100)),
        _ => (digits / 1_000_000, Some(digits % 1_000_000)),
    };
    let year = (date / 10_000) as i32;
    // Eight digits may be something else than a date; no sale was made before 1000.
    let day = Day::of(year, (date / 100 % 100) as u32, (date % 100) as u32)?;
    if year < 1000 {
        return None;
    }
    let mut time = time(rest)?;
    if let Some(clock) = clock {
        let rest = super::time::seconds(clock / 100 % 100, clock % 100)?;
        time.seconds = super::time::of_day(clock / 10_000, None, rest)?;
    }
    Some(Parsed { date: Date::Known(day), time, form: DateForm::Compact })
}

//! Dates with the name of a month.

use super::cursor::Cursor;
use super::numeric::{Date, Parsed, numeric};
use super::order::full_year;
use super::time::time;
use super::{DateForm, Day};

const MONTHS: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];

const WEEKDAYS: [&[u8]; 7] =
    [b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday"];

/// What stands between the parts.
const BETWEEN: &[u8] = b" -/.,";

/// Reads `9 Dec 2011`, `Dec. 9th, 2011`, `2011-Dec-09`, `09-DEC-11`, `Fri Dec  9 12:50:00 2011`, and
/// dates of digits behind the name of a weekday.
pub(super) fn named(text: &[u8]) -> Option<Parsed> {
    let mut cursor = Cursor::new(text);
    if weekday(&mut cursor) {
        cursor.skip(b" .,");
        if let Some(parsed) = numeric(cursor.rest()) {
            return Some(parsed);
        }
    }
    let before = number(&mut cursor);
    cursor.skip(BETWEEN);
    let month = month(&mut cursor)?;
    cursor.skip(BETWEEN);
    let after = number(&mut cursor)?;
    let (day, year) = match before {
        // The year of four digits leads; otherwise it comes last.
        Some((year, 4)) => (after.0, (year, 4)),
        Some(day) => (day.0, after),
        None => {
            let behind = cursor;
            cursor.skip(BETWEEN);
            match number(&mut cursor) {
                Some(year) if cursor.peek() != b':' => (after.0, year),
                // The time stands before the year.
                _ => {
                    let (clock, year) = split_last(behind.rest())?;
                    return parsed(after.0, month, year, clock);
                }
            }
        }
    };
    let mut behind = cursor;
    behind.skip(b" ,");
    let rest = if behind.word(b"at") { behind } else { cursor };
    parsed(day, month, year, without_comment(rest.rest()))
}

fn parsed(day: u64, month: u32, year: (u64, usize), rest: &[u8]) -> Option<Parsed> {
    let year = match year {
        (year, 4) => year as i32,
        (year, 2) => full_year(year as u16),
        _ => return None,
    };
    let day = Day::of(year, month, u32::try_from(day).ok()?)?;
    Some(Parsed { date: Date::Known(day), time: time(Cursor::new(rest))?, form: DateForm::Named })
}

/// A number and how many digits it has; `9th` is 9.
fn number(cursor: &mut Cursor) -> Option<(u64, usize)> {
    let (number, length) = cursor.number(4);
    if length == 0 {
        return None;
    }
    // 1st, 2nd, 3rd, 4th
    if [&b"st"[..], b"nd", b"rd", b"th"]
        .iter()
        .any(|end| cursor.letters().eq_ignore_ascii_case(end))
    {
        cursor.pass(2);
    }
    Some((number, length))
}

/// Passes the name of a month: 1 to 12.
pub(super) fn month(cursor: &mut Cursor) -> Option<u32> {
    let name = cursor.letters();
    let month = MONTHS.iter().position(|month| is_short_for(name, month))?;
    cursor.pass(name.len());
    Some(month as u32 + 1)
}

/// Passes the name of a weekday, if there is one.
pub(super) fn weekday(cursor: &mut Cursor) -> bool {
    let name = cursor.letters();
    let is_weekday = WEEKDAYS.iter().any(|weekday| is_short_for(name, weekday));
    if is_weekday {
        cursor.pass(name.len());
    }
    is_weekday
}

/// The whole name or its beginning from three letters on: Dec, Sept, Tues.
fn is_short_for(name: &[u8], whole: &[u8]) -> bool {
    let beginning = whole.get(..name.len());
    name.len() >= 3 && beginning.is_some_and(|whole| whole.eq_ignore_ascii_case(name))
}

/// A year of four digits at the end, and what stands before it.
fn split_last(text: &[u8]) -> Option<(&[u8], (u64, usize))> {
    let at = text.iter().rposition(|byte| *byte == b' ')?;
    let mut last = Cursor::new(&text[at + 1..]);
    let (year, length) = last.number(4);
    (length == 4 && last.is_done()).then_some((&text[..at], (year, length)))
}

/// Without the name of a time zone in brackets, as web browsers write it behind the offset.
fn without_comment(text: &[u8]) -> &[u8] {
    match text.iter().position(|byte| *byte == b'(') {
        Some(at) if text.ends_with(b")") => text[..at].trim_ascii_end(),
        _ => text,
    }
}

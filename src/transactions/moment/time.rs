//! The time behind a date.

use super::cursor::Cursor;

/// A time on the clock, and how far that clock is from UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Time {
    /// Seconds since midnight; 86,400 for 24:00, which is the next midnight.
    pub seconds: i64,
    /// Seconds ahead of UTC, if the text says.
    pub offset: Option<i32>,
}

/// Reads all that stands behind a date: nothing, or `T`, a colon or spaces, `H:MM[:SS[.fff]]`, AM or
/// PM, and an offset.
pub(super) fn time(mut text: Cursor) -> Option<Time> {
    if text.is_done() {
        return Some(Time::default());
    }
    let must_follow = text.take(b'T') || text.take(b't') || text.take(b':');
    let may_follow = matches!(text.peek(), b' ' | b',');
    text.skip(b" ,");
    let has_clock = text.peek().is_ascii_digit();
    if has_clock != (must_follow || (has_clock && may_follow)) {
        return None;
    }
    // Behind a date alone, `-08` is no offset.
    if !has_clock && !text.is_done() && !text.peek().is_ascii_alphabetic() {
        text.rest().contains(&b':').then_some(())?;
    }
    let seconds = if has_clock { clock(&mut text)? } else { 0 };
    text.skip(b" ");
    let offset = if text.is_done() { None } else { Some(offset(&mut text)?) };
    text.is_done().then_some(Time { seconds, offset })
}

/// `8:26`, `08:26:05.123`, `0826`, `082605`, `8:26 PM`, `8 PM`.
fn clock(text: &mut Cursor) -> Option<i64> {
    let (number, length) = text.number(6);
    let (hour, minute, second) = match length {
        1 | 2 if text.take(b':') => {
            let minute = two(text)?;
            let second = if text.take(b':') { two(text)? } else { 0 };
            (number, minute, second)
        }
        // An hour alone needs AM or PM.
        1 | 2 => {
            text.skip(b" ");
            let is_half = matches!(text.peek(), b'A' | b'a' | b'P' | b'p');
            return half(text, number, 0).filter(|_| is_half);
        }
        4 => (number / 100, number % 100, 0),
        6 => (number / 10_000, number / 100 % 100, number % 100),
        _ => return None,
    };
    if matches!(text.peek(), b'.' | b',') {
        text.pass(1);
        let (_, digits) = text.number(usize::MAX);
        if digits == 0 {
            return None;
        }
    }
    let rest = seconds(minute, second)?;
    half(text, hour, rest)
}

fn two(text: &mut Cursor) -> Option<u64> {
    let (number, length) = text.number(2);
    (length == 2).then_some(number)
}

/// Seconds within the hour. A leap second counts as the one before.
pub(super) fn seconds(minute: u64, second: u64) -> Option<i64> {
    let second = if second == 60 { 59 } else { second };
    (minute < 60 && second < 60).then_some((minute * 60 + second) as i64)
}

/// The hour by AM or PM, if one of them follows, with the seconds within it.
fn half(text: &mut Cursor, hour: u64, rest: i64) -> Option<i64> {
    let spaced = *text;
    text.skip(b" ");
    let is_afternoon = if meridiem(text, b'A') {
        Some(false)
    } else if meridiem(text, b'P') {
        Some(true)
    } else {
        *text = spaced;
        None
    };
    of_day(hour, is_afternoon, rest)
}

/// `AM`, `a.m.`, by its first letter.
pub(super) fn meridiem(text: &mut Cursor, letter: u8) -> bool {
    text.word(&[letter, b'M'])
        || text.word(&[letter, b'.', b'M', b'.'])
        || text.word(&[letter, b'.', b' ', b'M', b'.'])
}

/// Seconds since midnight: of a clock of 12 hours where it says which half of the day, else of 24.
pub(super) fn of_day(hour: u64, is_afternoon: Option<bool>, rest: i64) -> Option<i64> {
    let hour = match (is_afternoon, hour) {
        (None, 24) if rest == 0 => 24,
        (None, 0..=23) => hour,
        (Some(false), 0 | 12) => 0,
        (Some(true), 12) => 12,
        (Some(false), 1..=11) => hour,
        (Some(true), 1..=11) => hour + 12,
        _ => return None,
    };
    Some(hour as i64 * 3600 + rest)
}

/// `Z`, `UTC`, `GMT`, `+08:00`, `-0530`, `+08`, `UTC+8`, `+0000 UTC`, in seconds.
pub(super) fn offset(text: &mut Cursor) -> Option<i32> {
    let is_named = text.word(b"UTC") || text.word(b"GMT") || text.word(b"Z");
    let sign = match text.peek() {
        b'+' => 1,
        b'-' => -1,
        _ => return is_named.then_some(0),
    };
    text.pass(1);
    let (number, length) = text.number(4);
    let (hours, minutes) = match length {
        1 | 2 if text.take(b':') => (number, two(text)?),
        1 if is_named => (number, 0),
        2 => (number, 0),
        4 => (number / 100, number % 100),
        _ => return None,
    };
    if text.take(b':') {
        // Seconds of an offset, as old local mean times have them.
        two(text).filter(|seconds| *seconds == 0)?;
    }
    let mut behind = *text;
    behind.skip(b" ");
    if behind.word(b"UTC") || behind.word(b"GMT") {
        *text = behind;
    }
    // The widest offset there is.
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60) as i32)
}

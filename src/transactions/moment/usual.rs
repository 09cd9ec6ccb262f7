//! The usual shapes of dates, read without a detour: nearly all dates there are have one of them.

use super::numeric::{Date, Parsed};
use super::order::Triple;
use super::time::Time;
use super::{DateForm, Day};

/// Reads `2011-12-09`, `2011/12/09` and `12/9/2011`, alone or before `12:50` or `12:50:00`. What is
/// `None` here may still be a date; what is not is the same as the general reading says.
#[inline]
pub(super) fn usual(text: &[u8]) -> Option<Parsed> {
    if let [a, b, c, d, first @ (b'-' | b'/'), e, f, second, g, h, rest @ ..] = text
        && first == second
    {
        let year = pair(*a, *b)? * 100 + pair(*c, *d)?;
        let day = Day::of(year as i32, pair(*e, *f)?, pair(*g, *h)?)?;
        let time = Time { seconds: clock(rest)?.into(), offset: None };
        return Some(Parsed { date: Date::Known(day), time, form: DateForm::YearFirst });
    }
    let (first, first_length, rest) = short(text)?;
    let (second, _, rest) = short(rest)?;
    let [a, b, c, d, rest @ ..] = rest else { return None };
    let year = pair(*a, *b)? * 100 + pair(*c, *d)?;
    let triple = Triple {
        parts: [first as u16, second as u16, year as u16],
        has_full_year: true,
        lengths: [first_length, 4],
        is_dotted: false,
    };
    let time = Time { seconds: clock(rest)?.into(), offset: None };
    Some(Parsed { date: Date::Open(triple), time, form: DateForm::YearLast })
}

/// A number of one digit or two before a slash, how many digits it has, and what follows.
#[inline]
fn short(text: &[u8]) -> Option<(u32, u8, &[u8])> {
    match text {
        [one, b'/', rest @ ..] => Some((digit(*one)?, 1, rest)),
        [ten, one, b'/', rest @ ..] => Some((pair(*ten, *one)?, 2, rest)),
        _ => None,
    }
}

/// Seconds since midnight: of nothing, ` 8:26`, `T08:26:00`.
#[inline]
fn clock(text: &[u8]) -> Option<u32> {
    let (hour, rest) = match text {
        [] => return Some(0),
        [b' ' | b'T', ten, one, b':', rest @ ..] => (pair(*ten, *one)?, rest),
        [b' ' | b'T', one, b':', rest @ ..] => (digit(*one)?, rest),
        _ => return None,
    };
    let (minute, second) = match rest {
        [a, b] => (pair(*a, *b)?, 0),
        [a, b, b':', c, d] => (pair(*a, *b)?, pair(*c, *d)?),
        _ => return None,
    };
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

#[inline]
fn digit(byte: u8) -> Option<u32> {
    let digit = byte.wrapping_sub(b'0');
    (digit < 10).then_some(digit.into())
}

#[inline]
fn pair(ten: u8, one: u8) -> Option<u32> {
    Some(digit(ten)? * 10 + digit(one)?)
}

#[cfg(test)]
mod tests {
    use super::super::numeric::numeric;
    use super::super::{DateOrder, Written};
    use super::*;
    use proptest::prelude::*;

    /// The form, and the moment in each order.
    fn told(parsed: Parsed) -> (DateForm, [Option<Written>; 3]) {
        (parsed.form, DateOrder::ALL.map(|order| parsed.written(order)))
    }

    proptest! {
        /// The short way and the general one agree on whatever the short one reads.
        #[test]
        fn the_usual_reading_is_the_general_one(
            text in "[0-9]{1,4}[-/][01]?[0-9][-/]([0-9]{4}|[0-3]?[0-9])([ T][0-2]?[0-9]:[0-6][0-9](:[0-6][0-9])?)?",
        ) {
            if let Some(parsed) = usual(text.as_bytes()) {
                prop_assert_eq!(numeric(text.as_bytes()).map(told), Some(told(parsed)), "{}", text);
            }
        }

        #[test]
        fn usual_dates_are_read_the_short_way(
            parts in (1000_u32..10_000, 1_u32..13, 1_u32..29),
            clock in (0_u32..24, 0_u32..60, 0_u32..60),
        ) {
            let ((year, month, day), (hour, minute, second)) = (parts, clock);
            for text in [
                format!("{year}-{month:02}-{day:02}"),
                format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
                format!("{year}/{month:02}/{day:02} {hour}:{minute:02}"),
                format!("{month}/{day}/{year}"),
                format!("{month:02}/{day:02}/{year} {hour:02}:{minute:02}"),
                format!("{month}/{day}/{year} {hour}:{minute:02}:{second:02}"),
            ] {
                prop_assert!(usual(text.as_bytes()).is_some(), "{}", text);
            }
        }
    }
}

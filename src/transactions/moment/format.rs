//! Dates by a format that the user gives.

use super::cursor::Cursor;
use super::named::{month, weekday};
use super::order::full_year;
use super::time::{meridiem, of_day, offset, seconds};
use super::{Day, Moment, Written};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::text::list;
use std::fmt;

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    Weekday,
    Hour,
    HalfHour,
    Minute,
    Second,
    Fraction,
    Meridiem,
    Offset,
}

/// The letters of strftime that are understood, and what they mean.
const PARTS: [(char, Part); 19] = [
    ('Y', Part::Year),
    ('y', Part::ShortYear),
    ('m', Part::Month),
    ('b', Part::MonthName),
    ('B', Part::MonthName),
    ('h', Part::MonthName),
    ('d', Part::Day),
    ('e', Part::Day),
    ('a', Part::Weekday),
    ('A', Part::Weekday),
    ('H', Part::Hour),
    ('k', Part::Hour),
    ('I', Part::HalfHour),
    ('l', Part::HalfHour),
    ('M', Part::Minute),
    ('S', Part::Second),
    ('f', Part::Fraction),
    ('p', Part::Meridiem),
    ('z', Part::Offset),
];

/// Letters that stand for several others.
const SHORTHANDS: [(char, &str); 4] =
    [('F', "%Y-%m-%d"), ('T', "%H:%M:%S"), ('R', "%H:%M"), ('D', "%m/%d/%y")];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Part(Part),
    /// Any white space, or none.
    Space,
    Byte(u8),
}

/// A date format in the manner of strftime: `%d/%m/%Y %H:%M`.
///
/// Understood are `%Y %y %m %b %B %h %d %e %a %A %H %k %I %l %M %S %f %p %z`, the shorthands `%F %T
/// %R %D`, and `%%`; a `-`, `_` or `0` behind the per cent sign changes nothing, since numbers are
/// read with leading zeros and without. White space stands for any white space or none, all else for
/// itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFormat {
    text: String,
    items: Vec<Item>,
}

impl DateFormat {
    /// Takes a format apart; `place` is where it was given.
    ///
    /// # Errors
    /// `date-format-invalid`, with all that is wrong with it: letters that are not understood, parts
    /// that are there twice, parts that are missing.
    pub fn parse(text: &str, place: Place) -> Result<DateFormat, Error> {
        let mut items = Vec::new();
        let mut faults = Vec::new();
        gather(text, &mut items, &mut faults);
        let parts: Vec<Part> = items
            .iter()
            .filter_map(|item| match item {
                Item::Part(part) => Some(*part),
                Item::Space | Item::Byte(_) => None,
            })
            .collect();
        faults.extend(misfits(&parts));
        if faults.is_empty() {
            return Ok(DateFormat { text: text.to_string(), items });
        }
        let message = format!("the date format “{text}” cannot be used: {}", list(&faults));
        let fault = Diagnostic::error(Code::DateFormatInvalid, message).at(place).hint(
            "for example %Y-%m-%d, %d/%m/%Y %H:%M, %b %d, %Y %I:%M %p; or one of the words dmy, \
             mdy, ymd, excel, unix, unix-ms",
        );
        Err(fault.into())
    }

    /// The moment that a text says in this format.
    pub(super) fn read(&self, text: &[u8]) -> Option<Written> {
        let mut cursor = Cursor::new(text);
        let mut found = Found::default();
        for item in &self.items {
            match item {
                Item::Space => cursor.skip(b" \t\r\n"),
                Item::Byte(byte) => cursor.take(*byte).then_some(())?,
                Item::Part(part) => found.take(*part, &mut cursor)?,
            }
        }
        if !cursor.is_done() {
            return None;
        }
        found.written()
    }
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn gather(text: &str, items: &mut Vec<Item>, faults: &mut Vec<String>) {
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() {
            items.push(Item::Space);
            continue;
        }
        if letter != '%' {
            let mut bytes = [0; 4];
            items.extend(letter.encode_utf8(&mut bytes).bytes().map(Item::Byte));
            continue;
        }
        let mut directive = letters.next();
        if matches!(directive, Some('-' | '_' | '0')) {
            directive = letters.next();
        }
        let Some(directive) = directive else {
            faults.push("it ends with a lone %".to_string());
            return;
        };
        if directive == '%' {
            items.push(Item::Byte(b'%'));
        } else if let Some((_, part)) = PARTS.iter().find(|(known, _)| *known == directive) {
            items.push(Item::Part(*part));
        } else if let Some((_, long)) = SHORTHANDS.iter().find(|(known, _)| *known == directive) {
            gather(long, items, faults);
        } else {
            faults.push(format!("%{directive} is not understood"));
        }
    }
}

/// What is there twice, what is missing, and what does not go together.
fn misfits(parts: &[Part]) -> Vec<String> {
    use Part::{Day, HalfHour, Hour, Meridiem, Minute, Month, MonthName, Second, ShortYear, Year};
    let count = |wanted: &[Part]| parts.iter().filter(|part| wanted.contains(part)).count();
    let mut misfits = Vec::new();
    for (wanted, name, letters) in [
        (&[Year, ShortYear][..], "year", "%Y or %y"),
        (&[Month, MonthName], "month", "%m or %b"),
        (&[Day], "day", "%d"),
    ] {
        if count(wanted) == 0 {
            misfits.push(format!("it has no {name} ({letters})"));
        }
    }
    for (wanted, name) in [
        (&[Year, ShortYear][..], "year"),
        (&[Month, MonthName], "month"),
        (&[Day], "day"),
        (&[Hour, HalfHour], "hour"),
        (&[Minute], "minute"),
        (&[Second], "second"),
        (&[Part::Fraction], "fraction of a second"),
        (&[Meridiem], "AM or PM"),
        (&[Part::Offset], "offset"),
    ] {
        if count(wanted) > 1 {
            misfits.push(format!("it has the {name} twice"));
        }
    }
    if count(&[HalfHour]) != count(&[Meridiem]) {
        misfits.push("%I and %p need each other".to_string());
    }
    misfits
}

/// The parts found in a text so far.
#[derive(Default)]
struct Found {
    year: i32,
    month: u32,
    day: u32,
    hour: u64,
    minute: u64,
    second: u64,
    is_afternoon: Option<bool>,
    offset: Option<i32>,
}

impl Found {
    fn take(&mut self, part: Part, cursor: &mut Cursor) -> Option<()> {
        let mut number = |most| {
            let (number, length) = cursor.number(most);
            (length > 0).then_some(number)
        };
        match part {
            Part::Year => self.year = number(4)? as i32,
            Part::ShortYear => self.year = full_year(number(2)? as u16),
            Part::Month => self.month = number(2)? as u32,
            Part::Day => self.day = number(2)? as u32,
            Part::Hour | Part::HalfHour => self.hour = number(2)?,
            Part::Minute => self.minute = number(2)?,
            Part::Second => self.second = number(2)?,
            Part::Fraction => {
                number(9)?;
            }
            Part::MonthName => self.month = month(cursor)?,
            Part::Weekday => weekday(cursor).then_some(())?,
            Part::Meridiem => {
                let is_morning = meridiem(cursor, b'A');
                self.is_afternoon = Some(!is_morning);
                (is_morning || meridiem(cursor, b'P')).then_some(())?;
            }
            Part::Offset => self.offset = Some(offset(cursor)?),
        }
        Some(())
    }

    fn written(&self) -> Option<Written> {
        let day = Day::of(self.year, self.month, self.day)?;
        let seconds = of_day(self.hour, self.is_afternoon, seconds(self.minute, self.second)?)?;
        let moment = Moment::from_seconds(day.midnight().seconds() + seconds)?;
        Some(Written { moment, offset: self.offset })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(format: &str) -> Result<DateFormat, Error> {
        DateFormat::parse(format, Place::option("--date-format"))
    }

    fn read(format: &str, text: &str) -> Option<String> {
        let format = parse(format).unwrap_or_else(|fault| panic!("{fault}"));
        let written = format.read(text.as_bytes())?;
        let offset = written.offset.map_or(String::new(), |offset| format!(" {offset}"));
        Some(written.moment.to_string() + &offset)
    }

    /// Expected: Python 3.12, `datetime.strptime(text, format)`.
    #[test]
    fn formats_are_read_as_by_strptime() {
        let cases = [
            ("%d/%m/%Y %H:%M", "01/12/2010 08:26", "2010-12-01T08:26:00"),
            ("%d/%m/%Y %H:%M", "1/2/2010 8:6", "2010-02-01T08:06:00"),
            ("%m/%d/%y %I:%M %p", "12/1/10 08:26 PM", "2010-12-01T20:26:00"),
            ("%m/%d/%y %I:%M %p", "12/1/10 12:26 am", "2010-12-01T00:26:00"),
            ("%b %d, %Y", "Dec 01, 2010", "2010-12-01T00:00:00"),
            ("%A, %d %B %Y", "wednesday, 1 december 2010", "2010-12-01T00:00:00"),
            ("%Y%m%d%H%M%S", "20101201082605", "2010-12-01T08:26:05"),
            (
                "%Y-%m-%dT%H:%M:%S.%f%z",
                "2010-12-01T08:26:05.123456+0530",
                "2010-12-01T08:26:05 19800",
            ),
            ("%y%m%d", "690101", "1969-01-01T00:00:00"),
            ("%y%m%d", "680101", "2068-01-01T00:00:00"),
            ("%d%%%m%%%Y", "01%12%2010", "2010-12-01T00:00:00"),
        ];
        for (format, text, moment) in cases {
            assert_eq!(read(format, text).as_deref(), Some(moment), "{format} {text}");
        }
    }

    #[test]
    fn shorthands_and_other_alphabets_are_read() {
        assert_eq!(read("%F %T", "2010-12-01 08:26:05").unwrap(), "2010-12-01T08:26:05");
        assert_eq!(read("%D %R", "12/1/10 08:26").unwrap(), "2010-12-01T08:26:00");
        assert_eq!(read("%-d.%-m.%Y", "1.12.2010").unwrap(), "2010-12-01T00:00:00");
        assert_eq!(read("%Y年%m月%d日", "2010年12月1日").unwrap(), "2010-12-01T00:00:00");
    }

    #[test]
    fn what_does_not_fit_is_none() {
        for text in ["2010-12-01", "01/12/2010", "32/12/2010 08:26", "01/12/2010 08:26:00", "", "%"]
        {
            assert_eq!(read("%d/%m/%Y %H:%M", text), None, "{text}");
        }
    }

    #[test]
    fn a_format_is_refused_with_all_that_is_wrong() {
        let fault = parse("%Q %Y %y %j %I%").unwrap_err().to_string();
        assert_eq!(
            fault.lines().next().unwrap_or_default(),
            "error[date-format-invalid]: the date format “%Q %Y %y %j %I%” cannot be used: %Q is not understood, %j is not \
             understood, it ends with a lone %, it has no month (%m or %b), it has no day (%d), it \
             has the year twice and %I and %p need each other"
        );
        assert!(parse("").is_err());
    }
}

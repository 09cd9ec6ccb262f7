//! How a column writes its dates.

use super::named::named;
use super::numeric::{Parsed, numeric};
use super::translate::translated;
use super::{DateForm, DateFormat, DateOrder, Written, serial};
use crate::diagnostic::{Code, Diagnostic};
use crate::transactions::read::{Read, is_absent, trimmed};

/// The way in which the dates of a column are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// By the shape of each value; the order counts where the shape leaves it open.
    Shape(DateOrder),
    /// By a format.
    Format(DateFormat),
    /// As Excel's serial numbers in the 1900 system.
    Excel,
    /// As seconds since 1970-01-01 00:00 UTC.
    Unix,
    /// As thousandths of a second since 1970-01-01 00:00 UTC.
    UnixMillis,
}

impl DateStyle {
    /// The style that an option names: `dmy`, `mdy`, `ymd`, `excel`, `unix`, `unix-ms`, or a format
    /// such as `%d/%m/%Y %H:%M`.
    ///
    /// # Errors
    /// `date-format-invalid`.
    pub fn parse(option: &str) -> Result<DateStyle, Diagnostic> {
        let word = option.trim().to_ascii_lowercase();
        if let Some(order) = DateOrder::ALL.into_iter().find(|order| order.name() == word) {
            return Ok(DateStyle::Shape(order));
        }
        match word.as_str() {
            "excel" => Ok(DateStyle::Excel),
            "unix" => Ok(DateStyle::Unix),
            "unix-ms" => Ok(DateStyle::UnixMillis),
            _ if option.contains('%') => Ok(DateStyle::Format(DateFormat::parse(option.trim())?)),
            _ => {
                let message = format!("“{option}” is no date format");
                Err(Diagnostic::error(Code::DateFormatInvalid, message).hint(
                    "one of dmy, mdy, ymd, excel, unix, unix-ms, or a format such as %d/%m/%Y %H:%M",
                ))
            }
        }
    }

    /// What the text says as a date and time; a date alone is its midnight.
    ///
    /// By shape are understood: `2011-12-09`, also with `/` or `.`, and `20111209`; `9/12/2011`,
    /// `9.12.2011`, `9-12-11` in the order of the style; months by their English names; `2011年12月9日`;
    /// Excel's serial numbers of five digits. Behind it a time: `8:26`, `T08:26:05.123`, `8:26 PM`,
    /// `上午8:26`, and `Z`, `UTC`, `+08:00` or `+0800`. Years of two digits are 1969 to 2068.
    ///
    /// ```
    /// use custval::transactions::{DateOrder, DateStyle, Read};
    ///
    /// let style = DateStyle::Shape(DateOrder::MonthFirst);
    /// let Read::Value(written) = style.read(b"12/9/2011 12:50") else { panic!() };
    /// assert_eq!(written.moment.to_string(), "2011-12-09T12:50:00");
    /// assert_eq!(style.read(b"13/9/2011"), Read::Wrong);
    /// assert_eq!(style.read(b" "), Read::Empty);
    /// ```
    pub fn read(&self, text: &[u8]) -> Read<Written> {
        let written = match self {
            DateStyle::Shape(order) => {
                return match parsed(text) {
                    Read::Value(parsed) => parsed.written(*order).map_or(Read::Wrong, Read::Value),
                    Read::Empty => Read::Empty,
                    Read::Wrong => Read::Wrong,
                };
            }
            DateStyle::Format(format) => format.read(bare(text)),
            DateStyle::Excel => serial::excel(text).map(|moment| Written { moment, offset: None }),
            DateStyle::Unix => utc(text, 1),
            DateStyle::UnixMillis => utc(text, 1000),
        };
        match written {
            Some(written) => Read::Value(written),
            None if is_empty(text) => Read::Empty,
            None => Read::Wrong,
        }
    }
}

fn utc(text: &[u8], per_second: i128) -> Option<Written> {
    serial::unix(text, per_second).map(|moment| Written { moment, offset: Some(0) })
}

fn bare(text: &[u8]) -> &[u8] {
    std::str::from_utf8(text).map_or(text, |text| trimmed(text).as_bytes())
}

fn is_empty(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| is_absent(trimmed(text)))
}

/// The date and time of a text by its shape, whichever order its parts have.
pub(super) fn parsed(text: &[u8]) -> Read<Parsed> {
    match numeric(text.trim_ascii()) {
        Some(parsed) => Read::Value(parsed),
        None => unusual(text),
    }
}

/// Everything but digits and separators; slower.
fn unusual(text: &[u8]) -> Read<Parsed> {
    let Ok(text) = std::str::from_utf8(text) else {
        return Read::Wrong;
    };
    let text = trimmed(text);
    if is_absent(text) {
        return Read::Empty;
    }
    let Some(plain) = translated(text) else {
        return Read::Wrong;
    };
    match numeric(plain.bytes()).or_else(|| named(plain.bytes())) {
        Some(parsed) if plain.is_chinese => {
            Read::Value(Parsed { form: DateForm::Chinese, ..parsed })
        }
        Some(parsed) => Read::Value(parsed),
        None => Read::Wrong,
    }
}

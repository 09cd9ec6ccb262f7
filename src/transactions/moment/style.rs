//! How a column writes its dates.

use super::named::named;
use super::numeric::{Parsed, numeric};
use super::translate::translated;
use super::usual::usual;
use super::{DateForm, DateFormat, DateOrder, Written, serial};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Place};
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
    /// such as `%d/%m/%Y %H:%M`. `place` is where it was given.
    ///
    /// # Errors
    /// `date-format-invalid`.
    pub fn parse(text: &str, place: Place) -> Result<DateStyle, Error> {
        let word = text.trim().to_ascii_lowercase();
        if let Some(order) = DateOrder::ALL.into_iter().find(|order| order.name() == word) {
            return Ok(DateStyle::Shape(order));
        }
        match word.as_str() {
            "excel" => Ok(DateStyle::Excel),
            "unix" => Ok(DateStyle::Unix),
            "unix-ms" => Ok(DateStyle::UnixMillis),
            _ if text.contains('%') => {
                Ok(DateStyle::Format(DateFormat::parse(text.trim(), place)?))
            }
            _ => {
                let message = format!("“{text}” is no date format");
                let fault = Diagnostic::error(Code::DateFormatInvalid, message).at(place).hint(
                    "one of dmy, mdy, ymd, excel, unix, unix-ms, or a format such as %d/%m/%Y %H:%M",
                );
                Err(fault.into())
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

/// The form of a date that needs no order of its parts, and what it says.
pub(in crate::transactions) fn known_form(text: &[u8]) -> Option<(DateForm, Written)> {
    let parsed = parsed(text).value().filter(|parsed| parsed.open().is_none())?;
    Some((parsed.form, parsed.written(DateOrder::YearFirst)?))
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
#[inline]
pub(super) fn parsed(text: &[u8]) -> Read<Parsed> {
    match usual(text).or_else(|| numeric(text.trim_ascii())) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transactions::Day;
    use proptest::prelude::*;

    fn read(text: &str, order: DateOrder) -> Read<Written> {
        DateStyle::Shape(order).read(text.as_bytes())
    }

    fn style(option: &str) -> Result<DateStyle, Error> {
        DateStyle::parse(option, Place::option("--date-format"))
    }

    /// The moment and the offset as text, the same in every order of the parts.
    fn known(text: &str) -> Option<String> {
        let [month, day, year] = DateOrder::ALL.map(|order| read(text, order));
        assert_eq!((month, day), (day, year), "{text}");
        let written = day.value()?;
        Some(match written.offset {
            Some(offset) => format!("{} {offset}", written.moment),
            None => written.moment.to_string(),
        })
    }

    #[test]
    fn dates_that_say_their_year_first_are_read() {
        for text in [
            "2011-12-09",
            "2011/12/09",
            "2011.12.09",
            "2011/12/9",
            "20111209",
            " 2011-12-09\n",
            "２０１１－１２－０９",
            "２０１１／１２／９",
            "\u{feff}2011-12-09",
            "2011\u{2212}12\u{2212}09",
            "2011年12月9日",
            "2011年12月09日 ",
            "2011 年 12 月 9 日",
            "2011年12月9号 星期五",
            "周五 2011-12-09",
            "9 Dec 2011",
            "9 December 2011",
            "09-DEC-2011",
            "09-Dec-11",
            "9/dec/2011",
            "9. Dec. 2011",
            "Dec 9, 2011",
            "December 9th, 2011",
            "Dec. 9 2011",
            "dec-09-2011",
            "2011-Dec-09",
            "2011 December 9",
            "Fri, 9 Dec 2011",
            "Friday, December 9, 2011",
            "Fri 2011-12-09",
            "40886",
            "40886.0",
        ] {
            assert_eq!(known(text).as_deref(), Some("2011-12-09T00:00:00"), "{text}");
        }
    }

    #[test]
    fn times_behind_dates_are_read() {
        let read: [(&str, &str); 44] = [
            ("2011-12-09 8:26", "08:26:00"),
            ("2011-12-09T08:26", "08:26:00"),
            ("2011-12-09t08:26:05", "08:26:05"),
            ("2011-12-09 08:26:05.000000000", "08:26:05"),
            ("2011-12-09 08:26:05,999", "08:26:05"),
            ("2011-12-09, 08:26", "08:26:00"),
            ("2011-12-09:08:26:05", "08:26:05"),
            ("2011-12-09   20:26", "20:26:00"),
            ("2011-12-09 8:26 AM", "08:26:00"),
            ("2011-12-09 8:26 pm", "20:26:00"),
            ("2011-12-09 8:26:05PM", "20:26:05"),
            ("2011-12-09 8:26\u{202f}p.m.", "20:26:00"),
            ("2011-12-09 12:26 AM", "00:26:00"),
            ("2011-12-09 12:26 PM", "12:26:00"),
            ("2011-12-09 8 PM", "20:00:00"),
            ("2011-12-09 23:59:60", "23:59:59"),
            ("20111209T082605", "08:26:05"),
            ("20111209 0826", "08:26:00"),
            ("20111209082605", "08:26:05"),
            ("201112090826", "08:26:00"),
            ("2011-12-09T08:26:05Z", "08:26:05 0"),
            ("20111209T082605Z", "08:26:05 0"),
            ("2011-12-09T08:26:05.123+08:00", "08:26:05 28800"),
            ("2011-12-09 08:26:05 -0530", "08:26:05 -19800"),
            ("2011-12-09 08:26:05+08", "08:26:05 28800"),
            ("2011-12-09 08:26:05 UTC", "08:26:05 0"),
            ("2011-12-09 08:26:05 GMT+0800", "08:26:05 28800"),
            ("2011-12-09 08:26:05 UTC+8", "08:26:05 28800"),
            ("2011-12-09 08:26:05 +0000 UTC", "08:26:05 0"),
            ("2011-12-09Z", "00:00:00 0"),
            ("2011-12-09+01:00", "00:00:00 3600"),
            ("2011年12月9日 上午8:26", "08:26:00"),
            ("2011年12月9日下午8:26:05", "20:26:05"),
            ("2011/12/9 下午 08:26:05", "20:26:05"),
            ("2011年12月9日 8时26分", "08:26:00"),
            ("2011年12月9日8时26分5秒", "08:26:5"),
            ("2011年12月9日08时26分05秒", "08:26:05"),
            ("2011年12月9日 20点", "20:00:00"),
            ("Fri Dec  9 08:26:05 2011", "08:26:05"),
            ("Fri Dec 9 08:26:05 +0800 2011", "08:26:05 28800"),
            ("Fri, 09 Dec 2011 08:26:05 +0000", "08:26:05 0"),
            ("Fri Dec 09 2011 08:26:05 GMT+0100 (Central European Time)", "08:26:05 3600"),
            ("09/Dec/2011:08:26:05 +0000", "08:26:05 0"),
            ("December 9, 2011 at 8:26 PM", "20:26:00"),
        ];
        for (text, time) in read {
            let expected = (time != "08:26:5").then(|| format!("2011-12-09T{time}"));
            assert_eq!(known(text), expected, "{text}");
        }
        assert_eq!(known("2011-12-08 24:00").as_deref(), Some("2011-12-09T00:00:00"));
        assert_eq!(known("40886.35138888889").as_deref(), Some("2011-12-09T08:26:00"));
    }

    #[test]
    fn the_order_decides_where_the_year_is_last() {
        use DateOrder::{DayFirst, MonthFirst, YearFirst};
        let cases = [
            ("1/2/2011 8:26", MonthFirst, "2011-01-02T08:26:00"),
            ("1/2/2011 8:26", DayFirst, "2011-02-01T08:26:00"),
            ("01-02-2011", DayFirst, "2011-02-01T00:00:00"),
            ("31.12.2011", DayFirst, "2011-12-31T00:00:00"),
            ("12/1/10 8:26 PM", MonthFirst, "2010-12-01T20:26:00"),
            ("1.2.11", DayFirst, "2011-02-01T00:00:00"),
            ("11/2/1", YearFirst, "2011-02-01T00:00:00"),
            ("1/2/68", DayFirst, "2068-02-01T00:00:00"),
            ("1/2/69", DayFirst, "1969-02-01T00:00:00"),
        ];
        for (text, order, moment) in cases {
            let written = read(text, order).value().map(|written| written.moment.to_string());
            assert_eq!(written.as_deref(), Some(moment), "{text}");
        }
        for (text, order) in [
            ("13/1/2011", MonthFirst),
            ("1/13/2011", DayFirst),
            ("1/2/2011", YearFirst),
            ("1/2/1", DayFirst),
            ("1/2/011", DayFirst),
        ] {
            assert_eq!(read(text, order), Read::Wrong, "{text}");
        }
    }

    #[test]
    fn what_is_absent_is_told_from_what_is_wrong() {
        for absent in ["", " ", "NaT", "nan", "NULL", "\u{a0}", "N/A"] {
            assert_eq!(read(absent, DateOrder::DayFirst), Read::Empty, "{absent}");
        }
        for wrong in [
            "yesterday",
            "2011",
            "2011-12",
            "12/2011",
            "2011-13-09",
            "2011-02-29",
            "2011-12-32",
            "0000-00-00",
            "2011-12/09",
            "2011--12-09",
            "2011-12-09-08",
            "2011-12-09T",
            "2011-12-0908:26",
            "2011-12-09 25:00",
            "2011-12-09 24:01",
            "2011-12-09 8:60",
            "2011-12-09 8:26:61",
            "2011-12-09 8",
            "2011-12-09 8:6",
            "2011-12-09 13:26 PM",
            "2011-12-09 8:26 XM",
            "2011-12-09 08:26 EST",
            "2011-12-09 08:26:05.",
            "2011-12-09 08:26+19:00",
            "20111309",
            "123456",
            "1234",
            "00001",
            "12345678901",
            "40886.5 USD",
            "-40886",
            "9 Foo 2011",
            "Dec 2011",
            "Dec 9",
            "32 Dec 2011",
            "9 Dec 20111",
            "2011年12月",
            "2011年13月9日",
            "2011-12-09 早上",
            "1/2/2011/3",
            "٢٠١١-١٢-٠٩",
            "#VALUE!",
            "9999999-1-1",
        ] {
            for order in DateOrder::ALL {
                assert_eq!(read(wrong, order), Read::Wrong, "{wrong}");
            }
        }
        assert_eq!(DateStyle::Unix.read(b"\xff"), Read::Wrong);
        assert_eq!(DateStyle::Excel.read(b" "), Read::Empty);
    }

    #[test]
    fn numbers_are_dates_where_the_user_says_so() {
        let read = |option: &str, text: &str| {
            let style = style(option).unwrap_or_else(|fault| panic!("{fault}"));
            style.read(text.as_bytes()).value().map(|written| written.moment.to_string())
        };
        assert_eq!(read("excel", "1").unwrap(), "1900-01-01T00:00:00");
        assert_eq!(read("Excel", "40,513.5").unwrap(), "2010-12-01T12:00:00");
        assert_eq!(read("unix", "1291191960").unwrap(), "2010-12-01T08:26:00");
        assert_eq!(read("unix", "-0.5").unwrap(), "1969-12-31T23:59:59");
        assert_eq!(read("unix-ms", "1291191960999").unwrap(), "2010-12-01T08:26:00");
        assert_eq!(read("unix", "1e30"), None);
        assert_eq!(read(" DMY ", "1/2/2011").unwrap(), "2011-02-01T00:00:00");
        assert_eq!(read("%d.%m.%Y", " 1.2.2011 ").unwrap(), "2011-02-01T00:00:00");
        let written = DateStyle::Unix.read(b"0").value().unwrap();
        assert_eq!(written.offset, Some(0));
        let fault = style("european").unwrap_err().to_string();
        assert!(fault.starts_with("error[date-format-invalid]: “european” is no date format\n"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(text in proptest::collection::vec(any::<u8>(), 0..60)) {
            for option in ["dmy", "mdy", "ymd", "excel", "unix", "unix-ms", "%d/%m/%Y %I:%M %p"] {
                let _ = style(option).map(|style| style.read(&text));
            }
        }

        #[test]
        fn any_marks_are_read_without_a_panic(
            text in "[-+0-9/.:,TZ ]{0,30}|[0-9]{1,4}[-/.年 ][0-9]{1,2}[-/.月 ][0-9]{1,4}[日 T]?[-+0-9:.,APMZ ]{0,20}|[A-Za-z]{0,4}[, ][0-9adDec年月日时点分秒上下午期星周:() ]{0,30}",
        ) {
            for order in DateOrder::ALL {
                let _ = read(&text, order);
            }
        }

        /// Every moment that is written in any of these forms is read again.
        #[test]
        fn what_is_written_is_read(
            number in Day::FIRST.number()..=Day::LAST.number(),
            second in 0_i64..86_400,
        ) {
            let day = Day::from_number(number).unwrap();
            let moment = day.midnight().later(second);
            let (year, month, of_month) = day.civil();
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                "Dec"][month as usize - 1];
            let time = format!("{hour:02}:{minute:02}:{second:02}");
            let (half, of_half) = (if hour < 12 { "AM" } else { "PM" }, (hour + 11) % 12 + 1);
            let chinese = if hour < 12 { "上午" } else { "下午" };
            let written = Read::Value(Written { moment, offset: None });
            for text in [
                moment.to_string(),
                format!("{year:04}/{month}/{of_month} {hour}:{minute:02}:{second:02}"),
                format!("{year:04}-{month:02}-{of_month:02} {time}.000000000"),
                format!("{of_month} {name} {year:04} {of_half}:{minute:02}:{second:02} {half}"),
                format!("{name} {of_month}, {year:04} {time}"),
                format!("{year:04}年{month}月{of_month}日 {chinese}{of_half}:{minute:02}:{second:02}"),
            ] {
                prop_assert_eq!(read(&text, DateOrder::YearFirst), written, "{}", text);
            }
            let last = format!("{month}/{of_month}/{year:04} {time}");
            prop_assert_eq!(read(&last, DateOrder::MonthFirst), written, "{}", last);
            let last = format!("{of_month:02}.{month:02}.{year:04} {time}");
            prop_assert_eq!(read(&last, DateOrder::DayFirst), written, "{}", last);
            if year >= 1000 {
                let compact = format!("{year}{month:02}{of_month:02}T{hour:02}{minute:02}{second:02}");
                prop_assert_eq!(read(&compact, DateOrder::DayFirst), written, "{}", compact);
            }
            let format = style("%Y-%m-%d %H:%M:%S").unwrap();
            let text = format!("{year:04}-{month:02}-{of_month:02} {time}");
            prop_assert_eq!(format.read(text.as_bytes()), written);
        }
    }
}

//! The Gregorian calendar, by days since 1970-01-01.

use crate::transactions::day_of;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

const SECONDS_PER_DAY: i64 = 86_400;

/// A day of the local calendar, as days since 1970-01-01; from the year 1 to 9999.
///
/// ```
/// use custval::transactions::Day;
///
/// let day = Day::of(2011, 12, 9).unwrap();
/// assert_eq!(day.number(), 15_317);
/// assert_eq!(day.weekday(), 5); // a Friday
/// assert_eq!(day.iso_week(), (2011, 49));
/// assert_eq!(day.to_string(), "2011-12-09");
/// assert_eq!(Day::of(2011, 2, 29), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// 0001-01-01.
    pub const FIRST: Day = Day(-719_162);
    /// 9999-12-31.
    pub const LAST: Day = Day(2_932_896);

    /// The day of a year (1 to 9999), month and day of the month; `None` if there is no such day.
    #[inline]
    pub fn of(year: i32, month: u32, day: u32) -> Option<Day> {
        let is_day = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && (day <= 28 || day <= days_in(year, month));
        is_day.then(|| {
            // Years begin in March here, so that a leap day ends its year (Hinnant, "chrono-
            // Compatible Low-Level Date Algorithms").
            let year = year - i32::from(month <= 2);
            let month = if month > 2 { month - 3 } else { month + 9 };
            let day_of_year = (153 * month + 2) / 5 + day - 1;
            Day(365 * year + year / 4 - year / 100 + year / 400 + day_of_year as i32 - 719_468)
        })
    }

    /// The day that lies so many days after 1970-01-01; `None` beyond the years 1 to 9999.
    pub fn from_number(number: i32) -> Option<Day> {
        (Day::FIRST.0..=Day::LAST.0).contains(&number).then_some(Day(number))
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn civil(self) -> (i32, u32, u32) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        (year + era * 400 + i32::from(month <= 2), month as u32, day as u32)
    }

    /// 1 for Monday to 7 for Sunday, as ISO 8601 counts.
    pub fn weekday(self) -> u32 {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7) as u32 + 1
    }

    /// The ISO 8601 week (1 to 53), and the year that it belongs to: that of its Thursday.
    pub fn iso_week(self) -> (i32, u32) {
        let thursday = Day(self.0 + 4 - self.weekday() as i32);
        let (year, _, _) = thursday.civil();
        (year, (thursday.0 - first_of(year)) as u32 / 7 + 1)
    }

    /// Months since January of the year 0: equal for two days of one month, one more in the next.
    pub fn month_number(self) -> i32 {
        let (year, month, _) = self.civil();
        year * 12 + month as i32 - 1
    }

    /// The beginning of the day.
    pub fn midnight(self) -> Moment {
        Moment(i64::from(self.0) * SECONDS_PER_DAY)
    }
}

/// The number of the first day of a year.
fn first_of(year: i32) -> i32 {
    let before = year - 1;
    365 * before + before.div_euclid(4) - before.div_euclid(100)
        + before.div_euclid(400)
        + Day::FIRST.0
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `2011-12-09`
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// `"2011-12-09"`
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        day_of(&text).ok_or_else(|| de::Error::custom(format!("“{text}” is no day")))
    }
}

/// A date and time of the local calendar, as seconds since 1970-01-01 00:00 on the same clock.
/// Fractions of a second are left out.
///
/// ```
/// use custval::transactions::Day;
///
/// let moment = Day::of(2011, 12, 9).unwrap().midnight().later(12 * 3600 + 50 * 60);
/// assert_eq!(moment.to_string(), "2011-12-09T12:50:00");
/// assert_eq!(moment.day().to_string(), "2011-12-09");
/// assert_eq!(moment.hour(), 12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// The moment so many seconds after 1970-01-01 00:00; `None` beyond the years 1 to 9999.
    pub fn from_seconds(seconds: i64) -> Option<Moment> {
        let day = i32::try_from(seconds.div_euclid(SECONDS_PER_DAY)).ok()?;
        Day::from_number(day).map(|_| Moment(seconds))
    }

    /// Seconds since 1970-01-01 00:00.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// So many seconds later (earlier if below nought). Beyond the years 1 to 9999 it stays at their
    /// first or last second.
    pub fn later(self, seconds: i64) -> Moment {
        let last = (i64::from(Day::LAST.0) + 1) * SECONDS_PER_DAY - 1;
        let moved = self.0.saturating_add(seconds);
        Moment(moved.clamp(i64::from(Day::FIRST.0) * SECONDS_PER_DAY, last))
    }

    /// Whole days of 24 hours from here to a later moment.
    pub fn whole_days_until(self, later: Moment) -> i32 {
        ((later.0 - self.0) / SECONDS_PER_DAY) as i32
    }

    /// The day that it lies in.
    pub fn day(self) -> Day {
        Day(self.0.div_euclid(SECONDS_PER_DAY) as i32)
    }

    /// Seconds since midnight.
    pub fn second_of_day(self) -> u32 {
        self.0.rem_euclid(SECONDS_PER_DAY) as u32
    }

    /// The hour of the day, 0 to 23.
    pub fn hour(self) -> u32 {
        self.second_of_day() / 3600
    }
}

/// `2011-12-09T12:50:00`
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.second_of_day();
        let (hour, minute) = (second / 3600, second / 60 % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{:02}", self.day(), second % 60)
    }
}

/// `"2011-12-09T12:50:00"`
impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = || {
            let (day, time) = text.split_once('T')?;
            let mut parts = time.split(':').map(|part| part.parse::<i64>().ok());
            let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
            let moment = day_of(day)?.midnight().later(hour * 3600 + minute * 60 + second);
            (moment.to_string() == text).then_some(moment)
        };
        read().ok_or_else(|| de::Error::custom(format!("“{text}” is no moment")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    /// Every day there is, against jiff: civil date and back, weekday, ISO week, text.
    #[test]
    fn every_day_is_that_of_jiff() {
        let mut expected = date(1, 1, 1);
        let mut number = Day::FIRST.number();
        loop {
            let day = Day::from_number(number).unwrap();
            let (year, month, of_month) = day.civil();
            let civil = (expected.year().into(), expected.month() as u32, expected.day() as u32);
            assert_eq!((year, month, of_month), civil);
            assert_eq!(Day::of(year, month, of_month), Some(day));
            let weekday = expected.weekday().to_monday_one_offset() as u32;
            assert_eq!(day.weekday(), weekday, "{day}");
            let week = expected.iso_week_date();
            assert_eq!(day.iso_week(), (week.year().into(), week.week() as u32), "{day}");
            match expected.tomorrow() {
                Ok(next) if expected != Date::MAX => expected = next,
                _ => break,
            }
            number += 1;
        }
        assert_eq!(number, Day::LAST.number());
        assert_eq!(Day::from_number(number + 1), None);
        assert_eq!(Day::from_number(Day::FIRST.number() - 1), None);
    }

    #[test]
    fn days_that_are_not_are_none() {
        let none = [
            (0, 1, 1),
            (10_000, 1, 1),
            (2011, 0, 1),
            (2011, 13, 1),
            (2011, 1, 0),
            (2011, 4, 31),
            (1900, 2, 29),
            (2011, 1, 32),
        ];
        for (year, month, day) in none {
            assert_eq!(Day::of(year, month, day), None, "{year}-{month}-{day}");
        }
        assert!(Day::of(2000, 2, 29).is_some());
        assert!(Day::of(2024, 2, 29).is_some());
    }

    #[test]
    fn moments_before_1970_lie_in_their_day() {
        let moment = Moment::from_seconds(-1).unwrap();
        assert_eq!(moment.to_string(), "1969-12-31T23:59:59");
        assert_eq!((moment.day().number(), moment.hour()), (-1, 23));
        assert_eq!(serde_json::to_string(&moment).unwrap(), "\"1969-12-31T23:59:59\"");
        assert_eq!(Day::FIRST.to_string(), "0001-01-01");
    }

    #[test]
    fn the_calendar_has_two_ends() {
        let last = Day::LAST.midnight().later(86_399);
        assert_eq!(last.to_string(), "9999-12-31T23:59:59");
        assert_eq!(last.later(1), last);
        assert_eq!(Moment::from_seconds(last.seconds() + 1), None);
        let first = Day::FIRST.midnight();
        assert_eq!(first.later(i64::MIN), first);
        assert_eq!(Moment::from_seconds(first.seconds() - 1), None);
        assert_eq!(Moment::from_seconds(i64::MAX), None);
    }

    #[test]
    fn months_are_counted_through_the_years() {
        let month = |year, month, day| Day::of(year, month, day).unwrap().month_number();
        assert_eq!(month(2011, 1, 1) - month(2010, 12, 31), 1);
        assert_eq!(month(2011, 12, 31) - month(2011, 1, 1), 11);
    }
}

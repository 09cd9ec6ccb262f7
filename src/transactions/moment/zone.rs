//! Time zones: from what the clock showed where a sale was written to what it showed at home.

use super::cursor::Cursor;
use super::{Moment, Written, time};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Place, nearest};
use crate::transactions::read::Sight;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use std::fmt;

/// A time zone: a fixed offset from UTC, or a place with its summer times.
///
/// The rules of places are those of the IANA time zone database, which is part of the program, so
/// that every machine gives the same answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// UTC.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// The zone of a name (`Asia/Shanghai`, `UTC`) or an offset (`+08:00`). `place` is where it
    /// was given.
    ///
    /// ```
    /// use custval::diagnostic::Place;
    /// use custval::transactions::Zone;
    ///
    /// let zone = |name| Zone::parse(name, Place::option("--time-zone"));
    /// assert_eq!(zone("asia/shanghai").unwrap().to_string(), "Asia/Shanghai");
    /// assert_eq!(zone("+08:00").unwrap().to_string(), "+08:00");
    /// assert!(zone("Asia/Shanghay").is_err());
    /// ```
    ///
    /// # Errors
    /// `time-zone-unknown`, with the nearest name.
    pub fn parse(name: &str, place: Place) -> Result<Zone, Error> {
        let name = name.trim();
        let mut cursor = Cursor::new(name.as_bytes());
        if let Some(offset) = time::offset(&mut cursor).filter(|_| cursor.is_done()) {
            return Ok(Zone::fixed(offset));
        }
        let database = TimeZoneDatabase::bundled();
        if let Ok(zone) = database.get(name) {
            return Ok(Zone(zone));
        }
        let known: Vec<String> = database.available().map(|known| known.to_string()).collect();
        let hint = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean {near}? An offset such as +08:00 will do as well"),
            None => "a name such as Europe/London or Asia/Shanghai, UTC, or an offset such as \
                     +08:00"
                .to_string(),
        };
        let message = format!("“{name}” is no time zone");
        Err(Diagnostic::error(Code::TimeZoneUnknown, message).at(place).hint(hint).into())
    }

    /// So many seconds ahead of UTC.
    fn fixed(offset: i32) -> Zone {
        match Offset::from_seconds(offset) {
            Ok(Offset::UTC) | Err(_) => Zone::utc(),
            Ok(offset) => Zone(TimeZone::fixed(offset)),
        }
    }

    /// What a clock in this zone shows, when UTC's shows `moment`.
    fn local(&self, utc: Moment) -> Moment {
        match Timestamp::from_second(utc.seconds()) {
            Ok(instant) => utc.later(self.0.to_offset(instant).seconds().into()),
            Err(_) => utc,
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.iana_name() {
            Some(name) => f.write_str(name),
            None => match self.0.to_fixed_offset() {
                Ok(offset) => f.write_str(&written(offset.seconds())),
                Err(_) => f.write_str("UTC"),
            },
        }
    }
}

/// `+08:00`
fn written(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Which clock the moments of a column are read by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The one that they were written by; offsets are left out.
    AsWritten,
    /// That of a zone. Moments without an offset are taken as they are written.
    In(Zone),
}

impl Clock {
    /// What this clock showed at the moment.
    ///
    /// ```
    /// use custval::diagnostic::Place;
    /// use custval::transactions::{Clock, DateOrder, DateStyle, Zone};
    ///
    /// let style = DateStyle::Shape(DateOrder::YearFirst);
    /// let written = style.read(b"2024-03-01T20:30:00Z").value().unwrap();
    /// let shanghai = Zone::parse("Asia/Shanghai", Place::option("--time-zone")).unwrap();
    /// assert_eq!(Clock::In(shanghai).local(written).to_string(), "2024-03-02T04:30:00");
    /// assert_eq!(Clock::AsWritten.local(written).to_string(), "2024-03-01T20:30:00");
    /// ```
    pub fn local(&self, written: Written) -> Moment {
        match (self, written.offset) {
            (Clock::AsWritten, _) | (_, None) => written.moment,
            (Clock::In(zone), Some(offset)) => zone.local(written.moment.later(-i64::from(offset))),
        }
    }
}

/// An offset and the first value that had it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    offset: i32,
    sight: Sight,
}

/// Which offsets from UTC the moments of a column were written with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offsets {
    with: u64,
    without: u64,
    /// The first value with an offset, and the first with another one.
    first: Option<Seen>,
    other: Option<Seen>,
}

impl Offsets {
    /// Looks at a moment, its text and its row.
    pub fn see(&mut self, written: &Written, text: &[u8], row: u64) {
        self.see_offset(written.offset, text, row);
    }

    pub(super) fn see_offset(&mut self, offset: Option<i32>, text: &[u8], row: u64) {
        let Some(offset) = offset else {
            self.without += 1;
            return;
        };
        self.with += 1;
        let is_kept = |kept: &Option<Seen>| {
            kept.as_ref().is_some_and(|kept| kept.offset == offset && kept.sight.row <= row)
        };
        if is_kept(&self.first) || is_kept(&self.other) {
            return;
        }
        let mut sight = None;
        Sight::keep(&mut sight, text, row);
        if let Some(sight) = sight {
            self.take(Seen { offset, sight });
        }
    }

    /// Keeps the two that stand first among those known and a new one.
    fn take(&mut self, new: Seen) {
        let mut all: Vec<Seen> =
            self.first.take().into_iter().chain(self.other.take()).chain([new]).collect();
        all.sort_by_key(|seen| seen.sight.row);
        let mut all = all.into_iter();
        self.first = all.next();
        self.other = all.find(|seen| self.first.as_ref().is_some_and(|f| f.offset != seen.offset));
    }

    /// Takes in what was seen elsewhere in the same column.
    pub fn merge(&mut self, other: &Offsets) {
        self.with += other.with;
        self.without += other.without;
        for seen in other.first.iter().chain(&other.other) {
            self.take(seen.clone());
        }
    }

    /// How many moments had an offset.
    pub fn with(&self) -> u64 {
        self.with
    }

    /// How many had none.
    pub fn without(&self) -> u64 {
        self.without
    }

    /// The offset that all moments with one share, in seconds ahead of UTC.
    pub fn only(&self) -> Option<i32> {
        self.first.as_ref().filter(|_| self.other.is_none()).map(|seen| seen.offset)
    }

    /// The first value with an offset and the first with another one, where there are several.
    pub fn differing(&self) -> Option<(&Sight, &Sight)> {
        Some((&self.first.as_ref()?.sight, &self.other.as_ref()?.sight))
    }

    /// The clock to read by: that of the zone that was asked for; without one, the clock that the
    /// moments were written by if all offsets are the same, else UTC's.
    pub fn clock(&self, asked: Option<&Zone>) -> Clock {
        match (asked, &self.other) {
            (Some(zone), _) => Clock::In(zone.clone()),
            (None, None) => Clock::AsWritten,
            (None, Some(_)) => Clock::In(Zone::utc()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DateOrder, DateStyle};
    use super::*;

    fn written(text: &str) -> Written {
        DateStyle::Shape(DateOrder::YearFirst).read(text.as_bytes()).value().unwrap()
    }

    fn parse(name: &str) -> Result<Zone, Error> {
        Zone::parse(name, Place::option("--time-zone"))
    }

    fn local(zone: &str, text: &str) -> String {
        let zone = parse(zone).unwrap_or_else(|fault| panic!("{fault}"));
        Clock::In(zone).local(written(text)).to_string()
    }

    /// Expected: Python 3's zoneinfo.
    #[test]
    fn local_times_are_those_of_the_zone_database() {
        let cases = [
            ("Asia/Shanghai", "2010-12-01T08:26:00Z", "2010-12-01T16:26:00"),
            ("Asia/Shanghai", "2011-07-01T23:59:59Z", "2011-07-02T07:59:59"),
            ("Europe/London", "2010-12-01T08:26:00Z", "2010-12-01T08:26:00"),
            ("Europe/London", "2011-03-27T01:30:00Z", "2011-03-27T02:30:00"),
            ("Europe/London", "2044-10-30T00:59:59Z", "2044-10-30T01:59:59"),
            ("America/New_York", "2011-03-27T01:30:00Z", "2011-03-26T21:30:00"),
            ("America/New_York", "2044-10-30T00:59:59Z", "2044-10-29T20:59:59"),
            ("Asia/Kolkata", "2010-12-01T08:26:00Z", "2010-12-01T13:56:00"),
            ("Australia/Lord_Howe", "2010-12-01T08:26:00Z", "2010-12-01T19:26:00"),
            ("Australia/Lord_Howe", "2011-07-01T23:59:59Z", "2011-07-02T10:29:59"),
        ];
        for (zone, text, expected) in cases {
            assert_eq!(local(zone, text), expected, "{zone} {text}");
        }
        assert_eq!(local("-03:30", "2011-07-01T01:00:00+02:00"), "2011-06-30T19:30:00");
        assert_eq!(local("UTC", "2011-07-01T01:00:00+02:00"), "2011-06-30T23:00:00");
        // What has no offset is as it is written; at the ends of the calendar there is nowhere to go.
        assert_eq!(local("Asia/Shanghai", "2011-07-01T01:00:00"), "2011-07-01T01:00:00");
        assert_eq!(local("Asia/Shanghai", "9999-12-31T23:00:00Z"), "9999-12-31T23:00:00");
        assert_eq!(local("America/New_York", "0001-01-01T00:00:00+08:00"), "0001-01-01T00:00:00");
    }

    #[test]
    fn unknown_zones_are_refused_with_the_nearest() {
        let fault = parse("Europe/Londen").unwrap_err().to_string();
        assert!(fault.contains("did you mean Europe/London?"), "{fault}");
        for unknown in ["", "Mars/Olympus", "+25:00", "8"] {
            let fault = parse(unknown).unwrap_err().to_string();
            assert!(fault.starts_with("error[time-zone-unknown]"), "{fault}");
        }
        for (name, shown) in
            [("utc", "UTC"), ("Z", "UTC"), ("+0530", "+05:30"), ("-08:00", "-08:00")]
        {
            assert_eq!(parse(name).unwrap().to_string(), shown);
        }
    }

    fn seen(values: &[&str]) -> Offsets {
        let mut offsets = Offsets::default();
        for (row, text) in (2..).zip(values) {
            offsets.see(&written(text), text.as_bytes(), row);
        }
        offsets
    }

    #[test]
    fn one_offset_keeps_the_written_time_and_several_do_not() {
        let one = seen(&["2011-01-01T08:00+08:00", "2011-01-02", "2011-01-03T09:00+08:00"]);
        assert_eq!((one.with(), one.without(), one.only()), (2, 1, Some(28_800)));
        assert_eq!(one.clock(None), Clock::AsWritten);
        let several = seen(&["2011-01-02", "2011-01-01T08:00Z", "2011-07-01T08:00+01:00"]);
        assert_eq!(several.only(), None);
        let (first, other) = several.differing().unwrap();
        assert_eq!((first.row, other.row), (3, 4));
        assert_eq!(several.clock(None), Clock::In(Zone::utc()));
        let zone = parse("Europe/London").unwrap();
        assert_eq!(several.clock(Some(&zone)), Clock::In(zone));
        assert_eq!(seen(&["2011-01-02"]).clock(None), Clock::AsWritten);
    }
}

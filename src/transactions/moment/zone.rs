//! Time zones: from what the clock showed where a sale was written to what it showed at home.

use super::cursor::Cursor;
use super::{Moment, Written, time};
use crate::diagnostic::{Code, Diagnostic, nearest};
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

    /// The zone of a name (`Asia/Shanghai`, `UTC`) or an offset (`+08:00`).
    ///
    /// ```
    /// use custval::transactions::Zone;
    ///
    /// assert_eq!(Zone::parse("asia/shanghai").unwrap().to_string(), "Asia/Shanghai");
    /// assert_eq!(Zone::parse("+08:00").unwrap().to_string(), "+08:00");
    /// assert!(Zone::parse("Asia/Shanghay").is_err());
    /// ```
    ///
    /// # Errors
    /// `time-zone-unknown`, with the nearest name.
    pub fn parse(name: &str) -> Result<Zone, Diagnostic> {
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
        Err(Diagnostic::error(Code::TimeZoneUnknown, message).hint(hint))
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
    /// use custval::transactions::{Clock, DateOrder, DateStyle, Zone};
    ///
    /// let style = DateStyle::Shape(DateOrder::YearFirst);
    /// let written = style.read(b"2024-03-01T20:30:00Z").value().unwrap();
    /// let shanghai = Clock::In(Zone::parse("Asia/Shanghai").unwrap());
    /// assert_eq!(shanghai.local(written).to_string(), "2024-03-02T04:30:00");
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

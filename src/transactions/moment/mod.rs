//! Dates and times as sales lines write them: days and seconds of the local calendar.

mod calendar;
mod cursor;
mod finding;
mod format;
mod named;
mod numeric;
mod order;
mod scout;
mod serial;
mod style;
mod time;
mod translate;
mod usual;
mod zone;

pub use calendar::{Day, Moment};
pub use finding::DateFinding;
pub use format::DateFormat;
pub use order::DateOrder;
pub use scout::{DateForm, DateScout};
pub use style::DateStyle;
pub(super) use style::known_form;
pub use zone::{Clock, Offsets, Zone};

/// A moment as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The calendar date and the time on the clock that were written.
    pub moment: Moment,
    /// By how many seconds that clock is ahead of UTC, where the text says so.
    pub offset: Option<i32>,
}

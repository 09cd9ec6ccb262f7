//! Shares of the sales.

use crate::transactions::line::Line;
use crate::transactions::{Moment, Money};
use std::collections::BTreeMap;

/// A share of the sales: one day, one hour of a weekday, one product, one country.
#[derive(Clone, Debug, Default)]
pub(crate) struct Share {
    pub lines: u64,
    pub money: Money,
}

impl Share {
    /// Adds a line; `None` if a sum goes beyond what can be held.
    #[inline]
    pub(super) fn add(&mut self, line: &Line) -> Option<()> {
        self.lines += 1;
        self.money = self.money.checked_add(line.money)?;
        Some(())
    }
}

/// The sales of each day.
#[derive(Default)]
pub(crate) struct Days {
    days: BTreeMap<i32, Share>,
    /// The day of the line added last, and its share so far: neighbours are mostly of one day.
    today: (i32, Share),
    now: Option<Moment>,
}

impl Days {
    #[inline]
    pub(super) fn add(&mut self, line: &Line) -> Option<()> {
        if self.now != Some(line.moment) {
            self.now = Some(line.moment);
            let day = line.moment.day().number();
            if self.today.0 != day {
                self.end_day();
                self.today.0 = day;
            }
        }
        self.today.1.add(line)
    }

    /// Adds the lines of the day at hand to those of the same day before.
    pub(super) fn end_day(&mut self) {
        let (day, share) = std::mem::take(&mut self.today);
        if share.lines > 0 {
            let known = self.days.entry(day).or_default();
            known.lines += share.lines;
            // What overflows here has overflowed in the customer's sum before.
            known.money = known.money.checked_add(share.money).unwrap_or_default();
        }
    }

    /// The days in their order, with their shares.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (i32, &Share)> {
        self.days.iter().map(|(day, share)| (*day, share))
    }
}

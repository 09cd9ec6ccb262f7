//! The figures that a shop looks at: each one aggregate, one table, one definition.

mod calendar;
mod cohort;
mod country;
mod product;

pub use calendar::{Hour, Month, hours, months};
pub use cohort::{Cohort, cohorts};
pub use country::{Country, countries};
pub use product::{Product, products};

use super::Day;

/// A month as people write it: 2011-03.
fn month_name(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// The month of a day's number, counted from the year 0.
fn month_of(day: i32) -> i32 {
    Day::from_number(day).map_or(0, Day::month_number)
}

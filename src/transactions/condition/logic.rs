//! The three-valued logic of SQL: true, false, and NULL where something is not known.

use super::Row;
use super::pattern::Pattern;
use super::term::{Number, Text, Time};
use std::cmp::Ordering;

/// How two values stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::Unequal => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::More => order.is_gt(),
            Comparison::MoreOrEqual => order.is_ge(),
        }
    }
}

/// A value that is asked whether it is there.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    Number(Number),
    Text(Text),
    Time(Time),
    Test(Box<Test>),
}

/// Something that is true, false or not known.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Constant(Option<bool>),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Numbers(Comparison, Number, Number),
    Texts(Comparison, Text, Text),
    Times(Comparison, Time, Time),
    /// Whether the value is in a sorted list; where it is not and the list has a NULL, that could be
    /// it.
    NumberIn(Number, Vec<f64>, bool),
    TextIn(Text, Vec<Box<[u8]>>, bool),
    TimeIn(Time, Vec<i64>, bool),
    Like(Text, Pattern),
    Missing(Asked),
    /// `IS TRUE`, `IS FALSE`: never NULL.
    Is(Box<Test>, bool),
}

impl Test {
    pub fn holds(&self, row: &impl Row) -> Option<bool> {
        match self {
            Test::Constant(value) => *value,
            Test::All(tests) => decided(tests, row, false),
            Test::Any(tests) => decided(tests, row, true),
            Test::Not(test) => test.holds(row).map(|holds| !holds),
            Test::Numbers(comparison, one, other) => {
                let order = one.value(row)?.partial_cmp(&other.value(row)?)?;
                Some(comparison.holds(order))
            }
            Test::Texts(comparison, one, other) => {
                Some(comparison.holds(one.value(row)?.cmp(other.value(row)?)))
            }
            Test::Times(comparison, one, other) => {
                Some(comparison.holds(one.value(row)?.cmp(&other.value(row)?)))
            }
            Test::NumberIn(number, list, has_null) => {
                // Zero and its negative are one number.
                let number = number.value(row)? + 0.0;
                is_in(list.binary_search_by(|known| known.total_cmp(&number)).is_ok(), *has_null)
            }
            Test::TextIn(text, list, has_null) => {
                let text = text.value(row)?;
                is_in(list.binary_search_by(|known| (**known).cmp(text)).is_ok(), *has_null)
            }
            Test::TimeIn(time, list, has_null) => {
                is_in(list.binary_search(&time.value(row)?).is_ok(), *has_null)
            }
            Test::Like(text, pattern) => Some(pattern.matches(text.value(row)?)),
            Test::Missing(asked) => Some(match asked {
                Asked::Number(number) => number.value(row).is_none(),
                Asked::Text(text) => text.value(row).is_none(),
                Asked::Time(time) => time.value(row).is_none(),
                Asked::Test(test) => test.holds(row).is_none(),
            }),
            Test::Is(test, value) => Some(test.holds(row) == Some(*value)),
        }
    }
}

/// One test that is `decisive` decides; otherwise one that is not known leaves all unknown.
fn decided(tests: &[Test], row: &impl Row, decisive: bool) -> Option<bool> {
    let mut is_known = true;
    for test in tests {
        match test.holds(row) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => is_known = false,
        }
    }
    is_known.then_some(!decisive)
}

fn is_in(is_found: bool, has_null: bool) -> Option<bool> {
    if is_found || !has_null { Some(is_found) } else { None }
}

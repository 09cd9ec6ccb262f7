//! Values in a condition: columns, literals and arithmetic.

use super::Row;

/// An operation on two numbers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operation {
    Plus,
    Minus,
    Times,
    Over,
    Modulo,
}

/// A number.
#[derive(Clone, Debug)]
pub(super) enum Number {
    Literal(f64),
    Column(usize),
    Negative(Box<Number>),
    Of(Operation, Box<Number>, Box<Number>),
    Null,
}

impl Number {
    pub fn value(&self, row: &impl Row) -> Option<f64> {
        match self {
            Number::Literal(number) => Some(*number),
            Number::Column(column) => row.number(*column),
            Number::Negative(number) => number.value(row).map(|number| -number),
            Number::Of(operation, one, other) => {
                let (one, other) = (one.value(row)?, other.value(row)?);
                let result = match operation {
                    Operation::Plus => one + other,
                    Operation::Minus => one - other,
                    Operation::Times => one * other,
                    Operation::Over => one / other,
                    Operation::Modulo => one % other,
                };
                // Division by zero, and what is too large for a number.
                result.is_finite().then_some(result)
            }
            Number::Null => None,
        }
    }
}

/// A text.
#[derive(Clone, Debug)]
pub(super) enum Text {
    Literal(Box<[u8]>),
    Column(usize),
    Null,
}

impl Text {
    pub fn value<'a>(&'a self, row: &'a impl Row) -> Option<&'a [u8]> {
        match self {
            Text::Literal(text) => Some(text),
            Text::Column(column) => row.text(*column),
            Text::Null => None,
        }
    }
}

/// A moment, as seconds since 1970-01-01 00:00.
#[derive(Clone, Debug)]
pub(super) enum Time {
    Literal(i64),
    Column(usize),
}

impl Time {
    pub fn value(&self, row: &impl Row) -> Option<i64> {
        match self {
            Time::Literal(seconds) => Some(*seconds),
            Time::Column(column) => row.moment(*column),
        }
    }
}

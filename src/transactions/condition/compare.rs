//! Comparing values that a condition brings together, each as what it is.

use super::logic::{Comparison, Test};
use super::term::{Number, Text, Time};
use super::{Fault, Named};
use crate::diagnostic::{Code, Diagnostic};
use crate::transactions::moment::known_form;
use crate::transactions::{DateForm, NumberStyle};

/// A part of a condition, with what it is.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    Number(Number),
    Text(Text),
    Time(Time),
    Test(Test),
    /// A column of unknown kind: what it is compared with decides.
    Open(usize),
    Null,
}

impl Operand {
    /// What it is, in words.
    pub fn name(&self, columns: &[Named]) -> String {
        let of = |kind: &str, column: usize| match columns.get(column) {
            Some(column) => format!("the {kind} of “{}”", column.name),
            None => format!("a {kind}"),
        };
        match self {
            Operand::Number(Number::Column(column)) => of("number", *column),
            Operand::Number(Number::Literal(number)) => format!("the number {number}"),
            Operand::Number(_) => "a number".to_string(),
            Operand::Text(Text::Column(column)) => of("text", *column),
            Operand::Text(Text::Literal(text)) => {
                format!("the text '{}'", String::from_utf8_lossy(text))
            }
            Operand::Text(Text::Null) | Operand::Null => "NULL".to_string(),
            Operand::Time(Time::Column(column)) => of("date", *column),
            Operand::Time(_) => "a date".to_string(),
            Operand::Test(_) => "a condition".to_string(),
            Operand::Open(column) => of("value", *column),
        }
    }
}

/// The comparison of two operands, if they are of kinds that can be compared.
pub(super) fn tested(
    comparison: Comparison,
    one: Operand,
    other: Operand,
    columns: &[Named],
) -> Result<Test, Fault> {
    use Operand::{Null, Number as N, Open, Text as T, Time as M};
    let numbers = |one, other| Ok(Test::Numbers(comparison, one, other));
    let texts = |one, other| Ok(Test::Texts(comparison, one, other));
    let times = |one, other| Ok(Test::Times(comparison, one, other));
    match (one, other) {
        (Operand::Test(one), other) => Err(unlike(&Operand::Test(one), &other, columns)),
        (one, Operand::Test(other)) => Err(unlike(&one, &Operand::Test(other), columns)),
        (Null, _) | (_, Null) => Ok(Test::Constant(None)),
        (N(one), N(other)) => numbers(one, other),
        (N(one), Open(other)) => numbers(one, Number::Column(other)),
        (Open(one), N(other)) => numbers(Number::Column(one), other),
        (T(one), T(other)) => texts(one, other),
        (T(one), Open(other)) => texts(one, Text::Column(other)),
        (Open(one), T(other)) => texts(Text::Column(one), other),
        (Open(one), Open(other)) => texts(Text::Column(one), Text::Column(other)),
        (M(one), M(other)) => times(one, other),
        (M(one), T(Text::Literal(text))) => times(one, Time::Literal(seconds_of(&text)?)),
        (T(Text::Literal(text)), M(other)) => times(Time::Literal(seconds_of(&text)?), other),
        (one, other) => Err(unlike(&one, &other, columns)),
    }
}

/// The refusal to compare two things of different kinds.
fn unlike(one: &Operand, other: &Operand, columns: &[Named]) -> Fault {
    let message = format!("{} cannot be compared with {}", one.name(columns), other.name(columns));
    let fault = Diagnostic::error(Code::ConditionInvalid, message);
    let fault = match (one, other) {
        (Operand::Number(_), Operand::Text(Text::Literal(text)))
        | (Operand::Text(Text::Literal(text)), Operand::Number(_)) => {
            match NumberStyle::Dot.read(text).value() {
                Some(number) => fault.hint(format!("write it without quotes: {number}")),
                None => fault.hint("a number stands without quotes: price > 2.5"),
            }
        }
        (Operand::Text(Text::Column(_)), Operand::Number(Number::Literal(number)))
        | (Operand::Number(Number::Literal(number)), Operand::Text(Text::Column(_))) => {
            fault.hint(format!("its values are texts: write it in single quotes: '{number}'"))
        }
        (Operand::Time(_), _) | (_, Operand::Time(_)) => {
            fault.hint("a date stands in single quotes: date >= '2011-01-31'")
        }
        _ => fault,
    };
    fault.into()
}

fn seconds_of(text: &[u8]) -> Result<i64, Fault> {
    seconds(&String::from_utf8_lossy(text))
}

/// The seconds since 1970 of a date in single quotes, which has its year first.
pub(super) fn seconds(text: &str) -> Result<i64, Fault> {
    let hint = "a date in a condition is written '2011-12-09' or '2011-12-09 12:50:00'";
    let invalid = |message: String| {
        Err(Fault::from(Diagnostic::error(Code::ConditionInvalid, message).hint(hint)))
    };
    match known_form(text.as_bytes()) {
        Some((DateForm::YearFirst | DateForm::Compact, written)) => match written.offset {
            None => Ok(written.moment.seconds()),
            Some(_) => invalid(format!(
                "“{text}” names a time zone; the dates of the lines are those of the local calendar"
            )),
        },
        _ => invalid(format!("“{text}” is no date with its year first")),
    }
}

/// The value is any of those that it is compared with: a search in a sorted list where all of them
/// are literals.
pub(super) fn any_of(tests: Vec<Test>) -> Test {
    let mut has_null = false;
    let mut known = Vec::new();
    for test in tests {
        match test {
            Test::Constant(None) => has_null = true,
            test => known.push(test),
        }
    }
    let first = known.first().cloned();
    let list = match first {
        Some(Test::Numbers(_, value, _)) => numbers(&known).map(|mut list| {
            list.sort_unstable_by(f64::total_cmp);
            Test::NumberIn(value, list, has_null)
        }),
        Some(Test::Texts(_, value, _)) => texts(&known).map(|mut list| {
            list.sort_unstable();
            Test::TextIn(value, list, has_null)
        }),
        Some(Test::Times(_, value, _)) => times(&known).map(|mut list| {
            list.sort_unstable();
            Test::TimeIn(value, list, has_null)
        }),
        _ => None,
    };
    list.unwrap_or_else(|| {
        known.extend(has_null.then_some(Test::Constant(None)));
        Test::Any(known)
    })
}

fn numbers(tests: &[Test]) -> Option<Vec<f64>> {
    let literal = |test: &Test| match test {
        // Zero and its negative are one number.
        Test::Numbers(_, _, Number::Literal(number)) => Some(number + 0.0),
        _ => None,
    };
    tests.iter().map(literal).collect()
}

fn texts(tests: &[Test]) -> Option<Vec<Box<[u8]>>> {
    let literal = |test: &Test| match test {
        Test::Texts(_, _, Text::Literal(text)) => Some(text.clone()),
        _ => None,
    };
    tests.iter().map(literal).collect()
}

fn times(tests: &[Test]) -> Option<Vec<i64>> {
    let literal = |test: &Test| match test {
        Test::Times(_, _, Time::Literal(seconds)) => Some(*seconds),
        _ => None,
    };
    tests.iter().map(literal).collect()
}

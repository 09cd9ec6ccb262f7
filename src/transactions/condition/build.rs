//! From the tree of a condition to tests on columns.

use super::compare::{Operand, tested};
use super::logic::{Asked, Comparison, Test};
use super::pattern::Pattern;
use super::refusal::{refused, refused_operator, refused_type, unsupported};
use super::term::{Number, Operation, Text, Time};
use super::{Fault, Kind, Named, columns, compare};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use sqlparser::ast::{BinaryOperator, DataType, Expr, TimezoneInfo, UnaryOperator, Value};
use std::collections::BTreeSet;

/// How deep a tree may be, AND and OR apart, which take no depth.
const DEEPEST: usize = 100;

/// Builds a condition and gathers all of its faults.
pub(super) struct Builder<'a> {
    columns: &'a [Named],
    place: &'a Place,
    log: &'a mut Diagnostics,
    used: BTreeSet<usize>,
    depth: usize,
}

impl<'a> Builder<'a> {
    pub fn new(columns: &'a [Named], place: &'a Place, log: &'a mut Diagnostics) -> Self {
        Builder { columns, place, log, used: BTreeSet::new(), depth: 0 }
    }

    /// The columns met so far.
    pub fn used(&self) -> Vec<usize> {
        self.used.iter().copied().collect()
    }

    fn refuse<T>(&mut self, fault: impl Into<Fault>) -> Option<T> {
        let fault: Diagnostic = *fault.into();
        self.log.push(fault.at(self.place.clone()));
        None
    }

    /// Something that is true or false.
    pub fn test(&mut self, expression: &Expr) -> Option<Test> {
        match self.operand(expression)? {
            Operand::Test(test) => Some(test),
            Operand::Null => Some(Test::Constant(None)),
            other => self.refuse(
                Diagnostic::error(
                    Code::ConditionInvalid,
                    format!("{} stands where a condition is wanted", other.name(self.columns)),
                )
                .hint("compare it with something: quantity > 0"),
            ),
        }
    }

    /// Any expression, one level deeper.
    fn operand(&mut self, expression: &Expr) -> Option<Operand> {
        if self.depth == DEEPEST {
            let message = "the condition is nested too deeply";
            let fault = Diagnostic::error(Code::ConditionInvalid, message);
            return self.refuse(fault.hint("divide it by AND, or compare with a list by IN"));
        }
        self.depth += 1;
        let operand = self.shallow(expression);
        self.depth -= 1;
        operand
    }

    fn shallow(&mut self, expression: &Expr) -> Option<Operand> {
        let test = match expression {
            Expr::Nested(inner) => return self.operand(inner),
            Expr::Identifier(name) => {
                return match columns::find(name, self.columns) {
                    Ok(column) => {
                        self.used.insert(column);
                        Some(Operand::column(column, self.columns[column].kind))
                    }
                    Err(fault) => self.refuse(fault),
                };
            }
            Expr::Value(value) => match self.literal(expression, &value.value)? {
                Operand::Test(test) => test,
                other => return Some(other),
            },
            Expr::TypedString(typed) => {
                let is_moment = matches!(
                    typed.data_type,
                    DataType::Date
                        | DataType::Datetime(_)
                        | DataType::Timestamp(
                            _,
                            TimezoneInfo::None | TimezoneInfo::WithoutTimeZone
                        )
                );
                let Value::SingleQuotedString(text) = &typed.value.value else {
                    return self.refuse(refused_type(&typed.data_type));
                };
                if !is_moment {
                    return self.refuse(refused_type(&typed.data_type));
                }
                return match compare::seconds(text) {
                    Ok(seconds) => Some(Operand::Time(Time::Literal(seconds))),
                    Err(fault) => self.refuse(fault),
                };
            }
            Expr::BinaryOp { left, op, right } => return self.binary(expression, left, op, right),
            Expr::UnaryOp { op, expr } => match op {
                UnaryOperator::Not => Test::Not(Box::new(self.test(expr)?)),
                UnaryOperator::Plus => return self.number(expr).map(Operand::Number),
                UnaryOperator::Minus => {
                    let number = match self.number(expr)? {
                        Number::Literal(number) => Number::Literal(-number),
                        number => Number::Negative(Box::new(number)),
                    };
                    return Some(Operand::Number(number));
                }
                _ => return self.refuse(refused(expression)),
            },
            Expr::IsNull(inner) => self.missing(inner)?,
            Expr::IsNotNull(inner) => Test::Not(Box::new(self.missing(inner)?)),
            Expr::IsTrue(inner) => Test::Is(Box::new(self.test(inner)?), true),
            Expr::IsNotTrue(inner) => negated(Test::Is(Box::new(self.test(inner)?), true), true),
            Expr::IsFalse(inner) => Test::Is(Box::new(self.test(inner)?), false),
            Expr::IsNotFalse(inner) => negated(Test::Is(Box::new(self.test(inner)?), false), true),
            Expr::IsUnknown(inner) => Test::Missing(Asked::Test(Box::new(self.test(inner)?))),
            Expr::IsNotUnknown(inner) => {
                negated(Test::Missing(Asked::Test(Box::new(self.test(inner)?))), true)
            }
            Expr::Between { expr, negated: is_negated, low, high } => {
                let (value, low, high) =
                    (self.operand(expr), self.operand(low), self.operand(high));
                let (value, low, high) = (value?, low?, high?);
                let from = self.compared(Comparison::MoreOrEqual, value.clone(), low);
                let to = self.compared(Comparison::LessOrEqual, value, high);
                negated(Test::All(vec![from?, to?]), *is_negated)
            }
            Expr::InList { expr, list, negated: is_negated } => {
                negated(self.listed(expr, list)?, *is_negated)
            }
            Expr::Like { negated: is_negated, any: false, expr, pattern, escape_char } => {
                negated(self.like(expr, pattern, escape_char.as_deref(), true)?, *is_negated)
            }
            Expr::ILike { negated: is_negated, any: false, expr, pattern, escape_char } => {
                negated(self.like(expr, pattern, escape_char.as_deref(), false)?, *is_negated)
            }
            Expr::Like { .. } | Expr::ILike { .. } => {
                return self.refuse(unsupported("LIKE ANY"));
            }
            other => return self.refuse(refused(other)),
        };
        Some(Operand::Test(test))
    }

    fn literal(&mut self, expression: &Expr, value: &Value) -> Option<Operand> {
        match value {
            Value::Number(digits, _) => match digits.parse::<f64>() {
                Ok(number) if number.is_finite() => Some(Operand::Number(Number::Literal(number))),
                _ => {
                    let message = format!("“{digits}” is too large a number");
                    self.refuse(Diagnostic::error(Code::ConditionInvalid, message))
                }
            },
            Value::SingleQuotedString(text) => {
                Some(Operand::Text(Text::Literal(text.as_bytes().into())))
            }
            Value::Boolean(value) => Some(Operand::Test(Test::Constant(Some(*value)))),
            Value::Null => Some(Operand::Null),
            _ => self.refuse(refused(expression)),
        }
    }

    fn binary(
        &mut self,
        expression: &Expr,
        left: &Expr,
        operator: &BinaryOperator,
        right: &Expr,
    ) -> Option<Operand> {
        let comparison = match operator {
            BinaryOperator::And | BinaryOperator::Or => {
                return self.chain(expression, operator).map(Operand::Test);
            }
            BinaryOperator::Plus => return self.arithmetic(Operation::Plus, left, right),
            BinaryOperator::Minus => return self.arithmetic(Operation::Minus, left, right),
            BinaryOperator::Multiply => return self.arithmetic(Operation::Times, left, right),
            BinaryOperator::Divide => return self.arithmetic(Operation::Over, left, right),
            BinaryOperator::Modulo => return self.arithmetic(Operation::Modulo, left, right),
            BinaryOperator::Eq => Comparison::Equal,
            BinaryOperator::NotEq => Comparison::Unequal,
            BinaryOperator::Lt => Comparison::Less,
            BinaryOperator::LtEq => Comparison::LessOrEqual,
            BinaryOperator::Gt => Comparison::More,
            BinaryOperator::GtEq => Comparison::MoreOrEqual,
            other => return self.refuse(refused_operator(other)),
        };
        let (left, right) = (self.operand(left), self.operand(right));
        self.compared(comparison, left?, right?).map(Operand::Test)
    }

    /// All the tests that one operator joins: a AND b AND c is one level.
    fn chain(&mut self, expression: &Expr, operator: &BinaryOperator) -> Option<Test> {
        let mut parts = Vec::new();
        let mut rest = expression;
        while let Expr::BinaryOp { left, op, right } = rest
            && op == operator
        {
            parts.push(&**right);
            rest = left;
        }
        parts.push(rest);
        let tests: Vec<Option<Test>> =
            parts.into_iter().rev().map(|part| self.test(part)).collect();
        let tests: Vec<Test> = tests.into_iter().collect::<Option<_>>()?;
        Some(match operator {
            BinaryOperator::And => Test::All(tests),
            _ => Test::Any(tests),
        })
    }

    fn arithmetic(&mut self, operation: Operation, left: &Expr, right: &Expr) -> Option<Operand> {
        let (left, right) = (self.number(left), self.number(right));
        Some(Operand::Number(Number::Of(operation, Box::new(left?), Box::new(right?))))
    }

    /// Something to reckon with.
    fn number(&mut self, expression: &Expr) -> Option<Number> {
        match self.operand(expression)? {
            Operand::Number(number) => Some(number),
            Operand::Open(column) => Some(Number::Column(column)),
            Operand::Null => Some(Number::Null),
            other => {
                let message =
                    format!("{} stands where a number is wanted", other.name(self.columns));
                self.refuse(Diagnostic::error(Code::ConditionInvalid, message))
            }
        }
    }

    fn compared(&mut self, comparison: Comparison, one: Operand, other: Operand) -> Option<Test> {
        match tested(comparison, one, other, self.columns) {
            Ok(test) => Some(test),
            Err(fault) => self.refuse(fault),
        }
    }

    fn missing(&mut self, expression: &Expr) -> Option<Test> {
        Some(match self.operand(expression)? {
            Operand::Number(number) => Test::Missing(Asked::Number(number)),
            Operand::Text(text) => Test::Missing(Asked::Text(text)),
            Operand::Open(column) => Test::Missing(Asked::Text(Text::Column(column))),
            Operand::Time(time) => Test::Missing(Asked::Time(time)),
            Operand::Test(test) => Test::Missing(Asked::Test(Box::new(test))),
            Operand::Null => Test::Constant(Some(true)),
        })
    }

    fn listed(&mut self, expression: &Expr, list: &[Expr]) -> Option<Test> {
        let value = self.operand(expression);
        let items: Vec<Option<Operand>> = list.iter().map(|item| self.operand(item)).collect();
        let value = value?;
        let items: Vec<Operand> = items.into_iter().collect::<Option<_>>()?;
        let mut tests = Vec::new();
        let mut faults = Vec::new();
        for item in items {
            match tested(Comparison::Equal, value.clone(), item, self.columns) {
                Ok(test) => tests.push(test),
                // What is wrong with one of many is told once.
                Err(fault) if faults.contains(&fault) => {}
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            return Some(compare::any_of(tests));
        }
        faults.into_iter().for_each(|fault| self.log.push(fault.at(self.place.clone())));
        None
    }

    fn like(
        &mut self,
        expression: &Expr,
        pattern: &Expr,
        escape: Option<&Expr>,
        minds_case: bool,
    ) -> Option<Test> {
        let value = self.operand(expression);
        let pattern = self.operand(pattern);
        let escape = match escape {
            None => Some(None),
            Some(escape) => self.escape(escape).map(Some),
        };
        let text = match value? {
            Operand::Text(text) => text,
            Operand::Open(column) => Text::Column(column),
            Operand::Null => Text::Null,
            other => {
                let message = format!("LIKE is for texts, not for {}", other.name(self.columns));
                return self.refuse(
                    Diagnostic::error(Code::ConditionInvalid, message)
                        .hint("compare numbers and dates by < and >, or BETWEEN"),
                );
            }
        };
        match (pattern?, escape?) {
            (Operand::Null, _) => Some(Test::Constant(None)),
            (Operand::Text(Text::Literal(pattern)), escape) => {
                let pattern = String::from_utf8_lossy(&pattern);
                match Pattern::new(&pattern, escape, minds_case) {
                    Some(pattern) => Some(Test::Like(text, pattern)),
                    None => {
                        let message = format!("the pattern “{pattern}” ends in its escape letter");
                        self.refuse(Diagnostic::error(Code::ConditionInvalid, message))
                    }
                }
            }
            _ => self.refuse(
                Diagnostic::error(Code::ConditionInvalid, "the pattern of LIKE is not a text")
                    .hint("a pattern stands in single quotes: country LIKE 'United%'"),
            ),
        }
    }

    /// The one letter behind ESCAPE.
    fn escape(&mut self, expression: &Expr) -> Option<char> {
        if let Expr::Value(value) = expression
            && let Value::SingleQuotedString(text) = &value.value
            && let (Some(letter), None) = (text.chars().next(), text.chars().nth(1))
        {
            return Some(letter);
        }
        self.refuse(
            Diagnostic::error(Code::ConditionInvalid, "ESCAPE takes one letter")
                .hint("for example: product LIKE '50!%' ESCAPE '!'"),
        )
    }
}

fn negated(test: Test, is_negated: bool) -> Test {
    if is_negated { Test::Not(Box::new(test)) } else { test }
}

impl Operand {
    fn column(column: usize, kind: Kind) -> Operand {
        match kind {
            Kind::Text => Operand::Text(Text::Column(column)),
            Kind::Number => Operand::Number(Number::Column(column)),
            Kind::Moment => Operand::Time(Time::Column(column)),
            Kind::Unknown => Operand::Open(column),
        }
    }
}

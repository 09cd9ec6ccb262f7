//! What SQL has and conditions on sales lines have not, by its name.

use crate::diagnostic::{Code, Diagnostic};
use sqlparser::ast::{BinaryOperator, DataType, Expr, Value};

/// What is accepted.
const ACCEPTED: &str = "accepted are = <> < <= > >=, AND, OR, NOT, IN (…), BETWEEN, LIKE, ILIKE, IS \
                        NULL, IS TRUE, + - * / %, numbers, 'texts', DATE '…' and TIMESTAMP '…'";

/// The refusal of something by its name.
pub(super) fn unsupported(what: &str) -> Diagnostic {
    let message = format!("a condition cannot use {what}");
    Diagnostic::error(Code::ConditionUnsupported, message).hint(ACCEPTED)
}

/// The refusal of an expression.
pub(super) fn refused(expression: &Expr) -> Diagnostic {
    unsupported(&name(expression))
}

/// The refusal of an operator.
pub(super) fn refused_operator(operator: &BinaryOperator) -> Diagnostic {
    unsupported(&format!("the operator {operator}"))
}

/// The refusal of a literal with a type before it.
pub(super) fn refused_type(data_type: &DataType) -> Diagnostic {
    unsupported(&format!("a literal of the type {data_type}"))
}

fn name(expression: &Expr) -> String {
    let word = match expression {
        Expr::Function(function) => return format!("the function {}", function.name),
        Expr::CompoundIdentifier(parts) => {
            let parts: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
            return format!("the name {}; columns have no table before them", parts.join("."));
        }
        Expr::Value(value) => {
            return match &value.value {
                Value::Placeholder(name) => format!("the placeholder {name}"),
                _ => "this kind of literal".to_string(),
            };
        }
        Expr::UnaryOp { op, .. } => return format!("the operator {op}"),
        Expr::Subquery(_) | Expr::InSubquery { .. } => "a subquery",
        Expr::Exists { .. } => "EXISTS",
        Expr::Case { .. } => "CASE",
        Expr::Cast { .. } => "CAST",
        Expr::Convert { .. } => "CONVERT",
        Expr::Extract { .. } => "EXTRACT",
        Expr::Ceil { .. } => "the function CEIL",
        Expr::Floor { .. } => "the function FLOOR",
        Expr::Position { .. } => "the function POSITION",
        Expr::Substring { .. } => "the function SUBSTRING",
        Expr::Trim { .. } => "the function TRIM",
        Expr::Overlay { .. } => "the function OVERLAY",
        Expr::SimilarTo { .. } => "SIMILAR TO",
        Expr::RLike { .. } => "RLIKE or REGEXP",
        Expr::AnyOp { .. } => "ANY",
        Expr::AllOp { .. } => "ALL",
        Expr::InUnnest { .. } => "UNNEST",
        Expr::AtTimeZone { .. } => "AT TIME ZONE",
        Expr::Collate { .. } => "COLLATE",
        Expr::Interval(_) => "INTERVAL",
        Expr::IsDistinctFrom(..) | Expr::IsNotDistinctFrom(..) => "IS DISTINCT FROM",
        Expr::IsNormalized { .. } => "IS NORMALIZED",
        Expr::IsJson { .. } => "IS JSON",
        Expr::Array(_) => "an array",
        Expr::CompoundFieldAccess { .. } | Expr::JsonAccess { .. } => "a part of a value",
        Expr::Tuple(_) => "a list outside of IN",
        Expr::Wildcard(_) | Expr::QualifiedWildcard(..) => "*",
        other => return format!("“{other}”"),
    };
    word.to_string()
}

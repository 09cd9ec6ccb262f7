//! Columns by the names that a condition gives them.

use super::{Fault, Named};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::text::{fold, list};
use sqlparser::ast::Ident;

/// The column of a name: by its header or, if there is none, by its role.
pub(super) fn find(name: &Ident, columns: &[Named]) -> Result<usize, Fault> {
    let wanted = fold(&name.value);
    let by_header = columns
        .iter()
        .position(|column| column.name == name.value)
        .or_else(|| columns.iter().position(|column| fold(&column.name) == wanted));
    let by_role = columns.iter().position(|column| column.role == Some(wanted.as_str()));
    match (by_header, by_role) {
        (Some(header), Some(role)) if header != role && name.quote_style.is_none() => {
            let message = format!(
                "“{}” is the header of one column and the role of another, “{}”",
                name.value, columns[role].name
            );
            let hint = format!(
                "write \"{}\" for the one and \"{}\" for the other",
                columns[header].name, columns[role].name
            );
            Err(Diagnostic::error(Code::ConditionInvalid, message).hint(hint).into())
        }
        (Some(column), _) | (None, Some(column)) => Ok(column),
        (None, None) => Err(unknown(name, columns).into()),
    }
}

fn unknown(name: &Ident, columns: &[Named]) -> Diagnostic {
    let headers = columns.iter().map(|column| column.name.as_str());
    let known: Vec<&str> = headers.chain(columns.iter().filter_map(|column| column.role)).collect();
    let hint = match nearest(&name.value, known.iter().copied()) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        // In many languages a text stands in double quotes.
        None if name.quote_style == Some('"') => format!(
            "a text stands in single quotes: '{}'; the columns are {}",
            name.value.replace('\'', "''"),
            list(&headers_of(columns))
        ),
        None => format!("the columns are {}", list(&headers_of(columns))),
    };
    let message = format!("there is no column “{}”", name.value);
    Diagnostic::error(Code::ColumnUnknown, message).hint(hint)
}

fn headers_of(columns: &[Named]) -> Vec<&str> {
    columns.iter().map(|column| column.name.as_str()).collect()
}

/// The name as it has to be written in a condition.
fn quoted(name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_numeric());
    if is_plain { name.to_string() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

//! TOML to a draft, with all faults of its structure at once.
//!
//! serde stops at the first fault. Each fault is recorded with its line, the entry that caused it
//! is taken out, and the rest is read again, until what is left is sound.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

/// More faults than this in one file are not listed.
const MOST_FAULTS: usize = 200;

/// A text file with the lines of its bytes.
pub(crate) struct Text<'a> {
    file: &'a str,
    text: &'a str,
    /// The bytes at which lines end.
    line_ends: Vec<usize>,
}

impl<'a> Text<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Text<'a> {
        Text { file, text, line_ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect() }
    }

    /// The place of a span of bytes.
    pub fn place(&self, span: &Range<usize>, key: Option<&str>) -> Place {
        let line = self.line_ends.partition_point(|end| *end < span.start) + 1;
        Place::line(self.file, line, key.map(str::to_string))
    }
}

/// Reads a TOML text as `T`. Faults go to the log; `None` if what is left lacks something needed.
pub(crate) fn gather<T: DeserializeOwned>(text: &Text, log: &mut Diagnostics) -> Option<T> {
    let (root, errors) = DeTable::parse_recoverable(text.text);
    if !errors.is_empty() {
        log.extend(errors.iter().take(MOST_FAULTS).map(|error| syntax(text, error)).collect());
        return None;
    }
    let mut root = root;
    let mut removed: Vec<(Range<usize>, String)> = Vec::new();
    for _ in 0..MOST_FAULTS {
        let error = match T::deserialize(Deserializer::from(root.clone())) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        let table_span = root.span();
        let missing = quoted(error.message()).filter(|_| error.message().starts_with("missing"));
        let known = missing.is_some_and(|key| removed.contains(&(span.clone(), key.to_string())));
        if !known {
            log.push(structure(text, &error, &span));
        }
        let stand_in = stand_in(error.message());
        match take_out(root.get_mut(), &table_span, &span, stand_in) {
            Some(taken) => removed.push(taken),
            None => return None,
        }
    }
    let message = format!("more than {MOST_FAULTS} faults; the rest is not listed");
    log.push(Diagnostic::error(Code::ModelSyntax, message).at(text.place(&(0..0), None)));
    None
}

/// What a TOML text calls itself by its key `kind`, if it is TOML and does. An index system has none.
pub fn kind(text: &str) -> Option<String> {
    let root = DeTable::parse(text).ok()?;
    root.get_ref().get("kind").and_then(|kind| kind.get_ref().as_str()).map(str::to_string)
}

/// What can stand in for an entry so that the rest of its table is still checked.
#[derive(Clone, Copy, PartialEq)]
enum StandIn {
    /// Nothing: the entry goes, and with it perhaps the table.
    Nothing,
    /// A text where another kind of value was given.
    Text,
    /// An empty name where none was given.
    Name,
}

fn stand_in(message: &str) -> StandIn {
    if message.starts_with("missing field `name`") {
        StandIn::Name
    } else if message.ends_with("expected a string") {
        StandIn::Text
    } else {
        StandIn::Nothing
    }
}

/// Takes out the entry at this span, or puts something in its stead; says in which table it was,
/// and its key.
fn take_out(
    table: &mut DeTable,
    table_span: &Range<usize>,
    span: &Range<usize>,
    stand_in: StandIn,
) -> Option<(Range<usize>, String)> {
    let text = |text: &str| Spanned::new(span.clone(), DeValue::String(text.to_string().into()));
    if stand_in == StandIn::Name && table_span == span {
        table.insert(Spanned::new(span.clone(), "name".into()), text("?"));
        return Some((table_span.clone(), "name".to_string()));
    }
    let hit = table
        .iter()
        .find(|(key, value)| key.span() == *span || value.span() == *span)
        .filter(|_| stand_in != StandIn::Name)
        .map(|(key, _)| key.clone());
    if let Some(key) = hit {
        let name = key.get_ref().to_string();
        match stand_in {
            StandIn::Text => table.insert(key, text("?")),
            _ => table.remove(&key),
        };
        return Some((table_span.clone(), name));
    }
    table.iter_mut().find_map(|(key, value)| {
        let inner_span = value.span();
        take_out_of_value(key.get_ref(), value.get_mut(), &inner_span, span, stand_in)
    })
}

fn take_out_of_value(
    key: &str,
    value: &mut DeValue,
    value_span: &Range<usize>,
    span: &Range<usize>,
    stand_in: StandIn,
) -> Option<(Range<usize>, String)> {
    match value {
        DeValue::Table(inner) => take_out(inner, value_span, span, stand_in),
        DeValue::Array(items) => {
            let hit = items.iter().position(|item: &Spanned<DeValue>| item.span() == *span);
            if let Some(at) = hit.filter(|_| stand_in != StandIn::Name) {
                *items = items.iter().take(at).chain(items.iter().skip(at + 1)).cloned().collect();
                return Some((value_span.clone(), key.to_string()));
            }
            items.iter_mut().find_map(|item| {
                let item_span = item.span();
                take_out_of_value(key, item.get_mut(), &item_span, span, stand_in)
            })
        }
        _ => None,
    }
}

fn syntax(text: &Text, error: &Error) -> Diagnostic {
    let message = format!("the model is not valid TOML: {}", error.message());
    Diagnostic::error(Code::ModelSyntax, message)
        .at(text.place(&error.span().unwrap_or(0..0), None))
}

fn structure(text: &Text, error: &Error, span: &Range<usize>) -> Diagnostic {
    let message = error.message();
    let place = text.place(span, None);
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match (message.split(' ').next(), names.split_first()) {
        (Some("unknown"), Some((written, known))) if message.starts_with("unknown field") => {
            let hint = match nearest(written, known.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("known keys here: {}", known.join(", ")),
            };
            Diagnostic::error(Code::ModelKeyUnknown, format!("there is no key `{written}` here"))
                .at(place)
                .hint(hint)
        }
        (Some("missing"), Some((key, _))) => {
            Diagnostic::error(Code::ModelKeyMissing, format!("the key `{key}` is missing"))
                .at(place)
                .hint(format!("add `{key} = …` to this table"))
        }
        (Some("unknown"), Some((written, known))) => Diagnostic::error(
            Code::ModelValueInvalid,
            format!("`{written}` is not among the choices"),
        )
        .at(place)
        .hint(format!("choose one of {}", known.join(", "))),
        _ => Diagnostic::error(Code::ModelValueInvalid, in_words(message)).at(place),
    }
}

/// serde's message in words for people who do not write programs.
fn in_words(message: &str) -> String {
    let words = [
        ("integer `", "the number `"),
        ("floating point `", "the number `"),
        ("expected usize", "expected a whole number, 0 or more"),
        ("expected u64", "expected a whole number, 0 or more"),
        ("expected f64", "expected a number"),
        ("a sequence", "a list"),
        ("sequence", "a list"),
        ("map", "a table"),
        ("invalid type: ", "found "),
        ("invalid value: ", "found "),
    ];
    words.iter().fold(message.to_string(), |text, (from, to)| text.replacen(from, to, 1))
}

fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

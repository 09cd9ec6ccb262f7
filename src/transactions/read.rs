//! What a value of a sales line reads as.

/// What a text reads as: a value, nothing, or something else than was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read<T> {
    /// The value that the text says.
    Value(T),
    /// Nothing: an empty text, white space, or a word that says that there is none.
    Empty,
    /// Something that is no such value.
    Wrong,
}

impl<T> Read<T> {
    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Read::Value(value) => Some(value),
            Read::Empty | Read::Wrong => None,
        }
    }
}

/// Words by which programs write that there is no value: pandas, R, databases, Excel.
const ABSENT: [&str; 10] =
    ["na", "n/a", "#n/a", "nan", "-nan", "nat", "null", "none", "<na>", "\\n"];

/// Whether the text, without white space around it, says that there is no value.
pub(super) fn is_absent(text: &str) -> bool {
    text.is_empty() || ABSENT.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// The text without white space, byte order marks and marks of direction around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_margin)
}

fn is_margin(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
}

/// The same of bytes that may be no UTF-8, and how many of them stand before it.
pub(super) fn within_margins(bytes: &[u8]) -> (usize, &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let rest = bytes.trim_ascii_start();
        return (bytes.len() - rest.len(), rest.trim_ascii_end());
    };
    let rest = text.trim_start_matches(is_margin);
    (text.len() - rest.len(), rest.trim_end_matches(is_margin).as_bytes())
}

/// A value as it stood in a column, and its row: the example that a message shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The text; a very long one is cut.
    pub text: String,
    /// The row, as it was counted by the reader.
    pub row: u64,
}

impl Sight {
    /// The example with the smaller row: the new one only if it stands before the one that is kept.
    pub(super) fn keep(kept: &mut Option<Sight>, text: &[u8], row: u64) {
        if kept.as_ref().is_none_or(|kept| row < kept.row) {
            let shown = String::from_utf8_lossy(text);
            *kept = Some(Sight { text: shown.trim().chars().take(60).collect(), row });
        }
    }

    /// The same for an example that another scout has kept.
    pub(super) fn merge(kept: &mut Option<Sight>, other: &Option<Sight>) {
        if let Some(other) = other
            && kept.as_ref().is_none_or(|kept| other.row < kept.row)
        {
            *kept = Some(other.clone());
        }
    }
}

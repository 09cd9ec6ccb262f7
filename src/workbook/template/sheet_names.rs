//! Names of sheets within Excel's limits.

use std::collections::HashSet;

/// The longest name of a sheet.
const LONGEST: usize = 31;

/// The names taken so far, in lower case.
#[derive(Default)]
pub(super) struct SheetNames {
    taken: HashSet<String>,
}

impl SheetNames {
    /// A new name `prefix person`, shortened or numbered where it has to be.
    pub(super) fn claim(&mut self, prefix: &str, person: &str) -> String {
        let person: String = person.chars().map(legal).collect();
        let whole = format!("{prefix} {person}");
        let mut number = 1;
        loop {
            let ending = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = format!("{}{ending}", shortened(&whole, LONGEST - ending.len()));
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

/// A character as a sheet's name may have it. A trailing apostrophe is not allowed, so none is kept.
fn legal(c: char) -> char {
    match c {
        '[' => '(',
        ']' => ')',
        ':' | '*' | '?' | '/' | '\\' => '-',
        '\'' => '’',
        c if c.is_control() => ' ',
        c => c,
    }
}

/// The beginning of a text, within so many UTF-16 units, without white space at its end.
pub(super) fn shortened(text: &str, units: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.len_utf16();
        used > units
    });
    let cut = end.map_or(text, |(at, _)| &text[..at]);
    cut.trim_end()
}

//! The command that makes a result anew, as the result keeps it.

use std::path::Path;

/// Options that say where results go and how they are told, not what they are; those with a value first.
const WITH_VALUE: [&str; 9] = [
    "-o",
    "--output",
    "--html",
    "--format",
    "--lang",
    "--only",
    "--set-aside",
    "--tables",
    "--threads",
];
const ALONE: [&str; 1] = ["--force"];

/// The arguments of this run as a line for a shell. Files stand without their folders: the same input gives
/// the same result anywhere, and where a user keeps it is nobody's business.
pub(crate) fn command() -> String {
    line(std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()))
}

/// The same of these arguments.
pub(crate) fn line(words: impl Iterator<Item = String>) -> String {
    let mut told = vec!["custval".to_string()];
    let mut words = words;
    while let Some(word) = words.next() {
        let option = word.split('=').next().unwrap_or_default();
        if WITH_VALUE.contains(&word.as_str()) {
            words.next();
        } else if !ALONE.contains(&word.as_str()) && !WITH_VALUE.contains(&option) {
            told.push(quoted(&without_folder(&word)));
        }
    }
    told.join(" ")
}

/// A file's name, and any other word as it is.
fn without_folder(word: &str) -> String {
    let name = Path::new(word).file_name().map(|name| name.to_string_lossy().into_owned());
    let is_path = Path::new(word).exists() || Path::new(word).is_absolute();
    name.filter(|_| is_path).unwrap_or_else(|| word.to_string())
}

/// A word that a shell takes as one.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=,:+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_string()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> String {
        line(words.iter().map(|word| word.to_string()))
    }

    #[test]
    fn what_is_told_is_what_counts() {
        let words =
            ["rfm", "/data/of ann/sales.csv", "-o", "out", "--force", "--bins", "4", "--lang=zh"];
        assert_eq!(of(&words), "custval rfm sales.csv --bins 4");
        let words = ["rfm", "s.csv", "--where", "Country = 'France'", "--format", "json"];
        assert_eq!(of(&words), "custval rfm s.csv --where 'Country = '\\''France'\\'''");
    }
}

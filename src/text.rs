//! Names and words as people write them.

use unicode_normalization::UnicodeNormalization;

/// A name folded for comparison: compatibility forms (full-width letters and digits) as plain ones,
/// inner white space as one space, outer white space gone, lower case.
///
/// ```
/// assert_eq!(custval::text::fold("  Ｃ１１ \u{a0}Profit "), "c11 profit");
/// ```
pub fn fold(name: &str) -> String {
    plain(name).to_lowercase()
}

/// The same without the change of case: what a name is stored and shown as.
pub fn plain(name: &str) -> String {
    let compatible: String = name.nfkc().filter(|c| *c != '\u{feff}').collect();
    compatible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A count with its noun: "1 score", "2 scores".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// "a", "a and b", "a, b and c".
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_string(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

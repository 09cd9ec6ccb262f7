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

/// The same without the change of case: what a name is stored and shown as. Control characters,
/// which could steer a terminal, are left out.
pub fn plain(name: &str) -> String {
    let is_shown = |c: &char| *c != '\u{feff}' && (c.is_whitespace() || !c.is_control());
    let compatible: String = name.nfkc().filter(is_shown).collect();
    compatible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A sentence of bearable length without control characters: what lies between the beginning and
/// the end of a very long one is left out.
///
/// ```
/// assert_eq!(custval::text::bearable("a\u{1b}[31m b"), "a\u{fffd}[31m b");
/// assert!(custval::text::bearable(&"x".repeat(1_000_000)).len() < 1_000);
/// ```
pub fn bearable(sentence: &str) -> String {
    const LONGEST: usize = 600;
    const KEPT: usize = 250;
    let shown = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
    if sentence.len() <= LONGEST || sentence.chars().count() <= LONGEST {
        return sentence.chars().map(shown).collect();
    }
    let start: String = sentence.chars().take(KEPT).map(shown).collect();
    let mut end: Vec<char> = sentence.chars().rev().take(KEPT).map(shown).collect();
    end.reverse();
    format!("{start} … {}", end.into_iter().collect::<String>())
}

/// A count with its noun: "1 score", "2,000 scores".
pub fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{} {noun}s", grouped(&number.to_string())),
    }
}

/// A written number with a comma before each three digits of its whole part.
///
/// ```
/// assert_eq!(custval::text::grouped("-1234567.891"), "-1,234,567.891");
/// ```
pub fn grouped(number: &str) -> String {
    let start = usize::from(number.starts_with('-'));
    let end = number.find('.').unwrap_or(number.len());
    let mut text = String::with_capacity(number.len() + number.len() / 3);
    for (at, digit) in number.chars().enumerate() {
        if at > start && at < end && (end - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A judgement as people write it: 3, 1/3, or a decimal.
///
/// ```
/// assert_eq!(custval::text::ratio(1.0 / 3.0), "1/3");
/// assert_eq!(custval::text::ratio(2.5), "2.5");
/// ```
pub fn ratio(judgement: f64) -> String {
    let back = 1.0 / judgement;
    if (back - back.round()).abs() < 1e-9 && back.round() > 1.0 {
        format!("1/{}", back.round())
    } else {
        format!("{judgement}")
    }
}

/// Bytes in hexadecimal digits.
///
/// ```
/// assert_eq!(custval::text::hex(&[0, 171]), "00ab");
/// ```
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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

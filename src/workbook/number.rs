//! Numbers as people type them: `3`, `1/3`, `⅓`, `0,33`, `１／３`, `33%`.

use super::cell::Value;
use unicode_normalization::UnicodeNormalization;

/// A number, and whether it was typed in an unusual way.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// How many decimals were typed; `None` for a fraction or a computed number.
    pub decimals: Option<usize>,
    /// What was unusual about it, for the warning; `None` for a plain number.
    pub repaired: Option<&'static str>,
}

/// What a cell reads as when a number is wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A finite number.
    Number(Number),
    /// Something that is not one.
    NotANumber,
}

/// Reads a cell's value as a number. Dates and truth values are none.
///
/// ```
/// use custval::workbook::{Reading, Value, read_number};
///
/// let Reading::Number(third) = read_number(&Value::Text("１／３".into())) else { panic!() };
/// assert_eq!(third.value, 1.0 / 3.0);
/// assert!(third.repaired.is_some());
/// ```
pub fn read_number(value: &Value) -> Reading {
    match value {
        Value::Number(number) if number.is_finite() => {
            let decimals = Some(decimals_of(*number));
            Reading::Number(Number { value: *number, decimals, repaired: None })
        }
        Value::Text(text) => read_text(text),
        _ => Reading::NotANumber,
    }
}

fn decimals_of(number: f64) -> usize {
    let text = format!("{number}");
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

fn read_text(text: &str) -> Reading {
    let typed = text.trim();
    // NFKC turns ⅓ into 1⁄3 with a fraction slash, and full-width digits into plain ones.
    let compatible: String = typed.nfkc().filter(|c| !c.is_whitespace()).map(plain_sign).collect();
    let unusual = compatible != typed;
    if let Some((above, below)) = compatible.split_once('/') {
        let (Some(above), Some(below)) = (decimal(above), decimal(below)) else {
            return Reading::NotANumber;
        };
        if below.value == 0.0 {
            return Reading::NotANumber;
        }
        let repaired = unusual.then_some("a fraction in unusual characters");
        return finite(above.value / below.value, None, repaired);
    }
    if let Some(percentage) = compatible.strip_suffix('%') {
        return match decimal(percentage) {
            Some(number) => finite(number.value / 100.0, None, Some("a percentage")),
            None => Reading::NotANumber,
        };
    }
    match decimal(&compatible) {
        Some(number) => {
            let repaired = number.repaired.or(unusual.then_some("unusual characters"));
            finite(number.value, number.decimals, repaired)
        }
        None => Reading::NotANumber,
    }
}

fn plain_sign(c: char) -> char {
    match c {
        // NFKC has made a plain colon of a full-width one.
        '⁄' | '∕' | ':' | '÷' => '/',
        '−' | '–' => '-',
        '，' => ',',
        '．' | '。' => '.',
        other => other,
    }
}

fn decimal(text: &str) -> Option<Number> {
    let comma = text.matches(',').count() == 1 && !text.contains('.');
    let plain = if comma { text.replace(',', ".") } else { text.to_string() };
    // "1,000" may be a thousand or one: it is neither here.
    if comma && plain.split_once('.').is_some_and(|(whole, part)| part.len() == 3 && whole != "0") {
        return None;
    }
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if plain.is_empty() || !plain.chars().all(allowed) {
        return None;
    }
    let value: f64 = plain.parse().ok()?;
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let repaired = comma.then_some("a decimal comma");
    Some(Number { value, decimals: Some(decimals), repaired })
}

fn finite(value: f64, decimals: Option<usize>, repaired: Option<&'static str>) -> Reading {
    if value.is_finite() {
        Reading::Number(Number { value, decimals, repaired })
    } else {
        Reading::NotANumber
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<f64> {
        match read_number(&Value::Text(text.to_string())) {
            Reading::Number(number) => Some(number.value),
            Reading::NotANumber => None,
        }
    }

    #[test]
    fn typed_numbers_are_read() {
        let third = Some(1.0 / 3.0);
        for typed in ["1/3", " 1 / 3 ", "⅓", "１／３", "1：3"] {
            assert_eq!(text(typed), third, "{typed}");
        }
        assert_eq!(text("0,33"), Some(0.33));
        assert_eq!(text("0,333"), Some(0.333));
        assert_eq!(text("３"), Some(3.0));
        assert_eq!(text("33%"), Some(0.33));
        assert_eq!(text("-1/3"), Some(-1.0 / 3.0));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in
            ["strong", "1/0", "", "1/2/3", "NaN", "inf", "1,000", "1.000,5", "3 or 4", "=1"]
        {
            assert_eq!(text(typed), None, "{typed}");
        }
    }
}

//! What stands around a number: signs, brackets, currencies.

use super::currency;
use crate::transactions::read::trimmed;

/// A number without what stands around it.
pub(super) struct Bare<'a> {
    pub is_negative: bool,
    pub digits: &'a str,
}

impl<'a> Bare<'a> {
    /// Takes at most one sign (or a pair of brackets) and one currency away, in any order.
    pub fn of(text: &'a str) -> Bare<'a> {
        let mut digits = text;
        let mut sign: Option<bool> = None;
        let mut has_currency = false;
        loop {
            digits = trimmed(digits);
            if sign.is_none()
                && let Some((is_negative, rest)) = unsigned(digits)
            {
                (sign, digits) = (Some(is_negative), rest);
            } else if !has_currency && let Some(rest) = currency::stripped(digits) {
                (has_currency, digits) = (true, rest);
            } else {
                break;
            }
        }
        Bare { is_negative: sign.unwrap_or(false), digits }
    }
}

/// The text without its sign, and whether that makes it negative.
fn unsigned(text: &str) -> Option<(bool, &str)> {
    if let Some(inner) = text.strip_prefix(['(', '（']) {
        return inner.strip_suffix([')', '）']).map(|inner| (true, inner));
    }
    if let Some(rest) = text.strip_prefix(['+', '＋']) {
        return Some((false, rest));
    }
    text.strip_prefix(is_minus).or_else(|| text.strip_suffix(is_minus)).map(|rest| (true, rest))
}

/// Minus signs and the dashes that people take for one.
pub(in crate::transactions) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '－' | '–' | '‐' | '‑')
}

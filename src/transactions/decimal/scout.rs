//! Which style the numbers of a column have.

use super::{NumberFinding, NumberStyle};
use crate::transactions::read::{Read, Sight};

/// Sees the numbers of a column one by one and finds out whether point or comma begins decimals.
///
/// A value proves a style if it is a number in that style alone: `1.50` and `1,234.5` prove the
/// point, `1,50` and `1.234,5` the comma. `1,234` and `1.234` prove nothing.
///
/// ```
/// use custval::transactions::{NumberFinding, NumberScout, NumberStyle};
///
/// let mut scout = NumberScout::default();
/// scout.see(b"1.234", 2);
/// assert!(!scout.settled());
/// scout.see(b"12,50", 3);
/// assert!(scout.settled());
/// assert_eq!(scout.finding(), NumberFinding::Clear(NumberStyle::Comma));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberScout {
    /// The first values that are numbers in one style alone.
    dot: Option<Sight>,
    comma: Option<Sight>,
    /// The first values that are different numbers in both: `1,234` and `1.234`.
    by_comma: Option<Sight>,
    by_dot: Option<Sight>,
}

impl NumberScout {
    /// Looks at a value and its row. The first row of each kind is kept for messages.
    pub fn see(&mut self, text: &[u8], row: u64) {
        // What has neither point nor comma, plain or full-width, is the same in both styles.
        if !text.iter().any(|byte| matches!(byte, b'.' | b',' | 0xef)) {
            return;
        }
        // Once a style is proved, a usual number in it has nothing more to tell.
        let proved = [(&self.dot, NumberStyle::Dot), (&self.comma, NumberStyle::Comma)];
        let is_usual = |(proof, style): (&Option<Sight>, NumberStyle)| {
            proof.as_ref().is_some_and(|proof| proof.row < row) && style.plain(text).is_some()
        };
        if proved.into_iter().any(is_usual) {
            return;
        }
        match (NumberStyle::Dot.read(text), NumberStyle::Comma.read(text)) {
            (Read::Value(dot), Read::Value(comma)) if dot == comma => {}
            (Read::Value(dot), Read::Value(comma)) => {
                let are_thousands = dot.to_f64().abs() > comma.to_f64().abs();
                let kept = if are_thousands { &mut self.by_comma } else { &mut self.by_dot };
                Sight::keep(kept, text, row);
            }
            (Read::Value(_), _) => Sight::keep(&mut self.dot, text, row),
            (_, Read::Value(_)) => Sight::keep(&mut self.comma, text, row),
            _ => {}
        }
    }

    /// Takes in what another scout has seen of the same column.
    pub fn merge(&mut self, other: &NumberScout) {
        Sight::merge(&mut self.dot, &other.dot);
        Sight::merge(&mut self.comma, &other.comma);
        Sight::merge(&mut self.by_comma, &other.by_comma);
        Sight::merge(&mut self.by_dot, &other.by_dot);
    }

    /// Whether a value has proved a style, so that what follows can only agree or contradict.
    pub fn settled(&self) -> bool {
        self.dot.is_some() || self.comma.is_some()
    }

    /// What the values seen so far say.
    pub fn finding(&self) -> NumberFinding {
        match (&self.dot, &self.comma, &self.by_comma, &self.by_dot) {
            (Some(dot), Some(comma), _, _) => {
                NumberFinding::Contradictory { dot: dot.clone(), comma: comma.clone() }
            }
            (Some(_), None, _, _) => NumberFinding::Clear(NumberStyle::Dot),
            (None, Some(_), _, _) => NumberFinding::Clear(NumberStyle::Comma),
            (None, None, Some(example), _) => NumberFinding::Ambiguous(example.clone()),
            (None, None, None, Some(example)) => NumberFinding::Assumed(example.clone()),
            (None, None, None, None) => NumberFinding::Clear(NumberStyle::Dot),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(values: &[&str]) -> NumberFinding {
        let mut scout = NumberScout::default();
        for (row, value) in (2..).zip(values) {
            scout.see(value.as_bytes(), row);
        }
        scout.finding()
    }

    fn sight(text: &str, row: u64) -> Sight {
        Sight { text: text.to_string(), row }
    }

    #[test]
    fn one_value_proves_the_style_of_a_column() {
        for dot in ["12.50", "1,234.5", "0.123", "1,234,567", "1.2e3", "1,234,567.000"] {
            assert_eq!(
                finding(&["1,234", dot, "7", "1.234"]),
                NumberFinding::Clear(NumberStyle::Dot),
                "{dot}"
            );
        }
        for comma in ["12,50", "1.234,5", "0,123", "1.234.567", "1,2e3", "1.234.567,000", "１，５"]
        {
            assert_eq!(
                finding(&["1.234", comma, "7", "1,234"]),
                NumberFinding::Clear(NumberStyle::Comma),
                "{comma}"
            );
        }
    }

    #[test]
    fn nothing_to_tell_is_the_point() {
        let plain = NumberFinding::Clear(NumberStyle::Dot);
        assert_eq!(finding(&[]), plain);
        assert_eq!(finding(&["1", "1 234", "", "none, really", "0.0", "-5"]), plain);
    }

    #[test]
    fn thousands_by_comma_alone_are_ambiguous() {
        let found = finding(&["7", "1,234", "12,345", "1.234"]);
        assert_eq!(found, NumberFinding::Ambiguous(sight("1,234", 3)));
        let found = finding(&["7", "1.234", "12.345"]);
        assert_eq!(found, NumberFinding::Assumed(sight("1.234", 3)));
        assert_eq!(found.style(), Some(NumberStyle::Dot));
    }

    #[test]
    fn two_styles_in_one_column_contradict_each_other() {
        let found = finding(&["7", "1.234,50", "1,234.50", "8,5"]);
        let (dot, comma) = (sight("1,234.50", 4), sight("1.234,50", 3));
        assert_eq!(found, NumberFinding::Contradictory { dot, comma });
    }

    #[test]
    fn two_scouts_find_what_one_does() {
        let values = ["7", "1.234,50", "1,234.50", "8,5", "1,234", "1.234"];
        let mut whole = NumberScout::default();
        let mut halves = [NumberScout::default(), NumberScout::default()];
        for (row, value) in values.iter().enumerate() {
            whole.see(value.as_bytes(), row as u64);
            halves[row % 2].see(value.as_bytes(), row as u64);
        }
        let [mut even, odd] = halves;
        let mut other = odd.clone();
        other.merge(&even);
        even.merge(&odd);
        assert_eq!((even.finding(), other.finding()), (whole.finding(), whole.finding()));
    }
}

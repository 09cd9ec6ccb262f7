//! What a scout has found out about the numbers of a column.

use super::NumberStyle;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::transactions::read::Sight;

/// How a column writes its numbers, as far as its values tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberFinding {
    /// All values are numbers in this style.
    Clear(NumberStyle),
    /// There are points with three digits behind them and nothing else to tell: as everywhere in
    /// machines they are taken as decimals, which is worth a warning.
    Assumed(Sight),
    /// There are commas with three digits behind them and nothing else to tell.
    Ambiguous(Sight),
    /// One value is a number only with a decimal point, another only with a decimal comma.
    Contradictory {
        /// The first that needs the point.
        dot: Sight,
        /// The first that needs the comma.
        comma: Sight,
    },
}

impl NumberFinding {
    /// The style to read with; `None` where the user has to say.
    pub fn style(&self) -> Option<NumberStyle> {
        match self {
            NumberFinding::Clear(style) => Some(*style),
            NumberFinding::Assumed(_) => Some(NumberStyle::Dot),
            NumberFinding::Ambiguous(_) | NumberFinding::Contradictory { .. } => None,
        }
    }

    /// What is to be said about it: a fault or a warning, at the place of its example. `option` is
    /// the option by which the user says `dot` or `comma`.
    pub fn diagnostic(&self, place: impl Fn(u64) -> Place, option: &str) -> Option<Diagnostic> {
        let told = format!(
            "`{option} dot` if a point begins the decimals (1,234.50), `{option} comma` if a comma \
             does (1.234,50)"
        );
        match self {
            NumberFinding::Clear(_) => None,
            NumberFinding::Assumed(Sight { text, row }) => {
                let read = readings(text);
                let message = format!(
                    "“{text}” is read as {}; nothing in the column tells whether it means {}",
                    read.0, read.1
                );
                let diagnostic = Diagnostic::warning(Code::NumberAmbiguous, message);
                Some(diagnostic.at(place(*row)).hint(told))
            }
            NumberFinding::Ambiguous(Sight { text, row }) => {
                let read = readings(text);
                let message = format!(
                    "“{text}” is {} or {}, and no value of the column tells which",
                    read.0, read.1
                );
                let diagnostic = Diagnostic::error(Code::NumberAmbiguous, message);
                Some(diagnostic.at(place(*row)).hint(told))
            }
            NumberFinding::Contradictory { dot, comma } => {
                let message = format!(
                    "“{}” has a decimal point, but “{}” at {} has a decimal comma",
                    dot.text,
                    comma.text,
                    place(comma.row)
                );
                let hint = format!(
                    "write all numbers of the column in one way, or give {told}; the others then \
                     count as no numbers"
                );
                let diagnostic = Diagnostic::error(Code::NumberContradictory, message);
                Some(diagnostic.at(place(dot.row)).hint(hint))
            }
        }
    }
}

/// The text as a number with a decimal point, and with a decimal comma.
fn readings(text: &str) -> (String, String) {
    let read = |style: NumberStyle| {
        let number = style.read(text.as_bytes()).value();
        number.map_or_else(|| text.to_string(), |number| number.reduced().to_string())
    };
    (read(NumberStyle::Dot), read(NumberStyle::Comma))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(finding: NumberFinding) -> Option<String> {
        let place = |row| Place::line("sales.csv", row as usize, Some("Price".to_string()));
        finding.diagnostic(place, "--decimal").map(|diagnostic| diagnostic.to_string())
    }

    fn sight(text: &str, row: u64) -> Sight {
        Sight { text: text.to_string(), row }
    }

    #[test]
    fn both_readings_are_shown() {
        assert_eq!(told(NumberFinding::Clear(NumberStyle::Dot)), None);
        assert_eq!(
            told(NumberFinding::Ambiguous(sight("1,234", 3))).unwrap(),
            "error[number-ambiguous]: “1,234” is 1234 or 1.234, and no value of the column tells \
             which\n  --> sales.csv:3  Price\n  help: `--decimal dot` if a point begins the decimals \
             (1,234.50), `--decimal comma` if a comma does (1.234,50)"
        );
        let assumed = told(NumberFinding::Assumed(sight("1.234", 3))).unwrap();
        assert!(assumed.starts_with("warning[number-ambiguous]: “1.234” is read as 1.234;"));
        let dot = sight("1,234.50", 4);
        let both = told(NumberFinding::Contradictory { dot, comma: sight("1,5", 9) }).unwrap();
        assert!(
            both.contains("“1,5” at sales.csv:9  Price has a decimal comma\n  --> sales.csv:4")
        );
    }
}

//! Diagnostics as text: one fault, or a log in which a flood of one kind is folded.

use super::{Code, Diagnostic, Diagnostics, Severity};
use anstyle::{AnsiColor, Style};
use std::collections::HashMap;
use std::fmt;

/// Of one kind of warning or note this many are printed in full; the rest is counted.
const SHOWN_OF_A_KIND: usize = 4;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.text(false))
    }
}

impl Diagnostic {
    /// The diagnostic as lines of text; `styled` adds terminal colours.
    pub fn text(&self, styled: bool) -> String {
        let paint = |style: Style, text: &str| {
            if styled { format!("{style}{text}{style:#}") } else { text.to_string() }
        };
        let (colour, word) = match self.severity {
            Severity::Error => (AnsiColor::Red, "error"),
            Severity::Warning => (AnsiColor::Yellow, "warning"),
            Severity::Note => (AnsiColor::Cyan, "note"),
        };
        let head = format!("{word}[{}]", self.code);
        let mut text = paint(colour.on_default().bold(), &head) + ": " + &self.message;
        if let Some(place) = &self.place {
            text += &format!("\n  {} {place}", paint(AnsiColor::Blue.on_default(), "-->"));
        }
        if let Some(hint) = &self.hint {
            text += &format!("\n  {} {hint}", paint(Style::new().bold(), "help:"));
        }
        text
    }
}

impl Diagnostics {
    /// The log as text: every error in full; of a kind of warning or note the first few, the rest
    /// counted (all of them are in the results). Empty for an empty log.
    pub fn text(&self, styled: bool) -> String {
        let mut seen: HashMap<(Severity, Code), usize> = HashMap::new();
        let mut lines = Vec::new();
        for diagnostic in self.iter() {
            let count = seen.entry((diagnostic.severity, diagnostic.code)).or_default();
            *count += 1;
            if diagnostic.severity == Severity::Error || *count <= SHOWN_OF_A_KIND {
                lines.push(diagnostic.text(styled));
            }
        }
        let mut folded: Vec<_> = seen
            .into_iter()
            .filter(|((severity, _), count)| {
                *severity != Severity::Error && *count > SHOWN_OF_A_KIND
            })
            .collect();
        folded.sort_by_key(|((severity, code), _)| (std::cmp::Reverse(*severity), *code));
        for ((_, code), count) in folded {
            lines.push(format!(
                "  … and {} more of [{code}]; the results and --format json list all",
                count - SHOWN_OF_A_KIND
            ));
        }
        lines.join("\n")
    }
}

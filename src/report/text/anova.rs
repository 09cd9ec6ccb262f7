//! Analysis of variance on the terminal.

use super::grid::{to_text, wrapped};
use crate::anova::{Anova, CAVEAT, Origin};
use crate::report::tables::anova::{anova_table, details};
use std::fmt::Write;

/// Of the tables behind the first, so many rows are shown; JSON has them all.
const MOST_ROWS: usize = 60;

/// The tables of `custval anova`: the one-way table, what the tests say, then the tables behind it.
pub fn anova_text(tables: &[Anova]) -> String {
    let mut table = anova_table(tables);
    if tables.iter().any(|anova| anova.origin == Origin::Clusters) {
        table = table.note(CAVEAT);
    }
    let mut text = to_text(&table, usize::MAX);
    for anova in tables {
        let _ = write!(text, "\nWhat the tests say of {}\n", anova.variable);
        for sentence in anova.sentences.iter().chain(&anova.notes) {
            text += &point(sentence);
        }
    }
    for table in details(tables) {
        let _ = write!(text, "\n{}", to_text(&table, MOST_ROWS));
    }
    text
}

/// A sentence behind a bullet, its further lines indented.
fn point(sentence: &str) -> String {
    let lines = wrapped(sentence, 79, "   ");
    lines.replacen("   ", " • ", 1)
}

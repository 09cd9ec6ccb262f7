//! Analysis of variance on the terminal.

use super::grid::to_text;
use crate::anova::Anova;
use crate::report::tables::anova::{anova_table, groups_table};
use std::fmt::Write;

/// The tables of `custval anova`: the one-way table, then each variable's groups.
pub fn anova_text(tables: &[Anova]) -> String {
    let mut text = to_text(&anova_table(tables), usize::MAX);
    for anova in tables {
        let _ = write!(text, "\n{}", to_text(&groups_table(&anova.variable, &anova.groups), 50));
        for note in &anova.notes {
            let _ = writeln!(text, " {note}");
        }
    }
    text
}

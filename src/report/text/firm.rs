//! How firm the classes are, on the terminal.

use super::grid::{to_text, wrapped};
use crate::evaluation::Firm;
use crate::report::tables::firmness::{Shown, experts, judgements, scores};

/// So many of the least firm customers are listed in a summary.
const LEAST: usize = 5;

/// So many rows are listed where firmness is the question.
const MOST: usize = 20;

/// The least firm customers, for the summary of an evaluation.
pub(super) fn least(shown: &Shown) -> Vec<String> {
    let sentence = wrapped(&shown.sentence(), 79, "");
    let table = shown.unfirm().map(|table| to_text(&table, LEAST));
    std::iter::once(sentence).chain(table).collect()
}

/// What `custval sensitivity` prints.
pub fn firm_text(firm: &Firm) -> String {
    let title = format!("{}: how firm are the classes?", firm.model.title);
    let rule = "═".repeat(title.chars().count());
    let shown = Shown::of(firm);
    let said = format!("{} {}", shown.sentence(), shown.drawn());
    let mut text = vec![format!("{title}\n{rule}\n{}", wrapped(&said, 79, ""))];
    let tables = [shown.short(), judgements(firm), experts(firm), scores(firm)];
    text.extend(tables.iter().map(|table| match table.rows.len() {
        0 => format!("{}\n{}", table.title, wrapped(&table.note, 79, " ")),
        _ => to_text(table, MOST),
    }));
    text.push(firm.found.firmness_basis.notes.iter().map(|note| wrapped(note, 79, "")).collect());
    text.join("\n")
}

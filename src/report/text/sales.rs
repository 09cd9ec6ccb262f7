//! An analysis of sales on the terminal: what was used, the segments, what to do.

use super::grid::{to_text, wrapped};
use crate::report::tables::sales::{
    actions, clusters_anova, concentration_sentence, ledger, lists, months, profiles, segments,
    tiers, upgrades, weights_sentence,
};
use crate::rfm::Analysis;
use crate::text::count;

/// Rows of a list on the terminal; the report has them all.
const MOST_ROWS: usize = 8;

/// Months on the terminal.
const MOST_MONTHS: usize = 24;

/// The summary that `custval rfm` prints.
pub fn sales_text(analysis: &Analysis) -> String {
    let title = &analysis.model.title;
    let rule = "═".repeat(title.chars().count());
    let by_default = if analysis.as_of_by_default { ", the day after the last row" } else { "" };
    let opening = format!(
        "{} from {} to {}, as of {}{by_default}. {}",
        count(analysis.customers, "customer"),
        analysis.first.day(),
        analysis.last.day(),
        analysis.as_of,
        concentration_sentence(analysis),
    );
    let mut text = vec![
        format!("{title}\n{rule}\n{}", wrapped(&opening, 79, "")),
        to_text(&ledger(analysis), usize::MAX),
    ];
    if !analysis.segments.is_empty() {
        let brief = ["share", "description", "action", "mean_monetary"];
        text.push(to_text(&segments(analysis).without(&brief), usize::MAX));
        let actions = actions(analysis);
        if !actions.rows.is_empty() {
            text.push(to_text(&actions, usize::MAX));
        }
    }
    if analysis.model.weights_from.is_some() {
        text.push(wrapped(&weights_sentence(analysis), 79, ""));
    }
    let mut tiers = tiers(analysis);
    tiers.note.clear();
    text.push(to_text(&tiers, usize::MAX));
    for list in lists(analysis) {
        text.push(to_text(&list, MOST_ROWS));
    }
    text.push(to_text(&upgrades(analysis), usize::MAX));
    for table in [profiles(analysis), clusters_anova(analysis)].iter().flatten() {
        text.push(to_text(table, usize::MAX));
    }
    text.push(to_text(&months(analysis).last(MOST_MONTHS), MOST_MONTHS));
    if !analysis.warnings.is_empty() {
        let sentence = format!(
            "{} above and in the report: read before you rely on these figures.",
            count(analysis.warnings.len(), "warning")
        );
        text.push(wrapped(&sentence, 79, ""));
    }
    text.join("\n")
}

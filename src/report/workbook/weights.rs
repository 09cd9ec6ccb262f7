//! The sheets of the weights and of their consistency.

use super::charts::bar_of;
use super::formulas::{Formulas, consistency as reckoned};
use super::page::Page;
use crate::evaluation::Evaluation;
use crate::priority::Weights;
use crate::report::tables::{consistency, groups, weights};
use rust_xlsxwriter::XlsxError;

/// The hierarchy with its weights, and the indicators' weights as bars.
pub(super) fn fill(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let formulas = Formulas::of(evaluation);
    page.title("Weights", "How much each part counts, by the experts' pairwise comparisons.")?;
    let mut table = weights::tree(evaluation);
    if !formulas.weights_are_products() {
        table.note =
            "The weights in the whole are blended with weights from the data; those of the parts \
                      above are the sums of those below."
                .to_string();
    }
    let tree =
        page.computed_table(&table, &|part, column| formulas.weight_in_whole(part, column))?;
    let global = weights::global_table(&evaluation.weights);
    let global = page.computed_table(&global, &|indicator, column| match column {
        1 => formulas.weight_here(indicator),
        _ => None,
    })?;
    page.bars(&global, 1)?;
    let height = (global.rows as u32 * 22 + 80).clamp(220, 700);
    let mut chart = bar_of(&global, "Weights of the indicators", 0, 1);
    page.chart(&mut chart, (440, height), tree.header_row, tree.columns as u16)?;
    if let Some(blend) = groups::blend_table(&evaluation.weights) {
        page.table(&blend)?;
    }
    Ok(())
}

/// How far the judgements contradict each other.
pub(super) fn consistency(page: &mut Page, weights: &Weights) -> Result<(), XlsxError> {
    page.title(
        "Consistency",
        "How far the judgements contradict each other, and what would mend it.",
    )?;
    let table = consistency::consistency_table(weights);
    let cr = table.columns.iter().position(|column| column.name == "cr").unwrap_or(0);
    let header = page.row + 1;
    let placed =
        page.computed_table(&table, &|row, column| reckoned(&table, header, row, column))?;
    page.limit(&placed, cr, weights.consistency_limit)?;
    let details = [
        consistency::contradictions_table(weights),
        consistency::repairs_table(weights),
        consistency::gaps_table(weights),
    ];
    for table in details.iter().flatten() {
        page.table(table)?;
    }
    let verdicts = consistency::verdicts_table(weights);
    if verdicts.columns.len() > 1 {
        let placed = page.table(&verdicts)?;
        for column in 1..verdicts.columns.len() {
            page.limit(&placed, column, weights.consistency_limit)?;
        }
    }
    Ok(())
}

/// How the experts become one group; nothing where there are fewer than two.
pub(super) fn of_group(weights: &Weights) -> Vec<crate::report::Table> {
    let tables = [
        groups::consensus_table(weights),
        groups::aggregates_table(weights),
        groups::without_table(weights),
    ];
    tables.into_iter().flatten().collect()
}

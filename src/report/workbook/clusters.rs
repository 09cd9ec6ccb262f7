//! The sheets of the clusters: step by step, how many, and whether they differ.

use super::charts::{lines_of, profile_chart};
use super::page::Page;
use super::{MOST_CUSTOMERS, MOST_MOVED};
use crate::anova::CAVEAT;
use crate::evaluation::Evaluation;
use crate::report::Table;
use crate::report::tables::{anova, choice, clusters, profiles, values};
use rust_xlsxwriter::XlsxError;

/// The rows that a chart of lines covers, and one more.
const CHART_ROWS: u32 = 15;

/// The clustering as SPSS prints it.
pub(super) fn fill(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let (found, naming) = (&evaluation.clusters, Some(&evaluation.naming));
    let names: Vec<String> = evaluation.values.iter().map(|value| value.customer.clone()).collect();
    page.title("Clusters", "k-means as SPSS QUICK CLUSTER runs it, step by step.")?;
    page.table(&clusters::by_variable("Initial centres", &found.initial_centres, found, None))?;
    let history = clusters::history_table(&found.history, found.k);
    page.table(&history.note(&found.stopped_because))?;
    page.table(&clusters::by_variable("Final centres", &found.centres, found, naming))?;
    let distances = page.table(&clusters::distances_table(found))?;
    page.heat(&distances, 1)?;
    if let Some(stability) = choice::stability_table(found, naming) {
        page.table(&stability)?;
    }
    if let Some(better) = clusters::better_table(found, &names) {
        page.table(&better.first(MOST_MOVED, "tables/better_partition.csv"))?;
    }
    let room = MOST_CUSTOMERS.saturating_sub(page.row as usize);
    let membership = clusters::membership_table(found, Some(&names));
    page.table(&membership.first(room, "tables/membership.csv"))?;
    Ok(())
}

/// Other numbers of clusters, in figures and lines.
pub(super) fn choice_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let found = &evaluation.clusters;
    page.title("Number of clusters", "What speaks for fewer or more clusters.")?;
    let quality = page.table(&choice::quality_table(found))?;
    if quality.rows <= 2 {
        return Ok(());
    }
    let has_gap = found.k_choice.iter().any(|choice| choice.gap.is_some());
    let charts = [("Sum of squares", 1), ("Silhouette", 2), ("Gap", 5)];
    for (title, figure) in charts.into_iter().filter(|(_, figure)| *figure < 5 || has_gap) {
        let mut chart = lines_of(&quality, &format!("{title} by number of clusters"), 0, figure);
        page.chart(&mut chart, (620, 280), page.row, 0)?;
        page.row += CHART_ROWS;
    }
    Ok(())
}

/// What sets the classes apart.
pub(super) fn profiles_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Profiles", "What sets the classes apart, indicator by indicator.")?;
    let placed = page.table(&profiles::indicators(evaluation))?;
    page.heat(&placed, 4)?;
    let mut chart = profile_chart(&placed, evaluation);
    page.chart(&mut chart, (800, 380), page.row, 0)?;
    page.row += 22;
    if let Some(own) = profiles::own_classes(evaluation) {
        let placed = page.table(&own)?;
        page.heat(&placed, 1)?;
    }
    Ok(())
}

/// Whether the clusters differ, in sentences.
pub(super) fn anova_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("ANOVA", "Do the clusters differ on each variable?")?;
    tested(page, &values::named_anova(evaluation).note(CAVEAT))?;
    for anova in values::named_tests(evaluation) {
        let said: Vec<&str> =
            anova.sentences.iter().chain(&anova.notes).map(String::as_str).collect();
        page.paragraphs(&format!("What the tests say of {}", anova.variable), &said)?;
    }
    Ok(())
}

/// The figures behind the sentences of the sheet ANOVA.
pub(super) fn tests_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title(
        "Tests",
        "The tests beside F, effect sizes, pairs of clusters and the clusters themselves.",
    )?;
    let details = anova::details(&values::named_tests(evaluation));
    details.iter().try_for_each(|table| tested(page, table))
}

/// A table whose small p-values stand out.
pub(super) fn tested(page: &mut Page, table: &Table) -> Result<(), XlsxError> {
    let placed = page.table(table)?;
    let is_p = |at: &usize| table.columns[*at].format == crate::report::Format::Probability;
    (0..table.columns.len()).filter(is_p).try_for_each(|column| page.significant(&placed, column))
}

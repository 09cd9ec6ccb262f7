//! The report as an Excel workbook with native charts.

mod book;
mod charts;
mod page;
mod plane;
mod sales;
mod summary;
mod weighing;

pub use sales::write_sales_workbook;
pub use weighing::{revisions, weighing_workbook};

use super::tables::{
    anova, choice, clusters, consistency, firmness, groups, inputs, joins, migration, plan,
    profiles, rankings, values, weights,
};
use crate::Error;
use crate::anova::CAVEAT;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::Evaluation;
use crate::migration::Migration;
use crate::priority::Weights;
use crate::value::Rankings;
use book::Book;
use charts::{bar_of, lines_of, profile_chart};
use page::Page;
use rust_xlsxwriter::XlsxError;

/// What a sheet of Excel holds at most, less room for titles.
const MOST_CUSTOMERS: usize = 1_048_000;

/// More customers than these who move in a better partition are not listed on the sheet.
const MOST_MOVED: usize = 1_000;

/// The rows that a chart of lines covers, and one more.
const CHART_ROWS: u32 = 15;

/// The colours of the first classes, lowest first; told apart by the colour-blind too.
const CLASS_COLOURS: [u32; 6] = [0x6B7280, 0xD97706, 0x2563EB, 0x0F766E, 0x9D174D, 0x4D7C0F];

/// The colour of a class by its place in the model.
fn class_colour(place: usize) -> u32 {
    CLASS_COLOURS[place % CLASS_COLOURS.len()]
}

/// The report of an evaluation as the bytes of an xlsx file. The same evaluation gives the same
/// bytes.
///
/// # Errors
/// [`Code::OutputFailed`] where there are more customers than a sheet has rows.
pub fn workbook(evaluation: &Evaluation) -> Result<Vec<u8>, Error> {
    let customers = evaluation.values.len();
    if customers > MOST_CUSTOMERS {
        let message = format!("{customers} customers do not fit on a sheet of Excel");
        let hint = "the JSON and the CSV tables hold them all";
        return Err(Diagnostic::error(Code::OutputFailed, message).hint(hint).into());
    }
    write(evaluation).map_err(|error| Error::internal(format!("cannot write xlsx: {error}")))
}

fn write(evaluation: &Evaluation) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::default();
    book.add("Summary", |page| summary::fill(page, evaluation))?;
    book.add("Customers", |page| customers_sheet(page, evaluation))?;
    book.add("Actions", |page| wide(page, &plan::actions(evaluation)))?;
    book.add("Plan", |page| plan_sheet(page, evaluation))?;
    if let Some(found) = &evaluation.migration {
        book.add("Migration", |page| migration_sheet(page, found, evaluation))?;
    }
    book.add("Value matrix", |page| plane::fill(page, evaluation))?;
    book.add("Contributions", |page| wide(page, &values::contributions(evaluation)))?;
    book.add("Scores", |page| wide(page, &values::scores(evaluation)))?;
    if let Some(raw) = values::raw(evaluation) {
        book.add("Values", |page| wide(page, &raw))?;
    }
    book.add("Weights", |page| weights_sheet(page, evaluation))?;
    if evaluation.weights.nodes.iter().any(|node| node.cr.is_some()) {
        book.add("Consistency", |page| consistency_sheet(page, &evaluation.weights))?;
    }
    book.add("Experts", |page| experts_sheet(page, evaluation))?;
    book.add("Clusters", |page| clusters_sheet(page, evaluation))?;
    book.add("Profiles", |page| profiles_sheet(page, evaluation))?;
    if !evaluation.firmness.is_empty() {
        book.add("Firmness", |page| firmness_sheet(page, evaluation))?;
    }
    if !evaluation.anova.is_empty() {
        book.add("ANOVA", |page| anova_sheet(page, evaluation))?;
        book.add("Tests", |page| tests_sheet(page, evaluation))?;
    }
    if let Some(found) = &evaluation.rankings {
        book.add("Rankings", |page| rankings_sheet(page, found))?;
    }
    book.add("Notes", |page| notes_sheet(page, evaluation))?;
    book.save(&evaluation.model.title, &evaluation.made_by)
}

fn customers_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Customers", "Every customer with its values and its class, highest value first.")?;
    let placed = page.main_table(&values::all_customers(evaluation))?;
    page.colour_classes(&placed, 2, &class_names(evaluation))?;
    page.bars(&placed, 3)
}

fn plan_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let table = plan::plan(evaluation);
    page.title("Plan", &format!("What to do with whom, most at stake first. {}", table.note))?;
    let placed = page.main_table(&table)?;
    page.colour_classes(&placed, 1, &class_names(evaluation))?;
    let stake = table.columns.iter().position(|column| column.name == "value_at_stake");
    page.bars(&placed, stake.unwrap_or(0))
}

/// A table that takes a sheet of its own.
fn wide(page: &mut Page, table: &super::Table) -> Result<(), XlsxError> {
    page.title(&table.title, &table.note)?;
    let table = super::Table { note: String::new(), ..table.clone() };
    page.main_table(&table)?;
    Ok(())
}

fn weights_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Weights", "How much each part counts, by the experts' pairwise comparisons.")?;
    let tree = page.table(&weights::tree(evaluation))?;
    let global = page.aside(&weights::global_table(&evaluation.weights), 6)?;
    let chart = bar_of(&global, "Weights of the indicators", 0, 1);
    page.chart(&chart, tree.header_row, 9)?;
    if let Some(blend) = groups::blend_table(&evaluation.weights) {
        page.table(&blend)?;
    }
    Ok(())
}

fn consistency_sheet(page: &mut Page, weights: &Weights) -> Result<(), XlsxError> {
    page.title(
        "Consistency",
        "How far the judgements contradict each other, and what would mend it.",
    )?;
    let table = consistency::consistency_table(weights);
    let cr = table.columns.iter().position(|column| column.name == "cr").unwrap_or(0);
    let placed = page.table(&table)?;
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
        page.table(&verdicts)?;
    }
    Ok(())
}

/// How the experts become one group; nothing where there are fewer than two.
fn group_tables(weights: &Weights) -> Vec<super::Table> {
    let tables = [
        groups::consensus_table(weights),
        groups::aggregates_table(weights),
        groups::without_table(weights),
    ];
    tables.into_iter().flatten().collect()
}

fn rankings_sheet(page: &mut Page, found: &Rankings) -> Result<(), XlsxError> {
    page.title("Rankings", "Would another method rank the customers otherwise?")?;
    page.table(&rankings::correlations_table(found))?;
    page.table(&rankings::rankings_table(found))?;
    Ok(())
}

fn experts_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Experts", "Who judged and scored, and what each one's judgements alone say.")?;
    page.table(&inputs::experts(evaluation))?;
    page.table(&weights::by_expert(&evaluation.weights))?;
    for table in group_tables(&evaluation.weights) {
        page.table(&table)?;
    }
    if let Some(agreement) = &evaluation.agreement {
        page.table(&groups::score_agreement_table(agreement))?;
    }
    page.table(&inputs::indicators(evaluation))?;
    let more = [
        joins::disagreements(evaluation),
        joins::unmatched(evaluation),
        inputs::filled(evaluation),
        inputs::left_out(evaluation),
    ];
    for table in more.into_iter().flatten() {
        page.table(&table)?;
    }
    Ok(())
}

fn clusters_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let (found, naming) = (&evaluation.clusters, Some(&evaluation.naming));
    let names: Vec<String> = evaluation.values.iter().map(|value| value.customer.clone()).collect();
    page.title("Clusters", "k-means as SPSS QUICK CLUSTER runs it, step by step.")?;
    page.table(&clusters::by_variable("Initial centres", &found.initial_centres, found, None))?;
    let history = clusters::history_table(&found.history, found.k);
    page.table(&history.note(&found.stopped_because))?;
    page.table(&clusters::by_variable("Final centres", &found.centres, found, naming))?;
    page.table(&clusters::distances_table(found))?;
    if let Some(stability) = choice::stability_table(found, naming) {
        page.table(&stability)?;
    }
    let quality = page.table(&choice::quality_table(found))?;
    if quality.rows > 2 {
        let charts = [("Sum of squares", 1, 0), ("Silhouette", 2, 4), ("Gap", 5, 9)];
        for (title, figure, column) in charts {
            if figure < 5 || found.k_choice.iter().any(|choice| choice.gap.is_some()) {
                let chart =
                    lines_of(&quality, &format!("{title} by number of clusters"), 0, figure);
                page.chart(&chart, page.row, column)?;
            }
        }
        page.row += CHART_ROWS;
    }
    if let Some(better) = clusters::better_table(found, &names) {
        page.table(&better.first(MOST_MOVED, "tables/better_partition.csv"))?;
    }
    let room = MOST_CUSTOMERS.saturating_sub(page.row as usize);
    let membership = clusters::membership_table(found, Some(&names));
    page.table(&membership.first(room, "tables/membership.csv"))?;
    Ok(())
}

fn migration_sheet(
    page: &mut Page,
    found: &Migration,
    evaluation: &Evaluation,
) -> Result<(), XlsxError> {
    page.title(
        "Migration",
        "Where customers are heading: who changed class, and the money at stake.",
    )?;
    let placed = page.table(&migration::matrix(found, evaluation))?;
    // The sums would outshine the cells.
    page.heat(&placed.without_sums(), 1)?;
    let placed = page.table(&migration::money(found, evaluation))?;
    page.heat(&placed.without_sums(), 1)?;
    let moves = migration::moves(found, evaluation);
    page.table(&moves.first(MOST_MOVED, "tables/moves.csv"))?;
    let paths = migration::paths(found, evaluation);
    page.table(&paths.first(MOST_MOVED, "tables/paths.csv"))?;
    Ok(())
}

fn profiles_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Profiles", "What sets the classes apart, indicator by indicator.")?;
    let table = profiles::indicators(evaluation);
    let placed = page.table(&table)?;
    page.heat(&placed, 4)?;
    let chart = profile_chart(&placed, evaluation);
    let column = table.columns.len() as u16 + 1;
    page.chart(&chart, placed.header_row, column)?;
    page.leave_room(22, &placed);
    if let Some(own) = profiles::own_classes(evaluation) {
        page.table(&own)?;
    }
    Ok(())
}

fn firmness_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let shown = firmness::Shown::of_evaluation(evaluation);
    page.title("Firmness", "Would other judgements or scores give other classes?")?;
    page.paragraphs("In short", &[&shown.sentence(), &shown.drawn()])?;
    let table = shown.all();
    let placed = page.table(&table)?;
    page.colour_classes(&placed, 1, &class_names(evaluation))?;
    page.bars(&placed, 2)?;
    let notes: Vec<&str> = evaluation.firmness_basis.notes.iter().map(String::as_str).collect();
    page.paragraphs("How this was found", &notes)
}

fn anova_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("ANOVA", "Do the clusters differ on each variable?")?;
    page.table(&values::named_anova(evaluation).note(CAVEAT))?;
    for anova in values::named_tests(evaluation) {
        let said: Vec<&str> =
            anova.sentences.iter().chain(&anova.notes).map(String::as_str).collect();
        page.paragraphs(&format!("What the tests say of {}", anova.variable), &said)?;
    }
    Ok(())
}

/// The figures behind the sentences of the sheet ANOVA.
fn tests_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title(
        "Tests",
        "The tests beside F, effect sizes, pairs of clusters and the clusters themselves.",
    )?;
    for table in anova::details(&values::named_tests(evaluation)) {
        page.table(&table)?;
    }
    Ok(())
}

fn notes_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Notes", "What these figures rest on, and what was repaired or guessed.")?;
    page.table(&inputs::provenance(evaluation))?;
    page.table(&inputs::warnings(evaluation))?;
    let notes: Vec<&str> = evaluation.notes.iter().map(String::as_str).collect();
    page.paragraphs("Notes", &notes)
}

/// The names of the classes that have customers, with each one's colour.
fn class_names(evaluation: &Evaluation) -> Vec<(String, u32)> {
    let classes = evaluation.classes.iter().enumerate();
    classes.map(|(place, class)| (class.name.clone(), class_colour(place))).collect()
}

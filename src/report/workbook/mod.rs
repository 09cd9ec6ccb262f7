//! The report as an Excel workbook with native charts.

mod book;
mod cells;
mod charts;
mod clusters;
mod contents;
mod customers;
mod formulas;
mod known;
mod labels;
mod marks;
mod page;
mod paper;
mod plane;
mod sales;
mod summary;
mod weighing;
mod weights;

pub use sales::write_sales_workbook;
pub use weighing::{revisions, weighing_workbook};

use super::tables::{
    firmness, groups, inputs, joins, migration, plan, rankings, values, weights as weight_tables,
};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::Evaluation;
use crate::text::count;
use book::Book;
use contents::Contents;
use formulas::sums;
use known::{CUSTOMERS, Known};
use page::Page;
use rust_xlsxwriter::XlsxError;

/// What a sheet of Excel holds at most, less room for titles.
const MOST_CUSTOMERS: usize = 1_048_000;

/// More customers than these who move in a better partition are not listed on the sheet.
const MOST_MOVED: usize = 1_000;

/// The colours of the first classes, lowest first; told apart by the colour-blind too.
const CLASS_COLOURS: [u32; 6] = [0x6B7280, 0xD97706, 0x2563EB, 0x0F766E, 0x9D174D, 0x4D7C0F];

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
    let contents = contents(evaluation);
    let mut book = Book::about(Known::of(evaluation));
    book.add("Summary", |page| summary::fill(page, evaluation, &contents))?;
    contents.fill(&mut book, evaluation)?;
    book.save(&evaluation.model.title, &evaluation.made_by)
}

/// The sheets after the summary, as far as there is anything for them.
fn contents(evaluation: &Evaluation) -> Contents<Evaluation> {
    let mut sheets = Contents::new();
    sheets.add(CUSTOMERS, "every customer by rank, with class", customers::fill);
    sheets.add("Actions", "what to do, most at stake first", actions_sheet);
    sheets.add("Plan", "what to do with each customer", plan_sheet);
    let later = evaluation.migration.is_some();
    sheets.add_if(later, "Migration", "where customers are heading", migration_sheet);
    sheets.add(plane::SHEET, "the picture, large, and its figures", plane::fill);
    sheets.add("Contributions", "what each indicator adds", customers::contributions);
    sheets.add("Scores", "the scores behind them", customers::scores);
    let measured = values::raw(evaluation).is_some();
    sheets.add_if(measured, "Values", "what was measured or sold", values_sheet);
    sheets.add("Weights", "how much each part counts", weights::fill);
    let judged = evaluation.weights.nodes.iter().any(|node| node.cr.is_some());
    sheets.add_if(judged, "Consistency", "do judgements contradict each other?", consistency_sheet);
    sheets.add("Experts", "each expert's own weights", experts_sheet);
    sheets.add("Clusters", "the clustering, step by step", clusters::fill);
    sheets.add("Cluster number", "fewer clusters, or more?", clusters::choice_sheet);
    sheets.add("Profiles", "what sets the classes apart", clusters::profiles_sheet);
    let drawn = !evaluation.firmness.is_empty();
    sheets.add_if(drawn, "Firmness", "how firm each class is", firmness_sheet);
    let tested = !evaluation.anova.is_empty();
    sheets.add_if(tested, "ANOVA", "do the clusters differ?", clusters::anova_sheet);
    sheets.add_if(tested, "Tests", "the figures behind it", clusters::tests_sheet);
    let ranked = evaluation.rankings.is_some();
    sheets.add_if(ranked, "Rankings", "would another method differ?", rankings_sheet);
    let warnings = count(evaluation.warnings.len(), "warning");
    sheets.add("Notes", &format!("method, inputs, {warnings}"), notes_sheet);
    sheets
}

fn actions_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    wide(page, &plan::actions(evaluation))
}

fn values_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    values::raw(evaluation).map_or(Ok(()), |raw| wide(page, &raw))
}

fn consistency_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    weights::consistency(page, &evaluation.weights)
}

fn plan_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let table = plan::plan(evaluation);
    page.title("Plan", &format!("What to do with whom, most at stake first. {}", table.note))?;
    let placed = page.main_table(&table)?;
    let place = |name| table.columns.iter().position(|column| column.name == name);
    place("firmness").map_or(Ok(()), |column| page.doubt(&placed, column))?;
    place("value_at_stake").map_or(Ok(()), |column| page.bars(&placed, column))
}

/// A table that takes a sheet of its own.
fn wide(page: &mut Page, table: &super::Table) -> Result<(), XlsxError> {
    page.title(&table.title, &table.note)?;
    page.main_table(table)?;
    Ok(())
}

fn rankings_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Rankings", "Would another method rank the customers otherwise?")?;
    let Some(found) = &evaluation.rankings else { return Ok(()) };
    page.table(&rankings::correlations_table(found))?;
    page.table(&rankings::rankings_table(found))?;
    Ok(())
}

fn experts_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Experts", "Who judged and scored, and what each one's judgements alone say.")?;
    page.table(&inputs::experts(evaluation))?;
    page.table(&weight_tables::by_expert(&evaluation.weights))?;
    for table in weights::of_group(&evaluation.weights) {
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

fn migration_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title(
        "Migration",
        "Where customers are heading: who changed class, and the money at stake.",
    )?;
    let Some(found) = &evaluation.migration else { return Ok(()) };
    for table in [migration::matrix(found, evaluation), migration::money(found, evaluation)] {
        let header = page.row + 1;
        let placed =
            page.computed_table(&table, &|row, column| sums(&table, header, row, column))?;
        // The sums would outshine the cells.
        page.heat(&placed.without_sums(), 1)?;
    }
    let moves = migration::moves(found, evaluation);
    page.table(&moves.first(MOST_MOVED, "tables/moves.csv"))?;
    let paths = migration::paths(found, evaluation);
    page.table(&paths.first(MOST_MOVED, "tables/paths.csv"))?;
    Ok(())
}

fn firmness_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let shown = firmness::Shown::of_evaluation(evaluation);
    let table = shown.all();
    page.title("Firmness", &format!("{} {}", shown.sentence(), shown.drawn()))?;
    let placed = page.main_table(&table)?;
    page.doubt(&placed, 2)?;
    page.remark(&table.note);
    page.row += 1;
    let notes: Vec<&str> = evaluation.firmness_basis.notes.iter().map(String::as_str).collect();
    page.paragraphs("How this was found", &notes)
}

fn notes_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Notes", "What these figures rest on, and what was repaired or guessed.")?;
    page.table(&inputs::provenance(evaluation))?;
    page.table(&inputs::warnings(evaluation))?;
    let notes: Vec<&str> = evaluation.notes.iter().map(String::as_str).collect();
    page.paragraphs("Notes", &notes)
}

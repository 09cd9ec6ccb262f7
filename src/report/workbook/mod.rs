//! The report as an Excel workbook with native charts.

mod charts;
mod page;
mod plane;
mod summary;

use super::tables::{anova, clusters, inputs, profiles, values, weights};
use crate::Error;
use crate::anova::CAVEAT;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluation::Evaluation;
use charts::{bar_of, lines_of, profile_chart};
use page::Page;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

/// What a sheet of Excel holds at most, less room for titles.
const MOST_CUSTOMERS: usize = 1_048_000;

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
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&evaluation.model.title)
        .set_comment(&evaluation.made_by)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?);
    book.set_properties(&properties);
    let mut sheets: Vec<Worksheet> = Vec::new();
    let mut add = |name: &str, fill: &dyn Fn(&mut Page) -> Result<(), XlsxError>| {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        let mut page = Page::new(&mut sheet);
        fill(&mut page)?;
        page.finish()?;
        sheets.push(sheet);
        Ok::<(), XlsxError>(())
    };
    add("Summary", &|page| summary::fill(page, evaluation))?;
    add("Customers", &|page| customers_sheet(page, evaluation))?;
    add("Value matrix", &|page| plane::fill(page, evaluation))?;
    add("Contributions", &|page| wide(page, &values::contributions(evaluation)))?;
    add("Scores", &|page| wide(page, &values::scores(evaluation)))?;
    add("Weights", &|page| weights_sheet(page, evaluation))?;
    add("Experts", &|page| experts_sheet(page, evaluation))?;
    add("Clusters", &|page| clusters_sheet(page, evaluation))?;
    add("Profiles", &|page| profiles_sheet(page, evaluation))?;
    if !evaluation.anova.is_empty() {
        add("ANOVA", &|page| anova_sheet(page, evaluation))?;
        add("Tests", &|page| tests_sheet(page, evaluation))?;
    }
    add("Notes", &|page| notes_sheet(page, evaluation))?;
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer()
}

fn customers_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Customers", "Every customer with its values and its class, highest value first.")?;
    let placed = page.main_table(&values::all_customers(evaluation))?;
    page.colour_classes(&placed, 2, &class_names(evaluation))?;
    page.bars(&placed, 3)
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
    let consistency = page.table(&weights::consistency_table(&evaluation.weights))?;
    page.limit(&consistency, 2, evaluation.weights.consistency_limit)?;
    let verdicts = weights::verdicts_table(&evaluation.weights);
    if verdicts.columns.len() > 1 {
        page.table(&verdicts)?;
    }
    Ok(())
}

fn experts_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    page.title("Experts", "Who judged and scored, and what each one's judgements alone say.")?;
    page.table(&inputs::experts(evaluation))?;
    page.table(&weights::by_expert(&evaluation.weights))?;
    page.table(&inputs::indicators(evaluation))?;
    for table in [inputs::filled(evaluation), inputs::left_out(evaluation)].into_iter().flatten() {
        page.table(&table)?;
    }
    Ok(())
}

fn clusters_sheet(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let found = &evaluation.clusters;
    let names: Vec<String> = evaluation.values.iter().map(|value| value.customer.clone()).collect();
    page.title("Clusters", "k-means as SPSS QUICK CLUSTER runs it, step by step.")?;
    page.table(&clusters::by_variable("Initial centres", &found.initial_centres, found))?;
    let history = clusters::history_table(&found.history, found.k);
    page.table(&history.note(&found.stopped_because))?;
    page.table(&clusters::by_variable("Final centres", &found.centres, found))?;
    page.table(&clusters::distances_table(found))?;
    let quality = page.table(&clusters::quality_table(found))?;
    if quality.rows > 2 {
        let chart = lines_of(&quality, "Silhouette by number of clusters", 0, 2);
        page.chart(&chart, quality.header_row, 8)?;
    }
    if let Some(better) = clusters::better_table(found, &names) {
        page.table(&better)?;
    }
    page.table(&clusters::membership_table(found, Some(&names)))?;
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

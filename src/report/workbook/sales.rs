//! An analysis of sales as an Excel workbook with native charts.

use super::book::Book;
use super::charts::{curve, fill, titled};
use super::clusters::tested;
use super::contents::Contents;
use super::known::{CUSTOMERS, Known};
use super::page::{Page, Placed};
use super::wide;
use crate::report::tables::sales as tables;
use crate::report::{Cell, LongTable, Table};
use crate::rfm::Analysis;
use crate::text::count;
use crate::workbook::style;
use rust_xlsxwriter::{Chart, ChartType, XlsxError};
use std::io::Write;

/// So many customers stand on their sheet, which any program still opens with ease.
const MOST_CUSTOMERS: usize = 65_000;

/// Of more than that the best so many, so that the workbook takes little room in the making; the CSV has
/// them all.
const BEST_CUSTOMERS: usize = 20_000;

/// The rows that a chart covers, and one more.
const CHART_ROWS: u32 = 18;
/// The size of a chart, in dots.
const CHART: (u32, u32) = (620, 330);

/// Writes the report of an analysis of sales as an xlsx file. The same analysis gives the same bytes.
/// Of more than 65,000 customers their sheet lists the best 20,000, and says so.
///
/// # Errors
/// Those of writing.
pub fn write_sales_workbook(analysis: &Analysis, file: impl Write + Send) -> std::io::Result<()> {
    write(analysis, file).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        other => std::io::Error::other(other.to_string()),
    })
}

fn write(analysis: &Analysis, file: impl Write + Send) -> Result<(), XlsxError> {
    let contents = contents(analysis);
    let mut book = Book::about(known(analysis));
    book.add("Summary", |page| summary(page, analysis, &contents))?;
    contents.fill(&mut book, analysis)?;
    book.write(&analysis.model.title, &analysis.made_by, file)
}

/// The sheets after the summary, as far as there is anything for them.
fn contents(analysis: &Analysis) -> Contents<Analysis> {
    let mut sheets = Contents::new();
    let segmented = !analysis.segments.is_empty();
    sheets.add_if(segmented, "Segments", "who customers are, and what to do", segments);
    let mapped = tables::grid(analysis).is_some();
    sheets.add_if(mapped, "Heat map", "customers and money by recency and frequency", heat_map);
    sheets.add(CUSTOMERS, "every customer with scores and figures", customers);
    sheets.add("Tiers", "how money is spread over customers", tiers);
    for list in tables::lists(analysis) {
        let (name, what) = (list.title.clone(), count(list.rows.len(), "customer"));
        sheets.add(&name, &what, move |page, _| wide(page, &list));
    }
    sheets.add("Scores", "what each score means", scores);
    sheets.add_if(analysis.clusters.is_some(), "Clusters", "k-means on all figures", clusters);
    sheets.add("Sales", "by month, weekday and hour, and country", sales);
    let sold = !tables::product_tables(analysis).is_empty();
    sheets.add_if(sold, "Products", "what is sold most", products);
    sheets.add("Cohorts", "who comes back", cohorts);
    sheets.add("Notes", "definitions, and what has to be known", notes);
    sheets
}

/// How many customers stand on their sheet.
fn listed(analysis: &Analysis) -> usize {
    match analysis.customers {
        all if all <= MOST_CUSTOMERS => all,
        _ => BEST_CUSTOMERS,
    }
}

fn known(analysis: &Analysis) -> Known {
    let rows = tables::sales_customers(analysis).rows.take(listed(analysis));
    let name = |row: Vec<Cell>| match row.into_iter().next() {
        Some(Cell::Text(name)) => name,
        _ => String::new(),
    };
    let names: Vec<String> = rows.map(name).collect();
    Known::of_customers(names.iter().map(String::as_str))
}

fn summary(
    page: &mut Page,
    analysis: &Analysis,
    contents: &Contents<Analysis>,
) -> Result<(), XlsxError> {
    let span = format!(
        "{} from {} to {}, as of {}.",
        count(analysis.customers, "customer"),
        analysis.first.day(),
        analysis.last.day(),
        analysis.as_of
    );
    page.title(&analysis.model.title, &span)?;
    let said = tables::concentration_sentence(analysis);
    if !said.is_empty() {
        page.sentence(&said);
        page.row += 1;
    }
    page.table(&tables::ledger(analysis))?;
    contents.links(page, 0)?;
    page.row += 1;
    let table = tables::tiers(analysis);
    page.table(&Table { note: String::new(), ..table }).map(|_| ())
}

fn segments(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Segments", "Who the customers are by their scores, and what to do about them.")?;
    let placed = page.table(&tables::segments(analysis))?;
    page.bars(&placed, 2)?;
    page.bars(&placed, 4)?;
    shares(page, &placed)
}

fn heat_map(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Heat map", "Recency down, frequency across: the best in the upper right corner.")?;
    let Some((counts, money)) = tables::grid(analysis) else { return Ok(()) };
    for table in [counts, money] {
        (1..table.columns.len()).for_each(|column| page.widen(column as u16, 12));
        let placed = page.table(&table)?;
        page.heat(&placed, 1)?;
    }
    Ok(())
}

fn customers(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    let table = tables::sales_customers(analysis);
    let listed = listed(analysis);
    let note = match analysis.customers - listed {
        0 => table.head.note.clone(),
        more => format!(
            "{} These are the best {listed}; customers.csv lists {more} more.",
            table.head.note
        ),
    };
    page.title("Customers", &note)?;
    let money = table.head.columns.iter().position(|column| column.name == "monetary");
    let rows = table.rows.take(listed);
    let placed = page.long_table(LongTable { rows: Box::new(rows), ..table })?;
    money.map_or(Ok(()), |column| page.bars(&placed, column))
}

fn tiers(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Tiers", "How money is spread over customers.")?;
    let tiers = tables::tiers(analysis);
    let placed = page.table(&Table { note: String::new(), ..tiers })?;
    shares(page, &placed)?;
    page.table(&tables::upgrades(analysis))?;
    let lorenz = tables::lorenz(analysis);
    if lorenz.rows.len() > 1 {
        let gini = analysis.concentration.gini.map_or(String::new(), |g| format!(" (Gini {g:.3})"));
        let top = page.row;
        page.row += CHART_ROWS + 4;
        page.end_of_print();
        let placed = page.table(&lorenz)?;
        let mut chart = curve(&placed, &format!("Lorenz curve{gini}"));
        page.chart(&mut chart, (CHART.0, 400), top, 0)?;
    }
    Ok(())
}

fn scores(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Scores", "What each score means in days, orders and money.")?;
    page.table(&tables::levels(analysis)).map(|_| ())
}

fn clusters(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Clusters", "k-means on all figures together.")?;
    tables::profiles(analysis).iter().try_for_each(|table| page.table(table).map(|_| ()))?;
    tables::clusters_anova(analysis).iter().try_for_each(|table| tested(page, table))
}

fn sales(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Sales", "By month, weekday and hour, and country.")?;
    let table = tables::months(analysis);
    let months = page.table(&table)?;
    page.bars(&months, 1)?;
    let mut chart = columns(&months, "Money by month", &[1]);
    chart.y_axis().set_num_format("#,##0");
    chart.legend().set_hidden();
    page.chart(&mut chart, CHART, months.header_row, months.columns as u16)?;
    page.leave_room(CHART_ROWS, months.header_row);
    let hours = page.table(&tables::hours(analysis))?;
    page.heat(&hours, 1)?;
    let countries = tables::countries(analysis);
    if !countries.rows.is_empty() {
        let placed = page.table(&countries)?;
        page.bars(&placed, 2)?;
    }
    Ok(())
}

fn products(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Products", "What is sold most.")?;
    for table in tables::product_tables(analysis) {
        let placed = page.table(&table)?;
        page.bars(&placed, 4)?;
    }
    Ok(())
}

fn cohorts(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    let table = tables::cohorts(analysis);
    page.title("Cohorts", &format!("Customers by the month of their first order. {}", table.note))?;
    let placed = page.main_table(&table)?;
    page.heat(&placed, 3)
}

fn notes(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Notes", "How the figures are defined, and what has to be known.")?;
    if !analysis.warnings.is_empty() {
        page.table(&tables::warnings(analysis))?;
    }
    page.table(&tables::definitions()).map(|_| ())
}

/// The shares of customers and of money, in the third and the fifth column of a table, below it.
fn shares(page: &mut Page, placed: &Placed) -> Result<(), XlsxError> {
    let mut chart = columns(placed, "Share of customers and of money", &[2, 4]);
    page.chart(&mut chart, CHART, page.row, 0)?;
    page.row += CHART_ROWS;
    Ok(())
}

/// Columns over the names in the first column of a table.
fn columns(placed: &Placed, title: &str, series: &[usize]) -> Chart {
    let mut chart = titled(ChartType::Column, title);
    for (column, colour) in series.iter().zip([style::ACCENT, 0xD97706]) {
        chart
            .add_series()
            .set_name(placed.header(*column))
            .set_categories(placed.range(0))
            .set_values(placed.range(*column))
            .set_format(&mut fill(colour))
            .set_gap(60);
    }
    chart.y_axis().set_num_format("0%");
    chart
}

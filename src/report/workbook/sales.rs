//! An analysis of sales as an Excel workbook with native charts.

use super::book::Book;
use super::charts::{fill, titled};
use super::page::{Page, Placed};
use crate::report::LongTable;
use crate::report::tables::sales as tables;
use crate::rfm::Analysis;
use crate::workbook::style;
use rust_xlsxwriter::{Chart, ChartType, XlsxError};
use std::io::Write;

/// So many customers stand on their sheet, which any program still opens with ease.
const MOST_CUSTOMERS: usize = 65_000;

/// Of more than that the best so many, so that the workbook takes little room in the making; the CSV has
/// them all.
const BEST_CUSTOMERS: usize = 20_000;

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
    let mut book = Book::default();
    book.add("Summary", |page| summary(page, analysis))?;
    if !analysis.segments.is_empty() {
        book.add("Segments", |page| segments(page, analysis))?;
    }
    book.add("Customers", |page| {
        let table = tables::sales_customers(analysis);
        let listed = match analysis.customers {
            all if all <= MOST_CUSTOMERS => all,
            _ => BEST_CUSTOMERS,
        };
        let more = analysis.customers - listed;
        let note = match more {
            0 => table.head.note.clone(),
            _ => format!(
                "{} These are the best {listed}; customers.csv lists {more} more.",
                table.head.note
            ),
        };
        page.title("Customers", &note)?;
        let money = table.head.columns.iter().position(|column| column.name == "monetary");
        let rows = table.rows.take(listed);
        let placed = page.long_table(LongTable { rows: Box::new(rows), ..table })?;
        money.map_or(Ok(()), |column| page.bars(&placed, column))
    })?;
    book.add("Lists", |page| {
        page.title("Lists", "Customers to act on. The rule of each list stands below it.")?;
        let lists = tables::lists(analysis);
        // The contents stand above, and say where each list begins, which is known last.
        let top = page.row;
        page.row += lists.len() as u32 + 3;
        let mut begins = Vec::new();
        for list in &lists {
            begins.push(page.row as usize + 1);
            page.table(list)?;
        }
        page.table(&tables::upgrades(analysis))?;
        let end = std::mem::replace(&mut page.row, top);
        if !lists.is_empty() {
            page.table(&tables::contents(&lists, &begins))?;
        }
        page.row = end;
        Ok(())
    })?;
    book.add("Scores", |page| {
        page.title("Scores", "What each score means in days, orders and money.")?;
        page.table(&tables::levels(analysis)).map(|_| ())
    })?;
    if let (Some(profiles), Some(anova)) =
        (tables::profiles(analysis), tables::clusters_anova(analysis))
    {
        book.add("Clusters", |page| {
            page.title("Clusters", "k-means on all figures together.")?;
            page.table(&profiles)?;
            page.table(&anova).map(|_| ())
        })?;
    }
    book.add("Sales", |page| sales(page, analysis))?;
    let products = tables::product_tables(analysis);
    if !products.is_empty() {
        book.add("Products", |page| {
            page.title("Products", "What is sold most.")?;
            products.iter().try_for_each(|table| page.table(table).map(|_| ()))
        })?;
    }
    book.add("Cohorts", |page| {
        page.title("Cohorts", "Customers by the month of their first order.")?;
        let placed = page.table(&tables::cohorts(analysis))?;
        page.heat(&placed, 3)
    })?;
    book.add("Notes", |page| {
        page.title("Notes", "How the figures are defined, and what has to be known.")?;
        if !analysis.warnings.is_empty() {
            page.table(&tables::warnings(analysis))?;
        }
        page.table(&tables::definitions()).map(|_| ())
    })?;
    book.write(&analysis.model.title, &analysis.made_by, file)
}

fn summary(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    let span = format!(
        "{} customers from {} to {}, as of {}.",
        analysis.customers,
        analysis.first.day(),
        analysis.last.day(),
        analysis.as_of
    );
    page.title(&analysis.model.title, &span)?;
    page.table(&tables::ledger(analysis))?;
    let tiers = page.table(&tables::tiers(analysis))?;
    let chart =
        columns(&tiers, "Share of customers and of money", &[(2, "customers"), (4, "money")]);
    page.chart(&chart, tiers.header_row, 7)?;
    page.leave_room(18, &tiers);
    Ok(())
}

fn segments(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Segments", "Who the customers are by their scores, and what to do about them.")?;
    let placed = page.table(&tables::segments(analysis))?;
    page.bars(&placed, 4)?;
    if let Some((counts, money)) = tables::grid(analysis) {
        let counts = page.table(&counts)?;
        page.heat(&counts, 1)?;
        let money = page.table(&money)?;
        page.heat(&money, 1)?;
        let chart =
            columns(&placed, "Share of customers and of money", &[(2, "customers"), (4, "money")]);
        page.chart(&chart, counts.header_row, 7)?;
        page.leave_room(18, &counts);
    }
    Ok(())
}

fn sales(page: &mut Page, analysis: &Analysis) -> Result<(), XlsxError> {
    page.title("Sales", "By month, weekday and hour, and country.")?;
    let months = page.table(&tables::months(analysis))?;
    let mut chart = columns(&months, "Money by month", &[(1, "money")]);
    chart.y_axis().set_num_format("#,##0");
    chart.legend().set_hidden();
    page.chart(&chart, months.header_row, 7)?;
    page.leave_room(18, &months);
    let hours = page.table(&tables::hours(analysis))?;
    page.heat(&hours, 1)?;
    let countries = tables::countries(analysis);
    if !countries.rows.is_empty() {
        page.table(&countries)?;
    }
    Ok(())
}

/// Columns over the names in the first column of a table.
fn columns(placed: &Placed, title: &str, series: &[(usize, &str)]) -> Chart {
    let mut chart = titled(ChartType::Column, title);
    for ((column, name), colour) in series.iter().zip([style::ACCENT, 0xD97706]) {
        chart
            .add_series()
            .set_name(*name)
            .set_categories(placed.range(0))
            .set_values(placed.range(*column))
            .set_format(&mut fill(colour))
            .set_gap(60);
    }
    chart.y_axis().set_num_format("0%");
    chart.set_width(560).set_height(320);
    chart
}

//! The first sheet: the finding, four figures, the classes, the picture.

use super::contents::Contents;
use super::formulas::Formulas;
use super::page::Page;
use super::plane;
use crate::evaluation::Evaluation;
use crate::report::finding;
use crate::report::tables::profiles;
use crate::report::tables::values::by_rank;
use crate::report::{Column, Format as Kind, Table};
use crate::workbook::style;
use rust_xlsxwriter::{Format, FormatAlign, XlsxError};

/// The columns that the summary spreads over, and their widths in characters.
const WIDTHS: [usize; 8] = [24, 24, 12, 11, 11, 12, 38, 38];
/// The size of the picture, which lies below the first columns, and the rows that it covers.
const PICTURE: (u32, u32) = (690, 430);
const PICTURE_ROWS: u32 = 23;
/// The column beside it.
const BESIDE: u16 = 6;
/// So many customers are named.
const HIGHEST: usize = 5;

/// Fills the sheet.
pub(super) fn fill(
    page: &mut Page,
    evaluation: &Evaluation,
    contents: &Contents<Evaluation>,
) -> Result<(), XlsxError> {
    for (column, width) in WIDTHS.iter().enumerate() {
        page.widen(column as u16, *width);
    }
    page.title(&evaluation.model.title, &evaluation.model.description)?;
    page.sentence(&finding(evaluation));
    page.row += 1;
    figures(page, evaluation)?;
    let (table, formulas) = (classes(evaluation), Formulas::of(evaluation));
    let header = page.row + 1;
    let placed = page.computed_table(&table, &|row, column| {
        formulas.of_class(&table.columns[column].name, header + 1 + row as u32)
    })?;
    page.bars(&placed, 4)?;
    let top = page.row;
    page.chart(&mut plane::picture(evaluation, PICTURE), PICTURE, top, 0)?;
    contents.links(page, BESIDE)?;
    page.leave_room(PICTURE_ROWS, top);
    page.table(&highest(evaluation))?;
    Ok(())
}

/// Four figures in large type.
fn figures(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let total: f64 = evaluation.values.iter().map(|customer| customer.value).sum();
    let customers = evaluation.values.len() as f64;
    let top = evaluation
        .classes
        .iter()
        .max_by(|a, b| (a.value / a.size as f64).total_cmp(&(b.value / b.size as f64)));
    let share = top.map_or(0.0, |class| class.share_of_value);
    let name = top.map_or("", |class| class.name.as_str()).to_lowercase();
    let figures = [
        (0, customers, "#,##0", "customers".to_string()),
        (1, total / customers, "0.00", "mean value".to_string()),
        (3, share, "0.0%", format!("of all value with {name}")),
        (6, evaluation.warnings.len() as f64, "0", "warnings, see Notes".to_string()),
    ];
    // The first two can be counted on the sheet Customers.
    let formulas = Formulas::of(evaluation).count_and_mean();
    let large = |number: &str| -> Format {
        style::text()
            .set_font_size(22)
            .set_bold()
            .set_font_color(style::ACCENT)
            .set_align(FormatAlign::Left)
            .set_num_format(number)
    };
    let row = page.row;
    page.set_height(row, 32.0)?;
    for (at, (column, figure, number, label)) in figures.into_iter().enumerate() {
        match formulas.get(at) {
            Some(formula) => page.computed(row, column, formula, figure, &large(number))?,
            None => {
                page.sheet().write_number_with_format(row, column, figure, &large(number))?;
            }
        }
        page.sheet().write_string_with_format(row + 1, column, label, &style::remark())?;
    }
    page.row += 3;
    Ok(())
}

/// The classes as the summary shows them: figures, meaning, strategy.
fn classes(evaluation: &Evaluation) -> Table {
    let whole = profiles::classes(evaluation);
    let wanted = ["class", "customers", "share_of_customers", "value", "share_of_value"];
    let goal = evaluation.model.hierarchy.goal().code.as_str();
    let picked: Vec<usize> = wanted
        .iter()
        .chain([&goal, &"reading", &"strategy"])
        .filter_map(|name| whole.columns.iter().position(|column| column.name == *name))
        .collect();
    let columns: Vec<Column> = picked.iter().map(|&at| whole.columns[at].clone()).collect();
    let columns = columns
        .into_iter()
        .map(|column| match column.name.as_str() {
            "class" => Column { format: Kind::Text, ..column },
            _ => column,
        })
        .collect();
    let mut table = Table::new(&whole.name, &whole.title, columns).note(&whole.note);
    for row in &whole.rows {
        table.push(picked.iter().map(|&at| row[at].clone()).collect());
    }
    table
}

/// The customers of the highest value, each with its row on the sheet Customers a click away.
fn highest(evaluation: &Evaluation) -> Table {
    let goal = evaluation.model.hierarchy.goal();
    let columns = vec![
        Column::new("customer", "Customer", Kind::Text),
        Column::new("class", "Class", Kind::Text),
        Column::new(&goal.code, &goal.name, Kind::Number(4)),
    ];
    let mut table = Table::new("highest", "The highest values", columns);
    for customer in by_rank(evaluation).into_iter().take(HIGHEST) {
        let class = customer.class_name.as_deref();
        table.push(vec![customer.customer.as_str().into(), class.into(), customer.value.into()]);
    }
    table
}

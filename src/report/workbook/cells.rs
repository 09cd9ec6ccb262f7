//! The cells of a table: formats, numbers, dates, links, formulas.

use super::known::{CUSTOMERS, Known};
use crate::report::{Cell, Column, Format as Kind, Table};
use crate::workbook::style;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Formula, Url, Worksheet, XlsxError};

/// The formula behind the number at (row, column) of a table, if there is one.
pub(super) type Formulas<'a> = &'a dyn Fn(usize, usize) -> Option<String>;

/// No cell is computed in the workbook.
pub(super) fn plain(_: usize, _: usize) -> Option<String> {
    None
}

/// Links on a sheet; Excel takes 65,530.
const MOST_LINKS: usize = 20_000;

/// The characters that a formula of Excel may have.
const LONGEST_FORMULA: usize = 8_192;

/// Columns that hold names of customers, wherever they stand.
const OF_CUSTOMERS: [&str; 2] = ["customer", "id"];

/// Columns that hold names of classes, wherever they stand.
const OF_CLASSES: [&str; 5] = ["class", "own_class", "from", "to", "to_class"];

/// How the cells of a column are drawn.
pub(super) struct Drawn {
    kind: Kind,
    format: Format,
    holds: Holds,
}

#[derive(Clone, Copy, PartialEq)]
enum Holds {
    Customers,
    Classes,
    Others,
}

/// How a table's columns are drawn.
pub(super) fn drawn(table: &Table) -> Vec<Drawn> {
    let of = |column: &Column| Drawn {
        kind: column.format,
        format: body(column.format),
        holds: match column.name.as_str() {
            name if OF_CUSTOMERS.contains(&name) => Holds::Customers,
            name if OF_CLASSES.contains(&name) => Holds::Classes,
            _ => Holds::Others,
        },
    };
    table.columns.iter().map(of).collect()
}

/// The cells of one sheet being written.
pub(super) struct Cells<'a> {
    pub(super) sheet: &'a mut Worksheet,
    known: &'a Known,
    links_left: usize,
}

impl<'a> Cells<'a> {
    pub(super) fn new(sheet: &'a mut Worksheet, known: &'a Known) -> Cells<'a> {
        // The customers' sheet is where the links lead to.
        let links_left = if sheet.name() == CUSTOMERS { 0 } else { MOST_LINKS };
        Cells { sheet, known, links_left }
    }

    /// One row of a table.
    pub(super) fn row(
        &mut self,
        row: u32,
        first_column: u16,
        cells: &[Cell],
        columns: &[Drawn],
        formula: &dyn Fn(usize) -> Option<String>,
    ) -> Result<(), XlsxError> {
        for (at, (cell, drawn)) in cells.iter().zip(columns).enumerate() {
            let column = first_column + at as u16;
            match cell {
                Cell::Empty => {
                    self.sheet.write_blank(row, column, &drawn.format)?;
                }
                Cell::Text(text) => self.text(row, column, text, drawn)?,
                Cell::Number(number) => match formula(at).filter(|f| f.len() < LONGEST_FORMULA) {
                    Some(formula) => {
                        self.computed(row, column, &formula, *number, &drawn.format)?
                    }
                    None => {
                        self.sheet.write_number_with_format(row, column, *number, &drawn.format)?;
                    }
                },
            }
        }
        Ok(())
    }

    /// A formula with its result, which is shown where nothing computes.
    pub(super) fn computed(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        result: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(result.to_string());
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    fn text(&mut self, row: u32, column: u16, text: &str, drawn: &Drawn) -> Result<(), XlsxError> {
        let shown = clipped(text);
        match drawn.holds {
            Holds::Customers if self.links_left > 0 => {
                if let Some(there) = self.known.row(text) {
                    self.links_left -= 1;
                    let link = Url::new(format!("internal:'{CUSTOMERS}'!A{}", there + 1));
                    let format = drawn.format.clone().set_font_color(style::ACCENT);
                    self.sheet.write_url_with_format(row, column, link.set_text(shown), &format)?;
                    return Ok(());
                }
            }
            Holds::Classes => {
                if let Some(colour) = self.known.colour(text) {
                    let format = drawn.format.clone().set_font_color(colour).set_bold();
                    self.sheet.write_string_with_format(row, column, shown, &format)?;
                    return Ok(());
                }
            }
            _ => {}
        }
        match day(text).filter(|_| drawn.kind == Kind::Date) {
            Some(day) => self.sheet.write_datetime_with_format(row, column, &day, &drawn.format)?,
            None => self.sheet.write_string_with_format(row, column, shown, &drawn.format)?,
        };
        Ok(())
    }
}

/// A day, 2011-12-09, that Excel can hold: none before 1900.
fn day(text: &str) -> Option<ExcelDateTime> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    ExcelDateTime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Excel holds 32,767 characters in a cell.
fn clipped(text: &str) -> String {
    text.chars().take(16_000).collect()
}

/// The format of a table's header.
pub(super) fn head(kind: Kind) -> Format {
    match kind {
        Kind::Text | Kind::Prose => style::header().set_indent(1),
        _ => style::header().set_align(FormatAlign::Right),
    }
}

/// The format of a table's cells.
fn body(kind: Kind) -> Format {
    let decimals = |decimals: usize| match decimals {
        0 => String::new(),
        _ => format!(".{}", "0".repeat(decimals)),
    };
    let format = style::body().set_align(FormatAlign::Top);
    match kind {
        Kind::Text | Kind::Prose => {
            format.set_align(FormatAlign::Left).set_indent(1).set_text_wrap()
        }
        Kind::Date => format.set_align(FormatAlign::Right).set_num_format("yyyy-mm-dd"),
        Kind::Count => format.set_num_format("#,##0"),
        Kind::Number(places) => format.set_num_format("#,##0".to_string() + &decimals(places)),
        Kind::Percent(places) => format.set_num_format("0".to_string() + &decimals(places) + "%"),
        Kind::Probability => format.set_num_format("[<0.0005]\"< .001\";.000"),
    }
}

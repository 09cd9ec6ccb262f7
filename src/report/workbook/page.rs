//! One sheet that is filled from the top: titles, tables, remarks.

use crate::report::{Cell, Format as Kind, LongTable, Table};
use crate::workbook::style;
use rust_xlsxwriter::{
    Chart, ConditionalFormat2ColorScale, ConditionalFormatCell, ConditionalFormatCellRule,
    ConditionalFormatDataBar, ConditionalFormatType, DataValidation, Format, FormatAlign,
    Worksheet, XlsxError,
};
use std::collections::BTreeMap;

/// Columns are at least and at most so many characters wide.
const NARROWEST: usize = 11;
const WIDEST: usize = 34;
/// The width of a column of prose.
const PROSE: usize = 58;
/// So many rows are looked at for the width of a column.
const LOOKED_AT: usize = 300;

/// A sheet that is being filled.
pub(super) struct Page<'a> {
    pub(super) sheet: &'a mut Worksheet,
    /// The next free row.
    pub(super) row: u32,
    widths: BTreeMap<u16, usize>,
    repeat: Option<(u32, u32)>,
}

/// Where a table stands.
#[derive(Clone)]
pub(super) struct Placed {
    pub(super) sheet: String,
    pub(super) header_row: u32,
    pub(super) first_column: u16,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Placed {
    /// The first row below the header.
    pub(super) fn first(&self) -> u32 {
        self.header_row + 1
    }

    /// The last row; the header's where there is none.
    pub(super) fn last(&self) -> u32 {
        self.header_row + self.rows as u32
    }

    /// The table without its last row and column, which hold sums.
    pub(super) fn without_sums(&self) -> Placed {
        let (rows, columns) = (self.rows.saturating_sub(1), self.columns.saturating_sub(1));
        Placed { rows, columns, ..self.clone() }
    }

    /// A column of the table as a range for a chart.
    pub(super) fn range(&self, column: usize) -> (&str, u32, u16, u32, u16) {
        let column = self.first_column + column as u16;
        (self.sheet.as_str(), self.first(), column, self.last(), column)
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(sheet: &'a mut Worksheet) -> Page<'a> {
        Page { sheet, row: 0, widths: BTreeMap::new(), repeat: None }
    }

    /// Sets widths and the printed page.
    pub(super) fn finish(self) -> Result<(), XlsxError> {
        for (column, width) in &self.widths {
            self.sheet.set_column_width(*column, *width as f64 + 2.0)?;
        }
        style::page(self.sheet, self.repeat)
    }

    /// The title of the sheet and what it says.
    pub(super) fn title(&mut self, title: &str, subtitle: &str) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, 26)?;
        self.sheet.write_string_with_format(self.row, 0, title, &style::title())?;
        self.sheet.write_string_with_format(self.row + 1, 0, subtitle, &style::remark())?;
        self.row += 3;
        Ok(())
    }

    /// A line of remark.
    pub(super) fn remark(&mut self, remark: &str) -> Result<(), XlsxError> {
        let across = 7;
        let lines = style::lines(remark, 100);
        let format = style::paragraph().set_font_color(style::QUIET_INK);
        self.sheet.merge_range(self.row, 0, self.row, across, "", &format)?;
        self.sheet.write_string_with_format(self.row, 0, remark, &format)?;
        self.sheet.set_row_height(self.row, style::row_height(lines))?;
        self.row += 1;
        Ok(())
    }

    /// Paragraphs under a heading.
    pub(super) fn paragraphs(&mut self, heading: &str, texts: &[&str]) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, heading, &style::heading())?;
        self.row += 1;
        for text in texts {
            self.remark(text)?;
        }
        self.row += 1;
        Ok(())
    }

    /// The one long table of a sheet: its header stays in sight, and it can be filtered.
    pub(super) fn main_table(&mut self, table: &Table) -> Result<Placed, XlsxError> {
        let placed = self.write(table, 0, false)?;
        self.main(&placed)?;
        Ok(placed)
    }

    fn main(&mut self, placed: &Placed) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(placed.first(), 2)?;
        if placed.rows > 0 {
            let last = placed.columns as u16 - 1;
            self.sheet.autofilter(placed.header_row, 0, placed.last(), last)?;
        }
        self.repeat = Some((placed.header_row, placed.header_row));
        self.row = placed.last() + 2;
        Ok(())
    }

    /// The same for a table whose rows come one by one.
    pub(super) fn long_table(&mut self, table: LongTable) -> Result<Placed, XlsxError> {
        let LongTable { mut head, mut rows } = table;
        head.rows = rows.by_ref().take(LOOKED_AT).collect();
        self.measure(&head, 0);
        self.heights(&head, 0, self.row)?;
        let mut placed = self.write_cells(&head, 0)?;
        let formats = formats(&head);
        for cells in rows {
            placed.rows += 1;
            self.cells(placed.last(), 0, &cells, &formats)?;
        }
        self.main(&placed)?;
        Ok(placed)
    }

    /// A table under its title, with its note.
    pub(super) fn table(&mut self, table: &Table) -> Result<Placed, XlsxError> {
        let placed = self.write(table, 0, true)?;
        self.row = placed.last() + 1;
        if !table.note.is_empty() {
            self.remark(&table.note)?;
        }
        self.row += 1;
        Ok(placed)
    }

    /// A table beside what stands in the first columns, from the first table's header on.
    pub(super) fn aside(&mut self, table: &Table, column: u16) -> Result<Placed, XlsxError> {
        let row = std::mem::replace(&mut self.row, 3);
        let placed = self.write(table, column, true)?;
        self.row = row.max(placed.last() + 2);
        Ok(placed)
    }

    /// Leaves at least so many rows below a table's header, for a chart beside it.
    pub(super) fn leave_room(&mut self, rows: u32, placed: &Placed) {
        self.row = self.row.max(placed.header_row + rows);
    }

    fn write(&mut self, table: &Table, column: u16, titled: bool) -> Result<Placed, XlsxError> {
        if titled {
            let heading = style::heading();
            let last = column + table.columns.len() as u16 - 1;
            for across in column..=last {
                self.sheet.write_blank(self.row, across, &heading)?;
            }
            self.sheet.write_string_with_format(self.row, column, &table.title, &heading)?;
            self.row += 1;
        }
        let placed = self.write_cells(table, column)?;
        self.measure(table, column);
        self.heights(table, column, placed.header_row)?;
        Ok(placed)
    }

    /// The header and the rows.
    fn write_cells(&mut self, table: &Table, column: u16) -> Result<Placed, XlsxError> {
        let header_row = self.row;
        for (at, head) in table.columns.iter().enumerate() {
            let at = column + at as u16;
            let is_text = matches!(head.format, Kind::Text | Kind::Date | Kind::Prose);
            let format =
                if is_text { style::header().set_indent(1) } else { right(style::header()) };
            self.sheet.write_string_with_format(header_row, at, &head.title, &format)?;
        }
        let formats = formats(table);
        for (row, cells) in (header_row + 1..).zip(&table.rows) {
            self.cells(row, column, cells, &formats)?;
        }
        Ok(Placed {
            sheet: self.sheet.name(),
            header_row,
            first_column: column,
            rows: table.rows.len(),
            columns: table.columns.len(),
        })
    }

    /// One row.
    fn cells(
        &mut self,
        row: u32,
        column: u16,
        cells: &[Cell],
        formats: &[Format],
    ) -> Result<(), XlsxError> {
        for (at, (cell, format)) in (column..).zip(cells.iter().zip(formats)) {
            match cell {
                Cell::Empty => self.sheet.write_blank(row, at, format)?,
                Cell::Text(text) => {
                    self.sheet.write_string_with_format(row, at, clipped(text), format)?
                }
                Cell::Number(number) => {
                    self.sheet.write_number_with_format(row, at, *number, format)?
                }
            };
        }
        Ok(())
    }

    /// Columns are as wide as the words of their headers and the longest of their cells.
    fn measure(&mut self, table: &Table, column: u16) {
        for (at, head) in table.columns.iter().enumerate() {
            let words = head.title.split_whitespace().map(|word| word.chars().count() + 1);
            let title = words.max().unwrap_or(0).max(head.title.chars().count() / 2);
            let cells = table.rows.iter().take(LOOKED_AT).map(|row| match &row[at] {
                Cell::Text(text) => text.chars().count(),
                _ => 8,
            });
            let widest = if head.format == Kind::Prose { PROSE } else { WIDEST };
            let needed = title.max(cells.max().unwrap_or(0)).clamp(NARROWEST, widest);
            let width = self.widths.entry(column + at as u16).or_default();
            *width = needed.max(*width);
        }
    }

    /// Rows are as high as their wrapped headers and prose need; programs do not agree on doing it.
    fn heights(&mut self, table: &Table, column: u16, header_row: u32) -> Result<(), XlsxError> {
        let width =
            |at: usize| self.widths.get(&(column + at as u16)).copied().unwrap_or(NARROWEST);
        let heads = table.columns.iter().enumerate();
        let header = heads.map(|(at, head)| style::lines(&head.title, width(at).saturating_sub(1)));
        let mut heights = vec![(header_row, header.max().unwrap_or(1))];
        let prose: Vec<usize> = (0..table.columns.len())
            .filter(|&at| table.columns[at].format == Kind::Prose)
            .collect();
        for (row, cells) in (header_row + 1..).zip(&table.rows) {
            let needed = prose.iter().map(|&at| match &cells[at] {
                Cell::Text(text) => style::lines(text, width(at)),
                _ => 1,
            });
            heights.push((row, needed.max().unwrap_or(1)));
        }
        for (row, lines) in heights.into_iter().filter(|(_, lines)| *lines > 1) {
            self.sheet.set_row_height(row, style::row_height(lines))?;
        }
        Ok(())
    }

    /// Marks the cells of a column that hold a class's name in the class's colour.
    pub(super) fn colour_classes(
        &mut self,
        placed: &Placed,
        column: usize,
        classes: &[(String, u32)],
    ) -> Result<(), XlsxError> {
        let (_, first, at, last, _) = placed.range(column);
        for (name, colour) in classes {
            let format = Format::new().set_font_color(*colour).set_bold();
            let rule = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(name.as_str()))
                .set_format(format);
            self.sheet.add_conditional_format(first, at, last.max(first), at, &rule)?;
        }
        Ok(())
    }

    /// Bars behind the numbers of a column.
    pub(super) fn bars(&mut self, placed: &Placed, column: usize) -> Result<(), XlsxError> {
        let (_, first, at, last, _) = placed.range(column);
        let bar = ConditionalFormatDataBar::new()
            .set_fill_color(style::BAND)
            .set_solid_fill(true)
            .set_minimum(ConditionalFormatType::Number, 0);
        self.sheet.add_conditional_format(first, at, last.max(first), at, &bar)?;
        Ok(())
    }

    /// Shades the numbers from a column on, from low to high.
    pub(super) fn heat(&mut self, placed: &Placed, column: usize) -> Result<(), XlsxError> {
        if placed.columns <= column {
            return Ok(());
        }
        let (_, first, at, last, _) = placed.range(column);
        let right = placed.first_column + placed.columns as u16 - 1;
        let scale = ConditionalFormat2ColorScale::new()
            .set_minimum_color(0xFFFFFF)
            .set_maximum_color(0x8FCFC5);
        self.sheet.add_conditional_format(first, at, last.max(first), right, &scale)?;
        Ok(())
    }

    /// Marks numbers above a limit.
    pub(super) fn limit(
        &mut self,
        placed: &Placed,
        column: usize,
        limit: f64,
    ) -> Result<(), XlsxError> {
        let (_, first, at, last, _) = placed.range(column);
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::GreaterThan(limit))
            .set_format(style::warning());
        self.sheet.add_conditional_format(first, at, last.max(first), at, &rule)?;
        Ok(())
    }

    /// Makes the cells of a column ones to fill in, with what may stand in them.
    pub(super) fn inputs(
        &mut self,
        placed: &Placed,
        column: usize,
        allowed: &DataValidation,
    ) -> Result<(), XlsxError> {
        let column = column as u16;
        for row in placed.first()..=placed.last() {
            // As text, so that a typed 1/3 does not become a date.
            self.sheet.write_blank(row, column, &style::input().set_num_format("@"))?;
        }
        self.sheet.add_data_validation(placed.first(), column, placed.last(), column, allowed)?;
        Ok(())
    }

    /// A chart with its upper left corner in a cell.
    pub(super) fn chart(&mut self, chart: &Chart, row: u32, column: u16) -> Result<(), XlsxError> {
        self.sheet.insert_chart_with_offset(row, column, chart, 12, 0)?;
        Ok(())
    }

    /// Sets a column's least width in characters.
    pub(super) fn widen(&mut self, column: u16, width: usize) {
        let known = self.widths.entry(column).or_default();
        *known = width.max(*known);
    }
}

/// The formats of a table's columns.
fn formats(table: &Table) -> Vec<Format> {
    table.columns.iter().map(|column| body(column.format)).collect()
}

/// Excel holds 32,767 characters in a cell.
fn clipped(text: &str) -> String {
    text.chars().take(32_000).collect()
}

fn right(format: Format) -> Format {
    format.set_align(FormatAlign::Right)
}

/// The format of a table's cells.
fn body(kind: Kind) -> Format {
    let decimals = |decimals: usize| match decimals {
        0 => String::new(),
        _ => format!(".{}", "0".repeat(decimals)),
    };
    let format = style::body().set_align(FormatAlign::Top);
    match kind {
        Kind::Text | Kind::Date => format.set_align(FormatAlign::Left).set_indent(1),
        Kind::Prose => format.set_align(FormatAlign::Left).set_indent(1).set_text_wrap(),
        Kind::Count => format.set_num_format("#,##0"),
        Kind::Number(places) => format.set_num_format("#,##0".to_string() + &decimals(places)),
        Kind::Percent(places) => format.set_num_format("0".to_string() + &decimals(places) + "%"),
        Kind::Probability => format.set_num_format("[<0.0005]\"< .001\";.000"),
    }
}

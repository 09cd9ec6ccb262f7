//! One sheet that is filled from the top: titles, tables, remarks.

use super::cells::{Cells, Drawn, Formulas, drawn, head, plain};
use super::known::Known;
use super::paper::Paper;
use crate::report::{Cell, Column, Format as Kind, LongTable, Table, shown};
use crate::workbook::style;
use rust_xlsxwriter::{Chart, DataValidation, Format, Worksheet, XlsxError};

/// Columns are at least and at most so many characters wide.
const NARROWEST: usize = 11;
const WIDEST: usize = 36;
/// Columns of numbers can be narrower.
const NARROWEST_NUMBER: usize = 6;
/// The width of a column of prose.
const PROSE: usize = 58;
/// So many rows are looked at for the width of a column.
const LOOKED_AT: usize = 300;
/// A remark is as wide as the tables of its sheet, but no narrower and no wider than this.
const READABLE: (usize, usize) = (72, 96);
/// The size of type, in points.
const TYPE: usize = 11;
/// Excel has no row higher than 409 points.
const MOST_LINES: usize = 26;

/// A sheet that is being filled.
pub(super) struct Page<'a> {
    cells: Cells<'a>,
    /// The next free row.
    pub(super) row: u32,
    paper: Paper,
    /// Remarks with their rows, to be written when the columns have their widths.
    remarks: Vec<Remark>,
}

/// A text over several columns, in type of this size.
struct Remark {
    row: u32,
    text: String,
    size: usize,
    format: Format,
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

    /// The header of a column, for a chart that is to name a series by it.
    pub(super) fn header(&self, column: usize) -> (&str, u32, u16) {
        (self.sheet.as_str(), self.header_row, self.first_column + column as u16)
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(sheet: &'a mut Worksheet, known: &'a Known) -> Page<'a> {
        Page {
            cells: Cells::new(sheet, known),
            row: 0,
            paper: Paper::default(),
            remarks: Vec::new(),
        }
    }

    /// The sheet itself, for what is no table.
    pub(super) fn sheet(&mut self) -> &mut Worksheet {
        self.cells.sheet
    }

    /// Writes the remarks, sets widths and the printed page.
    pub(super) fn finish(mut self) -> Result<(), XlsxError> {
        self.write_remarks()?;
        for (column, width) in &self.paper.widths {
            self.cells.sheet.set_column_width(*column, *width as f64 + 2.0)?;
        }
        self.paper.set_up(self.cells.sheet)
    }

    /// The title of the sheet and what it says.
    pub(super) fn title(&mut self, title: &str, subtitle: &str) -> Result<(), XlsxError> {
        let row = self.row;
        self.set_height(row, 26.0)?;
        self.sheet().write_string_with_format(row, 0, title, &style::title())?;
        self.row += 1;
        self.remark(subtitle);
        self.row += 1;
        Ok(())
    }

    /// Sets the height of a row in points.
    pub(super) fn set_height(&mut self, row: u32, height: f64) -> Result<(), XlsxError> {
        self.paper.higher += height - style::row_height(1);
        self.sheet().set_row_height(row, height)?;
        Ok(())
    }

    /// A remark over as many lines as it takes.
    pub(super) fn remark(&mut self, remark: &str) {
        self.say(remark, TYPE, style::paragraph().set_font_color(style::QUIET_INK));
    }

    /// The sentence that is read first.
    pub(super) fn sentence(&mut self, text: &str) {
        self.say(text, 13, style::paragraph().set_font_size(13).set_bold());
    }

    fn say(&mut self, text: &str, size: usize, format: Format) {
        self.remarks.push(Remark { row: self.row, text: text.to_string(), size, format });
        self.row += 1;
    }

    /// Remarks run over as many columns as it takes to be read with ease.
    fn write_remarks(&mut self) -> Result<(), XlsxError> {
        let width = |at: u16| self.paper.widths.get(&at).map_or(7, |width| width + 2);
        let tables: usize = (0..=self.paper.last.1).map(width).sum();
        let readable = tables.clamp(READABLE.0, READABLE.1);
        let (mut across, mut characters) = (0, width(0));
        while characters < readable {
            across += 1;
            characters += width(across);
        }
        for Remark { row, text, size, format } in std::mem::take(&mut self.remarks) {
            let lines = style::lines(&text, characters * TYPE / size);
            if across > 0 {
                self.cells.sheet.merge_range(row, 0, row, across, "", &format)?;
            }
            self.cells.sheet.write_string_with_format(row, 0, &text, &format)?;
            let height = style::row_height(lines.min(MOST_LINES)) * size as f64 / TYPE as f64;
            self.paper.covers(row, across);
            self.set_height(row, height)?;
        }
        Ok(())
    }

    /// Paragraphs under a heading.
    pub(super) fn paragraphs(&mut self, heading: &str, texts: &[&str]) -> Result<(), XlsxError> {
        self.heading(heading, 0, 0)?;
        for text in texts {
            self.remark(text);
        }
        self.row += 1;
        Ok(())
    }

    /// A heading over some columns.
    pub(super) fn heading(&mut self, text: &str, first: u16, last: u16) -> Result<(), XlsxError> {
        let (row, heading) = (self.row, style::heading());
        for across in first..=last {
            self.sheet().write_blank(row, across, &heading)?;
        }
        self.sheet().write_string_with_format(row, first, text, &heading)?;
        self.paper.covers(row, last);
        self.row += 1;
        Ok(())
    }

    /// The one long table of a sheet: its header stays in sight, and it can be filtered.
    pub(super) fn main_table(&mut self, table: &Table) -> Result<Placed, XlsxError> {
        self.computed_main_table(table, &plain)
    }

    /// The same with formulas behind some of its numbers.
    pub(super) fn computed_main_table(
        &mut self,
        table: &Table,
        formulas: Formulas,
    ) -> Result<Placed, XlsxError> {
        let placed = self.computed_fixed_table(table, formulas)?;
        self.filter(&placed)?;
        Ok(placed)
    }

    /// The one long table of a sheet to whose rows other sheets or charts refer: it is not made to be
    /// sorted.
    pub(super) fn fixed_table(&mut self, table: &Table) -> Result<Placed, XlsxError> {
        self.computed_fixed_table(table, &plain)
    }

    /// The same with formulas behind some of its numbers.
    pub(super) fn computed_fixed_table(
        &mut self,
        table: &Table,
        formulas: Formulas,
    ) -> Result<Placed, XlsxError> {
        let placed = self.write(table, 0, formulas)?;
        self.keep_in_sight(&placed, named_columns(table))?;
        Ok(placed)
    }

    fn filter(&mut self, placed: &Placed) -> Result<(), XlsxError> {
        if placed.rows > 0 {
            let last = placed.columns as u16 - 1;
            self.sheet().autofilter(placed.header_row, 0, placed.last(), last)?;
        }
        Ok(())
    }

    fn keep_in_sight(&mut self, placed: &Placed, named: u16) -> Result<(), XlsxError> {
        self.sheet().set_freeze_panes(placed.first(), named)?;
        self.paper.main = Some((placed.header_row, named));
        self.row = placed.last() + 2;
        Ok(())
    }

    /// A main table whose rows come one by one.
    pub(super) fn long_table(&mut self, table: LongTable) -> Result<Placed, XlsxError> {
        let LongTable { mut head, mut rows } = table;
        head.rows = rows.by_ref().take(LOOKED_AT).collect();
        let mut placed = self.write(&head, 0, &plain)?;
        let columns = drawn(&head);
        for cells in rows {
            placed.rows += 1;
            self.cells.row(placed.last(), 0, &cells, &columns, &|_| None)?;
        }
        self.paper.covers(placed.last(), 0);
        self.keep_in_sight(&placed, named_columns(&head))?;
        self.filter(&placed)?;
        Ok(placed)
    }

    /// A table under its title, with its note.
    pub(super) fn table(&mut self, table: &Table) -> Result<Placed, XlsxError> {
        self.computed_table(table, &plain)
    }

    /// The same with formulas behind some of its numbers.
    pub(super) fn computed_table(
        &mut self,
        table: &Table,
        formulas: Formulas,
    ) -> Result<Placed, XlsxError> {
        self.heading(&table.title, 0, table.columns.len() as u16 - 1)?;
        let placed = self.write(table, 0, formulas)?;
        self.row = placed.last() + 1;
        if !table.note.is_empty() {
            self.remark(&table.note);
        }
        self.row += 1;
        Ok(placed)
    }

    /// What follows is there for a chart, and not printed.
    pub(super) fn end_of_print(&mut self) {
        self.paper.printed = Some(self.row.saturating_sub(1));
    }

    /// Leaves at least so many rows below a row, for a chart.
    pub(super) fn leave_room(&mut self, rows: u32, below: u32) {
        self.row = self.row.max(below + rows);
    }

    fn write(
        &mut self,
        table: &Table,
        column: u16,
        formulas: Formulas,
    ) -> Result<Placed, XlsxError> {
        self.measure(table, column);
        self.heights(table, column)?;
        let header_row = self.row;
        for (at, title) in (column..).zip(&table.columns) {
            let format = head(title.format);
            self.sheet().write_string_with_format(header_row, at, &title.title, &format)?;
        }
        let columns: Vec<Drawn> = drawn(table);
        for (at, cells) in table.rows.iter().enumerate() {
            let row = header_row + 1 + at as u32;
            self.cells.row(row, column, cells, &columns, &|column| formulas(at, column))?;
        }
        let placed = Placed {
            sheet: self.sheet().name(),
            header_row,
            first_column: column,
            rows: table.rows.len(),
            columns: table.columns.len(),
        };
        self.paper.covers(placed.last(), column + placed.columns as u16 - 1);
        Ok(placed)
    }

    /// Columns are as wide as the words of their headers and the longest of their cells.
    fn measure(&mut self, table: &Table, column: u16) {
        for (at, head) in table.columns.iter().enumerate() {
            // Bold, and beside it the sign of the filter.
            let words = head.title.split_whitespace().map(|word| style::width(word) + 2);
            let title = words.max().unwrap_or(0).max(style::width(&head.title) / 2);
            let cells = table.rows.iter().take(LOOKED_AT).map(|row| match &row[at] {
                Cell::Text(text) => style::width(text) + 1,
                number => style::width(&shown(number, head.format)),
            });
            let (least, most) = match head.format {
                Kind::Prose => (PROSE / 2, PROSE),
                Kind::Text | Kind::Date => (NARROWEST, WIDEST),
                _ => (NARROWEST_NUMBER, WIDEST),
            };
            let needed = title.max(cells.max().unwrap_or(0)).clamp(least, most);
            self.widen(column + at as u16, needed);
        }
    }

    /// Rows are as high as their wrapped headers and texts need; programs do not agree on doing it.
    fn heights(&mut self, table: &Table, column: u16) -> Result<(), XlsxError> {
        let width =
            |at: usize| self.paper.widths.get(&(column + at as u16)).copied().unwrap_or(NARROWEST);
        let heads = table.columns.iter().enumerate();
        let header = heads.map(|(at, head)| style::lines(&head.title, width(at).saturating_sub(1)));
        let mut heights = vec![(self.row, header.max().unwrap_or(1))];
        let wraps = |column: &Column| matches!(column.format, Kind::Text | Kind::Prose);
        let wrapped: Vec<usize> =
            (0..table.columns.len()).filter(|&at| wraps(&table.columns[at])).collect();
        for (row, cells) in (self.row + 1..).zip(&table.rows) {
            let needed = wrapped.iter().map(|&at| match &cells[at] {
                Cell::Text(text) => style::lines(text, width(at)),
                _ => 1,
            });
            heights.push((row, needed.max().unwrap_or(1)));
        }
        for (row, lines) in heights.into_iter().filter(|(_, lines)| *lines > 1) {
            let height = style::row_height(lines.min(MOST_LINES));
            self.set_height(row, height)?;
        }
        Ok(())
    }

    /// A formula with its result, outside of any table.
    pub(super) fn computed(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        result: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.paper.covers(row, column);
        self.cells.computed(row, column, formula, result, format)
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
            self.sheet().write_blank(row, column, &style::input().set_num_format("@"))?;
        }
        self.sheet().add_data_validation(placed.first(), column, placed.last(), column, allowed)?;
        Ok(())
    }

    /// A chart of this size with its upper left corner in a cell.
    pub(super) fn chart(
        &mut self,
        chart: &mut Chart,
        (width, height): (u32, u32),
        row: u32,
        column: u16,
    ) -> Result<(), XlsxError> {
        chart.set_width(width).set_height(height);
        self.paper.charts.push((row, column, width, height));
        self.sheet().insert_chart_with_offset(row, column, chart, 12, 6)?;
        Ok(())
    }

    /// Sets a column's least width in characters.
    pub(super) fn widen(&mut self, column: u16, width: usize) {
        let known = self.paper.widths.entry(column).or_default();
        *known = width.max(*known);
    }
}

/// The columns that stay in sight and are printed on every page: up to the customer's or the row's name.
fn named_columns(table: &Table) -> u16 {
    let customer = table.columns.iter().position(|column| column.name == "customer");
    customer.map_or(1, |at| at as u16 + 1)
}

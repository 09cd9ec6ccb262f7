//! The printed page of a sheet: which way the paper lies, how many pages stand beside each other, what
//! is repeated.

use crate::workbook::style;
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::collections::BTreeMap;

/// The dots across a page at full size, upright and across: A4 less its margins, 96 dots an inch.
const UPRIGHT: f64 = 698.0;
const ACROSS: f64 = 1026.0;
/// The dots down a page.
const UPRIGHT_DOWN: f64 = 1007.0;
const ACROSS_DOWN: f64 = 679.0;
/// What is a little too long for a page is made smaller rather than split, if it can still be read.
const A_LITTLE_LONGER: f64 = 1.6;
/// Dots in a point of a row's height.
const POINT: f64 = 4.0 / 3.0;
/// A page is not made smaller than this, so that it can be read.
const SMALLEST: f64 = 0.62;
/// What is a little too wide for upright paper is made smaller rather than turned.
const A_LITTLE: f64 = 1.12;
/// The width of a column that nobody set, and the height of a row, in dots.
const COLUMN: f64 = 64.0;
const ROW: f64 = 20.0;

/// What a sheet holds, as far as printing goes.
#[derive(Default)]
pub(super) struct Paper {
    /// The columns' widths in characters.
    pub(super) widths: BTreeMap<u16, usize>,
    /// The last row and column that hold anything.
    pub(super) last: (u32, u16),
    /// The last row that is printed, if not all are.
    pub(super) printed: Option<u32>,
    /// How much higher than usual its rows are together, in points.
    pub(super) higher: f64,
    /// The upper left corners and sizes of charts, in dots.
    pub(super) charts: Vec<(u32, u16, u32, u32)>,
    /// The header's row of the sheet's one long table, and how many columns name its rows.
    pub(super) main: Option<(u32, u16)>,
}

impl Paper {
    /// Something stands there.
    pub(super) fn covers(&mut self, row: u32, column: u16) {
        self.last = (self.last.0.max(row), self.last.1.max(column));
    }

    /// The width of a column in dots.
    fn dots(&self, column: u16) -> f64 {
        self.widths.get(&column).map_or(COLUMN, |width| (*width as f64 + 2.0) * 7.0 + 5.0)
    }

    fn left(&self, column: u16) -> f64 {
        (0..column).map(|at| self.dots(at)).sum()
    }

    /// The last column of which something is covered by a chart.
    fn chart_end(&self, column: u16, width: u32) -> u16 {
        let right = self.left(column) + f64::from(width) + 12.0;
        (column..).find(|at| self.left(at + 1) >= right).unwrap_or(column)
    }

    /// Sets the page up.
    pub(super) fn set_up(mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (row, column, width, height) in std::mem::take(&mut self.charts) {
            let rows = (f64::from(height) / ROW).ceil() as u32;
            self.covers(row + rows, self.chart_end(column, width));
        }
        let (last_row, last_column) = (self.printed.unwrap_or(self.last.0), self.last.1);
        style::page(sheet, self.main.map(|(header, _)| (header, header)))?;
        sheet.set_print_area(0, 0, last_row, last_column)?;
        let width = self.left(last_column + 1);
        let is_upright = width <= UPRIGHT * A_LITTLE;
        let (across, down) =
            if is_upright { (UPRIGHT, UPRIGHT_DOWN) } else { (ACROSS, ACROSS_DOWN) };
        if is_upright {
            sheet.set_portrait();
        }
        let scale = (across / width).min(1.0);
        let pages = (f64::from(last_row + 1) * ROW + self.higher * POINT) * scale / down;
        match self.main {
            // A long table goes over several pages across, on each of which its first columns stand.
            Some((_, named)) if scale < SMALLEST => {
                let pages = (SMALLEST / scale).ceil() as u16;
                sheet.set_print_fit_to_pages(pages, 0);
                sheet.set_repeat_columns(0, named.saturating_sub(1))?;
            }
            _ if pages <= A_LITTLE_LONGER && scale / pages.max(1.0) >= SMALLEST * 0.8 => {
                sheet.set_print_fit_to_pages(1, 1);
            }
            _ => {}
        }
        Ok(())
    }
}

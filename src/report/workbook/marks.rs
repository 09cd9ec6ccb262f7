//! Conditional formats: bars, shades and marks that help to read a column of numbers.

use super::page::{Page, Placed};
use crate::workbook::style;
use rust_xlsxwriter::{
    ConditionalFormat2ColorScale, ConditionalFormatCell, ConditionalFormatCellRule,
    ConditionalFormatDataBar, ConditionalFormatType, XlsxError,
};

/// The colour of the largest number where numbers are shaded.
const LARGEST: u32 = 0x8FCFC5;
/// The colour of the smallest where small is what matters.
const SMALLEST: u32 = 0xF6C68B;

impl Page<'_> {
    /// Bars behind the numbers of a column.
    pub(super) fn bars(&mut self, placed: &Placed, column: usize) -> Result<(), XlsxError> {
        let (_, first, at, last, _) = placed.range(column);
        let bar = ConditionalFormatDataBar::new()
            .set_fill_color(style::BAND)
            .set_solid_fill(true)
            .set_minimum(ConditionalFormatType::Number, 0);
        self.sheet().add_conditional_format(first, at, last.max(first), at, &bar)?;
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
            .set_maximum_color(LARGEST);
        self.sheet().add_conditional_format(first, at, last.max(first), right, &scale)?;
        Ok(())
    }

    /// Shades the shares of 1 in a column, the more the farther they are from 1.
    pub(super) fn doubt(&mut self, placed: &Placed, column: usize) -> Result<(), XlsxError> {
        let (_, first, at, last, _) = placed.range(column);
        let scale = ConditionalFormat2ColorScale::new()
            .set_minimum(ConditionalFormatType::Number, 0.4)
            .set_minimum_color(SMALLEST)
            .set_maximum(ConditionalFormatType::Number, 1)
            .set_maximum_color(0xFFFFFF);
        self.sheet().add_conditional_format(first, at, last.max(first), at, &scale)?;
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
        self.sheet().add_conditional_format(first, at, last.max(first), at, &rule)?;
        Ok(())
    }

    /// Sets off p-values at or below 0.05; empty cells are none.
    pub(super) fn significant(&mut self, placed: &Placed, column: usize) -> Result<(), XlsxError> {
        let (_, first, at, last, _) = placed.range(column);
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::Between(1e-300, 0.05))
            .set_format(style::good().set_bold());
        self.sheet().add_conditional_format(first, at, last.max(first), at, &rule)?;
        Ok(())
    }
}

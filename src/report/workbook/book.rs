//! A workbook in the making: sheets one after the other.

use super::page::Page;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

/// Sheets that become a workbook.
#[derive(Default)]
pub(super) struct Book {
    sheets: Vec<Worksheet>,
}

impl Book {
    /// Adds a sheet and fills it.
    pub(super) fn add(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut Page) -> Result<(), XlsxError>,
    ) -> Result<(), XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        let mut page = Page::new(&mut sheet);
        fill(&mut page)?;
        page.finish()?;
        self.sheets.push(sheet);
        Ok(())
    }

    /// The bytes of the file; the same sheets give the same bytes.
    pub(super) fn save(self, title: &str, made_by: &str) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let properties = DocProperties::new()
            .set_title(title)
            .set_comment(made_by)
            .set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?);
        book.set_properties(&properties);
        for sheet in self.sheets {
            book.push_worksheet(sheet);
        }
        book.save_to_buffer()
    }
}

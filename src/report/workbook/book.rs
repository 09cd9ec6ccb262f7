//! A workbook in the making: sheets one after the other.

use super::known::Known;
use super::page::Page;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::io::Write;

/// Sheets that become a workbook.
#[derive(Default)]
pub(super) struct Book {
    book: Workbook,
    known: Known,
}

impl Book {
    /// A workbook in which these customers and classes are known wherever they are named.
    pub(super) fn about(known: Known) -> Book {
        Book { known, ..Book::default() }
    }

    /// Adds a sheet and fills it.
    pub(super) fn add(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut Page) -> Result<(), XlsxError>,
    ) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet();
        sheet.set_name(name)?;
        let mut page = Page::new(sheet, &self.known);
        fill(&mut page)?;
        page.finish()
    }

    /// The bytes of the file; the same sheets give the same bytes.
    pub(super) fn save(self, title: &str, made_by: &str) -> Result<Vec<u8>, XlsxError> {
        let mut bytes = Vec::new();
        self.write(title, made_by, &mut bytes)?;
        Ok(bytes)
    }

    /// Writes the file.
    pub(super) fn write(
        mut self,
        title: &str,
        made_by: &str,
        file: impl Write + Send,
    ) -> Result<(), XlsxError> {
        let properties = DocProperties::new()
            .set_title(title)
            .set_comment(made_by)
            .set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?);
        self.book.set_properties(&properties);
        self.book.save_to_writer(file)
    }
}

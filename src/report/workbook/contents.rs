//! The sheets of a workbook, as its summary lists them.

use super::book::Book;
use super::page::Page;
use crate::workbook::style;
use rust_xlsxwriter::{FormatAlign, Url, XlsxError};

type Fill<Of> = Box<dyn Fn(&mut Page, &Of) -> Result<(), XlsxError>>;

/// A sheet: its name, what the summary says of it, and what fills it from a result.
struct Sheet<Of> {
    name: String,
    what: String,
    fill: Fill<Of>,
}

/// The sheets after the summary, in their order.
pub(super) struct Contents<Of> {
    sheets: Vec<Sheet<Of>>,
}

impl<Of> Contents<Of> {
    pub(super) fn new() -> Contents<Of> {
        Contents { sheets: Vec::new() }
    }

    /// Adds a sheet.
    pub(super) fn add(
        &mut self,
        name: &str,
        what: &str,
        fill: impl Fn(&mut Page, &Of) -> Result<(), XlsxError> + 'static,
    ) {
        self.add_if(true, name, what, fill);
    }

    /// Adds a sheet if there is anything for it.
    pub(super) fn add_if(
        &mut self,
        is_there: bool,
        name: &str,
        what: &str,
        fill: impl Fn(&mut Page, &Of) -> Result<(), XlsxError> + 'static,
    ) {
        if is_there {
            let (name, what) = (name.to_string(), what.to_string());
            self.sheets.push(Sheet { name, what, fill: Box::new(fill) });
        }
    }

    /// Fills all sheets of a workbook.
    pub(super) fn fill(&self, book: &mut Book, of: &Of) -> Result<(), XlsxError> {
        self.sheets
            .iter()
            .try_for_each(|sheet| book.add(&sheet.name, |page| (sheet.fill)(page, of)))
    }

    /// Links to the sheets, one below the other.
    pub(super) fn links(&self, page: &mut Page, column: u16) -> Result<(), XlsxError> {
        page.heading("In this workbook", column, column)?;
        for Sheet { name, what, .. } in &self.sheets {
            let link = Url::new(format!("internal:'{name}'!A1"));
            let format = style::link().unset_text_wrap().set_align(FormatAlign::Top);
            let (row, link) = (page.row, link.set_text(format!("{name}: {what}")));
            page.sheet().write_url_with_format(row, column, &link, &format)?;
            page.row += 1;
        }
        Ok(())
    }
}

//! The workbook that is sent to experts: instructions, comparisons, scores, with live weights and
//! consistency. What comes back is read by the same layout.

mod block;
mod contents;
mod formulas;
mod instructions;
mod lists;
mod matrix;
mod pairwise;
mod scores;
mod sheet_names;

pub use contents::{Contents, ExpertEntry};

use super::style;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::model::{Model, Source};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

/// Which sheets there are.
struct Plan {
    /// (expert, sheet's name), in order; empty where there is nothing to compare.
    pairwise: Vec<(String, String)>,
    /// The same for scores; empty where experts score nothing.
    scores: Vec<(String, String)>,
    measured: bool,
    classes: bool,
}

impl Plan {
    fn new(model: &Model, experts: &[ExpertEntry]) -> Plan {
        let mut names = sheet_names::SheetNames::default();
        let mut sheets = |prefix: &str, wanted: bool| {
            let experts = experts.iter().filter(|_| wanted);
            experts.map(|e| (e.name.clone(), names.claim(prefix, &e.name))).collect()
        };
        let has = |source| !contents::indicators(model, source).is_empty();
        Plan {
            pairwise: sheets("PW", !pairwise::compared(&model.hierarchy).is_empty()),
            scores: sheets("Score", has(Source::Experts)),
            measured: has(Source::Measured),
            classes: !model.classes.classes.is_empty(),
        }
    }
}

/// Writes the workbook for a model as xlsx bytes. The same input gives the same bytes.
///
/// ```
/// use custval::diagnostic::Diagnostics;
/// use custval::model::Model;
/// use custval::workbook::{Book, Contents, write_template};
///
/// let mut log = Diagnostics::new();
/// let model = Model::open("sme", &mut log).unwrap();
/// let bytes = write_template(&model, &Contents::default()).unwrap();
/// let book = Book::read("sme.xlsx", &bytes, &mut log).unwrap();
/// let sheets: Vec<_> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
/// assert_eq!(sheets[..4], ["Instructions", "Hierarchy", "Experts", "PW Expert 1"]);
/// ```
///
/// # Errors
/// [`Error::Input`] if there are more customers or longer names than a sheet can hold;
/// [`Error::Failure`] if the workbook cannot be written.
pub fn write_template(model: &Model, contents: &Contents) -> Result<Vec<u8>, Error> {
    write(model, contents).map_err(refused)
}

fn write(model: &Model, contents: &Contents) -> Result<Vec<u8>, XlsxError> {
    let experts = contents.experts();
    let plan = Plan::new(model, &experts);
    let mut book = Workbook::new();
    // A fixed date: the same input gives the same bytes.
    let properties = DocProperties::new()
        .set_title(shortened_title(model))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?);
    book.set_properties(&properties);

    instructions::fill(add(&mut book, "Instructions", style::HEADER)?, model, &plan)?;
    lists::hierarchy(add(&mut book, "Hierarchy", style::QUIET_INK)?, model)?;
    lists::experts(add(&mut book, "Experts", style::QUIET_INK)?, &experts)?;
    for (expert, name) in &plan.pairwise {
        pairwise::fill(add(&mut book, name, style::ACCENT)?, model, contents, expert)?;
    }
    for (expert, name) in &plan.scores {
        scores::fill(add(&mut book, name, style::INPUT_BORDER)?, model, contents, expert)?;
    }
    if plan.measured {
        lists::measured(add(&mut book, "Measured", style::INPUT_BORDER)?, model, contents)?;
    }
    if plan.classes {
        lists::classes(add(&mut book, "Classes", style::QUIET_BORDER)?, model, contents)?;
    }
    book.save_to_buffer()
}

/// The title as a document property can hold it.
fn shortened_title(model: &Model) -> &str {
    sheet_names::shortened(&model.title, 255)
}

fn add<'a>(book: &'a mut Workbook, name: &str, tab: u32) -> Result<&'a mut Worksheet, XlsxError> {
    book.add_worksheet().set_tab_color(tab).set_name(name)
}

/// What the workbook cannot hold is the input's fault; anything else is ours.
fn refused(error: XlsxError) -> Error {
    match error {
        XlsxError::RowColumnLimitError => Diagnostic::error(
            Code::OptionInvalid,
            "there are more rows or columns than a sheet holds",
        )
        .hint("a sheet holds 1,048,576 rows and 16,384 columns: make several workbooks")
        .into(),
        XlsxError::MaxStringLengthExceeded => {
            Diagnostic::error(Code::OptionInvalid, "a name or description is too long for a cell")
                .hint("a cell holds 32,767 characters")
                .into()
        }
        other => Error::internal(format!("the workbook cannot be written: {other}")),
    }
}

//! A sheet of a workbook as text, one line a row, so that it goes the way of every other source.

use super::Text;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::{fold, list};
use crate::transactions::Moment;
use crate::workbook::{Book, Sheet, Value};

/// The sheet asked for, or the first that is not empty.
pub(crate) fn sheet(
    name: &str,
    wanted: Option<&str>,
    log: &mut Diagnostics,
) -> Result<Text, Error> {
    let book = Book::open(name, log);
    log.refuse_if_faulty()?;
    let sheets = book.map_or(Vec::new(), |book| book.sheets);
    let found = match wanted {
        Some(wanted) => sheets.iter().find(|sheet| fold(&sheet.name) == fold(wanted)),
        None => sheets.iter().find(|sheet| sheet.rows().next().is_some()),
    };
    let Some(sheet) = found else {
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let fault = match wanted {
            Some(wanted) => {
                Diagnostic::error(Code::SheetUnknown, format!("there is no sheet “{wanted}”"))
                    .hint(format!("the sheets are {}", list(&names)))
            }
            None => Diagnostic::error(Code::FileEmpty, "no sheet holds sales lines")
                .hint("the first row names the columns, each further row is a sale"),
        };
        return Err(fault.at(Place::file(name)).into());
    };
    let text = text(sheet).map_err(|error| Error::internal(format!("a sheet as text: {error}")))?;
    Ok(Text { reader: Box::new(std::io::empty()), sample: text })
}

/// The rows as CSV; row 8 of the sheet is line 8 of the text.
fn text(sheet: &Sheet) -> Result<Vec<u8>, csv::Error> {
    let width = sheet.rows().flat_map(|(_, cells)| cells.last()).map(|cell| cell.column).max();
    let mut text = Vec::new();
    let mut line = 0;
    for (row, cells) in sheet.rows() {
        while line < row {
            text.push(b'\n');
            line += 1;
        }
        let mut fields = vec![String::new(); width.map_or(0, |width| width as usize + 1)];
        for cell in cells {
            fields[cell.column as usize] = written(&cell.value);
        }
        let mut csv = csv::Writer::from_writer(&mut text);
        csv.write_record(&fields)?;
        csv.flush()?;
        line += 1;
    }
    Ok(text)
}

fn written(value: &Value) -> String {
    match value {
        Value::Date(date) => {
            let days = date.serial.floor();
            let seconds = ((date.serial - days) * 86_400.0).round() as i64;
            let day =
                crate::transactions::Day::of(date.year.into(), date.month.into(), date.day.into());
            day.map_or_else(
                || value.to_string(),
                |day| {
                    let moment: Moment = day.midnight().later(seconds);
                    moment.to_string()
                },
            )
        }
        // A line of the text is a row of the sheet.
        other => other.to_string().replace(['\n', '\r'], " "),
    }
}

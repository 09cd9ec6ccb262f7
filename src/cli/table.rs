//! Any table that a user brings: named columns of a CSV file or a workbook's sheet.

use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use custval::workbook::{Book, Reading, Sheet, Table, Value, read_number};

/// Opens the file and picks the sheet: the one named, or the first that is not empty.
pub(crate) fn open(file: &str, sheet: Option<&str>, log: &mut Diagnostics) -> Result<Sheet, Error> {
    if let Some(found) = pick(file, sheet, log) {
        return Ok(found);
    }
    log.refuse_if_faulty()?;
    Err(Error::internal("the table has no fault, but cannot be read"))
}

/// The sheet as a table with its first row as header.
pub(crate) fn headed<'a>(sheet: &'a Sheet, log: &mut Diagnostics) -> Result<Table<'a>, Error> {
    let table = Table::new(sheet).ok_or_else(|| {
        let fault = Diagnostic::error(Code::FileEmpty, "no cell of the sheet holds anything");
        Error::from(fault.at(sheet.place()))
    })?;
    table.check_headers(log);
    Ok(table)
}

fn pick(file: &str, sheet: Option<&str>, log: &mut Diagnostics) -> Option<Sheet> {
    let book = Book::open(file, log)?;
    let names: Vec<String> = book.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let found = match sheet {
        Some(name) => {
            let wanted = custval::text::fold(name);
            book.sheets.into_iter().find(|sheet| custval::text::fold(&sheet.name) == wanted)
        }
        None => book.sheets.into_iter().find(|sheet| !sheet.is_empty()),
    };
    if found.is_none() {
        let fault = match sheet {
            Some(name) => {
                Diagnostic::error(Code::SheetUnknown, format!("there is no sheet “{name}”"))
                    .hint(format!("the workbook has {}", names.join(", ")))
            }
            None => Diagnostic::error(Code::FileEmpty, "no cell of the file holds anything"),
        };
        log.push(fault.at(Place::file(file)));
    }
    found
}

/// The column of this name.
pub(crate) fn column(
    table: &Table,
    name: &str,
    option: &str,
    log: &mut Diagnostics,
) -> Option<u32> {
    let found = table.column(&[name]);
    if found.is_none() {
        let headers: Vec<&str> = table.headers().iter().map(|h| h.name.as_str()).collect();
        let hint = match nearest(name, headers.iter().copied()) {
            Some(near) => format!("did you mean “{near}”?"),
            None => {
                let shown: Vec<&str> = headers.into_iter().take(20).collect();
                format!("the columns here are {}", shown.join(", "))
            }
        };
        let message = format!("{option} names the column “{name}”, which is not there");
        let fault = Diagnostic::error(Code::ColumnMissing, message);
        log.push(fault.at(table.sheet.cell_place(table.header_row, 0)).hint(hint));
    }
    found
}

/// The columns of these names, as numbers.
pub(crate) fn columns(
    table: &Table,
    names: &[String],
    option: &str,
    log: &mut Diagnostics,
) -> Vec<Vec<Option<f64>>> {
    let found: Vec<u32> =
        names.iter().filter_map(|name| column(table, name, option, log)).collect();
    found.into_iter().map(|column| numbers(table, column, log)).collect()
}

/// The numbers of a column, one for each row; `None` where the cell is empty.
fn numbers(table: &Table, column: u32, log: &mut Diagnostics) -> Vec<Option<f64>> {
    let sheet = table.sheet;
    table
        .rows()
        .map(|row| {
            let value = sheet.value(row, column)?;
            if let Value::Text(text) = value
                && matches!(
                    text.trim().to_lowercase().as_str(),
                    "na" | "n/a" | "nan" | "null" | "."
                )
            {
                return None;
            }
            match read_number(value) {
                Reading::Number(number) => Some(number.value),
                Reading::NotANumber => {
                    let message = format!("{} is not a number", value.shown());
                    let fault = Diagnostic::error(Code::TableValueInvalid, message)
                        .at(sheet.cell_place(row, column))
                        .hint("a number, or an empty cell where the value is unknown");
                    log.push(fault);
                    None
                }
            }
        })
        .collect()
}

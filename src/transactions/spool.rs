//! The rows set aside, kept until they are asked for.

use super::ledger::Reason;
use super::parse::settle;
use super::source::first_record;
use std::io::{Read, Seek, Write};

/// So many bytes stay in memory, more go to a file without a name.
const IN_MEMORY: usize = 16 << 20;

/// The rows set aside, as CSV.
pub(crate) struct Spool {
    csv: csv::Writer<tempfile::SpooledTempFile>,
}

impl Spool {
    /// An empty list under the header of the first source.
    pub(crate) fn new(header: &[String]) -> std::io::Result<Spool> {
        let file = tempfile::SpooledTempFile::new(IN_MEMORY);
        let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(file);
        let own = ["file", "line", "reason"].map(String::from);
        csv.write_record(own.iter().chain(header).map(|name| guarded(name.as_bytes())))?;
        Ok(Spool { csv })
    }

    /// Keeps a row.
    pub(crate) fn keep(
        &mut self,
        file: &str,
        line: u64,
        reason: &Reason,
        row: &[u8],
        delimiter: u8,
    ) -> std::io::Result<()> {
        let mut bytes = row.to_vec();
        let mut fields = Vec::new();
        first_record(row, delimiter, &mut fields);
        fields.iter_mut().for_each(|field| settle(field, &mut bytes));
        self.csv.write_field(guarded(file.as_bytes()))?;
        self.csv.write_field(line.to_string())?;
        self.csv.write_field(guarded(reason.words().as_bytes()))?;
        for field in fields {
            self.csv.write_field(guarded(&bytes[field.start as usize..field.end as usize]))?;
        }
        self.csv.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// The whole list.
    pub(crate) fn read(self) -> std::io::Result<Vec<u8>> {
        let mut file = self.csv.into_inner().map_err(|error| error.into_error())?;
        file.flush()?;
        file.rewind()?;
        let mut csv = Vec::new();
        file.read_to_end(&mut csv)?;
        Ok(csv)
    }
}

/// A field that no spreadsheet takes for a formula: a number, or a text marked as one.
fn guarded(field: &[u8]) -> Vec<u8> {
    let is_number =
        || std::str::from_utf8(field).is_ok_and(|text| text.trim().parse::<f64>().is_ok());
    let starts = matches!(field.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'));
    if starts && !is_number() { [b"'", field].concat() } else { field.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_fields_and_never_become_formulas() {
        let mut spool = Spool::new(&["id".to_string(), "amt".to_string()]).unwrap();
        spool.keep("a.csv", 7, &Reason::NoDate, b"\"x;\"\"y\";-5", b';').unwrap();
        spool.keep("a.csv", 9, &Reason::NoCustomer, b"=1+1;b", b';').unwrap();
        assert_eq!(
            String::from_utf8(spool.read().unwrap()).unwrap(),
            "file,line,reason,id,amt\na.csv,7,no date,\"x;\"\"y\",-5\na.csv,9,no customer,'=1+1,b\n"
        );
    }
}

//! Tables as Parquet files.

use super::{Cell, Format, Table};
use crate::Error;
use crate::transactions::{DateOrder, DateStyle};
use arrow_array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

/// A table as a Parquet file packed with zstd: machine names as headers, days as dates, whole numbers
/// as 64 bits, other numbers in double precision and in full. A cell without a value is null.
///
/// # Errors
/// Only failures of custval itself.
pub fn to_parquet(table: &Table) -> Result<Vec<u8>, Error> {
    written(table).map_err(|error| Error::internal(format!("a table as Parquet: {error}")))
}

fn written(table: &Table) -> parquet::errors::Result<Vec<u8>> {
    let columns: Vec<ArrayRef> = (0..table.columns.len()).map(|at| values(table, at)).collect();
    let fields: Vec<Field> = table
        .columns
        .iter()
        .zip(&columns)
        .map(|(column, values)| Field::new(&column.name, values.data_type().clone(), true))
        .collect();
    let records = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(format!("custval {}", env!("CARGO_PKG_VERSION")))
        .build();
    let options =
        ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
    let mut file = Vec::new();
    let mut writer = ArrowWriter::try_new_with_options(&mut file, records.schema(), options)?;
    writer.write(&records)?;
    writer.close()?;
    Ok(file)
}

/// The values of a column, of the type of its format.
fn values(table: &Table, at: usize) -> ArrayRef {
    let cells = || table.rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Empty));
    match kind(table.columns[at].format, cells()) {
        DataType::Date32 => Arc::new(cells().map(day).collect::<Date32Array>()),
        DataType::Int64 => {
            let whole = |cell| number(cell).map(|number| number as i64);
            Arc::new(cells().map(whole).collect::<Int64Array>())
        }
        DataType::Float64 => Arc::new(cells().map(number).collect::<Float64Array>()),
        _ => Arc::new(cells().map(text).collect::<StringArray>()),
    }
}

/// The type of a format; text where a cell holds words instead, or numbers that are not whole.
fn kind<'a>(format: Format, cells: impl Iterator<Item = &'a Cell> + Clone) -> DataType {
    let all =
        |holds: fn(&Cell) -> bool| cells.clone().all(|cell| *cell == Cell::Empty || holds(cell));
    match format {
        Format::Date if all(|cell| day(cell).is_some()) => DataType::Date32,
        Format::Count if all(|cell| number(cell).is_some_and(is_whole)) => DataType::Int64,
        Format::Count | Format::Number(_) | Format::Percent(_) | Format::Probability
            if all(|cell| number(cell).is_some()) =>
        {
            DataType::Float64
        }
        _ => DataType::Utf8,
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Empty => None,
        Cell::Number(number) => Some(*number),
        // Numbers that are not finite are kept as texts.
        Cell::Text(text) => text.parse().ok(),
    }
}

/// Whether a number is whole, and an exact one of 64 bits.
fn is_whole(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() <= (1_u64 << 53) as f64
}

/// Days since 1970-01-01.
fn day(cell: &Cell) -> Option<i32> {
    let Cell::Text(text) = cell else { return None };
    let read = DateStyle::Shape(DateOrder::YearFirst).read(text.as_bytes());
    read.value().map(|written| written.moment.day().number())
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Empty => None,
        Cell::Number(number) => Some(number.to_string()),
        Cell::Text(text) => Some(text.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Column;

    #[test]
    fn a_column_has_the_type_of_its_format_or_else_keeps_its_words() {
        let of = |format: Format, cells: Vec<Cell>| {
            let mut table = Table::new("t", "T", vec![Column::new("c", "C", format)]);
            cells.into_iter().for_each(|cell| table.push(vec![cell]));
            values(&table, 0).data_type().clone()
        };
        let empty = || Cell::Empty;
        assert_eq!(of(Format::Count, vec![3.0.into(), empty()]), DataType::Int64);
        assert_eq!(of(Format::Count, vec![3.5.into(), empty()]), DataType::Float64);
        assert_eq!(of(Format::Count, vec!["many".into(), 3.0.into()]), DataType::Utf8);
        assert_eq!(of(Format::Percent(1), vec![f64::INFINITY.into()]), DataType::Float64);
        assert_eq!(of(Format::Date, vec!["2011-12-09".into(), empty()]), DataType::Date32);
        assert_eq!(of(Format::Date, vec!["soon".into()]), DataType::Utf8);
        assert_eq!(of(Format::Text, vec![3.0.into()]), DataType::Utf8);
    }
}

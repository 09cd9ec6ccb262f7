//! Tables as Parquet files.

use super::{Cell, Format, LongTable, Table};
use crate::Error;
use crate::transactions::{DateOrder, DateStyle};
use arrow_array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::io::Write;
use std::sync::Arc;

/// Rows that are held and written together.
const ROWS: usize = 1 << 16;

/// A table as a Parquet file packed with zstd: machine names as headers, days as dates, whole numbers
/// as 64 bits, other numbers in double precision and in full. A cell without a value is null.
///
/// # Errors
/// Only failures of custval itself.
pub fn to_parquet(table: &Table) -> Result<Vec<u8>, Error> {
    let types: Vec<DataType> = (0..table.columns.len()).map(|at| fitting(table, at)).collect();
    let mut file = Vec::new();
    write(table, types, table.rows.iter().cloned(), &mut file)
        .map_err(|error| Error::internal(format!("a table as Parquet: {error}")))?;
    Ok(file)
}

/// Writes a long table as Parquet, in the form of [`to_parquet`].
///
/// # Errors
/// Those of writing.
pub fn write_parquet(table: LongTable, file: &mut (dyn Write + Send)) -> std::io::Result<()> {
    let types = table.head.columns.iter().map(|column| type_of(column.format)).collect();
    write(&table.head, types, table.rows, file).map_err(std::io::Error::other)
}

fn write(
    head: &Table,
    types: Vec<DataType>,
    mut rows: impl Iterator<Item = Vec<Cell>>,
    file: &mut (dyn Write + Send),
) -> parquet::errors::Result<()> {
    let names = head.columns.iter().map(|column| &column.name);
    let fields = names.zip(&types).map(|(name, kind)| Field::new(name, kind.clone(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<Field>>()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(format!("custval {}", env!("CARGO_PKG_VERSION")))
        .set_max_row_group_row_count(Some(ROWS))
        .build();
    let options =
        ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(file, Arc::clone(&schema), options)?;
    loop {
        let part: Vec<Vec<Cell>> = rows.by_ref().take(ROWS).collect();
        if part.is_empty() {
            break;
        }
        let columns = types.iter().enumerate().map(|(at, kind)| values(&part, at, kind)).collect();
        writer.write(&RecordBatch::try_new(Arc::clone(&schema), columns)?)?;
    }
    writer.close()?;
    Ok(())
}

/// The values of a column.
fn values(rows: &[Vec<Cell>], at: usize, kind: &DataType) -> ArrayRef {
    let cells = rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Empty));
    match kind {
        DataType::Date32 => Arc::new(cells.map(day).collect::<Date32Array>()),
        DataType::Int64 => {
            let whole = |cell| number(cell).map(|number| number as i64);
            Arc::new(cells.map(whole).collect::<Int64Array>())
        }
        DataType::Float64 => Arc::new(cells.map(number).collect::<Float64Array>()),
        _ => Arc::new(cells.map(text).collect::<StringArray>()),
    }
}

/// The type of a format.
fn type_of(format: Format) -> DataType {
    match format {
        Format::Text | Format::Prose => DataType::Utf8,
        Format::Date => DataType::Date32,
        Format::Count => DataType::Int64,
        Format::Number(_) | Format::Percent(_) | Format::Probability => DataType::Float64,
    }
}

/// The type of a column by its format, or else the first that holds all of its cells.
fn fitting(table: &Table, at: usize) -> DataType {
    let holds = |kind: &DataType| {
        let mut cells = table.rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Empty));
        cells.all(|cell| match (cell, kind) {
            (Cell::Empty, _) | (_, DataType::Utf8) => true,
            (_, DataType::Date32) => day(cell).is_some(),
            (_, DataType::Int64) => number(cell).is_some_and(is_whole),
            _ => number(cell).is_some(),
        })
    };
    let first = type_of(table.columns[at].format);
    match first {
        DataType::Int64 => [first, DataType::Float64].into_iter().find(holds),
        _ => Some(first).filter(holds),
    }
    .unwrap_or(DataType::Utf8)
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
            fitting(&table, 0)
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

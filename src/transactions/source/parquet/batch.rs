//! A batch of typed columns into lines.

use super::moment::{stamps, written};
use super::number::numbers;
use super::text::{each, texts};
use super::uses::Uses;
use crate::transactions::dictionary::hash;
use crate::transactions::line::Part;
use crate::transactions::parse::{Letters, Parsed, row_key};
use crate::transactions::plan::Plan;
use crate::transactions::reader::{Fields, Reader};
use crate::transactions::{Decimal, Read, Written};
use arrow_array::RecordBatch;
use std::sync::Arc;

/// The texts of a batch have so many bytes at most; one that is stored once may stand in many rows.
const MOST_BYTES: usize = 64 << 20;

/// Some rows of a file, as far as they are used.
pub(crate) struct Batch {
    records: RecordBatch,
    uses: Arc<Uses>,
}

impl Batch {
    pub(super) fn new(records: RecordBatch, uses: &Arc<Uses>) -> Batch {
        Batch { records, uses: Arc::clone(uses) }
    }

    pub(super) fn rows(&self) -> usize {
        self.records.num_rows()
    }

    /// As many rows from the first one as have texts of no more than 64 MB.
    pub(super) fn front(self) -> Batch {
        let mut all = 0;
        self.each_length(|_, length| all += length);
        if all <= MOST_BYTES {
            return self;
        }
        let mut lengths = vec![0; self.rows()];
        self.each_length(|row, length| lengths[row] += length);
        let within = |all: &mut usize, length: &usize| {
            *all += length;
            (*all <= MOST_BYTES).then_some(())
        };
        let rows = lengths.iter().scan(0, within).count();
        Batch { records: self.records.slice(0, rows), uses: self.uses }
    }

    fn each_length(&self, mut take: impl FnMut(usize, usize)) {
        for (column, array) in self.uses.columns.iter().zip(self.records.columns()) {
            if column.as_text {
                let mut row = 0;
                each(array, |text| {
                    take(row, text.len());
                    row += 1;
                });
            }
        }
    }

    /// Reads every row; `number` is that of the batch.
    pub(crate) fn parse(self, number: u32, plan: &Plan) -> Parsed {
        let Batch { records, uses } = self;
        let rows = records.num_rows();
        let mut bytes = Vec::new();
        let mut columns: Vec<Cells> = Vec::new();
        columns.resize_with(uses.width, Cells::default);
        for (column, array) in uses.columns.iter().zip(records.columns()) {
            let cells = &mut columns[column.at];
            if column.as_text {
                cells.texts = texts(array, &column.kind, column.clock.as_ref(), &mut bytes);
            }
            if column.as_number {
                cells.numbers = Some(numbers(array));
            }
            if column.as_moment {
                let stamps = stamps(array).into_iter();
                let read = stamps.map(|stamp| written(stamp, column.clock.as_ref()));
                cells.moments = Some(read.collect());
            }
        }
        let mut reader = Reader::new(plan);
        let mut lines = Vec::with_capacity(rows);
        let mut scratch = Vec::new();
        for at in 0..rows {
            let row = Row { bytes: &bytes, columns: &columns, at };
            let mut line = reader.line(&row, row_key(number, at as u32));
            if uses.hashes {
                row.write_whole(&mut scratch);
                line.row_hash = hash(&scratch);
            }
            if uses.records {
                row.write_record(&mut scratch);
                let start = bytes.len() as u32;
                bytes.extend_from_slice(&scratch);
                line.record = Part { start, end: bytes.len() as u32 };
            }
            line.number = at as u32;
            line.hash_ids(&bytes);
            lines.push(line);
        }
        let Reader { dates, numbers, .. } = reader;
        Parsed { bytes, lines, dates, numbers, height: rows as u32, letters: Letters::Plain }
    }
}

/// The values of a column in a batch, in the forms that are wanted of it.
#[derive(Default)]
struct Cells {
    texts: Vec<Part>,
    numbers: Option<Vec<Read<Decimal>>>,
    moments: Option<Vec<Read<Written>>>,
}

/// One row of a batch.
struct Row<'a> {
    bytes: &'a [u8],
    columns: &'a [Cells],
    at: usize,
}

impl Row<'_> {
    /// Writes all texts so that two rows are written alike only if they are equal.
    fn write_whole(&self, whole: &mut Vec<u8>) {
        whole.clear();
        for column in 0..self.columns.len() {
            let text = self.text(column).of(self.bytes);
            whole.extend_from_slice(&(text.len() as u32).to_le_bytes());
            whole.extend_from_slice(text);
        }
    }

    /// Writes all texts as a record of CSV.
    fn write_record(&self, record: &mut Vec<u8>) {
        record.clear();
        for column in 0..self.columns.len() {
            if column > 0 {
                record.push(b',');
            }
            let text = self.text(column).of(self.bytes);
            if !text.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
                record.extend_from_slice(text);
                continue;
            }
            record.push(b'"');
            for byte in text {
                record.extend_from_slice(if *byte == b'"' {
                    b"\"\""
                } else {
                    std::slice::from_ref(byte)
                });
            }
            record.push(b'"');
        }
    }
}

impl Fields for Row<'_> {
    #[inline]
    fn bytes(&self) -> &[u8] {
        self.bytes
    }

    #[inline]
    fn text(&self, column: usize) -> Part {
        self.columns[column].texts.get(self.at).copied().unwrap_or_default()
    }

    #[inline]
    fn number(&self, column: usize) -> Option<Read<Decimal>> {
        Some(self.columns[column].numbers.as_ref()?[self.at])
    }

    #[inline]
    fn moment(&self, column: usize) -> Option<Read<Written>> {
        Some(self.columns[column].moments.as_ref()?[self.at])
    }
}

//! The rows of a file in batches.

use super::batch::Batch;
use super::open::broken;
use super::uses::Uses;
use crate::transactions::source::Stop;
use crate::workbook::survived;
use arrow_array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::Result as Fallible;
use std::fs::File;
use std::io::{Error, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows of a batch: enough to be worth a thread's while, few enough to stay near the processor.
const ROWS: usize = 8192;

/// The rows of a file in batches.
pub(crate) struct Batches {
    reader: ParquetRecordBatchReader,
    uses: Arc<Uses>,
    /// What was read of the file, and is still to be given.
    waiting: Option<RecordBatch>,
    /// Rows read, of how many in how many bytes.
    read: u64,
    rows: u64,
    size: u64,
    count: Arc<AtomicU64>,
}

impl Batches {
    pub(super) fn new(
        file: File,
        metadata: ArrowReaderMetadata,
        uses: Uses,
        size: u64,
        count: Arc<AtomicU64>,
    ) -> Fallible<Batches> {
        let rows = metadata.metadata().file_metadata().num_rows().max(0) as u64;
        let roots = uses.columns.iter().map(|column| column.at);
        let mask = ProjectionMask::roots(metadata.parquet_schema(), roots);
        let build = || {
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata)
                .with_projection(mask)
                .with_batch_size(ROWS)
                .build()
        };
        let reader = survived(build).unwrap_or_else(|| Err(broken()))?;
        Ok(Batches { reader, uses: Arc::new(uses), waiting: None, read: 0, rows, size, count })
    }

    /// Whether equal rows can be told by their hashes.
    pub(crate) fn are_hashed(&self) -> bool {
        self.uses.hashes
    }

    /// The zone whose clock the dates were read by, if the file names one.
    pub(crate) fn zone(&self) -> Option<&str> {
        self.uses.zone.as_deref()
    }

    /// The first rows, which `next` gives once more.
    pub(crate) fn first(&mut self) -> Result<Option<Batch>, Stop> {
        self.fill()?;
        Ok(self.waiting.as_ref().map(|waiting| Batch::new(waiting.clone(), &self.uses).front()))
    }

    /// The next rows.
    pub(crate) fn next(&mut self) -> Result<Option<Batch>, Stop> {
        self.fill()?;
        let Some(waiting) = self.waiting.take() else { return Ok(None) };
        let batch = Batch::new(waiting.clone(), &self.uses).front();
        let rows = batch.rows();
        if rows == 0 {
            return Err(too_long());
        }
        self.waiting =
            (rows < waiting.num_rows()).then(|| waiting.slice(rows, waiting.num_rows() - rows));
        let bytes_before = self.bytes();
        self.read += rows as u64;
        self.count.fetch_add(self.bytes() - bytes_before, Ordering::Relaxed);
        Ok(Some(batch))
    }

    /// Reads the next rows that there are, if none wait.
    fn fill(&mut self) -> Result<(), Stop> {
        while self.waiting.is_none() {
            match survived(|| self.reader.next()) {
                Some(Some(Ok(batch))) if batch.num_rows() == 0 => {}
                Some(Some(Ok(batch))) => self.waiting = Some(batch),
                Some(Some(Err(error))) => return Err(unreadable(error.to_string())),
                Some(None) => return Ok(()),
                None => return Err(unreadable(broken().to_string())),
            }
        }
        Ok(())
    }

    /// The share of the file that was read, in bytes.
    fn bytes(&self) -> u64 {
        let share = u128::from(self.size) * u128::from(self.read) / u128::from(self.rows.max(1));
        (share as u64).min(self.size)
    }
}

fn unreadable(message: String) -> Stop {
    let kind = if message.contains("EOF") { ErrorKind::UnexpectedEof } else { ErrorKind::Other };
    Stop::Unreadable(Error::new(kind, message))
}

fn too_long() -> Stop {
    Stop::Unreadable(Error::other("a row of more than 64 MB"))
}

//! A Parquet file that is open, with its columns.

use super::batches::Batches;
use super::kind::Kind;
use super::uses::Uses;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::transactions::Kind as Named;
use crate::transactions::plan::Plan;
use crate::transactions::source::{Source, Whole};
use crate::workbook::survived;
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::Type as Stored;
use parquet::errors::Result as Fallible;
use parquet::file::metadata::ParquetStatisticsPolicy;
use parquet::schema::types::Type;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// A Parquet file that is open.
pub(crate) struct Table {
    name: String,
    file: File,
    size: u64,
    metadata: ArrowReaderMetadata,
    columns: Vec<(String, Kind)>,
    count: Arc<AtomicU64>,
}

/// The first and last bytes of every Parquet file, and of one whose footer is encrypted.
const MAGIC: &[u8; 4] = b"PAR1";
const ENCRYPTED: &[u8; 4] = b"PARE";

impl Table {
    /// Opens a file; `count` counts the bytes that are read of it.
    pub(crate) fn open(source: &Source, count: Arc<AtomicU64>) -> Result<Table, Error> {
        let place = Place::file(&source.name);
        let unreadable = |message: String| {
            Diagnostic::error(Code::FileUnreadable, message)
                .hint("check the path, and that the file was copied whole")
        };
        let opened = || -> std::io::Result<(File, Ends)> {
            let mut file = File::open(source.path())?;
            let ends = Ends::of(&mut file)?;
            Ok((file, ends))
        };
        let (file, ends) = opened()
            .map_err(|error| unreadable(format!("cannot read: {error}")).at(place.clone()))?;
        if let Some(fault) = ends.fault() {
            return Err(fault.at(place).into());
        }
        let read = survived(|| metadata(&file)).unwrap_or_else(|| Err(broken()));
        let metadata =
            read.map_err(|error| unreadable(format!("cannot read: {error}")).at(place))?;
        let stored = metadata.parquet_schema().root_schema().get_fields();
        let columns = metadata
            .schema()
            .fields()
            .iter()
            .zip(stored)
            .map(|(field, stored)| (field.name().clone(), Kind::of(field.data_type(), stored)))
            .collect();
        Ok(Table { name: source.name.clone(), file, size: ends.size, metadata, columns, count })
    }

    /// The names of its columns.
    pub(crate) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|(name, _)| name.clone()).collect()
    }

    /// What a condition takes the values of a column for, where its type says.
    pub(crate) fn kind(&self, at: usize) -> Option<Named> {
        match self.columns.get(at) {
            Some((_, Kind::Day | Kind::Moment(_))) => Some(Named::Moment),
            _ => None,
        }
    }

    /// Its rows, as far as a plan looks at them. Faults are columns of types that do not fit.
    pub(crate) fn read(
        self,
        plan: &Plan,
        whole: Whole,
        log: &mut Diagnostics,
    ) -> Result<Batches, Error> {
        let Table { name, file, size, metadata, columns, count } = self;
        let place = Place::file(&name);
        let rows = metadata.metadata().file_metadata().num_rows().max(0) as u64;
        let uses = Uses::of(plan, whole, &columns, rows, &place, log);
        log.refuse_if_faulty()?;
        Batches::new(file, metadata, uses, size, count).map_err(|error| {
            Diagnostic::error(Code::FileUnreadable, format!("cannot read: {error}"))
                .at(place)
                .hint("check that the file was copied whole")
                .into()
        })
    }
}

/// What a file begins and ends with.
struct Ends {
    size: u64,
    first: [u8; 4],
    last: [u8; 4],
}

impl Ends {
    fn of(file: &mut File) -> std::io::Result<Ends> {
        let size = file.seek(SeekFrom::End(0))?;
        let mut ends = Ends { size, first: [0; 4], last: [0; 4] };
        if size >= 8 {
            file.rewind()?;
            file.read_exact(&mut ends.first)?;
            file.seek(SeekFrom::End(-4))?;
            file.read_exact(&mut ends.last)?;
        }
        Ok(ends)
    }

    /// What is wrong with a file of these ends.
    fn fault(&self) -> Option<Diagnostic> {
        let unreadable = |message| Diagnostic::error(Code::FileUnreadable, message);
        if self.size == 0 {
            let fault = Diagnostic::error(Code::FileEmpty, "the file holds no sales lines");
            return Some(fault.hint("check that it was written or copied whole"));
        }
        if &self.last == ENCRYPTED || &self.first == ENCRYPTED {
            let fault = Diagnostic::error(Code::FileEncrypted, "the file is encrypted");
            return Some(fault.hint("save it without encryption"));
        }
        match (&self.first == MAGIC, &self.last == MAGIC) {
            (true, true) => None,
            (true, false) => Some(
                unreadable("the file ends before it should")
                    .hint("check that it was written or copied whole"),
            ),
            (false, _) => Some(
                unreadable("the file is no Parquet file, whatever its name says")
                    .hint("give it the ending of what it is, such as .csv"),
            ),
        }
    }
}

/// The error of a reader that did not survive what it read.
pub(super) fn broken() -> parquet::errors::ParquetError {
    parquet::errors::ParquetError::General("the file is damaged".to_string())
}

/// The footer, with texts to be read in the form that costs least.
fn metadata(file: &File) -> Fallible<ArrowReaderMetadata> {
    let options = || {
        ArrowReaderOptions::new()
            .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
            .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll)
    };
    // The types that a writer noted beside the file's own may not fit them; then the file's own count.
    let noted = ArrowReaderMetadata::load(file, options());
    let own = || ArrowReaderMetadata::load(file, options().with_skip_arrow_metadata(true));
    let found = noted.or_else(|_| own())?;
    let stored = found.parquet_schema().root_schema().get_fields();
    let fields = found.schema().fields().iter().zip(stored).map(|(field, stored)| {
        Field::new(field.name(), read_as(field.data_type(), stored), field.is_nullable())
    });
    let wanted = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let footer = Arc::clone(found.metadata());
    ArrowReaderMetadata::try_new(Arc::clone(&footer), options().with_schema(wanted))
        .or_else(|_| ArrowReaderMetadata::try_new(footer, options().with_skip_arrow_metadata(true)))
}

/// The type that a column is read as.
fn read_as(data_type: &DataType, stored: &Type) -> DataType {
    match data_type {
        DataType::Dictionary(_, values) => read_as(values, stored),
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        // Moments of 96 bits reach further than billionths of a second do.
        DataType::Timestamp(TimeUnit::Nanosecond, zone)
            if stored.is_primitive() && stored.get_physical_type() == Stored::INT96 =>
        {
            DataType::Timestamp(TimeUnit::Microsecond, zone.clone())
        }
        other => other.clone(),
    }
}

//! `--tables`: what tables are written as.

use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use custval::report::{LongTable, Table, to_csv, write_csv};
use std::io::Write;

/// What a table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableKind {
    Csv,
    #[cfg(feature = "parquet")]
    Parquet,
}

impl TableKind {
    /// The kinds asked for, CSV if none is; faults go to the log.
    pub(crate) fn asked(names: &[String], log: &mut Diagnostics) -> Vec<TableKind> {
        if names.is_empty() {
            return vec![TableKind::Csv];
        }
        let mut kinds = Vec::new();
        for name in names {
            match TableKind::named(name.trim()) {
                Some(kind) if !kinds.contains(&kind) => kinds.push(kind),
                Some(_) => {}
                None => log.push(refused(name.trim())),
            }
        }
        kinds
    }

    fn named(name: &str) -> Option<TableKind> {
        match name {
            "csv" => Some(TableKind::Csv),
            #[cfg(feature = "parquet")]
            "parquet" => Some(TableKind::Parquet),
            _ => None,
        }
    }

    /// How the names of its files end.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            TableKind::Csv => "csv",
            #[cfg(feature = "parquet")]
            TableKind::Parquet => "parquet",
        }
    }

    /// A table as a file.
    pub(crate) fn written(self, table: &Table) -> Result<Vec<u8>, Error> {
        match self {
            TableKind::Csv => Ok(to_csv(table).into_bytes()),
            #[cfg(feature = "parquet")]
            TableKind::Parquet => custval::report::to_parquet(table),
        }
    }

    /// Writes a long table.
    pub(crate) fn write(
        self,
        table: LongTable,
        file: &mut (dyn Write + Send),
    ) -> std::io::Result<()> {
        match self {
            TableKind::Csv => write_csv(table, file),
            #[cfg(feature = "parquet")]
            TableKind::Parquet => custval::report::write_parquet(table, file),
        }
    }
}

/// The fault of a name that is no kind, or none in this build.
fn refused(name: &str) -> Diagnostic {
    let fault = if name == "parquet" {
        Diagnostic::error(Code::FeatureMissing, "this build of custval does not write Parquet")
            .hint("install it with the feature `parquet`, or leave it at csv")
    } else {
        Diagnostic::error(Code::OptionInvalid, format!("tables cannot be written as `{name}`"))
            .hint("csv, parquet, or csv,parquet")
    };
    fault.at(Place::option("--tables"))
}

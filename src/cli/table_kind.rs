//! `--tables`: what tables are written as.

use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use custval::report::{Table, to_csv};

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
            match TableKind::named(name) {
                Ok(kind) if !kinds.contains(&kind) => kinds.push(kind),
                Ok(_) => {}
                Err(fault) => log.push(fault.at(Place::option("--tables"))),
            }
        }
        kinds
    }

    fn named(name: &str) -> Result<TableKind, Diagnostic> {
        match name.trim() {
            "csv" => Ok(TableKind::Csv),
            #[cfg(feature = "parquet")]
            "parquet" => Ok(TableKind::Parquet),
            #[cfg(not(feature = "parquet"))]
            "parquet" => {
                let message = "this build of custval does not write Parquet";
                Err(Diagnostic::error(Code::FeatureMissing, message)
                    .hint("install it with the feature `parquet`, or leave it at csv"))
            }
            other => {
                let message = format!("tables cannot be written as `{other}`");
                Err(Diagnostic::error(Code::OptionInvalid, message)
                    .hint("csv, parquet, or csv,parquet"))
            }
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
}

//! Parquet files.

use super::{Source, Text};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Place};

/// A Parquet file, for which this build lacks the feature.
pub(crate) fn parquet(source: &Source) -> Result<Text, Error> {
    let fault =
        Diagnostic::error(Code::FeatureMissing, "this build of custval does not read Parquet")
            .at(Place::file(&source.name))
            .hint("install it with the feature `parquet`, or save the file as CSV");
    Err(fault.into())
}

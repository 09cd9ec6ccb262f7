//! Parquet files in a build that does not read them.

use super::{Source, Stop, Whole};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::transactions::Kind;
use crate::transactions::parse::Parsed;
use crate::transactions::plan::Plan;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// A Parquet file: there is none.
pub(crate) enum Table {}

/// The rows of one: there are none.
pub(crate) enum Batches {}

/// Some of them.
pub(crate) enum Batch {}

impl Table {
    /// Says what is missing.
    pub(crate) fn open(source: &Source, _: Arc<AtomicU64>) -> Result<Table, Error> {
        let fault =
            Diagnostic::error(Code::FeatureMissing, "this build of custval does not read Parquet")
                .at(Place::file(&source.name))
                .hint("install it with the feature `parquet`, or save the file as CSV");
        Err(fault.into())
    }

    pub(crate) fn names(&self) -> Vec<String> {
        match *self {}
    }

    pub(crate) fn kind(&self, _: usize) -> Option<Kind> {
        match *self {}
    }

    pub(crate) fn read(self, _: &Plan, _: Whole, _: &mut Diagnostics) -> Result<Batches, Error> {
        match self {}
    }
}

impl Batches {
    pub(crate) fn are_hashed(&self) -> bool {
        match *self {}
    }

    pub(crate) fn zone(&self) -> Option<&str> {
        match *self {}
    }

    pub(crate) fn first(&mut self) -> Result<Option<Batch>, Stop> {
        match *self {}
    }

    pub(crate) fn next(&mut self) -> Result<Option<Batch>, Stop> {
        match *self {}
    }
}

impl Batch {
    pub(crate) fn parse(self, _: u32, _: &Plan) -> Parsed {
        match self {}
    }
}

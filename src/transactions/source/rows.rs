//! The rows of a source, in portions that can be read one beside the other.

use super::{Batch, Batches, Block, Blocks, Stop};
use crate::transactions::parse::{Parsed, parse};
use crate::transactions::plan::Plan;
use std::io::Read;

/// What is wanted of rows beyond their columns in use.
#[derive(Clone, Copy, Debug, Default)]
// Texts are read whole in any case.
#[cfg_attr(not(feature = "parquet"), expect(dead_code))]
pub(crate) struct Whole {
    /// They are written down as they are.
    pub kept: bool,
    /// They are compared with each other in every column.
    pub compared: bool,
}

/// The rows of a source.
pub(crate) enum Rows {
    /// Records of text.
    Text(Blocks<Box<dyn Read + Send>>),
    /// Typed columns.
    Typed(Batches),
}

/// Some of them.
pub(crate) enum Portion {
    /// Records of text.
    Text(Block),
    /// Typed columns.
    Typed(Batch),
}

impl Rows {
    /// The next rows.
    pub(crate) fn next(&mut self) -> Result<Option<Portion>, Stop> {
        match self {
            Rows::Text(blocks) => Ok(blocks.next()?.map(Portion::Text)),
            Rows::Typed(batches) => Ok(batches.next()?.map(Portion::Typed)),
        }
    }

    /// Whether equal rows can be told by their hashes.
    pub(crate) fn are_hashed(&self) -> bool {
        match self {
            Rows::Text(_) => true,
            Rows::Typed(batches) => batches.are_hashed(),
        }
    }

    /// The zone whose clock the dates were read by, where the source names one.
    pub(crate) fn zone(&self) -> Option<&str> {
        match self {
            Rows::Text(_) => None,
            Rows::Typed(batches) => batches.zone(),
        }
    }
}

impl Portion {
    /// Reads every row; `number` is that of the portion, and `delimiter` parts the fields of a text.
    pub(crate) fn parse(self, number: u32, delimiter: u8, plan: &Plan) -> Parsed {
        match self {
            Portion::Text(block) => parse(block, number, delimiter, plan),
            Portion::Typed(batch) => batch.parse(number, plan),
        }
    }
}

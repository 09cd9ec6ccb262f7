//! Where sales lines come from: files, folders and patterns of them, packed or plain, in any common
//! encoding.

mod blocks;
mod files;
mod open;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(not(feature = "parquet"))]
#[path = "lacking.rs"]
mod parquet;
mod rows;
mod sheet;
mod split;

pub(crate) use blocks::{Block, Blocks, Stop, delimiter, header};
pub(crate) use files::{Kind, Source, sources};
pub(crate) use open::{Text, older, open, taken_as};
pub(crate) use parquet::{Batch, Batches, Table};
pub(crate) use rows::{Rows, Whole};
pub(crate) use sheet::sheet;
pub(crate) use split::{Marks, Span, first_record, is_blank};

//! Parquet files: only the columns that are wanted, batch by batch, with the types that they have.

mod batch;
mod batches;
mod kind;
mod moment;
mod number;
mod open;
#[cfg(test)]
mod tests;
mod text;
mod uses;

pub(crate) use batch::Batch;
pub(crate) use batches::Batches;
pub(crate) use open::Table;

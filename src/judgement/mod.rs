//! Comparison matrices: from single judgements to one positive matrix for each node and expert,
//! and one for the group.

mod aggregate;
mod assemble;
mod infer;
mod matrix;

pub use aggregate::geometric_mean;
pub use assemble::{NodeJudgements, assemble};
pub use infer::infer;
pub use matrix::Matrix;

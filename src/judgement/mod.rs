//! Comparison matrices: from single judgements to one positive matrix for each node and expert,
//! and one for the group.

mod aggregate;
mod assemble;
mod incomplete;
mod infer;
mod matrix;
mod scale;

pub use aggregate::{geometric_mean, geometric_mean_of_known};
pub use assemble::{NodeJudgements, assemble};
pub use incomplete::Incomplete;
pub(crate) use incomplete::pairs;
pub use infer::infer;
pub use matrix::Matrix;
pub(crate) use scale::place;
pub use scale::{ratio, stepped};

//! Weights and their consistency: from comparison matrices to local and global weights.

mod consistency;
mod eigenvector;
mod geometric;
mod weigh;

pub use crate::model::{RandomIndexValue, random_index};
pub use consistency::{Consistency, Verdict, consistency, verdicts};
pub use eigenvector::{Perron, eigenvector};
pub use geometric::row_geometric_mean;
pub use weigh::{ExpertWeights, How, NodeWeights, Weights, weigh};

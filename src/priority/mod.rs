//! Weights and their consistency: from comparison matrices to local and global weights.

mod consistency;
mod eigenvector;
mod geometric;
mod random_index;
mod weigh;

pub use consistency::{Consistency, Verdict, consistency, verdicts};
pub use eigenvector::{Perron, eigenvector};
pub use geometric::row_geometric_mean;
pub use random_index::{RandomIndexValue, random_index};
pub use weigh::{ExpertWeights, How, NodeWeights, Weights, weigh};

//! Weights and their consistency: from comparison matrices to local and global weights.

mod blend;
mod completion;
mod consistency;
mod eigenvector;
mod gci;
mod geometric;
mod group;
mod objective;
mod repair;
mod triad;
mod weigh;
mod worst;

pub use crate::model::{RandomIndexValue, random_index, random_index_with_gaps};
pub use blend::Blended;
pub use completion::{complete_by_eigenvalue, complete_by_least_squares};
pub use consistency::{Consistency, Verdict, consistency, consistency_with_gaps, verdicts};
pub use eigenvector::{Perron, eigenvector};
pub use gci::{gci, gci_limit};
pub use geometric::row_geometric_mean;
pub use group::{aip_arithmetic, aip_geometric};
pub use objective::objective_weights;
pub(crate) use objective::scaled;
pub use repair::{Change, repair};
pub use triad::{Triads, triads};
pub use weigh::{
    Aggregates, ExpertWeights, How, Missing, NodeWeights, Pair, Repair, Weights, Without, Worst,
    weigh,
};
pub(crate) use weigh::{global, local_weights};
pub use worst::{Misfit, misfits};

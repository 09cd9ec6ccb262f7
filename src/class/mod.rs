//! Names for clusters, from where their centres lie.

mod naming;
mod profile;

pub use naming::{CutPoint, Naming, Position, name_clusters};
pub use profile::{Profile, profiles};

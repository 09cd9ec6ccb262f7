//! k-means as SPSS QUICK CLUSTER does it, exactly, with the history of the iteration, and with
//! what SPSS does not tell: whether another start gives a better partition, and how other numbers
//! of clusters would do.
//!
//! ```
//! use custval::cluster::{Options, Points};
//! use custval::diagnostic::Diagnostics;
//!
//! let variables = ["value".to_string()];
//! let points = Points::new(&variables, vec![1.0, 1.2, 5.0, 5.2, f64::NAN]).unwrap();
//! let mut log = Diagnostics::new();
//! let clusters = Options::new(2).check(&points).unwrap().run(&mut log).unwrap();
//! assert_eq!(clusters.labels(), [Some(1), Some(1), Some(2), Some(2), None]);
//! assert_eq!(log.len(), 1); // the case without a value was left out
//! ```

mod assign;
mod better;
mod choice;
mod clusters;
mod elbow;
mod gap;
mod lloyd;
mod options;
mod points;
pub mod quality;
mod report;
mod rows;
mod run;
mod search;
mod seeded;
mod seeding;
mod silhouette;
mod stability;
mod start;
pub(crate) mod threads;
mod wide;

pub use crate::model::{GapDistance, Incomplete, Standardise, Update};
pub use assign::{Centres, Scaling};
pub use choice::{Advice, Choice};
pub use clusters::{Better, Clusters, Iteration, Member, Stopped, Weight};
pub use elbow::Elbow;
pub use options::{MOST_CLUSTERS, MOST_DRAWS, Options, Plan, Start};
pub use points::Points;
pub use stability::{Stability, Starts, Verdict};

#[cfg(test)]
mod tests;

//! What a user may ask of the tests.

use serde::{Deserialize, Serialize};

/// With more groups than this, pairs are not compared: 50 groups have 1,225 pairs, which nobody
/// reads, and each needs a quantile of its own.
pub const MOST_COMPARED: usize = 50;

/// How the tests are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The level of confidence of every interval, between 0.5 and 1; 0.95 by default. A test is
    /// called clear when its p is below 1 less the level.
    pub level: f64,
    /// Where the groups come from.
    pub origin: Origin,
}

impl Default for Options {
    fn default() -> Self {
        Options { level: 0.95, origin: Origin::Given }
    }
}

/// Where the groups come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// They were there before the values were looked at.
    Given,
    /// They are clusters of the same cases, made to differ: no p is a test then.
    Clusters,
}

//! Recency, frequency, monetary value and kin: scores, levels, segments and the lists made of them.

mod analysis;
mod clusters;
mod concentration;
mod distribution;
mod document;
mod grid;
mod lists;
mod model;
mod overall;
mod score;
mod scores;
mod segment;
mod tier;
mod transform;
mod weighted;

#[cfg(test)]
pub(crate) use analysis::FIT_NONE;
pub use analysis::{Analysis, Options, SegmentSum, Tables, analyse};
pub use clusters::{Clustering, Profile, RfmClusters};
pub use concentration::{Concentration, concentration};
pub use distribution::Distribution;
pub use grid::{Grid, GridCell};
pub use lists::{Extent, Listed, Lists, Rules, Upgrade};
pub use model::{Dimension, RfmModel, method};
pub use overall::{Band, Overall, overall};
pub use score::{Direction, Level, Lloyd, Method, Scored, Starts, elbow, score};
pub use scores::{CustomerScore, Scores};
pub use segment::{Coverage, MapCells, Segment, SegmentMap};
pub use tier::{Tier, tiers};
pub use transform::{Transform, Transformed, transformed};
pub use weighted::{weighted, weighted_min_max};

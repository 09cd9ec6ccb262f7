//! Recency, frequency, monetary value and kin: scores, levels, segments and the lists made of them.

mod concentration;
mod overall;
mod score;
mod segment;
mod tier;
mod weighted;

pub use concentration::{Concentration, concentration};
pub use overall::{Band, Overall, overall};
pub use score::{Direction, Level, Method, Scored, elbow, score};
pub use segment::{Coverage, MapCells, Segment, SegmentMap};
pub use tier::{Tier, tiers};
pub use weighted::{weighted, weighted_min_max};

//! The better partition beside the chosen one.

use super::clusters::Better;
use super::lloyd::Partition;
use super::points::Points;
use super::rows::Rows;
use crate::agreement::{adjusted_rand, matching};

/// A gain below this share is rounding, not another partition.
const ROUNDING: f64 = 1e-9;

/// What the seeded partition gains over our own, if it is better.
pub(super) fn better(
    rows: &Rows,
    points: &Points,
    own: &Partition,
    seeded: &Partition,
) -> Option<Better> {
    if seeded.sse >= own.sse * (1.0 - ROUNDING) {
        return None;
    }
    // Rows are the seeded clusters, columns ours, so that each of theirs gets one of our numbers.
    let mut table = vec![vec![0; own.sizes.len()]; seeded.sizes.len()];
    for (&theirs, &ours) in seeded.labels.iter().zip(&own.labels) {
        table[theirs as usize][ours as usize] += 1;
    }
    let number = matching(&table);
    let mut membership = vec![None; points.cases()];
    let mut moved = Vec::new();
    for ((&theirs, &ours), &case) in seeded.labels.iter().zip(&own.labels).zip(&rows.cases) {
        let cluster = number[theirs as usize].map(|cluster| cluster + 1);
        if cluster != Some(ours as usize + 1) {
            moved.push(case + 1);
        }
        membership[case] = cluster;
    }
    let gain = own.sse - seeded.sse;
    Some(Better {
        sse: seeded.sse,
        gain,
        gain_share: Some(gain / seeded.sse).filter(|share| share.is_finite()),
        membership,
        moved,
        adjusted_rand: adjusted_rand(&table),
    })
}

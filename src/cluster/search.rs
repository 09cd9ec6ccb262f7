//! Many seeded starts, to see whether the chosen one missed something.

use super::lloyd::{Partition, descend};
use super::rows::Rows;
use super::{seeded, start};
use crate::Error;

/// With more cases than this, the seeded starts descend on a sample of this size, and only the
/// best of them on all cases.
pub(super) const SAMPLE: usize = 5_000;

/// Iterations allowed to each start.
const MOST_ITERATIONS: usize = 100;

/// The seeded starts over one table.
pub(super) struct Search<'a> {
    rows: &'a Rows,
    sample: Option<Rows>,
    restarts: usize,
    seed: u64,
}

impl<'a> Search<'a> {
    pub(super) fn new(rows: &'a Rows, restarts: usize, seed: u64) -> Self {
        let sample = (rows.n() > SAMPLE && restarts > 0)
            .then(|| rows.chosen(&seeded::sample(rows.n(), SAMPLE, seed)));
        Search { rows, sample, restarts, seed }
    }

    /// Whether the starts descend on a sample.
    pub(super) fn is_sampled(&self) -> bool {
        self.sample.is_some()
    }

    /// The best partition into k clusters that the seeded starts end in, each by exact Lloyd;
    /// `None` without a start.
    pub(super) fn best(&self, k: usize) -> Result<Option<Partition>, Error> {
        let rows = self.sample.as_ref().unwrap_or(self.rows);
        let mut best: Option<Partition> = None;
        for restart in 0..self.restarts {
            let centres = seeded::plus_plus(rows, k, 1, self.seed.wrapping_add(restart as u64))?;
            let found = descend(rows, centres, 0.0, MOST_ITERATIONS).partition;
            if best.as_ref().is_none_or(|best| found.sse < best.sse) {
                best = Some(found);
            }
        }
        Ok(match best {
            Some(best) if self.is_sampled() => {
                Some(descend(self.rows, best.centres, 0.0, MOST_ITERATIONS).partition)
            }
            best => best,
        })
    }

    /// The partition into k clusters that SPSS's start ends in.
    pub(super) fn with_spss_start(&self, k: usize) -> Partition {
        let centres = start::spss(self.rows, k)
            .into_iter()
            .flat_map(|row| self.rows.row(row).iter().copied())
            .collect();
        descend(self.rows, centres, 0.0, MOST_ITERATIONS).partition
    }
}

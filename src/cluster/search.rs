//! Many seeded starts, to see whether the chosen one missed something, and how other numbers of
//! clusters would do.

use super::lloyd::{Partition, descend};
use super::rows::Rows;
use super::{seeded, start};
use crate::Error;

/// With more cases than this, starts descend on a sample of this size, and only the best of them
/// goes on with all cases.
const SAMPLE: usize = 5_000;

/// Iterations allowed to each start.
const MOST_ITERATIONS: usize = 100;

/// Iterations on all cases that are allowed to what a sample found for another number of clusters.
const POLISH: usize = 10;

/// The starts over one table.
pub(super) struct Search<'a> {
    rows: &'a Rows,
    sample: Option<Rows>,
    restarts: usize,
    seed: u64,
}

impl<'a> Search<'a> {
    pub(super) fn new(rows: &'a Rows, restarts: usize, seed: u64) -> Self {
        let sample =
            (rows.n() > SAMPLE).then(|| rows.chosen(&seeded::sample(rows.n(), SAMPLE, seed)));
        Search { rows, sample, restarts, seed }
    }

    /// What is to be said if the starts descend on a sample.
    pub(super) fn note(&self) -> Option<String> {
        self.sample.as_ref().map(|sample| {
            format!(
                "The seeded starts and the comparison of numbers of clusters search a seeded sample of {} of the {} cases; the best that they find goes on with all cases, other numbers of clusters for at most {POLISH} iterations.",
                sample.n(),
                self.rows.n()
            )
        })
    }

    /// The best partition into k clusters that the seeded starts end in, each by exact Lloyd;
    /// `None` without a start.
    pub(super) fn best(&self, k: usize) -> Result<Option<Partition>, Error> {
        Ok(self.seeded(k)?.map(|found| self.on_all_cases(found, MOST_ITERATIONS)))
    }

    /// The best partition into k clusters from the seeded starts and from SPSS's.
    pub(super) fn best_with_spss(&self, k: usize) -> Result<Partition, Error> {
        let spss = self.spss(k);
        let best = match self.seeded(k)? {
            Some(seeded) if seeded.sse < spss.sse => seeded,
            _ => spss,
        };
        Ok(self.on_all_cases(best, POLISH))
    }

    fn searched(&self) -> &Rows {
        self.sample.as_ref().unwrap_or(self.rows)
    }

    fn seeded(&self, k: usize) -> Result<Option<Partition>, Error> {
        let rows = self.searched();
        let mut best: Option<Partition> = None;
        for restart in 0..self.restarts {
            let centres = seeded::plus_plus(rows, k, 1, self.seed.wrapping_add(restart as u64))?;
            let found = descend(rows, centres, 0.0, MOST_ITERATIONS).partition;
            if best.as_ref().is_none_or(|best| found.sse < best.sse) {
                best = Some(found);
            }
        }
        Ok(best)
    }

    fn spss(&self, k: usize) -> Partition {
        let rows = self.searched();
        let chosen = start::spss(rows, k).into_iter();
        let centres = chosen.flat_map(|row| rows.row(row).iter().copied()).collect();
        descend(rows, centres, 0.0, MOST_ITERATIONS).partition
    }

    fn on_all_cases(&self, found: Partition, iterations: usize) -> Partition {
        match self.sample {
            Some(_) => descend(self.rows, found.centres, 0.0, iterations).partition,
            None => found,
        }
    }
}

//! Many seeded starts, to see whether the chosen one missed something, and how other numbers of
//! clusters would do.

use super::lloyd::{Course, Partition, descend};
use super::options::Plan;
use super::rows::Rows;
use super::{seeded, seeding, start, threads};
use crate::Error;
use crate::agreement::adjusted_rand;
use std::borrow::Cow;

/// With more cases than this, starts descend on a sample of this size, and only the best of them
/// goes on with all cases.
const SAMPLE: usize = 5_000;

/// Iterations allowed to each start.
const MOST_ITERATIONS: usize = 100;

/// Iterations on all cases that are allowed to what a sample found for another number of clusters.
const POLISH: usize = 10;

/// Starts whose partitions are kept at once.
const BATCH: usize = 64;

/// The starts over one table.
pub(super) struct Search<'a> {
    /// All cases that take part.
    rows: &'a Rows,
    /// The complete cases, or a sample of them: the starts descend on these.
    searched: Cow<'a, Rows>,
    restarts: usize,
    seed: u64,
    threads: usize,
}

/// What the seeded starts ended in.
pub(super) struct Found {
    /// The best, on the searched rows.
    pub(super) best: Option<Partition>,
    /// For each start the adjusted Rand index of its partition and ours, over the searched rows.
    pub(super) agreement: Vec<f64>,
}

impl<'a> Search<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        let (whole, options) = (plan.whole(), plan.options());
        let searched = match whole.n() > SAMPLE {
            true => Cow::Owned(whole.chosen(&seeded::sample(whole.n(), SAMPLE, options.seed))),
            false => Cow::Borrowed(whole),
        };
        let threads = plan.threads();
        Search {
            rows: &plan.rows,
            searched,
            restarts: options.restarts,
            seed: options.seed,
            threads,
        }
    }

    /// What is to be said if the starts descend on some of the cases only.
    pub(super) fn note(&self) -> Option<String> {
        if self.is_all() {
            return None;
        }
        let what = match self.searched.n() {
            SAMPLE => "a seeded sample of ",
            _ => "the complete ones, ",
        };
        Some(format!(
            "The seeded starts, the comparison of numbers of clusters, the gap statistic and the stability look at {what}{} of the {} cases; the best that the starts find goes on with all cases, other numbers of clusters for at most {POLISH} iterations.",
            self.searched.n(),
            self.rows.n()
        ))
    }

    /// The rows on which the starts descend.
    pub(super) fn searched(&self) -> &Rows {
        &self.searched
    }

    fn is_all(&self) -> bool {
        self.searched.n() == self.rows.n()
    }

    /// What the seeded starts end in, each by exact Lloyd, and how far that is `own`, the labels of
    /// the searched rows.
    pub(super) fn starts(&self, k: usize, own: &[u32]) -> Result<Found, Error> {
        let mut found = Found { best: None, agreement: Vec::new() };
        for first in (0..self.restarts).step_by(BATCH) {
            let count = BATCH.min(self.restarts - first);
            let batch = threads::in_order(count, self.threads, |at| {
                let partition = self.start(k, first + at)?;
                let agreement = adjusted_rand(&crossed(&partition.labels, k, own, k));
                Ok::<_, Error>((partition, agreement))
            });
            for start in batch {
                let (partition, agreement) = start?;
                found.agreement.extend(agreement);
                if found.best.as_ref().is_none_or(|best| partition.sse < best.sse) {
                    found.best = Some(partition);
                }
            }
        }
        Ok(found)
    }

    fn start(&self, k: usize, at: usize) -> Result<Partition, Error> {
        let rows = self.searched();
        let centres = seeded::plus_plus(rows, k, 1, self.seed.wrapping_add(at as u64))?;
        Ok(descend(rows, centres, Course::to_rest(MOST_ITERATIONS)).partition)
    }

    /// The best partition of the searched rows into k clusters from the seeded starts and from
    /// SPSS's; `known` is what the seeded starts for this k have found already, if they have been
    /// looked at.
    pub(super) fn best_with_spss(&self, k: usize, known: Option<&Partition>) -> Partition {
        let rows = self.searched();
        let mut best = from_spss(rows, k);
        if let Some(known) = known {
            return if known.sse < best.sse { known.clone() } else { best };
        }
        if k == 1 {
            return best;
        }
        for first in (0..self.restarts).step_by(BATCH) {
            let seed = |at| seeded::seed_of(self.seed, 1, first + at);
            let count = BATCH.min(self.restarts - first);
            let batch = threads::in_order(count, self.threads, |at| drawn_start(rows, k, seed(at)));
            for found in batch {
                if found.sse < best.sse {
                    best = found;
                }
            }
        }
        best
    }

    /// What was found on the searched rows, gone on with all cases to its end.
    pub(super) fn to_the_end(&self, found: &Partition) -> Partition {
        self.on_all_cases(found, MOST_ITERATIONS)
    }

    /// What was found on the searched rows, gone on with all cases for a few iterations.
    pub(super) fn polished(&self, found: &Partition) -> Partition {
        self.on_all_cases(found, POLISH)
    }

    fn on_all_cases(&self, found: &Partition, iterations: usize) -> Partition {
        if self.is_all() {
            return found.clone();
        }
        let course = Course { threads: self.threads, ..Course::to_rest(iterations) };
        descend(self.rows, found.centres.clone(), course).partition
    }
}

/// The partition that SPSS's start leads to.
fn from_spss(rows: &Rows, k: usize) -> Partition {
    let chosen = start::spss(rows, k).into_iter();
    let centres = chosen.flat_map(|row| rows.row(row).iter().copied()).collect();
    descend(rows, centres, Course::to_rest(MOST_ITERATIONS)).partition
}

/// The partition that one seeded start leads to.
fn drawn_start(rows: &Rows, k: usize, seed: u64) -> Partition {
    let centres = seeding::plus_plus(rows, k, seed);
    descend(rows, centres, Course::to_rest(MOST_ITERATIONS)).partition
}

/// The best partition of complete rows from a few seeded starts and from SPSS's.
pub(super) fn best_of_few(rows: &Rows, k: usize, starts: usize, seed: u64) -> Partition {
    let mut best = from_spss(rows, k);
    if k > 1 {
        for start in 0..starts {
            let found = drawn_start(rows, k, seeded::seed_of(seed, 1, start));
            if found.sse < best.sse {
                best = found;
            }
        }
    }
    best
}

/// How many rows are in each pair of clusters: a row for each of the first labels, a column for
/// each of the second.
pub(super) fn crossed(
    first: &[u32],
    rows: usize,
    second: &[u32],
    columns: usize,
) -> Vec<Vec<usize>> {
    let mut table = vec![vec![0; columns]; rows];
    for (&row, &column) in first.iter().zip(second) {
        table[row as usize][column as usize] += 1;
    }
    table
}

/// The labels of some of the rows: those of `of`, which are a part of `all`, both in the order of
/// the cases.
pub(super) fn labels_of(of: &Rows, all: &Rows, labels: &[u32]) -> Vec<u32> {
    let mut known = all.cases.iter().zip(labels);
    of.cases
        .iter()
        .filter_map(|case| known.find(|(other, _)| *other == case))
        .map(|(_, l)| *l)
        .collect()
}

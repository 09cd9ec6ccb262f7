//! Lloyd's iteration, exactly: every case to its nearest centre, every centre to the mean of its
//! cases. Lloyd (1982), *IEEE Transactions on Information Theory* 28, 129–137.

mod blocks;
mod running;

use super::rows::{Rows, squared_distance};
use crate::model::Update;
use blocks::{Blocks, Tally};

/// A division of the rows, with its centres.
#[derive(Clone, Debug)]
pub(super) struct Partition {
    /// k × d; the means of the members, except for an empty cluster, which keeps its centre.
    pub(super) centres: Vec<f64>,
    /// For each row its cluster, counted from 0.
    pub(super) labels: Vec<u32>,
    /// Rows in each cluster.
    pub(super) sizes: Vec<usize>,
    /// Σ of squared distances of the rows to the centres, each times its weight, over the values
    /// that are there.
    pub(super) sse: f64,
}

/// How to iterate, and how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    /// The end is reached when no centre moves by more.
    pub(super) threshold: f64,
    pub(super) max_iterations: usize,
    pub(super) update: Update,
    /// The threads to share one step; with fewer than two, the step is done alone.
    pub(super) threads: usize,
}

impl Course {
    /// Until nothing moves, or so many iterations are done.
    pub(super) fn to_rest(max_iterations: usize) -> Self {
        Course { threshold: 0.0, max_iterations, update: Update::Batch, threads: 1 }
    }
}

/// How the iteration went.
#[derive(Clone, Debug)]
pub(super) struct Descent {
    pub(super) partition: Partition,
    /// k × d; the centres by which the rows were assigned last.
    pub(super) assigned_by: Vec<f64>,
    /// For each iteration how far each centre moved.
    pub(super) shifts: Vec<Vec<f64>>,
    pub(super) converged: bool,
}

/// Iterates from `centres` (k × d) until no centre moves by more than the threshold, or the most
/// iterations are done. Then the rows are assigned once more, by the centres of the last
/// iteration, and the final centres are the means of the members, as SPSS does.
pub(super) fn descend(rows: &Rows, mut centres: Vec<f64>, course: Course) -> Descent {
    let k = centres.len() / rows.d;
    let mut step = Step::new(rows, k, course.threads);
    let mut shifts = Vec::new();
    let mut converged = false;
    while !converged && shifts.len() < course.max_iterations {
        let moved = match course.update {
            Update::Batch => {
                step.assign(&centres);
                step.move_to_means(&mut centres)
            }
            Update::Running => running::pass(rows, &mut centres),
        };
        converged = moved.iter().all(|shift| *shift <= course.threshold);
        shifts.push(moved);
    }
    step.assign(&centres);
    let assigned_by = centres.clone();
    step.move_to_means(&mut centres);
    let sse = sum_of_squares(rows, &centres, &step.labels);
    let partition = Partition { centres, labels: step.labels, sizes: step.tally.sizes, sse };
    Descent { partition, assigned_by, shifts, converged }
}

/// Σ of squared distances of the rows to the centres of their clusters, each times its weight.
pub(super) fn sum_of_squares(rows: &Rows, centres: &[f64], labels: &[u32]) -> f64 {
    let d = rows.d;
    let squared = |row: usize, label: u32| {
        let centre = &centres[label as usize * d..][..d];
        rows.weight(row) * rows.squared_distance(row, centre)
    };
    labels.iter().enumerate().map(|(row, &label)| squared(row, label)).sum()
}

/// One iteration, with its working space, so that none is allocated in the loop.
struct Step<'a> {
    rows: &'a Rows,
    /// Where no value is missing.
    blocks: Option<Blocks>,
    threads: usize,
    labels: Vec<u32>,
    tally: Tally,
    /// k × d: the weights of the members that have a value. Empty where all weigh 1 and no value
    /// is missing.
    masses: Vec<f64>,
}

impl<'a> Step<'a> {
    fn new(rows: &'a Rows, k: usize, threads: usize) -> Self {
        let d = rows.d;
        let is_plain = rows.weights.is_none() && !rows.has_gaps;
        Step {
            rows,
            blocks: (!rows.has_gaps).then(|| Blocks::new(rows, k)),
            threads,
            labels: vec![0; rows.n()],
            tally: Tally { sizes: vec![0; k], sums: vec![0.0; k * d] },
            masses: if is_plain { Vec::new() } else { vec![0.0; k * d] },
        }
    }

    /// Labels every row with its nearest centre, of equally near ones the first, and sums up the
    /// members.
    fn assign(&mut self, centres: &[f64]) {
        let (rows, d) = (self.rows, self.rows.d);
        match &mut self.blocks {
            Some(blocks) => self.tally = blocks.assign(centres, &mut self.labels, self.threads),
            None => {
                for (row, label) in self.labels.iter_mut().enumerate() {
                    *label = nearest(rows.row(row), centres, d) as u32;
                }
            }
        }
        if !self.masses.is_empty() {
            self.weigh();
        }
    }

    /// Sums up the members by their weights, over the values that are there.
    fn weigh(&mut self) {
        let (rows, d) = (self.rows, self.rows.d);
        self.tally.sizes.fill(0);
        self.tally.sums.fill(0.0);
        self.masses.fill(0.0);
        for (row, &label) in self.labels.iter().enumerate() {
            let weight = rows.weight(row);
            let cluster = label as usize;
            self.tally.sizes[cluster] += 1;
            let sums = &mut self.tally.sums[cluster * d..][..d];
            let masses = &mut self.masses[cluster * d..][..d];
            for ((sum, mass), value) in sums.iter_mut().zip(masses).zip(rows.row(row)) {
                if !value.is_nan() {
                    *sum += weight * value;
                    *mass += weight;
                }
            }
        }
    }

    /// Moves every centre to the mean of its members and tells how far each moved. A centre
    /// without members stays, as does a coordinate that no member has.
    fn move_to_means(&self, centres: &mut [f64]) -> Vec<f64> {
        let d = self.rows.d;
        (centres.chunks_exact_mut(d).enumerate())
            .map(|(cluster, centre)| {
                let mut squared = 0.0;
                for (variable, coordinate) in centre.iter_mut().enumerate() {
                    let at = cluster * d + variable;
                    let mass =
                        self.masses.get(at).copied().unwrap_or(self.tally.sizes[cluster] as f64);
                    if mass > 0.0 {
                        let mean = self.tally.sums[at] / mass;
                        squared += (mean - *coordinate) * (mean - *coordinate);
                        *coordinate = mean;
                    }
                }
                squared.sqrt()
            })
            .collect()
    }
}

/// The nearest centre by the values that are there, the first of equals.
fn nearest(row: &[f64], centres: &[f64], d: usize) -> usize {
    let mut nearest = 0;
    let mut least = f64::INFINITY;
    for (cluster, centre) in centres.chunks_exact(d).enumerate() {
        let distance = squared_distance(row, centre);
        if distance < least {
            least = distance;
            nearest = cluster;
        }
    }
    nearest
}

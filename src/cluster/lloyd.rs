//! Lloyd's iteration, exactly: every case to its nearest centre, every centre to the mean of its
//! cases. Lloyd (1982), *IEEE Transactions on Information Theory* 28, 129–137.

use super::rows::{Rows, squared_distance};

/// A division of the rows, with its centres.
#[derive(Clone, Debug)]
pub(super) struct Partition {
    /// k × d; the means of the members, except for an empty cluster, which keeps its centre.
    pub(super) centres: Vec<f64>,
    /// For each row its cluster, counted from 0.
    pub(super) labels: Vec<u32>,
    /// Rows in each cluster.
    pub(super) sizes: Vec<usize>,
    /// Σ of squared distances of the rows to the centres.
    pub(super) sse: f64,
}

/// How the iteration went.
#[derive(Clone, Debug)]
pub(super) struct Descent {
    pub(super) partition: Partition,
    /// For each iteration how far each centre moved.
    pub(super) shifts: Vec<Vec<f64>>,
    pub(super) converged: bool,
}

/// Iterates from `centres` (k × d) until no centre moves by more than `threshold`, or
/// `max_iterations` are done. Then the rows are assigned once more, by the centres of the last
/// iteration, and the final centres are the means of the members, as SPSS does.
pub(super) fn descend(
    rows: &Rows,
    mut centres: Vec<f64>,
    threshold: f64,
    max_iterations: usize,
) -> Descent {
    let d = rows.d;
    let k = centres.len() / d;
    let mut step = Step::new(rows.n(), k, d);
    let mut shifts = Vec::new();
    let mut converged = false;
    while !converged && shifts.len() < max_iterations {
        step.assign(&rows.values, &centres);
        let moved = step.move_to_means(&mut centres);
        converged = moved.iter().all(|shift| *shift <= threshold);
        shifts.push(moved);
    }
    step.assign(&rows.values, &centres);
    step.move_to_means(&mut centres);
    let sse = sum_of_squares(rows, &centres, &step.labels);
    let partition = Partition { centres, labels: step.labels, sizes: step.sizes, sse };
    Descent { partition, shifts, converged }
}

/// Σ of squared distances of the rows to the centres of their clusters.
pub(super) fn sum_of_squares(rows: &Rows, centres: &[f64], labels: &[u32]) -> f64 {
    let d = rows.d;
    (rows.values.chunks_exact(d).zip(labels))
        .map(|(row, &label)| squared_distance(row, &centres[label as usize * d..][..d]))
        .sum()
}

/// The working space of one iteration, so that none is allocated in the loop.
struct Step {
    d: usize,
    labels: Vec<u32>,
    sizes: Vec<usize>,
    /// k × d sums of the members, added in case order.
    sums: Vec<f64>,
}

impl Step {
    fn new(n: usize, k: usize, d: usize) -> Self {
        Step { d, labels: vec![0; n], sizes: vec![0; k], sums: vec![0.0; k * d] }
    }

    /// Labels every row with its nearest centre, of equally near ones the first, and sums up the
    /// members.
    fn assign(&mut self, values: &[f64], centres: &[f64]) {
        let d = self.d;
        self.sizes.fill(0);
        self.sums.fill(0.0);
        for (row, label) in values.chunks_exact(d).zip(&mut self.labels) {
            let nearest = nearest(row, centres, d);
            *label = nearest as u32;
            self.sizes[nearest] += 1;
            for (sum, value) in self.sums[nearest * d..][..d].iter_mut().zip(row) {
                *sum += value;
            }
        }
    }

    /// Moves every centre to the mean of its members and tells how far each moved. A centre
    /// without members stays.
    fn move_to_means(&self, centres: &mut [f64]) -> Vec<f64> {
        let d = self.d;
        (self.sizes.iter().zip(centres.chunks_exact_mut(d)).zip(self.sums.chunks_exact(d)))
            .map(|((&size, centre), sums)| {
                if size == 0 {
                    return 0.0;
                }
                let mut squared = 0.0;
                for (coordinate, sum) in centre.iter_mut().zip(sums) {
                    let mean = sum / size as f64;
                    squared += (mean - *coordinate) * (mean - *coordinate);
                    *coordinate = mean;
                }
                squared.sqrt()
            })
            .collect()
    }
}

/// The nearest centre, the first of equals.
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

//! The gap statistic: how much less a table's cases lie apart within clusters than those of a table
//! without structure. Tibshirani, Walther & Hastie (2001), *Journal of the Royal Statistical
//! Society B* 63, 411–423.

use super::lloyd::Partition;
use super::rows::Rows;
use super::search::best_of_few;
use super::{seeded, threads};
use crate::model::GapDistance;
use nalgebra::{DMatrix, SymmetricEigen};

/// Seeded starts for each reference and number of clusters, beside SPSS's.
const STARTS: usize = 5;

/// log W of a table and of its references, for each number of clusters from 1.
#[derive(Clone, Debug)]
pub(super) struct Gap {
    /// Of the table; `None` where W is 0.
    pub(super) log_w: Vec<Option<f64>>,
    /// For each reference the same.
    pub(super) references: Vec<Vec<Option<f64>>>,
}

impl Gap {
    /// log W of the partitions of `rows` into 1, 2, … clusters, and of as many of each reference.
    ///
    /// The references are uniform over the box that encloses the rows along their principal
    /// components.
    pub(super) fn of(
        rows: &Rows,
        partitions: &[Partition],
        references: usize,
        distance: GapDistance,
        seed: u64,
        threads: usize,
    ) -> Gap {
        // With as many clusters as different rows nothing is left within them.
        let distinct = rows.distinct(partitions.len() + 1);
        let most = partitions.len().min(distinct.saturating_sub(1));
        let defined = |log_w: Vec<Option<f64>>| -> Vec<Option<f64>> {
            let undefined = std::iter::repeat_n(None, partitions.len() - most);
            log_w.into_iter().chain(undefined).collect()
        };
        let own = partitions.iter().take(most).map(|of| log_w(rows, of, distance)).collect();
        let enclosing = Enclosing::of(rows);
        let references = threads::in_order(references, threads, |at| {
            let seed = seeded::seed_of(seed, 2, at);
            let reference = enclosing.drawn(rows, seed);
            let best = |k| best_of_few(&reference, k, STARTS, seed);
            defined((1..=most).map(|k| log_w(&reference, &best(k), distance)).collect())
        });
        Gap { log_w: defined(own), references }
    }

    /// The gap for each number of clusters, E*[log W] − log W, and its standard error,
    /// sd·√(1 + 1/B) over the B references.
    pub(super) fn gaps(&self) -> Vec<Option<(f64, f64)>> {
        (0..self.log_w.len())
            .map(|at| {
                let own = self.log_w[at]?;
                let of: Vec<f64> =
                    self.references.iter().map(|all| all[at]).collect::<Option<_>>()?;
                let count = of.len() as f64;
                let mean = of.iter().sum::<f64>() / count;
                let variance = of.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
                Some((mean - own, (variance * (1.0 + 1.0 / count)).sqrt()))
            })
            .collect()
    }

    /// The paper's choice: the smallest k whose gap is not below that of k + 1 less its standard
    /// error.
    pub(super) fn first_within_se(&self) -> Option<usize> {
        let gaps = self.gaps();
        let is_enough = |pair: &[Option<(f64, f64)>]| match pair {
            [Some((gap, _)), Some((next, se))] => *gap >= next - se,
            _ => false,
        };
        gaps.windows(2).position(is_enough).map(|at| at + 1)
    }
}

/// log W; `None` where W is 0.
///
/// By squared distances W is the sum of squares within clusters. By plain ones it is
/// ½ Σ over clusters of (Σ over pairs of the distance)/n, R's form.
fn log_w(rows: &Rows, partition: &Partition, distance: GapDistance) -> Option<f64> {
    let w = match distance {
        GapDistance::Squared => partition.sse,
        GapDistance::Plain => plain(rows, partition),
    };
    (w > 0.0).then(|| w.ln())
}

fn plain(rows: &Rows, partition: &Partition) -> f64 {
    let mut members = vec![Vec::new(); partition.sizes.len()];
    for (row, &label) in partition.labels.iter().enumerate() {
        members[label as usize].push(row);
    }
    let of_cluster = |members: &Vec<usize>| {
        let mut sum = 0.0;
        for (at, &row) in members.iter().enumerate() {
            for &other in &members[..at] {
                let distance = rows.squared_distance(row, rows.row(other)).sqrt();
                sum += rows.weight(row) * rows.weight(other) * distance;
            }
        }
        sum / members.iter().map(|&row| rows.weight(row)).sum::<f64>()
    };
    members.iter().filter(|members| !members.is_empty()).map(of_cluster).sum::<f64>() / 2.0
}

/// The box around the rows along their principal components.
struct Enclosing {
    mean: Vec<f64>,
    /// The axes, each d long.
    axes: Vec<Vec<f64>>,
    /// For each axis the least and the greatest coordinate.
    sides: Vec<(f64, f64)>,
}

impl Enclosing {
    fn of(rows: &Rows) -> Self {
        let (d, mass) = (rows.d, rows.mass());
        let mut mean = vec![0.0; d];
        for row in 0..rows.n() {
            for (mean, value) in mean.iter_mut().zip(rows.row(row)) {
                *mean += rows.weight(row) * value / mass;
            }
        }
        let axes = principal_axes(rows, &mean);
        let sides = axes
            .iter()
            .map(|axis| {
                let along = |row: usize| -> f64 {
                    let apart = rows.row(row).iter().zip(&mean).map(|(x, mean)| x - mean);
                    apart.zip(axis).map(|(x, a)| x * a).sum()
                };
                (0..rows.n()).map(along).fold((0.0, 0.0), |(least, greatest): (f64, f64), at| {
                    (least.min(at), greatest.max(at))
                })
            })
            .collect();
        Enclosing { mean, axes, sides }
    }

    /// As many rows of the same weights, drawn evenly from the box.
    fn drawn(&self, like: &Rows, seed: u64) -> Rows {
        let d = like.d;
        let drawn = seeded::uniform(like.n() * d, seed);
        let values = drawn
            .chunks_exact(d)
            .flat_map(|drawn| {
                let mut row = self.mean.clone();
                for ((axis, (least, greatest)), share) in
                    self.axes.iter().zip(&self.sides).zip(drawn)
                {
                    let along = least + share * (greatest - least);
                    row.iter_mut().zip(axis).for_each(|(x, a)| *x += along * a);
                }
                row
            })
            .collect();
        Rows { weights: like.weights.clone(), ..Rows::complete(d, values) }
    }
}

/// The eigenvectors of the rows' covariances; the variables' own axes where they cannot be found.
fn principal_axes(rows: &Rows, mean: &[f64]) -> Vec<Vec<f64>> {
    let d = rows.d;
    let mut covariance: DMatrix<f64> = DMatrix::zeros(d, d);
    for row in 0..rows.n() {
        let apart: Vec<f64> = rows.row(row).iter().zip(mean).map(|(x, mean)| x - mean).collect();
        for (i, x) in apart.iter().enumerate() {
            for (j, y) in apart.iter().enumerate() {
                covariance[(i, j)] += rows.weight(row) * x * y;
            }
        }
    }
    let largest = covariance.amax();
    if largest > 0.0 && largest.is_finite() {
        covariance /= largest;
        if let Some(found) = SymmetricEigen::try_new(covariance, f64::EPSILON, 10_000) {
            return found
                .eigenvectors
                .column_iter()
                .map(|axis| axis.iter().copied().collect())
                .collect();
        }
    }
    (0..d).map(|i| (0..d).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_fill_the_box_along_the_principal_components() {
        // Cases on a diagonal: so are the references, from end to end.
        let values: Vec<f64> = (0..=10).flat_map(|at| [f64::from(at), f64::from(at)]).collect();
        let rows = Rows::complete(2, values);
        let drawn = Enclosing::of(&rows).drawn(&rows, 1);
        assert_eq!(drawn.n(), 11);
        for row in 0..11 {
            let row = drawn.row(row);
            assert!((row[0] - row[1]).abs() < 1e-12 && (-1e-12..=10.0 + 1e-12).contains(&row[0]));
        }
        assert!(drawn.distinct(11) == 11);
    }

    #[test]
    fn gap_and_its_standard_error_by_hand() {
        // References of 2 and 4: mean 3, standard deviation 1, times √(1 + 1/2).
        let gap = Gap {
            log_w: vec![Some(2.5), Some(1.0), None],
            references: vec![vec![Some(2.0), Some(2.0), None], vec![Some(4.0), Some(4.0), None]],
        };
        let se = 1.5_f64.sqrt();
        assert_eq!(gap.gaps(), [Some((0.5, se)), Some((2.0, se)), None]);
        // 2 less 1.22… is 0.775, and 0.5 is below that.
        assert_eq!(gap.first_within_se(), None);
        let even = Gap { log_w: vec![Some(2.5), Some(2.0), None], ..gap };
        assert_eq!(even.first_within_se(), Some(1));
    }
}

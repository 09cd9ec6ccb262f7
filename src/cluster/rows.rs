//! The complete cases in the units clustered, packed for the iteration.

use super::points::Points;
use crate::model::Standardise;

/// Complete cases only, row by row, standardised.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    /// Number of variables.
    pub(super) d: usize,
    /// n × d values.
    pub(super) values: Vec<f64>,
    /// For each row its case in the whole table, counted from 0.
    pub(super) cases: Vec<usize>,
    /// For each variable what was taken off, and by what the rest was divided.
    pub(super) scaling: Vec<(f64, f64)>,
}

impl Rows {
    /// The complete cases of a table in the units that `standardise` gives.
    pub(super) fn new(points: &Points, standardise: Standardise) -> Self {
        let d = points.variables().len();
        let cases: Vec<usize> = points.complete().collect();
        let mut values: Vec<f64> =
            cases.iter().flat_map(|&case| points.row(case).iter().copied()).collect();
        let scaling: Vec<(f64, f64)> = (0..d)
            .map(|variable| {
                let column = values.iter().skip(variable).step_by(d).copied();
                match standardise {
                    Standardise::None => (0.0, 1.0),
                    Standardise::Z => mean_and_sd(column),
                    Standardise::MinMax => least_and_range(column),
                }
            })
            .collect();
        if standardise != Standardise::None {
            for row in values.chunks_exact_mut(d) {
                for (value, (shift, scale)) in row.iter_mut().zip(&scaling) {
                    *value = (*value - shift) / scale;
                }
            }
        }
        Rows { d, values, cases, scaling }
    }

    pub(super) fn n(&self) -> usize {
        self.cases.len()
    }

    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.d..(row + 1) * self.d]
    }

    /// The chosen rows, in the order given.
    pub(super) fn chosen(&self, rows: &[usize]) -> Rows {
        Rows {
            d: self.d,
            values: rows.iter().flat_map(|&row| self.row(row).iter().copied()).collect(),
            cases: rows.iter().map(|&row| self.cases[row]).collect(),
            scaling: self.scaling.clone(),
        }
    }

    /// How many different rows there are, counted up to `enough`.
    pub(super) fn distinct(&self, enough: usize) -> usize {
        let mut seen = std::collections::HashSet::new();
        for row in 0..self.n() {
            // Adding 0 turns −0 into 0, so that equal values have equal bits.
            let bits: Vec<u64> =
                self.row(row).iter().map(|value| (value + 0.0).to_bits()).collect();
            seen.insert(bits);
            if seen.len() >= enough {
                break;
            }
        }
        seen.len()
    }
}

/// Mean and standard deviation (n − 1).
fn mean_and_sd(column: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let n = column.clone().count() as f64;
    // A shift keeps the sums small beside a large mean, and a constant column at exactly 0.
    let first = column.clone().next().unwrap_or(0.0);
    let mean = column.clone().map(|x| x - first).sum::<f64>() / n;
    let squares: f64 = column.map(|x| (x - first - mean).powi(2)).sum();
    (first + mean, (squares / (n - 1.0)).sqrt())
}

fn least_and_range(column: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let least = column.clone().fold(f64::INFINITY, f64::min);
    (least, column.fold(f64::NEG_INFINITY, f64::max) - least)
}

/// The squared Euclidean distance.
pub(super) fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

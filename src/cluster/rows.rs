//! The cases that take part, in the units clustered, packed for the iteration.

use super::points::Points;
use crate::model::{Incomplete, Standardise};

/// The cases that take part, row by row, standardised.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    /// Number of variables.
    pub(super) d: usize,
    /// n × d values; NaN where one is missing.
    pub(super) values: Vec<f64>,
    /// Whether any value is missing.
    pub(super) has_gaps: bool,
    /// For each row what it weighs; `None` where all weigh 1.
    pub(super) weights: Option<Vec<f64>>,
    /// For each row its case in the whole table, counted from 0.
    pub(super) cases: Vec<usize>,
    /// For each variable what was taken off, and by what the rest was divided.
    pub(super) scaling: Vec<(f64, f64)>,
}

impl Rows {
    /// The cases of a table that can take part, in the units that `standardise` gives. Means,
    /// deviations and ranges are over the values that are there, each times its case's weight.
    pub(super) fn new(points: &Points, standardise: Standardise, incomplete: Incomplete) -> Self {
        let d = points.variables().len();
        let cases: Vec<usize> =
            (0..points.cases()).filter(|&case| points.takes_part(case, incomplete)).collect();
        let values: Vec<f64> =
            cases.iter().flat_map(|&case| points.row(case).iter().copied()).collect();
        let weights = (points.weights())
            .map(|weights| cases.iter().filter_map(|&case| weights[case]).collect());
        let has_gaps = values.iter().any(|value| value.is_nan());
        let scaling = vec![(0.0, 1.0); d];
        let mut rows = Rows { d, values, has_gaps, weights, cases, scaling };
        if standardise != Standardise::None {
            rows.standardise(standardise);
        }
        rows
    }

    fn standardise(&mut self, standardise: Standardise) {
        for variable in 0..self.d {
            let column: Vec<(f64, f64)> = (0..self.n())
                .map(|row| (self.row(row)[variable], self.weight(row)))
                .filter(|(value, _)| !value.is_nan())
                .collect();
            self.scaling[variable] = match standardise {
                Standardise::None => (0.0, 1.0),
                Standardise::Z => mean_and_sd(&column),
                Standardise::MinMax => least_and_range(&column),
            };
        }
        for row in self.values.chunks_exact_mut(self.d) {
            for (value, (shift, scale)) in row.iter_mut().zip(&self.scaling) {
                *value = (*value - shift) / scale;
            }
        }
    }

    /// Complete rows that all weigh 1, in the units in which they come.
    pub(super) fn complete(d: usize, values: Vec<f64>) -> Self {
        let cases = (0..values.len() / d).collect();
        Rows { d, values, has_gaps: false, weights: None, cases, scaling: vec![(0.0, 1.0); d] }
    }

    pub(super) fn n(&self) -> usize {
        self.cases.len()
    }

    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.d..(row + 1) * self.d]
    }

    pub(super) fn weight(&self, row: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[row])
    }

    /// How many cases the rows stand for: the sum of their weights.
    pub(super) fn mass(&self) -> f64 {
        self.weights.as_ref().map_or(self.n() as f64, |weights| weights.iter().sum())
    }

    /// The squared distance of a row to a point, over the values that the row has.
    pub(super) fn squared_distance(&self, row: usize, point: &[f64]) -> f64 {
        squared_distance(self.row(row), point)
    }

    /// The distance of a row to a point: where values are missing, that over the others, scaled up
    /// to the number of variables, √(d/present · Σ).
    pub(super) fn distance(&self, row: usize, point: &[f64]) -> f64 {
        let present = self.row(row).iter().filter(|value| !value.is_nan()).count();
        let share = self.d as f64 / present as f64;
        (self.squared_distance(row, point) * share).sqrt()
    }

    /// The rows without a missing value.
    pub(super) fn without_gaps(&self) -> Rows {
        let is_whole = |row: &usize| self.row(*row).iter().all(|value| !value.is_nan());
        self.chosen(&(0..self.n()).filter(is_whole).collect::<Vec<_>>())
    }

    /// The chosen rows, in the order given.
    pub(super) fn chosen(&self, rows: &[usize]) -> Rows {
        let values: Vec<f64> = rows.iter().flat_map(|&row| self.row(row).iter().copied()).collect();
        Rows {
            d: self.d,
            has_gaps: values.iter().any(|value| value.is_nan()),
            values,
            weights: (self.weights.as_ref())
                .map(|weights| rows.iter().map(|&row| weights[row]).collect()),
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

/// Mean and standard deviation (n − 1) of values with weights, n being the sum of the weights.
fn mean_and_sd(column: &[(f64, f64)]) -> (f64, f64) {
    let n: f64 = column.iter().map(|(_, weight)| weight).sum();
    // A shift keeps the sums small beside a large mean, and a constant column at exactly 0.
    let first = column.first().map_or(0.0, |(value, _)| *value);
    let mean = column.iter().map(|(x, weight)| weight * (x - first)).sum::<f64>() / n;
    let squares: f64 = column.iter().map(|(x, weight)| weight * (x - first - mean).powi(2)).sum();
    (first + mean, (squares / (n - 1.0)).sqrt())
}

fn least_and_range(column: &[(f64, f64)]) -> (f64, f64) {
    let values = || column.iter().map(|(value, _)| *value);
    let least = values().fold(f64::INFINITY, f64::min);
    (least, values().fold(f64::NEG_INFINITY, f64::max) - least)
}

/// The squared Euclidean distance, over the values that `a` has.
pub(super) fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (x, y) in a.iter().zip(b) {
        if !x.is_nan() {
            sum += (x - y) * (x - y);
        }
    }
    sum
}

//! The numbers that the formulas of a comparison block show, so that a reader who does not
//! recalculate sees the right ones.

use crate::model::{Method, RandomIndex, random_index};

/// The upper triangle of a comparison matrix; `None` where nothing was judged.
pub(super) struct Matrix {
    n: usize,
    upper: Vec<Option<f64>>,
}

/// What a complete block shows.
pub(super) struct Solution {
    /// The weights, with sum 1.
    pub weights: Vec<f64>,
    /// The principal eigenvalue.
    pub lambda: f64,
    /// The consistency index.
    pub ci: f64,
    /// The consistency ratio.
    pub cr: f64,
}

impl Matrix {
    /// A matrix of n items; `judged(i, j)` is asked for i < j.
    pub(super) fn new(n: usize, judged: impl Fn(usize, usize) -> Option<f64>) -> Matrix {
        let mut upper = vec![None; n * n];
        for i in 0..n {
            for j in i + 1..n {
                upper[i * n + j] = judged(i, j);
            }
        }
        Matrix { n, upper }
    }

    /// How important the item i is compared with j, from either triangle.
    pub(super) fn value(&self, i: usize, j: usize) -> Option<f64> {
        match i.cmp(&j) {
            std::cmp::Ordering::Less => self.upper[i * self.n + j],
            std::cmp::Ordering::Equal => Some(1.0),
            std::cmp::Ordering::Greater => self.upper[j * self.n + i].map(|value| 1.0 / value),
        }
    }

    /// How many pairs still have to be judged.
    pub(super) fn missing(&self) -> usize {
        self.n * (self.n - 1) / 2 - self.upper.iter().flatten().count()
    }

    /// The weights and their consistency; `None` while a judgement is missing.
    pub(super) fn solved(&self, method: Method, table: RandomIndex) -> Option<Solution> {
        let n = self.n;
        let rows: Option<Vec<Vec<f64>>> =
            (0..n).map(|i| (0..n).map(|j| self.value(i, j)).collect()).collect();
        let rows = rows?;
        let mut weights = geometric_means(&rows);
        if method == Method::Eigenvector {
            for _ in 0..200 {
                weights = scaled(times(&rows, &weights));
            }
        }
        let product = times(&rows, &weights);
        let ratios = product.iter().zip(&weights).map(|(product, weight)| product / weight);
        let lambda = ratios.sum::<f64>() / n as f64;
        let ci = if n > 2 { (lambda - n as f64) / (n as f64 - 1.0) } else { 0.0 };
        let cr = if n > 2 { ci / random_index(table, n).ri } else { 0.0 };
        Some(Solution { weights, lambda, ci, cr })
    }
}

fn geometric_means(rows: &[Vec<f64>]) -> Vec<f64> {
    let mean = |row: &Vec<f64>| row.iter().map(|value| value.ln()).sum::<f64>() / row.len() as f64;
    scaled(rows.iter().map(|row| mean(row).exp()).collect())
}

fn times(rows: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    rows.iter().map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
}

fn scaled(vector: Vec<f64>) -> Vec<f64> {
    let sum: f64 = vector.iter().sum();
    vector.into_iter().map(|value| value / sum).collect()
}

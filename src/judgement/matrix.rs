//! A positive comparison matrix.

use nalgebra::DMatrix;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// How many times more important each item is than each other: `a[i][j]`, positive, with
/// `a[i][i] = 1` and `a[j][i] = 1/a[i][j]` (up to the rounding of what was given).
///
/// ```
/// use custval::judgement::Matrix;
///
/// let matrix = Matrix::from_upper(3, &[2.0, 4.0, 2.0]).unwrap();
/// assert_eq!(matrix.get(2, 0), 0.25);
/// assert_eq!(matrix.reciprocity_error(), 0.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix(DMatrix<f64>);

impl Matrix {
    /// A matrix from all its rows. `None` unless it is square, not empty, and every entry is
    /// positive and finite with 1 on the diagonal.
    pub fn from_rows(rows: &[Vec<f64>]) -> Option<Matrix> {
        let n = rows.len();
        let sound = n > 0
            && rows.iter().all(|row| row.len() == n)
            && rows.iter().flatten().all(|entry| entry.is_finite() && *entry > 0.0)
            && (0..n).all(|i| rows[i][i] == 1.0);
        sound.then(|| Matrix(DMatrix::from_fn(n, n, |i, j| rows[i][j])))
    }

    /// A reciprocal matrix of `n` items from its upper triangle, row by row (n(n−1)/2 judgements).
    pub fn from_upper(n: usize, upper: &[f64]) -> Option<Matrix> {
        if upper.len() != n * n.saturating_sub(1) / 2 {
            return None;
        }
        let is_sound = |entry: f64| entry.is_finite() && entry > 0.0;
        let mut matrix = DMatrix::from_element(n, n, 1.0);
        let mut judgements = upper.iter();
        for i in 0..n {
            for (j, judgement) in (i + 1..n).zip(&mut judgements) {
                let back = 1.0 / judgement;
                if !is_sound(*judgement) || !is_sound(back) {
                    return None;
                }
                matrix[(i, j)] = *judgement;
                matrix[(j, i)] = back;
            }
        }
        (n > 0).then_some(Matrix(matrix))
    }

    pub(crate) fn from_fn(n: usize, entry: impl FnMut(usize, usize) -> f64) -> Matrix {
        Matrix(DMatrix::from_fn(n, n, entry))
    }

    /// The number of items.
    pub fn size(&self) -> usize {
        self.0.nrows()
    }

    /// The judgement of item `i` over item `j`, counted from 0.
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.0[(i, j)]
    }

    /// Rows and columns exchanged.
    pub(crate) fn transposed(&self) -> Matrix {
        Matrix(self.0.transpose())
    }

    /// The matrix in nalgebra's form.
    pub(crate) fn inner(&self) -> &DMatrix<f64> {
        &self.0
    }

    /// The rows.
    pub fn rows(&self) -> Vec<Vec<f64>> {
        (0..self.size()).map(|i| self.0.row(i).iter().copied().collect()).collect()
    }

    /// The largest |a[i][j]·a[j][i] − 1|: 0 for a matrix that is exactly reciprocal.
    pub fn reciprocity_error(&self) -> f64 {
        let n = self.size();
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        pairs.map(|(i, j)| (self.get(i, j) * self.get(j, i) - 1.0).abs()).fold(0.0, f64::max)
    }
}

impl Serialize for Matrix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows())
    }
}

impl<'de> Deserialize<'de> for Matrix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = Vec::<Vec<f64>>::deserialize(deserializer)?;
        let unsound =
            || de::Error::custom("the matrix is not square and positive, with 1 on the diagonal");
        Matrix::from_rows(&rows).ok_or_else(unsound)
    }
}

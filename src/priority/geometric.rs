//! The row geometric mean.

use crate::judgement::Matrix;

/// Weights by the row geometric mean, wᵢ = (Πⱼ aᵢⱼ)^(1/n), divided by their sum (Crawford and
/// Williams 1985): the logarithmic least squares solution.
///
/// ```
/// use custval::judgement::Matrix;
/// use custval::priority::row_geometric_mean;
///
/// let matrix = Matrix::from_upper(2, &[3.0]).unwrap();
/// assert!((row_geometric_mean(&matrix)[0] - 0.75).abs() < 1e-15);
/// ```
pub fn row_geometric_mean(matrix: &Matrix) -> Vec<f64> {
    let n = matrix.size();
    let means: Vec<f64> = (0..n)
        .map(|i| ((0..n).map(|j| matrix.get(i, j).ln()).sum::<f64>() / n as f64).exp())
        .collect();
    let total: f64 = means.iter().sum();
    means.into_iter().map(|mean| mean / total).collect()
}

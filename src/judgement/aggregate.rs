//! The group's matrix: aggregation of individual judgements (AIJ).

use super::Matrix;

/// The weighted geometric mean of the experts' matrices, entry by entry:
/// g[i][j] = Π a[i][j]⁽ᵉ⁾ ^ (wₑ / Σw), where a⁽ᵉ⁾ is expert e's matrix and wₑ the expert's weight.
///
/// It is the only way to combine judgements that keeps reciprocity (Aczél and Saaty 1983; Forman
/// and Peniwati 1998). `None` if there is no matrix, sizes differ, or a weight is not positive.
///
/// ```
/// use custval::judgement::{Matrix, geometric_mean};
///
/// let one = Matrix::from_upper(2, &[1.0]).unwrap();
/// let nine = Matrix::from_upper(2, &[9.0]).unwrap();
/// let group = geometric_mean(&[(1.0, &one), (1.0, &nine)]).unwrap();
/// assert!((group.get(0, 1) - 3.0).abs() < 1e-15);
/// ```
pub fn geometric_mean(matrices: &[(f64, &Matrix)]) -> Option<Matrix> {
    let (_, first) = matrices.first()?;
    let n = first.size();
    let sound = |(weight, matrix): &(f64, &Matrix)| {
        weight.is_finite() && *weight > 0.0 && matrix.size() == n
    };
    if !matrices.iter().all(sound) {
        return None;
    }
    let total: f64 = matrices.iter().map(|(weight, _)| weight).sum();
    // One expert alone, or experts of one mind, keep the judgement to the last digit.
    Some(Matrix::from_fn(n, |i, j| {
        let entry = first.get(i, j);
        if matrices.iter().all(|(_, matrix)| matrix.get(i, j) == entry) {
            return entry;
        }
        let log_mean: f64 =
            matrices.iter().map(|(weight, matrix)| weight * matrix.get(i, j).ln()).sum();
        (log_mean / total).exp()
    }))
}

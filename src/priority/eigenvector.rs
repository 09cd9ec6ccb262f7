//! The principal eigenvector of a positive matrix.

use crate::judgement::Matrix;
use nalgebra::DMatrix;

/// A positive matrix contracts fast (Birkhoff); 10,000 steps are far beyond what any needs.
const MOST_STEPS: usize = 10_000;

/// The principal eigenvector with its eigenvalue.
#[derive(Clone, Debug, PartialEq)]
pub struct Perron {
    /// The weights, positive, summing to 1.
    pub weights: Vec<f64>,
    /// The principal eigenvalue λmax.
    pub lambda_max: f64,
}

/// The principal right eigenvector w of A w = λmax w, with Σw = 1 (Saaty 1977), by power iteration.
///
/// λmax is the mean of (A w)ᵢ / wᵢ. Iteration ends when the weights stand still: no change above
/// 1e-15 twice in a row, or a change that no longer falls. For entries between 1/9 and 9 both are
/// right to a few units of the last place.
///
/// ```
/// use custval::judgement::Matrix;
/// use custval::priority::eigenvector;
///
/// let consistent = Matrix::from_upper(3, &[2.0, 4.0, 2.0]).unwrap();
/// let perron = eigenvector(&consistent);
/// assert!((perron.lambda_max - 3.0).abs() < 1e-14);
/// assert!((perron.weights[0] - 4.0 / 7.0).abs() < 1e-15);
/// ```
pub fn eigenvector(matrix: &Matrix) -> Perron {
    let a = matrix.inner();
    let n = matrix.size();
    let mut w = vec![1.0 / n as f64; n];
    let mut next = vec![0.0; n];
    let mut still = 0;
    let mut last_change = f64::INFINITY;
    for _ in 0..MOST_STEPS {
        multiply(a, &w, &mut next);
        let total: f64 = next.iter().sum();
        let mut change = 0.0_f64;
        for (new, old) in next.iter_mut().zip(&w) {
            *new /= total;
            change = change.max((*new - old).abs());
        }
        std::mem::swap(&mut w, &mut next);
        // Rounding can keep a change of one or two units alive for ever.
        let stalled = change <= 1e-15 || (change < 1e-13 && change >= last_change);
        still = if stalled { still + 1 } else { 0 };
        if still == 2 {
            break;
        }
        last_change = change;
    }
    multiply(a, &w, &mut next);
    let lambda_max = next.iter().zip(&w).map(|(aw, w)| aw / w).sum::<f64>() / n as f64;
    Perron { weights: w, lambda_max }
}

/// A w, column by column, as the matrix lies in memory.
fn multiply(a: &DMatrix<f64>, w: &[f64], product: &mut [f64]) {
    product.fill(0.0);
    for (column, weight) in a.as_slice().chunks_exact(w.len()).zip(w) {
        for (sum, entry) in product.iter_mut().zip(column) {
            *sum += entry * weight;
        }
    }
}

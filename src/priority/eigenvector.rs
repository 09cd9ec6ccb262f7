//! The principal eigenvector of a positive matrix.

use crate::judgement::Matrix;
use nalgebra::DVector;

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
    let mut w = DVector::from_element(n, 1.0 / n as f64);
    let mut still = 0;
    let mut last_change = f64::INFINITY;
    for _ in 0..MOST_STEPS {
        let next = a * &w;
        let next = &next / next.sum();
        let change = (&next - &w).amax();
        w = next;
        // Rounding can keep a change of one or two units alive for ever.
        let stalled = change <= 1e-15 || (change < 1e-13 && change >= last_change);
        still = if stalled { still + 1 } else { 0 };
        if still == 2 {
            break;
        }
        last_change = change;
    }
    let aw = a * &w;
    let lambda_max = aw.component_div(&w).mean();
    Perron { weights: w.iter().copied().collect(), lambda_max }
}

//! The principal eigenvector of a positive matrix.

use crate::judgement::Matrix;

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
/// λmax is the mean of (A w)ᵢ / wᵢ; two items need no iteration. Iteration ends when the weights stand still: no change above
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
    match matrix.size() {
        2 => of_two(matrix.get(0, 1), matrix.get(1, 0)),
        ..=4 => power_iteration::<4>(matrix),
        5..=8 => power_iteration::<8>(matrix),
        _ => power_iteration::<16>(matrix),
    }
}

/// Of two items: (λ − 1)² = a₁₂ a₂₁ and w₁/w₂ = √(a₁₂/a₂₁).
fn of_two(over: f64, under: f64) -> Perron {
    let ratio = (over / under).sqrt();
    let weights = vec![ratio / (1.0 + ratio), 1.0 / (1.0 + ratio)];
    Perron { weights, lambda_max: 1.0 + (over * under).sqrt() }
}

/// Sums of `H` rows at a time, which the processor keeps in its registers.
fn power_iteration<const H: usize>(matrix: &Matrix) -> Perron {
    let n = matrix.size();
    let a = Bands::<H>::new(matrix);
    let mut w = vec![[0.0; H]; a.0.len()];
    w.as_flattened_mut()[..n].fill(1.0 / n as f64);
    let mut next = w.clone();
    let mut still = 0;
    let mut last_change = f64::INFINITY;
    for _ in 0..MOST_STEPS {
        a.multiply(&w, &mut next);
        let scale = 1.0 / lanes(&next, 0.0, |sum, entry| sum + entry).iter().sum::<f64>();
        next.as_flattened_mut().iter_mut().for_each(|entry| *entry *= scale);
        for (old, new) in w.as_flattened_mut().iter_mut().zip(next.as_flattened()) {
            *old = (new - *old).abs();
        }
        let largest = |a: f64, b: f64| if b > a { b } else { a };
        let change = lanes(&w, 0.0, largest).into_iter().fold(0.0, largest);
        std::mem::swap(&mut w, &mut next);
        // Rounding can keep a change of one or two units alive for ever.
        let stalled = change <= 1e-15 || (change < 1e-13 && change >= last_change);
        still = if stalled { still + 1 } else { 0 };
        if still == 2 {
            break;
        }
        last_change = change;
    }
    a.multiply(&w, &mut next);
    let weights = w.as_flattened()[..n].to_vec();
    let ratios = next.as_flattened().iter().zip(&weights).map(|(aw, w)| aw / w);
    let lambda_max = ratios.sum::<f64>() / n as f64;
    Perron { weights, lambda_max }
}

/// All entries taken together four side by side, so that none waits for the one before.
fn lanes<const H: usize>(
    parts: &[[f64; H]],
    start: f64,
    take: impl Fn(f64, f64) -> f64,
) -> [f64; 4] {
    let mut taken = [start; 4];
    for four in parts.as_flattened().as_chunks::<4>().0 {
        for (taken, entry) in taken.iter_mut().zip(four) {
            *taken = take(*taken, *entry);
        }
    }
    taken
}

/// A matrix in bands of `H` rows, each column by column, the last filled up with zeros.
struct Bands<const H: usize>(Vec<Vec<[f64; H]>>);

impl<const H: usize> Bands<H> {
    fn new(matrix: &Matrix) -> Self {
        let n = matrix.size();
        let column = |top: usize, j: usize| {
            std::array::from_fn(|i| if top + i < n { matrix.get(top + i, j) } else { 0.0 })
        };
        let band = |top: usize| (0..n).map(|j| column(top, j)).collect();
        Bands((0..n).step_by(H).map(band).collect())
    }

    /// A w.
    fn multiply(&self, w: &[[f64; H]], product: &mut [[f64; H]]) {
        for (band, product) in self.0.iter().zip(product) {
            let mut sums = [0.0; H];
            for (column, weight) in band.iter().zip(w.as_flattened()) {
                for (sum, entry) in sums.iter_mut().zip(column) {
                    *sum += entry * weight;
                }
            }
            *product = sums;
        }
    }
}

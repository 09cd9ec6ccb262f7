//! Weights of a matrix with gaps: the gaps filled so that they contradict the given judgements
//! least.

use super::eigenvector;
use crate::judgement::{Incomplete, Matrix};
use nalgebra::{DMatrix, DVector};

/// Newton's method on a strictly convex function of few variables ends long before.
const MOST_STEPS: usize = 100;

/// The matrix whose gaps are filled by logarithmic least squares: weights w minimise
/// Σ (ln aᵢⱼ − ln wᵢ + ln wⱼ)² over the given judgements, and a gap gets wᵢ/wⱼ. The row geometric
/// mean of the result is w itself.
///
/// Its normal equations are those of the graph's Laplacian: Bozóki, Fülöp and Rónyai (2010), *On
/// optimal completion of incomplete pairwise comparison matrices*, Mathematical and Computer
/// Modelling 52, 318–333, section 4. `None` where the judgements do not connect all items.
///
/// ```
/// use custval::judgement::Incomplete;
/// use custval::priority::complete_by_least_squares;
///
/// let harker = Incomplete::from_known(3, &[(0, 1, 2.0), (1, 2, 2.0)]).unwrap();
/// let matrix = complete_by_least_squares(&harker).unwrap();
/// assert!((matrix.get(0, 2) - 4.0).abs() < 1e-14);
/// ```
pub fn complete_by_least_squares(judgements: &Incomplete) -> Option<Matrix> {
    let y = log_weights(judgements)?;
    Some(judgements.filled(|i, j| (y[i] - y[j]).exp()))
}

/// ln w by least squares, the first item's being 0.
fn log_weights(judgements: &Incomplete) -> Option<Vec<f64>> {
    let n = judgements.size();
    if judgements.components().len() > 1 {
        return None;
    }
    // The first weight is held at 1, so its row and column fall away.
    let mut laplacian = DMatrix::zeros(n - 1, n - 1);
    let mut right = DVector::zeros(n - 1);
    for (i, j) in judgements.pairs() {
        let (over, under) = (judgements.get(i, j)?, judgements.get(j, i)?);
        let log = (over.ln() - under.ln()) / 2.0;
        for (at, other, log) in [(i, j, log), (j, i, -log)] {
            if at == 0 {
                continue;
            }
            laplacian[(at - 1, at - 1)] += 1.0;
            right[at - 1] += log;
            if other > 0 {
                laplacian[(at - 1, other - 1)] -= 1.0;
            }
        }
    }
    let solved = laplacian.cholesky()?.solve(&right);
    Some(std::iter::once(0.0).chain(solved.iter().copied()).collect())
}

/// The matrix whose gaps are filled so that λmax is smallest.
///
/// In t = ln a of the gaps λmax is strictly convex where the judgements connect all items, so the
/// completion is unique (Bozóki, Fülöp and Rónyai 2010, theorem 2; Shiraishi, Obata and Daigo 1998).
/// It is found by Newton's method from the least-squares completion. With the right and left
/// principal vectors w and u (uᵀw = 1) and S the group inverse of λI − A,
///
/// - ∂λ/∂tₚ = uᵀAₚw, where Aₚ = ∂A/∂tₚ has the entries aᵢⱼ and −aⱼᵢ,
/// - ∂²λ/∂tₚ∂t_q = uᵀA_pq w + uᵀAₚ S A_q w + uᵀA_q S Aₚ w (Deutsch and Neumann 1984).
///
/// `None` where the judgements do not connect all items.
///
/// ```
/// use custval::judgement::Incomplete;
/// use custval::priority::complete_by_eigenvalue;
///
/// // Bozóki, Fülöp and Rónyai's example 3: the gap gets √(8/15).
/// let known = [(0, 1, 1.0), (0, 2, 5.0), (0, 3, 2.0), (1, 2, 3.0), (1, 3, 4.0)];
/// let judgements = Incomplete::from_known(4, &known).unwrap();
/// let matrix = complete_by_eigenvalue(&judgements).unwrap();
/// assert!((matrix.get(2, 3) - (8.0_f64 / 15.0).sqrt()).abs() < 1e-12);
/// ```
pub fn complete_by_eigenvalue(judgements: &Incomplete) -> Option<Matrix> {
    if let Some(matrix) = judgements.complete() {
        return Some(matrix);
    }
    let y = log_weights(judgements)?;
    let gaps: Vec<(usize, usize)> = judgements.gaps().collect();
    let mut logs = DVector::from_iterator(gaps.len(), gaps.iter().map(|&(i, j)| y[i] - y[j]));
    let mut matrix = filled(judgements, &gaps, &logs);
    // A spanning tree is consistent already, and nothing moves.
    if judgements.known() < judgements.size() {
        return Some(matrix);
    }
    let mut state = State::new(&matrix);
    for _ in 0..MOST_STEPS {
        let (gradient, hessian) = state.derivatives(&matrix, &gaps);
        let Some(step) = hessian.cholesky().map(|factor| factor.solve(&gradient)) else { break };
        if step.amax() < 1e-15 {
            break;
        }
        // Far from the optimum a whole step can be too long.
        let mut share = 1.0;
        let moved = loop {
            let tried = &logs - &step * share;
            let candidate = filled(judgements, &gaps, &tried);
            let next = State::new(&candidate);
            if next.lambda < state.lambda || share < 1e-3 {
                break (tried, candidate, next);
            }
            // Below the rounding of λmax the full step of Newton is the better guide.
            if step.amax() < 1e-5 {
                break (tried, candidate, next);
            }
            share /= 2.0;
        };
        (logs, matrix, state) = moved;
        if step.amax() < 1e-9 {
            break;
        }
    }
    Some(matrix)
}

fn filled(judgements: &Incomplete, gaps: &[(usize, usize)], logs: &DVector<f64>) -> Matrix {
    let n = judgements.size();
    let mut at = vec![0.0; n * n];
    for (&(i, j), log) in gaps.iter().zip(logs.iter()) {
        at[i * n + j] = log.exp();
    }
    judgements.filled(|i, j| at[i * n + j])
}

/// The principal pair of vectors of a matrix.
struct State {
    lambda: f64,
    /// The right principal vector.
    w: DVector<f64>,
    /// The left one, uᵀw = 1.
    u: DVector<f64>,
}

impl State {
    fn new(matrix: &Matrix) -> State {
        let right = eigenvector(matrix);
        let left = eigenvector(&matrix.transposed());
        let w = DVector::from_vec(right.weights);
        let u = DVector::from_vec(left.weights);
        let u = &u / u.dot(&w);
        State { lambda: right.lambda_max, w, u }
    }

    fn derivatives(
        &self,
        matrix: &Matrix,
        gaps: &[(usize, usize)],
    ) -> (DVector<f64>, DMatrix<f64>) {
        let n = matrix.size();
        let (u, w) = (&self.u, &self.w);
        // (λI − A + w uᵀ)⁻¹ − w uᵀ is the group inverse of λI − A.
        let rank_one = w * u.transpose();
        let shifted = DMatrix::identity(n, n) * self.lambda - matrix.inner() + &rank_one;
        let s = match shifted.try_inverse() {
            Some(inverse) => inverse - rank_one,
            None => DMatrix::zeros(n, n),
        };
        let a = |i: usize, j: usize| matrix.get(i, j);
        let m = gaps.len();
        let mut gradient = DVector::zeros(m);
        let mut hessian = DMatrix::zeros(m, m);
        for (p, &(i, j)) in gaps.iter().enumerate() {
            let (over, under) = (u[i] * a(i, j) * w[j], u[j] * a(j, i) * w[i]);
            gradient[p] = over - under;
            hessian[(p, p)] = over + under;
        }
        for (p, &(i, j)) in gaps.iter().enumerate() {
            for (q, &(k, l)) in gaps.iter().enumerate() {
                // uᵀAₚ has entries at j and i, A_q w at k and l.
                let (left_j, left_i) = (u[i] * a(i, j), -u[j] * a(j, i));
                let (right_k, right_l) = (a(k, l) * w[l], -a(l, k) * w[k]);
                let through = left_j * (s[(j, k)] * right_k + s[(j, l)] * right_l)
                    + left_i * (s[(i, k)] * right_k + s[(i, l)] * right_l);
                hessian[(p, q)] += through;
                hessian[(q, p)] += through;
            }
        }
        (gradient, hessian)
    }
}

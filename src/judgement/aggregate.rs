//! The group's matrix: aggregation of individual judgements (AIJ).

use super::{Incomplete, Matrix};

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
    let judgements: Vec<(f64, Incomplete)> =
        matrices.iter().map(|(weight, matrix)| (*weight, Incomplete::from(*matrix))).collect();
    let judgements: Vec<(f64, &Incomplete)> =
        judgements.iter().map(|(weight, judgements)| (*weight, judgements)).collect();
    geometric_mean_of_known(&judgements)?.complete()
}

/// The same, cell by cell over those who made the judgement: where some left a pair empty, the
/// weights of those who did not are divided by their sum. A pair that nobody compared stays a gap.
///
/// ```
/// use custval::judgement::{Incomplete, geometric_mean_of_known};
///
/// let ann = Incomplete::from_known(3, &[(0, 1, 2.0), (1, 2, 3.0)]).unwrap();
/// let ben = Incomplete::from_known(3, &[(0, 1, 8.0)]).unwrap();
/// let group = geometric_mean_of_known(&[(1.0, &ann), (1.0, &ben)]).unwrap();
/// assert!((group.get(0, 1).unwrap() - 4.0).abs() < 1e-14);
/// assert_eq!((group.get(1, 2), group.get(0, 2)), (Some(3.0), None));
/// ```
pub fn geometric_mean_of_known(judgements: &[(f64, &Incomplete)]) -> Option<Incomplete> {
    let (_, first) = judgements.first()?;
    let n = first.size();
    let sound = |(weight, judgements): &(f64, &Incomplete)| {
        weight.is_finite() && *weight > 0.0 && judgements.size() == n
    };
    if !judgements.iter().all(sound) {
        return None;
    }
    let mean = |i: usize, j: usize| {
        let known = || judgements.iter().filter_map(|(w, a)| a.get(i, j).map(|entry| (*w, entry)));
        let (_, entry) = known().next()?;
        // One expert alone, or experts of one mind, keep the judgement to the last digit.
        if known().all(|(_, other)| other == entry) {
            return Some(entry);
        }
        let total: f64 = known().map(|(weight, _)| weight).sum();
        let log_mean: f64 = known().map(|(weight, entry)| weight * entry.ln()).sum();
        Some((log_mean / total).exp())
    };
    let mut group = Incomplete::empty(n);
    for (i, j) in super::incomplete::pairs(n) {
        if let (Some(over), Some(under)) = (mean(i, j), mean(j, i)) {
            group.set(i, j, over, under);
        }
    }
    Some(group)
}

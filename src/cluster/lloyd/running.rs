//! SPSS's running means (`UPDATE`): a centre moves as soon as a case joins it.

use super::nearest;
use crate::cluster::rows::Rows;

/// One pass over the rows in their order. Each goes to its nearest centre, which moves at once to
/// the mean of itself, counted as one case, and of those that joined it in this pass: of n cases so
/// far, by (x − c)/(n + 1). Tells how far each centre moved over the pass.
///
/// The centres are therefore not the means of their members, but near them, and the end of the
/// iteration is reached step by step: with three members the distance still to go falls to a
/// quarter in each pass.
pub(super) fn pass(rows: &Rows, centres: &mut [f64]) -> Vec<f64> {
    let d = rows.d;
    let before = centres.to_vec();
    let mut masses = vec![1.0; centres.len()];
    for row in 0..rows.n() {
        let weight = rows.weight(row);
        let cluster = nearest(rows.row(row), centres, d);
        let joined = &mut centres[cluster * d..][..d];
        let masses = &mut masses[cluster * d..][..d];
        for ((coordinate, mass), value) in joined.iter_mut().zip(masses).zip(rows.row(row)) {
            if !value.is_nan() {
                *mass += weight;
                *coordinate += (value - *coordinate) * weight / *mass;
            }
        }
    }
    (before.chunks_exact(d).zip(centres.chunks_exact(d)))
        .map(|(from, to)| {
            from.iter().zip(to).map(|(from, to)| (to - from) * (to - from)).sum::<f64>().sqrt()
        })
        .collect()
}

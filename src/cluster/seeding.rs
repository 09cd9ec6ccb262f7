//! k-means++ where thousands of starts are wanted: for other numbers of clusters, for the references
//! of the gap statistic and for the bootstrap draws.
//!
//! linfa's, in [`seeded`](super::seeded), goes through all centres again for each new one; this one
//! remembers how far each row is from the nearest, and looks at the rows' weights.

use super::rows::Rows;
use super::seeded;

/// k rows drawn one after the other, each with a probability as its weight times its squared
/// distance from the nearest row drawn before: k × d centres. Arthur & Vassilvitskii (2007),
/// *Proceedings of the 18th ACM–SIAM Symposium on Discrete Algorithms*, 1027–1035.
pub(super) fn plus_plus(rows: &Rows, k: usize, seed: u64) -> Vec<f64> {
    let mut centres: Vec<f64> = Vec::with_capacity(k * rows.d);
    // At first no row is nearer to a centre than any other.
    let mut pull: Vec<f64> = (0..rows.n()).map(|row| rows.weight(row)).collect();
    let mut nearest = vec![f64::INFINITY; rows.n()];
    for share in seeded::uniform(k, seed) {
        let drawn = rows.row(drawn(&pull, share));
        centres.extend(drawn);
        for (row, (nearest, pull)) in nearest.iter_mut().zip(&mut pull).enumerate() {
            *nearest = nearest.min(rows.squared_distance(row, drawn));
            *pull = *nearest * rows.weight(row);
        }
    }
    centres
}

/// The position at which the sum of the pulls so far passes this share of their whole.
fn drawn(pull: &[f64], share: f64) -> usize {
    let mut left = share * pull.iter().sum::<f64>();
    for (at, pull) in pull.iter().enumerate() {
        left -= pull;
        if left < 0.0 {
            return at;
        }
    }
    // Rounding may leave a rest: the last that can be drawn.
    pull.iter().rposition(|pull| *pull > 0.0).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_drawn_as_often_as_it_pulls() {
        assert_eq!(drawn(&[1.0, 0.0, 3.0], 0.0), 0);
        assert_eq!(drawn(&[1.0, 0.0, 3.0], 0.24), 0);
        assert_eq!(drawn(&[1.0, 0.0, 3.0], 0.26), 2);
        assert_eq!(drawn(&[1.0, 3.0, 0.0], 1.0), 1);
        assert_eq!(drawn(&[0.0, 0.0], 0.5), 0);
    }

    #[test]
    fn no_row_is_drawn_twice_while_others_are_left() {
        let rows = Rows::complete(1, vec![5.0, 5.0, 1.0, 5.0, 9.0]);
        for seed in 0..50 {
            let mut centres = plus_plus(&rows, 3, seed);
            centres.sort_by(f64::total_cmp);
            assert_eq!(centres, [1.0, 5.0, 9.0]);
        }
    }
}

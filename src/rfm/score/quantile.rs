//! Quantiles.

/// The quantile at `part`/`parts` of sorted values, type 7 of Hyndman and Fan (1996), *Sample quantiles
/// in statistical packages*, The American Statistician 50: with h = (n − 1)·part/parts, the value at ⌊h⌋
/// plus the fraction of h times the step to the next. h is computed in whole numbers, and the result never
/// reaches the next value by rounding, so that scaling the values never moves an edge past one of them.
pub(crate) fn quantile(sorted: &[f64], part: u32, parts: u32) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let product = last as u64 * u64::from(part);
    let (at, rest) = ((product / u64::from(parts)) as usize, product % u64::from(parts));
    let low = sorted[at];
    if rest == 0 {
        return low;
    }
    let high = sorted[at + 1];
    let between = low + (high - low) * (rest as f64 / f64::from(parts));
    if between < high { between } else { low }
}

/// The quantiles between so many levels.
pub(super) fn edges(sorted: &[f64], levels: u32) -> Vec<f64> {
    if sorted.is_empty() {
        return Vec::new();
    }
    (1..levels).map(|part| quantile(sorted, part, levels)).collect()
}

/// The largest value of each level but the last, when the mean ranks of ties are divided evenly.
pub(super) fn rank_edges(sorted: &[f64], levels: u32) -> Vec<f64> {
    let n = sorted.len() as u64;
    let mut largest = vec![f64::NEG_INFINITY; levels as usize];
    let mut start = 0;
    while start < sorted.len() {
        let end =
            start + sorted[start..].iter().take_while(|value| **value == sorted[start]).count();
        // Twice the mean rank from 0, plus 1: (start + end − 1) + 1.
        let twice = (start + end) as u64;
        let level = (twice * u64::from(levels) / (2 * n)).min(u64::from(levels) - 1);
        largest[level as usize] = sorted[start];
        start = end;
    }
    // A level without values ends where the one below it does; the least value is in the lowest.
    largest[0] = largest[0].max(sorted.first().copied().unwrap_or(f64::NAN));
    for at in 1..largest.len() {
        largest[at] = largest[at].max(largest[at - 1]);
    }
    largest.pop();
    largest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_r() {
        // quantile(c(1, 2, 4, 8, 16, 32), c(.25, .5, .9)) in R: 2.5, 6, 24.
        let values = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
        assert_eq!(quantile(&values, 1, 4), 2.5);
        assert_eq!(quantile(&values, 2, 4), 6.0);
        assert_eq!(quantile(&values, 9, 10), 24.0);
        assert_eq!(quantile(&values, 4, 4), 32.0);
    }

    #[test]
    fn a_quantile_between_two_neighbours_stays_below_the_upper() {
        let next = 1.0 + f64::EPSILON;
        assert_eq!(quantile(&[1.0, next], 3, 4), 1.0);
    }

    #[test]
    fn mean_ranks_part_levels() {
        // Mean ranks 1, 3, 3, 3, 5 of five values in five levels; 1.5, 1.5, 3, 4 of four in two.
        assert_eq!(rank_edges(&[1.0, 2.0, 2.0, 2.0, 3.0], 5), [1.0, 1.0, 2.0, 2.0]);
        assert_eq!(rank_edges(&[1.0, 1.0, 2.0, 3.0], 2), [1.0]);
    }
}

//! Levels from the values between them.

use crate::anova::twofold::Twofold;

/// A value this near to the mean, as a share of the largest magnitude, lies at it: decimals such as 0.1
/// are rounded, and scaling them rounds again.
const AT_THE_MEAN: f64 = 1e-12;

/// The arithmetic mean, or the value that lies at it; `None` of nothing.
pub(super) fn mean(sorted: &[f64]) -> Option<f64> {
    let (first, last) = (sorted.first()?, sorted.last()?);
    let sum: Twofold = sorted.iter().map(|value| Twofold::difference(*value, *first)).sum();
    let mean = first + sum.over(sorted.len() as f64).value();
    let reach = AT_THE_MEAN * first.abs().max(last.abs());
    let at_it = sorted.partition_point(|value| *value <= mean + reach).checked_sub(1);
    at_it.map(|at| sorted[at]).filter(|value| *value >= mean - reach).or(Some(mean))
}

/// Moves edges at the highest value to the one below it; whether there were any to move.
pub(super) fn below_the_top(edges: &mut [f64], sorted: &[f64]) -> bool {
    let Some(top) = sorted.last() else { return false };
    let Some(below) = sorted.iter().rev().find(|value| *value < top) else { return false };
    let mut has_moved = false;
    for edge in edges.iter_mut().filter(|edge| **edge >= *top) {
        *edge = *below;
        has_moved = true;
    }
    has_moved
}

/// For each value the number of edges below it, plus 1. A value at an edge lies below it; above it, if
/// edges are strict.
pub(super) fn heights(values: &[Option<f64>], edges: &[f64], is_strict: bool) -> Vec<Option<u32>> {
    let height = |value: f64| {
        let passed = |edge: &f64| if is_strict { value >= *edge } else { value > *edge };
        edges.iter().filter(|edge| passed(edge)).count() as u32 + 1
    };
    values.iter().map(|value| value.map(height)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_at_the_mean_is_the_edge_at_any_scale() {
        for scale in [1e-4, 1.0, 1e6] {
            let values = [0.1 * scale, 0.2 * scale, 0.3 * scale];
            assert_eq!(mean(&values), Some(values[1]));
        }
        assert_eq!(mean(&[0.1; 7]), Some(0.1));
        assert_eq!(mean(&[1.0, 2.0, 6.0]), Some(3.0));
        assert_eq!(mean(&[]), None);
    }
}

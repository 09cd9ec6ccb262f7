//! Levels from the values between them.

/// The arithmetic mean; `None` of nothing.
pub(super) fn mean(sorted: &[f64]) -> Option<f64> {
    (!sorted.is_empty()).then(|| sorted.iter().sum::<f64>() / sorted.len() as f64)
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

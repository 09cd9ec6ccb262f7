//! Where a monotone function is 0.

/// The root between `low` and `high`, where the function has unlike signs: false position with
/// the Illinois weights, Dowell and Jarratt (1971), *BIT* 11, 168–174; a step that does not
/// narrow the bracket enough is replaced by halving. `None` where the signs are alike.
pub(super) fn root(
    mut low: f64,
    mut high: f64,
    relative: f64,
    mut function: impl FnMut(f64) -> f64,
) -> Option<f64> {
    let (mut at_low, mut at_high) = (function(low), function(high));
    if at_low == 0.0 {
        return Some(low);
    }
    if at_high == 0.0 {
        return Some(high);
    }
    let are_unlike = (at_low < 0.0 && at_high > 0.0) || (at_low > 0.0 && at_high < 0.0);
    if !are_unlike {
        return None;
    }
    let mut width = high - low;
    let mut last = f64::NAN;
    // Which end was moved last.
    let mut moved_high = None;
    for round in 1..=400 {
        let halve = round % 4 == 0 && {
            let slow = high - low > 0.25 * width;
            width = high - low;
            slow
        };
        let guess = high - at_high * (high - low) / (at_high - at_low);
        let is_inside = guess > low && guess < high;
        let middle = if halve || !is_inside { 0.5 * (low + high) } else { guess };
        let at_middle = function(middle);
        let is_near = |other: f64| (middle - other).abs() <= relative * middle.abs();
        if at_middle == 0.0 || is_near(last) || (is_near(low) && is_near(high)) {
            return Some(middle);
        }
        last = middle;
        let is_high = at_middle * at_high > 0.0;
        if is_high {
            (high, at_high) = (middle, at_middle);
        } else {
            (low, at_low) = (middle, at_middle);
        }
        // An end that stays twice counts half.
        match (moved_high, is_high) {
            (Some(true), true) => at_low *= 0.5,
            (Some(false), false) => at_high *= 0.5,
            _ => {}
        }
        moved_high = Some(is_high);
    }
    Some(0.5 * (low + high))
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn roots_are_found_where_signs_change() {
        let found = root(0.0, 100.0, 1e-15, |x| x * x * x - 2.0).unwrap();
        assert!((found - 2_f64.cbrt()).abs() < 1e-14);
        assert_eq!(root(1.0, 2.0, 1e-15, |x| x), None);
        assert_eq!(root(1.0, 2.0, 1e-15, |_| f64::NAN), None);
        assert_eq!(root(0.0, 2.0, 1e-15, |x| x), Some(0.0));
    }
}

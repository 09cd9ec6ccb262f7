//! TOPSIS: nearness to the best and distance from the worst.

use crate::model::Direction;

/// How near each case comes to an ideal case that is best on every column: Cᵢ = D⁻ᵢ/(D⁺ᵢ + D⁻ᵢ), from 0
/// (worst everywhere) to 1 (best everywhere).
///
/// Each column of `columns[c][case]` is divided by its Euclidean length and multiplied by its weight;
/// D⁺ and D⁻ are the Euclidean distances from the best and the worst value of each column. Hwang and
/// Yoon (1981), *Multiple Attribute Decision Making*, section 4.3. A column of zeros adds nothing;
/// where all cases are equal everywhere, all get 0.5.
///
/// ```
/// use custval::model::Direction;
/// use custval::value::topsis;
///
/// let closeness = topsis(&[vec![1.0, 2.0]], &[Direction::Benefit], &[1.0]);
/// assert_eq!(closeness, [0.0, 1.0]);
/// ```
pub fn topsis(columns: &[Vec<f64>], directions: &[Direction], weights: &[f64]) -> Vec<f64> {
    let cases = columns.first().map_or(0, Vec::len);
    let (mut from_best, mut from_worst) = (vec![0.0; cases], vec![0.0; cases]);
    for ((column, direction), weight) in columns.iter().zip(directions).zip(weights) {
        let length = column.iter().map(|value| value * value).sum::<f64>().sqrt();
        if length == 0.0 {
            continue;
        }
        let least = column.iter().copied().fold(f64::INFINITY, f64::min);
        let most = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (best, worst) = match direction {
            Direction::Benefit => (most, least),
            Direction::Cost => (least, most),
        };
        for (case, value) in column.iter().enumerate() {
            from_best[case] += (weight * (value - best) / length).powi(2);
            from_worst[case] += (weight * (value - worst) / length).powi(2);
        }
    }
    let closeness = |(best, worst): (&f64, &f64)| {
        let (best, worst) = (best.sqrt(), worst.sqrt());
        if best + worst > 0.0 { worst / (best + worst) } else { 0.5 }
    };
    from_best.iter().zip(&from_worst).map(closeness).collect()
}

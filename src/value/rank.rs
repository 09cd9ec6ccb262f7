//! Ranks with ties.

/// Values that differ by less than this share are equal: sums of the same terms in another order.
const TIE: f64 = 1e-12;

/// Ranks, 1 for the highest value. Equal values share the best rank of their group and the ranks
/// behind are passed over (1, 2, 2, 4: standard competition ranking).
///
/// ```
/// assert_eq!(custval::value::ranks(&[2.0, 3.0, 3.0, 1.0]), [3, 1, 1, 4]);
/// ```
pub fn ranks(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]).then(a.cmp(b)));
    let mut ranks = vec![0; values.len()];
    for (place, &at) in order.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| order[before]);
        let tied = before.filter(|&before| {
            (values[before] - values[at]).abs() <= TIE * values[before].abs().max(values[at].abs())
        });
        ranks[at] = tied.map_or(place + 1, |before| ranks[before]);
    }
    ranks
}

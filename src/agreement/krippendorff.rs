//! Krippendorff's α: agreement of scores with gaps.

/// How far two scores differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Equal or not.
    Nominal,
    /// By their squared difference.
    Interval,
    /// By the squared count of scores between them.
    Ordinal,
}

/// Krippendorff's α = 1 − Dₒ/Dₑ: the observed disagreement within units over that expected of the same
/// scores dealt out at random. 1 is full agreement, 0 what chance would give; below 0 is systematic
/// disagreement. `units[u]` are the scores that the experts who scored unit u gave; who gave which
/// does not matter, and units with fewer than two scores tell nothing and are left out.
///
/// With coincidences o_cv = Σᵤ (pairs c–v in u)/(mᵤ − 1), nᶜ = Σᵥ o_cv and n = Σ nᶜ,
/// α = 1 − (n − 1) Σ o_cv δ²(c,v) / Σ nᶜ nᵥ δ²(c,v). Krippendorff (2011), *Computing Krippendorff's
/// Alpha-Reliability*, University of Pennsylvania.
///
/// `None` where nothing was scored twice, or all scores are equal: chance alone gives full agreement.
///
/// ```
/// use custval::agreement::{Metric, krippendorff};
///
/// let units = [vec![1.0, 1.0], vec![2.0, 2.0], vec![5.0]];
/// assert_eq!(krippendorff(&units, Metric::Interval), Some(1.0));
/// ```
pub fn krippendorff(units: &[Vec<f64>], metric: Metric) -> Option<f64> {
    let units: Vec<&Vec<f64>> = units.iter().filter(|unit| unit.len() > 1).collect();
    let mut values: Vec<f64> = units.iter().flat_map(|unit| unit.iter().copied()).collect();
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    values.dedup();
    let at = |score: f64| values.partition_point(|value| *value < score);
    let mut counts = vec![0.0; values.len()];
    for score in units.iter().flat_map(|unit| unit.iter()) {
        counts[at(*score)] += 1.0;
    }
    let difference = |c: usize, v: usize| match metric {
        Metric::Nominal => f64::from(u8::from(c != v)),
        Metric::Interval => (values[c] - values[v]).powi(2),
        Metric::Ordinal => {
            let (low, high) = (c.min(v), c.max(v));
            let between: f64 = counts[low..=high].iter().sum();
            (between - (counts[low] + counts[high]) / 2.0).powi(2)
        }
    };
    let observed: f64 = units
        .iter()
        .map(|unit| {
            let places: Vec<usize> = unit.iter().map(|score| at(*score)).collect();
            let pairs = places.iter().flat_map(|&c| places.iter().map(move |&v| (c, v)));
            pairs.map(|(c, v)| difference(c, v)).sum::<f64>() / (unit.len() as f64 - 1.0)
        })
        .sum();
    let expected: f64 = match metric {
        // Σ nᶜ nᵥ (c − v)² without a sum over all pairs, of values shifted against cancellation.
        Metric::Interval => {
            let first = values.first().copied().unwrap_or(0.0);
            let sums = values.iter().zip(&counts).fold((0.0, 0.0), |(one, two), (value, count)| {
                let value = value - first;
                (one + count * value, two + count * value * value)
            });
            2.0 * (n * sums.1 - sums.0 * sums.0)
        }
        _ => {
            let all = 0..values.len();
            let with = |c: usize| all.clone().map(move |v| (c, v));
            let pairs = all.clone().flat_map(with);
            pairs.map(|(c, v)| counts[c] * counts[v] * difference(c, v)).sum()
        }
    };
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Krippendorff (2011), section D: four observers, twelve units, gaps.
    #[test]
    fn the_example_of_the_paper() {
        let units: Vec<Vec<f64>> = [
            &[1, 1, 1][..],
            &[2, 2, 3, 2],
            &[3, 3, 3, 3],
            &[3, 3, 3, 3],
            &[2, 2, 2, 2],
            &[1, 2, 3, 4],
            &[4, 4, 4, 4],
            &[1, 1, 2, 1],
            &[2, 2, 2, 2],
            &[5, 5, 5],
            &[1, 1],
            &[3],
        ]
        .iter()
        .map(|unit| unit.iter().map(|score| f64::from(*score)).collect())
        .collect();
        let printed = |metric| format!("{:.3}", krippendorff(&units, metric).unwrap());
        assert_eq!(printed(Metric::Nominal), "0.743");
        assert_eq!(printed(Metric::Ordinal), "0.815");
        assert_eq!(printed(Metric::Interval), "0.849");
    }

    #[test]
    fn undefined_without_variation() {
        assert_eq!(krippendorff(&[vec![3.0, 3.0], vec![3.0, 3.0]], Metric::Interval), None);
        assert_eq!(krippendorff(&[vec![3.0], vec![2.0]], Metric::Interval), None);
        assert_eq!(krippendorff(&[], Metric::Interval), None);
    }
}

//! VIKOR: a compromise between the sum of all regrets and the largest one.

use crate::model::Direction;

/// The three figures of VIKOR for each case; of all three less is better.
#[derive(Clone, Debug, PartialEq)]
pub struct Vikor {
    /// The weighted sum of regrets, S = Σ wⱼ (f*ⱼ − fⱼ)/(f*ⱼ − f⁻ⱼ).
    pub s: Vec<f64>,
    /// The largest weighted regret, R.
    pub r: Vec<f64>,
    /// The compromise, Q = v (S − S*)/(S⁻ − S*) + (1 − v)(R − R*)/(R⁻ − R*).
    pub q: Vec<f64>,
    /// What could not tell the cases apart and does not enter Q: "S", "R" or both.
    pub without: Vec<&'static str>,
}

/// VIKOR over `columns[c][case]`, with the weight `v` of the sum against the largest regret (0.5 is
/// usual).
///
/// Opricovic and Tzeng (2004), *Compromise solution by MCDM methods*, European Journal of Operational
/// Research 156, 445–455. Where all cases have the same S or the same R, that part says nothing: Q is
/// the other alone (0 for all where both are equal), and `without` names it. A column in which all
/// cases are equal gives no regret.
///
/// ```
/// use custval::model::Direction;
/// use custval::value::vikor;
///
/// let found = vikor(&[vec![1.0, 2.0, 3.0]], &[Direction::Benefit], &[1.0], 0.5);
/// assert_eq!(found.q, [1.0, 0.5, 0.0]);
/// ```
pub fn vikor(columns: &[Vec<f64>], directions: &[Direction], weights: &[f64], v: f64) -> Vikor {
    let cases = columns.first().map_or(0, Vec::len);
    let (mut s, mut r) = (vec![0.0; cases], vec![0.0_f64; cases]);
    let total: f64 = weights.iter().sum();
    for (column, weight) in crate::priority::scaled(columns, directions).iter().zip(weights) {
        let tells = column.iter().any(|share| *share != column[0]);
        for (case, share) in column.iter().enumerate().filter(|_| tells) {
            let regret = weight / total * (1.0 - share);
            s[case] += regret;
            r[case] = r[case].max(regret);
        }
    }
    let mut without = Vec::new();
    let (sums, largest) = (from_best(&s), from_best(&r));
    let q = match (&sums, &largest) {
        (Some(s), Some(r)) => s.iter().zip(r).map(|(s, r)| v * s + (1.0 - v) * r).collect(),
        (Some(only), None) | (None, Some(only)) => only.clone(),
        (None, None) => vec![0.0; cases],
    };
    without.extend(sums.is_none().then_some("S"));
    without.extend(largest.is_none().then_some("R"));
    Vikor { s, r, q, without }
}

/// From 0 for the least to 1 for the most; `None` where all are equal up to rounding.
fn from_best(values: &[f64]) -> Option<Vec<f64>> {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let span = most - least;
    (span > 1e-12 * most.abs()).then(|| values.iter().map(|value| (value - least) / span).collect())
}

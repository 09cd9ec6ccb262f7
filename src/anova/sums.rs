//! Means and sums of squares of one variable over groups.

use super::twofold::Twofold;

/// One group's part.
pub(super) struct GroupSums {
    /// Its position among the labels.
    pub(super) group: usize,
    pub(super) n: usize,
    pub(super) mean: f64,
    /// The mean counted from the first value of all, in units of `Sums::unit`: differences of means
    /// are those of these.
    pub(super) shifted: f64,
    /// |x − mean| of each value, in units of `Sums::unit`.
    pub(super) distances: Vec<f64>,
    pub(super) min: f64,
    pub(super) max: f64,
    /// Σ (x − mean)² in units of `Sums::unit`².
    pub(super) within: f64,
}

/// One variable's sums.
pub(super) struct Sums {
    /// Groups that have cases, in their order.
    pub(super) groups: Vec<GroupSums>,
    /// A power of two by which all values were divided, so that no square leaves the range of
    /// `f64`: multiply a sum of squares by its square.
    pub(super) unit: f64,
    /// Σ nᵢ (meanᵢ − mean)² in units of `unit`².
    pub(super) between: f64,
    /// Σᵢ Σⱼ (xᵢⱼ − meanᵢ)² in units of `unit`².
    pub(super) within: f64,
}

/// The sums over `members`: for each group with cases its position and its values.
///
/// Each group is shifted by its first value, so that a constant group has exactly 0 within; then
/// two passes, mean and squared deviations, in twice the working precision. The sets of NIST StRD
/// reach what the rounding of their data to `f64` allows.
pub(super) fn sums(members: &[(usize, Vec<f64>)]) -> Sums {
    let origin = members.first().and_then(|(_, values)| values.first()).copied().unwrap_or(0.0);
    let unit = unit_of(members, origin);
    // Dividing by a power of two is exact, save for values below the range that matters.
    let scaled = |value: f64| value / unit;
    let mut groups = Vec::with_capacity(members.len());
    // Per group: its size and its mean, counted from the first value of all.
    let mut means: Vec<(f64, Twofold)> = Vec::with_capacity(members.len());
    let mut all_within = Twofold::default();
    for (group, values) in members {
        let n = values.len() as f64;
        let first = values.first().copied().unwrap_or(origin);
        let shifted = || values.iter().map(|&x| Twofold::difference(scaled(x), scaled(first)));
        let mean = shifted().sum::<Twofold>().over(n);
        let within: Twofold = shifted().map(|x| x.minus(mean).squared()).sum();
        all_within = all_within.plus(within);
        let from_origin = Twofold::difference(scaled(first), scaled(origin)).plus(mean);
        means.push((n, from_origin));
        groups.push(GroupSums {
            group: *group,
            n: values.len(),
            mean: first + mean.value() * unit,
            shifted: from_origin.value(),
            distances: shifted().map(|x| x.minus(mean).value().abs()).collect(),
            min: values.iter().copied().fold(f64::INFINITY, f64::min),
            max: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            within: within.value(),
        });
    }
    let cases: f64 = means.iter().map(|(n, _)| n).sum();
    let grand = means.iter().map(|(n, mean)| mean.times(*n)).sum::<Twofold>().over(cases);
    let between: Twofold =
        means.iter().map(|(n, mean)| mean.minus(grand).squared().times(*n)).sum();
    Sums { groups, unit, between: between.value(), within: all_within.value() }
}

/// The power of two next below the largest distance from the origin.
fn unit_of(members: &[(usize, Vec<f64>)], origin: f64) -> f64 {
    let reach = members
        .iter()
        .flat_map(|(_, values)| values)
        .map(|value| (value - origin).abs())
        .fold(0.0, f64::max);
    if reach > 0.0 { 2_f64.powi((reach.log2().floor() as i32).clamp(-1000, 1000)) } else { 1.0 }
}

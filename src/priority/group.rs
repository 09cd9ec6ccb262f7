//! Several experts' weights as one.

/// Weights of weights (AIP): the weighted geometric mean of each expert's own weights, item by item,
/// divided by its sum.
///
/// With weights by the row geometric mean it equals the aggregation of judgements. Forman and
/// Peniwati (1998), *Aggregating individual judgments and priorities with the Analytic Hierarchy
/// Process*, European Journal of Operational Research 108, 165–169. `None` without an expert.
///
/// ```
/// use custval::priority::aip_geometric;
///
/// let (ann, ben) = ([0.9, 0.1], [0.1, 0.9]);
/// let group = aip_geometric(&[(1.0, &ann), (1.0, &ben)]).unwrap();
/// assert!((group[0] - 0.5).abs() < 1e-15);
/// ```
pub fn aip_geometric(experts: &[(f64, &[f64])]) -> Option<Vec<f64>> {
    let means = means(experts, f64::ln)?;
    Some(normalised(means.into_iter().map(f64::exp).collect()))
}

/// The weighted arithmetic mean of each expert's own weights, item by item. `None` without an
/// expert.
pub fn aip_arithmetic(experts: &[(f64, &[f64])]) -> Option<Vec<f64>> {
    Some(normalised(means(experts, |weight| weight)?))
}

fn means(experts: &[(f64, &[f64])], form: impl Fn(f64) -> f64) -> Option<Vec<f64>> {
    let (_, first) = experts.first()?;
    let total: f64 = experts.iter().map(|(weight, _)| weight).sum();
    let mean = |item: usize| {
        experts.iter().map(|(weight, own)| weight * form(own[item])).sum::<f64>() / total
    };
    Some((0..first.len()).map(mean).collect())
}

pub(super) fn normalised(numbers: Vec<f64>) -> Vec<f64> {
    let total: f64 = numbers.iter().sum();
    numbers.into_iter().map(|number| number / total).collect()
}

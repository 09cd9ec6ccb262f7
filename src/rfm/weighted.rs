//! One figure from several scores.

/// The mean of each customer's scores by weights, which are divided by their sum; `None` where a score
/// is unknown.
///
/// ```
/// use custval::rfm::weighted;
///
/// let scores: [&[Option<u32>]; 2] = [&[Some(5), Some(1)], &[Some(3), None]];
/// assert_eq!(weighted(&scores, &[0.75, 0.25]), [Some(4.5), None]);
/// ```
pub fn weighted(scores: &[&[Option<u32>]], weights: &[f64]) -> Vec<Option<f64>> {
    let total: f64 = weights.iter().sum();
    let customers = scores.first().map_or(0, |scores| scores.len());
    (0..customers)
        .map(|customer| {
            // Divided once at the end: the mean of 2, 2 and 2 is 2.
            let sum = scores.iter().zip(weights).try_fold(0.0, |sum, (scores, weight)| {
                scores[customer].map(|score| sum + weight * f64::from(score))
            });
            sum.map(|sum| sum / total)
        })
        .collect()
}

/// The weighted sum of figures brought to 0…1: (x − min)/(max − min) where more is better,
/// (max − x)/(max − min) where less is. Liu and Shih (2005), *Integrating AHP and data mining for product
/// recommendation based on customer lifetime value*, Information & Management 42, 387–400. A figure that
/// is the same for all counts nothing.
pub fn weighted_min_max(figures: &[(&[f64], bool)], weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let customers = figures.first().map_or(0, |(values, _)| values.len());
    let mut sums = vec![0.0; customers];
    for ((values, more_is_better), weight) in figures.iter().zip(weights) {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (sum, value) in sums.iter_mut().zip(*values).filter(|_| high > low) {
            let part = (value - low) / (high - low);
            *sum += weight / total * if *more_is_better { part } else { 1.0 - part };
        }
    }
    sums
}

//! The experts' scores of one customer on one indicator, combined.

use crate::model::Model;
use crate::survey::Survey;

/// Scores before missing ones are dealt with.
pub(super) struct Combined {
    pub customers: Vec<String>,
    pub scores: Vec<Vec<Option<f64>>>,
    /// For each indicator, customers whom only some of the experts scored.
    pub partial: Vec<usize>,
    pub experts: Vec<String>,
}

/// The weighted mean of the scores that were given, s = Σ wₑ sₑ / Σ wₑ over the experts e who
/// scored this customer on this indicator.
pub(super) fn combine(survey: &Survey, model: &Model) -> Combined {
    let customers = survey.scores.customers.all().to_vec();
    let width = model.indicators.len();
    let experts = survey.experts.all();
    let mut scorers = vec![false; experts.len()];
    let mut sums = vec![(0.0f64, 0.0f64, 0u32); customers.len() * width];
    for score in &survey.scores.given {
        let weight = experts[score.expert as usize].weight;
        let cell = &mut sums[score.customer as usize * width + score.indicator as usize];
        cell.0 += weight * score.value;
        cell.1 += weight;
        cell.2 += 1;
        scorers[score.expert as usize] = true;
    }
    let all = scorers.iter().filter(|scores| **scores).count() as u32;
    let mut partial = vec![0; width];
    let mut scores = Vec::with_capacity(customers.len());
    for row in sums.chunks(width.max(1)) {
        for (at, (_, _, count)) in row.iter().enumerate() {
            partial[at] += usize::from(*count > 0 && *count < all);
        }
        scores.push(
            row.iter().map(|(sum, weight, count)| (*count > 0).then(|| sum / weight)).collect(),
        );
    }
    let experts = experts.iter().zip(scorers).filter(|(_, scores)| *scores);
    Combined { customers, scores, partial, experts: experts.map(|(e, _)| e.name.clone()).collect() }
}

//! The experts' scores of one customer on one indicator, combined.

use crate::model::{Combine, Model};
use crate::survey::Survey;

/// Scores before missing ones are dealt with.
pub(super) struct Combined {
    pub scores: Vec<Vec<Option<f64>>>,
    /// For each indicator, customers whom only some of the experts scored.
    pub partial: Vec<usize>,
    pub experts: Vec<String>,
}

/// One score of a cell with its expert's weight.
pub(crate) type Weighted = (f64, f64);

/// The scores that each cell, a customer on an indicator, was given, in the order of the files.
pub(crate) struct Cells {
    /// Where each cell's scores begin; one more at the end.
    starts: Vec<u32>,
    /// (score, the expert's weight, the expert).
    scores: Vec<(f64, f64, u32)>,
}

impl Cells {
    pub fn of(survey: &Survey, model: &Model) -> Cells {
        let width = model.indicators.len();
        let given = &survey.scores.given;
        let at = |customer: u32, indicator: u32| customer as usize * width + indicator as usize;
        let mut starts = vec![0_u32; survey.scores.customers.len() * width + 1];
        for score in given {
            starts[at(score.customer, score.indicator) + 1] += 1;
        }
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        let mut next = starts.clone();
        let mut scores = vec![(0.0, 0.0, 0); given.len()];
        for score in given {
            let place = &mut next[at(score.customer, score.indicator)];
            let weight = survey.experts.all()[score.expert as usize].weight;
            scores[*place as usize] = (score.value, weight, score.expert);
            *place += 1;
        }
        Cells { starts, scores }
    }

    /// The scores of a cell: (score, the expert's weight, the expert).
    pub fn at(&self, cell: usize) -> &[(f64, f64, u32)] {
        &self.scores[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }
}

/// Combines the scores that were given, by the model's rule.
pub(super) fn combine(survey: &Survey, model: &Model, cells: &Cells) -> Combined {
    let customers = survey.scores.customers.len();
    let width = model.indicators.len();
    let experts = survey.experts.all();
    let mut scorers = vec![false; experts.len()];
    for score in &survey.scores.given {
        scorers[score.expert as usize] = true;
    }
    let all = scorers.iter().filter(|scores| **scores).count();
    let mut partial = vec![0; width];
    let mut scores = Vec::with_capacity(customers);
    let mut weighted: Vec<Weighted> = Vec::new();
    for customer in 0..customers {
        let mut row = Vec::with_capacity(width);
        for (at, partial) in partial.iter_mut().enumerate() {
            weighted.clear();
            let given = cells.at(customer * width + at).iter();
            weighted.extend(given.map(|(score, weight, _)| (*score, *weight)));
            *partial += usize::from(!weighted.is_empty() && weighted.len() < all);
            row.push(combined(&mut weighted, model.combine));
        }
        scores.push(row);
    }
    let experts = experts.iter().zip(scorers).filter(|(_, scores)| *scores);
    Combined { scores, partial, experts: experts.map(|(e, _)| e.name.clone()).collect() }
}

/// One score from several; `None` from none.
///
/// - mean: s = Σ wₑ sₑ / Σ wₑ over the experts e who scored;
/// - median: the score at which half of the weight is reached; where it is reached exactly, the mean of
///   that score and the next;
/// - trimmed mean: the weighted mean without the lowest and the highest score, where at least three
///   scored. Of several that are lowest, each loses its share of the one left out (highest likewise),
///   for which of them stands first in the files must decide nothing.
pub(crate) fn combined(scores: &mut [Weighted], how: Combine) -> Option<f64> {
    if scores.is_empty() {
        return None;
    }
    if how == Combine::Mean {
        return Some(mean(scores));
    }
    scores.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(match how {
        Combine::TrimmedMean if scores.len() > 2 => trimmed_mean(scores),
        Combine::Median => median(scores),
        _ => mean(scores),
    })
}

fn mean(scores: &[Weighted]) -> f64 {
    let (sum, weights) = scores.iter().fold((0.0, 0.0), |(sum, weights), (score, weight)| {
        (sum + weight * score, weights + weight)
    });
    sum / weights
}

/// Of scores in rising order, at least three.
fn trimmed_mean(scores: &[Weighted]) -> f64 {
    let (lowest, highest) = (scores[0].0, scores[scores.len() - 1].0);
    let kept = |end: f64| {
        let equal = scores.iter().filter(|(score, _)| *score == end).count() as f64;
        (equal - 1.0) / equal
    };
    let (kept_low, kept_high) = (kept(lowest), kept(highest));
    let share = |score: f64| match score {
        _ if score == lowest => kept_low,
        _ if score == highest => kept_high,
        _ => 1.0,
    };
    let left: Vec<Weighted> =
        scores.iter().map(|(score, weight)| (*score, weight * share(*score))).collect();
    mean(&left)
}

/// Of scores in rising order.
fn median(scores: &[Weighted]) -> f64 {
    let half = scores.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut reached = 0.0;
    for (at, (score, weight)) in scores.iter().enumerate() {
        reached += weight;
        let exactly = (reached - half).abs() <= 1e-12 * half;
        match scores.get(at + 1) {
            Some((next, _)) if exactly => return (score + next) / 2.0,
            _ if exactly || reached > half => return *score,
            _ => {}
        }
    }
    scores.last().map_or(f64::NAN, |(score, _)| *score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_that_of_repeated_scores() {
        // Weights 1, 1, 2 of 3, 5, 1: as the median of 1, 1, 3, 5.
        let mut scores = [(3.0, 1.0), (5.0, 1.0), (1.0, 2.0)];
        assert_eq!(combined(&mut scores, Combine::Median), Some(2.0));
        let mut scores = [(3.0, 1.0), (5.0, 1.0), (1.0, 1.0)];
        assert_eq!(combined(&mut scores, Combine::Median), Some(3.0));
        assert_eq!(combined(&mut [(4.0, 0.3)], Combine::Median), Some(4.0));
        assert_eq!(combined(&mut [], Combine::Median), None);
    }

    #[test]
    fn the_trimmed_mean_leaves_out_the_two_ends() {
        let mut scores = [(5.0, 1.0), (1.0, 1.0), (3.0, 1.0), (4.0, 3.0)];
        assert_eq!(combined(&mut scores, Combine::TrimmedMean), Some(3.75));
        let mut two = [(5.0, 1.0), (1.0, 1.0)];
        assert_eq!(combined(&mut two, Combine::TrimmedMean), Some(3.0));
        // Half of each 1 and all of the 5: (1·½·1 + 1·½·3 + 2·4) / (½ + 3/2 + 4), in any order.
        let scores = [(1.0, 1.0), (1.0, 3.0), (2.0, 4.0), (5.0, 1.0)];
        let turned = [(5.0, 1.0), (1.0, 3.0), (2.0, 4.0), (1.0, 1.0)];
        for mut scores in [scores, turned] {
            assert_eq!(combined(&mut scores, Combine::TrimmedMean), Some(10.0 / 6.0));
        }
    }
}

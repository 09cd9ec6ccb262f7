//! The scores that experts gave, cell by cell, ready to be drawn anew.

use super::Ground;
use super::chance::Steps;
use crate::indicator::{Cells, Indicators, combined};
use crate::model::{Combine, Missing, Scale};

/// The scores of an evaluation, to be changed.
pub(super) struct Given<'a> {
    ground: Ground<'a>,
    cells: Cells,
    /// By how much a score goes up or down, in points of the scale.
    pub step: f64,
}

/// One score of a cell: (score, the expert's weight, the expert).
type Score = (f64, f64, u32);

/// What one step of a score is: a point; on a scale shorter than two points, a quarter of it.
pub(super) fn step_of(scale: Scale) -> f64 {
    let length = scale.max - scale.min;
    if length < 2.0 { length / 4.0 } else { 1.0 }
}

impl<'a> Given<'a> {
    pub fn new(ground: &Ground<'a>) -> Given<'a> {
        Given {
            ground: *ground,
            cells: Cells::of(ground.survey, ground.model),
            step: step_of(ground.model.scale),
        }
    }

    /// The scores that experts gave a customer on an indicator; none where they do not count.
    pub fn at(&self, customer: usize, indicator: usize) -> &[Score] {
        let columns = &self.ground.indicators.columns;
        match self.ground.people[customer].survey {
            Some(who) if columns[indicator].by_experts().is_some() => {
                self.cells.at(who as usize * columns.len() + indicator)
            }
            _ => &[],
        }
    }

    /// How many scores count.
    pub fn count(&self) -> usize {
        let columns = &self.ground.indicators.columns;
        let of = |customer| (0..columns.len()).map(|at| self.at(customer, at).len()).sum::<usize>();
        (0..self.ground.people.len()).map(of).sum()
    }

    /// A customer's scores, ready to be drawn.
    pub fn dice(&self, customer: usize) -> Dice {
        let scale = self.ground.model.scale;
        let rule = self.ground.model.combine;
        let Indicators { scores, columns, .. } = self.ground.indicators;
        let mut dice = Dice { rule, ..Dice::default() };
        dice.ends.push(0);
        for (indicator, score) in scores[customer].iter().enumerate() {
            let given = self.at(customer, indicator);
            let column = &columns[indicator];
            let share = column.share_of_experts(customer);
            let by_experts = column.by_experts().and_then(|scores| scores[customer]);
            let all: f64 = given.iter().map(|(_, weight, _)| weight).sum();
            for (score, weight, _) in given {
                let lower = (score - self.step).max(scale.min.min(*score));
                let upper = (score + self.step).min(scale.max.max(*score));
                dice.faces.push(match rule {
                    Combine::Mean => {
                        let moves = |to: f64| share * weight / all * (to - score);
                        Face { to: [moves(lower), 0.0, moves(upper)], weight: *weight }
                    }
                    _ => Face { to: [lower, *score, upper], weight: *weight },
                });
            }
            let base = score.unwrap_or(f64::NAN);
            dice.base.push(base);
            dice.shares.push(share);
            dice.others.push(by_experts.map_or(base, |experts| base - share * experts));
            dice.ends.push(dice.faces.len());
        }
        dice
    }

    /// Every customer's scores without those of one expert; and for each customer whether it then
    /// lacks a score for which the model's rule has no answer.
    pub fn without(&self, expert: usize) -> (Vec<Vec<Option<f64>>>, Vec<bool>) {
        let model = self.ground.model;
        let columns = &self.ground.indicators.columns;
        let mut scores = self.ground.indicators.scores.clone();
        let mut lost: Vec<Vec<usize>> = vec![Vec::new(); scores.len()];
        let mut others: Vec<(f64, f64)> = Vec::new();
        // For each indicator the sum of the scores that experts still give, and how many there are.
        let mut left = vec![(0.0, 0_usize); columns.len()];
        for (customer, row) in scores.iter_mut().enumerate() {
            for (indicator, score) in row.iter_mut().enumerate() {
                let given = self.at(customer, indicator);
                if given.is_empty() {
                    continue;
                }
                let stays = |by: u32| by as usize != expert;
                others.clear();
                let of_others = given.iter().filter(|(_, _, by)| stays(*by));
                others.extend(of_others.map(|(score, weight, _)| (*score, *weight)));
                let touched = others.len() < given.len();
                let by_experts = combined(&mut others, model.combine);
                match by_experts {
                    Some(experts) => {
                        left[indicator].0 += experts;
                        left[indicator].1 += 1;
                    }
                    None => lost[customer].push(indicator),
                }
                if touched {
                    *score = columns[indicator].score_if(customer, by_experts);
                }
            }
        }
        let mut unclassed = vec![false; scores.len()];
        for (customer, row) in scores.iter_mut().enumerate() {
            for &indicator in &lost[customer] {
                let filled = match model.missing {
                    Missing::Neutral => Some(model.scale.middle()),
                    Missing::IndicatorMean => mean(left[indicator]),
                    Missing::Reweigh => None,
                    Missing::Refuse | Missing::LeaveOut => {
                        unclassed[customer] = true;
                        None
                    }
                };
                unclassed[customer] |= filled.is_none() && model.missing != Missing::Reweigh;
                row[indicator] = columns[indicator].score_if(customer, filled);
            }
            unclassed[customer] |= row.iter().all(Option::is_none);
        }
        (scores, unclassed)
    }
}

fn mean((sum, count): (f64, usize)) -> Option<f64> {
    (count > 0).then(|| sum / count as f64)
}

/// One customer's scores, to be thrown again and again.
#[derive(Default)]
pub(super) struct Dice {
    rule: Combine,
    /// The score on each indicator as it is; not a number where there is none.
    pub base: Vec<f64>,
    /// The experts' share in the score on each indicator.
    shares: Vec<f64>,
    /// What the other sources bring to it.
    others: Vec<f64>,
    /// Every expert's score, indicator by indicator.
    faces: Vec<Face>,
    /// Where the scores of each indicator end, after a first 0.
    ends: Vec<usize>,
}

/// One expert's score a step down, as it is, and a step up: of means by how much that moves the mean,
/// else the score itself.
struct Face {
    to: [f64; 3],
    weight: f64,
}

impl Dice {
    /// Draws every expert's score, and combines them by the model's rule.
    pub fn throw(&self, steps: &mut Steps, scores: &mut [f64], room: &mut Vec<(f64, f64)>) {
        for (indicator, score) in scores.iter_mut().enumerate() {
            let faces = &self.faces[self.ends[indicator]..self.ends[indicator + 1]];
            let base = self.base[indicator];
            *score = match self.rule {
                _ if faces.is_empty() => base,
                Combine::Mean => faces.iter().fold(base, |sum, face| sum + face.to[steps.next()]),
                _ => {
                    room.clear();
                    room.extend(faces.iter().map(|face| (face.to[steps.next()], face.weight)));
                    combined(room, self.rule).map_or(base, |experts| {
                        self.others[indicator] + self.shares[indicator] * experts
                    })
                }
            };
        }
    }
}

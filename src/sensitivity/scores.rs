//! Each score of each customer a point higher or lower: does it move?

use super::Ground;
use super::change::ScoreChange;
use super::frame::Frame;
use crate::cluster::threads;

/// The points that move a customer, customer by customer; and how many were tried. Centres stay, for
/// one customer's score hardly moves them. What was measured or sold is a fact, and stays too.
pub(super) fn stepped(
    ground: &Ground,
    frame: &Frame,
    step: f64,
    threads: usize,
) -> (Vec<ScoreChange>, usize) {
    let found = threads::in_order(frame.scores.len(), threads, |customer| {
        of_customer(ground, frame, step, customer)
    });
    let tried = found.iter().map(|(_, tried)| tried).sum();
    (found.into_iter().flat_map(|(changes, _)| changes).collect(), tried)
}

fn of_customer(
    ground: &Ground,
    frame: &Frame,
    step: f64,
    customer: usize,
) -> (Vec<ScoreChange>, usize) {
    let scale = ground.model.scale;
    let mut scores = frame.scores[customer].clone();
    let (mut changes, mut tried) = (Vec::new(), 0);
    for (at, indicator) in ground.model.indicators.iter().enumerate() {
        let column = &ground.indicators.columns[at];
        let Some(from) = column.by_experts().and_then(|scores| scores[customer]) else {
            continue;
        };
        let score = scores[at];
        for to in [(from - step).max(scale.min), (from + step).min(scale.max)] {
            if to == from {
                continue;
            }
            tried += 1;
            scores[at] = column.score_if(customer, Some(to));
            let class = frame.class_with(&scores, &frame.base);
            if let Some(there) = super::judgements::moved(ground, frame, customer, class) {
                changes.push(ScoreChange {
                    customer: there.customer,
                    indicator: indicator.code.clone(),
                    from,
                    to,
                    class: there.from,
                    to_class: there.to,
                });
            }
        }
        scores[at] = score;
    }
    (changes, tried)
}

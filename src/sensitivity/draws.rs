//! Seeded draws: in how many of many worlds, in which experts had judged and scored a step higher or
//! lower, a customer is in each class.

use super::Options;
use super::chance::{Purpose, Steps};
use super::frame::{Frame, Situation};
use super::given::Given;
use super::weighing::Weighing;
use crate::cluster::threads;

/// Fewer draws than this say little.
const FEWEST: usize = 100;

/// Draws take some seconds where they are so many steps of about a nanosecond.
const AFFORDABLE: f64 = 4e9;

/// So many customers are looked at by one thread before it takes the next ones.
const BATCH: usize = 64;

/// How many draws are made: none where no expert gave anything, else as many as asked for, or as many as take some seconds. It rests on counts
/// alone, so that it is the same on every machine.
pub(super) fn affordable(
    frame: &Frame,
    weighing: &Weighing,
    given: &Given,
    options: &Options,
) -> usize {
    if given.count() == 0 && weighing.comparisons() == 0 {
        return 0;
    }
    if options.exactly {
        return options.draws;
    }
    let parts = frame.hierarchy.nodes().len() as f64;
    let places = (frame.class_of.len() * frame.variables.len()) as f64;
    let indicators = frame.scores.first().map_or(0, Vec::len) as f64;
    let mut steps = given.count() as f64;
    for scores in frame.scores {
        let is_whole = scores.iter().all(Option::is_some);
        steps += indicators + places + if is_whole { 0.0 } else { 40.0 * parts };
    }
    for node in weighing.nodes.iter().filter(|node| !node.judges.is_empty()) {
        let items = node.weights.len() as f64;
        // An eigenvector, and where comparisons are missing a search of many of them.
        let has_gaps = node.judges.iter().any(|(_, words)| words.missing() > 0);
        steps += items * items * if has_gaps { 20_000.0 } else { 200.0 };
        steps += 60.0 * node.judges.iter().map(|(_, words)| words.known()).sum::<usize>() as f64;
    }
    let most = (AFFORDABLE / steps) as usize;
    options.draws.min(most.max(FEWEST))
}

/// For each customer the share of the draws in each class; without draws all in its own.
///
/// Each draw has a stream of random numbers of its own for the judgements, and each customer one for
/// its scores, so that neither threads nor other customers change anything.
pub(super) fn shares(
    frame: &Frame,
    weighing: &Weighing,
    given: &Given,
    options: &Options,
    draws: usize,
) -> Vec<Vec<f64>> {
    if draws == 0 {
        let certain = |customer| {
            let mut shares = vec![0.0; frame.classes.len()];
            if let Some(share) = shares.get_mut(frame.home(customer)) {
                *share = 1.0;
            }
            shares
        };
        return (0..frame.scores.len()).map(certain).collect();
    }
    let drawn = |at: usize| {
        let mut steps = Steps::new(options.seed, Purpose::Judgements, at, options.step_probability);
        frame.under(weighing.parts(&weighing.drawn(&mut steps)))
    };
    let worlds = Worlds {
        frame,
        given,
        options,
        situations: threads::in_order(draws, options.threads(), drawn),
    };
    let customers = frame.scores.len();
    let batches = threads::in_order(customers.div_ceil(BATCH), options.threads(), |batch| {
        let batch = batch * BATCH..((batch + 1) * BATCH).min(customers);
        batch.map(|customer| worlds.shares(customer)).collect::<Vec<_>>()
    });
    batches.into_iter().flatten().collect()
}

/// The weights of every draw.
struct Worlds<'a> {
    frame: &'a Frame<'a>,
    given: &'a Given<'a>,
    options: &'a Options,
    situations: Vec<Situation>,
}

impl Worlds<'_> {
    fn shares(&self, customer: usize) -> Vec<f64> {
        let (frame, options) = (self.frame, self.options);
        let mut counts = vec![0_usize; frame.classes.len()];
        let dice = self.given.dice(customer);
        let is_whole = frame.scores[customer].iter().all(Option::is_some);
        let mut steps =
            Steps::new(options.seed, Purpose::Scores, customer, options.step_probability);
        let mut scores = dice.base.clone();
        let mut room = Vec::new();
        let mut at = vec![0.0; frame.variables.len()];
        for situation in &self.situations {
            dice.throw(&mut steps, &mut scores, &mut room);
            if is_whole {
                frame.locate_whole(&scores, &situation.leaves, &mut at);
            } else {
                let known = |score: &f64| (!score.is_nan()).then_some(*score);
                let known: Vec<Option<f64>> = scores.iter().map(known).collect();
                frame.locate(&known, situation, &mut at);
            }
            if let Some(count) = counts.get_mut(frame.nearest(&at, &situation.centres)) {
                *count += 1;
            }
        }
        counts.into_iter().map(|count| count as f64 / self.situations.len() as f64).collect()
    }
}

//! How firm is each customer's class? Which change of a weight, a judgement, an expert or a score
//! moves which customer to another class, and in how many of many drawn worlds it stays.
//!
//! All questions are asked in one frame: the clusters keep their names and their members. Under
//! other weights a cluster's centre is the mean of its members' values under those weights, and a
//! customer belongs to the nearest centre, in the units that were clustered.

mod chance;
mod change;
mod critical;
mod draws;
mod experts;
mod frame;
mod given;
mod judgements;
mod scan;
mod scores;
mod weighing;

pub use change::{ExpertChange, JudgementChange, LeftOutOf, Move, ScoreChange};
pub use critical::Critical;

use crate::class::Naming;
use crate::cluster::{Clusters, threads};
use crate::indicator::Indicators;
use crate::join::Person;
use crate::judgement::NodeJudgements;
use crate::model::Model;
use crate::named::Named;
use crate::priority::Weights;
use crate::survey::Survey;
use crate::text::count;
use crate::value::Values;
use frame::Frame;
use given::Given;
use serde::{Deserialize, Serialize};
use weighing::Weighing;

/// How often judgements and scores are drawn for an evaluation, where customers are not very many.
pub const DRAWS: usize = 1_000;

/// How often they are drawn where their firmness alone is asked for.
pub const MANY_DRAWS: usize = 10_000;

/// The most draws that can be asked for.
pub const MOST_DRAWS: usize = 100_000;

/// What an evaluation rests on, piece by piece.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The model.
    pub model: &'a Model,
    /// What the files hold.
    pub survey: &'a Survey,
    /// The judgements as matrices, as weights were derived from them.
    pub judgements: &'a [NodeJudgements],
    /// The weights.
    pub weights: &'a Weights,
    /// The scores.
    pub indicators: &'a Indicators,
    /// Where the customers stand in the survey.
    pub people: &'a [Person],
    /// The values.
    pub values: &'a Values,
    /// The clusters.
    pub clusters: &'a Clusters,
    /// Their names.
    pub naming: &'a Naming,
}

/// How firmness is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// How often judgements and scores are drawn.
    pub draws: usize,
    /// Whether so many draws are made however many customers there are; otherwise fewer where they
    /// would take more than some seconds, and never fewer than 100.
    pub exactly: bool,
    /// The probability q that a judgement or a score goes a step down, and that it goes a step up;
    /// it stays with 1 − 2q. From 0 to 0.5.
    pub step_probability: f64,
    /// The seed of the draws.
    pub seed: u64,
    /// Threads to work on; 0 is as many as the machine runs at once. The result does not depend
    /// on it.
    pub threads: usize,
}

impl Options {
    /// So many draws, fewer where there are very many customers; q = 0.25.
    pub fn new(draws: usize, seed: u64) -> Options {
        Options { draws, exactly: false, step_probability: 0.25, seed, threads: 0 }
    }

    fn threads(&self) -> usize {
        if self.threads == 0 { threads::of_the_machine() } else { self.threads }
    }
}

/// How firm one customer's class is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Firmness {
    /// The customer.
    pub customer: String,
    /// The class that the evaluation gives, by its code.
    pub class: Option<String>,
    /// The class of the nearest centre, where it is another: k-means was stopped before it came to
    /// rest, or two centres are equally near.
    pub nearest_class: Option<String>,
    /// For each class with customers the share of the draws in which the customer is in it. They
    /// sum to 1.
    pub class_probabilities: Named,
    /// The smallest change of one weight that moves the customer to another class; `None` where no
    /// weight does so alone.
    pub critical: Option<Critical>,
}

impl Firmness {
    /// The share of the draws in which the customer keeps its class.
    pub fn probability(&self) -> f64 {
        let class = self.class.as_deref().and_then(|class| self.class_probabilities.get(class));
        class.unwrap_or(0.0)
    }

    /// The other class in which the customer is most often, with the share of draws.
    pub fn next(&self) -> Option<(&str, f64)> {
        let others = self.class_probabilities.iter();
        let others = others.filter(|(class, p)| Some(*class) != self.class.as_deref() && *p > 0.0);
        others.reduce(|most, other| if other.1 > most.1 { other } else { most })
    }
}

/// What the figures of firmness rest on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// How often judgements and scores were drawn.
    pub draws: usize,
    /// How many draws were asked for.
    pub draws_asked: usize,
    /// The seed.
    pub seed: u64,
    /// The probability of a step down, and of a step up.
    pub step_probability: f64,
    /// By how much an expert's score goes up or down, in points of the scale.
    pub score_step: f64,
    /// Experts' comparisons that were drawn.
    pub comparisons: usize,
    /// Experts' scores that were drawn.
    pub scores: usize,
    /// Customers whose nearest centre is that of another class than the evaluation's.
    pub elsewhere: usize,
    /// What there is to know, in plain sentences.
    pub notes: Vec<String>,
}

/// How firm the classes are, and what moves customers to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// What the figures rest on.
    pub firmness_basis: Basis,
    /// Each customer, in the input's order.
    pub firmness: Vec<Firmness>,
    /// The judgements of which one step moves customers, those that move most first.
    pub judgements: Vec<JudgementChange>,
    /// How many steps of judgements were tried.
    pub judgement_steps: usize,
    /// What each expert's absence changes.
    pub experts: Vec<ExpertChange>,
    /// The scores of which one point moves the customer.
    pub scores: Vec<ScoreChange>,
    /// How many points of scores were tried.
    pub score_steps: usize,
}

/// How firm each customer's class is, and what that rests on.
pub fn firmness(ground: &Ground, options: &Options) -> (Vec<Firmness>, Basis) {
    let frame = Frame::new(ground);
    let weighing = Weighing::new(ground);
    let given = Given::new(ground);
    firm(ground, &frame, &weighing, &given, options)
}

/// The same, with every judgement, expert and score whose change moves a customer.
pub fn sensitivity(ground: &Ground, options: &Options) -> Sensitivity {
    let frame = Frame::new(ground);
    let weighing = Weighing::new(ground);
    let given = Given::new(ground);
    let (firmness, firmness_basis) = firm(ground, &frame, &weighing, &given, options);
    let threads = options.threads();
    let (judgements, judgement_steps) = judgements::stepped(ground, &frame, &weighing, threads);
    let experts = experts::left_out(ground, &frame, &weighing, &given);
    let (scores, score_steps) = scores::stepped(ground, &frame, given.step, threads);
    Sensitivity {
        firmness_basis,
        firmness,
        judgements,
        judgement_steps,
        experts,
        scores,
        score_steps,
    }
}

fn firm(
    ground: &Ground,
    frame: &Frame,
    weighing: &Weighing,
    given: &Given,
    options: &Options,
) -> (Vec<Firmness>, Basis) {
    let draws = draws::affordable(frame, weighing, given, options);
    let shares = draws::shares(frame, weighing, given, options, draws);
    // Weights and centres of a saved result go together, so that neither is changed alone.
    let critical = match frame.is_fixed() {
        true => vec![None; frame.scores.len()],
        false => critical::criticals(ground, frame, options.threads()),
    };
    let classes: Vec<Option<&str>> = classes(ground);
    let firmness: Vec<Firmness> = shares
        .into_iter()
        .zip(critical)
        .enumerate()
        .map(|(customer, (shares, critical))| {
            let class = classes[customer].map(str::to_string);
            let nearest = frame.class_name(frame.home(customer));
            let nearest_class = (class.as_deref() != nearest).then(|| nearest.map(str::to_string));
            let nearest_class = nearest_class.flatten();
            Firmness {
                customer: ground.values.customers[customer].clone(),
                class,
                critical: critical.filter(|_| nearest_class.is_none()),
                nearest_class,
                class_probabilities: frame.classes.iter().cloned().zip(shares).collect(),
            }
        })
        .collect();
    let basis = Basis {
        draws,
        draws_asked: options.draws,
        seed: options.seed,
        step_probability: options.step_probability,
        score_step: given.step,
        comparisons: weighing.comparisons(),
        scores: given.count(),
        elsewhere: firmness.iter().filter(|firm| firm.nearest_class.is_some()).count(),
        notes: notes(ground, frame, draws, options, &firmness),
    };
    (firmness, basis)
}

/// Each customer's class in the evaluation.
fn classes<'a>(ground: &Ground<'a>) -> Vec<Option<&'a str>> {
    let class = |cluster: usize| {
        let named = ground.naming.clusters.iter().find(|position| position.cluster == cluster);
        named.map(|position| position.class.as_str())
    };
    ground.clusters.membership.iter().map(|member| member.cluster.and_then(class)).collect()
}

fn notes(
    ground: &Ground,
    frame: &Frame,
    draws: usize,
    options: &Options,
    firmness: &[Firmness],
) -> Vec<String> {
    let frame_of_all = match frame.is_fixed() {
        true => {
            "Weights and centres are those of the saved result, and stay; the scores alone are drawn, \
             and a customer belongs to the nearest centre."
        }
        false => {
            "Clusters keep their names and members; under other weights a centre is the mean of its \
             members' values, and a customer belongs to the nearest centre."
        }
    };
    let mut notes = vec![frame_of_all.to_string()];
    if draws == 0 {
        notes.push(
            "No expert judged or scored, so that there is nothing to draw, and no doubt of that kind."
                .to_string(),
        );
    } else if draws < options.draws {
        notes.push(format!(
            "{draws} draws were made instead of {}, because there are {}.",
            options.draws,
            count(firmness.len(), "customer")
        ));
    }
    let elsewhere = firmness.iter().filter(|firm| firm.nearest_class.is_some()).count();
    if elsewhere > 0 {
        notes.push(format!(
            "{} lie nearest to the centre of another class than the evaluation gives: k-means was \
             stopped before it came to rest, or centres are equally near.",
            count(elsewhere, "customer")
        ));
    }
    if frame.has_gaps {
        notes.push(
            "Scores are missing and siblings carry the weight: where that bends the values, critical \
             weights were looked for in steps of 1/200 and then narrowed down."
                .to_string(),
        );
    }
    if ground.weights.blend.is_some() {
        notes.push(
            "The weights from the data stay what they are when judgements and scores are drawn."
                .to_string(),
        );
    }
    if ground.weights.exclude_above.is_some() {
        notes.push(
            "Who was left out for contradicting judgements stays left out in every draw."
                .to_string(),
        );
    }
    notes
}

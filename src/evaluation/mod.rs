//! The whole job: from a model and filled files to values, classes and tests, in one result that
//! keeps its inputs, its options and every warning.

mod customer;
mod document;
mod evaluate;
mod firm;
mod later;
mod periods;
mod planned;
mod weigh;

pub use customer::CustomerValue;
pub use evaluate::{check, evaluate, evaluate_sources, evaluate_survey};
pub use firm::{Firm, sensitivity, sensitivity_sources};
pub use later::{Assigned, Assignment, assign, evaluate_later};
pub use periods::evaluate_periods;
pub use weigh::{weigh_files, weigh_survey};

use crate::agreement::Agreement;
use crate::anova::Anova;
use crate::class::{Naming, Profile};
use crate::cluster::{Clusters, Points};
use crate::diagnostic::Diagnostic;
use crate::indicator::{Indicators, ScoreAgreement};
use crate::join::{Joins, Person};
use crate::migration::Migration;
use crate::model::Model;
use crate::plan::Plan;
use crate::priority::Weights;
use crate::sensitivity::{Basis, Firmness};
use crate::survey::{Expert, Experts};
use crate::transactions::Account;
use crate::value::{Rankings, Values};
use crate::workbook::Fingerprint;
use serde::Serialize;

/// An evaluation of customers by a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// What made it: "custval" and its version.
    pub made_by: String,
    /// The command that makes it anew where the files lie; `None` where a program called the library.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// The name of the period that the customers are of: the files' names unless it was given one.
    pub period: String,
    /// The files that it was made from.
    pub inputs: Vec<Fingerprint>,
    /// The model with all its rules, after the options of this run.
    pub model: Model,
    /// The experts.
    pub experts: Experts,
    /// Local and global weights with their consistency.
    pub weights: Weights,
    /// Each score with the value that it comes from; what was filled, who was left out.
    #[serde(flatten)]
    pub indicators: Indicators,
    /// How the customers of the scores and of the sales were joined; `None` for a model that needs one
    /// of them alone.
    pub joins: Option<Joins>,
    /// Where all rows and all money of the sales went; `None` without sales.
    pub transactions: Option<Account>,
    /// Each customer's values, rank, cluster and class, in the input's order.
    pub values: Vec<CustomerValue>,
    /// The clustering of the customers.
    pub clusters: Clusters,
    /// How the clusters got their names.
    pub naming: Naming,
    /// What each class is like.
    pub classes: Vec<Profile>,
    /// Analysis of variance of the clustered variables between the clusters, in their order.
    pub anova: Vec<Anova>,
    /// The computed classes against the experts' own, where they gave them.
    pub own_classes: Option<Agreement>,
    /// How far the experts agree in their scores; `None` where no indicator was scored by two.
    pub agreement: Option<ScoreAgreement>,
    /// The customers ranked by TOPSIS and VIKOR beside the weighted sum; `None` for one customer.
    pub rankings: Option<Rankings>,
    /// How firm each customer's class is, in the input's order.
    pub firmness: Vec<Firmness>,
    /// What that rests on: draws, seed, steps.
    pub firmness_basis: Basis,
    /// How customers moved since an earlier period; `None` without one.
    pub migration: Option<Migration>,
    /// What to do about each customer, most at stake first.
    #[serde(flatten)]
    pub plan: Plan,
    /// What there is to know, in plain sentences.
    pub notes: Vec<String>,
    /// Every repair and guess.
    pub warnings: Vec<Diagnostic>,
}

/// The weights alone, from judgements with or without a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weighing {
    /// What made it: "custval" and its version.
    pub made_by: String,
    /// The files that it was made from.
    pub inputs: Vec<Fingerprint>,
    /// The experts.
    pub experts: Vec<Expert>,
    /// The weights; of several separate trees one after the other.
    #[serde(flatten)]
    pub weights: Weights,
    /// What there is to know, in plain sentences.
    pub notes: Vec<String>,
    /// Every repair and guess.
    pub warnings: Vec<Diagnostic>,
}

/// The stages of an evaluation, before they are described.
struct Fitted {
    joins: Option<Joins>,
    people: Vec<Person>,
    indicators: Indicators,
    weights: Weights,
    values: Values,
    points: Points,
    clusters: Clusters,
    naming: Naming,
}

/// "custval" and its version.
pub(crate) fn made_by() -> String {
    concat!("custval ", env!("CARGO_PKG_VERSION")).to_string()
}

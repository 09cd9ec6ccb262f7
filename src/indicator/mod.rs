//! Every indicator of every customer on the model's scale: experts' scores combined, measured
//! values brought onto it, missing ones by the model's rule.

mod combine;
mod concord;
mod missing;
mod scale;

pub use concord::{IndicatorAgreement, ScoreAgreement};
pub use missing::{Filled, LeftOut};
pub use scale::Edges;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Combine, Model, Source};
use crate::survey::Survey;
use serde::Serialize;

/// The scores of all customers on all indicators.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Indicators {
    /// The customers that are evaluated, in the input's order.
    #[serde(skip)]
    pub customers: Vec<String>,
    /// For each customer the score on each indicator of the model; `None` only where the rule
    /// "reweigh" lets the other indicators carry the weight.
    #[serde(skip)]
    pub scores: Vec<Vec<Option<f64>>>,
    /// For each indicator where its scores come from, with counts.
    pub summary: Vec<Summary>,
    /// How the scores of several experts became one.
    pub combine: Combine,
    /// The experts who gave scores.
    pub experts: Vec<String>,
    /// How far they agree; `None` where no indicator was scored by two.
    #[serde(skip)]
    pub agreement: Option<ScoreAgreement>,
    /// Scores that were filled by the model's rule.
    pub filled: Vec<Filled>,
    /// Customers that were left out by the model's rule.
    pub left_out: Vec<LeftOut>,
}

/// Where an indicator's scores come from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// The indicator's code.
    pub code: String,
    /// Experts, or a measured column.
    pub source: Source,
    /// Customers with a score from everyone who gave scores, or with a measured value.
    pub complete: usize,
    /// Customers whom only some of the experts scored.
    pub partial: usize,
    /// Customers without any score.
    pub missing: usize,
    /// How measured values came onto the scale.
    pub edges: Option<Edges>,
}

/// Brings everything that the survey holds onto the model's scale.
///
/// Faults: a score that nobody gave, where the model's rule is to refuse; a measured value that its
/// rule cannot use. Warnings: each score that was filled, each customer that was left out.
pub fn indicators(survey: &Survey, model: &Model, log: &mut Diagnostics) -> Indicators {
    let cells = combine::Cells::of(survey, model);
    let agreement = concord::agreement(survey, model, &cells);
    let mut table = combine::combine(survey, model, &cells);
    drop(cells);
    let mut summary = Vec::new();
    for (at, indicator) in model.indicators.iter().enumerate() {
        let mut edges = None;
        if indicator.source == Source::Measured {
            let values: Vec<Option<f64>> = (0..table.customers.len())
                .map(|customer| survey.measured.get(&(customer as u32, at as u32)).copied())
                .collect();
            let (scores, used) = scale::onto_scale(&values, indicator, model.scale, log);
            edges = Some(used);
            for (row, score) in table.scores.iter_mut().zip(scores) {
                row[at] = score;
            }
        }
        let missing = table.scores.iter().filter(|row| row[at].is_none()).count();
        // Experts' scores on a measured indicator do not count, and are told below.
        let is_measured = indicator.source == Source::Measured;
        let partial = if is_measured { 0 } else { table.partial[at] };
        if is_measured && survey.scores.given.iter().any(|s| s.indicator as usize == at) {
            let message = format!(
                "experts scored {}, which the model measures; their scores on it are not used",
                indicator.code
            );
            let hint = "set `source = \"experts\"` for the indicator, or clear the column";
            log.push(Diagnostic::warning(Code::ScoreUnused, message).hint(hint));
        }
        summary.push(Summary {
            code: indicator.code.clone(),
            source: indicator.source,
            complete: table.customers.len() - missing - partial,
            partial,
            missing,
            edges,
        });
    }
    let partial: usize = summary.iter().map(|summary| summary.partial).sum();
    if partial > 0 {
        let message = format!(
            "{} on some of the experts only; the weights of those who scored were divided by their \
             sum",
            if partial == 1 {
                "1 score rests".to_string()
            } else {
                format!("{partial} scores rest")
            }
        );
        log.push(Diagnostic::note(Code::ScorePartial, message));
    }
    let experts = table.experts.clone();
    let settled = missing::settle(table, survey, model, log);
    Indicators {
        customers: settled.customers,
        scores: settled.scores,
        summary,
        combine: model.combine,
        experts,
        agreement,
        filled: settled.filled,
        left_out: settled.left_out,
    }
}

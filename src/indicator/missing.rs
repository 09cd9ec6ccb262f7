//! Scores that nobody gave, by the model's rule.

use super::combine::Combined;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Missing, Model, Source};
use crate::survey::Survey;
use serde::Serialize;

/// A score that was filled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filled {
    /// The customer.
    pub customer: String,
    /// The indicator's code.
    pub code: String,
    /// The rule.
    pub rule: Missing,
    /// The score; `None` for "reweigh".
    pub score: Option<f64>,
}

/// A customer that is not evaluated.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// The customer.
    pub customer: String,
    /// The codes of the indicators that nobody scored.
    pub missing: Vec<String>,
}

pub(super) struct Settled {
    pub customers: Vec<String>,
    pub scores: Vec<Vec<Option<f64>>>,
    pub filled: Vec<Filled>,
    pub left_out: Vec<LeftOut>,
}

/// Applies the model's rule to every score that is missing.
pub(super) fn settle(
    combined: Combined,
    survey: &Survey,
    model: &Model,
    log: &mut Diagnostics,
) -> Settled {
    let means: Vec<Option<f64>> =
        (0..model.indicators.len()).map(|at| mean(&combined.scores, at)).collect();
    let mut settled = Settled {
        customers: Vec::new(),
        scores: Vec::new(),
        filled: Vec::new(),
        left_out: Vec::new(),
    };
    for (at, (customer, mut row)) in combined.customers.into_iter().zip(combined.scores).enumerate()
    {
        let gaps: Vec<usize> = (0..row.len()).filter(|&gap| row[gap].is_none()).collect();
        if model.missing == Missing::LeaveOut && !gaps.is_empty() {
            let missing: Vec<String> =
                gaps.iter().map(|&gap| model.indicators[gap].code.clone()).collect();
            let message =
                format!("“{customer}” was left out: nobody scored it on {}", missing.join(", "));
            log.push(Diagnostic::warning(Code::ScoreFilled, message));
            settled.left_out.push(LeftOut { customer, missing });
            continue;
        }
        if model.missing == Missing::Reweigh && !row.is_empty() && gaps.len() == row.len() {
            let message = format!("“{customer}” has no score at all");
            let hint = "give it at least one, delete it, or choose `--missing leave-out`";
            log.push(Diagnostic::error(Code::ScoreMissing, message).hint(hint));
        }
        for gap in gaps {
            row[gap] = match model.missing {
                _ if survey.scores.is_unreadable(at as u32, gap as u32) => continue,
                Missing::Refuse | Missing::LeaveOut => {
                    log.push(nobody_scored(&customer, (at, gap), survey, model));
                    continue;
                }
                Missing::Neutral => Some(model.scale.middle()),
                Missing::IndicatorMean => means[gap],
                Missing::Reweigh => None,
            };
            let code = model.indicators[gap].code.clone();
            log.push(filled(&customer, &code, row[gap], model.missing));
            let customer = customer.clone();
            settled.filled.push(Filled { customer, code, rule: model.missing, score: row[gap] });
        }
        settled.customers.push(customer);
        settled.scores.push(row);
    }
    settled
}

fn mean(scores: &[Vec<Option<f64>>], at: usize) -> Option<f64> {
    let known: Vec<f64> = scores.iter().filter_map(|row| row[at]).collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

fn nobody_scored(
    customer: &str,
    (at, gap): (usize, usize),
    survey: &Survey,
    model: &Model,
) -> Diagnostic {
    let indicator = &model.indicators[gap];
    let message = match indicator.source {
        Source::Experts => format!("nobody scored “{customer}” on {}", indicator.code),
        Source::Measured => format!("“{customer}” has no measured value of {}", indicator.code),
    };
    let fault = Diagnostic::error(Code::ScoreMissing, message)
        .hint("fill it in, or choose a rule: `--missing neutral|indicator-mean|reweigh|leave-out`");
    match survey.scores.empty_cell(at as u32, gap as u32) {
        Some(place) => fault.at(place.clone()),
        None => fault,
    }
}

fn filled(customer: &str, code: &str, score: Option<f64>, rule: Missing) -> Diagnostic {
    match score {
        Some(score) => {
            let message = format!("“{customer}” has no score on {code}; {rule} gives {score:.4}");
            Diagnostic::warning(Code::ScoreFilled, message)
        }
        None if rule == Missing::IndicatorMean => {
            Diagnostic::error(Code::ScoreMissing, format!("no customer has a score on {code}"))
                .hint("the rule indicator-mean needs at least one")
        }
        None => {
            let message =
                format!("“{customer}” has no score on {code}; its siblings carry the weight");
            Diagnostic::warning(Code::ScoreFilled, message)
        }
    }
}

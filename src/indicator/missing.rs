//! Scores that nobody gave, by the model's rule.

use super::Summary;
use super::column::{Column, Part};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::join::Person;
use crate::model::{Missing, Model, Source};
use crate::survey::Survey;
use serde::{Deserialize, Serialize};

/// A score that was filled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filled {
    /// The customer.
    pub customer: String,
    /// The indicator's code.
    pub code: String,
    /// The source that has no score.
    pub source: Source,
    /// The rule.
    pub rule: Missing,
    /// The score; `None` for "reweigh".
    pub score: Option<f64>,
}

/// A customer that is not evaluated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The customer.
    pub customer: String,
    /// The codes of the indicators that nobody scored.
    pub missing: Vec<String>,
}

/// What is left when the rule was applied.
pub(super) struct Settled {
    /// Places of the customers that stay.
    pub kept: Vec<usize>,
    pub filled: Vec<Filled>,
    pub left_out: Vec<LeftOut>,
}

/// A score that a customer lacks: the indicator's place, and that of the source among its parts.
#[derive(Clone, Copy)]
struct Gap {
    indicator: usize,
    part: usize,
}

/// Applies the model's rules to every score that is missing; filled ones are put into the columns.
///
/// Who stands on one side alone is dealt with by `unmatched`, other gaps by `missing`.
pub(super) fn settle(
    people: &[Person],
    columns: &mut [Column],
    survey: &Survey,
    model: &Model,
    summary: &[Summary],
    log: &mut Diagnostics,
) -> Settled {
    let mut settled = Settled { kept: Vec::new(), filled: Vec::new(), left_out: Vec::new() };
    for (at, person) in people.iter().enumerate() {
        let gaps = gaps(at, person, columns, survey);
        let told: Vec<Gap> =
            gaps.iter().copied().filter(|gap| knows(person, part(columns, *gap).source)).collect();
        if model.missing == Missing::LeaveOut && !told.is_empty() {
            settled.left_out.push(left_out(person, &told, columns, model, log));
            continue;
        }
        let scores: usize = columns.iter().map(|column| column.parts.len()).sum();
        if gaps.len() == scores
            && scores > 0
            && gaps.iter().all(|gap| rule(person, columns, *gap, model) == Missing::Reweigh)
        {
            let message = format!("“{}” has no score at all", person.name);
            let hint = "give it at least one, delete it, or choose `--missing leave-out`";
            log.push(Diagnostic::error(Code::ScoreMissing, message).hint(hint));
        }
        for gap in gaps {
            let rule = rule(person, columns, gap, model);
            let source = part(columns, gap).source;
            let is_told = !knows(person, source);
            let score = match rule {
                Missing::Refuse | Missing::LeaveOut => {
                    if !is_told {
                        log.push(nobody_scored(person, gap.indicator, source, survey, model));
                    }
                    continue;
                }
                Missing::Neutral => Some(model.scale.middle()),
                Missing::IndicatorMean => summary[gap.indicator].means[gap.part],
                Missing::Reweigh => None,
            };
            let code = model.indicators[gap.indicator].code.clone();
            let blended = columns[gap.indicator].parts.len() > 1;
            if !is_told {
                log.push(filled(&person.name, &code, score, rule, blended.then_some(source)));
            }
            columns[gap.indicator].parts[gap.part].scores[at] = score;
            let customer = person.name.clone();
            settled.filled.push(Filled { customer, code, source, rule, score });
        }
        settled.kept.push(at);
    }
    settled
}

/// Whether the side that a source belongs to has the customer.
fn knows(person: &Person, source: Source) -> bool {
    match source {
        Source::Transactions => person.sales.is_some(),
        _ => person.survey.is_some(),
    }
}

fn rule(person: &Person, columns: &[Column], gap: Gap, model: &Model) -> Missing {
    match knows(person, part(columns, gap).source) {
        true => model.missing,
        false => model.unmatched,
    }
}

fn part(columns: &[Column], gap: Gap) -> &Part {
    &columns[gap.indicator].parts[gap.part]
}

/// The scores that a customer lacks. What could not be read is told already, and not missing.
fn gaps(at: usize, person: &Person, columns: &[Column], survey: &Survey) -> Vec<Gap> {
    let is_unreadable = |indicator: usize, source: Source| match (source, person.survey) {
        (Source::Transactions, _) => false,
        (_, Some(who)) => survey.scores.is_unreadable(who, indicator as u32),
        (_, None) => survey.scores.lost_all(),
    };
    let mut gaps = Vec::new();
    for (indicator, column) in columns.iter().enumerate() {
        for (place, part) in column.parts.iter().enumerate() {
            if part.scores[at].is_none() && !is_unreadable(indicator, part.source) {
                gaps.push(Gap { indicator, part: place });
            }
        }
    }
    gaps
}

/// The mean of the scores that are there.
pub(super) fn mean(scores: &[Option<f64>]) -> Option<f64> {
    let known: Vec<f64> = scores.iter().flatten().copied().collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

fn left_out(
    person: &Person,
    gaps: &[Gap],
    columns: &[Column],
    model: &Model,
    log: &mut Diagnostics,
) -> LeftOut {
    let mut missing: Vec<String> =
        gaps.iter().map(|gap| model.indicators[gap.indicator].code.clone()).collect();
    missing.dedup();
    let scored = gaps.iter().all(|gap| part(columns, *gap).source == Source::Experts);
    let why = if scored { "nobody scored it on" } else { "nothing is known of it on" };
    let message = format!("“{}” was left out: {why} {}", person.name, missing.join(", "));
    log.push(Diagnostic::warning(Code::ScoreFilled, message));
    LeftOut { customer: person.name.clone(), missing }
}

fn nobody_scored(
    person: &Person,
    at: usize,
    source: Source,
    survey: &Survey,
    model: &Model,
) -> Diagnostic {
    let (customer, indicator) = (&person.name, &model.indicators[at]);
    let message = match (source, indicator.metric) {
        (Source::Measured, _) => {
            format!("“{customer}” has no measured value of {}", indicator.code)
        }
        (Source::Transactions, Some(metric)) => {
            format!("the sales of “{customer}” have no {} for {}", metric.name(), indicator.code)
        }
        _ => format!("nobody scored “{customer}” on {}", indicator.code),
    };
    let hint = match (source, indicator.metric) {
        (Source::Transactions, Some(metric)) => format!(
            "{} Choose a rule: `--missing neutral|indicator-mean|reweigh|leave-out`",
            metric.definition()
        ),
        _ => "fill it in, or choose a rule: `--missing neutral|indicator-mean|reweigh|leave-out`"
            .to_string(),
    };
    let fault = Diagnostic::error(Code::ScoreMissing, message).hint(hint);
    match person.survey.and_then(|who| survey.scores.empty_cell(who, at as u32)) {
        Some(place) if source != Source::Transactions => fault.at(place.clone()),
        _ => fault,
    }
}

/// `of` is the source that lacks the score, where the indicator has several.
fn filled(
    customer: &str,
    code: &str,
    score: Option<f64>,
    rule: Missing,
    of: Option<Source>,
) -> Diagnostic {
    let from = of.map(|source| format!(" from {source}")).unwrap_or_default();
    match score {
        Some(score) => {
            let message =
                format!("“{customer}” has no score on {code}{from}; {rule} gives {score:.4}");
            Diagnostic::warning(Code::ScoreFilled, message)
        }
        None if rule == Missing::IndicatorMean => {
            let message = format!("no customer has a score on {code}{from}");
            Diagnostic::error(Code::ScoreMissing, message)
                .hint("the rule indicator-mean needs at least one")
        }
        None if of.is_some() => {
            let message =
                format!("“{customer}” has no score on {code}{from}; the other source counts alone");
            Diagnostic::warning(Code::ScoreFilled, message)
        }
        None => {
            let message =
                format!("“{customer}” has no score on {code}; its siblings carry the weight");
            Diagnostic::warning(Code::ScoreFilled, message)
        }
    }
}

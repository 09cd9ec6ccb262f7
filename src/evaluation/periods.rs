//! Several periods, one after the other.

use super::Evaluation;
use super::evaluate::evaluate_sources;
use super::later::evaluate_later;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Source};
use crate::survey::Survey;
use crate::transactions::Purchases;

/// Evaluates period after period of sales, each with its name: the first is fitted, each later one is
/// classed by its weights, edges and centres, or, to `refit`, fitted anew. The result is that of the last
/// period, with the migration over all.
///
/// What experts scored is the same in every period.
///
/// # Errors
/// [`Error::Input`] with the faults of the first period that has any.
pub fn evaluate_periods(
    model: &Model,
    survey: &Survey,
    periods: &[(String, Purchases)],
    refit: bool,
    log: &mut Diagnostics,
) -> Result<Evaluation, Error> {
    if model.uses(Source::Experts) {
        let message = "the experts' scores are the same in every period; only the sales move";
        log.push(Diagnostic::note(Code::PeriodScores, message));
    }
    // The judgements count in the period that is fitted.
    let unjudged = Survey { comparisons: Vec::new(), ..survey.clone() };
    let mut last: Option<Evaluation> = None;
    for (name, purchases) in periods {
        let mut own = log.clone();
        let found = match &last {
            None => evaluate_sources(model, survey, Some(purchases), &mut own),
            Some(_) if refit => evaluate_sources(model, survey, Some(purchases), &mut own),
            Some(before) => {
                evaluate_later(&before.to_saved(), &unjudged, Some(purchases), &mut own)
            }
        };
        let mut found = found?;
        found.period.clone_from(name);
        last = Some(match last {
            None => found,
            Some(before) => found.after(&before.to_saved())?,
        });
        tell_new(own, log);
    }
    last.ok_or_else(|| {
        let fault = Diagnostic::error(Code::PeriodInvalid, "there is no period");
        fault.hint("give at least one").into()
    })
}

/// What a period found that was not told before.
fn tell_new(own: Diagnostics, log: &mut Diagnostics) {
    let new: Vec<Diagnostic> =
        own.iter().filter(|found| log.iter().all(|told| told != *found)).cloned().collect();
    for found in new {
        log.push(found);
    }
}

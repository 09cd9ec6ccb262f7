//! The weights alone, from judgements with or without a model.

use super::evaluate::blend;
use super::{Weighing, made_by};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::indicator::indicators;
use crate::join::join;
use crate::judgement::{assemble, infer};
use crate::model::{Hierarchy, Model, WeightRules};
use crate::named::Named;
use crate::priority::{Weights, weigh};
use crate::survey::{Survey, Wanted};

/// Derives the weights alone from the judgements in the files.
///
/// Without a model, the hierarchy is that of a sheet `Hierarchy`, or what the judgements imply.
///
/// # Errors
/// [`Error::Input`] with every fault of the files at once.
pub fn weigh_files(
    model: Option<&Model>,
    rules: WeightRules,
    files: &[String],
    log: &mut Diagnostics,
) -> Result<Weighing, Error> {
    let scored = scored(model, rules, log)?;
    let wanted = match scored {
        Some(model) => Wanted::Everything(model),
        None => Wanted::Judgements(model, rules),
    };
    let survey = Survey::open(files, wanted, log);
    weigh_survey(model, rules, &survey, log)
}

/// The model whose scores are needed for the weights too; `None` where judgements are enough.
fn scored<'a>(
    model: Option<&'a Model>,
    rules: WeightRules,
    log: &mut Diagnostics,
) -> Result<Option<&'a Model>, Error> {
    match (rules.blend, model) {
        (None, _) => Ok(None),
        (Some(_), Some(model)) => Ok(Some(model)),
        (Some(_), None) => {
            let message = "a blend with weights from the data needs a model";
            let fault = Diagnostic::error(Code::BlendUnknown, message)
                .hint("add `--model MODEL`, and the files with the scores");
            log.push(fault);
            Err(Error::Input(log.clone()))
        }
    }
}

/// Derives the weights alone from a survey that has been read, from files or from memory.
///
/// # Errors
/// [`Error::Input`] with every fault of the survey at once, and those that the log held before.
pub fn weigh_survey(
    model: Option<&Model>,
    rules: WeightRules,
    survey: &Survey,
    log: &mut Diagnostics,
) -> Result<Weighing, Error> {
    let scored = scored(model, rules, log)?;
    let own = model.map(|model| model.hierarchy.clone()).or(survey.hierarchy.clone());
    let trees: Vec<Hierarchy> = match own {
        Some(hierarchy) => vec![hierarchy],
        None => infer(&survey.comparisons, log),
    };
    let mut all: Option<Weights> = None;
    for tree in &trees {
        // Each tree is weighed by its own comparisons; a name that is in none is told by the first.
        let own: Vec<_> = match trees.len() {
            1 => survey.comparisons.clone(),
            _ => survey
                .comparisons
                .iter()
                .filter(|c| tree.find(&c.node).is_some())
                .cloned()
                .collect(),
        };
        let judgements = assemble(&own, &survey.experts, tree, rules.incomplete, log);
        if log.is_faulty() {
            continue;
        }
        if let Some(weights) = weigh(tree, &judgements, &survey.experts, rules, log) {
            all = Some(match all {
                Some(before) => joined(before, weights),
                None => weights,
            });
        }
    }
    if trees.is_empty() && !log.is_faulty() {
        let fault = Diagnostic::error(Code::WeightsMissing, "the files hold no judgement")
            .hint("a table Expert, Node, A, B, Value, or a sheet “PW <expert>”");
        log.push(fault);
    }
    log.refuse_if_faulty()?;
    let mut weights =
        all.ok_or_else(|| Error::internal("no fault was told, but weights are missing"))?;
    if let Some(model) = scored {
        let people = join(survey, None, model, log);
        let (indicators, _) = indicators(survey, &people, None, model, None, log);
        log.refuse_if_faulty()?;
        weights = blend(weights, rules, &indicators, &model.hierarchy, log)?;
    }
    let notes = log.iter().filter(|d| d.severity == Severity::Note).map(|d| d.message.clone());
    Ok(Weighing {
        made_by: made_by(),
        inputs: survey.inputs.clone(),
        experts: survey.experts.all().to_vec(),
        weights,
        notes: notes.collect(),
        warnings: log.warnings(),
    })
}

/// The weights of two separate trees, one behind the other.
fn joined(mut before: Weights, weights: Weights) -> Weights {
    let both = |a: &Named, b: &Named| -> Named {
        a.iter().chain(b.iter()).map(|(name, number)| (name.to_string(), number)).collect()
    };
    before.global_weights = both(&before.global_weights, &weights.global_weights);
    before.part_weights = both(&before.part_weights, &weights.part_weights);
    before.nodes.extend(weights.nodes);
    before
}

//! How firm the classes of an evaluation are.

use super::evaluate::evaluated;
use super::{Evaluation, made_by};
use crate::Error;
use crate::class::Naming;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::join::Person;
use crate::judgement::NodeJudgements;
use crate::model::Model;
use crate::sensitivity::{Ground, Options, Sensitivity};
use crate::survey::{Survey, Wanted};
use crate::transactions::Purchases;
use crate::value::Values;
use crate::workbook::Fingerprint;
use serde::Serialize;

/// How firm the classes of an evaluation are, and what moves customers to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Firm {
    /// What made it: "custval" and its version.
    pub made_by: String,
    /// The files that it was made from.
    pub inputs: Vec<Fingerprint>,
    /// The model with all its rules, after the options of this run.
    pub model: Model,
    /// How the clusters got their names.
    pub naming: Naming,
    /// What was found.
    #[serde(flatten)]
    pub found: Sensitivity,
    /// Every repair and guess.
    pub warnings: Vec<Diagnostic>,
}

/// What an evaluation does not keep of its stages.
pub(super) struct Pieces {
    pub judgements: Vec<NodeJudgements>,
    pub people: Vec<Person>,
    pub values: Values,
}

impl Pieces {
    pub fn ground<'a>(&'a self, survey: &'a Survey, evaluation: &'a Evaluation) -> Ground<'a> {
        Ground {
            model: &evaluation.model,
            survey,
            judgements: &self.judgements,
            people: &self.people,
            weights: &evaluation.weights,
            indicators: &evaluation.indicators,
            values: &self.values,
            clusters: &evaluation.clusters,
            naming: &evaluation.naming,
        }
    }
}

/// Evaluates the customers in the files by the model, and asks how firm their classes are.
///
/// # Errors
/// [`Error::Input`] with every fault of the files at once.
pub fn sensitivity(
    model: &Model,
    files: &[String],
    options: &Options,
    log: &mut Diagnostics,
) -> Result<Firm, Error> {
    let survey = Survey::open(files, Wanted::Everything(model), log);
    sensitivity_sources(model, &survey, None, options, log)
}

/// The same for a survey that has been read, from files or from memory, and for sales.
///
/// # Errors
/// [`Error::Input`] with every fault of the survey and of the join at once, and those that the log held
/// before.
pub fn sensitivity_sources(
    model: &Model,
    survey: &Survey,
    sales: Option<&Purchases>,
    options: &Options,
    log: &mut Diagnostics,
) -> Result<Firm, Error> {
    let (evaluation, pieces) = evaluated(model, survey, sales, log)?;
    let found = crate::sensitivity::sensitivity(&pieces.ground(survey, &evaluation), options);
    Ok(Firm {
        made_by: made_by(),
        inputs: evaluation.inputs,
        model: evaluation.model,
        naming: evaluation.naming,
        found,
        warnings: evaluation.warnings,
    })
}

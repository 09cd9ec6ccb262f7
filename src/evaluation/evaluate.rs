//! The stages, one after the other.

use super::customer::customers;
use super::firm::Pieces;
use super::{CustomerValue, Evaluation, Fitted, made_by};
use crate::agreement::{Agreement, compare};
use crate::anova::{CAVEAT, Options as TestOptions, Origin, analyse};
use crate::class::{Naming, name_clusters, profiles};
use crate::cluster::{Clusters, Options, Points, Start as ClusterStart};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::indicator::{Indicators, indicators};
use crate::join::{Person, join};
use crate::judgement::assemble;
use crate::model::{Combine, Hierarchy, Model, Start, WeightRules};
use crate::plan::Plan;
use crate::priority::{Weights, weigh};
use crate::sensitivity::{Basis, DRAWS, Options as FirmnessOptions, firmness};
use crate::survey::{Survey, Wanted};
use crate::text::{count, list};
use crate::transactions::Purchases;
use crate::value::{Values, rankings, values};
use crate::workbook::Fingerprint;
use crate::{Error, Grouping};

/// Evaluates the customers in the files by the model.
///
/// # Errors
/// [`Error::Input`] with every fault of the files at once. What was repaired or guessed is in the
/// log, and in the result's warnings.
pub fn evaluate(
    model: &Model,
    files: &[String],
    log: &mut Diagnostics,
) -> Result<Evaluation, Error> {
    let survey = Survey::open(files, Wanted::Everything(model), log);
    evaluate_survey(model, &survey, log)
}

/// Lists every fault and warning of the files in the log, and does nothing else. Without the sales that
/// a model needs the other files are checked alone, with a note.
///
/// # Errors
/// Only a failure of ours.
pub fn check(
    model: &Model,
    files: &[String],
    sales: Option<&Purchases>,
    log: &mut Diagnostics,
) -> Result<(), Error> {
    let survey = Survey::open(files, Wanted::Everything(model), log);
    let result = evaluate_sources(model, &survey, sales, log);
    let is_missing = |found: &Diagnostic| found.code == Code::TransactionsMissing;
    if log.iter().any(is_missing) {
        let others = log.iter().filter(|found| !is_missing(found)).cloned().collect();
        *log = others;
        let message = "the sales that the model needs were not given, and not checked";
        log.push(
            Diagnostic::note(Code::TransactionsMissing, message).hint("add `--transactions FILE`"),
        );
    }
    match result {
        Ok(_) | Err(Error::Input(_)) => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// Evaluates a survey that has been read, from files or from memory.
///
/// # Errors
/// [`Error::Input`] with every fault of the survey at once, and those that the log held before.
pub fn evaluate_survey(
    model: &Model,
    survey: &Survey,
    log: &mut Diagnostics,
) -> Result<Evaluation, Error> {
    evaluate_sources(model, survey, None, log)
}

/// Evaluates a survey together with sales that have been read, for a model whose indicators take their
/// scores from both. A model that takes nothing from experts needs an empty survey, at most with
/// judgements for its weights.
///
/// # Errors
/// [`Error::Input`] with every fault of the survey and of the join at once, and those that the log held
/// before.
pub fn evaluate_sources(
    model: &Model,
    survey: &Survey,
    sales: Option<&Purchases>,
    log: &mut Diagnostics,
) -> Result<Evaluation, Error> {
    let (evaluation, pieces) = evaluated(model, survey, sales, log)?;
    Ok(asked(evaluation, pieces, survey))
}

/// The evaluation with the firmness of its classes, and with the plan that rests on it.
pub(super) fn asked(mut evaluation: Evaluation, pieces: Pieces, survey: &Survey) -> Evaluation {
    let ground = pieces.ground(survey, &evaluation);
    let options = FirmnessOptions::new(DRAWS, evaluation.model.clusters.seed);
    (evaluation.firmness, evaluation.firmness_basis) = firmness(&ground, &options);
    evaluation.plan = evaluation.planned(None);
    evaluation
}

/// All stages but the firmness of the classes, with the pieces that it needs.
pub(super) fn evaluated(
    model: &Model,
    survey: &Survey,
    sales: Option<&Purchases>,
    log: &mut Diagnostics,
) -> Result<(Evaluation, Pieces), Error> {
    let judgements = assemble(
        &survey.comparisons,
        &survey.experts,
        &model.hierarchy,
        model.weights.incomplete,
        log,
    );
    // Where judgements are missing, so are weights; that is told already.
    let judged = !survey.judgements_lost
        && !log
            .iter()
            .any(|d| d.severity == Severity::Error && d.code.as_str().starts_with("judgement-"));
    let weights = if judged {
        weigh(&model.hierarchy, &judgements, &survey.experts, model.weights, log)
    } else {
        None
    };
    let customers_of = sales.map(|sales| &sales.customers);
    let people = join(survey, customers_of, model, log);
    if people.all.is_empty() && !log.is_faulty() {
        log.push(no_scores());
    }
    silent_experts(survey, log);
    let (indicators, standing) = indicators(survey, &people, customers_of, model, None, log);
    log.refuse_if_faulty()?;
    let weights =
        weights.ok_or_else(|| Error::internal("no fault was told, but weights are missing"))?;
    let weights = blend(weights, model.weights, &indicators, &model.hierarchy, log)?;
    let values = values(&indicators, &weights, model);
    let points = points_of(&values, model)?;
    let clusters = cluster(&points, model, log)?;
    let naming = name_clusters(&clusters, &values, &weights, model, log);
    let joins = people.joins;
    let fitted =
        Fitted { joins, people: standing, indicators, weights, values, points, clusters, naming };
    let (evaluation, people, values) = conclude(model, survey, sales, fitted, log)?;
    Ok((evaluation, Pieces { judgements, people, values }))
}

/// The result from its stages, which are fitted, or assigned by a saved result; and the values.
pub(super) fn conclude(
    model: &Model,
    survey: &Survey,
    sales: Option<&Purchases>,
    fitted: Fitted,
    log: &Diagnostics,
) -> Result<(Evaluation, Vec<Person>, Values), Error> {
    let customers = customers(&fitted, survey, sales, model);
    let Fitted { joins, people, indicators, weights, values, points, clusters, naming } = fitted;
    let classes = profiles(&naming, &clusters, &values, &indicators, model);
    let anova = if clusters.sizes.iter().filter(|size| **size > 0).count() > 1 {
        let columns: Vec<Vec<f64>> = (0..points.variables().len())
            .map(|v| (0..points.cases()).map(|case| points.row(case)[v]).collect())
            .collect();
        let options = TestOptions { origin: Origin::Clusters, ..TestOptions::default() };
        analyse(points.variables(), &columns, &clusters.grouping(), &options)?
    } else {
        Vec::new()
    };
    let own_classes = own_classes(&customers, model);
    let rankings = rankings(
        &values.customers,
        &indicators.scores,
        &weights.global_weights.numbers(),
        &values.at(0),
    );
    let notes = notes(&indicators, &clusters, &naming, !anova.is_empty(), log);
    let evaluation = Evaluation {
        command: None,
        made_by: made_by(),
        period: period_of(&survey.inputs, sales),
        inputs: survey.inputs.clone(),
        model: model.clone(),
        experts: survey.experts.clone(),
        weights,
        values: customers,
        clusters,
        naming,
        classes,
        anova,
        own_classes,
        agreement: indicators.agreement.clone(),
        rankings,
        indicators,
        joins,
        transactions: sales.map(|sales| sales.account.clone()),
        firmness: Vec::new(),
        firmness_basis: Basis::default(),
        migration: None,
        plan: Plan::default(),
        notes,
        warnings: log.warnings(),
    };
    Ok((evaluation, people, values))
}

/// A period is called after its files, without their endings, unless it is given a name; where there are
/// sales alone, after their last day.
fn period_of(inputs: &[Fingerprint], sales: Option<&Purchases>) -> String {
    if let ([], Some(sales)) = (inputs, sales) {
        return format!("until {}", sales.account.last.day());
    }
    let names = inputs.iter().map(|input| {
        let name = std::path::Path::new(&input.file).file_stem();
        name.map_or(input.file.clone(), |name| name.to_string_lossy().into_owned())
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The values that are clustered.
pub(super) fn points_of(values: &Values, model: &Model) -> Result<Points, Error> {
    let variables = &model.clusters.variables;
    let parts: Vec<usize> =
        variables.iter().filter_map(|code| model.hierarchy.position(code)).collect();
    let cells: Vec<f64> =
        values.parts.iter().flat_map(|customer| parts.iter().map(|&part| customer[part])).collect();
    Points::new(variables, cells)
}

/// The weights with those from the data blended in, where that is asked for.
pub(super) fn blend(
    weights: Weights,
    rules: WeightRules,
    indicators: &Indicators,
    hierarchy: &Hierarchy,
    log: &mut Diagnostics,
) -> Result<Weights, Error> {
    let Some(blend) = rules.blend else { return Ok(weights) };
    let blended = weights.blended(blend, &indicators.scores, hierarchy, log);
    log.refuse_if_faulty()?;
    blended.ok_or_else(|| Error::internal("no fault was told, but the blend is missing"))
}

/// Warns of experts who are listed and included, but from whom there is nothing.
fn silent_experts(survey: &Survey, log: &mut Diagnostics) {
    for (at, expert) in survey.experts.all().iter().enumerate().filter(|(_, e)| e.include) {
        let judged = survey
            .comparisons
            .iter()
            .any(|comparison| survey.experts.find(&comparison.expert) == Some(at));
        let scored = survey.scores.given.iter().any(|score| score.expert as usize == at);
        if !judged && !scored {
            let message = format!("the files hold nothing from “{}”", expert.name);
            let hint = "was a file forgotten? to leave the expert out, put “no” under Include";
            log.push(Diagnostic::warning(Code::ExpertSilent, message).hint(hint));
        }
    }
}

pub(super) fn no_scores() -> Diagnostic {
    Diagnostic::error(Code::ScoresMissing, "the files hold no customer with a score")
        .hint("fill in the sheets “Score <expert>” or a sheet Scores")
}

fn cluster(points: &Points, model: &Model, log: &mut Diagnostics) -> Result<Clusters, Error> {
    let rules = &model.clusters;
    let mut options = Options::new(rules.k);
    options.start = match rules.start {
        _ if !rules.start_cases.is_empty() => ClusterStart::Cases(rules.start_cases.clone()),
        Start::Spss => ClusterStart::Spss,
        Start::First => ClusterStart::First,
        Start::KmeansPlusPlus => ClusterStart::KmeansPlusPlus,
    };
    options.standardise = rules.standardise;
    options.max_iterations = rules.max_iterations;
    options.converge = rules.converge;
    options.seed = rules.seed;
    let clusters = match options.check(points) {
        Ok(plan) => plan.run(log)?,
        Err(Error::Input(faults)) => {
            log.extend(faults);
            return Err(Error::Input(log.clone()));
        }
        Err(failure) => return Err(failure),
    };
    Ok(clusters)
}

/// The experts' own classes against the computed ones: rows are the experts', columns ours.
fn own_classes(customers: &[CustomerValue], model: &Model) -> Option<Agreement> {
    customers.iter().find(|customer| customer.own_class.is_some())?;
    let mut codes: Vec<String> =
        model.classes.classes.iter().map(|class| class.code.clone()).collect();
    for class in customers.iter().filter_map(|customer| customer.class.as_ref()) {
        if !codes.contains(class) {
            codes.push(class.clone());
        }
    }
    let own: Vec<Option<String>> = customers.iter().map(|c| c.own_class.clone()).collect();
    let ours: Vec<Option<String>> = customers.iter().map(|c| c.class.clone()).collect();
    Some(compare(&Grouping::in_order(&codes, &own), &Grouping::in_order(&codes, &ours)))
}

fn notes(
    indicators: &Indicators,
    clusters: &Clusters,
    naming: &Naming,
    tested: bool,
    log: &Diagnostics,
) -> Vec<String> {
    let mut notes = Vec::new();
    if !indicators.experts.is_empty() {
        let experts = &indicators.experts;
        let rule = match indicators.combine {
            Combine::Mean => "weighted means",
            Combine::Median => "weighted medians",
            Combine::TrimmedMean => {
                "weighted means, without the lowest and the highest where three scored,"
            }
        };
        notes.push(format!(
            "Scores are the {rule} of those given by {} ({}).",
            count(experts.len(), "expert"),
            list(experts)
        ));
    }
    notes.push(clusters.stopped_because.clone());
    notes.extend(clusters.notes.iter().cloned());
    notes.extend(naming.notes.iter().cloned());
    if tested {
        notes.push(CAVEAT.to_string());
    }
    notes.extend(told(log));
    notes
}

/// The notes of a log as sentences.
pub(super) fn told(log: &Diagnostics) -> Vec<String> {
    let notes = log.iter().filter(|diagnostic| diagnostic.severity == Severity::Note);
    let sentence = |note: &crate::diagnostic::Diagnostic| match &note.place {
        Some(place) => format!("{place}: {}", note.message),
        None => note.message.clone(),
    };
    notes.map(sentence).collect()
}

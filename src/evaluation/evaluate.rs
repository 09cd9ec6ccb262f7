//! The stages, one after the other.

use super::firm::Pieces;
use super::{CustomerValue, Evaluation, Fitted, Weighing, made_by};
use crate::agreement::{Agreement, compare};
use crate::anova::{CAVEAT, Options as TestOptions, Origin, analyse};
use crate::class::{Naming, name_clusters, profiles};
use crate::cluster::{Clusters, Options, Points, Start as ClusterStart};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::indicator::{Indicators, indicators};
use crate::join::join;
use crate::judgement::{assemble, infer};
use crate::model::{Combine, Hierarchy, Model, Start, WeightRules};
use crate::named::Named;
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
    let indicators = indicators(survey, &people, customers_of, model, None, log);
    log.refuse_if_faulty()?;
    let weights =
        weights.ok_or_else(|| Error::internal("no fault was told, but weights are missing"))?;
    let weights = blend(weights, model.weights, &indicators, &model.hierarchy, log)?;
    let values = values(&indicators, &weights, model);
    let points = points_of(&values, model)?;
    let clusters = cluster(&points, model, log)?;
    let naming = name_clusters(&clusters, &values, &weights, model, log);
    let joins = people.joins;
    let fitted = Fitted { joins, indicators, weights, values, points, clusters, naming };
    let (evaluation, values) = conclude(model, survey, sales, fitted, log)?;
    Ok((evaluation, Pieces { judgements, values }))
}

/// The result from its stages, which are fitted, or assigned by a saved result; and the values.
pub(super) fn conclude(
    model: &Model,
    survey: &Survey,
    sales: Option<&Purchases>,
    fitted: Fitted,
    log: &Diagnostics,
) -> Result<(Evaluation, Values), Error> {
    let Fitted { joins, indicators, weights, values, points, clusters, naming } = fitted;
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
    let customers = customers(&values, &indicators, &clusters, &naming, survey, sales, model);
    let own_classes = own_classes(&customers, model);
    let rankings = rankings(
        &values.customers,
        &indicators.scores,
        &weights.global_weights.numbers(),
        &values.at(0),
    );
    let notes = notes(&indicators, &clusters, &naming, !anova.is_empty(), log);
    let evaluation = Evaluation {
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
    Ok((evaluation, values))
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
fn blend(
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

fn customers(
    values: &Values,
    indicators: &Indicators,
    clusters: &Clusters,
    naming: &Naming,
    survey: &Survey,
    sales: Option<&Purchases>,
    model: &Model,
) -> Vec<CustomerValue> {
    let hierarchy = &model.hierarchy;
    let leaves = hierarchy.leaves();
    (0..values.customers.len())
        .map(|at| {
            let parts = &values.parts[at];
            let member = &clusters.membership[at];
            let class = member.cluster.and_then(|cluster| {
                naming.clusters.iter().find(|position| position.cluster == cluster)
            });
            let person = &indicators.people[at];
            let own = person.survey;
            let scored = |at_leaf: usize, leaf: usize| {
                let code = hierarchy.nodes()[leaf].code.clone();
                indicators.scores[at][at_leaf].map(|score| (code, score, parts[leaf]))
            };
            let scored: Vec<(String, f64, f64)> = leaves
                .iter()
                .enumerate()
                .filter_map(|(at_leaf, &leaf)| scored(at_leaf, leaf))
                .collect();
            CustomerValue {
                customer: values.customers[at].clone(),
                goal: hierarchy.goal().code.clone(),
                value: parts[0],
                dimensions: hierarchy
                    .goal()
                    .children
                    .iter()
                    .map(|&child| (hierarchy.nodes()[child].code.clone(), parts[child]))
                    .collect(),
                rank: values.ranks[at],
                cluster: member.cluster,
                distance: member.distance,
                class: class.map(|position| position.class.clone()),
                class_name: class.map(|position| position.name.clone()),
                money: person.sales.zip(sales).map(|(place, sales)| sales.customers.money(place)),
                own_class: own.and_then(|who| survey.own_classes.get(&who).cloned()),
                scores: scored.iter().map(|(code, score, _)| (code.clone(), *score)).collect(),
                contributions: scored
                    .iter()
                    .map(|(code, _, value)| (code.clone(), *value))
                    .collect(),
            }
        })
        .collect()
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
        let indicators = indicators(survey, &people, None, model, None, log);
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

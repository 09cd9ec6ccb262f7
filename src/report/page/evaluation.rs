//! What the page of an evaluation shows, in the form in which its program reads it. Every number is one of the result, or is
//! counted from them.

use super::Language;
use super::ledger::Told;
use super::warned::Warned;
use crate::cluster::Stopped;
use crate::evaluation::Evaluation;
use crate::indicator::Disagreement;
use crate::migration::{Amount, Matrix, Money, Move};
use crate::model::{Model, Translation};
use crate::named::Named;
use crate::plan::Basis;
use crate::text::ratio;
use crate::transactions::SourceFile;
use crate::workbook::Fingerprint;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// For each customer the score on each indicator.
pub(super) type Scores<'a> = &'a [Vec<Option<f64>>];

/// Everything but the scores. Customers stand in columns, in the order of the evaluation.
#[derive(Serialize)]
pub(super) struct Data<'a> {
    language: Language,
    title: &'a str,
    description: &'a str,
    made_by: &'a str,
    command: Option<&'a str>,
    model: &'a str,
    /// The model's own texts in other languages.
    translations: &'a BTreeMap<String, Translation>,
    classes: Vec<Class<'a>>,
    customers: Customers<'a>,
    /// The goal and the parts right below it.
    parts: Vec<Part<'a>>,
    /// The two parts of the value matrix; none where classes lie in no plane.
    axes: Vec<Part<'a>>,
    nodes: Vec<Node<'a>>,
    /// The places of the indicators among the nodes.
    leaves: Vec<usize>,
    /// Experts with judgements.
    judges: Vec<&'a str>,
    worst: Vec<Contradiction<'a>>,
    consistency_limit: f64,
    clusters: Clusters,
    disagreements: &'a [Disagreement],
    draws: usize,
    seed: u64,
    k_choice: Vec<Choice>,
    anova: Vec<Test<'a>>,
    history: Vec<Iteration<'a>>,
    migration: Option<Migration<'a>>,
    periods: &'a [String],
    moves: &'a [Move],
    plan: Plan<'a>,
    plan_basis: &'a Basis,
    method: Method,
    inputs: &'a [Fingerprint],
    /// Where all rows of the sales went.
    ledger: Option<Told<'a>>,
    files: &'a [SourceFile],
    notes: &'a [String],
    warnings: Vec<Warned<'a>>,
}

#[derive(Serialize)]
struct Class<'a> {
    code: String,
    name: String,
    reading: &'a str,
    strategy: &'a str,
    size: usize,
    value: f64,
    share: f64,
    /// The mean score on each indicator.
    means: Vec<Option<f64>>,
}

#[derive(Serialize)]
struct Customers<'a> {
    name: Vec<&'a str>,
    rank: Vec<usize>,
    /// The place of the class.
    class: Vec<Option<usize>>,
    cluster: Vec<Option<usize>>,
    money: Option<Vec<Option<f64>>>,
    /// The share of draws in which the class is kept.
    kept: Vec<f64>,
    /// For each class each customer's share of draws in it.
    shares: Vec<Vec<f64>>,
    critical: Vec<Option<Critical>>,
    /// Where each stood in the matrix in the period before; none where nothing is known of it.
    stood: Option<Vec<Option<[f64; 2]>>>,
}

/// A part's place among the nodes, its weight now and the one that moves the customer, and the place of the
/// class that it moves to.
type Critical = (usize, f64, f64, Option<usize>);

/// What to do, item by item, most at stake first.
#[derive(Serialize)]
struct Plan<'a> {
    /// Each action once.
    actions: Vec<&'a str>,
    /// For each language the actions in it.
    translations: BTreeMap<&'a str, Vec<&'a str>>,
    customer: Vec<&'a str>,
    /// The place of its action.
    action: Vec<usize>,
    stake: Vec<f64>,
    budget: Option<Vec<f64>>,
}

#[derive(Serialize)]
struct Part<'a> {
    code: &'a str,
    name: &'a str,
    values: Vec<f64>,
}

#[derive(Serialize)]
struct Node<'a> {
    code: &'a str,
    name: &'a str,
    depth: usize,
    parent: Option<usize>,
    children: &'a [usize],
    /// The place among the indicators.
    leaf: Option<usize>,
    local: f64,
    global: f64,
    cr: Option<f64>,
    /// Each judge's own local weight, where all of them gave one.
    by_expert: Option<Vec<f64>>,
}

#[derive(Serialize)]
struct Contradiction<'a> {
    expert: &'a str,
    a: &'a str,
    b: &'a str,
    said: String,
    implied: String,
}

#[derive(Serialize)]
struct Clusters {
    /// The clustered parts, as places among the nodes.
    parts: Vec<usize>,
    scaling: Vec<crate::cluster::Scaling>,
    /// For each cluster the place of its class.
    classes: Vec<Option<usize>>,
    /// The centres, in the units clustered and without what was taken off, where they are those of a
    /// saved result.
    fixed: Option<Vec<Vec<f64>>>,
    /// For each cluster with a class (p, q, r): its squared distance at (x, y) of the matrix is
    /// p·x + q·y + r and what all share. None where the plane does not decide.
    plane: Option<Vec<Option<[f64; 3]>>>,
    centres_in_plane: Vec<[f64; 2]>,
}

#[derive(Serialize)]
struct Choice {
    k: usize,
    sse: f64,
    silhouette: Option<f64>,
    gap: Option<f64>,
}

#[derive(Serialize)]
struct Test<'a> {
    code: &'a str,
    name: &'a str,
    between: Option<f64>,
    df_between: usize,
    within: Option<f64>,
    df_within: usize,
    f: Option<f64>,
    p: Option<f64>,
    eta_squared: Option<f64>,
}

#[derive(Serialize)]
struct Iteration<'a> {
    iteration: usize,
    moved: &'a [f64],
}

#[derive(Serialize)]
struct Migration<'a> {
    amount: Amount,
    matrix: &'a Matrix,
    money: &'a Money,
}

#[derive(Serialize)]
struct Method {
    weights: String,
    aggregate: String,
    start: String,
    k: usize,
    standardise: String,
    seed: u64,
}

impl<'a> Data<'a> {
    pub fn of(evaluation: &'a Evaluation, language: Language) -> (Data<'a>, Scores<'a>) {
        let model = &evaluation.model;
        let classes = classes(evaluation);
        let place_of = |code: &str| classes.iter().position(|class| class.code == code);
        let axes = axes(evaluation);
        let migration = evaluation.migration.as_ref();
        let judges = judges(evaluation);
        let data = Data {
            language,
            title: &model.title,
            description: &model.description,
            made_by: &evaluation.made_by,
            command: evaluation.command.as_deref(),
            model: &model.name,
            translations: &model.translations,
            customers: customers(evaluation, &classes),
            parts: parts(evaluation),
            axes: axes.iter().flatten().map(|&part| at_part(evaluation, part)).collect(),
            nodes: nodes(evaluation, &judges),
            leaves: model.hierarchy.leaves(),
            worst: worst(evaluation),
            judges,
            consistency_limit: evaluation.weights.consistency_limit,
            clusters: clusters(evaluation, axes, place_of),
            disagreements: &evaluation.indicators.disagreements,
            draws: evaluation.firmness_basis.draws,
            seed: evaluation.firmness_basis.seed,
            k_choice: evaluation
                .clusters
                .k_choice
                .iter()
                .map(|one| Choice {
                    k: one.k,
                    sse: one.sse,
                    silhouette: one.silhouette,
                    gap: one.gap,
                })
                .collect(),
            anova: tests(evaluation),
            history: evaluation
                .clusters
                .history
                .iter()
                .map(|one| Iteration { iteration: one.iteration, moved: &one.shifts })
                .collect(),
            migration: migration.map(|found| Migration {
                amount: found.amount,
                matrix: &found.step.matrix,
                money: &found.step.money,
            }),
            periods: migration.map_or(&[], |found| &found.periods),
            moves: migration.map_or(&[], |found| &found.step.moves),
            plan: plan(evaluation),
            plan_basis: &evaluation.plan.basis,
            method: Method {
                weights: evaluation.weights.method.to_string(),
                aggregate: evaluation.weights.aggregate.to_string(),
                start: start(evaluation),
                k: evaluation.clusters.k,
                standardise: evaluation.clusters.standardise.to_string(),
                seed: evaluation.clusters.seed,
            },
            inputs: &evaluation.inputs,
            files: evaluation.transactions.as_ref().map_or(&[], |account| &account.files),
            ledger: evaluation.transactions.as_ref().map(|account| Told::from(&account.ledger)),
            notes: &evaluation.notes,
            warnings: evaluation.warnings.iter().map(Warned::from).collect(),
            classes,
        };
        (data, &evaluation.indicators.scores)
    }
}

/// Where k-means started, in the words of the model.
fn start(evaluation: &Evaluation) -> String {
    let rules = &evaluation.model.clusters;
    match evaluation.clusters.stopped {
        Stopped::Assigned => "saved".to_string(),
        _ if !rules.start_cases.is_empty() => "cases".to_string(),
        _ => rules.start.to_string(),
    }
}

fn classes(evaluation: &Evaluation) -> Vec<Class<'_>> {
    let indicators = &evaluation.model.indicators;
    let named = evaluation.naming.classes(&evaluation.model).into_iter();
    named
        .map(|(code, name)| {
            let profile = evaluation.classes.iter().find(|class| class.class == code);
            let own = evaluation.model.find_class(&code);
            let mean = |code: &String| profile.and_then(|class| class.indicators.get(code));
            Class {
                means: indicators.iter().map(|indicator| mean(&indicator.code)).collect(),
                reading: own.map_or("", |class| &class.reading),
                strategy: own.map_or("", |class| &class.strategy),
                size: profile.map_or(0, |class| class.size),
                value: profile.map_or(0.0, |class| class.value),
                share: profile.map_or(0.0, |class| class.share_of_value),
                code,
                name,
            }
        })
        .collect()
}

fn customers<'a>(evaluation: &'a Evaluation, classes: &[Class]) -> Customers<'a> {
    let values = &evaluation.values;
    let hierarchy = &evaluation.model.hierarchy;
    let place_of = |code: &String| classes.iter().position(|class| class.code == code.as_str());
    let critical = |at: usize| {
        let found = evaluation.firmness.get(at)?.critical.as_ref()?;
        let part = hierarchy.position(&found.criterion)?;
        Some((part, found.from, found.to, place_of(&found.class)))
    };
    let share = |class: &Class| -> Vec<f64> {
        let of = |firm: &crate::sensitivity::Firmness| firm.class_probabilities.get(&class.code);
        evaluation.firmness.iter().map(|firm| of(firm).unwrap_or(0.0)).collect()
    };
    Customers {
        name: values.iter().map(|one| one.customer.as_str()).collect(),
        rank: values.iter().map(|one| one.rank).collect(),
        class: values.iter().map(|one| one.class.as_ref().and_then(place_of)).collect(),
        cluster: values.iter().map(|one| one.cluster).collect(),
        money: evaluation.has_money().then(|| values.iter().map(|one| one.money).collect()),
        kept: evaluation.firmness.iter().map(|firm| firm.probability()).collect(),
        shares: classes.iter().map(share).collect(),
        critical: (0..values.len()).map(critical).collect(),
        stood: stood(evaluation),
    }
}

/// Where each customer stood in the plane of the matrix in the period before.
fn stood(evaluation: &Evaluation) -> Option<Vec<Option<[f64; 2]>>> {
    let known = &evaluation.migration.as_ref()?.step.stood;
    let before: HashMap<&str, &Named> =
        known.iter().map(|one| (one.customer.as_str(), &one.parts)).collect();
    let nodes = evaluation.model.hierarchy.nodes();
    let axes = axes(evaluation)?.map(|axis| nodes[axis].code.as_str());
    let place = |customer: &str| {
        let parts = before.get(customer)?;
        let [x, y] = axes.map(|axis| parts.get(axis));
        Some([x?, y?])
    };
    let all: Vec<_> = evaluation.values.iter().map(|one| place(&one.customer)).collect();
    all.iter().any(Option::is_some).then_some(all)
}

fn plan(evaluation: &Evaluation) -> Plan<'_> {
    let items = &evaluation.plan.items;
    let mut actions: Vec<&str> = Vec::new();
    let mut action = Vec::with_capacity(items.len());
    for item in items {
        let known = actions.iter().position(|known| *known == item.action);
        action.push(known.unwrap_or(actions.len()));
        if known.is_none() {
            actions.push(&item.action);
        }
    }
    let languages = evaluation.model.translations.keys();
    let translated = |language: &String| {
        actions.iter().map(|action| translated(action, language, &evaluation.model)).collect()
    };
    Plan {
        translations: languages.map(|one| (one.as_str(), translated(one))).collect(),
        customer: items.iter().map(|item| item.customer.as_str()).collect(),
        stake: items.iter().map(|item| item.value_at_stake).collect(),
        budget: items.iter().map(|item| item.budget).collect(),
        actions,
        action,
    }
}

/// An action, or the strategy of a class, in another language; as it stands where it is not translated.
fn translated<'a>(text: &'a str, language: &str, model: &'a Model) -> &'a str {
    let action = model.actions.iter().find(|action| action.text == text);
    if let Some(action) = action {
        return action.translations.get(language).map_or(text, String::as_str);
    }
    let class = model.classes.classes.iter().find(|class| class.strategy == text);
    let texts = class.and_then(|class| model.translations.get(language)?.classes.get(&class.code));
    texts.and_then(|texts| texts.strategy.as_deref()).unwrap_or(text)
}

fn parts(evaluation: &Evaluation) -> Vec<Part<'_>> {
    let goal = evaluation.model.hierarchy.goal();
    let parts = std::iter::once(0).chain(goal.children.iter().copied());
    parts.map(|part| at_part(evaluation, part)).collect()
}

/// Each customer's value at a part: that of the result where it stands there, else the sum of what the
/// indicators below contribute.
fn at_part(evaluation: &Evaluation, part: usize) -> Part<'_> {
    let hierarchy = &evaluation.model.hierarchy;
    let node = &hierarchy.nodes()[part];
    let below: Vec<&str> = hierarchy
        .leaves()
        .into_iter()
        .filter(|leaf| hierarchy.is_below(*leaf, part))
        .map(|leaf| hierarchy.nodes()[leaf].code.as_str())
        .collect();
    let value = |customer: &crate::evaluation::CustomerValue| match part {
        0 => customer.value,
        _ => customer.dimensions.get(&node.code).unwrap_or_else(|| {
            below.iter().filter_map(|code| customer.contributions.get(code)).sum()
        }),
    };
    Part {
        code: &node.code,
        name: &node.name,
        values: evaluation.values.iter().map(value).collect(),
    }
}

/// The two parts of the plane: those by which classes are named, or the first two below the goal.
fn axes(evaluation: &Evaluation) -> Option<[usize; 2]> {
    let hierarchy = &evaluation.model.hierarchy;
    let rules = &evaluation.model.classes;
    let named = |code: &Option<String>| hierarchy.position(code.as_deref()?);
    match (named(&rules.horizontal), named(&rules.vertical)) {
        (Some(x), Some(y)) => Some([x, y]),
        _ => match hierarchy.goal().children.as_slice() {
            [x, y, ..] => Some([*x, *y]),
            _ => None,
        },
    }
}

fn judges(evaluation: &Evaluation) -> Vec<&str> {
    let mut judges: Vec<&str> = Vec::new();
    for own in evaluation.weights.nodes.iter().flat_map(|node| &node.experts) {
        if !judges.contains(&own.expert.as_str()) {
            judges.push(&own.expert);
        }
    }
    judges
}

fn nodes<'a>(evaluation: &'a Evaluation, judges: &[&str]) -> Vec<Node<'a>> {
    let hierarchy = &evaluation.model.hierarchy;
    let leaves = hierarchy.leaves();
    let global = evaluation.weights.part_weights.numbers();
    let weighed = |code: &str| evaluation.weights.nodes.iter().find(|weights| weights.node == code);
    hierarchy
        .nodes()
        .iter()
        .enumerate()
        .map(|(at, node)| {
            let above = node.parent.map(|parent| &hierarchy.nodes()[parent]);
            let beside = above.and_then(|above| weighed(&above.code));
            let place = beside.and_then(|all| all.items.iter().position(|item| *item == node.code));
            let local = beside.zip(place).map(|(all, place)| all.weights[place]);
            let by_expert = beside.zip(place).and_then(|(all, place)| {
                let own = |judge: &&str| {
                    let found = all.experts.iter().find(|own| own.expert == *judge)?;
                    found.weights.as_ref()?.get(place).copied()
                };
                judges.iter().map(own).collect()
            });
            Node {
                code: &node.code,
                name: &node.name,
                depth: std::iter::successors(node.parent, |up| hierarchy.nodes()[*up].parent)
                    .count(),
                parent: node.parent,
                children: &node.children,
                leaf: leaves.iter().position(|leaf| *leaf == at),
                local: local.unwrap_or(1.0),
                global: global[at],
                cr: weighed(&node.code).and_then(|weights| weights.cr),
                by_expert: by_expert.filter(|_| !judges.is_empty()),
            }
        })
        .collect()
}

/// The judgements that fit the others of their expert least, where an expert is above the limit.
fn worst(evaluation: &Evaluation) -> Vec<Contradiction<'_>> {
    let limit = evaluation.weights.consistency_limit;
    let own = evaluation.weights.nodes.iter().flat_map(|node| &node.experts);
    own.filter(|own| own.cr().is_some_and(|cr| cr > limit))
        .filter_map(|own| {
            let worst = own.worst.first()?;
            Some(Contradiction {
                expert: &own.expert,
                a: &worst.a,
                b: &worst.b,
                said: ratio(worst.given),
                implied: ratio(worst.suggested),
            })
        })
        .collect()
}

fn clusters(
    evaluation: &Evaluation,
    axes: Option<[usize; 2]>,
    place_of: impl Fn(&str) -> Option<usize>,
) -> Clusters {
    let found = &evaluation.clusters;
    let hierarchy = &evaluation.model.hierarchy;
    let class = |cluster: usize| {
        evaluation.naming.of(cluster).and_then(|position| place_of(&position.class))
    };
    let parts: Vec<usize> =
        found.variables.iter().filter_map(|code| hierarchy.position(code)).collect();
    let unshifted = |centre: &Vec<f64>| -> Vec<f64> {
        let pairs = centre.iter().zip(&found.scaling);
        pairs.map(|(at, scaling)| at + scaling.shift / scaling.divisor).collect()
    };
    let classes: Vec<Option<usize>> = (1..=found.k).map(class).collect();
    let is_assigned = found.stopped == Stopped::Assigned;
    let directions = axes.and_then(|axes| directions(evaluation, &parts, axes));
    let line = |at: usize| {
        let directions = directions.as_ref()?;
        classes[at]?;
        let mut sums = [0.0; 3];
        for (v, [along, across]) in directions.iter().enumerate() {
            let (c, scaling) = (found.assigned_by[at][v], &found.scaling[v]);
            sums[0] -= 2.0 * c * along / scaling.divisor;
            sums[1] -= 2.0 * c * across / scaling.divisor;
            sums[2] += 2.0 * c * scaling.shift / scaling.divisor + c * c;
        }
        Some(sums)
    };
    let coordinate = |at: usize, part: usize| {
        let v = parts.iter().position(|own| *own == part)?;
        Some(found.assigned_by[at][v] * found.scaling[v].divisor + found.scaling[v].shift)
    };
    let in_plane = |at: usize| {
        let [x, y] = axes?;
        classes[at]?;
        Some([coordinate(at, x)?, coordinate(at, y)?])
    };
    Clusters {
        fixed: is_assigned.then(|| found.assigned_by.iter().map(unshifted).collect()),
        plane: directions.as_ref().map(|_| (0..found.k).map(line).collect()),
        centres_in_plane: (0..found.k).filter_map(in_plane).collect(),
        scaling: found.scaling.clone(),
        parts,
        classes,
    }
}

/// How each clustered part follows the two axes: (1, 0), (0, 1), or (1, 1) for the goal where it is their
/// sum. `None` where the plane does not decide the class.
fn directions(
    evaluation: &Evaluation,
    parts: &[usize],
    [x, y]: [usize; 2],
) -> Option<Vec<[f64; 2]>> {
    let goal = evaluation.model.hierarchy.goal();
    let mut below = goal.children.clone();
    below.sort_unstable();
    let mut both = vec![x, y];
    both.sort_unstable();
    parts
        .iter()
        .map(|part| match *part {
            part if part == x => Some([1.0, 0.0]),
            part if part == y => Some([0.0, 1.0]),
            0 if below == both => Some([1.0, 1.0]),
            _ => None,
        })
        .collect()
}

fn tests(evaluation: &Evaluation) -> Vec<Test<'_>> {
    let hierarchy = &evaluation.model.hierarchy;
    evaluation
        .anova
        .iter()
        .map(|anova| {
            let part = hierarchy.position(&anova.variable);
            Test {
                code: &anova.variable,
                name: part.map_or(&anova.variable, |part| &hierarchy.nodes()[part].name),
                between: anova.between.ms,
                df_between: anova.between.df,
                within: anova.within.ms,
                df_within: anova.within.df,
                f: anova.f,
                p: anova.p,
                eta_squared: anova.eta_squared,
            }
        })
        .collect()
}

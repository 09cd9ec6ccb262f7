//! What an evaluation did, sentence by sentence.

use super::works::Work;
use super::{Sentence, cite, say, software};
use crate::anova::{Anova, Origin};
use crate::cluster::{Clusters, Start};
use crate::evaluation::Evaluation;
use crate::model::{
    Aggregate, ClassRule, Combine, Gaps, JudgementScale, Method, Missing, Model, Objective,
    RandomIndex, Source, Standardise, Update,
};
use crate::priority::{How, Weights};
use crate::report::{Cell, Format, shown};
use crate::text::{count, list};

pub(super) fn paragraphs(found: &Evaluation) -> Vec<Vec<Sentence>> {
    vec![
        subject(found),
        weights(&found.weights),
        scores(found),
        clusters(found),
        tests(&found.anova, &found.model),
        firmness(found),
        vec![software(&found.made_by)],
    ]
}

/// A number with these decimals.
pub(super) fn number(number: f64, decimals: usize) -> String {
    shown(&Cell::from(number), Format::Number(decimals))
}

/// "p < .001", "p = .023".
fn probability(p: f64) -> String {
    let text = shown(&Cell::from(p), Format::Probability);
    if text.starts_with('<') { format!("p {text}") } else { format!("p = {text}") }
}

fn subject(found: &Evaluation) -> Vec<Sentence> {
    let model = &found.model;
    let mut text = format!(
        "The {} of {} was evaluated by {} (model “{}”)",
        model.hierarchy.goal().name.to_lowercase(),
        count(found.values.len(), "customer"),
        count(model.indicators.len(), "indicator"),
        model.name
    );
    if let Some(reference) = &model.reference {
        text += &format!(", the index system being that of {}", reference.trim_end_matches('.'));
    }
    let mut all = vec![say(text)];
    if let Some(sales) = &found.transactions {
        all.push(say(format!(
            "The sales run from {} to {}; {} of {} rows were used",
            sales.first.day(),
            sales.last.day(),
            number(sales.ledger.rows_used as f64, 0),
            number(sales.ledger.rows_in as f64, 0)
        )));
    }
    if let Some(migration) = &found.migration {
        let before = migration.periods.len().saturating_sub(1);
        all.push(say(format!(
            "The period is “{}”; it was compared with {}",
            found.period,
            list(
                &migration
                    .periods
                    .iter()
                    .take(before)
                    .map(|name| format!("“{name}”"))
                    .collect::<Vec<_>>()
            )
        )));
    }
    all
}

fn weights(weights: &Weights) -> Vec<Sentence> {
    let of = |how: How| weights.nodes.iter().filter(|node| node.method == how).count();
    let mut all = Vec::new();
    let experts = weights.experts.len();
    if weights.nodes.iter().any(|node| node.experts.iter().any(|expert| expert.included)) {
        let from = format!(
            "The weights come from the pairwise comparisons of {}",
            count(experts, "expert")
        );
        all.push(match weights.method {
            Method::Eigenvector => cite(
                format!("{from} by the analytic hierarchy process, as the principal right eigenvector of each comparison matrix"),
                &[Work::Saaty1977, Work::Saaty1980],
            ),
            Method::Rgmm => cite(
                format!("{from} by the analytic hierarchy process, as the normalised geometric means of the rows of each comparison matrix"),
                &[Work::Saaty1980, Work::Crawford],
            ),
        });
        if weights.scale != JudgementScale::Linear {
            all.push(say(format!(
                "The steps of the verbal scale were turned into ratios by the scale “{}”",
                weights.scale
            )));
        }
        if experts > 1 {
            all.push(aggregation(weights.aggregate));
        }
        all.extend(gaps(weights));
        all.extend(consistency(weights));
    }
    if of(How::Given) > 0 {
        all.push(say(format!(
            "The model gives the weights below {}",
            count(of(How::Given), "node")
        )));
    }
    if of(How::Saved) > 0 {
        all.push(say("The weights are those of an earlier result"));
    }
    if let Some(blend) = &weights.blend {
        all.push(blended(blend.method, blend.share));
    }
    all
}

fn aggregation(aggregate: Aggregate) -> Sentence {
    match aggregate {
        Aggregate::Aij => cite(
            "The experts were combined judgement by judgement, by the weighted geometric mean",
            &[Work::Aczel, Work::Forman],
        ),
        Aggregate::Aip => cite(
            "The experts were combined by the weighted geometric mean of each one's own weights",
            &[Work::Forman],
        ),
        Aggregate::AipArithmetic => cite(
            "The experts were combined by the weighted arithmetic mean of each one's own weights",
            &[Work::Forman],
        ),
    }
}

/// How comparisons that were left empty were decided, where there are any.
fn gaps(weights: &Weights) -> Option<Sentence> {
    let experts = weights.nodes.iter().flat_map(|node| &node.experts);
    let missing: usize =
        experts.flat_map(|expert| &expert.incomplete).map(|gaps| gaps.missing).sum();
    if missing == 0 {
        return None;
    }
    let left = format!("{} left empty", count(missing, "comparison"));
    Some(match weights.gaps {
        Gaps::Llsm => cite(
            format!(
                "{left} took no part: the weights are the logarithmic least squares over the others"
            ),
            &[Work::Crawford, Work::Bozoki],
        ),
        Gaps::LambdaMin | Gaps::Refuse => cite(
            format!("{left} got the judgements with which the principal eigenvalue is smallest"),
            &[Work::Bozoki],
        ),
    })
}

/// The consistency ratios of all matrices that can contradict themselves.
fn consistency(weights: &Weights) -> Vec<Sentence> {
    let large = || weights.nodes.iter().filter(|node| node.items.len() > 2);
    let own: Vec<(f64, bool)> = large()
        .flat_map(|node| node.experts.iter().flat_map(|expert| &expert.consistency))
        .map(|found| (found.cr, found.acceptable))
        .collect();
    let group: Vec<(f64, bool)> =
        large().filter_map(|node| Some((node.cr?, node.acceptable.unwrap_or(true)))).collect();
    let mut tables: Vec<RandomIndex> = Vec::new();
    let used = large().flat_map(|node| node.experts.iter().flat_map(|expert| &expert.consistency));
    for table in used.map(|found| found.ri_table).chain(large().map(|node| node.ri_table)) {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    let Some(ranged) = range(
        &own,
        "comparison matrix of three or more items",
        "comparison matrices of three or more items",
    ) else {
        return vec![say(
            "No expert compared more than two items at a time, so that no judgement can contradict another",
        )];
    };
    let limit = weights.consistency_limit;
    let works: Vec<Work> = tables.iter().flat_map(|table| work_of(*table)).collect();
    let names: Vec<String> = tables.iter().map(|table| format!("“{table}”")).collect();
    let mut all = vec![cite(
        format!(
            "By the random indices {} and the limit {limit:.2}, the consistency ratios of the experts' {ranged}",
            list(&names)
        ),
        &works,
    )];
    if weights.experts.len() > 1
        && let Some(ranged) = range(&group, "matrix", "matrices")
    {
        all.push(say(format!("The consistency ratios of the group's {ranged}")));
    }
    let out =
        weights.nodes.iter().flat_map(|node| &node.experts).filter(|one| !one.included).count();
    if let Some(above) = weights.exclude_above {
        all.push(say(format!(
            "An expert's judgements under a node were left out where their consistency ratio is above {above}, \
             which happened {out} times"
        )));
    }
    all
}

/// "5 matrices range from 0.0020 to 0.0175, and none of them exceeds the limit".
fn range(ratios: &[(f64, bool)], one: &str, many: &str) -> Option<String> {
    let least = ratios.iter().map(|(cr, _)| *cr).reduce(f64::min)?;
    let most = ratios.iter().map(|(cr, _)| *cr).reduce(f64::max)?;
    let over = ratios.iter().filter(|(_, acceptable)| !acceptable).count();
    let exceed = match over {
        0 => "none exceeds the limit".to_string(),
        1 => "1 exceeds the limit".to_string(),
        _ => format!("{over} exceed the limit"),
    };
    Some(match ratios.len() {
        1 => format!("1 {one} is {}; {exceed}", number(least, 4)),
        n => format!("{n} {many} range from {} to {}; {exceed}", number(least, 4), number(most, 4)),
    })
}

fn work_of(table: RandomIndex) -> Option<Work> {
    match table {
        RandomIndex::Saaty1980 => Some(Work::Saaty1980),
        RandomIndex::Saaty2007 => Some(Work::SaatyTran),
        RandomIndex::SuperDecisions => Some(Work::SuperDecisions),
        RandomIndex::AlonsoLamata2006 | RandomIndex::AlonsoLamataFit => Some(Work::Alonso),
        RandomIndex::DoneganDodd1991 => Some(Work::Donegan),
        RandomIndex::GoldenWang1990 => Some(Work::Golden),
        RandomIndex::Ahpsurvey500k => Some(Work::Ahpsurvey),
        RandomIndex::AguaronMoreno2003 => Some(Work::Aguaron),
        // As Alonso and Lamata print it beside their own.
        RandomIndex::Noble1990 => Some(Work::Alonso),
        RandomIndex::TumalaWan1994 => Some(Work::Tummala),
        RandomIndex::AgostonCsato2022 => Some(Work::Agoston),
        RandomIndex::Exact => None,
    }
}

fn blended(objective: Objective, share: f64) -> Sentence {
    let blend = |by: &str| {
        format!(
            "The global weights hold a share of {} % of weights that {by} give",
            number(share * 100.0, 0)
        )
    };
    match objective {
        Objective::Entropy => cite(blend("the scores by Shannon's entropy"), &[Work::Hwang]),
        Objective::Critic => {
            cite(blend("the scores by contrast and conflict (CRITIC)"), &[Work::Diakoulaki])
        }
        Objective::Sd => say(blend("the standard deviations of the scores")),
    }
}

fn scores(found: &Evaluation) -> Vec<Sentence> {
    let (model, indicators) = (&found.model, &found.indicators);
    let mut all = Vec::new();
    let of = |source: Source| model.indicators.iter().filter(|one| one.source == source).count();
    let kinds = [
        (Source::Experts, "scored by experts"),
        (Source::Measured, "measured"),
        (Source::Transactions, "taken from the sales"),
        (Source::Blend, "blended from several of these"),
    ];
    let used: Vec<_> = kinds.iter().filter(|(source, _)| of(*source) > 0).collect();
    let told: Vec<String> =
        used.iter().map(|(source, what)| format!("{} are {what}", of(*source))).collect();
    let (least, most) = (model.scale.min, model.scale.max);
    all.push(say(match used.as_slice() {
        [(_, what)] => format!("The indicators are {what}, on the scale from {least} to {most}"),
        _ => format!("Of the indicators, {}, all on the scale from {least} to {most}", list(&told)),
    }));
    let experts = indicators.experts.len();
    if experts > 1 {
        let rule = match indicators.combine {
            Combine::Mean => "weighted mean",
            Combine::Median => "weighted median",
            Combine::TrimmedMean => {
                "weighted mean without the lowest and the highest where three scored"
            }
        };
        all.push(say(format!("The scores of {experts} experts were combined by their {rule}")));
    }
    if let Some(alpha) = found.agreement.as_ref().and_then(|found| found.krippendorff_alpha) {
        all.push(cite(
            format!("Their agreement is Krippendorff's α = {} (interval data)", number(alpha, 3)),
            &[Work::Krippendorff],
        ));
    }
    all.push(missing(found));
    all.push(say(
        "The value of a customer is the sum of global weight times score over the indicators",
    ));
    all
}

fn missing(found: &Evaluation) -> Sentence {
    let (filled, left_out) = (&found.indicators.filled, &found.indicators.left_out);
    if filled.is_empty() && left_out.is_empty() {
        return say("No score was missing");
    }
    let mut parts = Vec::new();
    for rule in Missing::ALL {
        let many = filled.iter().filter(|one| one.rule == *rule).count();
        if many == 0 {
            continue;
        }
        let scores = count(many, "missing score");
        let (be, own) = if many == 1 { ("was", "its") } else { ("were", "their") };
        parts.push(match rule {
            Missing::Neutral => format!("{scores} {be} filled by the middle of the scale"),
            Missing::IndicatorMean => {
                format!(
                    "{scores} {be} filled by the mean of the other customers on {own} indicator"
                )
            }
            Missing::Reweigh => {
                format!(
                    "{scores} {be} left open, the customer's other indicators carrying the weight"
                )
            }
            Missing::Refuse | Missing::LeaveOut => {
                format!("{scores} {be} dealt with by the rule “{rule}”")
            }
        });
    }
    if !left_out.is_empty() {
        let be = if left_out.len() == 1 { "was" } else { "were" };
        parts.push(format!(
            "{} {be} left out for missing scores",
            count(left_out.len(), "customer")
        ));
    }
    say(parts.join("; "))
}

fn clusters(found: &Evaluation) -> Vec<Sentence> {
    let clusters = &found.clusters;
    let name = |code: &String| name_of(code, &found.model);
    let variables: Vec<String> = clusters.variables.iter().map(name).collect();
    let mut all = clustering(clusters, "customers", &list(&variables));
    let rule = match found.naming.rule {
        ClassRule::Quadrant => "by where their centres lie in the quadrants of the value matrix",
        ClassRule::Ranked => "by the rank of their mean value",
    };
    all.push(say(format!("The clusters were named {rule}")));
    all
}

/// What a part of the hierarchy is called in the middle of a sentence.
fn name_of(code: &str, model: &Model) -> String {
    let hierarchy = &model.hierarchy;
    let name = hierarchy.position(code).map(|at| hierarchy.nodes()[at].name.to_lowercase());
    name.unwrap_or_else(|| code.to_string())
}

/// How cases were clustered, and how that ended.
pub(super) fn clustering(clusters: &Clusters, cases: &str, variables: &str) -> Vec<Sentence> {
    let units = match clusters.standardise {
        Standardise::None => "in their own units".to_string(),
        Standardise::Z => "standardised to mean 0 and standard deviation 1".to_string(),
        Standardise::MinMax => "brought to the range from 0 to 1".to_string(),
    };
    let into = format!("into {} on {variables}, {units}", count(clusters.k, "cluster"));
    if clusters.start == Start::Saved {
        return vec![say(format!(
            "The {cases} were assigned {into}, each to the nearest centre of an earlier result"
        ))];
    }
    let (start, work) = match &clusters.start {
        Start::Spss => (
            "from the distant cases of SPSS QUICK CLUSTER's one-pass rule",
            Some(Work::QuickCluster),
        ),
        Start::First => ("from the first complete cases", Some(Work::QuickCluster)),
        Start::Cases(_) => ("from named cases", None),
        Start::KmeansPlusPlus => ("from seeded starts by k-means++", Some(Work::Arthur)),
        Start::Saved => ("", None),
    };
    let step = match clusters.update {
        Update::Batch => Work::Lloyd,
        _ => Work::Macqueen,
    };
    let works: Vec<Work> = std::iter::once(step).chain(work).collect();
    let mut all = vec![
        cite(format!("The {cases} were divided by k-means {into}, {start}"), &works),
        say(format!(
            "There were {} of at most {}",
            count(clusters.iterations, "iteration"),
            clusters.max_iterations
        )),
        say(clusters.stopped_because.trim_end_matches('.')),
    ];
    if clusters.restarts > 0 {
        let seeded = format!(
            "Of {} with seed {}",
            count(clusters.restarts, "other seeded start"),
            clusters.seed
        );
        all.push(say(match &clusters.better {
            None => format!("{seeded} none found a smaller sum of squares"),
            Some(_) => format!("{seeded} the best found a smaller sum of squares, which is reported beside the result"),
        }));
    }
    if let Some(silhouette) = clusters.silhouette {
        all.push(cite(
            format!("The mean silhouette is {}", number(silhouette, 3)),
            &[Work::Rousseeuw],
        ));
    }
    all
}

fn tests(anova: &[Anova], model: &Model) -> Vec<Sentence> {
    let mut all = variance(anova, |variable| name_of(variable, model));
    if anova.iter().any(|one| one.origin == Origin::Clusters) {
        all.push(say(
            "Since the clusters were made of these same data, the tests describe and do not test",
        ));
    }
    all
}

/// What the analyses of variance gave.
pub(super) fn variance(anova: &[Anova], name: impl Fn(&str) -> String) -> Vec<Sentence> {
    let f = |f: Option<f64>, df1: String, df2: String, p: Option<f64>| {
        Some(format!("F({df1}, {df2}) = {}, {}", number(f?, 2), probability(p?)))
    };
    let own: Vec<String> = anova
        .iter()
        .filter_map(|one| {
            let found = f(one.f, one.between.df.to_string(), one.within.df.to_string(), one.p)?;
            let eta = one.eta_squared.map(|eta| format!(", η² = {}", number(eta, 3)));
            Some(format!("{found}{} for {}", eta.unwrap_or_default(), name(&one.variable)))
        })
        .collect();
    let welch: Vec<String> = anova
        .iter()
        .filter_map(|one| {
            let welch = &one.welch;
            let found = f(welch.f, welch.df1.to_string(), number(welch.df2?, 1), welch.p)?;
            Some(format!("{found} for {}", name(&one.variable)))
        })
        .collect();
    let mut all = Vec::new();
    if !own.is_empty() {
        all.push(cite(
            format!("A one-way analysis of variance between the clusters gives {}", own.join("; ")),
            &[Work::Fisher],
        ));
    }
    if !welch.is_empty() {
        all.push(cite(
            format!(
                "By Welch's test, which does not trust in equal variances, it is {}",
                welch.join("; ")
            ),
            &[Work::Welch],
        ));
    }
    all
}

fn firmness(found: &Evaluation) -> Vec<Sentence> {
    let basis = &found.firmness_basis;
    if basis.draws == 0 {
        return Vec::new();
    }
    let firm: Vec<f64> = found.firmness.iter().map(|one| one.probability()).collect();
    let mean = firm.iter().sum::<f64>() / firm.len().max(1) as f64;
    vec![
        say(format!(
            "To see how firm the classes are, there were {} with seed {}: each of {} and of {} went a step up and \
             a step down with the probability {} each, and the customers were classed anew",
            count(basis.draws, "draw"),
            basis.seed,
            count(basis.comparisons, "comparison"),
            count(basis.scores, "score"),
            basis.step_probability
        )),
        say(format!(
            "A customer keeps its class in {} % of the draws in the mean",
            number(100.0 * mean, 1)
        )),
    ]
}

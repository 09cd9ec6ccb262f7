//! What the page of an analysis of sales shows, in the form in which its program reads it. Every number is
//! one of the result.

use super::Language;
use super::ledger::Told;
use super::warned::Warned;
use crate::anova::Anova;
use crate::rfm::{
    Analysis, Band, Concentration, Direction, Distribution, Grid, Level, Profile, SegmentSum,
    Tables,
};
use crate::transactions::{Columns, Day, Metric, Returns, SourceFile};
use serde::Serialize;
use std::collections::BTreeMap;

/// Of more customers than these the page lists those with the most money; a browser would be slow with
/// more.
const MOST_CUSTOMERS: usize = 100_000;

/// For each metric of which anything is known the customers' figures.
pub(super) type Figures = BTreeMap<&'static str, Vec<Option<f64>>>;

#[derive(Serialize)]
pub(super) struct Data<'a> {
    language: Language,
    title: &'a str,
    reference: &'a str,
    made_by: &'a str,
    command: Option<&'a str>,
    model: &'a str,
    as_of: Day,
    as_of_by_default: bool,
    first: Day,
    last: Day,
    returns: Returns,
    scored: usize,
    all_customers: usize,
    letters: Vec<Letter<'a>>,
    map: Option<&'a str>,
    segments: &'a [SegmentSum],
    grid: Option<&'a Grid>,
    concentration: &'a Concentration,
    overall: &'a [Band],
    tables: &'a Tables,
    clusters: Option<Clusters<'a>>,
    customers: Customers<'a>,
    metrics: Vec<Defined>,
    columns: &'a Columns,
    files: &'a [SourceFile],
    ledger: Told<'a>,
    notes: Vec<&'a str>,
    warnings: Vec<Warned<'a>>,
}

#[derive(Serialize)]
struct Letter<'a> {
    letter: &'a str,
    name: &'a str,
    meaning: &'a str,
    metric: &'static str,
    less_is_better: bool,
    method: &'static str,
    weight: f64,
    edges: &'a [f64],
    levels: &'a [Level],
    distribution: Option<&'a Distribution>,
}

/// Customers stand in columns, in the order of the result.
#[derive(Serialize)]
struct Customers<'a> {
    name: Vec<&'a str>,
    code: Vec<Option<String>>,
    weighted: Vec<Option<f64>>,
    /// The place of the segment that the customer counts in.
    segment: Vec<Option<usize>>,
    tier: Vec<usize>,
    last: Vec<Option<Day>>,
    first: Vec<Option<Day>>,
}

#[derive(Serialize)]
struct Clusters<'a> {
    names: Vec<&'a str>,
    profiles: &'a [Profile],
    anova: &'a [Anova],
}

#[derive(Serialize)]
struct Defined {
    name: &'static str,
    title: &'static str,
    definition: &'static str,
}

impl<'a> Data<'a> {
    pub fn of(analysis: &'a Analysis, language: Language) -> (Data<'a>, Figures) {
        let shown = shown(analysis);
        let data = Data {
            language,
            title: &analysis.model.title,
            reference: &analysis.model.reference,
            made_by: &analysis.made_by,
            command: analysis.command.as_deref(),
            model: &analysis.model.name,
            as_of: analysis.as_of,
            as_of_by_default: analysis.as_of_by_default,
            first: analysis.first.day(),
            last: analysis.last.day(),
            returns: analysis.returns,
            scored: analysis.scored,
            all_customers: analysis.customers,
            letters: letters(analysis),
            map: analysis.map.as_deref(),
            segments: &analysis.segments,
            grid: analysis.tables.grid.as_ref(),
            concentration: &analysis.concentration,
            overall: &analysis.overall,
            tables: &analysis.tables,
            clusters: analysis.clusters.as_ref().map(|found| Clusters {
                names: analysis.model.dimensions.iter().map(|of| of.name.as_str()).collect(),
                profiles: &found.profiles,
                anova: &found.anova,
            }),
            customers: customers(analysis, &shown),
            metrics: Metric::ALL
                .into_iter()
                .map(|metric| Defined {
                    name: metric.name(),
                    title: metric.title(),
                    definition: metric.definition(),
                })
                .collect(),
            columns: &analysis.columns,
            files: &analysis.files,
            ledger: Told::from(&analysis.ledger),
            notes: [&analysis.overall_notes, &analysis.concentration.notes]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect(),
            warnings: analysis.warnings.iter().map(Warned::from).collect(),
        };
        (data, figures(analysis, &shown))
    }
}

/// The places of the customers that the page lists, in the order of the result.
fn shown(analysis: &Analysis) -> Vec<usize> {
    let mut all: Vec<usize> = (0..analysis.metrics.len()).collect();
    if all.len() > MOST_CUSTOMERS {
        let money = |at: &usize| analysis.metrics.money(*at);
        all.sort_by(|a, b| money(b).total_cmp(&money(a)));
        all.truncate(MOST_CUSTOMERS);
        all.sort_unstable();
    }
    all
}

fn letters(analysis: &Analysis) -> Vec<Letter<'_>> {
    let of = |dimension: &'_ crate::rfm::Dimension| dimension.letter.to_lowercase();
    let dimensions = analysis.model.dimensions.iter();
    dimensions
        .map(|dimension| Letter {
            letter: &dimension.letter,
            name: &dimension.name,
            meaning: &dimension.meaning,
            metric: dimension.metric.name(),
            less_is_better: dimension.direction == Direction::LessIsBetter,
            method: dimension.method.words(),
            weight: dimension.weight,
            edges: analysis.edges.get(&of(dimension)).map_or(&[], Vec::as_slice),
            levels: analysis.levels.get(&of(dimension)).map_or(&[], Vec::as_slice),
            distribution: analysis
                .tables
                .distributions
                .iter()
                .find(|one| one.letter == dimension.letter),
        })
        .collect()
}

fn customers<'a>(analysis: &'a Analysis, shown: &[usize]) -> Customers<'a> {
    let places: BTreeMap<&str, usize> = analysis
        .segments
        .iter()
        .enumerate()
        .map(|(place, sum)| (sum.segment.as_str(), place))
        .collect();
    let tiers: BTreeMap<&str, usize> = analysis
        .tables
        .tiers
        .iter()
        .enumerate()
        .map(|(place, tier)| (tier.tier.as_str(), place))
        .collect();
    let mut all = Customers {
        name: shown.iter().map(|at| analysis.metrics.id(*at)).collect(),
        code: Vec::new(),
        weighted: Vec::new(),
        segment: Vec::new(),
        tier: Vec::new(),
        first: Vec::new(),
        last: Vec::new(),
    };
    for &at in shown {
        let score = analysis.scores.get(at);
        let segment = score.segment.as_deref();
        all.code.push(score.code);
        all.weighted.push(score.weighted);
        all.segment.push(segment.and_then(|segment| places.get(segment).copied()));
        all.tier.push(tiers.get(score.tier.as_str()).copied().unwrap_or_default());
        let (first, last) = analysis.metrics.seen(at).unzip();
        all.first.push(first);
        all.last.push(last);
    }
    all
}

fn figures(analysis: &Analysis, shown: &[usize]) -> Figures {
    let of = |metric: Metric| -> Vec<Option<f64>> {
        shown.iter().map(|at| analysis.metrics.figure(*at, metric)).collect()
    };
    Metric::ALL
        .into_iter()
        .map(|metric| (metric.name(), of(metric)))
        .filter(|(_, figures)| figures.iter().any(Option::is_some))
        .collect()
}

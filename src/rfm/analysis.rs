//! The whole analysis: from sales to scores, segments, tiers, lists and tables.

use super::lists::{Lists, Rules};
use super::{
    Clustering, Concentration, Distribution, Grid, Overall, RfmClusters, RfmModel, Scored, Scores,
    SegmentMap, Tier, concentration, overall, score, tiers, weighted,
};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::{count, list};
use crate::transactions::{
    Cohort, Columns, Country, Customers, Day, Hour, Ledger, Level, Metric, Moment, Month, Product,
    Returns, Sales, SourceFile, cohorts, countries, hours, months, products,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an analysis goes by.
#[derive(Clone, Debug)]
pub struct Options {
    /// The figures and how they are scored.
    pub model: RfmModel,
    /// The segment map; `None` for no segments.
    pub map: Option<SegmentMap>,
    /// The tiers by money, with the shares of customers down to which they go.
    pub tiers: Vec<(String, f64)>,
    /// What the lists go by.
    pub lists: Rules,
    /// k-means on all figures together, if it is asked for.
    pub clustering: Option<Clustering>,
}

/// A segment, summed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentSum {
    /// Its name.
    pub segment: String,
    /// Its place in the map, from 1: of several that fit a customer, the first counts.
    pub place: usize,
    /// How many customers are in it.
    pub customers: usize,
    /// Their share of all customers who bought.
    pub share: f64,
    /// Their money.
    pub money: f64,
    /// Its share of all money of customers who bought.
    pub money_share: f64,
    /// Days since the last purchase, in the mean.
    pub mean_recency_days: Option<f64>,
    /// Orders, in the mean.
    pub mean_frequency: Option<f64>,
    /// Money, in the mean.
    pub mean_monetary: Option<f64>,
    /// What its customers are like.
    pub description: String,
    /// What to do about them.
    pub action: String,
}

/// The tables of an analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tables {
    /// Sales by month.
    pub months: Vec<Month>,
    /// Sales by weekday and hour.
    pub hours: Vec<Hour>,
    /// Sales by country.
    pub countries: Vec<Country>,
    /// Products by money.
    pub products: Vec<Product>,
    /// Products by quantity.
    pub products_by_quantity: Vec<Product>,
    /// Cohorts by month of the first order.
    pub cohorts: Vec<Cohort>,
    /// Tiers by money.
    pub tiers: Vec<Tier>,
    /// Customers by recency and frequency; `None` for a model of one letter.
    pub grid: Option<Grid>,
    /// How each figure of the model is spread over those who bought.
    pub distributions: Vec<Distribution>,
    /// The lists of customers to act on.
    #[serde(flatten)]
    pub lists: Lists,
}

/// An analysis of sales.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Analysis {
    /// The program and its version.
    pub made_by: String,
    /// The command that makes it anew where the files lie; `None` where a program called the library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// The files.
    pub files: Vec<SourceFile>,
    /// Where all rows and all money went.
    pub ledger: Ledger,
    /// The reference date.
    pub as_of: Day,
    /// Whether it is the last date of the data plus one day, by default.
    pub as_of_by_default: bool,
    /// The first row used.
    pub first: Moment,
    /// The last row used.
    pub last: Moment,
    /// What was done with returns.
    pub returns: Returns,
    /// Which column had which role.
    pub columns: Columns,
    /// How many customers there are.
    pub customers: usize,
    /// Of these, how many bought anything, and are scored.
    pub scored: usize,
    /// What was scored, and how.
    pub model: RfmModel,
    /// The segment map.
    pub map: Option<String>,
    /// The figures of each customer.
    pub metrics: Customers,
    /// The scores of each customer.
    pub scores: Scores,
    /// The values between the levels, by letter.
    pub edges: BTreeMap<String, Vec<f64>>,
    /// Each letter's levels: how many customers, mean, quartiles.
    pub levels: BTreeMap<String, Vec<super::Level>>,
    /// The segments.
    pub segments: Vec<SegmentSum>,
    /// The overall scores.
    pub overall: Vec<super::Band>,
    /// Where customers of a higher overall score spend less, in sentences.
    pub overall_notes: Vec<String>,
    /// k-means on all figures together, if it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clusters: Option<RfmClusters>,
    /// How unevenly money is spread.
    pub concentration: Concentration,
    /// The tables.
    pub tables: Tables,
    /// Everything that has to be known.
    pub warnings: Vec<Diagnostic>,
}

/// What customers are like whom no segment of a map holds.
pub(crate) const FIT_NONE: &str = "Fit no segment of the map.";

/// Products and customers that a list shows.
const MOST_PRODUCTS: usize = 50;

/// Analyses sales, which are used up, since with many customers they take much room. Faults: a map that
/// does not fit the scores. Notes of scoring become warnings.
pub fn analyse(sales: Sales, options: &Options, log: &mut Diagnostics) -> Result<Analysis, Error> {
    let model = &options.model;
    let places = options.map.as_ref().map(|map| letters(map, model, log)).unwrap_or_default();
    log.refuse_if_faulty()?;
    sales.warn(log);
    // Where each row was a customer there are no sales to be told by time and place.
    let (calendar, hours, countries, cohorts) = match sales.level {
        Level::Customer => Default::default(),
        Level::Line => (
            months(&sales, options.lists.silence),
            hours(&sales),
            countries(&sales),
            cohorts(&sales),
        ),
    };
    let (by_money, by_quantity) = best_products(&sales);
    let customers = Customers::of(&sales);
    let account = sales.into_account();
    let bought: Vec<usize> = (0..customers.len()).filter(|at| customers.bought(*at)).collect();
    if bought.len() < customers.len() {
        let rest = customers.len() - bought.len();
        let message =
            format!("{} never bought, and only returned: not scored", count(rest, "customer"));
        log.push(Diagnostic::warning(Code::CustomersUnscored, message));
    }
    let values: Vec<Vec<Option<f64>>> = model
        .dimensions
        .iter()
        .map(|dimension| {
            let of = |at: usize| {
                customers.bought(at).then(|| customers.figure(at, dimension.metric)).flatten()
            };
            (0..customers.len()).map(of).collect()
        })
        .collect();
    let scored: Vec<Scored> = model
        .dimensions
        .iter()
        .zip(&values)
        .map(|(of, values)| score(&of.name, values, of.levels, &of.method, of.direction))
        .collect();
    for note in scored.iter().flat_map(|scored| &scored.notes) {
        log.push(Diagnostic::warning(Code::ScoresCollapse, note.clone()));
    }
    let weights: Vec<f64> = model.dimensions.iter().map(|dimension| dimension.weight).collect();
    let all: Vec<&[Option<u32>]> = scored.iter().map(|scored| scored.scores.as_slice()).collect();
    let weighted = weighted(&all, &weights);
    let money_at = model
        .dimensions
        .iter()
        .position(|dimension| dimension.metric == Metric::Monetary)
        .unwrap_or(scored.len() - 1);
    let slices: Vec<&[Option<f64>]> = values.iter().map(Vec::as_slice).collect();
    let Overall { scores: sums, bands, notes: overall_notes } =
        overall(&scored.iter().collect::<Vec<_>>(), &slices, money_at);
    let money: Vec<f64> = (0..customers.len()).map(|at| customers.money(at)).collect();
    let (tier_of, tiers) = tiers(&money, &options.tiers);
    let map = options.map.as_ref();
    let fits = |customer: usize| -> u64 {
        let scores: Option<Vec<u32>> = places.iter().map(|place| all[*place][customer]).collect();
        scores.zip(map).map_or(0, |(scores, map)| map.fits(&scores))
    };
    let level = |score: &Option<u32>| score.unwrap_or(0) as u8;
    let scores = Scores {
        letters: model.dimensions.iter().map(|dimension| dimension.letter.clone()).collect(),
        most: scored.iter().map(|scored| scored.best).max().unwrap_or(5),
        levels: all.iter().map(|scores| scores.iter().map(level).collect()).collect(),
        weighted,
        overall: sums,
        segments: map.map(SegmentMap::names).unwrap_or_default(),
        fits: (0..customers.len()).map(fits).collect(),
        tiers: options.tiers.iter().map(|(name, _)| name.clone()).collect(),
        tier: tier_of.iter().map(|tier| *tier as u8).collect(),
        ids: customers.ids(),
    };
    let segments = map.map(|map| summed(map, &customers, &scores, &bought)).unwrap_or_default();
    let by_letter = |of: &dyn Fn(&Scored) -> Vec<f64>| {
        let letters = model.dimensions.iter().map(|dimension| dimension.letter.to_lowercase());
        letters.zip(&scored).map(|(letter, scored)| (letter, of(scored))).collect()
    };
    let edges = by_letter(&|scored| scored.edges.clone());
    let levels = model
        .dimensions
        .iter()
        .zip(&scored)
        .map(|(dimension, scored)| (dimension.letter.to_lowercase(), scored.levels.clone()))
        .collect();
    let clusters = match options.clustering {
        Some(clustering) => Some(super::clusters::clustered(clustering, model, &customers, log)?),
        None => None,
    };
    let lists = Lists::of(&options.lists, model, &customers, &scores, &tiers, &options.tiers);
    Ok(Analysis {
        command: None,
        made_by: format!("custval {}", env!("CARGO_PKG_VERSION")),
        files: account.files,
        ledger: account.ledger,
        as_of: account.as_of,
        as_of_by_default: account.as_of_by_default,
        first: account.first,
        last: account.last,
        returns: account.returns,
        columns: account.columns,
        customers: customers.len(),
        scored: bought.len(),
        model: model.clone(),
        map: options.map.as_ref().map(|map| map.name.clone()),
        edges,
        levels,
        segments,
        overall: bands,
        overall_notes,
        clusters,
        concentration: concentration(&money),
        tables: Tables {
            months: calendar,
            hours,
            countries,
            products: by_money,
            products_by_quantity: by_quantity,
            cohorts,
            tiers,
            grid: Grid::of(model, &customers, &scores),
            distributions: model
                .dimensions
                .iter()
                .zip(&values)
                .filter_map(|(of, values)| {
                    Distribution::of(&of.letter, values.iter().copied().flatten())
                })
                .collect(),
            lists,
        },
        metrics: customers,
        scores,
        warnings: log.warnings(),
    })
}

/// The places of a map's letters among the dimensions; faults where they are not there, or have other
/// levels.
fn letters(map: &SegmentMap, model: &RfmModel, log: &mut Diagnostics) -> Vec<usize> {
    let mut places = Vec::new();
    for letter in &map.letters {
        let found = model.dimensions.iter().position(|dimension| &dimension.letter == letter);
        let Some(at) = found else {
            let have: Vec<&str> = model.dimensions.iter().map(|d| d.letter.as_str()).collect();
            let message = format!(
                "the map {} goes by {letter}, and the scores are {}",
                map.name,
                list(&have)
            );
            let hint = "choose another --map, or `--map none`";
            log.push(
                Diagnostic::error(Code::SegmentMapMisfit, message)
                    .at(Place::option("--map"))
                    .hint(hint),
            );
            continue;
        };
        let levels = match &model.dimensions[at].method {
            super::Method::Cuts(cuts) => cuts.len() as u32 + 1,
            super::Method::Mean => 2,
            _ => model.dimensions[at].levels,
        };
        if levels != map.levels {
            let message = format!(
                "the map {} goes by scores from 1 to {}, and {letter} has {levels}",
                map.name, map.levels
            );
            let hint = format!("give --bins {}, or another --map, or `--map none`", map.levels);
            log.push(
                Diagnostic::error(Code::SegmentMapMisfit, message)
                    .at(Place::option("--map"))
                    .hint(hint),
            );
        }
        places.push(at);
    }
    places
}

/// The best products by money and by quantity.
fn best_products(sales: &Sales) -> (Vec<Product>, Vec<Product>) {
    let mut by_money = products(sales);
    let mut by_quantity = by_money.clone();
    by_quantity.sort_by(|a, b| b.quantity.total_cmp(&a.quantity));
    by_money.truncate(MOST_PRODUCTS);
    by_quantity.truncate(MOST_PRODUCTS);
    (by_money, by_quantity)
}

/// What is odd about the sales.
fn summed(
    map: &SegmentMap,
    customers: &Customers,
    scores: &Scores,
    bought: &[usize],
) -> Vec<SegmentSum> {
    let total: f64 = bought.iter().map(|at| customers.money(*at)).sum();
    let mut sums: Vec<SegmentSum> = map
        .segments
        .iter()
        .map(|segment| (&segment.name, segment.description.as_str(), segment.action.as_str()))
        .chain(map.otherwise.iter().map(|name| (name, FIT_NONE, "")))
        .enumerate()
        .map(|(place, (name, description, action))| {
            let members: Vec<usize> =
                bought.iter().copied().filter(|at| scores.is_in(*at, place)).collect();
            let n = members.len() as f64;
            let mean = |metric: Metric| {
                let figure = |at: &usize| customers.figure(*at, metric).unwrap_or_default();
                (!members.is_empty()).then(|| members.iter().map(figure).sum::<f64>() / n)
            };
            let money: f64 = members.iter().map(|at| customers.money(*at)).sum();
            SegmentSum {
                segment: name.clone(),
                place: place + 1,
                customers: members.len(),
                share: if bought.is_empty() { 0.0 } else { n / bought.len() as f64 },
                money,
                money_share: if total == 0.0 { 0.0 } else { money / total },
                mean_recency_days: mean(Metric::RecencyDays),
                mean_frequency: mean(Metric::Orders),
                mean_monetary: mean(Metric::Monetary),
                description: description.to_string(),
                action: action.to_string(),
            }
        })
        .collect();
    // Equal segments stay in the order of the map.
    sums.sort_by(|a, b| b.money.total_cmp(&a.money));
    sums
}

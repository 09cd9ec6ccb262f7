//! What an analysis of sales did, sentence by sentence.

use super::evaluation::{clustering, number, variance};
use super::works::Work;
use super::{Sentence, cite, say, software};
use crate::rfm::{Analysis, Dimension, Direction, Method, Transform};
use crate::text::{count, list};
use crate::transactions::Returns;

pub(super) fn paragraphs(found: &Analysis) -> Vec<Vec<Sentence>> {
    vec![data(found), scores(found), clusters(found), vec![software(&found.made_by)]]
}

fn data(found: &Analysis) -> Vec<Sentence> {
    let ledger = &found.ledger;
    let mut all = vec![say(format!(
        "Of {} of sales {} were used",
        count(ledger.rows_in as usize, "row"),
        number(ledger.rows_used as f64, 0)
    ))];
    let aside: Vec<String> = ledger
        .set_aside
        .iter()
        .map(|aside| format!("{} ({})", number(aside.rows as f64, 0), aside.reason.words()))
        .collect();
    if !aside.is_empty() {
        all.push(say(format!("Set aside were {}", list(&aside))));
    }
    let by_default = if found.as_of_by_default { ", the day after the last row" } else { "" };
    all.push(say(format!(
        "The rows used run from {} to {}; recency counts to the reference date {}{by_default}",
        found.first.day(),
        found.last.day(),
        found.as_of
    )));
    all.push(say(match found.returns {
        Returns::Net => "Returns lower the money of their customer and are no purchases",
        Returns::Drop => "Returns were set aside",
        Returns::Separate => "Returns were kept apart: money is that of the purchases",
    }));
    all.push(say(format!(
        "There are {}, of whom {} bought and were scored",
        count(found.customers, "customer"),
        number(found.scored as f64, 0)
    )));
    all
}

fn scores(found: &Analysis) -> Vec<Sentence> {
    let model = &found.model;
    let mut all: Vec<Sentence> = model
        .dimensions
        .iter()
        .map(|dimension| {
            let levels = found.levels.get(&dimension.letter.to_lowercase()).map_or(0, Vec::len);
            scored(dimension, levels)
        })
        .collect();
    let total: f64 = model.dimensions.iter().map(|of| of.weight).sum();
    let weights = model
        .dimensions
        .iter()
        .map(|of| format!("{} for {}", number(of.weight / total, 3), of.letter));
    let from = model.weights_from.as_ref().map(|from| format!(", by {from}")).unwrap_or_default();
    all.push(say(format!(
        "The weighted score has the weights {}{from}",
        list(&weights.collect::<Vec<_>>())
    )));
    if let Some(map) = &found.map {
        let segments = count(found.segments.len(), "segment");
        all.push(say(format!("The scores were mapped to {segments} by the map “{map}”")));
    }
    let tiers: Vec<&str> = found.tables.tiers.iter().map(|tier| tier.tier.as_str()).collect();
    if !tiers.is_empty() {
        all.push(say(format!("By money the customers stand in the tiers {}", list(&tiers))));
    }
    all
}

fn scored(dimension: &Dimension, levels: usize) -> Sentence {
    let good = match dimension.direction {
        Direction::MoreIsBetter => "more being better",
        Direction::LessIsBetter => "less being better",
    };
    let of = |how: &str| {
        format!(
            "{} ({}, {}) was scored from 1 to {levels} {how}, {good}",
            dimension.name,
            dimension.letter,
            dimension.metric.title().to_lowercase()
        )
    };
    match &dimension.method {
        Method::Quantile => cite(of("by quantiles of the values (type 7)"), &[Work::Hyndman]),
        Method::Rank => cite(of("by quantiles of the ranks (type 7)"), &[Work::Hyndman]),
        Method::QuantilePlusOne => say(of("by the quantile rule of the R package rfm")),
        Method::Cuts(cuts) => {
            let cuts: Vec<String> = cuts.iter().map(f64::to_string).collect();
            say(of(&format!("by the cut points {}", list(&cuts))))
        }
        Method::Mean => say(of("by the mean")),
        Method::Kmeans => cite(of("by exact one-dimensional k-means"), &[Work::WangSong]),
        Method::Lloyd(_) => cite(of("by Lloyd's k-means of one figure"), &[Work::Lloyd]),
    }
}

fn clusters(found: &Analysis) -> Vec<Sentence> {
    let Some(of) = &found.clusters else { return Vec::new() };
    let names: Vec<String> =
        found.model.dimensions.iter().map(|of| of.name.to_lowercase()).collect();
    let mut all = match of.clustering.transform {
        Transform::None => Vec::new(),
        Transform::Log => vec![say("The figures were replaced by their natural logarithms")],
        Transform::BoxCox => vec![cite(
            "The figures were transformed by the power of the greatest likelihood",
            &[Work::BoxCox],
        )],
    };
    all.extend(clustering(&of.clusters, "customers with every figure", &list(&names)));
    all.extend(variance(&of.anova, str::to_lowercase));
    all
}

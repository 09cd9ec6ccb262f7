//! The options of scoring.

use super::super::options::word;
use super::weights::weigh;
use super::{Args, fault};
use custval::cluster::Standardise;
use custval::diagnostic::Diagnostics;
use custval::rfm::{Clustering, Method, Options, RfmModel, Rules, SegmentMap, Transform, method};
use custval::text::list;

/// How the figures are scored.
pub(super) fn scoring(args: &Args, log: &mut Diagnostics) -> Option<Options> {
    let mut model = RfmModel::open(args.model.as_deref().unwrap_or("rfm"), log)?;
    if let Some(bins) = args.bins {
        if !(2..=20).contains(&bins) {
            log.push(fault("--bins", format!("{bins} levels"), "from 2 to 20"));
        }
        model.dimensions.iter_mut().for_each(|dimension| dimension.levels = bins.clamp(2, 20));
    }
    match args.method.as_deref() {
        None => {}
        Some("cuts") if !args.cuts.is_empty() => {}
        Some("cuts") => {
            log.push(fault(
                "--method",
                "no cut points are given",
                "--cuts R=30,90,180 for each letter",
            ));
        }
        Some(name) => match method(name) {
            Some(method) => {
                let all = model.dimensions.iter_mut();
                all.for_each(|dimension| dimension.method = method.clone());
            }
            None => {
                let hint = "quantile, rank, cuts, kmeans, mean, lloyd or quantile-plus-one";
                log.push(fault("--method", format!("there is no method `{name}`"), hint));
            }
        },
    }
    for cuts in &args.cuts {
        own_cuts(cuts, &mut model, log);
    }
    if let Some(written) = &args.weights {
        weigh(written, &mut model, log);
    }
    let map = map(args, &model, log);
    let tiers = tiers(args.tiers.as_deref().unwrap_or("S=0.05,A=0.2,B=0.5,C=1"), log);
    let default = Rules::default();
    let share = |given: Option<f64>, option: &str, default: f64, log: &mut Diagnostics| {
        let given = given.unwrap_or(default);
        if !(0.0..=1.0).contains(&given) {
            log.push(fault(option, format!("a share of {given}"), "from 0 to 1"));
        }
        given
    };
    let lists = Rules {
        most: args.list.unwrap_or(default.most),
        silence: args.silence.unwrap_or(default.silence),
        upgrade_share: share(args.upgrade_share, "--upgrade-share", default.upgrade_share, log),
        upgrade_rate: share(args.upgrade_rate, "--upgrade-rate", default.upgrade_rate, log),
    };
    Some(Options { model, map, tiers, lists, clustering: clustering(args, log) })
}

/// How the customers are clustered, if they are.
fn clustering(args: &Args, log: &mut Diagnostics) -> Option<Clustering> {
    let transform = match args.transform.as_deref() {
        None | Some("log") => Transform::Log,
        Some("box-cox") => Transform::BoxCox,
        Some("none") => Transform::None,
        Some(other) => {
            let hint = "log, box-cox or none";
            log.push(fault("--transform", format!("there is no transform `{other}`"), hint));
            Transform::None
        }
    };
    let standardise = word(&args.standardise, "--standardise", log).unwrap_or(Standardise::Z);
    let k = args.clusters?;
    if !(2..=100).contains(&k) {
        log.push(fault("--clusters", format!("{k} clusters"), "from 2 to 100"));
    }
    Some(Clustering { k, transform, standardise, seed: args.seed.unwrap_or(0) })
}

/// `R=30,90,180` as cut points of one letter.
fn own_cuts(written: &str, model: &mut RfmModel, log: &mut Diagnostics) {
    let (letter, numbers) = written.split_once('=').unwrap_or((written, ""));
    let cuts: Option<Vec<f64>> = numbers
        .split(',')
        .map(|cut| cut.trim().parse::<f64>().ok().filter(|cut| cut.is_finite()))
        .collect();
    let letters: Vec<String> = model.dimensions.iter().map(|d| d.letter.clone()).collect();
    let found = model.dimensions.iter_mut().find(|d| d.letter.eq_ignore_ascii_case(letter.trim()));
    match (found, cuts) {
        (Some(dimension), Some(cuts))
            if cuts.len() < 20 && cuts.windows(2).all(|pair| pair[0] < pair[1]) =>
        {
            dimension.levels = cuts.len() as u32 + 1;
            dimension.method = Method::Cuts(cuts);
        }
        _ => {
            let hint =
                format!("one of {} with ascending numbers, such as R=30,90,180", list(&letters));
            log.push(fault("--cuts", format!("`{written}` gives no cut points"), hint));
        }
    }
}

/// The map asked for, or the one that fits: the model's own for five levels, the eight groups for two.
fn map(args: &Args, model: &RfmModel, log: &mut Diagnostics) -> Option<SegmentMap> {
    match args.map.as_deref() {
        Some("none") => None,
        Some(name) => SegmentMap::open(name, log),
        None => {
            let is_mean = model.dimensions.iter().all(|d| d.method == Method::Mean);
            let name = if is_mean { "eight-groups" } else { model.map.as_deref()? };
            let map = SegmentMap::open(name, log)?;
            // By default a map is taken only where it fits.
            let fits = map.letters.iter().all(|letter| {
                let own = model.dimensions.iter().find(|d| &d.letter == letter);
                own.is_some_and(|own| is_mean || own.levels == map.levels)
            });
            fits.then_some(map)
        }
    }
}

/// `S=0.05,A=0.2,B=0.5,C=1` as tiers.
fn tiers(written: &str, log: &mut Diagnostics) -> Vec<(String, f64)> {
    let tiers: Option<Vec<(String, f64)>> = written
        .split(',')
        .map(|tier| {
            let (name, share) = tier.split_once('=')?;
            Some((name.trim().to_string(), share.trim().parse().ok()?))
        })
        .collect();
    let tiers = tiers.unwrap_or_default();
    let ascends = tiers.windows(2).all(|pair| pair[0].1 < pair[1].1);
    let ends = tiers.last().is_some_and(|(_, share)| *share == 1.0);
    let is_double = |at: usize| tiers[..at].iter().any(|(name, _)| *name == tiers[at].0);
    let doubles = (0..tiers.len()).any(is_double);
    if !ascends || !ends || doubles || tiers.iter().any(|(_, share)| *share <= 0.0) {
        let hint = "shares of customers from the best down, ascending to 1: S=0.05,A=0.2,B=0.5,C=1";
        log.push(fault("--tiers", format!("`{written}` gives no tiers"), hint));
    }
    tiers
}

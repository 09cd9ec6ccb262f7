//! Weights of the figures: as numbers, or from experts' comparisons by AHP.

use super::fault;
use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::evaluation::weigh_files;
use custval::model::WeightRules;
use custval::rfm::{Dimension, RfmModel};
use custval::text::{count, fold, list};

/// Gives the model the weights that `--weights` names: numbers, or a file with comparisons.
pub(super) fn weigh(written: &str, model: &mut RfmModel, log: &mut Diagnostics) {
    let numbers: Option<Vec<f64>> =
        written.split(',').map(|number| number.trim().parse().ok()).collect();
    match numbers {
        Some(weights) => by_numbers(&weights, model, log),
        None => by_experts(written, model, log),
    }
}

fn by_numbers(weights: &[f64], model: &mut RfmModel, log: &mut Diagnostics) {
    let is_sound = weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0)
        && weights.iter().sum::<f64>() > 0.0;
    if weights.len() != model.dimensions.len() || !is_sound {
        let message = format!("{} weights for {} figures", weights.len(), model.dimensions.len());
        let hint = "one weight for each letter, none below 0, such as 0.2,0.3,0.5; or a file with comparisons";
        log.push(fault("--weights", message, hint));
        return;
    }
    model.dimensions.iter_mut().zip(weights).for_each(|(of, weight)| of.weight = *weight);
    model.weights_from = Some("the numbers given".to_string());
}

fn by_experts(file: &str, model: &mut RfmModel, log: &mut Diagnostics) {
    let weighing = match weigh_files(None, WeightRules::default(), &[file.to_string()], log) {
        Ok(weighing) => weighing,
        Err(Error::Input(faults)) => return log.extend(faults),
        Err(Error::Failure(fault)) => return log.push(*fault),
    };
    let weights: Vec<(String, f64)> =
        weighing.weights.global_weights.iter().map(|(name, weight)| (fold(name), weight)).collect();
    let of = |dimension: &Dimension| {
        let names = [&dimension.letter, &dimension.name, &dimension.metric.name().to_string()];
        let names = names.map(|name| fold(name));
        weights.iter().find(|(name, _)| names.contains(name)).map(|(_, weight)| *weight)
    };
    let found: Option<Vec<f64>> = model.dimensions.iter().map(of).collect();
    let Some(found) = found.filter(|found| found.len() == weights.len()) else {
        let compared: Vec<&str> =
            weighing.weights.global_weights.iter().map(|(name, _)| name).collect();
        let letters: Vec<&str> = model.dimensions.iter().map(|of| of.letter.as_str()).collect();
        let message =
            format!("{file} compares {}, and the figures are {}", list(&compared), list(&letters));
        let hint = "compare the figures of the model, by their letters or names, each with each";
        log.push(fault("--weights", message, hint));
        return;
    };
    model.dimensions.iter_mut().zip(found).for_each(|(of, weight)| of.weight = weight);
    let ratio = weighing.weights.nodes.first().and_then(|node| node.cr);
    let ratio = ratio.map_or(String::new(), |cr| format!(", CR {cr:.3}"));
    let experts = count(weighing.experts.len(), "expert");
    model.weights_from = Some(format!("AHP of {file}, {experts}{ratio}"));
}

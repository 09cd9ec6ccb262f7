//! What each class is like: who, how much of the value, and on which indicators it stands out.

use super::naming::Naming;
use crate::cluster::Clusters;
use crate::indicator::Indicators;
use crate::model::Model;
use crate::named::Named;
use crate::value::Values;
use serde::{Deserialize, Serialize};

/// One class of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The class's code.
    pub class: String,
    /// The class's name.
    pub name: String,
    /// The clusters that make it up, from 1.
    pub clusters: Vec<usize>,
    /// Its customers, highest value first.
    pub customers: Vec<String>,
    /// How many there are.
    pub size: usize,
    /// Their share of all customers, 0 to 1.
    pub share_of_customers: f64,
    /// The sum of their values of the goal.
    pub value: f64,
    /// The share of that in the sum over all customers, 0 to 1.
    pub share_of_value: f64,
    /// The mean value at the goal and each part right below it.
    pub means: Named,
    /// The mean score on each indicator.
    pub indicators: Named,
    /// The mean score on each indicator less the mean over all customers.
    pub difference: Named,
    /// What it means to be in this class.
    pub reading: String,
    /// What to do with these customers.
    pub strategy: String,
}

/// Describes each class that has customers, in the model's order (or from the lowest, by rank).
pub fn profiles(
    naming: &Naming,
    clusters: &Clusters,
    values: &Values,
    indicators: &Indicators,
    model: &Model,
) -> Vec<Profile> {
    let codes = naming.classes(model);
    let labels = clusters.labels();
    let total: f64 = values.at(0).iter().sum();
    codes
        .into_iter()
        .filter_map(|(code, name)| {
            let of_class: Vec<usize> = naming
                .clusters
                .iter()
                .filter(|position| position.class == code)
                .map(|position| position.cluster)
                .collect();
            let mut members: Vec<usize> = (0..labels.len())
                .filter(|&at| labels[at].is_some_and(|cluster| of_class.contains(&cluster)))
                .collect();
            if members.is_empty() {
                return None;
            }
            members.sort_by_key(|&at| (values.ranks[at], at));
            let value: f64 = members.iter().map(|&at| values.parts[at][0]).sum();
            let class = model.classes.classes.iter().find(|class| class.code == code);
            Some(Profile {
                clusters: of_class,
                customers: members.iter().map(|&at| values.customers[at].clone()).collect(),
                size: members.len(),
                share_of_customers: members.len() as f64 / values.customers.len() as f64,
                value,
                share_of_value: value / total,
                means: part_means(&members, values, model),
                indicators: indicator_means(&members, indicators, model),
                difference: differences(&members, indicators, model),
                reading: class.map(|class| class.reading.clone()).unwrap_or_default(),
                strategy: class.map(|class| class.strategy.clone()).unwrap_or_default(),
                class: code,
                name,
            })
        })
        .collect()
}

fn part_means(members: &[usize], values: &Values, model: &Model) -> Named {
    let goal = model.hierarchy.goal();
    std::iter::once(0)
        .chain(goal.children.iter().copied())
        .map(|part| {
            let sum: f64 = members.iter().map(|&at| values.parts[at][part]).sum();
            (model.hierarchy.nodes()[part].code.clone(), sum / members.len() as f64)
        })
        .collect()
}

/// The mean over the customers who have a score; 0 customers cannot be, for gaps are settled.
fn mean_score(members: &[usize], indicators: &Indicators, at: usize) -> f64 {
    let known: Vec<f64> = members.iter().filter_map(|&who| indicators.scores[who][at]).collect();
    known.iter().sum::<f64>() / known.len().max(1) as f64
}

fn indicator_means(members: &[usize], indicators: &Indicators, model: &Model) -> Named {
    let mean = |at: usize| mean_score(members, indicators, at);
    model.indicators.iter().enumerate().map(|(at, i)| (i.code.clone(), mean(at))).collect()
}

fn differences(members: &[usize], indicators: &Indicators, model: &Model) -> Named {
    let all: Vec<usize> = (0..indicators.scores.len()).collect();
    let difference =
        |at: usize| mean_score(members, indicators, at) - mean_score(&all, indicators, at);
    model.indicators.iter().enumerate().map(|(at, i)| (i.code.clone(), difference(at))).collect()
}

//! k-means on all figures together.

use super::{RfmModel, Transform, Transformed, transformed};
use crate::Error;
use crate::anova::{Anova, one_way};
use crate::cluster::{Clusters, Options, Points, Standardise};
use crate::diagnostic::Diagnostics;
use crate::transactions::Customers;
use serde::{Deserialize, Serialize};

/// How the customers are clustered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clustering {
    /// How many clusters.
    pub k: usize,
    /// What is done to the figures first.
    pub transform: Transform,
    /// And then.
    pub standardise: Standardise,
    /// The seed of the starts.
    pub seed: u64,
}

/// A cluster in the figures' own units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Its number, from 1.
    pub cluster: usize,
    /// How many customers it has.
    pub customers: usize,
    /// The mean of each figure, untransformed.
    pub means: Vec<f64>,
    /// The customers' money.
    pub money: f64,
}

/// The clustering of the customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RfmClusters {
    /// How it was asked for.
    pub clustering: Clustering,
    /// How each figure was transformed.
    pub transforms: Vec<Transformed>,
    /// The clustering itself.
    pub clusters: Clusters,
    /// The customers clustered, in the order of its cases: those with every figure.
    pub customers: Vec<String>,
    /// What the clusters are like.
    pub profiles: Vec<Profile>,
    /// The analysis of variance of the transformed figures over the clusters.
    pub anova: Vec<Anova>,
}

/// Clusters the customers who have every figure of the model.
///
/// # Errors
/// Those of k-means: fewer different customers than clusters.
pub(super) fn clustered(
    clustering: Clustering,
    model: &RfmModel,
    customers: &Customers,
    log: &mut Diagnostics,
) -> Result<RfmClusters, Error> {
    let figures = |at: usize| -> Option<Vec<f64>> {
        let of = model.dimensions.iter().map(|dimension| customers.figure(at, dimension.metric));
        if customers.bought(at) { of.collect() } else { None }
    };
    let (members, rows): (Vec<usize>, Vec<Vec<f64>>) =
        (0..customers.len()).filter_map(|at| Some((at, figures(at)?))).unzip();
    let names: Vec<String> = model.dimensions.iter().map(|of| of.name.clone()).collect();
    let (transforms, columns): (Vec<Transformed>, Vec<Vec<f64>>) = (0..names.len())
        .map(|at| {
            let column: Vec<f64> = rows.iter().map(|row| row[at]).collect();
            transformed(&column, clustering.transform)
        })
        .unzip();
    let values = (0..rows.len()).flat_map(|row| columns.iter().map(move |of| of[row]));
    let points = Points::new(&names, values.collect())?;
    let options = Options {
        standardise: clustering.standardise,
        seed: clustering.seed,
        ..Options::new(clustering.k)
    };
    let clusters = options.check(&points)?.run(log)?;
    let labels: Vec<Option<usize>> =
        clusters.membership.iter().map(|member| member.cluster.map(|number| number - 1)).collect();
    let profiles = (0..clusters.k)
        .map(|cluster| {
            let of = || (0..rows.len()).filter(|row| labels[*row] == Some(cluster));
            let count = of().count();
            let mean = |at: usize| of().map(|row| rows[row][at]).sum::<f64>() / count as f64;
            Profile {
                cluster: cluster + 1,
                customers: count,
                means: if count == 0 { Vec::new() } else { (0..names.len()).map(mean).collect() },
                money: of().map(|row| customers.money(members[row])).sum(),
            }
        })
        .collect();
    let anova = one_way(&names, &columns, &clusters.grouping())?;
    Ok(RfmClusters {
        clustering,
        transforms,
        clusters,
        customers: members.iter().map(|at| customers.id(*at).to_string()).collect(),
        profiles,
        anova,
    })
}

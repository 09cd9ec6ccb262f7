//! The result of a clustering, with all that is needed to check it.

use super::assign::Scaling;
use super::choice::{Advice, Choice};
use super::options::Start;
use super::stability::{Stability, Starts};
use crate::model::{GapDistance, Incomplete, Standardise, Update};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A finished clustering. Clusters and cases are counted from 1; lists by cluster are in the
/// order of the clusters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Clusters {
    /// The variables' names; every centre has a coordinate for each.
    pub variables: Vec<String>,
    /// The number of clusters.
    pub k: usize,
    /// Where the first centres came from.
    pub start: Start,
    /// The units in which distances were measured.
    pub standardise: Standardise,
    /// When centres move.
    pub update: Update,
    /// Whether cases that lack some of the variables take part.
    pub incomplete: Incomplete,
    /// What the cases weigh; `None` if all weigh 1.
    pub weight: Option<Weight>,
    /// The most iterations that were allowed.
    pub max_iterations: usize,
    /// The convergence criterion as a share of the smallest distance between initial centres.
    pub converge: f64,
    /// The smallest distance between initial centres; `None` for one cluster.
    pub min_initial_distance: Option<f64>,
    /// The convergence criterion as a distance: the share times that smallest distance.
    pub threshold: f64,
    /// The seed of everything random.
    pub seed: u64,
    /// How many seeded starts looked for a better partition, of each number of clusters.
    pub restarts: usize,
    /// The largest number of clusters that was to be compared.
    pub compare_up_to: usize,
    /// How many references the gap statistic and the elbow were judged by.
    pub gap_references: usize,
    /// The distances that the gap statistic adds up.
    pub gap_distance: GapDistance,
    /// How many times the cases were drawn anew for the stability of the clusters.
    pub bootstraps: usize,
    /// Up to so many cases silhouettes are exact; beyond, those of a sample of this size.
    pub silhouette_limit: usize,
    /// How many cases the seeded starts, the comparison of numbers of clusters, the gap statistic
    /// and the stability looked at: all complete ones, or a seeded sample.
    pub searched: usize,
    /// The cases that were the initial centres; empty for k-means++, whose centres are means.
    pub start_cases: Vec<usize>,
    /// The initial centres, in the units clustered.
    pub initial_centres: Vec<Vec<f64>>,
    /// Every iteration, as SPSS prints it.
    pub history: Vec<Iteration>,
    /// The final centres, the means of the members, in the units clustered. An empty cluster
    /// keeps the centre that it had.
    pub centres: Vec<Vec<f64>>,
    /// The centres by which the cases were assigned last: those of the last iteration. They are
    /// `centres` wherever the iteration ran until nothing moved; new cases are assigned by them.
    pub assigned_by: Vec<Vec<f64>>,
    /// For each variable how its values become the units clustered.
    pub scaling: Vec<Scaling>,
    /// The final centres in the variables' own units.
    pub centres_original: Vec<Vec<f64>>,
    /// Cases in each cluster.
    pub sizes: Vec<usize>,
    /// Where cases have weights, those of each cluster's cases together.
    pub masses: Option<Vec<f64>>,
    /// Every case of the table, in its order.
    pub membership: Vec<Member>,
    /// The cases that took no part: those that lack a value, or a weight above 0.
    pub left_out: Vec<usize>,
    /// Euclidean distances between the final centres, in the units clustered.
    pub centre_distances: Vec<Vec<f64>>,
    /// Sum of squared distances of the cases to the centres of their clusters, each times its weight.
    /// Of a case that lacks values, those that it has are summed, not scaled up.
    pub sse: f64,
    /// The mean silhouette, see [`Quality`](super::quality::Quality).
    pub silhouette: Option<f64>,
    /// The Caliński–Harabasz index, see [`Quality`](super::quality::Quality).
    pub calinski_harabasz: Option<f64>,
    /// The Davies–Bouldin index, see [`Quality`](super::quality::Quality).
    pub davies_bouldin: Option<f64>,
    /// A partition that seeded starts found to be better, if they did.
    pub better: Option<Better>,
    /// The quality of 1, 2, … clusters, each at its best.
    pub k_choice: Vec<Choice>,
    /// Which numbers of clusters that speaks for.
    pub advice: Advice,
    /// How stable each cluster is when the cases are drawn anew; empty if that was not asked for.
    pub stability: Vec<Stability>,
    /// How far the partitions from other starts agree with this one.
    pub starts: Option<Starts>,
    /// Why the iteration ended, in a word.
    pub stopped: Stopped,
    /// Why the iteration ended, in a sentence.
    pub stopped_because: String,
    /// Iterations done.
    pub iterations: usize,
    /// What else there is to know, in plain sentences.
    pub notes: Vec<String>,
}

/// One iteration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Iteration {
    /// Its number, from 1.
    pub iteration: usize,
    /// How far each centre moved, in the units clustered.
    pub shifts: Vec<f64>,
}

/// Where a case belongs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its number in the table, from 1.
    pub case: usize,
    /// Its cluster, from 1; `None` if it was left out.
    pub cluster: Option<usize>,
    /// Its distance from the final centre of its cluster, in the units clustered. Where the case lacks
    /// values, that over the others, scaled up to the number of variables.
    pub distance: Option<f64>,
}

/// A better partition than that of the chosen start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Better {
    /// Its sum of squared distances.
    pub sse: f64,
    /// By how much that is less.
    pub gain: f64,
    /// The gain as a share of the better sum; `None` if that is 0.
    pub gain_share: Option<f64>,
    /// For each case of the table its cluster there, if it has one. The numbers are those of the
    /// chosen start's clusters, paired by greatest overlap.
    pub membership: Vec<Option<usize>>,
    /// The cases that are in another cluster there.
    pub moved: Vec<usize>,
    /// The adjusted Rand index of the two partitions.
    pub adjusted_rand: Option<f64>,
}

/// What the cases weigh.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    /// The column of the weights.
    pub name: String,
    /// The weights of all cases that took part together.
    pub sum: f64,
    /// Cases whose weight is missing, zero or negative, and which therefore took no part.
    pub left_out: Vec<usize>,
}

/// Why an iteration ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stopped {
    /// No centre moved by more than the threshold.
    Converged,
    /// The largest number of iterations was reached.
    IterationLimit,
    /// Nothing was fitted: the cases were assigned to centres of an earlier result.
    Assigned,
}

impl Serialize for Clusters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Clusters::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Clusters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut clusters = Clusters::deserialize(deserializer)?;
        if let Start::Cases(cases) = &mut clusters.start {
            cases.clone_from(&clusters.start_cases);
        }
        Ok(clusters)
    }
}

impl Clusters {
    /// For each case of the table its cluster, from 1, if it has one.
    pub fn labels(&self) -> Vec<Option<usize>> {
        self.membership.iter().map(|member| member.cluster).collect()
    }

    /// The division of the cases into clusters named 1 to k.
    pub fn grouping(&self) -> crate::Grouping {
        crate::Grouping::numbered(&self.labels(), self.k)
    }
}

//! Cases to the nearest of centres that are there already: nothing is fitted.

use super::choice::Advice;
use super::clusters::{Clusters, Member, Stopped};
use super::options::Start;
use super::points::Points;
use super::quality::{Measured, SILHOUETTE_LIMIT};
use super::rows::squared_distance;
use super::run::distances;
use super::threads;
use crate::model::{GapDistance, Incomplete, Standardise, Update};
use serde::{Deserialize, Serialize};

/// How the values of a variable become the units clustered: (value − shift) / divisor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scaling {
    /// What is taken off: 0, the mean, or the least value.
    pub shift: f64,
    /// By what the rest is divided: 1, the standard deviation, or the range.
    pub divisor: f64,
}

impl Scaling {
    pub(super) fn all(scaling: &[(f64, f64)]) -> Vec<Scaling> {
        scaling.iter().map(|&(shift, divisor)| Scaling { shift, divisor }).collect()
    }
}

/// The centres of a clustering, to which other cases can be assigned.
///
/// ```
/// use custval::cluster::{Options, Points};
/// use custval::diagnostic::Diagnostics;
///
/// let points = Points::new(&["x".to_string()], vec![1.0, 3.0, 11.0]).unwrap();
/// let clusters = Options::new(2).check(&points).unwrap().run(&mut Diagnostics::new()).unwrap();
/// let centres = clusters.to_assign_by();
/// let nearest = centres.nearest(&[9.0], |_| true).unwrap();
/// let of_11 = clusters.labels()[2].unwrap();
/// assert_eq!(nearest, (of_11, 2.0)); // 2 from the centre 11, 7 from the centre 2
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Centres {
    /// The variables' names.
    pub variables: Vec<String>,
    /// What was done to the variables.
    pub standardise: Standardise,
    /// For each variable how its values become the units clustered.
    pub scaling: Vec<Scaling>,
    /// For each cluster its centre, in the units clustered.
    pub centres: Vec<Vec<f64>>,
}

impl Clusters {
    /// The centres by which other cases are assigned. The cases of the clustering itself come back
    /// into their own clusters, also where the iteration was stopped early.
    pub fn to_assign_by(&self) -> Centres {
        Centres {
            variables: self.variables.clone(),
            standardise: self.standardise,
            scaling: self.scaling.clone(),
            centres: self.assigned_by.clone(),
        }
    }
}

impl Centres {
    /// The nearest of the clusters that may be chosen, counted from 1, and its Euclidean distance in
    /// the units clustered; of equally near ones the first. `None` if none may be chosen.
    pub fn nearest(&self, values: &[f64], may_be: impl Fn(usize) -> bool) -> Option<(usize, f64)> {
        let scaled = self.scaled(values);
        let mut nearest: Option<(usize, f64)> = None;
        for (cluster, centre) in (1..).zip(&self.centres).filter(|(cluster, _)| may_be(*cluster)) {
            // Squares are compared, as the clustering does: roots may tie where squares do not.
            let squared = squared_distance(&scaled, centre);
            if nearest.is_none_or(|(_, least)| squared < least) {
                nearest = Some((cluster, squared));
            }
        }
        nearest.map(|(cluster, squared)| (cluster, squared.sqrt()))
    }

    fn scaled(&self, values: &[f64]) -> Vec<f64> {
        let pairs = values.iter().zip(&self.scaling);
        pairs.map(|(value, scaling)| (value - scaling.shift) / scaling.divisor).collect()
    }

    /// The cases of a table assigned to the clusters that may be chosen. The result says that nothing
    /// was fitted: no iteration, no search for a better partition. Its centres are these, not the
    /// means of the cases.
    pub fn assign(&self, points: &Points, may_be: impl Fn(usize) -> bool) -> Clusters {
        let (k, d) = (self.centres.len(), self.variables.len());
        let membership: Vec<Member> = (0..points.cases())
            .map(|case| {
                let found = self.nearest(points.row(case), &may_be);
                let (cluster, distance) = found.unzip();
                Member { case: case + 1, cluster, distance }
            })
            .collect();
        let mut sizes = vec![0; k];
        for cluster in membership.iter().filter_map(|member| member.cluster) {
            sizes[cluster - 1] += 1;
        }
        let values: Vec<f64> =
            (0..points.cases()).flat_map(|case| self.scaled(points.row(case))).collect();
        let labels: Vec<u32> =
            membership.iter().map(|member| member.cluster.unwrap_or(0) as u32).collect();
        let quality = Measured {
            values: &values,
            d,
            labels: &labels,
            weights: None,
            seed: 1,
            silhouette_limit: SILHOUETTE_LIMIT,
            threads: threads::of_the_machine(),
        }
        .quality();
        let original = |centre: &Vec<f64>| {
            let pairs = centre.iter().zip(&self.scaling);
            pairs.map(|(at, scaling)| at * scaling.divisor + scaling.shift).collect()
        };
        let flat: Vec<f64> = self.centres.iter().flatten().copied().collect();
        Clusters {
            variables: self.variables.clone(),
            k,
            start: Start::Saved,
            standardise: self.standardise,
            update: Update::Batch,
            incomplete: Incomplete::Listwise,
            weight: None,
            max_iterations: 0,
            converge: 0.0,
            min_initial_distance: None,
            threshold: 0.0,
            seed: 1,
            restarts: 0,
            compare_up_to: 0,
            gap_references: 0,
            gap_distance: GapDistance::Squared,
            bootstraps: 0,
            silhouette_limit: SILHOUETTE_LIMIT,
            searched: 0,
            start_cases: Vec::new(),
            initial_centres: self.centres.clone(),
            history: Vec::new(),
            centres: self.centres.clone(),
            assigned_by: self.centres.clone(),
            scaling: self.scaling.clone(),
            centres_original: self.centres.iter().map(original).collect(),
            sizes,
            masses: None,
            left_out: Vec::new(),
            sse: membership.iter().filter_map(|member| member.distance).map(|d| d * d).sum(),
            membership,
            centre_distances: distances(&flat, d),
            silhouette: quality.silhouette,
            calinski_harabasz: quality.calinski_harabasz,
            davies_bouldin: quality.davies_bouldin,
            better: None,
            k_choice: Vec::new(),
            advice: Advice::default(),
            stability: Vec::new(),
            starts: None,
            stopped: Stopped::Assigned,
            stopped_because: "Nothing was fitted: each case was assigned to the nearest centre of \
                              the saved result."
                .to_string(),
            iterations: 0,
            notes: quality.notes,
        }
    }
}

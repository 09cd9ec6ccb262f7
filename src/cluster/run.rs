//! From a checked plan to the clusters.

use super::assign::Scaling;
use super::clusters::{Clusters, Iteration, Member, Stopped, Weight};
use super::lloyd::{Course, Descent, Partition, descend};
use super::options::{Plan, Start};
use super::quality::{Measured, Quality};
use super::rows::squared_distance;
use super::search::{Search, labels_of};
use super::stability::{Starts, stability};
use super::{better, report, seeded, start};
use crate::Error;
use crate::diagnostic::Diagnostics;
use std::borrow::Cow;

impl Plan<'_> {
    /// Runs the clustering. Warnings go to the log; the same plan always gives the same result.
    ///
    /// # Errors
    /// Only a failure of ours.
    pub fn run(&self, log: &mut Diagnostics) -> Result<Clusters, Error> {
        let (options, rows, d) = (&self.options, &self.rows, self.rows.d);
        let (start_rows, initial) = self.initial()?;
        let min_distance = least_distance(&initial, d);
        let threshold = options.converge * min_distance.unwrap_or(0.0);
        let course = Course {
            threshold,
            max_iterations: options.max_iterations,
            update: options.update,
            threads: self.threads(),
        };
        let descent = descend(rows, initial.clone(), course);
        let own = &descent.partition;

        let search = Search::new(self);
        let own_searched = labels_of(search.searched(), rows, &own.labels);
        let starts = search.starts(options.k, &own_searched)?;
        let seeded = starts.best.as_ref().map(|found| search.to_the_end(found));
        let quality = self.quality(own);
        let mut notes = quality.notes;
        if options.restarts > 0 || options.compare_up_to > 0 || options.bootstraps > 0 {
            notes.extend(search.note());
        }
        let known: Vec<&Partition> = [own].into_iter().chain(&seeded).collect();
        let (k_choice, advice) = self.compare(&search, starts.best.as_ref(), &known, &mut notes);
        let (seed, threads) = (options.seed, self.threads());
        let stability = stability(
            search.searched(),
            &own_searched,
            options.k,
            options.bootstraps,
            seed,
            threads,
        );
        let membership = self.membership(own);
        let clusters = Clusters {
            variables: self.points.variables().to_vec(),
            k: options.k,
            start: options.start.clone(),
            standardise: options.standardise,
            update: options.update,
            incomplete: options.incomplete,
            weight: self.weight(),
            max_iterations: options.max_iterations,
            converge: options.converge,
            min_initial_distance: min_distance,
            threshold,
            seed: options.seed,
            restarts: options.restarts,
            compare_up_to: options.compare_up_to,
            gap_references: options.gap_references,
            gap_distance: options.gap_distance,
            bootstraps: options.bootstraps,
            silhouette_limit: options.silhouette_limit,
            searched: search.searched().n(),
            start_cases: start_rows.iter().map(|&row| self.whole().cases[row] + 1).collect(),
            initial_centres: listed(&initial, d),
            history: history(&descent),
            centres: listed(&own.centres, d),
            assigned_by: listed(&descent.assigned_by, d),
            scaling: Scaling::all(&rows.scaling),
            centres_original: self.centres_original(own),
            sizes: own.sizes.clone(),
            masses: self.masses(own),
            left_out: left_out(&membership),
            membership,
            centre_distances: distances(&own.centres, d),
            sse: own.sse,
            silhouette: quality.silhouette,
            calinski_harabasz: quality.calinski_harabasz,
            davies_bouldin: quality.davies_bouldin,
            better: seeded.and_then(|seeded| better::better(rows, self.points, own, &seeded)),
            k_choice,
            advice,
            stability,
            starts: Starts::of(&starts.agreement),
            stopped: if descent.converged { Stopped::Converged } else { Stopped::IterationLimit },
            stopped_because: String::new(),
            iterations: descent.shifts.len(),
            notes,
        };
        Ok(report::told(clusters, log))
    }

    /// The rows of the initial centres, where they are rows, and the centres.
    fn initial(&self) -> Result<(Vec<usize>, Vec<f64>), Error> {
        let (rows, k) = (self.whole(), self.options.k);
        let chosen: Vec<usize> = match &self.options.start {
            Start::Spss => start::spss(rows, k),
            Start::First => (0..k).collect(),
            // The check made sure that each named case is complete.
            Start::Cases(named) => {
                named.iter().filter_map(|case| rows.cases.binary_search(&(case - 1)).ok()).collect()
            }
            Start::Saved => {
                return Err(Error::internal("a clustering cannot start at saved centres"));
            }
            Start::KmeansPlusPlus => {
                let draws = self.options.restarts;
                return Ok((Vec::new(), seeded::plus_plus(rows, k, draws, self.options.seed)?));
            }
        };
        let centres = chosen.iter().flat_map(|&row| rows.row(row).iter().copied()).collect();
        Ok((chosen, centres))
    }

    /// The indices of a partition of all rows, measured on those that lack no value.
    pub(super) fn quality(&self, partition: &Partition) -> Quality {
        let rows = self.whole();
        let labels = match self.whole {
            Some(_) => Cow::Owned(labels_of(rows, &self.rows, &partition.labels)),
            None => Cow::Borrowed(&partition.labels),
        };
        let measured = Measured {
            values: &rows.values,
            d: rows.d,
            labels: &labels,
            weights: rows.weights.as_deref(),
            seed: self.options.seed,
            silhouette_limit: self.options.silhouette_limit,
            threads: self.threads(),
        };
        measured.quality()
    }

    fn weight(&self) -> Option<Weight> {
        let name = self.points.weighted_by()?.to_string();
        let without = (0..self.points.cases()).filter(|&case| !self.points.weighs(case));
        let left_out = without.map(|case| case + 1).collect();
        Some(Weight { name, sum: self.rows.mass(), left_out })
    }

    /// The weights of each cluster's cases together, where cases have weights.
    fn masses(&self, own: &Partition) -> Option<Vec<f64>> {
        let weights = self.rows.weights.as_ref()?;
        let mut masses = vec![0.0; own.sizes.len()];
        for (&label, weight) in own.labels.iter().zip(weights) {
            masses[label as usize] += weight;
        }
        Some(masses)
    }

    fn membership(&self, own: &Partition) -> Vec<Member> {
        let mut members: Vec<Member> = (1..=self.points.cases())
            .map(|case| Member { case, cluster: None, distance: None })
            .collect();
        let d = self.rows.d;
        for (row, (&case, &label)) in self.rows.cases.iter().zip(&own.labels).enumerate() {
            let centre = &own.centres[label as usize * d..][..d];
            members[case].cluster = Some(label as usize + 1);
            members[case].distance = Some(self.rows.distance(row, centre));
        }
        members
    }

    /// The means of the members in the variables' own units; for an empty cluster, and for a
    /// variable that no member has, its centre, turned back.
    fn centres_original(&self, own: &Partition) -> Vec<Vec<f64>> {
        let (rows, d) = (&self.rows, self.rows.d);
        let mut sums = vec![0.0; own.centres.len()];
        let mut masses = vec![0.0; own.centres.len()];
        for (row, (&case, &label)) in rows.cases.iter().zip(&own.labels).enumerate() {
            for (variable, value) in self.points.row(case).iter().enumerate() {
                if !value.is_nan() {
                    sums[label as usize * d + variable] += rows.weight(row) * value;
                    masses[label as usize * d + variable] += rows.weight(row);
                }
            }
        }
        let original = |at: usize| {
            let (shift, scale) = rows.scaling[at % d];
            if masses[at] > 0.0 { sums[at] / masses[at] } else { own.centres[at] * scale + shift }
        };
        listed(&(0..sums.len()).map(original).collect::<Vec<_>>(), d)
    }
}

fn left_out(membership: &[Member]) -> Vec<usize> {
    membership.iter().filter(|m| m.cluster.is_none()).map(|m| m.case).collect()
}

fn history(descent: &Descent) -> Vec<Iteration> {
    (descent.shifts.iter().enumerate())
        .map(|(i, shifts)| Iteration { iteration: i + 1, shifts: shifts.clone() })
        .collect()
}

fn listed(centres: &[f64], d: usize) -> Vec<Vec<f64>> {
    centres.chunks_exact(d).map(<[f64]>::to_vec).collect()
}

pub(super) fn distances(centres: &[f64], d: usize) -> Vec<Vec<f64>> {
    let to_all = |from: &[f64]| {
        centres.chunks_exact(d).map(|to| squared_distance(from, to).sqrt()).collect()
    };
    centres.chunks_exact(d).map(to_all).collect()
}

/// The smallest distance between two centres; `None` for one centre.
fn least_distance(centres: &[f64], d: usize) -> Option<f64> {
    let all = distances(centres, d);
    let pairs = all.iter().enumerate().flat_map(|(i, row)| row.iter().skip(i + 1));
    pairs.copied().reduce(f64::min)
}

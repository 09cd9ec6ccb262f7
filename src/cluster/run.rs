//! From a checked plan to the clusters.

use super::clusters::{Choice, Clusters, Iteration, Member, Stopped};
use super::lloyd::{Descent, Partition, descend};
use super::options::{Plan, Start};
use super::quality::{Quality, measure};
use super::rows::squared_distance;
use super::search::Search;
use super::{better, report, seeded, start};
use crate::Error;
use crate::diagnostic::Diagnostics;

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
        let descent = descend(rows, initial.clone(), threshold, options.max_iterations);
        let own = &descent.partition;

        let search = Search::new(rows, options.restarts, options.seed);
        let seeded = search.best(options.k)?;
        let quality = self.quality(own);
        let mut notes = quality.notes;
        if options.restarts > 0 || options.compare_up_to >= 2 {
            notes.extend(search.note());
        }
        let k_choice = self.compare(&search, own, seeded.as_ref(), &mut notes)?;
        let membership = self.membership(own);
        let clusters = Clusters {
            variables: self.points.variables().to_vec(),
            k: options.k,
            start: options.start.clone(),
            standardise: options.standardise,
            max_iterations: options.max_iterations,
            converge: options.converge,
            min_initial_distance: min_distance,
            threshold,
            seed: options.seed,
            start_cases: start_rows.iter().map(|&row| rows.cases[row] + 1).collect(),
            initial_centres: listed(&initial, d),
            history: history(&descent),
            centres: listed(&own.centres, d),
            centres_original: self.centres_original(own),
            sizes: own.sizes.clone(),
            left_out: left_out(&membership),
            membership,
            centre_distances: distances(&own.centres, d),
            sse: own.sse,
            silhouette: quality.silhouette,
            calinski_harabasz: quality.calinski_harabasz,
            davies_bouldin: quality.davies_bouldin,
            better: seeded.and_then(|seeded| better::better(rows, self.points, own, &seeded)),
            k_choice,
            stopped: if descent.converged { Stopped::Converged } else { Stopped::IterationLimit },
            stopped_because: String::new(),
            iterations: descent.shifts.len(),
            notes,
        };
        Ok(report::told(clusters, log))
    }

    /// The rows of the initial centres, where they are rows, and the centres.
    fn initial(&self) -> Result<(Vec<usize>, Vec<f64>), Error> {
        let (rows, k) = (&self.rows, self.options.k);
        let chosen: Vec<usize> = match &self.options.start {
            Start::Spss => start::spss(rows, k),
            Start::First => (0..k).collect(),
            // The check made sure that each named case is complete.
            Start::Cases(named) => {
                named.iter().filter_map(|case| rows.cases.binary_search(&(case - 1)).ok()).collect()
            }
            Start::KmeansPlusPlus => {
                let draws = self.options.restarts;
                return Ok((Vec::new(), seeded::plus_plus(rows, k, draws, self.options.seed)?));
            }
        };
        let centres = chosen.iter().flat_map(|&row| rows.row(row).iter().copied()).collect();
        Ok((chosen, centres))
    }

    fn quality(&self, partition: &Partition) -> Quality {
        measure(&self.rows.values, self.rows.d, &partition.labels, self.options.seed)
    }

    /// The best partition found for each number of clusters.
    fn compare(
        &self,
        search: &Search,
        own: &Partition,
        seeded: Option<&Partition>,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Choice>, Error> {
        let most = self.options.compare_up_to.min(self.distinct);
        (2..=most)
            .map(|k| {
                let mut best = search.best_with_spss(k)?;
                if k == self.options.k {
                    for found in seeded.into_iter().chain([own]) {
                        if found.sse < best.sse {
                            best = found.clone();
                        }
                    }
                }
                let quality = self.quality(&best);
                if k != self.options.k && quality.calinski_harabasz.is_none() {
                    notes.extend(
                        quality.notes.iter().map(|note| format!("For {k} clusters: {note}")),
                    );
                }
                Ok(Choice {
                    k,
                    sse: best.sse,
                    silhouette: quality.silhouette,
                    calinski_harabasz: quality.calinski_harabasz,
                    davies_bouldin: quality.davies_bouldin,
                })
            })
            .collect()
    }

    fn membership(&self, own: &Partition) -> Vec<Member> {
        let mut members: Vec<Member> = (1..=self.points.cases())
            .map(|case| Member { case, cluster: None, distance: None })
            .collect();
        let d = self.rows.d;
        for (row, (&case, &label)) in self.rows.cases.iter().zip(&own.labels).enumerate() {
            let centre = &own.centres[label as usize * d..][..d];
            members[case].cluster = Some(label as usize + 1);
            members[case].distance = Some(squared_distance(self.rows.row(row), centre).sqrt());
        }
        members
    }

    /// The means of the members in the variables' own units; for an empty cluster its centre,
    /// turned back.
    fn centres_original(&self, own: &Partition) -> Vec<Vec<f64>> {
        let d = self.rows.d;
        let mut centres = vec![vec![0.0; d]; own.sizes.len()];
        for (&case, &label) in self.rows.cases.iter().zip(&own.labels) {
            for (sum, value) in centres[label as usize].iter_mut().zip(self.points.row(case)) {
                *sum += value;
            }
        }
        for ((centre, &size), own) in
            centres.iter_mut().zip(&own.sizes).zip(own.centres.chunks_exact(d))
        {
            if size > 0 {
                centre.iter_mut().for_each(|sum| *sum /= size as f64);
            } else {
                *centre = (own.iter().zip(&self.rows.scaling))
                    .map(|(coordinate, (shift, scale))| coordinate * scale + shift)
                    .collect();
            }
        }
        centres
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

fn distances(centres: &[f64], d: usize) -> Vec<Vec<f64>> {
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

//! What one matrix says: weights, consistency, contradictions, and its repair.

use super::Weigher;
use super::node::{ExpertWeights, How, Missing, Pair, Repair, Worst};
use crate::judgement::{Incomplete, Matrix, ratio};
use crate::model::{Gaps, JudgementScale, Method};
use crate::priority::{
    Consistency, complete_by_eigenvalue, complete_by_least_squares, consistency_with_gaps,
    eigenvector, gci, misfits, repair, row_geometric_mean, triads,
};

/// So many of the judgements that contradict most are listed.
const WORST: usize = 3;

/// A judgement this near to the ratio of the weights contradicts nothing.
const AGREES: f64 = 1.0 + 1e-9;

/// A matrix whose judgements connect all items, with what follows from it.
pub(super) struct Solved {
    pub matrix: Matrix,
    pub weights: Vec<f64>,
    pub how: How,
    pub consistency: Consistency,
}

impl Weigher<'_> {
    /// The judgements as ratios, by what a step of the scale is worth.
    pub(super) fn ratios(&self, words: &Incomplete) -> Incomplete {
        if self.rules.scale == JudgementScale::Linear {
            return words.clone();
        }
        let n = words.size();
        let mut ratios = words.clone();
        for (i, j) in words.pairs() {
            if let (Some(over), Some(under)) = (words.get(i, j), words.get(j, i)) {
                ratios.set(i, j, self.ratio(over, n), self.ratio(under, n));
            }
        }
        ratios
    }

    pub(super) fn ratio(&self, word: f64, n: usize) -> f64 {
        ratio(self.rules.scale, word, n)
    }

    /// Weights by the method asked for; consistency always by the eigenvalue, for which the tables
    /// of random indices are made. `None` where the judgements do not connect all items.
    pub(super) fn solve(&self, judgements: &Incomplete) -> Option<Solved> {
        let missing = judgements.missing();
        let least_squares = missing > 0 && self.rules.incomplete == Gaps::Llsm;
        let matrix = match judgements.complete() {
            Some(matrix) => matrix,
            None if least_squares => complete_by_least_squares(judgements)?,
            None => complete_by_eigenvalue(judgements)?,
        };
        let perron = eigenvector(&matrix);
        let (weights, how) = match self.rules.method {
            // Of the completed matrix it is the least-squares solution itself.
            _ if least_squares => (row_geometric_mean(&matrix), How::Llsm),
            Method::Eigenvector => (perron.weights, How::Eigenvector),
            Method::Rgmm => (row_geometric_mean(&matrix), How::Rgmm),
        };
        let (table, limit) = (self.rules.random_index, self.rules.consistency_limit);
        let n = matrix.size();
        let consistency = consistency_with_gaps(perron.lambda_max, n, missing, table, limit);
        Some(Solved { matrix, weights, how, consistency })
    }

    /// The geometric consistency index, with the weights that it is defined by.
    pub(super) fn gci(&self, judgements: &Incomplete, matrix: &Matrix) -> f64 {
        gci(judgements, &row_geometric_mean(matrix))
    }

    pub(super) fn worst(&self, judgements: &Incomplete, weights: &[f64]) -> Vec<Worst> {
        let items = &self.items;
        misfits(judgements, weights)
            .into_iter()
            .filter(|misfit| misfit.error > AGREES)
            .take(WORST)
            .map(|misfit| Worst {
                a: items[misfit.i].to_string(),
                b: items[misfit.j].to_string(),
                given: misfit.given,
                suggested: misfit.suggested,
                error: misfit.error,
            })
            .collect()
    }

    pub(super) fn missing(&self, judgements: &Incomplete, matrix: &Matrix) -> Option<Missing> {
        let items = &self.items;
        let filled: Vec<Pair> = judgements
            .gaps()
            .map(|(i, j)| Pair {
                a: items[i].to_string(),
                b: items[j].to_string(),
                value: matrix.get(i, j),
            })
            .collect();
        (!filled.is_empty()).then(|| Missing {
            known: judgements.known(),
            missing: filled.len(),
            method: self.rules.incomplete,
            filled,
        })
    }

    /// What an expert's judgements alone say.
    pub(super) fn own(&self, expert: &str, ratios: &Incomplete) -> ExpertWeights {
        let solved = self.solve(ratios);
        let solved = solved.as_ref();
        ExpertWeights {
            expert: expert.to_string(),
            included: true,
            weights: solved.map(|solved| solved.weights.clone()),
            consistency: solved.map(|solved| solved.consistency.clone()),
            gci: solved.map(|solved| self.gci(ratios, &solved.matrix)),
            triads: triads(ratios),
            worst: solved.map_or(Vec::new(), |solved| self.worst(ratios, &solved.weights)),
            incomplete: solved.and_then(|solved| self.missing(ratios, &solved.matrix)),
            matrix: ratios.clone(),
        }
    }

    /// The smallest repair of an expert's judgements that brings CR to the limit.
    pub(super) fn repair(&self, expert: &str, words: &Incomplete) -> Vec<Repair> {
        let (n, missing) = (words.size(), words.missing());
        let (table, limit) = (self.rules.random_index, self.rules.consistency_limit);
        let cr = |lambda: f64| consistency_with_gaps(lambda, n, missing, table, limit).cr;
        let enough = |lambda: f64| cr(lambda) <= limit;
        let worth = |word: f64| self.ratio(word, n);
        let Some(found) = repair(words, self.rules.scale_max, &worth, &enough) else {
            return Vec::new();
        };
        let items = &self.items;
        let mut changed = words.clone();
        found
            .into_iter()
            .map(|change| {
                changed.set(change.i, change.j, change.to, 1.0 / change.to);
                let ratios = self.ratios(&changed);
                let matrix = ratios.complete().or_else(|| complete_by_eigenvalue(&ratios));
                Repair {
                    expert: expert.to_string(),
                    a: items[change.i].to_string(),
                    b: items[change.j].to_string(),
                    from: change.from,
                    to: change.to,
                    cr: matrix.map_or(f64::NAN, |matrix| cr(eigenvector(&matrix).lambda_max)),
                }
            })
            .collect()
    }
}

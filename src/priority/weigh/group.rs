//! From each expert's judgements under a node to the group's weights.

use super::Weigher;
use super::node::{Aggregates, ExpertWeights, How, NodeWeights, Without};
use crate::agreement::{concordance, consensus};
use crate::diagnostic::Diagnostics;
use crate::judgement::{Incomplete, NodeJudgements, geometric_mean_of_known};
use crate::model::Aggregate;
use crate::priority::{aip_arithmetic, aip_geometric, gci, row_geometric_mean, triads, verdicts};

/// One expert's part in a node.
struct Judge {
    /// The expert's weight in the group.
    share: f64,
    /// The judgements as they were given.
    words: Incomplete,
    /// What they are worth as ratios.
    ratios: Incomplete,
    own: ExpertWeights,
}

impl Weigher<'_> {
    pub(super) fn judged(
        &self,
        judged: &NodeJudgements,
        log: &mut Diagnostics,
    ) -> Option<NodeWeights> {
        if !self.is_on_scale(judged, log) {
            return None;
        }
        let mut judges: Vec<Judge> = judged
            .experts
            .iter()
            .map(|(expert, words)| {
                let expert = &self.experts.all()[*expert];
                let ratios = self.ratios(words);
                let own = self.own(&expert.name, &ratios);
                Judge { share: expert.weight, words: words.clone(), ratios, own }
            })
            .collect();
        self.leave_out(&mut judges, log)?;
        let included: Vec<&Judge> = judges.iter().filter(|judge| judge.own.included).collect();
        let group = aggregated(&included)?;
        let Some(solved) = self.solve(&group) else {
            self.refuse_disconnected(&group, log);
            return None;
        };
        let by_weights = self.aip(&included);
        let (weights, how) = match (self.rules.aggregate, &by_weights) {
            (Aggregate::Aij, _) => (solved.weights.clone(), solved.how),
            (_, Some(weights)) => (weights.clone(), How::Aip),
            (_, None) => {
                let own: Vec<&ExpertWeights> = judges.iter().map(|judge| &judge.own).collect();
                self.refuse_without_own(&own, log);
                return None;
            }
        };
        let mut node = self.node(weights, how);
        let (n, consistency) = (group.size(), &solved.consistency);
        node.lambda_max = Some(consistency.lambda_max);
        node.ci = Some(consistency.ci);
        node.cr = Some(consistency.cr);
        node.ri = Some(consistency.ri);
        node.ri_table = consistency.ri_table;
        node.acceptable = Some(consistency.acceptable);
        let limit = self.rules.consistency_limit;
        node.verdicts = verdicts(consistency.lambda_max, n, group.missing(), limit);
        node.gci = Some(self.gci(&group, &solved.matrix));
        node.triads = Some(triads(&group));
        node.worst = self.worst(&group, &solved.weights);
        node.incomplete = self.missing(&group, &solved.matrix);
        let fitted = row_geometric_mean(&solved.matrix);
        let total: f64 = included.iter().map(|judge| judge.share).sum();
        let misfit = |judge: &&Judge| judge.share / total * gci(&judge.ratios, &fitted);
        node.gcompi = Some(included.iter().map(misfit).sum());
        if included.len() > 1 {
            node.aggregates = Some(Aggregates {
                aij: solved.weights.clone(),
                aip: own_weights(&included).and_then(|own| aip_geometric(&own)),
                aip_arithmetic: own_weights(&included).and_then(|own| aip_arithmetic(&own)),
            });
            node.without = self.without(&included, &node.weights);
        }
        let own: Vec<&[f64]> =
            included.iter().filter_map(|judge| judge.own.weights.as_deref()).collect();
        let scale_most = self.ratio(self.rules.scale_max, n);
        node.consensus = consensus(&own, scale_most).map(|consensus| consensus.s_star);
        node.kendall_w = concordance(&own).map(|concordance| concordance.w);
        node.matrix = Some(solved.matrix);
        for judge in &judges {
            if judge.own.consistency.as_ref().is_some_and(|own| !own.acceptable) {
                node.repair.extend(self.repair(&judge.own.expert, &judge.words));
            }
        }
        node.experts = judges.into_iter().map(|judge| judge.own).collect();
        self.warn(&node, consistency, n, log);
        Some(node)
    }

    /// The group's weights and nothing else.
    pub(super) fn local(&self, words: &[(f64, &Incomplete)]) -> Option<Vec<f64>> {
        let ratios: Vec<(f64, Incomplete)> =
            words.iter().map(|(share, words)| (*share, self.ratios(words))).collect();
        if self.rules.aggregate == Aggregate::Aij {
            let ratios: Vec<(f64, &Incomplete)> =
                ratios.iter().map(|(share, ratios)| (*share, ratios)).collect();
            return Some(self.solve(&geometric_mean_of_known(&ratios)?)?.weights);
        }
        let own: Option<Vec<(f64, Vec<f64>)>> =
            ratios.iter().map(|(share, own)| Some((*share, self.solve(own)?.weights))).collect();
        let own = own?;
        let own: Vec<(f64, &[f64])> = own.iter().map(|(share, own)| (*share, &own[..])).collect();
        match self.rules.aggregate {
            Aggregate::AipArithmetic => aip_arithmetic(&own),
            _ => aip_geometric(&own),
        }
    }

    /// Marks the experts whose CR is above the limit for being left out. `None` if that is everybody.
    fn leave_out(&self, judges: &mut [Judge], log: &mut Diagnostics) -> Option<()> {
        let Some(limit) = self.rules.exclude_above else { return Some(()) };
        for judge in judges.iter_mut() {
            judge.own.included = judge.own.cr().is_none_or(|cr| cr <= limit);
        }
        let own: Vec<&ExpertWeights> = judges.iter().map(|judge| &judge.own).collect();
        self.tell_left_out(&own, limit, log);
        judges.iter().any(|judge| judge.own.included).then_some(())
    }

    /// The group's weights as a mean of the experts' weights, if that is asked for.
    fn aip(&self, included: &[&Judge]) -> Option<Vec<f64>> {
        let own = own_weights(included)?;
        match self.rules.aggregate {
            Aggregate::Aij => None,
            Aggregate::Aip => aip_geometric(&own),
            Aggregate::AipArithmetic => aip_arithmetic(&own),
        }
    }

    /// The weights without each expert in turn.
    fn without(&self, included: &[&Judge], with: &[f64]) -> Vec<Without> {
        let logs = Logs::of(included);
        (0..included.len())
            .map(|left_out| {
                let weights = match self.rules.aggregate {
                    Aggregate::Aij => {
                        self.solve(&logs.without(included[left_out])).map(|s| s.weights)
                    }
                    _ => {
                        let mut others = included.to_vec();
                        others.remove(left_out);
                        self.aip(&others)
                    }
                };
                Without::new(&included[left_out].own.expert, weights, with)
            })
            .collect()
    }
}

/// Each expert's own weights; `None` where some expert has none.
fn own_weights<'a>(judges: &[&'a Judge]) -> Option<Vec<(f64, &'a [f64])>> {
    judges.iter().map(|judge| Some((judge.share, judge.own.weights.as_deref()?))).collect()
}

fn aggregated(judges: &[&Judge]) -> Option<Incomplete> {
    let all: Vec<(f64, &Incomplete)> =
        judges.iter().map(|judge| (judge.share, &judge.ratios)).collect();
    geometric_mean_of_known(&all)
}

/// The weighted sums of the logarithms of all judgements, from which one expert's are quickly taken
/// away.
struct Logs {
    n: usize,
    /// Cell by cell Σ w ln a, Σ w, and how many judged.
    cells: Vec<(f64, f64, usize)>,
}

impl Logs {
    fn of(judges: &[&Judge]) -> Logs {
        let n = judges.first().map_or(0, |judge| judge.ratios.size());
        let mut logs = Logs { n, cells: vec![(0.0, 0.0, 0); n * n] };
        for judge in judges {
            for (at, cell) in logs.cells.iter_mut().enumerate() {
                if let Some(entry) = judge.ratios.get(at / n, at % n) {
                    cell.0 += judge.share * entry.ln();
                    cell.1 += judge.share;
                    cell.2 += 1;
                }
            }
        }
        logs
    }

    fn without(&self, judge: &Judge) -> Incomplete {
        let n = self.n;
        let mean = |i: usize, j: usize| {
            let (sum, shares, count) = self.cells[i * n + j];
            match judge.ratios.get(i, j) {
                Some(entry) if count > 1 => {
                    let sum = sum - judge.share * entry.ln();
                    Some((sum / (shares - judge.share)).exp())
                }
                Some(_) => None,
                None => (count > 0).then(|| (sum / shares).exp()),
            }
        };
        let mut group = Incomplete::empty(n);
        for (i, j) in crate::judgement::pairs(n) {
            if let (Some(over), Some(under)) = (mean(i, j), mean(j, i)) {
                group.set(i, j, over, under);
            }
        }
        group
    }
}

//! The frame of all questions: clusters with their names and members, and centres that follow the
//! weights.

use super::Ground;
use crate::cluster::Stopped;
use crate::model::Hierarchy;
use crate::value::reweighed;
use std::collections::BTreeMap;
use std::ops::Range;

/// The frame.
#[derive(Clone)]
pub(super) struct Frame<'a> {
    pub hierarchy: &'a Hierarchy,
    /// For each customer the score on each indicator.
    pub scores: &'a [Vec<Option<f64>>],
    /// The clustered parts, as places in the hierarchy.
    pub variables: Vec<usize>,
    /// For each of them the indicators below it.
    below: Vec<Range<usize>>,
    /// For each of them by what its values are divided in the units clustered.
    pub scales: Vec<f64>,
    /// For each cluster with members the place of its class in `classes`.
    pub class_of: Vec<usize>,
    /// The codes of the classes.
    pub classes: Vec<String>,
    /// For each customer the place of its cluster among those with members; `None` if it has none.
    pub members: Vec<Option<usize>>,
    /// The members of each cluster, those with the same gaps in their scores taken as one.
    groups: Vec<Group>,
    /// Whether any score is missing and others carry its weight.
    pub has_gaps: bool,
    /// The centres in the units clustered where they are those of a saved result, and stay.
    fixed: Option<Vec<f64>>,
    /// The weights of the evaluation, with the centres under them.
    pub base: Situation,
    /// For each customer the place of its class in `classes`, under the weights of the evaluation.
    homes: Vec<usize>,
}

/// Members of a cluster who lack the same scores.
#[derive(Clone)]
struct Group {
    cluster: usize,
    /// Their share in the cluster's members.
    share: f64,
    /// The means of their scores.
    scores: Vec<Option<f64>>,
}

/// Weights, and the centres under them.
#[derive(Clone)]
pub(super) struct Situation {
    /// The global weight of each part of the hierarchy.
    pub parts: Vec<f64>,
    /// The global weight of each indicator.
    pub leaves: Vec<f64>,
    /// The centres in the units clustered, one after the other.
    pub centres: Vec<f64>,
}

/// No class at all: that of a customer who has no values.
const NO_CLASS: usize = usize::MAX;

impl<'a> Frame<'a> {
    pub fn new(ground: &Ground<'a>) -> Frame<'a> {
        let hierarchy = &ground.model.hierarchy;
        let clusters = ground.clusters;
        let names = &clusters.variables;
        let variables: Vec<usize> =
            names.iter().filter_map(|code| hierarchy.position(code)).collect();
        let is_assigned = clusters.stopped == Stopped::Assigned;
        // By a saved result a customer may come to a class that is empty now.
        let is_there = |at: &usize| match is_assigned {
            true => ground.naming.of(at + 1).is_some(),
            false => clusters.sizes[*at] > 0,
        };
        let filled: Vec<usize> = (0..clusters.k).filter(is_there).collect();
        let named = |cluster: usize| {
            let position = ground.naming.clusters.iter().find(|p| p.cluster == cluster + 1);
            position.map_or_else(|| format!("cluster-{}", cluster + 1), |p| p.class.clone())
        };
        let codes: Vec<String> = filled.iter().map(|cluster| named(*cluster)).collect();
        let classes = ordered(&codes, ground);
        let class_of = codes
            .iter()
            .filter_map(|code| classes.iter().position(|class| class == code))
            .collect();
        let members = clusters.membership.iter().map(|member| {
            member.cluster.and_then(|cluster| filled.iter().position(|at| at + 1 == cluster))
        });
        // Distances do not depend on what was taken off, so that values are only divided here.
        let unshifted = |cluster: &usize| {
            let pairs = clusters.assigned_by[*cluster].iter().zip(&clusters.scaling);
            pairs.map(|(at, scaling)| at + scaling.shift / scaling.divisor)
        };
        let fixed = is_assigned.then(|| filled.iter().flat_map(unshifted).collect());
        let bare = Frame {
            hierarchy,
            scores: &ground.indicators.scores,
            below: variables.iter().map(|&part| leaves_below(hierarchy, part)).collect(),
            variables,
            scales: clusters.scaling.iter().map(|scaling| scaling.divisor).collect(),
            class_of,
            classes,
            members: members.collect(),
            groups: Vec::new(),
            has_gaps: false,
            fixed,
            base: Situation { parts: Vec::new(), leaves: Vec::new(), centres: Vec::new() },
            homes: Vec::new(),
        };
        bare.settled(ground.weights.part_weights.numbers())
    }

    /// The same clusters with the same members, who have other scores and values under other weights.
    /// Whoever has no place among `members` is in no cluster.
    pub fn with<'b>(
        &self,
        scores: &'b [Vec<Option<f64>>],
        members: Vec<Option<usize>>,
        parts: Vec<f64>,
    ) -> Frame<'b>
    where
        'a: 'b,
    {
        let bare = Frame { scores, members, ..self.clone() };
        bare.settled(parts)
    }

    /// With the groups of members, the base and the customers' classes.
    fn settled(mut self, parts: Vec<f64>) -> Self {
        self.groups = self.grouped();
        self.has_gaps = self.groups.iter().any(|group| group.scores.iter().any(Option::is_none));
        self.base = self.under(parts);
        let home = |customer: usize| match self.members[customer] {
            Some(_) => self.class_under(customer, &self.base),
            None => NO_CLASS,
        };
        self.homes = (0..self.scores.len()).map(home).collect();
        self
    }

    fn grouped(&self) -> Vec<Group> {
        let mut sums: BTreeMap<(usize, Vec<bool>), (usize, Vec<f64>)> = BTreeMap::new();
        let mut sizes = vec![0_usize; self.class_of.len()];
        for (scores, cluster) in self.scores.iter().zip(&self.members) {
            let Some(cluster) = *cluster else { continue };
            sizes[cluster] += 1;
            let gaps = scores.iter().map(Option::is_none).collect();
            let (count, sum) =
                sums.entry((cluster, gaps)).or_insert_with(|| (0, vec![0.0; scores.len()]));
            *count += 1;
            for (sum, score) in sum.iter_mut().zip(scores) {
                *sum += score.unwrap_or(0.0);
            }
        }
        let group = |((cluster, gaps), (count, sum)): ((usize, Vec<bool>), (usize, Vec<f64>))| {
            let mean = |(sum, gap): (f64, bool)| (!gap).then(|| sum / count as f64);
            let share = count as f64 / sizes[cluster] as f64;
            Group { cluster, share, scores: sum.into_iter().zip(gaps).map(mean).collect() }
        };
        sums.into_iter().map(group).collect()
    }

    /// The centres under other weights of the parts.
    pub fn under(&self, parts: Vec<f64>) -> Situation {
        let leaves = self.hierarchy.leaves().into_iter().map(|leaf| parts[leaf]).collect();
        if let Some(centres) = &self.fixed {
            return Situation { parts, leaves, centres: centres.clone() };
        }
        let d = self.variables.len();
        let mut situation =
            Situation { parts, leaves, centres: vec![0.0; self.class_of.len() * d] };
        let mut empty = vec![true; self.class_of.len()];
        let mut at = vec![0.0; d];
        for group in &self.groups {
            self.locate(&group.scores, &situation, &mut at);
            empty[group.cluster] = false;
            for (centre, value) in situation.centres[group.cluster * d..].iter_mut().zip(&at) {
                *centre += group.share * value;
            }
        }
        for cluster in (0..empty.len()).filter(|cluster| empty[*cluster]) {
            situation.centres[cluster * d..][..d].fill(f64::NAN);
        }
        situation
    }

    /// Whether the centres are those of a saved result.
    pub fn is_fixed(&self) -> bool {
        self.fixed.is_some()
    }

    /// Where a customer with these scores lies, in the units clustered.
    pub fn locate(&self, scores: &[Option<f64>], under: &Situation, at: &mut [f64]) {
        let carried;
        let weights = if scores.iter().all(Option::is_some) {
            &under.leaves
        } else {
            carried = reweighed(self.hierarchy, scores, &under.parts);
            &carried
        };
        for ((at, below), scale) in at.iter_mut().zip(&self.below).zip(&self.scales) {
            let pairs = weights[below.clone()].iter().zip(&scores[below.clone()]);
            *at = pairs.map(|(weight, score)| weight * score.unwrap_or(0.0)).sum::<f64>() / scale;
        }
    }

    /// The same for a customer without gaps, whose scores are plain numbers.
    #[inline]
    pub fn locate_whole(&self, scores: &[f64], leaves: &[f64], at: &mut [f64]) {
        for ((at, below), scale) in at.iter_mut().zip(&self.below).zip(&self.scales) {
            let pairs = leaves[below.clone()].iter().zip(&scores[below.clone()]);
            *at = pairs.map(|(weight, score)| weight * score).sum::<f64>() / scale;
        }
    }

    /// The class of the nearest centre; of equally near ones the first. A cluster that lost all its
    /// members has no centre, and is never near.
    #[inline]
    pub fn nearest(&self, at: &[f64], centres: &[f64]) -> usize {
        let mut nearest = (f64::INFINITY, NO_CLASS);
        for (centre, class) in centres.chunks_exact(at.len()).zip(&self.class_of) {
            let distance: f64 = at.iter().zip(centre).map(|(x, m)| (x - m) * (x - m)).sum();
            if distance < nearest.0 {
                nearest = (distance, *class);
            }
        }
        nearest.1
    }

    /// A customer's class under other weights.
    pub fn class_under(&self, customer: usize, under: &Situation) -> usize {
        self.class_with(&self.scores[customer], under)
    }

    /// The class of a customer with these scores.
    pub fn class_with(&self, scores: &[Option<f64>], under: &Situation) -> usize {
        let mut at = vec![0.0; self.variables.len()];
        self.locate(scores, under, &mut at);
        self.nearest(&at, &under.centres)
    }

    /// A customer's class under the weights of the evaluation.
    pub fn home(&self, customer: usize) -> usize {
        self.homes[customer]
    }

    pub fn class_name(&self, class: usize) -> Option<&str> {
        self.classes.get(class).map(String::as_str)
    }
}

/// The classes in the model's order; those that it does not name by the values of their clusters, the
/// lowest first.
fn ordered(codes: &[String], ground: &Ground) -> Vec<String> {
    let mut positions: Vec<_> = ground.naming.clusters.iter().collect();
    positions.sort_by(|a, b| a.value.total_cmp(&b.value));
    let own = ground.model.classes.classes.iter().map(|class| &class.code);
    let others = positions.into_iter().map(|position| &position.class);
    let mut classes: Vec<String> = Vec::new();
    for code in own.chain(others).chain(codes) {
        if codes.contains(code) && !classes.contains(code) {
            classes.push(code.clone());
        }
    }
    classes
}

/// The indicators below a part, or the part itself if it is one, among all indicators. They follow
/// each other, since the tree is in depth-first order.
fn leaves_below(hierarchy: &Hierarchy, part: usize) -> Range<usize> {
    let leaves = hierarchy.leaves();
    let first = leaves.partition_point(|leaf| *leaf < part);
    let below = leaves[first..].iter().take_while(|leaf| hierarchy.is_below(**leaf, part)).count();
    first..first + below
}

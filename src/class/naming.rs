//! Which cluster is which class.

use crate::cluster::Clusters;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Class, ClassRule, Cut, Level, Model};
use crate::priority::Weights;
use crate::text::{count, list};
use crate::value::Values;
use serde::{Deserialize, Serialize};

/// How the clusters got their names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Naming {
    /// By quadrant or by rank.
    pub rule: ClassRule,
    /// For quadrants: what parts low from high, first horizontal, then vertical.
    pub cuts: Vec<CutPoint>,
    /// For each cluster its class and why.
    pub clusters: Vec<Position>,
    /// Classes without a cluster, by code.
    pub empty: Vec<String>,
    /// What is unusual, in plain sentences.
    pub notes: Vec<String>,
}

/// What parts low from high on one axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CutPoint {
    /// The code of the criterion.
    pub part: String,
    /// What the cut is the mean of.
    pub cut: Cut,
    /// The cut; a value on it counts as high.
    pub at: f64,
}

/// A cluster's place among the classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The cluster, from 1.
    pub cluster: usize,
    /// The class's code.
    pub class: String,
    /// The class's name.
    pub name: String,
    /// The mean of the goal's value over the cluster's customers.
    pub value: f64,
    /// For quadrants: the centre on the horizontal and the vertical axis.
    pub centre: Vec<f64>,
    /// For quadrants: low or high on each axis.
    pub levels: Vec<Level>,
}

impl Naming {
    /// Every class by code and name: those of the model in its order, then others that clusters have
    /// got, lowest value first.
    pub fn classes(&self, model: &Model) -> Vec<(String, String)> {
        let classes = model.classes.classes.iter();
        let mut codes: Vec<(String, String)> =
            classes.map(|class| (class.code.clone(), class.name.clone())).collect();
        let mut by_value: Vec<_> = self.clusters.iter().collect();
        by_value.sort_by(|a, b| a.value.total_cmp(&b.value));
        for position in by_value {
            if !codes.iter().any(|(code, _)| *code == position.class) {
                codes.push((position.class.clone(), position.name.clone()));
            }
        }
        codes
    }

    /// The class of a cluster, if it has one: an empty cluster names nothing.
    pub fn of(&self, cluster: usize) -> Option<&Position> {
        self.clusters.iter().find(|position| position.cluster == cluster)
    }
}

/// Names the clusters by the model's rule.
///
/// *Quadrant*: a centre at or above the cut is high, below it low; the two levels name the class.
/// The cut is, by the model's choice, the unweighted mean of the clusters' centres, the mean of the
/// customers, or the middle of the scale. It works for any number of clusters: several can share a
/// class, and a class can stay empty; both are told.
///
/// *Ranked*: clusters in the order of their mean values of the goal, lowest first, take the names of
/// the model's classes in order; if there are not as many, they are called "class 1 of k" and so on.
pub fn name_clusters(
    clusters: &Clusters,
    values: &Values,
    weights: &Weights,
    model: &Model,
    log: &mut Diagnostics,
) -> Naming {
    let namer = Namer { clusters, values, weights, model };
    let mut naming = match model.classes.rule {
        ClassRule::Quadrant => namer.quadrants(),
        ClassRule::Ranked => namer.ranked(),
    };
    namer.tell(&mut naming, log);
    naming
}

struct Namer<'a> {
    clusters: &'a Clusters,
    values: &'a Values,
    weights: &'a Weights,
    model: &'a Model,
}

impl Namer<'_> {
    /// The mean of a part's values over each cluster's customers; `None` for an empty cluster.
    fn means(&self, part: usize) -> Vec<Option<f64>> {
        let mut sums = vec![(0.0, 0usize); self.clusters.k];
        for (label, value) in self.clusters.labels().into_iter().zip(self.values.at(part)) {
            if let Some(cluster) = label {
                sums[cluster - 1].0 += value;
                sums[cluster - 1].1 += 1;
            }
        }
        sums.into_iter().map(|(sum, n)| (n > 0).then(|| sum / n as f64)).collect()
    }

    /// What the cut is the mean of. A single cluster's centre is the mean of the centres and of the
    /// customers, so these part nothing; the middle of the scale does.
    fn cut_rule(&self, means: &[Option<f64>]) -> Cut {
        match means.iter().flatten().count() {
            0 | 1 => Cut::Scale,
            _ => self.model.classes.cut,
        }
    }

    fn cut(&self, part: usize, means: &[Option<f64>]) -> f64 {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        match self.cut_rule(means) {
            Cut::Centres => mean(&means.iter().flatten().copied().collect::<Vec<_>>()),
            Cut::Customers => mean(&self.values.at(part)),
            Cut::Scale => {
                let code = &self.model.hierarchy.nodes()[part].code;
                let weight = self.weights.part_weights.get(code).unwrap_or(0.0);
                weight * self.model.scale.middle()
            }
        }
    }

    fn quadrants(&self) -> Naming {
        let rules = &self.model.classes;
        let axes: Vec<usize> = [&rules.horizontal, &rules.vertical]
            .into_iter()
            .flatten()
            .filter_map(|code| self.model.hierarchy.position(code))
            .collect();
        let means: Vec<Vec<Option<f64>>> = axes.iter().map(|&part| self.means(part)).collect();
        let cuts: Vec<CutPoint> = axes
            .iter()
            .zip(&means)
            .map(|(&part, means)| CutPoint {
                part: self.model.hierarchy.nodes()[part].code.clone(),
                cut: self.cut_rule(means),
                at: self.cut(part, means),
            })
            .collect();
        let goal = self.means(0);
        let clusters = (0..self.clusters.k)
            .filter_map(|cluster| {
                let value = goal[cluster]?;
                let centre: Vec<f64> = means.iter().filter_map(|means| means[cluster]).collect();
                let levels: Vec<Level> = centre
                    .iter()
                    .zip(&cuts)
                    .map(|(at, cut)| if *at >= cut.at { Level::High } else { Level::Low })
                    .collect();
                let class = rules.classes.iter().find(|class| {
                    [class.horizontal, class.vertical]
                        .into_iter()
                        .flatten()
                        .eq(levels.iter().copied())
                })?;
                let (class, name) = (class.code.clone(), class.name.clone());
                Some(Position { cluster: cluster + 1, class, name, value, centre, levels })
            })
            .collect();
        Naming { rule: ClassRule::Quadrant, cuts, clusters, empty: Vec::new(), notes: Vec::new() }
    }

    fn ranked(&self) -> Naming {
        let mut order: Vec<(usize, f64)> = self
            .means(0)
            .into_iter()
            .enumerate()
            .filter_map(|(cluster, mean)| Some((cluster + 1, mean?)))
            .collect();
        order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let classes = &self.model.classes.classes;
        let k = order.len();
        let named = |place: usize| match classes.get(place).filter(|_| classes.len() == k) {
            Some(class) => (class.code.clone(), class.name.clone()),
            None => (format!("class-{}", place + 1), format!("Class {} of {k}", place + 1)),
        };
        let mut clusters: Vec<Position> = order
            .iter()
            .enumerate()
            .map(|(place, &(cluster, value))| {
                let (class, name) = named(place);
                Position { cluster, class, name, value, centre: Vec::new(), levels: Vec::new() }
            })
            .collect();
        clusters.sort_by_key(|position| position.cluster);
        Naming {
            rule: ClassRule::Ranked,
            cuts: Vec::new(),
            clusters,
            empty: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn tell(&self, naming: &mut Naming, log: &mut Diagnostics) {
        let classes = &self.model.classes.classes;
        let in_class = |class: &Class| -> Vec<String> {
            let here = naming.clusters.iter().filter(|position| position.class == class.code);
            here.map(|position| position.cluster.to_string()).collect()
        };
        let mut warnings = Vec::new();
        // An empty cluster names nothing.
        let k = self.clusters.sizes.iter().filter(|size| **size > 0).count();
        if k != classes.len() && !classes.is_empty() {
            let consequence = match naming.rule {
                ClassRule::Quadrant => {
                    "each is named by its position, so a class can be shared or stay empty"
                }
                ClassRule::Ranked => "so they are numbered from the lowest instead of named",
            };
            let message = format!(
                "{} for {}: {consequence}",
                count(k, "cluster"),
                if classes.len() == 1 {
                    "1 class".to_string()
                } else {
                    format!("{} classes", classes.len())
                },
            );
            warnings.push(Diagnostic::warning(Code::ClassCount, message));
        }
        let mut empty = Vec::new();
        for class in classes.iter().filter(|_| naming.rule == ClassRule::Quadrant) {
            let here = in_class(class);
            if here.is_empty() {
                empty.push(class.code.clone());
                let message = format!("no cluster lies where “{}” would be", class.name);
                warnings.push(Diagnostic::warning(Code::ClassEmpty, message));
            } else if here.len() > 1 {
                let message =
                    format!("the clusters {} share the class “{}”", list(&here), class.name);
                let hint = "another number of clusters may describe these customers better";
                warnings.push(Diagnostic::warning(Code::ClassShared, message).hint(hint));
            }
        }
        naming.empty = empty;
        naming.notes = warnings.iter().map(|warning| sentence(&warning.message)).collect();
        let asked = self.model.classes.cut;
        if naming.cuts.iter().any(|cut| cut.cut != asked) {
            naming.notes.push(
                "There is a single cluster, whose centre would itself be the cut: it is compared with the middle of the scale instead."
                    .to_string(),
            );
        }
        log.extend(warnings.into_iter().collect());
    }
}

/// A message as a sentence of its own.
fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

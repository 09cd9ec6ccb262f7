//! The index system: goal, criteria, indicators, and the rules by which they become classes.
//!
//! A model is a TOML file. Reading it gives all its faults at once, each with its line.

mod builtin;
mod check;
mod draft;
pub(crate) mod gather;
mod hierarchy;
mod random_index;
mod rules;
mod schema;
mod translation;

pub use builtin::{BUILTIN, Builtin};
pub use gather::kind;
pub use hierarchy::{Hierarchy, Node};
pub use random_index::{RandomIndexValue, random_index, random_index_with_gaps};
pub use rules::*;
pub use schema::schema;
pub use translation::{ClassTranslation, LANGUAGES, Translation};

pub(crate) use hierarchy::{Link, Listed, WEIGHTS};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::metric::Metric;
use crate::role::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A checked customer value model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Its short name.
    pub name: String,
    /// The title that reports carry.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Where the index system is published.
    pub reference: Option<String>,
    /// Goal, criteria and indicators.
    pub hierarchy: Hierarchy,
    /// The indicators, in the order of the hierarchy's leaves.
    pub indicators: Vec<Indicator>,
    /// The scale of all scores.
    pub scale: Scale,
    /// How weights are derived.
    pub weights: WeightRules,
    /// How the scores that several experts gave become one.
    pub combine: Combine,
    /// What happens where a score is missing.
    pub missing: Missing,
    /// What happens to customers whom only the scores know, or only the sales.
    pub unmatched: Missing,
    /// The headers of columns of sales lines by their roles; others are guessed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<Role, String>,
    /// How customers are clustered.
    pub clusters: ClusterRules,
    /// How clusters get their names.
    pub classes: ClassRules,
    /// What to do with which customers; of those that fit a customer the first one counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Its texts in other languages, by the language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, Translation>,
}

/// The ends of a scale of scores, `min < max`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// The lowest score.
    pub min: f64,
    /// The highest score.
    pub max: f64,
}

impl Scale {
    /// The middle of the scale.
    pub fn middle(self) -> f64 {
        (self.min + self.max) / 2.0
    }

    /// Whether a score lies on the scale.
    pub fn holds(self, score: f64) -> bool {
        (self.min..=self.max).contains(&score)
    }
}

/// An indicator: what is scored or measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it means and how it is scored.
    pub description: String,
    /// Whether more is better.
    pub direction: Direction,
    /// Where its scores come from.
    pub source: Source,
    /// The figure of a customer's sales, where these count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<Metric>,
    /// For a blend: its sources with their shares, which sum to 1; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Share>,
    /// The unit of its measured values.
    pub unit: Option<String>,
    /// Its grades with their scores, best first; empty if it has none.
    pub grades: Vec<Grade>,
    /// The header of its column on the sheet `Measured`.
    pub column: Option<String>,
    /// How its measured values come onto the scale.
    pub rule: ScaleRule,
    /// Cut points for the rule "cuts".
    pub cuts: Vec<f64>,
}

/// A source of a blend.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Experts, a measured column or transactions.
    pub source: Source,
    /// Its share, above 0.
    pub share: f64,
}

impl Indicator {
    /// The sources of its scores with their shares: one, or those of the blend.
    pub fn sources(&self) -> Vec<Share> {
        match self.source {
            Source::Blend => self.shares.clone(),
            source => vec![Share { source, share: 1.0 }],
        }
    }

    /// Whether its scores come from this source, alone or with others.
    pub fn uses(&self, source: Source) -> bool {
        self.sources().iter().any(|share| share.source == source)
    }
}

/// A grade and the score that it stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grade {
    /// The word, such as AAA.
    pub grade: String,
    /// Its score on the model's scale.
    pub score: f64,
}

/// How weights are derived from judgements.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightRules {
    /// Eigenvector or row geometric mean.
    pub method: Method,
    /// The table of random indices.
    pub random_index: RandomIndex,
    /// Above this consistency ratio there is a warning.
    pub consistency_limit: f64,
    /// The upper end of the judgement scale.
    pub scale_max: f64,
    /// What a step on the 1–9 scale of words is worth.
    pub scale: JudgementScale,
    /// How several experts become one group.
    pub aggregate: Aggregate,
    /// What happens where comparisons are missing.
    pub incomplete: Gaps,
    /// Experts whose consistency ratio under a node is above this are left out there.
    pub exclude_above: Option<f64>,
    /// Weights from the data, blended with those of the judgements.
    pub blend: Option<Blend>,
}

/// A blend of the judgements' weights with weights from the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blend {
    /// How the data give weights.
    pub objective: Objective,
    /// Their share, above 0 and at most 1; the judgements have the rest.
    pub share: f64,
}

impl Default for WeightRules {
    fn default() -> Self {
        WeightRules {
            method: Method::default(),
            random_index: RandomIndex::default(),
            consistency_limit: 0.10,
            scale_max: 9.0,
            scale: JudgementScale::default(),
            aggregate: Aggregate::default(),
            incomplete: Gaps::default(),
            exclude_above: None,
            blend: None,
        }
    }
}

/// How customers are clustered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterRules {
    /// The parts of the hierarchy whose values are clustered, by code.
    pub variables: Vec<String>,
    /// The number of clusters.
    pub k: usize,
    /// Where k-means starts.
    pub start: Start,
    /// The customers (counted from 1) that are the initial centres, where they are named; they go
    /// before `start`.
    pub start_cases: Vec<usize>,
    /// What is done to the variables first.
    pub standardise: Standardise,
    /// The largest number of iterations.
    pub max_iterations: usize,
    /// The share of the smallest distance between initial centres below which a move is none.
    pub converge: f64,
    /// The seed of everything random.
    pub seed: u64,
}

/// How clusters get their names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassRules {
    /// By quadrant or by rank.
    pub rule: ClassRule,
    /// For quadrants: the code of the criterion that is called low or high first.
    pub horizontal: Option<String>,
    /// For quadrants: the code of the criterion that is called low or high second.
    pub vertical: Option<String>,
    /// For quadrants: what parts high from low.
    pub cut: Cut,
    /// The classes, lowest first. May be empty for the rule "ranked".
    pub classes: Vec<Class>,
}

/// A class of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Class {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// For quadrants: its level of the horizontal criterion.
    pub horizontal: Option<Level>,
    /// For quadrants: its level of the vertical criterion.
    pub vertical: Option<Level>,
    /// What it means to be in this class.
    pub reading: String,
    /// What to do with these customers.
    pub strategy: String,
}

/// What to do with customers of whom all of its conditions hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// What to do.
    pub text: String,
    /// The customer is in one of these classes, by code; of a lost customer the class that it had.
    /// Empty for any.
    pub class: Vec<String>,
    /// The customer was in one of these classes in the period before. Empty for any.
    pub from: Vec<String>,
    /// Where the customer is heading. Empty for any.
    pub heading: Vec<Heading>,
    /// The customer keeps its class in a smaller share of draws than this, from 0 to 1.
    pub firmness_below: Option<f64>,
    /// The text in other languages, by the language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, String>,
}

impl Model {
    /// Reads a model from TOML. `file` is the name that faults carry.
    ///
    /// All faults go to the log; the model is there only if there are none of its own.
    ///
    /// ```
    /// use custval::diagnostic::Diagnostics;
    /// use custval::model::Model;
    ///
    /// let mut log = Diagnostics::new();
    /// let text = "name = 'x'\ngoal = { code = 'v', name = 'Value' }\nindicater = 1\n";
    /// assert!(Model::parse(text, "x.toml", &mut log).is_none());
    /// let fault = log.iter().next().unwrap().to_string();
    /// assert!(fault.contains("x.toml:3") && fault.contains("did you mean `indicator`?"));
    /// ```
    pub fn parse(text: &str, file: &str, log: &mut Diagnostics) -> Option<Model> {
        let source = gather::Text::new(file, text);
        let mut own = Diagnostics::new();
        let draft = gather::gather::<draft::Draft>(&source, &mut own);
        let model = draft.map(|draft| check::check(draft, &source, &mut own));
        let sound = !own.is_faulty();
        log.extend(own);
        model.flatten().filter(|_| sound)
    }

    /// Reads a model from a file, or one of the built-in models by its name (such as `sme`).
    pub fn open(name: &str, log: &mut Diagnostics) -> Option<Model> {
        let path = std::path::Path::new(name);
        // A folder of that name, such as one of results, does not hide the model.
        if !path.is_file()
            && let Some(builtin) = BUILTIN.iter().find(|builtin| builtin.name == name)
        {
            return Model::parse(builtin.text, &format!("{name} (built in)"), log);
        }
        match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => Model::parse(&text, name, log),
            Ok(Err(_)) => {
                let fault = Diagnostic::error(Code::ModelSyntax, "the model is not UTF-8 text")
                    .at(Place::file(name))
                    .hint("a model is a TOML text file; a workbook goes after it");
                log.push(fault);
                None
            }
            Err(error) => {
                let names: Vec<&str> = BUILTIN.iter().map(|builtin| builtin.name).collect();
                let fault =
                    Diagnostic::error(Code::FileUnreadable, format!("cannot read: {error}"))
                        .at(Place::file(name))
                        .hint(format!(
                            "give a model file, or a built-in model: {}",
                            names.join(", ")
                        ));
                log.push(fault);
                None
            }
        }
    }

    /// The indicator at a leaf's place among the leaves, by its written code or name.
    pub fn find_indicator(&self, written: &str) -> Option<usize> {
        let at = self.hierarchy.find(written)?;
        self.hierarchy.leaves().iter().position(|&leaf| leaf == at)
    }

    /// Whether any indicator takes scores from this source.
    pub fn uses(&self, source: Source) -> bool {
        self.indicators.iter().any(|indicator| indicator.uses(source))
    }

    /// The class of this code or name.
    pub fn find_class(&self, written: &str) -> Option<&Class> {
        let written = crate::text::fold(written);
        self.classes.classes.iter().find(|class| {
            crate::text::fold(&class.code) == written || crate::text::fold(&class.name) == written
        })
    }
}

//! The model as it stands in its file, before it is checked. The JSON Schema is made from these.

use super::rules::*;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A customer value model: an index system, where its figures come from, and how they are read.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "custval model")]
pub struct Draft {
    /// A short name for the model, such as "sme".
    pub name: String,
    /// The title that reports carry.
    pub title: Option<String>,
    /// What the model is for, in a sentence or two.
    pub description: Option<String>,
    /// Where the index system is published.
    pub reference: Option<String>,
    /// The goal: what the whole hierarchy measures.
    pub goal: DraftGoal,
    /// The scale of all scores; 1 to 5 if it is not given.
    #[serde(default)]
    pub scale: DraftScale,
    /// The inner parts of the hierarchy: dimensions, criteria, to any depth.
    #[serde(default)]
    pub criterion: Vec<DraftCriterion>,
    /// The leaves of the hierarchy: what is scored or measured.
    #[serde(default)]
    pub indicator: Vec<DraftIndicator>,
    /// How weights are derived from judgements.
    #[serde(default)]
    pub weights: DraftWeights,
    /// How scores are combined.
    #[serde(default)]
    pub scores: DraftScores,
    /// The sales lines that indicators of the source "transactions" rest on.
    #[serde(default)]
    pub transactions: DraftTransactions,
    /// How customers are clustered.
    #[serde(default)]
    pub clusters: DraftClusters,
    /// How clusters get their names.
    #[serde(default)]
    pub classes: DraftClasses,
    /// The classes, lowest first.
    #[serde(default)]
    pub class: Vec<DraftClass>,
    /// What to do with which customers; of those that fit a customer the first one counts. Where none
    /// does, the strategy of the class.
    #[serde(default)]
    pub action: Vec<DraftAction>,
    /// The model's texts in other languages, by the language: zh.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, DraftTranslation>")]
    pub translation: BTreeMap<Spanned<String>, DraftTranslation>,
}

/// The goal of the hierarchy.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftGoal {
    /// Its code, as results name it.
    #[schemars(with = "String")]
    pub code: Spanned<String>,
    /// Its name, as people read it.
    pub name: String,
}

/// The ends of the scale of scores.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftScale {
    /// The lowest score.
    #[schemars(with = "f64")]
    pub min: Spanned<f64>,
    /// The highest score.
    #[schemars(with = "f64")]
    pub max: Spanned<f64>,
}

impl Default for DraftScale {
    fn default() -> Self {
        DraftScale { min: Spanned::new(0..0, 1.0), max: Spanned::new(0..0, 5.0) }
    }
}

/// A dimension or criterion: a part with parts below it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftCriterion {
    /// Its code.
    #[schemars(with = "String")]
    pub code: Spanned<String>,
    /// Its name.
    pub name: String,
    /// The code of the goal or of the criterion above.
    #[schemars(with = "String")]
    pub parent: Spanned<String>,
    /// What it means.
    pub description: Option<String>,
    /// Its weight among its siblings, where there are no judgements.
    #[schemars(with = "Option<f64>")]
    pub weight: Option<Spanned<f64>>,
}

/// An indicator: what is scored by experts or measured.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftIndicator {
    /// Its code.
    #[schemars(with = "String")]
    pub code: Spanned<String>,
    /// Its name.
    pub name: String,
    /// The code of the goal or criterion above.
    #[schemars(with = "String")]
    pub parent: Spanned<String>,
    /// What it means and how it is scored.
    pub description: Option<String>,
    /// Its weight among its siblings, where there are no judgements.
    #[schemars(with = "Option<f64>")]
    pub weight: Option<Spanned<f64>>,
    /// Whether more is better.
    #[serde(default)]
    pub direction: Direction,
    /// Where its scores come from.
    #[serde(default)]
    pub source: Source,
    /// The figure of a customer's sales, such as "max_order", for the source "transactions" or a blend
    /// with it.
    #[schemars(with = "Option<String>")]
    pub metric: Option<Spanned<String>>,
    /// For the source "blend": what each source counts, such as { experts = 0.6, transactions = 0.4 }.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub shares: BTreeMap<String, Spanned<f64>>,
    /// The unit of its values.
    pub unit: Option<String>,
    /// Grades and the score that each stands for, such as { AAA = 5, AA = 4.2 }.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub grades: BTreeMap<String, Spanned<f64>>,
    /// The header of its column on the sheet Measured; its code or name if it is not given.
    pub column: Option<String>,
    /// How its values come onto the scale, where they are no scores.
    #[serde(default)]
    pub rule: ScaleRule,
    /// Cut points for the rule "cuts", rising: one fewer than the scores that they part.
    #[schemars(with = "Option<Vec<f64>>")]
    pub cuts: Option<Spanned<Vec<f64>>>,
}

/// How weights are derived from judgements.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftWeights {
    /// Eigenvector or row geometric mean.
    pub method: Method,
    /// The table of random indices for the consistency ratio.
    pub random_index: RandomIndex,
    /// Above this consistency ratio there is a warning; Saaty's rule is 0.10.
    #[schemars(with = "f64")]
    pub consistency_limit: Spanned<f64>,
    /// The upper end of the judgement scale; its reciprocal is the lower end.
    #[schemars(with = "f64")]
    pub scale_max: Spanned<f64>,
    /// What a step on the 1–9 scale of words is worth as a ratio.
    #[schemars(with = "JudgementScale")]
    pub scale: Option<Spanned<JudgementScale>>,
    /// How several experts become one group: judgement by judgement, or weights by weights.
    pub aggregate: Aggregate,
    /// What happens where an expert left comparisons empty.
    pub incomplete: Gaps,
    /// Experts whose consistency ratio under a node is above this are left out there.
    #[schemars(with = "Option<f64>")]
    pub exclude_above: Option<Spanned<f64>>,
    /// Weights from the data, blended with those of the judgements.
    pub blend: Option<DraftBlend>,
}

/// A blend of the judgements' weights with weights from the data.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftBlend {
    /// How the data give weights.
    pub by: Objective,
    /// Their share, above 0 and at most 1; the judgements have the rest.
    #[schemars(with = "f64")]
    pub share: Spanned<f64>,
}

impl Default for DraftWeights {
    fn default() -> Self {
        DraftWeights {
            method: Method::default(),
            random_index: RandomIndex::default(),
            consistency_limit: Spanned::new(0..0, 0.10),
            scale_max: Spanned::new(0..0, 9.0),
            scale: None,
            aggregate: Aggregate::default(),
            incomplete: Gaps::default(),
            exclude_above: None,
            blend: None,
        }
    }
}

/// How scores are combined.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftScores {
    /// How the scores that several experts gave become one.
    pub combine: Combine,
    /// What happens where no expert scored a customer on an indicator.
    pub missing: Missing,
    /// What happens to customers whom only the scores know, or only the sales.
    pub unmatched: Missing,
}

/// The sales lines that indicators of the source "transactions" rest on.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftTransactions {
    /// The headers of columns by their roles, such as { customer = "Client" }; others are guessed.
    #[schemars(with = "BTreeMap<String, String>")]
    pub columns: BTreeMap<String, Spanned<String>>,
}

/// How customers are clustered.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftClusters {
    /// The parts of the hierarchy whose values are clustered; the goal and its children if not given.
    #[schemars(with = "Option<Vec<String>>")]
    pub variables: Option<Vec<Spanned<String>>>,
    /// The number of clusters.
    #[schemars(with = "usize")]
    pub k: Spanned<usize>,
    /// Where k-means starts.
    pub start: Start,
    /// The customers, counted from 1, that are the initial centres; they go before `start`.
    pub start_cases: Vec<usize>,
    /// What is done to the variables first.
    pub standardise: Standardise,
    /// The largest number of iterations (SPSS: MXITER).
    #[schemars(with = "usize")]
    pub max_iterations: Spanned<usize>,
    /// Stop when no centre moves by more than this share of the smallest distance between the
    /// initial centres (SPSS: CONVERGE).
    #[schemars(with = "f64")]
    pub converge: Spanned<f64>,
    /// The seed of everything random.
    pub seed: u64,
}

impl Default for DraftClusters {
    fn default() -> Self {
        DraftClusters {
            variables: None,
            k: Spanned::new(0..0, 4),
            start: Start::default(),
            start_cases: Vec::new(),
            standardise: Standardise::default(),
            max_iterations: Spanned::new(0..0, 100),
            converge: Spanned::new(0..0, 0.0),
            seed: 1,
        }
    }
}

/// How clusters get their names.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftClasses {
    /// By quadrant or by rank.
    #[schemars(with = "ClassRule")]
    pub rule: Option<Spanned<ClassRule>>,
    /// For the rule "quadrant": the criterion whose value is called low or high first.
    #[schemars(with = "Option<String>")]
    pub horizontal: Option<Spanned<String>>,
    /// For the rule "quadrant": the criterion whose value is called low or high second.
    #[schemars(with = "Option<String>")]
    pub vertical: Option<Spanned<String>>,
    /// For the rule "quadrant": what parts high from low.
    pub cut: Cut,
}

/// A class of customers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftClass {
    /// Its code, as results name it.
    #[schemars(with = "String")]
    pub code: Spanned<String>,
    /// Its name.
    pub name: String,
    /// For the rule "quadrant": its level of the horizontal criterion.
    pub horizontal: Option<Level>,
    /// For the rule "quadrant": its level of the vertical criterion.
    pub vertical: Option<Level>,
    /// What it means to be in this class.
    #[serde(default)]
    pub reading: String,
    /// What to do with these customers.
    #[serde(default)]
    pub strategy: String,
}

/// What to do with customers of whom all of its conditions hold; those left out always do.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftAction {
    /// What to do.
    #[schemars(with = "String")]
    pub text: Spanned<String>,
    /// The customer is in one of these classes; of a lost customer the class that it had.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub class: Vec<Spanned<String>>,
    /// The customer was in one of these classes in the period before.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub from: Vec<Spanned<String>>,
    /// Where the customer is heading; this needs an earlier period.
    #[serde(default)]
    pub heading: Vec<Heading>,
    /// The customer keeps its class in a smaller share of draws than this, from 0 to 1.
    #[schemars(with = "Option<f64>")]
    pub firmness_below: Option<Spanned<f64>>,
    /// The text in other languages, such as { zh = "…" }.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub translation: BTreeMap<Spanned<String>, String>,
}

/// The texts of a model in another language. What is left out is shown as it stands in the model.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftTranslation {
    /// The title that reports carry.
    pub title: Option<String>,
    /// What the model is for.
    pub description: Option<String>,
    /// The names of the goal, the criteria and the indicators, by their codes.
    #[schemars(with = "BTreeMap<String, String>")]
    pub names: BTreeMap<Spanned<String>, String>,
    /// The texts of the classes, by their codes.
    #[schemars(with = "BTreeMap<String, DraftClassTranslation>")]
    pub classes: BTreeMap<Spanned<String>, DraftClassTranslation>,
}

/// The texts of a class in another language.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftClassTranslation {
    /// Its name.
    pub name: Option<String>,
    /// What it means to be in this class.
    pub reading: Option<String>,
    /// What to do with these customers.
    pub strategy: Option<String>,
}

//! What moves customers to another class.

use serde::Serialize;

/// A customer that moves to another class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Move {
    /// The customer.
    pub customer: String,
    /// The code of the class that it leaves.
    pub from: String,
    /// The code of the class that it comes to.
    pub to: String,
}

/// One step of one expert's judgement that moves customers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgementChange {
    /// The expert.
    pub expert: String,
    /// The node under which the items stand.
    pub node: String,
    /// The item that is compared.
    pub a: String,
    /// The item that it is compared with.
    pub b: String,
    /// How many times more important A is than B, as the expert said.
    pub from: f64,
    /// The next judgement on the scale.
    pub to: f64,
    /// Who moves.
    pub moves: Vec<Move>,
}

/// What an expert is left out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LeftOutOf {
    /// The judgements.
    Judgements,
    /// The scores.
    Scores,
    /// Both.
    Both,
}

impl LeftOutOf {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            LeftOutOf::Judgements => "judgements",
            LeftOutOf::Scores => "scores",
            LeftOutOf::Both => "both",
        }
    }
}

/// What one expert's absence changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpertChange {
    /// The expert.
    pub expert: String,
    /// What the expert is left out of.
    pub left_out_of: LeftOutOf,
    /// Who moves; `None` where the others' judgements alone give no weights.
    pub moves: Option<Vec<Move>>,
    /// Customers who lack a score then, and who by the model's rule get no class without it.
    pub unclassed: Vec<String>,
}

/// One point of one score that moves its customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreChange {
    /// The customer.
    pub customer: String,
    /// The indicator's code.
    pub indicator: String,
    /// The score of all experts together.
    pub from: f64,
    /// The score a point higher or lower, but on the scale.
    pub to: f64,
    /// The code of the class that the customer leaves.
    pub class: String,
    /// The code of the class that it comes to.
    pub to_class: String,
}

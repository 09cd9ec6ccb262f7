//! What a template holds before it is sent out.

use crate::model::{Indicator, Model, Source};
use std::collections::BTreeMap;

/// How many experts there are when none is named.
const EXPERTS: usize = 3;
/// How many rows are left for customers when none is named.
const BLANK_CUSTOMERS: usize = 20;

/// A line of the sheet `Experts`.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpertEntry {
    /// The expert's name.
    pub name: String,
    /// What the expert is; may be empty.
    pub role: String,
    /// How much the expert counts, relative to the others.
    pub weight: f64,
    /// Whether the expert's judgements and scores are used.
    pub include: bool,
}

/// What is filled in already.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The experts; "Expert 1" to "Expert 3" if there are none.
    pub experts: Vec<ExpertEntry>,
    /// The customers; blank rows if there are none.
    pub customers: Vec<String>,
    /// (expert, node's code, code of A, code of B) → judgement of A over B.
    pub judgements: BTreeMap<(String, String, String, String), f64>,
    /// (expert, customer, indicator's code) → score.
    pub scores: BTreeMap<(String, String, String), f64>,
    /// (customer, indicator's code) → measured value.
    pub measured: BTreeMap<(String, String), f64>,
    /// Customer → code of the class that the experts themselves see the customer in.
    pub classes: BTreeMap<String, String>,
}

impl Contents {
    /// The experts, each with a name.
    pub(super) fn experts(&self) -> Vec<ExpertEntry> {
        let named =
            |name: String| ExpertEntry { name, role: String::new(), weight: 1.0, include: true };
        if self.experts.is_empty() {
            return (1..=EXPERTS).map(|at| named(format!("Expert {at}"))).collect();
        }
        let entries = self.experts.iter().enumerate().map(|(at, entry)| {
            if entry.name.trim().is_empty() {
                ExpertEntry { name: format!("Expert {}", at + 1), ..entry.clone() }
            } else {
                entry.clone()
            }
        });
        entries.collect()
    }

    /// The rows of customers: names, or empty texts to be written over.
    pub(super) fn customers(&self) -> Vec<&str> {
        if self.customers.is_empty() {
            vec![""; BLANK_CUSTOMERS]
        } else {
            self.customers.iter().map(String::as_str).collect()
        }
    }

    /// How important A is compared with B, from whichever side it was judged.
    pub(super) fn judgement(&self, expert: &str, node: &str, a: &str, b: &str) -> Option<f64> {
        let at = |a: &str, b: &str| {
            let key = (expert.to_string(), node.to_string(), a.to_string(), b.to_string());
            self.judgements.get(&key).copied().filter(|value| value.is_finite() && *value > 0.0)
        };
        at(a, b).or_else(|| at(b, a).map(|value| 1.0 / value))
    }

    /// What an expert scored.
    pub(super) fn score(&self, expert: &str, customer: &str, indicator: &str) -> Option<f64> {
        let key = (expert.to_string(), customer.to_string(), indicator.to_string());
        self.scores.get(&key).copied().filter(|score| score.is_finite())
    }

    /// What was measured.
    pub(super) fn measured(&self, customer: &str, indicator: &str) -> Option<f64> {
        let key = (customer.to_string(), indicator.to_string());
        self.measured.get(&key).copied().filter(|value| value.is_finite())
    }
}

/// The indicators that come from this source, in order.
pub(super) fn indicators(model: &Model, source: Source) -> Vec<&Indicator> {
    model.indicators.iter().filter(|indicator| indicator.uses(source)).collect()
}

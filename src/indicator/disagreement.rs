//! Where the experts see a customer otherwise than its figures do.

use super::Indicators;
use crate::model::{Model, Source};
use serde::{Deserialize, Serialize};

/// The experts' score of a customer on an indicator beside the one that its figures give.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The customer.
    pub customer: String,
    /// The indicator's code.
    pub code: String,
    /// The experts' score.
    pub experts: f64,
    /// The score that the measured value or the sales give.
    pub figures: f64,
    /// Experts less figures.
    pub difference: f64,
}

/// All customers on all indicators that both experts and figures score, the largest difference first;
/// equal ones in the order of the customers and the indicators. Scores that agree are left out.
pub(super) fn disagreements(indicators: &Indicators, model: &Model) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for (customer, name) in indicators.customers.iter().enumerate() {
        for (column, indicator) in indicators.columns.iter().zip(&model.indicators) {
            let of = |source: fn(Source) -> bool| {
                column.parts.iter().find(|part| source(part.source)).map(|part| &part.scores)
            };
            let experts = of(|source| source == Source::Experts).or(column.beside.as_ref());
            let figures = of(|source| source != Source::Experts);
            let (Some(experts), Some(figures)) = (experts, figures) else { continue };
            let (Some(experts), Some(figures)) = (experts[customer], figures[customer]) else {
                continue;
            };
            let difference = experts - figures;
            if difference != 0.0 {
                let (customer, code) = (name.clone(), indicator.code.clone());
                found.push(Disagreement { customer, code, experts, figures, difference });
            }
        }
    }
    found.sort_by(|a, b| b.difference.abs().total_cmp(&a.difference.abs()));
    found
}

//! How far the experts agree in their scores, indicator by indicator.

use super::combine::Cells;
use crate::agreement::{Icc, Metric, concordance, icc, krippendorff};
use crate::model::{Model, Source};
use crate::survey::Survey;
use serde::{Deserialize, Serialize};

/// How far the experts agree in their scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreAgreement {
    /// Each indicator that at least two experts scored.
    pub indicators: Vec<IndicatorAgreement>,
    /// Krippendorff's α over all indicators and customers together.
    pub krippendorff_alpha: Option<f64>,
    /// What there is to know, in plain sentences.
    pub notes: Vec<String>,
}

/// How far the experts agree on one indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorAgreement {
    /// The indicator's code.
    pub code: String,
    /// Experts who scored it.
    pub experts: usize,
    /// Customers whom at least two of them scored.
    pub customers: usize,
    /// Customers whom all of them scored: W and ICC rest on these.
    pub complete: usize,
    /// Kendall's W: whether they rank the customers alike.
    pub kendall_w: Option<f64>,
    /// ICC(2,1) and kin: whether they give the customers the same scores.
    pub icc: Option<Icc>,
    /// Krippendorff's α for interval data, over all customers whom at least two scored.
    pub krippendorff_alpha: Option<f64>,
    /// The mean over the customers of the range of their scores, in points of the scale.
    pub mean_range: f64,
}

/// Measures the agreement; `None` where no indicator was scored by two experts.
pub(super) fn agreement(survey: &Survey, model: &Model, cells: &Cells) -> Option<ScoreAgreement> {
    let width = model.indicators.len();
    let count = survey.scores.customers.len();
    let mut all_units: Vec<Vec<f64>> = Vec::new();
    let mut indicators = Vec::new();
    for (at, indicator) in model.indicators.iter().enumerate() {
        if !indicator.uses(Source::Experts) {
            continue;
        }
        let of = |customer: usize| cells.at(customer * width + at);
        let mut scored = vec![false; survey.experts.all().len()];
        for (_, _, expert) in (0..count).flat_map(of) {
            scored[*expert as usize] = true;
        }
        let experts: Vec<u32> =
            (0..scored.len() as u32).filter(|expert| scored[*expert as usize]).collect();
        if experts.len() < 2 {
            continue;
        }
        let row = |customer: usize| -> Option<Vec<f64>> {
            let given = of(customer);
            let by = |expert: &u32| given.iter().find(|(_, _, e)| e == expert).map(|given| given.0);
            experts.iter().map(by).collect()
        };
        let complete: Vec<Vec<f64>> = (0..count).filter_map(row).collect();
        let columns: Vec<Vec<f64>> = (0..experts.len())
            .map(|expert| complete.iter().map(|row| row[expert]).collect())
            .collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let units: Vec<Vec<f64>> = (0..count)
            .map(|customer| of(customer).iter().map(|(score, ..)| *score).collect::<Vec<f64>>())
            .filter(|unit| unit.len() > 1)
            .collect();
        let range = |unit: &Vec<f64>| {
            let least = unit.iter().copied().fold(f64::INFINITY, f64::min);
            unit.iter().copied().fold(f64::NEG_INFINITY, f64::max) - least
        };
        indicators.push(IndicatorAgreement {
            code: indicator.code.clone(),
            experts: experts.len(),
            customers: units.len(),
            complete: complete.len(),
            kendall_w: concordance(&columns).map(|found| found.w),
            icc: icc(&complete),
            krippendorff_alpha: krippendorff(&units, Metric::Interval),
            mean_range: units.iter().map(range).sum::<f64>() / units.len().max(1) as f64,
        });
        all_units.extend(units);
    }
    (!indicators.is_empty()).then(|| ScoreAgreement {
        krippendorff_alpha: krippendorff(&all_units, Metric::Interval),
        notes: notes(&indicators),
        indicators,
    })
}

/// Below this α even tentative conclusions are not to be drawn (Krippendorff 2004).
const TENTATIVE: f64 = 0.667;

fn notes(indicators: &[IndicatorAgreement]) -> Vec<String> {
    let low: Vec<&str> = indicators
        .iter()
        .filter(|found| found.krippendorff_alpha.is_some_and(|alpha| alpha < TENTATIVE))
        .map(|found| found.code.as_str())
        .collect();
    let mut notes = Vec::new();
    if !low.is_empty() {
        notes.push(format!(
            "The experts agree little (Krippendorff's α below {TENTATIVE}) on {}: look at these \
             scores before you rely on their mean.",
            crate::text::list(&low)
        ));
    }
    let flat = indicators.iter().filter(|found| found.krippendorff_alpha.is_none()).count();
    if flat > 0 {
        notes.push(format!(
            "On {} agreement is undefined: all scores are equal, or no customer has two.",
            crate::text::count(flat, "indicator")
        ));
    }
    notes
}

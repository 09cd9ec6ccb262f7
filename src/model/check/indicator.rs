//! The scale and the indicators of a draft.

use super::super::draft::{Draft, DraftIndicator};
use super::super::{Grade, Indicator, Scale, ScaleRule};
use super::Checker;
use super::source::{is_scaled, shares};
use crate::diagnostic::Code;
use crate::metric::Metric;
use crate::text::plain;
use std::collections::HashSet;

/// Scales beyond this are slips, and sums over them lose all precision.
const LARGEST: f64 = 1e9;

/// The rule "quantiles" makes a step for each whole score: at most so many.
const MOST_STEPS: f64 = 1_000.0;

/// Whether scores on it can be computed with.
pub fn is_sound(scale: Scale) -> bool {
    // Written so that NaN fails it too.
    scale.min.abs() <= LARGEST && scale.max.abs() <= LARGEST && scale.min < scale.max
}

/// An indicator of a draft without a fault.
pub fn finished(draft: &DraftIndicator) -> Indicator {
    let mut grades: Vec<Grade> = draft
        .grades
        .iter()
        .map(|(grade, score)| Grade { grade: plain(grade), score: *score.get_ref() })
        .collect();
    grades.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.grade.cmp(&b.grade)));
    Indicator {
        code: plain(draft.code.get_ref()),
        name: plain(&draft.name),
        description: draft.description.clone().unwrap_or_default(),
        direction: draft.direction,
        source: draft.source,
        metric: draft.metric.as_ref().and_then(|metric| Metric::parse(metric.get_ref())),
        shares: shares(draft),
        unit: draft.unit.clone(),
        grades,
        column: draft.column.clone(),
        rule: draft.rule,
        cuts: draft.cuts.as_ref().map(|cuts| cuts.get_ref().clone()).unwrap_or_default(),
    }
}

impl Checker<'_> {
    pub fn scale(&mut self, draft: &Draft) -> Scale {
        let (min, max) = (*draft.scale.min.get_ref(), *draft.scale.max.get_ref());
        if !is_sound(Scale { min, max }) {
            let message = format!("the scale runs from {min} to {max}");
            let hint = "min must be below max, and both between minus and plus a thousand million";
            self.fault(Code::ModelScaleInvalid, &draft.scale.max, "scale", message, hint);
        }
        Scale { min, max }
    }

    pub fn indicator(&mut self, indicator: &DraftIndicator, scale: Scale) {
        for (grade, score) in &indicator.grades {
            if !scale.holds(*score.get_ref()) {
                let message = format!("the grade {grade} has the score {}", score.get_ref());
                let hint = format!("the scale runs from {} to {}", scale.min, scale.max);
                self.fault(Code::ModelScaleInvalid, score, "grades", message, hint);
            }
        }
        let mut grades = HashSet::new();
        for (grade, score) in &indicator.grades {
            if !grades.insert(crate::text::fold(grade)) {
                let message = format!("the grade {grade} is there twice");
                let hint = "grades are compared without regard to case, width and spaces";
                self.fault(Code::ModelScaleInvalid, score, "grades", message, hint);
            }
        }
        self.source(indicator);
        let is_scaled = is_scaled(indicator);
        if is_scaled && indicator.rule == ScaleRule::Quantiles && scale.max - scale.min > MOST_STEPS
        {
            let hint = "a shorter scale, or the rule \"min-max\"";
            let message = "the scale is too long for the rule \"quantiles\"";
            self.fault(Code::ModelScaleInvalid, &indicator.code, "rule", message, hint);
        }
        let is_cuts = indicator.rule == ScaleRule::Cuts;
        match &indicator.cuts {
            None if is_cuts && is_scaled => {
                let hint = "add `cuts = [ … ]`";
                let message = "the rule \"cuts\" needs cut points";
                self.fault(Code::ModelScaleInvalid, &indicator.code, "cuts", message, hint);
            }
            Some(cuts) => {
                let points = cuts.get_ref();
                let rising = points.windows(2).all(|pair| pair[0] < pair[1]);
                if points.is_empty() || !rising || !points.iter().all(|point| point.is_finite()) {
                    let hint = "cut points are numbers that rise from each to the next";
                    let message = format!("the cut points are {points:?}");
                    self.fault(Code::ModelScaleInvalid, cuts, "cuts", message, hint);
                }
            }
            None => {}
        }
    }
}

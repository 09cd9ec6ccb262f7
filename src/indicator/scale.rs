//! Measured values onto the model's scale.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Direction, Indicator, Scale, ScaleRule};
use serde::{Deserialize, Serialize};

/// How an indicator's measured values came onto the scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edges {
    /// The rule.
    pub rule: ScaleRule,
    /// Whether more is better.
    pub direction: Direction,
    /// For "min-max" the smallest and the largest value; for "cuts" the cut points; for
    /// "quantiles" the smallest value of each step but the first.
    pub edges: Vec<f64>,
}

/// Brings values onto the scale by the indicator's rule; costs are turned. Missing stays missing.
///
/// - `as-is` and grades: the value is the score.
/// - `min-max`: score = min + (x − least)/(greatest − least) · (max − min).
/// - `cuts`: c cut points part c + 1 steps, evenly spaced on the scale; a value on a cut point
///   belongs to the step above.
/// - `quantiles`: as many steps as the scale has whole scores; the share of customers strictly
///   below a value decides its step, so that equal values get equal scores.
///
/// With the edges of an earlier result the values are held against those: a share below 0 or above
/// 1 is 0 or 1, and a step begins where it began then.
pub(super) fn onto_scale(
    values: &[Option<f64>],
    indicator: &Indicator,
    scale: Scale,
    earlier: Option<&Edges>,
    log: &mut Diagnostics,
) -> (Vec<Option<f64>>, Edges) {
    let rule = if indicator.grades.is_empty() { indicator.rule } else { ScaleRule::AsIs };
    let mut known: Vec<f64> = values.iter().flatten().copied().collect();
    known.sort_by(f64::total_cmp);
    let ends = match earlier.map(|edges| edges.edges.as_slice()) {
        Some(&[least, greatest]) if rule == ScaleRule::MinMax => Some((least, greatest)),
        _ => known.first().copied().zip(known.last().copied()),
    };
    let (least, greatest) = ends.unwrap_or((0.0, 0.0));
    let steps = match rule {
        ScaleRule::Cuts => indicator.cuts.len() + 1,
        _ => ((scale.max - scale.min).round() as usize + 1).max(2),
    };
    if rule == ScaleRule::AsIs {
        for value in known.iter().filter(|value| !scale.holds(**value)) {
            let message = format!("the value {value} of {} is not on the scale", indicator.code);
            let hint = format!(
                "the scale runs from {} to {}; choose a `rule` for the indicator in the model",
                scale.min, scale.max
            );
            log.push(Diagnostic::error(Code::MeasuredInvalid, message).hint(hint));
        }
    }
    if rule == ScaleRule::MinMax && !known.is_empty() && least == greatest && earlier.is_none() {
        let message = format!(
            "all customers have the value {least} of {}; all get the middle of the scale",
            indicator.code
        );
        log.push(Diagnostic::warning(Code::MeasuredInvalid, message));
    }
    let step_at = |value: f64| match (rule, earlier) {
        (ScaleRule::Cuts, _) => indicator.cuts.iter().filter(|cut| value >= **cut).count(),
        (_, Some(earlier)) => earlier.edges.iter().filter(|edge| value >= **edge).count(),
        (_, None) => known.partition_point(|other| *other < value) * steps / known.len().max(1),
    };
    let share = |value: f64| match rule {
        ScaleRule::AsIs => (value - scale.min) / (scale.max - scale.min),
        ScaleRule::MinMax if value < least => 0.0,
        ScaleRule::MinMax if value > greatest => 1.0,
        ScaleRule::MinMax if least == greatest => 0.5,
        ScaleRule::MinMax => (value - least) / (greatest - least),
        ScaleRule::Cuts | ScaleRule::Quantiles => step_at(value) as f64 / (steps - 1) as f64,
    };
    let turned = |share: f64| match (indicator.direction, rule) {
        // A value that is a score already has been turned by whoever gave it.
        (Direction::Cost, ScaleRule::MinMax | ScaleRule::Cuts | ScaleRule::Quantiles) => {
            1.0 - share
        }
        _ => share,
    };
    let score = |value: f64| scale.min + turned(share(value)) * (scale.max - scale.min);
    let edges = match rule {
        ScaleRule::AsIs => Vec::new(),
        ScaleRule::MinMax => vec![least, greatest],
        ScaleRule::Cuts => indicator.cuts.clone(),
        ScaleRule::Quantiles => match earlier {
            Some(earlier) => earlier.edges.clone(),
            None => (1..steps)
                .filter_map(|step| known.iter().copied().find(|value| step_at(*value) >= step))
                .collect(),
        },
    };
    if rule == ScaleRule::MinMax && earlier.is_some() {
        beyond(&known, (least, greatest), indicator, log);
    }
    let scores = values.iter().map(|value| value.map(score)).collect();
    (scores, Edges { rule, direction: indicator.direction, edges })
}

/// Warns of values outside of the earlier ones.
fn beyond(
    known: &[f64],
    (least, greatest): (f64, f64),
    indicator: &Indicator,
    log: &mut Diagnostics,
) {
    let below = known.iter().filter(|value| **value < least).count();
    let above = known.iter().filter(|value| **value > greatest).count();
    if below + above > 0 {
        let message = format!(
            "{} of {} lie beyond those of the earlier result, {below} below {least} and {above} \
             above {greatest}; they have the scores of these ends",
            crate::text::count(below + above, "value"),
            indicator.code
        );
        let hint = "where many do, `--refit` brings the values onto the scale anew";
        log.push(Diagnostic::warning(Code::ValueBeyond, message).hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;

    fn scored(rule: ScaleRule, direction: Direction, cuts: &[f64], values: &[f64]) -> Vec<f64> {
        let indicator = Indicator {
            code: "x".into(),
            name: "x".into(),
            description: String::new(),
            direction,
            source: Source::Measured,
            metric: None,
            shares: Vec::new(),
            unit: None,
            grades: Vec::new(),
            column: None,
            rule,
            cuts: cuts.to_vec(),
        };
        let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        let scale = Scale { min: 1.0, max: 5.0 };
        let (scores, _) = onto_scale(&values, &indicator, scale, None, &mut Diagnostics::new());
        scores.into_iter().flatten().collect()
    }

    #[test]
    fn each_rule_does_what_it_says() {
        use Direction::{Benefit, Cost};
        let values = [10.0, 20.0, 20.0, 30.0, 50.0];
        assert_eq!(scored(ScaleRule::MinMax, Benefit, &[], &values), [1.0, 2.0, 2.0, 3.0, 5.0]);
        assert_eq!(scored(ScaleRule::MinMax, Cost, &[], &values), [5.0, 4.0, 4.0, 3.0, 1.0]);
        assert_eq!(scored(ScaleRule::Quantiles, Benefit, &[], &values), [1.0, 2.0, 2.0, 4.0, 5.0]);
        let cuts = [20.0, 40.0];
        assert_eq!(scored(ScaleRule::Cuts, Benefit, &cuts, &values), [1.0, 3.0, 3.0, 3.0, 5.0]);
        assert_eq!(scored(ScaleRule::AsIs, Cost, &[], &[2.0, 4.5]), [2.0, 4.5]);
        assert_eq!(scored(ScaleRule::MinMax, Benefit, &[], &[7.0, 7.0]), [3.0, 3.0]);
    }
}

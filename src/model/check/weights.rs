//! The rules by which weights are derived.

use super::super::draft::Draft;
use super::super::{Blend, JudgementScale, WeightRules};
use super::Checker;
use crate::diagnostic::Code;

impl Checker<'_> {
    pub fn weight_rules(&mut self, draft: &Draft) -> WeightRules {
        let rules = &draft.weights;
        let limit = *rules.consistency_limit.get_ref();
        if !(limit.is_finite() && limit > 0.0) {
            let message = format!("the consistency limit is {limit}");
            let hint = "a positive number; Saaty's rule is 0.10";
            let at = &rules.consistency_limit;
            self.fault(Code::ModelWeightInvalid, at, "consistency_limit", message, hint);
        }
        let scale_max = *rules.scale_max.get_ref();
        if !(scale_max.is_finite() && scale_max > 1.0 && scale_max <= 1000.0) {
            let message = format!("the judgement scale ends at {scale_max}");
            let hint = "a number above 1; Saaty's scale ends at 9";
            self.fault(Code::ModelWeightInvalid, &rules.scale_max, "scale_max", message, hint);
        }
        let scale = rules.scale.as_ref().map_or(JudgementScale::default(), |s| *s.get_ref());
        if let Some(at) = &rules.scale
            && scale != JudgementScale::Linear
            && scale_max != 9.0
        {
            let message = format!("the scale {scale} is defined from 1 to 9, not to {scale_max}");
            let hint = "leave `scale_max` out, or take the linear scale";
            self.fault(Code::ModelWeightInvalid, at, "scale", message, hint);
        }
        if let Some(at) = &rules.exclude_above
            && !(at.get_ref().is_finite() && *at.get_ref() > 0.0)
        {
            let message = format!("experts above a CR of {} are to be left out", at.get_ref());
            let hint = "a positive number, such as 0.10 or 0.20";
            self.fault(Code::ModelWeightInvalid, at, "exclude_above", message, hint);
        }
        if let Some(blend) = &rules.blend
            && !(*blend.share.get_ref() > 0.0 && *blend.share.get_ref() <= 1.0)
        {
            let message = format!("the share of the data is {}", blend.share.get_ref());
            let hint = "above 0 and at most 1: 0.3 leaves 0.7 to the judgements";
            self.fault(Code::ModelWeightInvalid, &blend.share, "share", message, hint);
        }
        WeightRules {
            method: rules.method,
            random_index: rules.random_index,
            consistency_limit: limit,
            scale_max,
            scale,
            aggregate: rules.aggregate,
            incomplete: rules.incomplete,
            exclude_above: rules.exclude_above.as_ref().map(|limit| *limit.get_ref()),
            blend: rules
                .blend
                .as_ref()
                .map(|blend| Blend { objective: blend.by, share: *blend.share.get_ref() }),
        }
    }
}

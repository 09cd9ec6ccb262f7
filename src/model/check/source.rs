//! Where the indicators of a draft take their scores from.

use super::super::draft::DraftIndicator;
use super::super::{Share, Source};
use super::Checker;
use crate::diagnostic::{Code, nearest};
use crate::metric::Metric;
use crate::text::list;

/// The sources that a blend can have.
const BLENDED: [Source; 3] = [Source::Experts, Source::Measured, Source::Transactions];

/// The sources of a draft's blend, with shares that sum to 1; empty for other indicators.
pub fn shares(draft: &DraftIndicator) -> Vec<Share> {
    if draft.source != Source::Blend {
        return Vec::new();
    }
    let sum: f64 = draft.shares.values().map(|share| *share.get_ref()).sum();
    let of = |source: &Source| {
        let share = draft.shares.get(source.as_str())?;
        Some(Share { source: *source, share: share.get_ref() / sum })
    };
    BLENDED.iter().filter_map(of).collect()
}

/// Whether some of a draft's values are no scores yet.
pub fn is_scaled(draft: &DraftIndicator) -> bool {
    let is_blended = |source: Source| {
        draft.source == Source::Blend && draft.shares.contains_key(source.as_str())
    };
    [Source::Measured, Source::Transactions]
        .into_iter()
        .any(|source| draft.source == source || is_blended(source))
}

impl Checker<'_> {
    /// Source, shares and metric fit together.
    pub fn source(&mut self, draft: &DraftIndicator) {
        self.shares(draft);
        let is_blended = draft.source == Source::Blend
            && draft.shares.contains_key(Source::Transactions.as_str());
        let needs_metric = draft.source == Source::Transactions || is_blended;
        match &draft.metric {
            None if needs_metric => {
                let hint = "add `metric = \"…\"`, such as max_order, orders or tenure_days";
                let message = "the indicator takes a figure of the sales, and does not say which";
                self.fault(Code::ModelSourceInvalid, &draft.code, "metric", message, hint);
            }
            None => {}
            Some(metric) if !needs_metric => {
                let message = "a metric is given, but the source is not transactions";
                let hint = "add `source = \"transactions\"`, or leave out `metric`";
                self.fault(Code::ModelSourceInvalid, metric, "metric", message, hint);
            }
            Some(metric) if Metric::parse(metric.get_ref()).is_none() => {
                let names = Metric::ALL.map(Metric::name);
                let hint = match nearest(metric.get_ref(), names) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("metrics: {}", list(&names)),
                };
                let message = format!("there is no metric “{}”", metric.get_ref());
                self.fault(Code::ModelSourceInvalid, metric, "metric", message, hint);
            }
            Some(_) => {}
        }
    }

    fn shares(&mut self, draft: &DraftIndicator) {
        let example = "such as `shares = { experts = 0.6, transactions = 0.4 }`";
        if draft.source != Source::Blend {
            if let Some(share) = draft.shares.values().next() {
                let message = "shares are given, but the source is not a blend";
                let hint = "add `source = \"blend\"`, or leave out `shares`";
                self.fault(Code::ModelSourceInvalid, share, "shares", message, hint);
            }
            return;
        }
        for (name, share) in &draft.shares {
            if !BLENDED.iter().any(|source| source.as_str() == name) {
                let message = format!("a blend has no source “{name}”");
                let hint = "experts, measured or transactions";
                self.fault(Code::ModelSourceInvalid, share, "shares", message, hint);
            }
            let value = *share.get_ref();
            if !(value.is_finite() && value > 0.0) {
                let hint = "a number above 0; shares are divided by their sum";
                let message = format!("the share of {name} is {value}");
                self.fault(Code::ModelSourceInvalid, share, "shares", message, hint);
            }
        }
        if draft.shares.len() < 2 {
            let hint = format!("name two sources, {example}");
            let message = "a blend of fewer than two sources";
            self.fault(Code::ModelSourceInvalid, &draft.code, "shares", message, hint);
        }
        if let (Some(_), Some(share)) =
            (draft.shares.get("measured"), draft.shares.get("transactions"))
        {
            let message =
                "a blend of measured values and transactions, for which there is one rule";
            let hint = "two indicators, one for each; or blend one of the two with experts";
            self.fault(Code::ModelSourceInvalid, share, "shares", message, hint);
        }
    }
}

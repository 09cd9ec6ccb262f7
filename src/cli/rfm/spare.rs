//! Reading no more than the scores need.

use custval::rfm::Options;
use custval::transactions::{Metric, Options as SalesOptions, Role};

/// Leaves out what the scores do not need.
pub(super) fn spare(reading: &mut SalesOptions, scoring: Option<&Options>) {
    let needs = |metric| {
        scoring.is_some_and(|of| of.model.dimensions.iter().any(|one| one.metric == metric))
    };
    let spared = [
        (Role::Product, needs(Metric::Products)),
        (Role::Description, false),
        (Role::Country, false),
        (Role::Cost, needs(Metric::Margin)),
    ];
    for (role, _) in spared.into_iter().filter(|(_, is_needed)| !is_needed) {
        reading.columns.retain(|(asked, _)| *asked != role);
        reading.columns.push((role, String::new()));
    }
    reading.ignore_repeats = true;
}

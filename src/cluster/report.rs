//! What a clustering has to say about itself, in sentences and warnings.

use super::clusters::{Clusters, Stopped};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Incomplete;

/// How many numbers a sentence lists.
const LISTED: usize = 10;

/// The clusters with their sentences, and the warnings in the log.
pub(super) fn told(mut clusters: Clusters, log: &mut Diagnostics) -> Clusters {
    clusters.stopped_because = stopped_because(&clusters);
    let mut warn = |code: Code, sentence: String, hint: &str| {
        log.push(Diagnostic::warning(code, sentence.clone()).hint(hint));
        clusters.notes.push(sentence + ".");
    };
    let weightless = clusters.weight.as_ref().map_or(Vec::new(), |weight| weight.left_out.clone());
    let lacking: Vec<usize> = (clusters.left_out.iter().copied())
        .filter(|case| weightless.binary_search(case).is_err())
        .collect();
    if !lacking.is_empty() {
        let what = match clusters.incomplete {
            Incomplete::Listwise => "lack a value",
            Incomplete::Pairwise => "lack every value",
        };
        warn(
            Code::ClusterCaseLeftOut,
            format!(
                "{} of {} cases {what} and were left out of the clustering: {}",
                lacking.len(),
                clusters.membership.len(),
                numbers(&lacking)
            ),
            "fill in their values to cluster them too",
        );
    }
    if let (Some(weight), false) = (&clusters.weight, weightless.is_empty()) {
        warn(
            Code::ClusterWeightLeftOut,
            format!(
                "{} of {} cases have no weight above 0 in {} and were left out of the clustering: {}",
                weightless.len(),
                clusters.membership.len(),
                weight.name,
                numbers(&weightless)
            ),
            "give them a weight above 0 to cluster them too",
        );
    }
    if clusters.stopped == Stopped::IterationLimit {
        warn(
            Code::ClusterNotConverged,
            clusters.stopped_because.trim_end_matches('.').to_string(),
            "allow more iterations",
        );
    }
    let sizes = clusters.sizes.iter().enumerate();
    let empty: Vec<usize> = sizes.filter(|(_, size)| **size == 0).map(|(i, _)| i + 1).collect();
    if !empty.is_empty() {
        warn(
            Code::ClusterEmpty,
            format!(
                "no case is left in cluster {}; its centre stays where it was",
                numbers(&empty)
            ),
            "choose another start or fewer clusters",
        );
    }
    if let Some(better) = &clusters.better {
        let share = better
            .gain_share
            .map_or(String::new(), |share| format!(", {} % of it", brief(share * 100.0)));
        warn(
            Code::ClusterBetter,
            format!(
                "seeded k-means++ starts found a partition whose sum of squares {} is lower by {}{share}; {} cases change their cluster: {}",
                brief(better.sse),
                brief(better.gain),
                better.moved.len(),
                numbers(&better.moved)
            ),
            "the result is that of the chosen start; the better partition stands beside it, and the start 'k-means++' leads there",
        );
    }
    clusters
}

fn stopped_because(clusters: &Clusters) -> String {
    let last = clusters.history.last();
    let largest =
        last.map_or(0.0, |iteration| iteration.shifts.iter().copied().fold(0.0, f64::max));
    match clusters.stopped {
        Stopped::IterationLimit => format!(
            "The iteration stopped at its limit of {} while centres still moved by up to {}.",
            clusters.max_iterations,
            brief(largest)
        ),
        Stopped::Assigned => String::new(),
        Stopped::Converged if clusters.threshold > 0.0 => format!(
            "The iteration converged: in iteration {} no centre moved by more than {}, which is {} of the smallest distance between initial centres, {}.",
            clusters.iterations,
            brief(clusters.threshold),
            brief(clusters.converge),
            brief(clusters.min_initial_distance.unwrap_or(0.0))
        ),
        Stopped::Converged => {
            format!(
                "The iteration converged: in iteration {} no centre moved.",
                clusters.iterations
            )
        }
    }
}

/// The first few numbers, and how many more there are.
fn numbers(all: &[usize]) -> String {
    let first: Vec<String> = all.iter().take(LISTED).map(usize::to_string).collect();
    let more = match all.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    first.join(", ") + &more
}

/// A number in six significant digits at most.
fn brief(value: f64) -> String {
    format!("{value:.5e}").parse::<f64>().unwrap_or(value).to_string()
}

//! What has to be known to read the scores of a figure, in sentences.

use super::Method;
use crate::text::{count, list};

/// The notes on a figure's scores. `sorted` are the known values, `sizes` the customers of each score.
pub(super) fn notes(
    name: &str,
    sorted: &[f64],
    sizes: &[usize],
    method: &Method,
    has_swallowed: bool,
) -> Vec<String> {
    let mut notes = Vec::new();
    let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else {
        return vec![format!("{name}: it is known of no customer, so that nobody has a score")];
    };
    let levels = sizes.len();
    if least == most {
        let who = "every customer has the same value, which tells nothing";
        notes.push(match sizes.iter().position(|size| *size > 0) {
            Some(at) => format!("{name}: {who}; all get {}", at + 1),
            None => format!("{name}: {who}"),
        });
        return notes;
    }
    if has_swallowed {
        let highest = sorted.iter().rev().take_while(|value| *value == most).count();
        let share = 100.0 * highest as f64 / sorted.len() as f64;
        notes.push(format!(
            "{name}: {} ({share:.0} %) share the highest value, so that upper levels fall together",
            count(highest, "customer")
        ));
    }
    let unused: Vec<String> = (1..=levels)
        .zip(sizes)
        .filter(|(_, size)| **size == 0)
        .map(|(level, _)| level.to_string())
        .collect();
    if unused.is_empty() {
        return notes;
    }
    let nobody = format!("nobody has score {}", list(&unused));
    notes.push(match method {
        Method::Cuts(_) => format!("{name}: {nobody}; no value lies between those cut points"),
        Method::Lloyd(_) => {
            format!("{name}: {nobody}; some centres lost all their values, or there are too few")
        }
        _ => {
            let different = sorted.chunk_by(|a, b| a == b).count();
            format!(
                "{name}: too many customers share their value for {levels} levels ({}); {nobody}",
                count(different, "different value")
            )
        }
    });
    notes
}

/// The note on values that are no finite numbers.
pub(super) fn unusable(name: &str, values: usize) -> Option<String> {
    let are = if values == 1 {
        "is no finite number and counts"
    } else {
        "are no finite numbers and count"
    };
    (values > 0).then(|| format!("{name}: {} {are} as unknown", count(values, "value")))
}

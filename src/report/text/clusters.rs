//! A clustering on the terminal, in the order in which SPSS prints it.

use super::grid::{to_text, wrapped};
use crate::cluster::Clusters;
use crate::report::tables::choice::{quality_table, stability_sentence, stability_table};
use crate::report::tables::clusters::{
    by_variable, distances_table, history_table, membership_table,
};

/// More cases than this are not listed on the terminal; the JSON has them all.
const MOST_CASES: usize = 40;

/// The tables of `custval cluster`; `ids` names the cases.
pub fn clusters_text(clusters: &Clusters, ids: Option<&[String]>) -> String {
    let mut text = vec![
        to_text(
            &by_variable("Initial centres", &clusters.initial_centres, clusters, None),
            usize::MAX,
        ),
        to_text(&history_table(&clusters.history, clusters.k), 30),
        wrapped(&clusters.stopped_because, 79, " "),
        to_text(&by_variable("Final centres", &clusters.centres, clusters, None), usize::MAX),
        to_text(&distances_table(clusters), usize::MAX),
        to_text(&membership_table(clusters, ids), MOST_CASES),
        to_text(&quality_table(clusters), usize::MAX),
    ];
    match stability_table(clusters, None) {
        Some(table) => text.push(to_text(&table, usize::MAX)),
        // The other starts have something to say without the table too.
        None if clusters.starts.is_some() => {
            text.push(wrapped(&stability_sentence(clusters, None), 79, " "));
        }
        None => {}
    }
    if let Some(better) = &clusters.better {
        let sentence = format!(
            "A better partition exists: sum of squares {:.6} instead of {:.6}; {} cases change.",
            better.sse,
            clusters.sse,
            better.moved.len()
        );
        text.push(wrapped(&sentence, 79, " "));
    }
    text.extend(clusters.notes.iter().map(|note| wrapped(note, 79, " ")));
    text.join("\n")
}

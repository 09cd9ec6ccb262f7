//! Tables of how many clusters there are, and of how far they can be trusted.

use super::clusters::class_of;
use crate::class::Naming;
use crate::cluster::{Choice, Clusters, Verdict};
use crate::report::{Cell, Column, Format, Table};
use crate::text::{count, list};

/// Indices of quality for the clusters asked for, from their own start, and for 1, 2, … clusters at
/// the best that was found.
pub(crate) fn quality_table(clusters: &Clusters) -> Table {
    let columns = vec![
        Column::new("k", "k", Format::Count),
        Column::new("sse", "Sum of squares", Format::Number(4)),
        Column::new("silhouette", "Silhouette", Format::Number(3)),
        Column::new("calinski_harabasz", "Caliński and Harabasz", Format::Number(2)),
        Column::new("davies_bouldin", "Davies and Bouldin", Format::Number(3)),
        Column::new("gap", "Gap", Format::Number(3)),
        Column::new("gap_se", "Standard error", Format::Number(3)),
        Column::new("start", "Start", Format::Text),
    ];
    let mut table = Table::new("k_choice", "Quality by number of clusters", columns)
        .note(&clusters.advice.sentence);
    table.push(vec![
        clusters.k.into(),
        clusters.sse.into(),
        clusters.silhouette.into(),
        clusters.calinski_harabasz.into(),
        clusters.davies_bouldin.into(),
        Cell::Empty,
        Cell::Empty,
        clusters.start.word().into(),
    ]);
    table.rows.extend(clusters.k_choice.iter().map(at_its_best));
    table
}

fn at_its_best(choice: &Choice) -> Vec<Cell> {
    vec![
        choice.k.into(),
        choice.sse.into(),
        choice.silhouette.into(),
        choice.calinski_harabasz.into(),
        choice.davies_bouldin.into(),
        choice.gap.into(),
        choice.gap_se.into(),
        "best".into(),
    ]
}

/// How far each cluster comes back when the cases are drawn anew, if that was looked at.
pub(crate) fn stability_table(clusters: &Clusters, naming: Option<&Naming>) -> Option<Table> {
    if clusters.stability.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("cluster", "Cluster", Format::Count),
        Column::new("class", "Class", Format::Text),
        Column::new("cases", "Cases", Format::Count),
        Column::new("jaccard", "Mean Jaccard", Format::Number(3)),
        Column::new("verdict", "Stability", Format::Text),
    ];
    let mut table = Table::new("stability", "Stability of the clusters", columns)
        .note(stability_sentence(clusters, naming));
    for (stability, size) in clusters.stability.iter().zip(&clusters.sizes) {
        table.push(vec![
            stability.cluster.into(),
            naming.and_then(|naming| class_of(naming, stability.cluster)).into(),
            (*size).into(),
            stability.jaccard.into(),
            stability.verdict.words().into(),
        ]);
    }
    Some(if naming.is_some() { table } else { table.without(&["class"]) })
}

/// What drawing the cases anew and starting elsewhere says, in a sentence or two; empty if neither
/// was done.
pub(crate) fn stability_sentence(clusters: &Clusters, naming: Option<&Naming>) -> String {
    let mut sentences = Vec::new();
    if !clusters.stability.is_empty() {
        let doubtful: Vec<String> = clusters
            .stability
            .iter()
            .filter(|stability| {
                matches!(stability.verdict, Verdict::Pattern | Verdict::NotToBeTrusted)
            })
            .map(|stability| {
                let class = naming.and_then(|naming| class_of(naming, stability.cluster));
                let class =
                    class.map_or(String::new(), |name| format!(", {}", name.to_lowercase()));
                let mean = stability.jaccard.unwrap_or_default();
                format!("cluster {}{class} ({mean:.2})", stability.cluster)
            })
            .collect();
        let draws = format!("When the cases are drawn anew {} times, ", clusters.bootstraps);
        sentences.push(match doubtful.len() {
            0 => draws + "every cluster comes back (mean Jaccard index 0.75 or more).",
            1 => format!(
                "{draws}{} does not come back reliably: who belongs to it is doubtful.",
                doubtful[0]
            ),
            _ => format!(
                "{draws}these do not come back reliably: {}; who belongs to them is doubtful.",
                list(&doubtful)
            ),
        });
    }
    if let Some(starts) = &clusters.starts {
        sentences.push(format!(
            "{} agree with this partition by an adjusted Rand index of {:.2} on average, {:.2} at least.",
            count(starts.count, "seeded start"),
            starts.mean,
            starts.min
        ));
    }
    sentences.join(" ")
}

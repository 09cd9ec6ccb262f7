//! Tables of a clustering.

use crate::class::Naming;
use crate::cluster::{Clusters, Iteration, Standardise};
use crate::report::{Cell, Column, Format, Table};

/// The name of each cluster's class, where it has one.
pub(crate) fn class_of(naming: &Naming, cluster: usize) -> Option<&str> {
    let position = naming.clusters.iter().find(|position| position.cluster == cluster)?;
    Some(&position.name)
}

fn of_clusters(first: Column, k: usize, format: Format, naming: Option<&Naming>) -> Vec<Column> {
    let of_cluster = |cluster| {
        let class = naming.and_then(|naming| class_of(naming, cluster));
        let class = class.map_or(String::new(), |name| format!(", {}", name.to_lowercase()));
        Column::new(format!("cluster_{cluster}"), format!("Cluster {cluster}{class}"), format)
    };
    std::iter::once(first).chain((1..=k).map(of_cluster)).collect()
}

/// Coordinates of centres: a row for each variable, a column for each cluster.
pub(crate) fn by_variable(
    title: &str,
    centres: &[Vec<f64>],
    clusters: &Clusters,
    naming: Option<&Naming>,
) -> Table {
    let first = Column::new("variable", "", Format::Text);
    let columns = of_clusters(first, clusters.k, Format::Number(4), naming);
    let mut table = Table::new(title.to_lowercase().replace(' ', "_"), title, columns);
    if clusters.standardise != Standardise::None {
        table.note = format!("In the units clustered: standardised by {}.", clusters.standardise);
    }
    for (v, variable) in clusters.variables.iter().enumerate() {
        let coordinates = centres.iter().map(|centre| Cell::from(centre[v]));
        table.push(std::iter::once(Cell::from(variable.as_str())).chain(coordinates).collect());
    }
    table
}

/// The shift of each centre in each iteration, as SPSS prints it.
pub(crate) fn history_table(history: &[Iteration], k: usize) -> Table {
    let first = Column::new("iteration", "Iteration", Format::Count);
    let columns = of_clusters(first, k, Format::Number(3), None);
    let title = "Iteration history: change in centres";
    let mut table = Table::new("iteration_history", title, columns);
    for iteration in history {
        let shifts = iteration.shifts.iter().map(|shift| Cell::from(*shift));
        table.push(std::iter::once(Cell::from(iteration.iteration)).chain(shifts).collect());
    }
    table
}

/// The distance of each final centre from each other.
pub(crate) fn distances_table(clusters: &Clusters) -> Table {
    let first = Column::new("cluster", "Cluster", Format::Count);
    let columns = of_clusters(first, clusters.k, Format::Number(4), None);
    let mut table = Table::new("centre_distances", "Distances between final centres", columns);
    for (at, row) in clusters.centre_distances.iter().enumerate() {
        let distances = row
            .iter()
            .enumerate()
            .map(|(other, distance)| if other == at { Cell::Empty } else { Cell::from(*distance) });
        table.push(std::iter::once(Cell::from(at + 1)).chain(distances).collect());
    }
    table
}

/// Each case with its cluster and the distance to its centre.
pub(crate) fn membership_table(clusters: &Clusters, ids: Option<&[String]>) -> Table {
    let columns = vec![
        Column::new("case", "Case", Format::Count),
        Column::new("id", "Name", Format::Text),
        Column::new("cluster", "Cluster", Format::Count),
        Column::new("distance", "Distance", Format::Number(4)),
    ];
    let sizes: Vec<String> = (1..).zip(&clusters.sizes).map(|(c, n)| format!("{c}: {n}")).collect();
    let mut table = Table::new("membership", "Cluster membership", columns)
        .note(format!("Cases in each cluster: {}.", sizes.join(", ")));
    for (at, member) in clusters.membership.iter().enumerate() {
        let id = ids.and_then(|ids| ids.get(at)).map(String::as_str);
        table.push(vec![
            member.case.into(),
            id.into(),
            member.cluster.into(),
            member.distance.into(),
        ]);
    }
    table
}

/// Who changes cluster in a better partition, if one was found.
pub(crate) fn better_table(clusters: &Clusters, names: &[String]) -> Option<Table> {
    let better = clusters.better.as_ref()?;
    let columns = vec![
        Column::new("case", "Case", Format::Count),
        Column::new("id", "Name", Format::Text),
        Column::new("cluster", "Cluster", Format::Count),
        Column::new("better_cluster", "In the better partition", Format::Count),
    ];
    let note = format!(
        "From another start the sum of squares is {:.6} instead of {:.6}, {:.6} less.",
        better.sse, clusters.sse, better.gain
    );
    let mut table = Table::new("better_partition", "A better partition", columns).note(note);
    for &case in &better.moved {
        table.push(vec![
            case.into(),
            names.get(case - 1).map(String::as_str).into(),
            clusters.membership.get(case - 1).and_then(|member| member.cluster).into(),
            better.membership.get(case - 1).copied().flatten().into(),
        ]);
    }
    Some(table)
}

//! Clusters on the figures.

use super::MONEY;
use crate::report::{Cell, Column, Format, Table};
use crate::rfm::Analysis;

/// The clusters in the figures' own units.
pub(crate) fn profiles(analysis: &Analysis) -> Option<Table> {
    let found = analysis.clusters.as_ref()?;
    let mut columns = vec![
        Column::new("cluster", "Cluster", Format::Count),
        Column::new("customers", "Customers", Format::Count),
    ];
    for dimension in &analysis.model.dimensions {
        let title = format!("Mean {}", dimension.metric.title());
        columns.push(Column::new(dimension.metric.name(), title, MONEY));
    }
    columns.push(Column::new("money", "Money", MONEY));
    let mut table = Table::new("clusters", "Clusters of all figures together", columns)
        .note(&found.clusters.stopped_because);
    for profile in &found.profiles {
        let mut row: Vec<Cell> = vec![profile.cluster.into(), profile.customers.into()];
        row.extend(profile.means.iter().map(|mean| Cell::from(*mean)));
        row.resize(table.columns.len() - 1, Cell::Empty);
        row.push(profile.money.into());
        table.push(row);
    }
    Some(table)
}

/// The analysis of variance over the clusters.
pub(crate) fn clusters_anova(analysis: &Analysis) -> Option<Table> {
    let found = analysis.clusters.as_ref()?;
    let columns = vec![
        Column::new("variable", "", Format::Text),
        Column::new("f", "F", Format::Number(3)),
        Column::new("p", "Sig.", Format::Probability),
        Column::new("eta2", "η²", Format::Number(3)),
    ];
    let mut table = Table::new("clusters_anova", "Analysis of variance over the clusters", columns)
        .note(crate::anova::CAVEAT);
    for anova in &found.anova {
        table.push(vec![
            anova.variable.as_str().into(),
            anova.f.into(),
            anova.p.into(),
            anova.eta_squared.into(),
        ]);
    }
    Some(table)
}

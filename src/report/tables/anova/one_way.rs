//! The one-way table, and the groups.

use crate::anova::{Anova, FIs, Origin};
use crate::report::{Column, Format, Table};

/// The one-way table with one row for each variable, as SPSS prints it under k-means.
pub(crate) fn anova_table(tables: &[Anova]) -> Table {
    let number = Format::Number(3);
    // SPSS's words where the groups are clusters.
    let are_clusters = tables.iter().any(|anova| anova.origin == Origin::Clusters);
    let (between, within) =
        if are_clusters { ("Cluster MS", "Error MS") } else { ("Between MS", "Within MS") };
    let columns = vec![
        Column::new("variable", "", Format::Text),
        Column::new("cluster_ms", between, number),
        Column::new("cluster_df", "df", Format::Count),
        Column::new("error_ms", within, number),
        Column::new("error_df", "df", Format::Count),
        Column::new("f", "F", number),
        Column::new("p", "Sig.", Format::Probability),
        Column::new("eta_squared", "η²", number),
        Column::new("omega_squared", "ω²", number),
    ];
    let mut table = Table::new("anova", "Analysis of variance", columns);
    for anova in tables {
        let f = match anova.f_is {
            FIs::Finite => anova.f.into(),
            FIs::Infinite => "infinite".into(),
            FIs::Undefined => "undefined".into(),
        };
        table.push(vec![
            anova.variable.as_str().into(),
            anova.between.ms.into(),
            anova.between.df.into(),
            anova.within.ms.into(),
            anova.within.df.into(),
            f,
            anova.p.into(),
            anova.eta_squared.into(),
            anova.omega_squared.into(),
        ]);
    }
    table
}

/// Each group of each variable with its size, mean, spread and test of normality.
pub(crate) fn groups_table(tables: &[Anova]) -> Table {
    let number = Format::Number(4);
    let columns = vec![
        Column::new("variable", "", Format::Text),
        Column::new("group", "Group", Format::Text),
        Column::new("n", "n", Format::Count),
        Column::new("mean", "Mean", number),
        Column::new("sd", "SD", number),
        Column::new("min", "Min", number),
        Column::new("max", "Max", number),
        Column::new("w", "W", Format::Number(3)),
        Column::new("normal_p", "Sig.", Format::Probability),
    ];
    let mut table = Table::new("anova_groups", "Groups", columns).note(
        "W is Shapiro and Wilk's, for 3 to 5,000 cases that are not all equal; a small Sig. speaks against a normal group.",
    );
    for anova in tables {
        for (group, normality) in anova.groups.iter().zip(&anova.normality) {
            table.push(vec![
                anova.variable.as_str().into(),
                group.group.as_str().into(),
                group.n.into(),
                group.mean.into(),
                group.sd.into(),
                group.min.into(),
                group.max.into(),
                normality.w.into(),
                normality.p.into(),
            ]);
        }
    }
    table
}

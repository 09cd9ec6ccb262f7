//! Tables of an analysis of variance.

use crate::anova::{Anova, FIs, Group};
use crate::report::{Cell, Column, Format, Table};

/// The one-way table with one row for each variable, as SPSS prints it under k-means.
pub(crate) fn anova_table(tables: &[Anova]) -> Table {
    let number = Format::Number(3);
    let columns = vec![
        Column::new("variable", "", Format::Text),
        Column::new("cluster_ms", "Between MS", number),
        Column::new("cluster_df", "df", Format::Count),
        Column::new("error_ms", "Within MS", number),
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

/// Each group of a variable with its size, mean and spread.
pub(crate) fn groups_table(variable: &str, groups: &[Group]) -> Table {
    let number = Format::Number(4);
    let columns = vec![
        Column::new("group", "Group", Format::Text),
        Column::new("n", "n", Format::Count),
        Column::new("mean", "Mean", number),
        Column::new("sd", "SD", number),
        Column::new("min", "Min", number),
        Column::new("max", "Max", number),
    ];
    let mut table = Table::new("groups", format!("{variable} by group"), columns);
    for group in groups {
        table.push(vec![
            group.group.as_str().into(),
            group.n.into(),
            group.mean.into(),
            group.sd.map_or(Cell::Empty, Cell::from),
            group.min.into(),
            group.max.into(),
        ]);
    }
    table
}

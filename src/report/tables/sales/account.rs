//! Where rows and money went, and what the words mean.

use super::MONEY;
use crate::report::{Column, Format, Table};
use crate::rfm::Analysis;
use crate::transactions::Metric;

/// Where all rows and all money went.
pub(crate) fn ledger(analysis: &Analysis) -> Table {
    let ledger = &analysis.ledger;
    let columns = vec![
        Column::new("step", "", Format::Text),
        Column::new("rows", "Rows", Format::Count),
        Column::new("money", "Money", MONEY),
        Column::new("customers", "Customers", Format::Count),
    ];
    let mut table = Table::new("ledger", "Every row and all money", columns).note(
        "Rows in = rows used + rows set aside, and the same for money. A row is set aside for the first reason that holds.",
    );
    table.push(vec![
        "rows in".into(),
        (ledger.rows_in as usize).into(),
        ledger.money_in.to_f64().into(),
        (ledger.customers_in as usize).into(),
    ]);
    for aside in &ledger.set_aside {
        table.push(vec![
            format!("– {}", aside.reason.words()).into(),
            (aside.rows as usize).into(),
            aside.money.to_f64().into(),
            (aside.customers as usize).into(),
        ]);
    }
    table.push(vec![
        "= rows used".into(),
        (ledger.rows_used as usize).into(),
        ledger.money_used.to_f64().into(),
        (ledger.customers_used as usize).into(),
    ]);
    table
}

/// The metrics with their definitions.
pub(crate) fn definitions() -> Table {
    let columns = vec![
        Column::new("metric", "Metric", Format::Text),
        Column::new("definition", "Definition", Format::Prose),
    ];
    let mut table = Table::new("definitions", "What the figures mean", columns);
    for metric in Metric::ALL {
        table.push(vec![metric.title().into(), metric.definition().into()]);
    }
    table
}

/// Everything that has to be known.
pub(crate) fn warnings(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("code", "Code", Format::Text),
        Column::new("message", "Warning", Format::Prose),
    ];
    let mut table = Table::new("warnings", "Warnings", columns);
    for warning in &analysis.warnings {
        table.push(vec![warning.code.as_str().into(), warning.message.as_str().into()]);
    }
    table
}

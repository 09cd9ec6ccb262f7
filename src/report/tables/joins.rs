//! Tables of an evaluation by scores and sales: who stands on one side only, and where the two disagree.

use crate::evaluation::Evaluation;
use crate::report::{Cell, Column, Format, Table};
use crate::text::count;

/// Customers on one side only, if any.
pub(crate) fn unmatched(evaluation: &Evaluation) -> Option<Table> {
    let joins = evaluation.joins.as_ref()?;
    let columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("known_to", "Known to", Format::Text),
        Column::new("may_be", "May be", Format::Text),
    ];
    let note = format!(
        "{} on both sides. What happened to the others: {}. Names that may be the same are \
         suggested, never joined.",
        count(joins.matched, "customer"),
        joins.unmatched
    );
    let mut table = Table::new("unmatched", "Customers on one side only", columns).note(&note);
    let near_sales = |name: &String| {
        let near = joins.near.iter().find(|near| near.scores == *name);
        near.map(|near| near.transactions.clone())
    };
    let near_scores = |name: &String| {
        let near = joins.near.iter().find(|near| near.transactions == *name);
        near.map(|near| near.scores.clone())
    };
    for name in &joins.only_scores {
        table.push(vec![name.as_str().into(), "the scores".into(), near_sales(name).into()]);
    }
    for name in &joins.only_transactions {
        table.push(vec![name.as_str().into(), "the sales".into(), near_scores(name).into()]);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// Where experts and figures score the same indicator differently, largest difference first, if
/// anywhere.
pub(crate) fn disagreements(evaluation: &Evaluation) -> Option<Table> {
    let columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("code", "Indicator", Format::Text),
        Column::new("experts", "Experts", Format::Number(2)),
        Column::new("figures", "Figures", Format::Number(2)),
        Column::new("difference", "Difference", Format::Number(2)),
    ];
    let note = "Scores of the same indicator by the experts and by the sales or measured values, on the \
                model's scale; the largest difference first. One of the two may know what the other \
                does not.";
    let mut table =
        Table::new("disagreements", "Where experts and figures disagree", columns).note(note);
    for one in &evaluation.indicators.disagreements {
        table.push(vec![
            one.customer.as_str().into(),
            one.code.as_str().into(),
            one.experts.into(),
            one.figures.into(),
            Cell::from(one.difference),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}

//! The long tables, of all customers.

use super::MONEY;
use crate::report::{Cell, Column, Format, LongTable, Table};
use crate::rfm::Analysis;
use crate::transactions::Metric;

/// Every customer with scores and figures, the best first.
pub fn sales_customers(analysis: &Analysis) -> LongTable<'_> {
    let mut columns = vec![Column::new("customer", "Customer", Format::Text)];
    for dimension in &analysis.model.dimensions {
        let name = dimension.letter.to_lowercase();
        columns.push(Column::new(name, dimension.letter.clone(), Format::Count));
    }
    columns.push(Column::new("code", "Code", Format::Text));
    columns.push(Column::new("weighted", "Weighted score", Format::Number(2)));
    columns.push(Column::new("segment", "Segment", Format::Text));
    columns.push(Column::new("tier", "Tier", Format::Text));
    let shown: Vec<Metric> = Metric::ALL
        .into_iter()
        .filter(|metric| {
            let known = |at| analysis.metrics.figure(at, *metric).is_some();
            (0..analysis.metrics.len()).any(known)
        })
        .collect();
    for metric in &shown {
        let format = match metric {
            Metric::RecencyDays
            | Metric::RecencyHours24
            | Metric::Orders
            | Metric::Lines
            | Metric::ActiveDays
            | Metric::TenureDays
            | Metric::SpanDays
            | Metric::Products => Format::Count,
            Metric::ReturnRate => Format::Percent(1),
            _ => MONEY,
        };
        columns.push(Column::new(metric.name(), metric.title(), format));
    }
    columns.push(Column::new("first", "First purchase", Format::Date));
    columns.push(Column::new("last", "Last purchase", Format::Date));
    let mut order: Vec<usize> = (0..analysis.metrics.len()).collect();
    let key = |at: usize| (analysis.scores.weighted(at).unwrap_or(0.0), analysis.metrics.money(at));
    order.sort_by(|a, b| {
        let ((a_score, a_money), (b_score, b_money)) = (key(*a), key(*b));
        b_score.total_cmp(&a_score).then(b_money.total_cmp(&a_money))
    });
    let head = Table::new("customers", "Customers", columns)
        .note("The highest weighted score first; of equal ones the most money.");
    let day =
        |moment: Option<crate::transactions::Moment>| moment.map(|moment| moment.day().to_string());
    let rows = order.into_iter().map(move |at| {
        let (metrics, scores) = (analysis.metrics.get(at), analysis.scores.get(at));
        let mut row: Vec<Cell> = vec![metrics.customer.as_str().into()];
        row.extend(scores.scores.iter().map(|(_, score)| score.map(|s| s as usize).into()));
        row.push(scores.code.into());
        row.push(scores.weighted.into());
        row.push(scores.segments.join(", ").into());
        row.push(scores.tier.as_str().into());
        row.extend(shown.iter().map(|metric| Cell::from(metrics.get(*metric))));
        row.push(day(metrics.first).into());
        row.push(day(metrics.last).into());
        row
    });
    LongTable { head, rows: Box::new(rows) }
}

/// Every customer with the figures that are scored, the scores and the segment, in the order of their ids.
pub fn sales_scores(analysis: &Analysis) -> LongTable<'_> {
    let dimensions = &analysis.model.dimensions;
    let mut columns = vec![Column::new("customer", "Customer", Format::Text)];
    for of in dimensions {
        columns.push(Column::new(of.metric.name(), of.metric.title(), MONEY));
    }
    for of in dimensions {
        columns.push(Column::new(of.letter.to_lowercase(), of.letter.clone(), Format::Count));
    }
    columns.push(Column::new("code", "Code", Format::Text));
    columns.push(Column::new("weighted", "Weighted score", Format::Number(2)));
    columns.push(Column::new("segment", "Segment", Format::Text));
    columns.push(Column::new("tier", "Tier", Format::Text));
    let rows = analysis.scores.iter().enumerate().map(move |(at, scores)| {
        let figure = |metric| Cell::from(analysis.metrics.figure(at, metric));
        let mut row: Vec<Cell> = vec![scores.customer.into()];
        row.extend(dimensions.iter().map(|of| figure(of.metric)));
        row.extend(scores.scores.iter().map(|(_, score)| score.map(|s| s as usize).into()));
        row.push(scores.code.into());
        row.push(scores.weighted.into());
        row.push(scores.segments.join(", ").into());
        row.push(scores.tier.into());
        row
    });
    LongTable { head: Table::new("scores", "Scores", columns), rows: Box::new(rows) }
}

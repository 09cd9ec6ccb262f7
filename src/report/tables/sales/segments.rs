//! Segments, tiers and the levels of scores.

use super::MONEY;
use crate::report::{Cell, Column, Format, Table};
use crate::rfm::Analysis;

/// The segments, the most money first.
pub(crate) fn segments(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("segment", "Segment", Format::Text),
        Column::new("customers", "Customers", Format::Count),
        Column::new("share", "Share", Format::Percent(1)),
        Column::new("money", "Money", MONEY),
        Column::new("money_share", "Share of money", Format::Percent(1)),
        Column::new("mean_recency_days", "Mean recency (days)", Format::Number(1)),
        Column::new("mean_frequency", "Mean orders", Format::Number(1)),
        Column::new("mean_monetary", "Mean money", MONEY),
        Column::new("description", "What they are like", Format::Prose),
        Column::new("action", "What to do", Format::Prose),
    ];
    let note = match &analysis.map {
        Some(map) => format!("By the map {map}."),
        None => String::new(),
    };
    let mut table = Table::new("segments", "Segments", columns).note(note);
    for sum in &analysis.segments {
        table.push(vec![
            sum.segment.as_str().into(),
            sum.customers.into(),
            sum.share.into(),
            sum.money.into(),
            sum.money_share.into(),
            sum.mean_recency_days.into(),
            sum.mean_frequency.into(),
            sum.mean_monetary.into(),
            sum.description.as_str().into(),
            sum.action.as_str().into(),
        ]);
    }
    table
}

/// The tiers.
pub(crate) fn tiers(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("tier", "Tier", Format::Text),
        Column::new("customers", "Customers", Format::Count),
        Column::new("customer_share", "Share", Format::Percent(1)),
        Column::new("money", "Money", MONEY),
        Column::new("money_share", "Share of money", Format::Percent(1)),
        Column::new("from", "From", MONEY),
    ];
    let mut table = Table::new("tiers", "Tiers by money", columns);
    for tier in &analysis.tables.tiers {
        table.push(vec![
            tier.tier.as_str().into(),
            tier.customers.into(),
            tier.customer_share.into(),
            tier.money.into(),
            tier.money_share.into(),
            tier.from.into(),
        ]);
    }
    table.note(concentration_sentence(analysis))
}

/// How unevenly money is spread, in a sentence.
pub(crate) fn concentration_sentence(analysis: &Analysis) -> String {
    let of = &analysis.concentration;
    let Some(gini) = of.gini else { return String::new() };
    let tops: Vec<String> = of
        .top
        .iter()
        .map(|(share, money)| format!("{:.0} % bring {:.1} %", share * 100.0, money * 100.0))
        .collect();
    format!(
        "Of the customers the best {} of all money; the Gini coefficient is {gini:.3}.",
        tops.join(", ")
    )
}

/// The Lorenz curve: the share of all money that each share of the customers brings, the poorest first.
pub(crate) fn lorenz(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("customer_share", "Poorest customers", Format::Percent(1)),
        Column::new("money_share", "Share of money", Format::Percent(2)),
        Column::new("equal_share", "If all were equal", Format::Percent(1)),
    ];
    let mut table = Table::new("lorenz", "How money is spread", columns);
    for (customers, money) in &analysis.concentration.lorenz {
        table.push(vec![(*customers).into(), (*money).into(), (*customers).into()]);
    }
    table.note(concentration_sentence(analysis))
}

/// What to do about each segment, for where a table has no room for it.
pub(crate) fn actions(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("segment", "Segment", Format::Text),
        Column::new("action", "What to do", Format::Prose),
    ];
    let mut table = Table::new("actions", "What to do about each segment", columns);
    for sum in analysis.segments.iter().filter(|sum| !sum.action.is_empty()) {
        table.push(vec![sum.segment.as_str().into(), sum.action.as_str().into()]);
    }
    table
}

/// The weights of the weighted score, and where they come from.
pub(crate) fn weights_sentence(analysis: &Analysis) -> String {
    let total: f64 = analysis.model.dimensions.iter().map(|of| of.weight).sum();
    let own = analysis.model.dimensions.iter();
    let weights: Vec<String> =
        own.map(|of| format!("{} {:.3}", of.letter, of.weight / total)).collect();
    let from = analysis.model.weights_from.as_deref().unwrap_or("the model");
    format!("Weights of the weighted score: {}, by {from}.", weights.join(", "))
}

/// The levels of each score, with the values between them.
pub(crate) fn levels(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("figure", "Figure", Format::Text),
        Column::new("score", "Score", Format::Count),
        Column::new("customers", "Customers", Format::Count),
        Column::new("min", "From", MONEY),
        Column::new("max", "To", MONEY),
        Column::new("mean", "Mean", MONEY),
        Column::new("sd", "SD", MONEY),
        Column::new("q1", "25 %", MONEY),
        Column::new("median", "50 %", MONEY),
        Column::new("q3", "75 %", MONEY),
    ];
    let mut table = Table::new("levels", "What each score means", columns).note(format!(
        "From and to are the least and the most that a customer of this score has. {}",
        weights_sentence(analysis)
    ));
    for dimension in &analysis.model.dimensions {
        for level in analysis.levels.get(&dimension.letter.to_lowercase()).into_iter().flatten() {
            let quartile = |at: usize| level.quartiles.map(|quartiles| quartiles[at]);
            table.push(vec![
                dimension.name.as_str().into(),
                (level.score as usize).into(),
                level.count.into(),
                level.min.into(),
                level.max.into(),
                level.mean.into(),
                level.sd.into(),
                quartile(0).into(),
                quartile(1).into(),
                quartile(2).into(),
            ]);
        }
    }
    table
}

/// Recency down, frequency across: how many customers and how much money.
pub(crate) fn grid(analysis: &Analysis) -> Option<(Table, Table)> {
    let grid = analysis.tables.grid.as_ref()?;
    let (height, width) = grid.size();
    let (rows, across) = (&grid.rows, &grid.columns);
    let columns = |format: Format| {
        let mut columns =
            vec![Column::new(rows.to_lowercase(), format!("{rows} \\ {across}"), Format::Text)];
        columns.extend((1..=width).map(|score| {
            let name = format!("{}{score}", across.to_lowercase());
            Column::new(name, format!("{across} {score}"), format)
        }));
        columns
    };
    let name = |letter: &str| {
        let found = analysis.model.dimensions.iter().find(|of| of.letter == letter);
        found.map_or(String::new(), |of| of.name.to_lowercase())
    };
    let by = format!("by {} and {}", name(rows), name(across));
    let mut counts =
        Table::new("grid_customers", format!("Customers {by}"), columns(Format::Count));
    let mut money = Table::new("grid_money", format!("Money {by}"), columns(Format::Number(0)));
    for row in (1..=height).rev() {
        let head = Cell::from(format!("{rows} {row}"));
        let across = || (1..=width).filter_map(|column| grid.at(row, column));
        let own = across().map(|cell| Cell::from(cell.customers));
        counts.push(std::iter::once(head.clone()).chain(own).collect());
        let own = across().map(|cell| Cell::from(cell.money));
        money.push(std::iter::once(head).chain(own).collect());
    }
    Some((counts, money))
}

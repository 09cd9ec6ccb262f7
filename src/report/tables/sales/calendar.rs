//! Sales by time, place and product.

use super::MONEY;
use crate::report::{Cell, Column, Format, Table};
use crate::rfm::Analysis;
use crate::transactions::Product;

/// Sales by month.
pub(crate) fn months(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("month", "Month", Format::Text),
        Column::new("money", "Money", MONEY),
        Column::new("orders", "Orders", Format::Count),
        Column::new("customers", "Customers", Format::Count),
        Column::new("won", "Won", Format::Count),
        Column::new("lost", "Lost", Format::Count),
    ];
    let mut table = Table::new("months", "Sales by month", columns).note(
        "Won: the first order is of this month. Lost: the last one is, and the customer has been silent since for longer than the limit; empty where that cannot be known yet.",
    );
    for month in &analysis.tables.months {
        table.push(vec![
            month.month.as_str().into(),
            month.money.into(),
            (month.orders as usize).into(),
            (month.customers as usize).into(),
            (month.won as usize).into(),
            month.lost.map(|lost| lost as usize).into(),
        ]);
    }
    table
}

/// Sales by weekday and hour, hours across.
pub(crate) fn hours(analysis: &Analysis) -> Table {
    let mut columns = vec![Column::new("weekday", "Weekday", Format::Text)];
    let hours: std::collections::BTreeSet<u32> =
        analysis.tables.hours.iter().map(|hour| hour.hour).collect();
    for hour in &hours {
        columns.push(Column::new(format!("h{hour:02}"), format!("{hour}:00"), Format::Number(0)));
    }
    let mut table = Table::new("hours", "Money by weekday and hour", columns);
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    for (at, day) in days.iter().enumerate() {
        let of = |hour: u32| {
            let mut all = analysis.tables.hours.iter();
            all.find(|one| one.weekday == at as u32 + 1 && one.hour == hour).map(|one| one.money)
        };
        let mut row: Vec<Cell> = vec![(*day).into()];
        row.extend(hours.iter().map(|hour| Cell::from(of(*hour))));
        if row.iter().skip(1).any(|cell| *cell != Cell::Empty) {
            table.push(row);
        }
    }
    table
}

/// Sales by country.
pub(crate) fn countries(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("country", "Country", Format::Text),
        Column::new("money", "Money", MONEY),
        Column::new("share", "Share", Format::Percent(1)),
        Column::new("orders", "Orders", Format::Count),
        Column::new("customers", "Customers", Format::Count),
    ];
    let mut table = Table::new("countries", "Sales by country", columns);
    for country in &analysis.tables.countries {
        table.push(vec![
            country.country.as_str().into(),
            country.money.into(),
            country.share.into(),
            (country.orders as usize).into(),
            (country.customers as usize).into(),
        ]);
    }
    table
}

/// Products by money or by quantity.
fn products(name: &str, title: &str, products: &[Product]) -> Table {
    let columns = vec![
        Column::new("product", "Product", Format::Text),
        Column::new("description", "Name", Format::Text),
        Column::new("quantity", "Quantity", Format::Number(0)),
        Column::new("money", "Money", MONEY),
        Column::new("share", "Share of money", Format::Percent(1)),
    ];
    let mut table = Table::new(name, title, columns);
    for product in products {
        table.push(vec![
            product.product.as_str().into(),
            product.description.clone().into(),
            product.quantity.into(),
            product.money.into(),
            product.share.into(),
        ]);
    }
    table
}

/// Products by money, and by quantity.
pub(crate) fn product_tables(analysis: &Analysis) -> Vec<Table> {
    let of = &analysis.tables;
    let both = [
        products("products", "Products by money", &of.products),
        products("products_by_quantity", "Products by quantity", &of.products_by_quantity),
    ];
    both.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// Cohorts: how many of the customers of a first month come back.
pub(crate) fn cohorts(analysis: &Analysis) -> Table {
    let width = analysis.tables.cohorts.iter().map(|cohort| cohort.active.len()).max().unwrap_or(0);
    let mut columns = vec![
        Column::new("month", "First order", Format::Text),
        Column::new("customers", "Customers", Format::Count),
    ];
    for later in 0..width {
        columns.push(Column::new(format!("m{later}"), format!("+{later}"), Format::Percent(0)));
    }
    let mut table = Table::new("cohorts", "Who comes back", columns).note(
        "The share of the customers of a first month with an order so many months later; empty where the data do not reach.",
    );
    for cohort in &analysis.tables.cohorts {
        let mut row: Vec<Cell> =
            vec![cohort.month.as_str().into(), (cohort.customers as usize).into()];
        let share = |active: &Option<u64>| active.map(|n| n as f64 / cohort.customers as f64);
        row.extend(cohort.active.iter().map(|active| Cell::from(share(active))));
        table.push(row);
    }
    table
}

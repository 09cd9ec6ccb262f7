//! Tables of an analysis of sales.

mod account;
mod calendar;
mod clusters;
mod customers;
mod lists;
mod segments;

pub(crate) use account::{definitions, ledger, warnings};
pub(crate) use calendar::{cohorts, countries, hours, months, product_tables};
pub(crate) use clusters::{clusters_anova, profiles};
pub use customers::{sales_customers, sales_scores};
pub(crate) use lists::{lists, upgrades};
pub(crate) use segments::{
    actions, concentration_sentence, grid, levels, lorenz, segments, tiers, weights_sentence,
};

use crate::report::{Format, LongTable, Table};
use crate::rfm::Analysis;

const MONEY: Format = Format::Number(2);

/// The names of all tables that there can be, the long ones first.
pub const SALES_TABLES: [&str; 25] = [
    "customers",
    "scores",
    "ledger",
    "segments",
    "tiers",
    "lorenz",
    "levels",
    "grid_customers",
    "grid_money",
    "best",
    "win_back",
    "at_risk",
    "new",
    "often_little",
    "upgrades",
    "clusters",
    "clusters_anova",
    "months",
    "hours",
    "countries",
    "products",
    "products_by_quantity",
    "cohorts",
    "definitions",
    "warnings",
];

/// The table of this name; `None` if there is none in this analysis, or nothing in it.
///
/// ```
/// use custval::report::SALES_TABLES;
///
/// assert!(SALES_TABLES.contains(&"win_back"));
/// ```
pub fn sales_table<'a>(name: &str, analysis: &'a Analysis) -> Option<LongTable<'a>> {
    match name {
        "customers" => Some(sales_customers(analysis)),
        "scores" => Some(sales_scores(analysis)),
        _ => {
            let mut tables = sales_tables(analysis).into_iter();
            let mut head = tables.find(|table| table.name == name)?;
            let rows = std::mem::take(&mut head.rows);
            Some(LongTable { head, rows: Box::new(rows.into_iter()) })
        }
    }
}

/// All tables of an analysis of sales but the long one of customers, in the order in which they are read.
pub fn sales_tables(analysis: &Analysis) -> Vec<Table> {
    let mut tables = vec![ledger(analysis), segments(analysis), tiers(analysis)];
    tables.extend([lorenz(analysis), levels(analysis)]);
    if let Some((counts, money)) = grid(analysis) {
        tables.extend([counts, money]);
    }
    tables.extend(lists(analysis));
    tables.push(upgrades(analysis));
    tables.extend(profiles(analysis));
    tables.extend(clusters_anova(analysis));
    tables.extend([months(analysis), hours(analysis), countries(analysis)]);
    tables.extend(product_tables(analysis));
    tables.extend([cohorts(analysis), definitions(), warnings(analysis)]);
    tables.retain(|table| !table.rows.is_empty());
    tables
}

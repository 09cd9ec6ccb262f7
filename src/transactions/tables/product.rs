//! Sales by product.

use crate::transactions::Sales;
use serde::{Deserialize, Serialize};

/// The sales of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Product {
    /// Its id.
    pub product: String,
    /// Its name; of several the first by its letters.
    pub description: Option<String>,
    /// How many were sold, less returns.
    pub quantity: f64,
    /// Money: purchases less returns.
    pub money: f64,
    /// Its share of all money.
    pub share: f64,
    /// Rows used.
    pub lines: u64,
}

/// Sales by product, the most money first; equal ones by id.
pub fn products(sales: &Sales) -> Vec<Product> {
    let sums = &sales.sums;
    let total = sales.ledger.money_used.to_f64();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut rows: Vec<Product> = sums
        .product_ids
        .sorted()
        .into_iter()
        .map(|number| {
            let share = &sums.products[number as usize];
            let name = &sums.product_names[number as usize];
            let money = share.money.to_f64();
            Product {
                product: text(sums.product_ids.text(number)),
                description: (!name.is_empty()).then(|| text(name)),
                quantity: sums.quantities[number as usize].to_f64(),
                money,
                share: money / total,
                lines: share.lines,
            }
        })
        .collect();
    rows.sort_by(|a, b| b.money.total_cmp(&a.money));
    rows
}

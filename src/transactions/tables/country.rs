//! Sales by country, region or shop.

use crate::transactions::Sales;
use serde::{Deserialize, Serialize};

/// The sales to a country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Country {
    /// Its name.
    pub country: String,
    /// Money: purchases less returns.
    pub money: f64,
    /// Its share of all money.
    pub share: f64,
    /// Rows used.
    pub lines: u64,
    /// Orders with at least one purchase.
    pub orders: u64,
    /// Customers with such an order.
    pub customers: u64,
}

/// Sales by country, the largest first; equal ones by name.
pub fn countries(sales: &Sales) -> Vec<Country> {
    let sums = &sales.sums;
    let count = sums.countries.len();
    let (mut orders, mut customers) = (vec![0; count], vec![0; count]);
    let mut last = vec![u32::MAX; count];
    for customer in 0..sums.customers.len() as u32 {
        for order in sales.order_numbers(customer) {
            let country = sums.orders.country(*order as usize) as usize;
            if country < count {
                orders[country] += 1;
                if last[country] != customer {
                    last[country] = customer;
                    customers[country] += 1;
                }
            }
        }
    }
    let total = sales.ledger.money_used.to_f64();
    let mut rows: Vec<Country> = sums
        .country_ids
        .sorted()
        .into_iter()
        .filter(|number| sums.countries[*number as usize].lines > 0)
        .map(|number| {
            let (at, share) = (number as usize, &sums.countries[number as usize]);
            let money = share.money.to_f64();
            Country {
                country: String::from_utf8_lossy(sums.country_ids.text(number)).into_owned(),
                money,
                share: money / total,
                lines: share.lines,
                orders: orders[at],
                customers: customers[at],
            }
        })
        .collect();
    rows.sort_by(|a, b| b.money.total_cmp(&a.money));
    rows
}

//! Customers by the month of their first order, and how many of them come back.

use super::{month_name, month_of};
use crate::transactions::sums::OrderSum;
use crate::transactions::{Money, Sales};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Ten years are told of each cohort; a false date of another century would else make all of them as
/// long as the time to it.
const MOST_MONTHS: usize = 121;

/// The customers whose first order is of one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    /// The month of their first orders.
    pub month: String,
    /// How many they are.
    pub customers: u64,
    /// How many of them have an order 0, 1, 2 … months later, up to 120; `None` for months that the
    /// data do not reach.
    pub active: Vec<Option<u64>>,
    /// The money of their orders in these months.
    pub money: Vec<Option<f64>>,
}

/// Cohorts by month of the first order, from the first to the last month of the data.
pub fn cohorts(sales: &Sales) -> Vec<Cohort> {
    let month = |order: &OrderSum| month_of(order.moment.day().number());
    let (first, last) = (month_of(sales.first.day().number()), month_of(sales.last.day().number()));
    let width = ((last - first + 1) as usize).min(MOST_MONTHS);
    let mut cohorts: BTreeMap<i32, (u64, Vec<u64>, Vec<Money>)> = BTreeMap::new();
    for customer in 0..sales.sums.customers.len() as u32 {
        let mut orders = sales.orders_of(customer).peekable();
        let Some(begin) = orders.peek().map(|order| month(order)) else { continue };
        let (count, active, money) = cohorts
            .entry(begin)
            .or_insert_with(|| (0, vec![0; width], vec![Default::default(); width]));
        *count += 1;
        let mut before = None;
        for order in orders {
            let later = (month(order) - begin) as usize;
            if later >= width {
                break;
            }
            if before != Some(later) {
                active[later] += 1;
                before = Some(later);
            }
            let sum = &mut money[later];
            *sum = sum.checked_add(order.money).unwrap_or(*sum);
        }
    }
    cohorts
        .into_iter()
        .map(|(begin, (customers, active, money))| {
            let reached = |later: &usize| begin + *later as i32 <= last;
            Cohort {
                month: month_name(begin),
                customers,
                active: (0..width).map(|at| reached(&at).then(|| active[at])).collect(),
                money: (0..width).map(|at| reached(&at).then(|| money[at].to_f64())).collect(),
            }
        })
        .collect()
}

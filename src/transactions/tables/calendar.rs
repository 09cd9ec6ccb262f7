//! Sales by month, weekday and hour.

use super::{month_name, month_of};
use crate::transactions::{Money, Sales};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The sales of a calendar month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Month {
    /// The month, such as 2011-03.
    pub month: String,
    /// Money of the rows of the month: purchases less returns.
    pub money: f64,
    /// Rows used.
    pub lines: u64,
    /// Orders with at least one purchase.
    pub orders: u64,
    /// Customers with such an order.
    pub customers: u64,
    /// Customers won: their first order is of this month.
    pub won: u64,
    /// Customers lost: their last order is of this month, and since then more days have passed than a
    /// customer may be silent. Empty while that cannot be known.
    pub lost: Option<u64>,
}

/// Sales by month, from the first month to the last without gaps. A customer who has been silent for
/// more than `silence` days at the reference date is lost, in the month of the last order.
pub fn months(sales: &Sales, silence: u32) -> Vec<Month> {
    let mut money: BTreeMap<i32, (Money, u64)> = BTreeMap::new();
    for (day, share) in sales.sums.days.iter() {
        let (sum, lines) = money.entry(month_of(day)).or_default();
        *sum = sum.checked_add(share.money).unwrap_or(*sum);
        *lines += share.lines;
    }
    let Some((first, last)) = money.keys().next().copied().zip(money.keys().last().copied()) else {
        return Vec::new();
    };
    let count = (last - first + 1) as usize;
    let (mut orders, mut customers) = (vec![0; count], vec![0; count]);
    let (mut won, mut lost) = (vec![0; count], vec![0; count]);
    let as_of = sales.as_of.number();
    let mut days: Vec<i32> = Vec::new();
    // No customer is silent for longer than the calendar has days.
    let silence = silence.min(4_000_000) as i32;
    for customer in 0..sales.sums.customers.len() as u32 {
        days.clear();
        days.extend(sales.orders_of(customer).map(|order| order.moment.day().number()));
        let (Some(begin), Some(end)) = (days.first(), days.last()) else { continue };
        let at = |day: &i32| (month_of(*day) - first) as usize;
        won[at(begin)] += 1;
        if as_of - end > silence {
            lost[at(end)] += 1;
        }
        let mut before = None;
        for day in &days {
            orders[at(day)] += 1;
            if before != Some(at(day)) {
                customers[at(day)] += 1;
                before = Some(at(day));
            }
        }
    }
    (0..count)
        .map(|at| {
            let month = first + at as i32;
            let (sum, lines) = money.get(&month).copied().unwrap_or_default();
            // In a month that ends within the silence nobody can be lost yet for all we know.
            let known = month < month_of(as_of - silence - 1);
            Month {
                month: month_name(month),
                money: sum.to_f64(),
                lines,
                orders: orders[at],
                customers: customers[at],
                won: won[at],
                lost: known.then_some(lost[at]),
            }
        })
        .collect()
}

/// The sales of an hour of a weekday.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hour {
    /// The weekday, 1 (Monday) to 7 (Sunday).
    pub weekday: u32,
    /// The hour, 0 to 23; all of a day's sales stand at 0 where dates have no time.
    pub hour: u32,
    /// Money: purchases less returns.
    pub money: f64,
    /// Rows used.
    pub lines: u64,
}

/// Sales by weekday and hour; hours without any are left out.
pub fn hours(sales: &Sales) -> Vec<Hour> {
    let hours = sales.sums.hours.iter().enumerate();
    hours
        .filter(|(_, share)| share.lines > 0)
        .map(|(at, share)| Hour {
            weekday: at as u32 / 24 + 1,
            hour: at as u32 % 24,
            money: share.money.to_f64(),
            lines: share.lines,
        })
        .collect()
}

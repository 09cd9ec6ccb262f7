//! Figures of each customer, each defined once.

use super::sales::Sales;
use super::{Day, Level, Metric, Moment};
use serde::{Deserialize, Serialize};

/// The figures of one customer. What is not known is empty: nothing is known of when a customer bought
/// who only returned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// The customer's id.
    pub customer: String,
    /// Calendar days from the last purchase to the reference date.
    pub recency_days: Option<i32>,
    /// Orders with at least one purchase.
    #[serde(rename = "frequency")]
    pub orders: u32,
    /// Purchases less returns.
    pub monetary: f64,
    /// The first purchase.
    pub first: Option<Moment>,
    /// The last purchase.
    pub last: Option<Moment>,
    /// Whole 24-hour days from the last purchase to the last row used.
    pub recency_24h: Option<i32>,
    /// Calendar days from the first purchase to the reference date.
    pub tenure_days: Option<i32>,
    /// Lines that are purchases; `None`, as much below, where each row of the file was a customer.
    pub lines: Option<u32>,
    /// Days with an order.
    pub active_days: Option<u32>,
    /// Weeks with an order.
    pub active_weeks: Option<u32>,
    /// The money of all orders divided by their number.
    pub mean_order: Option<f64>,
    /// The money of the largest order.
    pub max_order: Option<f64>,
    /// Money less cost; `None` without a cost column.
    pub margin: Option<f64>,
    /// Days between orders, in the mean.
    pub mean_gap_days: Option<f64>,
    /// The variation of these gaps.
    pub gap_variation: Option<f64>,
    /// The standard deviation of the days between days with an order.
    pub periodicity_days: Option<f64>,
    /// How many were bought in an order; `None` without a quantity column.
    pub basket_size: Option<f64>,
    /// Different products; `None` without a product column, or where there are too many to count.
    pub products: Option<u32>,
    /// The money of returns divided by that of purchases.
    pub return_rate: Option<f64>,
    /// How money changes from month to month.
    pub trend: Option<f64>,
}

impl Metrics {
    /// The figure of a metric; `None` if it is not known.
    pub fn get(&self, metric: Metric) -> Option<f64> {
        let days = |days: Option<i32>| days.map(f64::from);
        match metric {
            Metric::RecencyDays => days(self.recency_days),
            Metric::RecencyHours24 => days(self.recency_24h),
            Metric::RecencyWeeks => days(self.recency_days).map(|days| days / 7.0),
            Metric::Orders => Some(self.orders.into()),
            Metric::Lines => self.lines.map(f64::from),
            Metric::ActiveDays => self.active_days.map(f64::from),
            Metric::ActiveWeeks => self.active_weeks.map(|weeks| f64::from(weeks) / 52.0),
            Metric::Monetary => Some(self.monetary),
            Metric::MeanOrder => self.mean_order,
            Metric::MaxOrder => self.max_order,
            Metric::Margin => self.margin,
            Metric::TenureDays => days(self.tenure_days),
            Metric::SpanDays => Some(f64::from(self.tenure_days? - self.recency_days?)),
            Metric::MeanGapDays => self.mean_gap_days,
            Metric::GapVariation => self.gap_variation,
            Metric::PeriodicityDays => self.periodicity_days,
            Metric::BasketSize => self.basket_size,
            Metric::Products => self.products.map(f64::from),
            Metric::ReturnRate => self.return_rate,
            Metric::Trend => self.trend,
        }
    }

    /// Whether the customer bought anything: who only returned has neither recency nor frequency.
    pub fn bought(&self) -> bool {
        self.orders > 0
    }
}

/// The figures of every customer with a row used, in the order of their ids.
pub fn metrics(sales: &Sales) -> Vec<Metrics> {
    used_customers(sales).collect()
}

/// The same, one by one.
pub(super) fn used_customers(sales: &Sales) -> impl Iterator<Item = Metrics> + '_ {
    let sums = &sales.sums;
    let used = sales.ledger_steps() as u8;
    sums.customer_ids
        .sorted()
        .into_iter()
        .filter(move |number| sums.customers[*number as usize].step == used)
        .map(|number| match sales.level {
            Level::Line => of_customer(sales, number),
            Level::Customer => as_told(sales, number),
        })
}

fn of_customer(sales: &Sales, number: u32) -> Metrics {
    let sums = &sales.sums;
    let customer = &sums.customers[number as usize];
    let mine = || sales.orders_of(number);
    let days: Vec<i32> = mine().map(|order| order.moment.day().number()).collect();
    let money: Vec<f64> = mine().map(|order| order.money.to_f64()).collect();
    let gaps: Vec<f64> = days.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
    let mut active = days.clone();
    active.dedup();
    let between: Vec<f64> = active.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
    let mut weeks: Vec<i32> = active.iter().map(|day| (day + 3).div_euclid(7)).collect();
    weeks.dedup();
    let count = days.len() as f64;
    let until =
        |moment: Option<Moment>| moment.map(|moment| sales.as_of.number() - moment.day().number());
    let (first, last) = customer.span().unzip();
    let bought = customer.bought.to_f64();
    let in_orders = |sum: f64| (count > 0.0).then(|| sum / count);
    let all_orders = mine().try_fold(super::Money::ZERO, |sum, order| sum.checked_add(order.money));
    let net = sales.customer_money(number, all_orders);
    Metrics {
        customer: String::from_utf8_lossy(sums.customer_ids.text(number)).into_owned(),
        recency_days: until(last),
        orders: days.len() as u32,
        monetary: net.to_f64(),
        first,
        last,
        recency_24h: last.map(|last| last.whole_days_until(sales.last)),
        tenure_days: until(first),
        lines: Some(customer.lines),
        active_days: Some(active.len() as u32),
        active_weeks: Some(weeks.len() as u32),
        mean_order: in_orders(all_orders.map_or(f64::NAN, super::Money::to_f64)),
        max_order: money.iter().copied().reduce(f64::max),
        margin: sales
            .has_cost()
            .then(|| {
                net.checked_sub(sums.costs.get(number as usize).copied().unwrap_or_default())
                    .map(super::Money::to_f64)
            })
            .flatten(),
        mean_gap_days: mean(&gaps),
        gap_variation: mean(&gaps)
            .zip(deviation(&gaps))
            .filter(|(mean, _)| *mean > 0.0)
            .map(|(mean, deviation)| deviation / mean),
        periodicity_days: deviation(&between),
        basket_size: sales.has_quantity().then(|| in_orders(customer.quantity.to_f64())).flatten(),
        products: sums.has_products.then_some(customer.products),
        return_rate: (bought > 0.0).then(|| -customer.returned.to_f64() / bought),
        trend: trend(&days, &money, sales.as_of),
    }
}

/// The figures of a customer whose row told them.
fn as_told(sales: &Sales, number: u32) -> Metrics {
    let customer = &sales.sums.customers[number as usize];
    let (first, last) = (customer.first, customer.last);
    let until = |moment: Moment| sales.as_of.number() - moment.day().number();
    let orders = customer.quantity.to_f64() as u32;
    let money = customer.bought.to_f64();
    Metrics {
        customer: String::from_utf8_lossy(sales.sums.customer_ids.text(number)).into_owned(),
        recency_days: Some(until(last)),
        orders,
        monetary: money,
        first: Some(first),
        last: Some(last),
        recency_24h: Some(last.whole_days_until(sales.last)),
        tenure_days: Some(until(first)),
        lines: None,
        active_days: None,
        active_weeks: None,
        mean_order: (orders > 0).then(|| money / f64::from(orders)),
        max_order: None,
        margin: None,
        mean_gap_days: None,
        gap_variation: None,
        periodicity_days: None,
        basket_size: None,
        products: None,
        return_rate: None,
        trend: None,
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The standard deviation with n − 1.
fn deviation(values: &[f64]) -> Option<f64> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}

/// The least-squares slope of money by calendar month, from the month of the first order to that of
/// the reference date, months without an order at 0.
fn trend(days: &[i32], money: &[f64], as_of: Day) -> Option<f64> {
    let month = |day: i32| Day::from_number(day).map(Day::month_number);
    let first = month(*days.first()?)?;
    let count = (as_of.month_number() - first + 1).max(0) as usize;
    if count < 3 {
        return None;
    }
    let middle = (count - 1) as f64 / 2.0;
    // Σ (x − x̄)² of 0, 1 … n−1 is n(n² − 1)/12; months at 0 add nothing to Σ (x − x̄) y.
    let squares = count as f64 * (count as f64 * count as f64 - 1.0) / 12.0;
    let products: f64 = days
        .iter()
        .zip(money)
        .filter_map(|(day, money)| Some((f64::from(month(*day)? - first) - middle) * money))
        .sum();
    Some(products / squares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trend_is_the_slope_over_months() {
        let day = |month| Day::of(2024, month, 5).unwrap().number();
        // 10, 0, 40 in January, February, March: slope (40 − 10)/2.
        let slope = trend(&[day(1), day(3)], &[10.0, 40.0], Day::of(2024, 3, 31).unwrap());
        assert_eq!(slope, Some(15.0));
        assert_eq!(trend(&[day(2)], &[10.0], Day::of(2024, 3, 31).unwrap()), None);
    }
}

//! The figures of all customers, kept small.

use super::metrics::used_customers;
use super::{Day, Metric, Metrics, Moment, Sales};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// The ids of customers, one behind the other.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Ids {
    text: String,
    ends: Vec<usize>,
}

impl Ids {
    fn push(&mut self, id: &str) {
        self.text += id;
        self.ends.push(self.text.len());
    }

    /// The id at a place.
    pub(crate) fn get(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..self.ends[at]]
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// The figures of all customers in the order of their ids: some hundred bytes each.
///
/// [`Customers::get`] and [`Customers::iter`] give them as [`Metrics`].
#[derive(Clone, Debug, PartialEq)]
pub struct Customers {
    ids: Arc<Ids>,
    rows: Vec<Row>,
    as_of: Day,
    end: Moment,
}

/// [`Metrics`] without the id and what follows from the rest; what is not known is no number.
#[derive(Clone, Debug)]
struct Row {
    monetary: f64,
    mean_order: f64,
    max_order: f64,
    margin: f64,
    mean_gap_days: f64,
    gap_variation: f64,
    periodicity_days: f64,
    basket_size: f64,
    return_rate: f64,
    trend: f64,
    /// Only known where there are orders.
    first: Moment,
    last: Moment,
    orders: u32,
    lines: u32,
    active_days: u32,
    active_weeks: u32,
    products: u32,
}

/// How many is not known.
const UNCOUNTED: u32 = u32::MAX;

impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        self.figures().map(f64::to_bits) == other.figures().map(f64::to_bits)
            && (self.first, self.last) == (other.first, other.last)
            && self.counts() == other.counts()
    }
}

impl Row {
    fn of(one: &Metrics) -> Row {
        let number = |figure: Option<f64>| figure.unwrap_or(f64::NAN);
        // Who only returned was never here.
        let moment = |moment: Option<Moment>| {
            moment.filter(|_| one.orders > 0).unwrap_or(Day::FIRST.midnight())
        };
        Row {
            monetary: one.monetary,
            mean_order: number(one.mean_order),
            max_order: number(one.max_order),
            margin: number(one.margin),
            mean_gap_days: number(one.mean_gap_days),
            gap_variation: number(one.gap_variation),
            periodicity_days: number(one.periodicity_days),
            basket_size: number(one.basket_size),
            return_rate: number(one.return_rate),
            trend: number(one.trend),
            first: moment(one.first),
            last: moment(one.last),
            orders: one.orders,
            lines: one.lines.unwrap_or(UNCOUNTED),
            active_days: one.active_days.unwrap_or(UNCOUNTED),
            active_weeks: one.active_weeks.unwrap_or(UNCOUNTED),
            products: one.products.unwrap_or(UNCOUNTED),
        }
    }

    fn figures(&self) -> [f64; 10] {
        [
            self.monetary,
            self.mean_order,
            self.max_order,
            self.margin,
            self.mean_gap_days,
            self.gap_variation,
            self.periodicity_days,
            self.basket_size,
            self.return_rate,
            self.trend,
        ]
    }

    fn counts(&self) -> [u32; 5] {
        [self.orders, self.lines, self.active_days, self.active_weeks, self.products]
    }
}

impl Customers {
    /// The figures of every customer with a row used.
    pub fn of(sales: &Sales) -> Customers {
        let mut ids = Ids::default();
        let mut rows = Vec::new();
        for one in used_customers(sales) {
            ids.push(&one.customer);
            rows.push(Row::of(&one));
        }
        Customers { ids: Arc::new(ids), rows, as_of: sales.as_of, end: sales.last }
    }

    /// Those that were read back, with the reference date and the last row used, by which days count.
    pub(crate) fn dated(self, as_of: Day, end: Moment) -> Customers {
        Customers { as_of, end, ..self }
    }

    /// How many customers there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A customer's id.
    pub fn id(&self, at: usize) -> &str {
        self.ids.get(at)
    }

    /// All ids.
    pub(crate) fn ids(&self) -> Arc<Ids> {
        Arc::clone(&self.ids)
    }

    /// Whether a customer bought anything: who only returned has neither recency nor frequency.
    pub fn bought(&self, at: usize) -> bool {
        self.rows[at].orders > 0
    }

    /// A customer's money: purchases less returns.
    pub fn money(&self, at: usize) -> f64 {
        self.rows[at].monetary
    }

    /// A customer's orders.
    pub fn orders(&self, at: usize) -> u32 {
        self.rows[at].orders
    }

    /// The days of a customer's first and last purchase; `None` if there is none.
    pub fn seen(&self, at: usize) -> Option<(Day, Day)> {
        let row = &self.rows[at];
        (row.orders > 0).then(|| (row.first.day(), row.last.day()))
    }

    /// A figure of a customer; `None` if it is not known.
    pub fn figure(&self, at: usize, metric: Metric) -> Option<f64> {
        self.described(at, String::new()).get(metric)
    }

    /// All figures of a customer.
    pub fn get(&self, at: usize) -> Metrics {
        self.described(at, self.id(at).to_string())
    }

    fn described(&self, at: usize, customer: String) -> Metrics {
        let row = &self.rows[at];
        let counted = |count: u32| (count != UNCOUNTED).then_some(count);
        let known = |figure: f64| (!figure.is_nan()).then_some(figure);
        let (first, last) = (row.orders > 0).then_some((row.first, row.last)).unzip();
        let until = |moment: Option<Moment>| Some(self.as_of.number() - moment?.day().number());
        Metrics {
            customer,
            recency_days: until(last),
            orders: row.orders,
            monetary: row.monetary,
            first,
            last,
            recency_24h: last.map(|last| last.whole_days_until(self.end)),
            tenure_days: until(first),
            lines: counted(row.lines),
            active_days: counted(row.active_days),
            active_weeks: counted(row.active_weeks),
            mean_order: known(row.mean_order),
            max_order: known(row.max_order),
            margin: known(row.margin),
            mean_gap_days: known(row.mean_gap_days),
            gap_variation: known(row.gap_variation),
            periodicity_days: known(row.periodicity_days),
            basket_size: known(row.basket_size),
            products: counted(row.products),
            return_rate: known(row.return_rate),
            trend: known(row.trend),
        }
    }

    /// All customers, one by one.
    pub fn iter(&self) -> impl Iterator<Item = Metrics> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl Serialize for Customers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// The reference date is told elsewhere: [`Customers::dated`] puts it in.
impl<'de> Deserialize<'de> for Customers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Gather;
        impl<'de> Visitor<'de> for Gather {
            type Value = Customers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of customers' figures")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Customers, A::Error> {
                let (mut ids, mut rows) = (Ids::default(), Vec::new());
                while let Some(one) = list.next_element::<Metrics>()? {
                    ids.push(&one.customer);
                    rows.push(Row::of(&one));
                }
                let (as_of, end) = (Day::FIRST, Day::FIRST.midnight());
                Ok(Customers { ids: Arc::new(ids), rows, as_of, end })
            }
        }
        deserializer.deserialize_seq(Gather)
    }
}

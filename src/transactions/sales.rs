//! Sales lines, summed, with the account of them.

use super::ledger::Ledger;
use super::sums::{ByCustomer, OrderSum, Sums};
use super::{Columns, Day, Level, Moment, Money, Returns, Role};
use crate::diagnostic::Place;
use serde::{Deserialize, Serialize};

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its name without its folder.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// What was read, and where it went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The files.
    pub files: Vec<SourceFile>,
    /// Which column has which role.
    pub columns: Columns,
    /// Where all rows and all money went.
    pub ledger: Ledger,
    /// The reference date.
    pub as_of: Day,
    /// Whether the reference date was left to us: the last date of the rows used plus one day.
    pub as_of_by_default: bool,
    /// The first row used.
    pub first: Moment,
    /// The last row used.
    pub last: Moment,
    /// What was done with returns.
    pub returns: Returns,
    /// Whether rows equal to an earlier one were not counted by choice.
    pub ignores_repeats: bool,
    /// What a row was.
    pub level: Level,
}

/// Sales lines, summed, with the account of them.
pub struct Sales {
    pub(crate) account: Account,
    /// The rows set aside, as CSV, if that was asked for.
    pub set_aside: Option<Vec<u8>>,
    /// Whether lines were joined to orders by an id; else every line is an order.
    pub has_orders: bool,
    /// The row of the most money.
    pub(crate) largest: Option<(Place, Money)>,
    /// Whether an order's money is that of its first line.
    pub(crate) first_line: bool,
    /// The steps that a row can be set aside at.
    pub(crate) steps: usize,
    pub(crate) sums: Sums,
    pub(crate) orders: ByCustomer,
}

impl std::ops::Deref for Sales {
    type Target = Account;

    fn deref(&self) -> &Account {
        &self.account
    }
}

impl Sales {
    /// The account alone; the sums, which may take much room, are freed.
    pub fn into_account(self) -> Account {
        self.account
    }

    /// The steps that a row can be set aside at.
    pub(crate) fn ledger_steps(&self) -> usize {
        self.steps
    }

    /// The orders with a purchase of a customer, in the order of their moments.
    pub(crate) fn orders_of(&self, customer: u32) -> impl ExactSizeIterator<Item = &OrderSum> {
        self.orders.of(customer).iter().map(|order| &self.sums.orders.sums[*order as usize])
    }

    /// The same, as places among all orders.
    pub(crate) fn order_numbers(&self, customer: u32) -> &[u32] {
        self.orders.of(customer)
    }

    /// A customer's money: purchases, less returns unless these are kept apart; or that of the orders,
    /// where orders go by their first lines.
    pub(crate) fn customer_money(&self, number: u32, orders: Option<Money>) -> Money {
        if self.first_line {
            return orders.unwrap_or_default();
        }
        let customer = &self.sums.customers[number as usize];
        let returned =
            if self.returns == Returns::Separate { Money::ZERO } else { customer.returned };
        // Each part was added up within the limits; their sum lies between them.
        customer.bought.checked_add(returned).unwrap_or_default()
    }

    /// The place and money of the row that holds more than half of all money, if one of at least ten
    /// does.
    pub fn outlier(&self) -> Option<(&Place, Money)> {
        let (place, money) = self.largest.as_ref()?;
        let is_odd = self.ledger.rows_used >= 10
            && money.abs().to_f64() * 2.0 > self.ledger.money_used.abs().to_f64();
        is_odd.then_some((place, *money))
    }

    /// How many different products the rows used name.
    pub fn products_sold(&self) -> usize {
        self.sums.product_ids.len()
    }

    /// The lines of the first five rows used, counted from 1 with the header.
    pub fn first_lines(&self) -> &[u64] {
        &self.sums.first_lines
    }

    /// The last date of the rows used by its letters, where dates are compared as texts.
    pub fn latest_date_text(&self) -> Option<String> {
        let text = self.sums.latest_text.as_ref()?;
        Some(String::from_utf8_lossy(text).into_owned())
    }

    /// Whether there is a cost column.
    pub fn has_cost(&self) -> bool {
        self.columns.at(Role::Cost).is_some()
    }

    /// Whether there is a quantity column.
    pub fn has_quantity(&self) -> bool {
        self.columns.at(Role::Quantity).is_some()
    }
}

//! The account of every row and of all money: used, or set aside and why.

use super::Money;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Why a row is set aside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It has more or fewer fields than the header.
    Malformed,
    /// It does not fulfil a condition, which is given here.
    Filtered(String),
    /// It has no customer.
    NoCustomer,
    /// Its quantity, price or amount is missing or no finite number.
    NotANumber,
    /// It has no date.
    NoDate,
    /// Its date cannot be read.
    NotADate,
    /// Its date lies behind the reference date, or in the future.
    FutureDate,
    /// Its date lies outside the period asked for.
    OutsidePeriod,
    /// It belongs to a cancelled order.
    Cancelled,
    /// Its money is negative: a return.
    Return,
    /// An equal row was there before.
    Duplicate,
}

impl Reason {
    /// The reason as results name it.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::Malformed => "malformed",
            Reason::Filtered(_) => "filtered",
            Reason::NoCustomer => "no_customer",
            Reason::NotANumber => "not_a_number",
            Reason::NoDate => "no_date",
            Reason::NotADate => "not_a_date",
            Reason::FutureDate => "future_date",
            Reason::OutsidePeriod => "outside_period",
            Reason::Cancelled => "cancelled",
            Reason::Return => "return",
            Reason::Duplicate => "duplicate",
        }
    }

    /// The reason of this name; `condition` is that of a row that was filtered.
    fn parse(code: &str, condition: Option<String>) -> Option<Reason> {
        let reasons = [
            Reason::Malformed,
            Reason::Filtered(condition.unwrap_or_default()),
            Reason::NoCustomer,
            Reason::NotANumber,
            Reason::NoDate,
            Reason::NotADate,
            Reason::FutureDate,
            Reason::OutsidePeriod,
            Reason::Cancelled,
            Reason::Return,
            Reason::Duplicate,
        ];
        reasons.into_iter().find(|reason| reason.code() == code)
    }

    /// The reason in words.
    pub fn words(&self) -> String {
        match self {
            Reason::Malformed => "another number of fields than the header".to_string(),
            Reason::Filtered(condition) => format!("not {condition}"),
            Reason::NoCustomer => "no customer".to_string(),
            Reason::NotANumber => "quantity, price or amount is no number".to_string(),
            Reason::NoDate => "no date".to_string(),
            Reason::NotADate => "the date cannot be read".to_string(),
            Reason::FutureDate => "the date lies in the future".to_string(),
            Reason::OutsidePeriod => "outside the period".to_string(),
            Reason::Cancelled => "cancelled order".to_string(),
            Reason::Return => "return".to_string(),
            Reason::Duplicate => "duplicate row".to_string(),
        }
    }
}

/// Rows set aside for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct SetAside {
    /// Why.
    pub reason: Reason,
    /// How many rows.
    pub rows: u64,
    /// Their money, as far as it can be read.
    pub money: Money,
    /// Customers of whom every row was set aside for this or an earlier reason, the latest being
    /// this one.
    pub customers: u64,
}

impl Serialize for SetAside {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("reason", self.reason.code())?;
        if let Reason::Filtered(condition) = &self.reason {
            map.serialize_entry("condition", condition)?;
        }
        map.serialize_entry("rows", &self.rows)?;
        map.serialize_entry("money", &self.money)?;
        map.serialize_entry("customers", &self.customers)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for SetAside {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Shown {
            reason: String,
            condition: Option<String>,
            rows: u64,
            money: Money,
            customers: u64,
        }
        let Shown { reason, condition, rows, money, customers } = Shown::deserialize(deserializer)?;
        let unknown = || de::Error::custom(format!("there is no reason “{reason}”"));
        let reason = Reason::parse(&reason, condition).ok_or_else(unknown)?;
        Ok(SetAside { reason, rows, money, customers })
    }
}

/// Where all rows and all money went. The reasons stand in the order in which rows are looked at: a
/// row is set aside for the first that holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// Rows read.
    pub rows_in: u64,
    /// Rows used.
    pub rows_used: u64,
    /// The money of all rows, as far as it can be read.
    pub money_in: Money,
    /// The money of the rows used, returns subtracted.
    pub money_used: Money,
    /// Customers in all rows that name one.
    pub customers_in: u64,
    /// Customers of the rows used.
    pub customers_used: u64,
    /// What was set aside and why; only reasons that occurred.
    pub set_aside: Vec<SetAside>,
    /// Of the rows used, those that are returns.
    pub returns: u64,
    /// Their money, negative.
    pub returned: Money,
    /// Rows equal to an earlier one in every field; `None` if they were not looked for, or are set
    /// aside.
    pub duplicates: Option<u64>,
}

impl Ledger {
    /// Whether the rows and the money add up, as they must.
    pub fn balances(&self) -> bool {
        let rows: u64 = self.set_aside.iter().map(|aside| aside.rows).sum();
        let money = self
            .set_aside
            .iter()
            .try_fold(self.money_used, |sum, aside| sum.checked_add(aside.money));
        self.rows_used + rows == self.rows_in && money == Some(self.money_in)
    }
}

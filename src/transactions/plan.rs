//! What is looked for in each row, and in which order.

use super::condition::Condition;
use super::ledger::Reason;
use super::{Clock, Columns, Compat, DateStyle, Day, Level, Moment, NumberStyle, Returns};

/// The steps that every row goes through, made from the options and the columns.
#[derive(Clone)]
pub(crate) struct Plan {
    /// Columns of the header.
    pub width: usize,
    /// What a row is.
    pub level: Level,
    /// Which column has which role.
    pub columns: Columns,
    /// The reference date, if it was given.
    pub as_of: Option<Day>,
    /// How dates are written, and whether the user said so.
    pub dates: DateStyle,
    pub dates_told: bool,
    /// How numbers are written, and whether the user said so.
    pub numbers: NumberStyle,
    pub numbers_told: bool,
    /// Whose calendar counts.
    pub clock: Clock,
    /// Whether the encoding of a text was told, or found out before.
    pub encoding_known: bool,
    /// Conditions with their texts.
    pub conditions: Vec<Condition>,
    /// The period's first moment.
    pub from: Option<Moment>,
    /// The period's last moment.
    pub to: Option<Moment>,
    /// The period's ends as they were typed, if dates are compared as texts.
    pub as_texts: Option<(Option<String>, Option<String>)>,
    /// What lies behind this moment lies in the future.
    pub latest: Option<Moment>,
    /// What is done with returns.
    pub returns: Returns,
    /// What the ids of cancelled orders begin with.
    pub cancelled: Option<String>,
    /// Whether rows equal to an earlier one are counted or set aside.
    pub compares_rows: bool,
    /// Defects to follow.
    pub compat: Compat,
    /// The reasons to set a row aside, in the order in which they are looked for.
    pub steps: Vec<Reason>,
}

/// The places of the fixed reasons behind the conditions, counted from the first behind them.
#[derive(Clone, Copy)]
pub(crate) enum Behind {
    NoCustomer,
    NotANumber,
    NoDate,
    NotADate,
    FutureDate,
    OutsidePeriod,
    Cancelled,
    Return,
    Duplicate,
}

impl Plan {
    /// The reasons in the order in which rows are looked at.
    pub(crate) fn reasons(conditions: &[String]) -> Vec<Reason> {
        let filtered = conditions.iter().map(|text| Reason::Filtered(text.clone()));
        let behind = [
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
        std::iter::once(Reason::Malformed).chain(filtered).chain(behind).collect()
    }

    /// The step of a fixed reason.
    pub(crate) fn behind(&self, reason: Behind) -> u8 {
        (1 + self.conditions.len() + reason as usize) as u8
    }

    /// The step of rows that are used.
    pub(crate) fn used(&self) -> u8 {
        self.steps.len() as u8
    }

    /// The step of rows equal to an earlier one.
    pub(crate) fn duplicate(&self) -> u8 {
        self.behind(Behind::Duplicate)
    }
}

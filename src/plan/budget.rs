//! A budget, split over the customers by what they are worth.

use super::Plan;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The largest budget: its hundredths are counted exactly.
const LARGEST: f64 = 1e12;

/// Amounts are split down to these parts of their unit.
const PARTS: f64 = 100.0;

/// A budget that is split.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// How much there is, in any currency.
    pub amount: f64,
    /// By what it is split.
    pub by: BudgetBy,
}

/// By what a budget is split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BudgetBy {
    /// By what each customer is worth now; lost customers get nothing.
    #[default]
    Value,
    /// By what is at stake; lost customers get their share, too.
    Stake,
}

impl fmt::Display for BudgetBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BudgetBy::Value => "value",
            BudgetBy::Stake => "stake",
        })
    }
}

impl FromStr for BudgetBy {
    type Err = String;

    fn from_str(word: &str) -> Result<BudgetBy, String> {
        match word {
            "value" => Ok(BudgetBy::Value),
            "stake" => Ok(BudgetBy::Stake),
            _ => Err("expected one of value, stake".to_string()),
        }
    }
}

impl Plan {
    /// Splits a budget over the customers in proportion to what each is worth, to the hundredth: each
    /// gets the whole hundredths of its share, and those with the largest remainders one more until all
    /// is given out (Hamilton's method). Who is worth less than nothing gets nothing.
    ///
    /// # Errors
    /// [`Code::BudgetInvalid`] for a budget that is not above 0, too large to be counted in hundredths or
    /// of fractions of them, and where nobody is worth anything.
    pub fn split(mut self, budget: Budget) -> Result<Plan, Error> {
        let amount = budget.amount;
        let fault = |message: String, hint: &str| {
            Err(Diagnostic::error(Code::BudgetInvalid, message).hint(hint).into())
        };
        if !(amount > 0.0 && amount <= LARGEST) {
            let hint = "an amount above 0 and at most 1,000,000,000,000, such as 25000";
            return fault(format!("the budget is {amount}"), hint);
        }
        let parts = (amount * PARTS).round();
        if (parts / PARTS - amount).abs() > 1e-9 * amount {
            return fault(format!("the budget is {amount}"), "at most two decimals");
        }
        let worth: Vec<f64> = self
            .items
            .iter()
            .map(|item| match budget.by {
                BudgetBy::Value => item.value.max(0.0),
                BudgetBy::Stake => item.value_at_stake.max(0.0),
            })
            .collect();
        if worth.iter().sum::<f64>() <= 0.0 {
            let message = format!("no customer has any {} to split the budget by", budget.by);
            return fault(message, "leave the budget out");
        }
        for (item, parts) in self.items.iter_mut().zip(apportioned(parts, &worth)) {
            item.budget = Some(parts / PARTS);
        }
        self.basis.budget = Some(budget);
        Ok(self)
    }
}

/// Whole parts in proportion, which sum to all of them.
fn apportioned(parts: f64, worth: &[f64]) -> Vec<f64> {
    let total: f64 = worth.iter().sum();
    let exact: Vec<f64> = worth.iter().map(|one| parts * (one / total)).collect();
    let mut given: Vec<f64> = exact.iter().map(|one| one.floor()).collect();
    let mut order: Vec<usize> = (0..worth.len()).filter(|&at| worth[at] > 0.0).collect();
    // The sort keeps the plan's order among equals: more at stake first.
    order.sort_by(|&a, &b| (exact[b] - given[b]).total_cmp(&(exact[a] - given[a])));
    // Rounding in large shares can give out a part too many; then the smallest remainders give back.
    let left = parts - given.iter().sum::<f64>();
    for &at in order.iter().cycle().take(left.max(0.0) as usize) {
        given[at] += 1.0;
    }
    let holders: Vec<usize> = order.into_iter().rev().filter(|&at| given[at] >= 1.0).collect();
    for at in holders.into_iter().take((-left).max(0.0) as usize) {
        given[at] -= 1.0;
    }
    given
}

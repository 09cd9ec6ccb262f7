//! What to do: for each customer an action by the model's rules, what is at stake, and on request a
//! share of a budget.

mod budget;

pub use budget::{Budget, BudgetBy};

use crate::migration::Amount;
use crate::model::{Action, Heading, Model};
use serde::{Deserialize, Serialize};

/// The plan for all customers, most at stake first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// One entry for each customer, those who are lost since the period before among them.
    #[serde(rename = "plan")]
    pub items: Vec<Item>,
    /// What the figures are.
    #[serde(rename = "plan_basis")]
    pub basis: Basis,
}

/// What the figures of a plan are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// What stands at stake.
    pub amount: Amount,
    /// The period before, by its name; `None` where there is none.
    pub before: Option<String>,
    /// The budget that is split; `None` where none was asked for.
    pub budget: Option<Budget>,
}

/// What to do about one customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The customer.
    pub customer: String,
    /// The code of its class; `None` for lost customers.
    pub class: Option<String>,
    /// The share of the draws in which it keeps its class, from 0 to 1; `None` where nothing was drawn.
    pub firmness: Option<f64>,
    /// Where it is heading; `None` without an earlier period.
    pub heading: Option<Heading>,
    /// The code of its class in the period before.
    pub from: Option<String>,
    /// What it is worth now; 0 for lost customers.
    pub value: f64,
    /// What can be lost, or won back: the larger of what it is worth now and what it was worth before.
    pub value_at_stake: f64,
    /// What to do.
    pub action: String,
    /// Its share of the budget, in hundredths of its unit at the finest.
    pub budget: Option<f64>,
}

/// What is known of a customer when the plan is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Known<'a> {
    /// The customer.
    pub customer: &'a str,
    /// The code of its class.
    pub class: Option<&'a str>,
    /// The share of draws in which it keeps it.
    pub firmness: Option<f64>,
    /// Where it is heading.
    pub heading: Option<Heading>,
    /// The code of its class in the period before.
    pub from: Option<&'a str>,
    /// What it is worth now.
    pub now: Option<f64>,
    /// What it was worth before.
    pub before: Option<f64>,
}

impl Plan {
    /// Finds for each customer the first of the model's actions whose conditions hold, or the strategy of
    /// its class.
    pub fn new(known: &[Known], model: &Model, basis: Basis) -> Plan {
        let mut items: Vec<Item> = known.iter().map(|one| item(one, model)).collect();
        // The sort keeps the order of the customers among equals.
        items.sort_by(|a, b| b.value_at_stake.total_cmp(&a.value_at_stake));
        Plan { items, basis }
    }
}

fn item(known: &Known, model: &Model) -> Item {
    let (now, before) = (known.now.unwrap_or(0.0), known.before.unwrap_or(0.0));
    let action = model.actions.iter().find(|action| fits(action, known));
    let class = known.class.and_then(|code| model.find_class(code));
    let strategy = class.map(|class| class.strategy.clone()).unwrap_or_default();
    Item {
        customer: known.customer.to_string(),
        class: known.class.map(str::to_string),
        firmness: known.firmness,
        heading: known.heading,
        from: known.from.map(str::to_string),
        value: now,
        value_at_stake: now.max(before),
        action: action.map_or(strategy, |action| action.text.clone()),
        budget: None,
    }
}

/// Whether all conditions of an action hold. What is not known fits no condition.
fn fits(action: &Action, known: &Known) -> bool {
    let among = |classes: &[String], class: Option<&str>| {
        classes.is_empty() || class.is_some_and(|class| classes.iter().any(|code| code == class))
    };
    let is_lost = known.heading == Some(Heading::Lost);
    let class = if is_lost { known.from } else { known.class };
    let headed = known.heading.is_some_and(|heading| action.heading.contains(&heading));
    let unfirm = |limit: f64| known.firmness.is_some_and(|firmness| firmness < limit);
    among(&action.class, class)
        && among(&action.from, known.from)
        && (action.heading.is_empty() || headed)
        && action.firmness_below.is_none_or(unfirm)
}

#[cfg(test)]
mod tests;

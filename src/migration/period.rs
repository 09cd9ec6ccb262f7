//! One period: who was there, in which class, with how much; and each customer's path.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::named::Named;
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// The customers of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Its name, such as "2024".
    pub name: String,
    /// The codes of the classes, lowest first.
    pub classes: Vec<String>,
    /// The customers.
    pub customers: Vec<Standing>,
}

/// Where a customer stands in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The customer.
    pub customer: String,
    /// The code of its class, if it has one.
    pub class: Option<String>,
    /// The value of the goal.
    pub value: f64,
    /// The money of its sales in the period; `None` where they are not known.
    pub money: Option<f64>,
    /// The value at each part right below the goal, as far as they are known.
    pub parts: Named,
}

/// What counts in a migration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Amount {
    /// The money of the customers' sales.
    Money,
    /// The value of the goal.
    #[default]
    Value,
}

impl Amount {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Amount::Money => "money",
            Amount::Value => "value",
        }
    }
}

impl Standing {
    /// What counts of the customer; customers without money count as 0.
    pub fn amount(&self, of: Amount) -> f64 {
        match of {
            Amount::Money => self.money.unwrap_or(0.0),
            Amount::Value => self.value,
        }
    }
}

/// A customer's class in each period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// The customer, as last written.
    pub customer: String,
    /// For each period the code of the class; `None` where the customer was not there.
    pub classes: Vec<Option<String>>,
}

impl Period {
    /// Whether there is money of any of its customers.
    pub fn has_money(&self) -> bool {
        self.customers.iter().any(|standing| standing.money.is_some())
    }

    /// Tells what makes the period unfit to be compared.
    pub(super) fn check(&self, before: &[&str], log: &mut Diagnostics) {
        let name = &self.name;
        let mut fault = |message: String, hint: &str| {
            log.push(Diagnostic::error(Code::PeriodInvalid, message).hint(hint));
        };
        if before.contains(&name.as_str()) {
            fault(
                format!("two periods are called “{name}”"),
                "give each a name of its own, by `--period NAME`",
            );
        }
        if self.customers.is_empty() {
            fault(
                format!("the period “{name}” has no customer"),
                "every period needs at least one",
            );
        }
        let mut met = HashSet::new();
        for standing in &self.customers {
            if !met.insert(fold(&standing.customer)) {
                fault(
                    format!("“{}” is twice in the period “{name}”", standing.customer),
                    "each customer stands once in a period",
                );
            }
        }
    }
}

impl Path {
    /// The paths with one more period, to which `periods` others came before.
    pub(super) fn extended(paths: &[Path], periods: usize, next: &Period) -> Vec<Path> {
        let mut paths = paths.to_vec();
        let mut places: HashMap<String, usize> =
            paths.iter().enumerate().map(|(at, path)| (fold(&path.customer), at)).collect();
        for path in &mut paths {
            path.classes.push(None);
        }
        for standing in &next.customers {
            let at = *places.entry(fold(&standing.customer)).or_insert_with(|| {
                let classes = vec![None; periods + 1];
                paths.push(Path { customer: String::new(), classes });
                paths.len() - 1
            });
            paths[at].customer = standing.customer.clone();
            paths[at].classes[periods] = Some(super::step::class_of(standing).to_string());
        }
        paths
    }
}

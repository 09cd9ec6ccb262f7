//! Where customers are heading: who changed class between two periods, and how much money moves.
//!
//! ```
//! use custval::migration::{Migration, Period, Standing};
//!
//! let standing = |customer: &str, class: &str, value| Standing {
//!     customer: customer.to_string(),
//!     class: Some(class.to_string()),
//!     value,
//!     money: None,
//!     parts: Default::default(),
//! };
//! let period = |name: &str, customers| Period {
//!     name: name.to_string(),
//!     classes: vec!["low".to_string(), "high".to_string()],
//!     customers,
//! };
//! let spring = period("spring", vec![standing("Ann", "high", 4.0), standing("Ben", "low", 2.0)]);
//! let autumn = period("autumn", vec![standing("Ann", "low", 2.5), standing("Eve", "low", 1.0)]);
//! let migration = Migration::over(&[spring, autumn]).unwrap();
//! assert_eq!(migration.step.matrix.rows, ["low", "high", "new"]);
//! assert_eq!(migration.step.matrix.columns, ["low", "high", "lost"]);
//! assert_eq!(migration.step.matrix.customers, [[0, 0, 1], [1, 0, 0], [1, 0, 0]]);
//! // Ben left with all of 2.0, Ann fell by 1.5.
//! assert_eq!(migration.step.moves[0].customer, "Ben");
//! assert_eq!(migration.step.moves[1].money_at_risk, 1.5);
//! ```

mod period;
mod step;

pub use period::{Amount, Path, Period, Standing};
pub use step::{LOST, Matrix, Money, Move, NEW, Step, Stood, UNCLASSED};

use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use serde::{Deserialize, Serialize};

/// The migration of customers over two or more periods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Migration {
    /// The periods' names, in order.
    pub periods: Vec<String>,
    /// What counts: money where all periods have it, else the goal's value.
    pub amount: Amount,
    /// From the last period but one to the last: `matrix`, `money` and `moves`.
    #[serde(flatten)]
    pub step: Step,
    /// The steps before that, in order.
    pub earlier: Vec<Step>,
    /// For each customer ever met its class in each period, in the order of first meeting.
    pub paths: Vec<Path>,
}

impl Migration {
    /// The migration over a sequence of periods, each compared with the one before.
    ///
    /// Customers are matched by their names, without regard to case, width and outer spaces.
    ///
    /// # Errors
    /// All at once ([`Code::PeriodInvalid`]): fewer than two periods, one without customers, a name
    /// or a customer that stands twice.
    pub fn over(periods: &[Period]) -> Result<Migration, Error> {
        let mut log = Diagnostics::new();
        if periods.len() < 2 {
            let message = format!("there is {}", crate::text::count(periods.len(), "period"));
            let hint = "a migration needs two or more";
            log.push(Diagnostic::error(Code::PeriodInvalid, message).hint(hint));
        }
        for (at, period) in periods.iter().enumerate() {
            let before: Vec<&str> = periods[..at].iter().map(|p| p.name.as_str()).collect();
            period.check(&before, &mut log);
        }
        log.refuse_if_faulty()?;
        let mut pairs = periods.windows(2);
        let Some([before, after]) = pairs.next() else {
            return Err(Error::internal("two periods, but no pair of them"));
        };
        let has_money = periods.iter().all(Period::has_money);
        let amount = if has_money { Amount::Money } else { Amount::Value };
        let mut migration = Migration::between(before, after, amount);
        for pair in pairs {
            migration = migration.extended(&pair[0], &pair[1]);
        }
        Ok(migration)
    }

    /// The migration with one more period; `last` is the latest so far.
    ///
    /// # Errors
    /// As [`Migration::over`]; `last` has to be the latest period of this migration, and `next` to have
    /// money where that is what counts.
    pub fn then(self, last: &Period, next: &Period) -> Result<Migration, Error> {
        let mut log = Diagnostics::new();
        if self.periods.last() != Some(&last.name) {
            let message = format!("“{}” is not the latest period of the migration", last.name);
            log.push(Diagnostic::error(Code::PeriodInvalid, message));
        }
        last.check(&[], &mut log);
        let names: Vec<&str> = self.periods.iter().map(String::as_str).collect();
        next.check(&names, &mut log);
        if self.amount == Amount::Money && !next.has_money() {
            let message = format!("the periods so far count money, and “{}” has none", next.name);
            let hint = "give its sales by `--transactions`";
            log.push(Diagnostic::error(Code::PeriodInvalid, message).hint(hint));
        }
        log.refuse_if_faulty()?;
        Ok(self.extended(last, next))
    }

    fn between(before: &Period, after: &Period, amount: Amount) -> Migration {
        Migration {
            periods: vec![before.name.clone(), after.name.clone()],
            amount,
            step: Step::between(before, after, amount),
            earlier: Vec::new(),
            paths: Path::extended(&Path::extended(&[], 0, before), 1, after),
        }
    }

    fn extended(mut self, last: &Period, next: &Period) -> Migration {
        self.paths = Path::extended(&self.paths, self.periods.len(), next);
        self.periods.push(next.name.clone());
        let before = std::mem::replace(&mut self.step, Step::between(last, next, self.amount));
        self.earlier.push(before);
        self
    }
}

#[cfg(test)]
mod tests;

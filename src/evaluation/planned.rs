//! What to do about each customer of an evaluation.

use super::Evaluation;
use crate::Error;
use crate::plan::{Basis, Budget, Known, Plan};

impl Evaluation {
    /// Whether the customers' sales say what each of them is worth in money.
    pub fn has_money(&self) -> bool {
        self.values.iter().any(|customer| customer.money.is_some())
    }

    /// The plan by the model's actions. Money is at stake where there are sales, else the value of the
    /// goal.
    pub(super) fn planned(&self) -> Plan {
        let money = self.has_money();
        let amount = if money { "money" } else { "value" };
        let known: Vec<Known> = self
            .values
            .iter()
            .enumerate()
            .map(|(at, customer)| Known {
                customer: &customer.customer,
                class: customer.class.as_deref(),
                firmness: self.firmness.get(at).map(|firm| firm.probability()),
                heading: None,
                from: None,
                now: if money { customer.money } else { Some(customer.value) },
                before: None,
            })
            .collect();
        let basis = Basis { amount: amount.to_string(), ..Basis::default() };
        Plan::new(&known, &self.model, basis)
    }

    /// The evaluation with a budget that its plan splits over the customers.
    ///
    /// # Errors
    /// As [`Plan::split`].
    pub fn with_budget(mut self, budget: Budget) -> Result<Evaluation, Error> {
        self.plan = self.plan.split(budget)?;
        Ok(self)
    }
}

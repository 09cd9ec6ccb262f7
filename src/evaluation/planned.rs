//! What to do about each customer of an evaluation.

use super::Evaluation;
use crate::Error;
use crate::migration::{Amount, Move, NEW, Period};
use crate::model::Heading;
use crate::plan::{Basis, Budget, Known, Plan};
use crate::text::fold;
use std::collections::HashMap;

impl Evaluation {
    /// Whether the customers' sales say what each of them is worth in money.
    pub fn has_money(&self) -> bool {
        self.values.iter().any(|customer| customer.money.is_some())
    }

    /// The plan by the model's actions. Money is at stake where there are sales, else the value of the
    /// goal; after an earlier period what the migration counts.
    pub(super) fn planned(&self, earlier: Option<&Period>) -> Plan {
        let amount = match &self.migration {
            Some(migration) => migration.amount,
            None if self.has_money() => Amount::Money,
            None => Amount::Value,
        };
        let moves: HashMap<&str, &Move> = self
            .migration
            .iter()
            .flat_map(|migration| &migration.step.moves)
            .map(|one| (one.customer.as_str(), one))
            .collect();
        let before: HashMap<String, f64> = earlier
            .iter()
            .flat_map(|period| &period.customers)
            .map(|one| (fold(&one.customer), one.amount(amount)))
            .collect();
        let drawn = self.firmness_basis.draws > 0;
        let mut known: Vec<Known> = Vec::with_capacity(self.values.len());
        for (at, customer) in self.values.iter().enumerate() {
            let moved = moves.get(customer.customer.as_str());
            let stayed = self.migration.as_ref().map(|_| Heading::Stay);
            known.push(Known {
                customer: &customer.customer,
                class: customer.class.as_deref(),
                firmness: self.firmness.get(at).filter(|_| drawn).map(|firm| firm.probability()),
                heading: moved.map(|one| one.heading).or(stayed),
                from: match moved {
                    Some(one) => from(one),
                    None => stayed.and(customer.class.as_deref()),
                },
                now: match amount {
                    Amount::Money => customer.money,
                    Amount::Value => Some(customer.value),
                },
                before: before.get(&fold(&customer.customer)).copied(),
            });
        }
        let lost = self.migration.iter().flat_map(|migration| &migration.step.moves);
        known.extend(lost.filter(|one| one.heading == Heading::Lost).map(|one| Known {
            customer: &one.customer,
            class: None,
            firmness: None,
            heading: Some(Heading::Lost),
            from: from(one),
            now: None,
            before: one.value_before,
        }));
        let before = earlier.map(|period| period.name.clone());
        Plan::new(&known, &self.model, Basis { amount, before, budget: None })
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

/// The class that a customer comes from.
fn from(one: &Move) -> Option<&str> {
    (one.from != NEW || one.heading != Heading::New).then_some(one.from.as_str())
}

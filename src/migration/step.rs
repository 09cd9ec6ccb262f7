//! From one period to the next: the matrix, the money and the moves.

use super::period::{Amount, Period, Standing};
use crate::model::Heading;
use crate::named::Named;
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The row of customers who were not there before.
pub const NEW: &str = "new";
/// The column of customers who are not there any more.
pub const LOST: &str = "lost";
/// The class of customers who have none.
pub const UNCLASSED: &str = "unclassed";

/// What happened between two periods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The customers, from class to class.
    pub matrix: Matrix,
    /// The same in money; rows and columns are those of the matrix.
    pub money: Money,
    /// Everyone who changed class, came or went; most money at risk first.
    pub moves: Vec<Move>,
    /// Where everyone who is still there stood before, as far as that is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stood: Vec<Stood>,
}

/// Where a customer stood in the earlier period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stood {
    /// The customer, as last written.
    pub customer: String,
    /// The earlier value at each part right below the goal.
    pub parts: Named,
}

/// How many customers went from each class to each class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// The earlier classes by code, lowest first, and "new".
    pub rows: Vec<String>,
    /// The later classes by code, lowest first, and "lost".
    pub columns: Vec<String>,
    /// `customers[row][column]`.
    pub customers: Vec<Vec<usize>>,
    /// Each row's sum: the size of the earlier class, and how many are new.
    pub row_sums: Vec<usize>,
    /// Each column's sum: the size of the later class, and how many are lost.
    pub column_sums: Vec<usize>,
}

/// How much money went from each class to each class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// `before[row][column]`: what these customers were worth earlier; 0 for new ones.
    pub before: Vec<Vec<f64>>,
    /// `after[row][column]`: what they are worth later; 0 for lost ones.
    pub after: Vec<Vec<f64>>,
    /// What is at risk: the sum over all customers, movers or not, of what each has lost.
    pub at_risk: f64,
}

/// A customer who changed class, came or went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// The customer.
    pub customer: String,
    /// The earlier class, or "new".
    pub from: String,
    /// The later class, or "lost".
    pub to: String,
    /// Up, down, in or out.
    pub heading: Heading,
    /// The earlier amount; `None` for a new customer.
    pub value_before: Option<f64>,
    /// The later amount; `None` for a lost customer.
    pub value_after: Option<f64>,
    /// The later amount less the earlier, either being 0 where the customer was not there.
    pub change: f64,
    /// What was lost: the earlier amount less the later, and 0 where that is less than 0.
    pub money_at_risk: f64,
}

/// The class by which a customer is counted.
pub(super) fn class_of(standing: &Standing) -> &str {
    standing.class.as_deref().unwrap_or(UNCLASSED)
}

/// The period's classes, those that only its customers name behind them.
fn classes(period: &Period) -> Vec<String> {
    let mut codes = period.classes.clone();
    for standing in &period.customers {
        if !codes.iter().any(|code| code == class_of(standing)) {
            codes.push(class_of(standing).to_string());
        }
    }
    codes
}

/// A customer in both periods, as far as it was there.
struct Pair<'a> {
    amount: Amount,
    before: Option<&'a Standing>,
    after: Option<&'a Standing>,
}

/// Everyone of the earlier period, in its order, then the new ones.
fn pairs<'a>(before: &'a Period, after: &'a Period, amount: Amount) -> Vec<Pair<'a>> {
    let mut later: HashMap<String, &Standing> =
        after.customers.iter().map(|standing| (fold(&standing.customer), standing)).collect();
    let mut pairs: Vec<Pair> = before
        .customers
        .iter()
        .map(|standing| Pair {
            amount,
            before: Some(standing),
            after: later.remove(&fold(&standing.customer)),
        })
        .collect();
    let new = after.customers.iter().filter(|s| later.contains_key(&fold(&s.customer)));
    pairs.extend(new.map(|standing| Pair { amount, before: None, after: Some(standing) }));
    pairs
}

impl Step {
    /// Compares two periods.
    pub(super) fn between(before: &Period, after: &Period, amount: Amount) -> Step {
        let (mut rows, mut columns) = (classes(before), classes(after));
        // Which of two classes is higher is said by the later order, and for those not in it by
        // the earlier.
        let order: Vec<String> =
            columns.iter().chain(rows.iter().filter(|c| !columns.contains(c))).cloned().collect();
        // The two stand last, whatever the classes are called.
        rows.push(NEW.to_string());
        columns.push(LOST.to_string());
        let place = |codes: &[String], standing: Option<&Standing>| {
            let end = codes.len() - 1;
            standing.map_or(end, |standing| {
                codes[..end].iter().position(|code| code == class_of(standing)).unwrap_or(end)
            })
        };
        let mut customers = vec![vec![0; columns.len()]; rows.len()];
        let mut money_before = vec![vec![0.0; columns.len()]; rows.len()];
        let mut money_after = money_before.clone();
        let mut at_risk = 0.0;
        let (mut moves, mut stood) = (Vec::new(), Vec::new());
        for pair in pairs(before, after, amount) {
            let (row, column) = (place(&rows, pair.before), place(&columns, pair.after));
            customers[row][column] += 1;
            money_before[row][column] += pair.before.map_or(0.0, |one| one.amount(amount));
            money_after[row][column] += pair.after.map_or(0.0, |one| one.amount(amount));
            at_risk += pair.at_risk();
            moves.extend(pair.moved(&order));
            stood.extend(pair.stood());
        }
        // The sort keeps the order of the customers among equals.
        moves.sort_by(|a, b| b.money_at_risk.total_cmp(&a.money_at_risk));
        let row_sums = customers.iter().map(|row| row.iter().sum()).collect();
        let column_sums = (0..columns.len())
            .map(|column| customers.iter().map(|row| row[column]).sum())
            .collect();
        Step {
            matrix: Matrix { rows, columns, customers, row_sums, column_sums },
            money: Money { before: money_before, after: money_after, at_risk },
            moves,
            stood,
        }
    }
}

impl Pair<'_> {
    fn amounts(&self) -> (Option<f64>, Option<f64>) {
        (
            self.before.map(|one| one.amount(self.amount)),
            self.after.map(|one| one.amount(self.amount)),
        )
    }

    fn stood(&self) -> Option<Stood> {
        let (before, after) = self.before.zip(self.after)?;
        let is_known = !before.parts.is_empty();
        is_known.then(|| Stood { customer: after.customer.clone(), parts: before.parts.clone() })
    }

    fn at_risk(&self) -> f64 {
        let (before, after) = self.amounts();
        (before.unwrap_or(0.0) - after.unwrap_or(0.0)).max(0.0)
    }

    /// The move; `None` for who stayed.
    fn moved(&self, order: &[String]) -> Option<Move> {
        let (value_before, value_after) = self.amounts();
        let standing = self.after.or(self.before)?;
        let (from, to) = (self.before.map(class_of), self.after.map(class_of));
        let height = |class: &str| order.iter().position(|code| code == class);
        let heading = match (from, to) {
            (Some(from), Some(to)) if from == to => return None,
            (Some(from), Some(to)) if height(to) < height(from) => Heading::Fall,
            (Some(_), Some(_)) => Heading::Rise,
            (Some(_), None) => Heading::Lost,
            (None, _) => Heading::New,
        };
        Some(Move {
            customer: standing.customer.clone(),
            from: from.unwrap_or(NEW).to_string(),
            to: to.unwrap_or(LOST).to_string(),
            heading,
            value_before,
            value_after,
            change: value_after.unwrap_or(0.0) - value_before.unwrap_or(0.0),
            money_at_risk: self.at_risk(),
        })
    }
}

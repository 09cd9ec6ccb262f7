//! The customers of the scores and those of the sales, told to be the same by their names.

mod near;

pub use near::Near;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Missing, Model, Source};
use crate::survey::Survey;
use crate::text::{count, fold, list, plain};
use crate::transactions::Customers;
use near::near;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A customer, and where it stands on either side.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The name, as the scores have it, or else the sales.
    pub name: String,
    /// Its place among the customers of the survey.
    pub survey: Option<u32>,
    /// Its place among the customers of the sales.
    pub sales: Option<usize>,
}

/// How the customers of the two sides were joined.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Joins {
    /// Customers on both sides.
    pub matched: usize,
    /// Customers whom only the scores know.
    pub only_scores: Vec<String>,
    /// Customers whom only the sales know.
    pub only_transactions: Vec<String>,
    /// Names on one side that differ little from one on the other. Nothing is joined by them.
    pub near: Vec<Near>,
    /// What happened to customers on one side only.
    pub unmatched: Missing,
}

/// The customers to be evaluated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// Those of the scores in their order, then those of the sales alone in the order of their ids.
    pub all: Vec<Person>,
    /// How they were joined; `None` where the model needs one side only.
    pub joins: Option<Joins>,
}

/// So many names a message shows.
const SHOWN: usize = 5;

/// Joins the customers of the survey with those of the sales, by the model's needs.
///
/// Names are compared in Unicode's compatibility form (NFKC), without regard to case and outer spaces.
/// Of several ids of the sales that are the same so, one written exactly as in the scores is meant.
/// Customers on one side only are dealt with by `unmatched` of the model: refused, left out, or kept,
/// their scores to be filled.
///
/// Faults: sales are needed and there are none; customers on one side only, where the rule is to refuse;
/// no customer on both sides; two ids of the sales for one customer.
pub fn join(
    survey: &Survey,
    sales: Option<&Customers>,
    model: &Model,
    log: &mut Diagnostics,
) -> People {
    let needs_sales = model.uses(Source::Transactions);
    let needs_survey = model.uses(Source::Experts) || model.uses(Source::Measured);
    match sales {
        None if needs_sales => {
            log.push(sales_missing(model));
            of_survey(survey)
        }
        None => of_survey(survey),
        Some(_) if !needs_sales => {
            let message = "no indicator of the model takes a figure from the sales";
            let hint = "give an indicator `source = \"transactions\"`, or leave out --transactions";
            log.push(Diagnostic::warning(Code::TransactionsUnused, message).hint(hint));
            of_survey(survey)
        }
        Some(sales) if !needs_survey => of_sales(sales, log),
        Some(sales) => both(survey, sales, model.unmatched, log),
    }
}

fn of_survey(survey: &Survey) -> People {
    let names = survey.scores.customers.all().iter().zip(0..);
    let person =
        |(name, at): (&String, u32)| Person { name: name.clone(), survey: Some(at), sales: None };
    People { all: names.map(person).collect(), joins: None }
}

fn of_sales(sales: &Customers, log: &mut Diagnostics) -> People {
    let by_name = by_name(sales);
    for places in by_name.values().filter(|places| places.len() > 1) {
        log.push(told_twice(sales, places));
    }
    let person = |at: usize| Person { name: plain(sales.id(at)), survey: None, sales: Some(at) };
    People { all: (0..sales.len()).map(person).collect(), joins: None }
}

fn both(survey: &Survey, sales: &Customers, unmatched: Missing, log: &mut Diagnostics) -> People {
    let by_name = by_name(sales);
    let mut is_joined = vec![false; sales.len()];
    let mut all = Vec::new();
    let mut joins = Joins { unmatched, ..Joins::default() };
    for (name, at) in survey.scores.customers.all().iter().zip(0..) {
        let places = by_name.get(&fold(name)).map_or(&[][..], Vec::as_slice);
        let exact: Vec<usize> =
            places.iter().copied().filter(|place| sales.id(*place) == name).collect();
        let found = match (places, exact.as_slice()) {
            ([], _) => None,
            ([only], _) | (_, [only]) => Some(*only),
            _ => {
                log.push(told_twice(sales, places));
                Some(places[0])
            }
        };
        match found {
            Some(place) => {
                joins.matched += 1;
                places.iter().for_each(|place| is_joined[*place] = true);
                all.push(Person { name: name.clone(), survey: Some(at), sales: Some(place) });
            }
            None => {
                joins.only_scores.push(name.clone());
                if unmatched != Missing::LeaveOut {
                    all.push(Person { name: name.clone(), survey: Some(at), sales: None });
                }
            }
        }
    }
    for at in (0..sales.len()).filter(|at| !is_joined[*at]) {
        let name = plain(sales.id(at));
        if unmatched != Missing::LeaveOut {
            all.push(Person { name: name.clone(), survey: None, sales: Some(at) });
        }
        joins.only_transactions.push(name);
    }
    joins.near = near(&joins.only_scores, &joins.only_transactions);
    tell(&joins, survey, sales, log);
    People { all, joins: Some(joins) }
}

/// The places of the ids of the sales by their folded names.
fn by_name(sales: &Customers) -> HashMap<String, Vec<usize>> {
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for at in 0..sales.len() {
        by_name.entry(fold(sales.id(at))).or_default().push(at);
    }
    by_name
}

fn sales_missing(model: &Model) -> Diagnostic {
    let wanting = model.indicators.iter().filter(|one| one.uses(Source::Transactions));
    let codes: Vec<&str> = wanting.map(|indicator| indicator.code.as_str()).collect();
    let message = format!("the model takes {} from sales lines, and there are none", list(&codes));
    Diagnostic::error(Code::TransactionsMissing, message)
        .hint("add `--transactions FILE` with the sales lines")
}

fn told_twice(sales: &Customers, places: &[usize]) -> Diagnostic {
    let names: Vec<String> =
        places.iter().map(|place| format!("“{}”", plain(sales.id(*place)))).collect();
    let message = format!(
        "the sales know {} as customers of their own",
        list(&names.iter().map(String::as_str).collect::<Vec<_>>())
    );
    Diagnostic::error(Code::CustomerDuplicate, message)
        .hint("they differ in nothing but case, width or spaces; write one id for each customer")
}

fn tell(joins: &Joins, survey: &Survey, sales: &Customers, log: &mut Diagnostics) {
    if joins.matched == 0 {
        // Where a file could not be read, that is told already.
        if survey.scores.customers.is_empty() || sales.is_empty() {
            return;
        }
        let message = format!(
            "no customer of the scores ({}) is among those of the sales ({})",
            shown(&joins.only_scores),
            shown(&joins.only_transactions)
        );
        let hint = "both must name the customers alike; is `--customer` the right column?";
        log.push(Diagnostic::error(Code::CustomerUnmatched, message).hint(hint));
        return;
    }
    let mut say = |side: &str, names: &[String]| {
        if names.is_empty() {
            return;
        }
        let who = format!("{} on the side of the {side} only", count(names.len(), "customer"));
        let message = format!("{who}: {}{}", shown(names), outcome(joins.unmatched));
        let said = match joins.unmatched {
            Missing::Refuse => Diagnostic::error(Code::CustomerUnmatched, message).hint(format!(
                "{}correct the names, or choose `--unmatched leave-out|neutral|indicator-mean|reweigh`",
                suggestions(&joins.near)
            )),
            _ => {
                let warning = Diagnostic::warning(Code::CustomerUnmatched, message);
                match joins.near.is_empty() {
                    true => warning,
                    false => warning.hint(format!(
                        "{}correct the names if they are the same",
                        suggestions(&joins.near)
                    )),
                }
            }
        };
        log.push(said);
    };
    say("scores", &joins.only_scores);
    say("sales", &joins.only_transactions);
}

fn outcome(rule: Missing) -> &'static str {
    match rule {
        Missing::Refuse => "",
        Missing::LeaveOut => "; left out",
        Missing::Neutral => "; the other side's scores are the middle of the scale",
        Missing::IndicatorMean => "; the other side's scores are the means of the other customers",
        Missing::Reweigh => "; the indicators that are known carry the weight",
    }
}

fn suggestions(near: &[Near]) -> String {
    let pairs: Vec<String> = near
        .iter()
        .take(SHOWN)
        .map(|near| format!("“{}” may be “{}”", near.scores, near.transactions))
        .collect();
    if pairs.is_empty() { String::new() } else { format!("{}; ", pairs.join(", ")) }
}

fn shown(names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    match names.len() > SHOWN {
        true => format!("{} …", first.join(", ")),
        false => list(&first),
    }
}

#[cfg(test)]
mod tests;

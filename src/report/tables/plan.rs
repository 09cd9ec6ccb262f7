//! Tables of the plan: what to do, and with whom.

use crate::evaluation::Evaluation;
use crate::migration::Amount;
use crate::plan::{BudgetBy, Item};
use crate::report::{Cell, Column, Format, Table};
use crate::text::grouped;

/// So many customers are named in a cell.
const NAMED: usize = 4;

/// Every customer with what to do, most at stake first.
pub(crate) fn plan(evaluation: &Evaluation) -> Table {
    let plan = &evaluation.plan;
    let has_before = plan.basis.before.is_some();
    let mut columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("class", "Class", Format::Text),
        Column::new("firmness", "Firm in", Format::Percent(0)),
    ];
    if has_before {
        columns.push(Column::new("heading", "Heading", Format::Text));
        columns.push(Column::new("from", "From", Format::Text));
    }
    columns.push(at_stake(evaluation));
    columns.extend(budget(evaluation));
    columns.push(Column::new("action", "What to do", Format::Prose));
    let mut table = Table::new("plan", "Plan", columns).note(note(evaluation));
    for item in &plan.items {
        let mut row: Vec<Cell> = vec![
            item.customer.as_str().into(),
            class(evaluation, item.class.as_deref()).into(),
            item.firmness.into(),
        ];
        if has_before {
            row.push(item.heading.map(|heading| heading.to_string()).into());
            row.push(class(evaluation, item.from.as_deref()).into());
        }
        row.push(item.value_at_stake.into());
        if plan.basis.budget.is_some() {
            row.push(item.budget.into());
        }
        row.push(item.action.as_str().into());
        table.push(row);
    }
    table
}

/// Each action with the customers whom it concerns, most at stake first.
pub(crate) fn actions(evaluation: &Evaluation) -> Table {
    let mut columns = vec![
        Column::new("action", "What to do", Format::Prose),
        Column::new("customers", "With", Format::Count),
        at_stake(evaluation),
    ];
    columns.extend(budget(evaluation));
    columns.push(Column::new("who", "Most at stake", Format::Prose));
    let mut table = Table::new("actions", "What to do", columns).note(note(evaluation));
    let mut groups: Vec<(&str, Vec<&Item>)> = Vec::new();
    for item in evaluation.plan.items.iter().filter(|item| !item.action.is_empty()) {
        match groups.iter_mut().find(|(action, _)| *action == item.action) {
            Some((_, items)) => items.push(item),
            None => groups.push((&item.action, vec![item])),
        }
    }
    let stake = |items: &[&Item]| items.iter().map(|item| item.value_at_stake).sum::<f64>();
    groups.sort_by(|a, b| stake(&b.1).total_cmp(&stake(&a.1)));
    for (action, items) in groups {
        let mut row: Vec<Cell> = vec![action.into(), items.len().into(), stake(&items).into()];
        if evaluation.plan.basis.budget.is_some() {
            // Summed in hundredths, so that the table shows what was given out.
            let parts: f64 = items.iter().filter_map(|item| item.budget).map(hundredths).sum();
            row.push((parts / 100.0).into());
        }
        row.push(names(&items).into());
        table.push(row);
    }
    table
}

fn hundredths(amount: f64) -> f64 {
    (amount * 100.0).round()
}

fn names(items: &[&Item]) -> String {
    let mut names: Vec<&str> = items.iter().take(NAMED).map(|one| one.customer.as_str()).collect();
    if items.len() > NAMED {
        names.push("…");
    }
    names.join(", ")
}

fn at_stake(evaluation: &Evaluation) -> Column {
    let places = if evaluation.plan.basis.amount == Amount::Money { 0 } else { 2 };
    Column::new("value_at_stake", "At stake", Format::Number(places))
}

fn budget(evaluation: &Evaluation) -> Option<Column> {
    let asked = evaluation.plan.basis.budget.is_some();
    asked.then(|| Column::new("budget", "Budget", Format::Number(2)))
}

fn class(evaluation: &Evaluation, code: Option<&str>) -> Option<String> {
    let code = code?;
    let named = evaluation.classes.iter().find(|class| class.class == code);
    let known = evaluation.model.find_class(code);
    Some(match (named, known) {
        (Some(class), _) => class.name.clone(),
        (None, Some(class)) => class.name.clone(),
        (None, None) => code.to_string(),
    })
}

/// What is at stake, and by what a budget was split.
fn note(evaluation: &Evaluation) -> String {
    let basis = &evaluation.plan.basis;
    let what = match basis.amount {
        Amount::Money => "the money of a customer's sales".to_string(),
        Amount::Value => {
            format!("a customer's {}", evaluation.model.hierarchy.goal().name.to_lowercase())
        }
    };
    let mut note = match &basis.before {
        Some(before) => {
            format!("At stake: {what}, now or in the period {before}, whichever is larger.")
        }
        None => format!("At stake: {what}."),
    };
    if let Some(budget) = basis.budget {
        let by = match budget.by {
            BudgetBy::Value => "what each customer is worth now",
            BudgetBy::Stake => "what is at stake",
        };
        note +=
            &format!(" The budget of {} is split by {by}.", grouped(&budget.amount.to_string()));
    }
    note
}

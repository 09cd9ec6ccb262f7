//! Tables of where customers are heading.

use crate::evaluation::Evaluation;
use crate::migration::{LOST, Migration, NEW, Step};
use crate::report::{Cell, Column, Format, Table, shown};

/// All of them, in the order in which they are read.
pub(crate) fn all(migration: &Migration, evaluation: &Evaluation) -> Vec<Table> {
    vec![
        matrix(migration, evaluation),
        money(migration, evaluation),
        moves(migration, evaluation),
        paths(migration, evaluation),
    ]
}

/// The name of a class, as people read it, without a last word that all classes share, such as
/// "customers".
fn name(evaluation: &Evaluation, code: &str) -> String {
    let classes = evaluation.naming.classes(&evaluation.model);
    let last = |name: &str| name.rsplit_once(' ').map(|(_, word)| word.to_string());
    let shared = classes.first().and_then(|(_, name)| last(name));
    let is_shared = classes.len() > 1 && classes.iter().all(|(_, name)| last(name) == shared);
    let found = classes.into_iter().find(|(known, _)| known == code);
    match (found, shared) {
        (Some((_, name)), Some(word)) if is_shared => {
            name.trim_end_matches(&word).trim_end().to_string()
        }
        (Some((_, name)), _) => name,
        (None, _) => code.to_string(),
    }
}

fn written(amount: f64) -> String {
    shown(&Cell::Number(amount), Format::Number(2))
}

/// The names of the rows or columns; the last one is no class.
fn names(evaluation: &Evaluation, codes: &[String], last: &str) -> Vec<String> {
    let classes = codes.iter().take(codes.len().saturating_sub(1));
    classes.map(|code| name(evaluation, code)).chain([last.to_string()]).collect()
}

fn between(migration: &Migration) -> String {
    let names: Vec<&str> = migration.periods.iter().rev().take(2).map(String::as_str).collect();
    match names.as_slice() {
        [to, from] => format!("from {from} to {to}"),
        _ => String::new(),
    }
}

/// A matrix with a column for each later class and the rows' sums.
fn crossed(
    step: &Step,
    evaluation: &Evaluation,
    (table, title): (&str, String),
    format: Format,
    cell: impl Fn(usize, usize) -> f64,
) -> Table {
    let rows = names(evaluation, &step.matrix.rows, NEW);
    let columns = names(evaluation, &step.matrix.columns, LOST);
    let mut heads = vec![Column::new("from", "From", Format::Text)];
    for (code, name) in step.matrix.columns.iter().zip(&columns) {
        heads.push(Column::new(format!("to_{code}"), name, format));
    }
    heads.push(Column::new("all", "All", format));
    let mut table = Table::new(table, title, heads);
    let width = columns.len();
    for (at, name) in rows.iter().enumerate() {
        let cells: Vec<f64> = (0..width).map(|column| cell(at, column)).collect();
        let sum: f64 = cells.iter().sum();
        let first = [Cell::from(name.as_str())];
        table.push(
            first.into_iter().chain(cells.into_iter().chain([sum]).map(Cell::from)).collect(),
        );
    }
    let sums = (0..width).map(|column| (0..rows.len()).map(|row| cell(row, column)).sum::<f64>());
    let sums: Vec<f64> = sums.collect();
    let all: f64 = sums.iter().sum();
    let first = [Cell::from("All")];
    table.push(first.into_iter().chain(sums.into_iter().chain([all]).map(Cell::from)).collect());
    table
}

/// How many customers went from each class to each class.
pub(crate) fn matrix(migration: &Migration, evaluation: &Evaluation) -> Table {
    let step = &migration.step;
    let title = format!("Customers {}", between(migration));
    let cell = |row: usize, column: usize| step.matrix.customers[row][column] as f64;
    let note = "Each row is an earlier class, each column a later one; who stayed stands on the \
                diagonal.";
    crossed(step, evaluation, ("migration", title), Format::Count, cell).note(note)
}

/// The money that these customers were worth, lost ones included, and what it has become.
pub(crate) fn money(migration: &Migration, evaluation: &Evaluation) -> Table {
    let step = &migration.step;
    let title = format!("Change of {} {}", migration.amount.words(), between(migration));
    let cell =
        |row: usize, column: usize| step.money.after[row][column] - step.money.before[row][column];
    let note = format!(
        "The later {0} of these customers less their earlier one; of lost ones all of it is gone. \
         {1} is at risk: what the customers who lost {0} have lost.",
        migration.amount.words(),
        written(step.money.at_risk)
    );
    crossed(step, evaluation, ("migration_money", title), Format::Number(2), cell).note(note)
}

/// Everyone who changed class, came or went.
pub(crate) fn moves(migration: &Migration, evaluation: &Evaluation) -> Table {
    let number = Format::Number(2);
    let columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("from", "From", Format::Text),
        Column::new("to", "To", Format::Text),
        Column::new("before", format!("Earlier {}", migration.amount.words()), number),
        Column::new("after", format!("Later {}", migration.amount.words()), number),
        Column::new("change", "Change", number),
        Column::new("at_risk", "At risk", number),
    ];
    let note = "Who changed class, came or went; the largest falls first.";
    let mut table = Table::new("moves", "Moves", columns).note(note);
    for moved in &migration.step.moves {
        let from = moved.value_before.map_or(NEW.to_string(), |_| name(evaluation, &moved.from));
        let to = moved.value_after.map_or(LOST.to_string(), |_| name(evaluation, &moved.to));
        table.push(vec![
            moved.customer.as_str().into(),
            from.into(),
            to.into(),
            moved.value_before.into(),
            moved.value_after.into(),
            moved.change.into(),
            moved.money_at_risk.into(),
        ]);
    }
    table
}

/// The largest falls: who has money at risk.
pub(crate) fn falls(migration: &Migration, evaluation: &Evaluation) -> Table {
    let mut table = moves(migration, evaluation).without(&["before", "after", "change"]);
    let at_risk = migration.step.moves.iter().take_while(|m| m.money_at_risk > 0.0).count();
    table.rows.truncate(at_risk);
    table.title = "Largest falls".to_string();
    table.note = format!(
        "Of all {}, {} is at risk: what those have lost who are worth less than before, movers or not. The \
         list of moves has everyone who changed class.",
        migration.amount.words(),
        written(migration.step.money.at_risk)
    );
    table
}

/// Each customer's class in each period.
pub(crate) fn paths(migration: &Migration, evaluation: &Evaluation) -> Table {
    let mut columns = vec![Column::new("customer", "Customer", Format::Text)];
    for (at, period) in (1..).zip(&migration.periods) {
        columns.push(Column::new(format!("period_{at}"), period, Format::Text));
    }
    let note = "Empty where a customer was not there.";
    let mut table = Table::new("paths", "Paths", columns).note(note);
    for path in &migration.paths {
        let classes = path
            .classes
            .iter()
            .map(|class| class.as_ref().map_or(Cell::Empty, |code| name(evaluation, code).into()));
        table.push([Cell::from(path.customer.as_str())].into_iter().chain(classes).collect());
    }
    table
}

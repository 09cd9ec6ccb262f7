//! Opening a source: its columns, its conditions and the plan for its rows.

use super::condition::{Condition, Kind as ColumnKind, Named};
use super::front::Front;
use super::pass::Opened;
use super::period::Period;
use super::plan::Plan;
use super::source::{Source, Whole};
use super::styles::Styles;
use super::{Clock, Columns, DateOrder, DateStyle, NumberStyle, Options, Role};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::plain;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Opens a source and makes the plan for its rows. `None` if it has no rows at all.
pub(crate) fn open_source(
    source: &Source,
    options: &Options,
    styles: &mut Styles,
    period: &Period,
    columns: Option<&Columns>,
    bytes_read: &Arc<AtomicU64>,
    log: &mut Diagnostics,
) -> Result<Option<Opened>, Error> {
    let found = styles.encodings.get(&source.name).map(|(encoding, _)| *encoding);
    let front = Front::open(source, options, found, bytes_read, log)?;
    let names = front.names();
    if names.iter().all(|name| name.trim().is_empty()) {
        let fault = Diagnostic::error(Code::FileEmpty, "the file holds no sales lines")
            .at(Place::file(&source.name))
            .hint("the first line names the columns, each further line is a sale");
        return Err(fault.into());
    }
    // Further files have the columns of the first, in any order.
    let asked: Vec<(Role, String)> = match columns {
        None => options.columns.clone(),
        Some(first) => {
            let known = |role| first.iter().find(|column| column.role == role);
            let name = |role| known(role).map_or(String::new(), |column| column.column.clone());
            Role::ALL.into_iter().map(|role| (role, name(role))).collect()
        }
    };
    let found = Columns::find(&names, &asked, options.level, &Place::file(&source.name), log);
    if found.at(Role::Date).is_none() && found.at(Role::Recency).is_some() && period.as_of.is_none()
    {
        let fault = Diagnostic::error(
            Code::DateInvalid,
            "days since the last purchase need the day from which they count",
        )
        .at(Place::option("--as-of"))
        .hint("give it, such as --as-of 2011-12-10");
        log.push(fault);
    }
    let kinds: Vec<Named> = names
        .iter()
        .enumerate()
        .map(|(at, name)| Named {
            name: plain(name),
            role: role_at(&found, at),
            kind: front.kind(at).unwrap_or_else(|| kind_at(&found, at)),
        })
        .collect();
    let mut conditions = Vec::new();
    for text in &options.conditions {
        match Condition::parse(text, &kinds, &Place::option("--where")) {
            Ok(condition) => conditions.push(condition),
            Err(Error::Input(faults)) => log.extend(faults),
            Err(failure) => return Err(failure),
        }
    }
    log.refuse_if_faulty()?;
    if columns.is_none()
        && let Some(guess) = found.guess()
    {
        let note =
            Diagnostic::note(Code::ColumnGuessed, format!("columns by their names: {guess}"))
                .at(Place::file(&source.name));
        log.push(note);
    }
    let compat = options.compat;
    let mut plan = Plan {
        width: names.len(),
        level: options.level,
        columns: found,
        as_of: period.as_of,
        dates: styles.dates.clone().unwrap_or(DateStyle::Shape(DateOrder::MonthFirst)),
        dates_told: styles.dates_told,
        numbers: styles.numbers.unwrap_or(NumberStyle::Dot),
        numbers_told: styles.numbers_told,
        clock: styles.clock.clone().unwrap_or(Clock::AsWritten),
        encoding_known: styles.knows_encoding(&source.name),
        steps: Plan::reasons(&options.conditions),
        conditions,
        from: period.from,
        to: period.to,
        as_texts: compat.text_dates.then(|| (options.from.clone(), options.to.clone())),
        latest: period.latest,
        returns: options.returns,
        cancelled: options.cancelled.clone(),
        compares_rows: options.deduplicate || !options.ignore_repeats,
        compat,
    };
    let header_lines = front.header_lines();
    let delimiter = front.delimiter();
    let whole = Whole { kept: options.keep_set_aside, compared: options.deduplicate };
    let (rows, seen) = front.rows(source, &plan, whole, styles.are_open(), log)?;
    if let Some((dates, numbers)) = seen {
        plan.dates = styles.dates.get_or_insert_with(|| dates.likely()).clone();
        let likely = || numbers.finding().style().unwrap_or(plan.numbers);
        plan.numbers = *styles.numbers.get_or_insert_with(likely);
    }
    Ok(Some(Opened {
        name: source.name.clone(),
        rows,
        delimiter,
        plan,
        header_lines,
        header: names,
    }))
}

fn role_at(columns: &Columns, at: usize) -> Option<&'static str> {
    columns.iter().find(|column| column.at == at).map(|column| column.role.name())
}

fn kind_at(columns: &Columns, at: usize) -> ColumnKind {
    match columns.iter().find(|column| column.at == at).map(|column| column.role) {
        Some(
            Role::Quantity | Role::Price | Role::Amount | Role::Cost | Role::Orders | Role::Recency,
        ) => ColumnKind::Number,
        Some(Role::Date | Role::First) => ColumnKind::Moment,
        Some(_) => ColumnKind::Text,
        None => ColumnKind::Unknown,
    }
}

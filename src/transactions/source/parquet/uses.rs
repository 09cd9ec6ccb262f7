//! What is read of a file, and as what.

use super::kind::{Kind, Use};
use super::moment::clock;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::plain;
use crate::transactions::plan::Plan;
use crate::transactions::source::Whole;
use crate::transactions::sums::MOST_ROWS;
use crate::transactions::{Clock, Role, Zone};

/// A column that is read.
pub(super) struct Column {
    /// Its place in the file.
    pub at: usize,
    pub kind: Kind,
    /// The clock that its moments are read by, if they are stored in UTC.
    pub clock: Option<Clock>,
    /// As what it is read: several may be wanted.
    pub as_text: bool,
    pub as_number: bool,
    pub as_moment: bool,
}

/// What is read of a file.
pub(super) struct Uses {
    /// Columns of the file.
    pub width: usize,
    /// Those that are read, in the order of the file.
    pub columns: Vec<Column>,
    /// Whether rows are hashed, to find equal ones.
    pub hashes: bool,
    /// Whether rows are kept as CSV.
    pub records: bool,
    /// The zone of the column of dates.
    pub zone: Option<String>,
}

impl Uses {
    /// What a plan looks at in a file of these columns and so many rows. Columns that do not fit what
    /// they are used for are faults.
    pub(super) fn of(
        plan: &Plan,
        whole: Whole,
        columns: &[(String, Kind)],
        rows: u64,
        place: &Place,
        log: &mut Diagnostics,
    ) -> Uses {
        let is_asked = |at| plan.conditions.iter().any(|one| one.columns_used().contains(&at));
        let role_at = |at| plan.columns.iter().find(|one| one.at == at).map(|one| one.role);
        let mut read = Vec::new();
        let mut zone = None;
        for (at, (name, kind)) in columns.iter().enumerate() {
            let role = role_at(at);
            let is_used = role.is_some() || is_asked(at) || whole.compared;
            let wanted = use_of(role);
            match kind.misfit(wanted) {
                Some(found) if is_used => log.push(misfit(name, found, wanted, role, place)),
                None if is_used || whole.kept => {
                    let column = or_tell(Column::new(at, kind, role, plan, place), log);
                    if role == Some(Role::Date)
                        && let Kind::Moment(named) = kind
                    {
                        zone.clone_from(named);
                    }
                    read.extend(column);
                }
                _ => {}
            }
        }
        let hashes = read.len() == columns.len() && (whole.compared || rows <= MOST_ROWS as u64);
        if hashes || whole.kept {
            read.iter_mut().for_each(|column| column.as_text = true);
        }
        Uses { width: columns.len(), columns: read, hashes, records: whole.kept, zone }
    }
}

impl Column {
    fn new(
        at: usize,
        kind: &Kind,
        role: Option<Role>,
        plan: &Plan,
        place: &Place,
    ) -> Result<Column, Error> {
        let clock = match kind {
            Kind::Moment(Some(zone)) => Some(clock(Zone::parse(zone, place.clone())?)),
            _ => None,
        };
        let as_number = *kind == Kind::Number;
        let as_moment = matches!(kind, Kind::Day | Kind::Moment(_));
        let as_text = match use_of(role) {
            Use::Number => !as_number,
            Use::Date => !as_moment || plan.compat.text_dates,
            Use::Text => role.is_some() || !as_moment,
        };
        let wants_number = role.is_none() || use_of(role) == Use::Number;
        Ok(Column {
            at,
            kind: kind.clone(),
            clock,
            as_text,
            as_number: as_number && wants_number,
            as_moment: as_moment && matches!(role, None | Some(Role::Date)),
        })
    }
}

/// What the column of a role is used for.
fn use_of(role: Option<Role>) -> Use {
    match role {
        Some(
            Role::Quantity | Role::Price | Role::Amount | Role::Cost | Role::Orders | Role::Recency,
        ) => Use::Number,
        Some(Role::Date | Role::First) => Use::Date,
        _ => Use::Text,
    }
}

fn misfit(name: &str, found: &str, wanted: Use, role: Option<Role>, place: &Place) -> Diagnostic {
    let message = format!("the column “{}” holds {found}, not {}", plain(name), wanted.words());
    let hint = match role {
        Some(role) => format!("name another column with --{0}, or none: --{0} ''", role.name()),
        None => "save the file without this column, or leave out what looks at it".to_string(),
    };
    Diagnostic::error(Code::ColumnUnfit, message).at(place.clone()).hint(hint)
}

fn or_tell(column: Result<Column, Error>, log: &mut Diagnostics) -> Option<Column> {
    match column {
        Ok(column) => Some(column),
        Err(Error::Input(faults)) => {
            log.extend(faults);
            None
        }
        Err(Error::Failure(fault)) => {
            log.push(*fault);
            None
        }
    }
}

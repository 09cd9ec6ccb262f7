//! The period and the reference date.

use super::{DateOrder, DateStyle, Day, Moment, Options, Read};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::plain;

/// The period and the reference date as they were asked for.
pub(crate) struct Period {
    pub as_of: Option<Day>,
    pub from: Option<Moment>,
    pub to: Option<Moment>,
    /// What lies behind it lies in the future.
    pub latest: Option<Moment>,
}

impl Period {
    /// Faults: a text that is no date, a period that ends before it begins.
    pub(crate) fn of(options: &Options, log: &mut Diagnostics) -> Period {
        let mut moment = |text: &Option<String>, option: &str| -> Option<Moment> {
            let text = text.as_ref()?;
            let read = DateStyle::Shape(DateOrder::YearFirst).read(text.as_bytes());
            if let Read::Value(written) = read {
                return Some(written.moment);
            }
            let fault =
                Diagnostic::error(Code::DateInvalid, format!("“{}” is no date", plain(text)))
                    .at(Place::option(option))
                    .hint("write it as 2011-12-09, or 2011-12-09 12:50");
            log.push(fault);
            None
        };
        let as_texts = options.compat.text_dates;
        let as_of = moment(&options.as_of, "--as-of").map(Moment::day);
        let from = if as_texts { None } else { moment(&options.from, "--from") };
        let to = if as_texts { None } else { moment(&options.to, "--to") };
        // A plain day is meant from its first second to its last.
        let is_day = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.contains(':'));
        let to = to.map(|to| if is_day(&options.to) { end_of(to.day()) } else { to });
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let fault = Diagnostic::error(Code::DateInvalid, "the period ends before it begins")
                .at(Place::option("--to"))
                .hint("--from is the first day, --to the last");
            log.push(fault);
        }
        Period { as_of, from, to, latest: as_of.or(options.today).map(end_of) }
    }
}

fn end_of(day: Day) -> Moment {
    day.midnight().later(86_399)
}

//! Lines of sales cut into periods.

use super::sales_options::{SalesOptions, fault, map_columns, passed};
use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use custval::transactions::{Day, Level, Options, PeriodRule, Purchases, Role, Window};
use std::collections::BTreeMap;

impl SalesOptions {
    /// The customers of the sales of each period, with its name: one pass finds the first and the last
    /// sale, and each period takes another one. What is odd about the sales is told once, for all.
    pub(super) fn periods(
        &self,
        files: &[String],
        columns: &BTreeMap<Role, String>,
        rule: &PeriodRule,
        log: &mut Diagnostics,
    ) -> Result<Vec<(String, Purchases)>, Error> {
        let mut reading = self.reading(log);
        map_columns(&mut reading, columns);
        if reading.as_of.is_some() {
            let hint = "leave --as-of out: each period counts from the day after its last one";
            log.push(fault("--as-of", "the periods have reference dates of their own", hint));
        }
        if reading.level == Level::Customer {
            let hint = "give the lines of sales";
            log.push(fault("--periods", "rows that are customers belong to no period", hint));
        }
        log.refuse_if_faulty()?;
        let whole = passed(files, &reading, log)?.account;
        let (first, last) = (whole.first.day(), whole.last.day());
        let windows = rule.windows(first, last).map_err(|why| {
            let hint = "two or more are needed; choose another rule, or give more sales";
            let fault = Diagnostic::error(Code::PeriodInvalid, why);
            log.push(fault.at(Place::option("--periods")).hint(hint));
            Error::Input(log.clone())
        })?;
        let mut periods = Vec::with_capacity(windows.len());
        for window in &windows {
            let until = window.to.min(last);
            let from = window.from.max(first);
            let options = Options {
                from: Some(from.to_string()),
                to: Some(until.to_string()),
                as_of: Day::from_number(until.number() + 1).map(|day| day.to_string()),
                ..reading.clone()
            };
            let mut own = Diagnostics::new();
            let found = if from > until { None } else { Some(passed(files, &options, &mut own)) };
            match found {
                Some(Ok(purchases)) => periods.push((window.name.clone(), purchases)),
                Some(Err(Error::Failure(failure))) => return Err(Error::Failure(failure)),
                Some(Err(Error::Input(_))) | None => {
                    let message = format!(
                        "the period “{}” has no sale that counts; those that do are from {first} to \
                         {last}",
                        window.name
                    );
                    let fault = Diagnostic::error(Code::PeriodInvalid, message)
                        .at(Place::option("--periods"))
                        .hint("every period needs at least one; take longer ones");
                    log.push(fault);
                }
            }
        }
        log.refuse_if_faulty()?;
        warn_of_parts(&windows, first, last, log);
        Ok(periods)
    }
}

/// Warns where the sales cover a good deal less than the first or the last period.
fn warn_of_parts(windows: &[Window], first: Day, last: Day, log: &mut Diagnostics) {
    let (Some(begin), Some(end)) = (windows.first(), windows.last()) else { return };
    let parts = [
        (begin, first.number() - begin.from.number(), format!("the sales begin on {first}")),
        (end, end.to.number() - last.number(), format!("the sales end on {last}")),
    ];
    for (window, missing, why) in parts {
        let days = window.to.number() - window.from.number() + 1;
        if 10 * missing > days {
            let message = format!(
                "the period “{}” is a part only: {why}; it has less of everything than a whole one",
                window.name
            );
            let warning = Diagnostic::warning(Code::PeriodPart, message)
                .at(Place::option("--periods"))
                .hint("leave it out by --from and --to, or take other periods");
            log.push(warning);
        }
    }
}

//! What counts as a failure of a scheduled run.

use super::Figures;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::count;

/// Limits; those that are `None` hold nothing against a result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// By how much, as a share, the rows used may be fewer than last time.
    pub rows_fewer: Option<f64>,
    /// The same for customers.
    pub customers_fewer: Option<f64>,
    /// Which share of the rows read may be set aside.
    pub set_aside: Option<f64>,
    /// Which share of the customers of both times may be in another class or segment than last time.
    pub moved: Option<f64>,
    /// Warnings that count as failures.
    pub warnings: Vec<Code>,
}

impl Limits {
    /// What of a result is beyond the limits, beside that of the last time where there is one.
    pub fn exceeded(&self, now: &Figures, last: Option<&Figures>) -> Diagnostics {
        let mut found = Diagnostics::new();
        let mut beyond = |share: f64, limit: Option<f64>, what: String, key: &str| {
            if limit.is_some_and(|limit| share > limit) {
                let message = format!(
                    "{what}: {:.1} %, and the limit is {:.1} %",
                    100.0 * share,
                    100.0 * limit.unwrap_or_default()
                );
                let hint = format!("look at the inputs; if all is right, raise `{key}` of the job");
                found.push(Diagnostic::error(Code::JobLimit, message).hint(hint));
            }
        };
        if let Some(rows) = now.rows {
            let aside = rows.read - rows.used;
            let what = format!("{aside} of {} are set aside", count(rows.read as usize, "row"));
            beyond(share(aside as f64, rows.read as f64), self.set_aside, what, "set_aside");
        }
        if let Some(last) = last {
            if let Some((now, before)) = now.rows.zip(last.rows) {
                let what = format!("{} rows are used, {} were last time", now.used, before.used);
                let fewer = share(before.used as f64 - now.used as f64, before.used as f64);
                beyond(fewer, self.rows_fewer, what, "rows_fewer");
            }
            let (own, before) = (now.groups.len(), last.groups.len());
            let what = format!("{own} customers, {before} last time");
            let fewer = share(before as f64 - own as f64, before as f64);
            beyond(fewer, self.customers_fewer, what, "customers_fewer");
            let both =
                now.groups.iter().filter_map(|(who, group)| Some((group, last.groups.get(who)?)));
            let (mut stayed, mut moved) = (0, 0);
            both.for_each(|(group, before)| {
                *(if group == before { &mut stayed } else { &mut moved }) += 1
            });
            let what = format!(
                "{moved} of {} are grouped otherwise than last time",
                count(stayed + moved, "customer")
            );
            beyond(share(moved as f64, (stayed + moved) as f64), self.moved, what, "moved");
        }
        for code in &self.warnings {
            let times = now.warnings.iter().filter(|warning| *warning == code).count();
            if times > 0 {
                let message = format!("there is the warning {code}, {}", count(times, "time"));
                let hint = "look at the inputs; if all is right, take it off `warnings` of the job";
                found.push(Diagnostic::error(Code::JobLimit, message).hint(hint));
            }
        }
        found
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::figures::Rows;
    use super::*;

    fn figures(read: u64, used: u64, groups: &[(&str, &str)]) -> Figures {
        let groups = groups.iter().map(|(who, group)| (who.to_string(), Some(group.to_string())));
        Figures {
            rows: Some(Rows { read, used }),
            groups: groups.collect(),
            warnings: vec![Code::MoneyOutlier],
        }
    }

    #[test]
    fn each_limit_is_held_by_itself() {
        let last = figures(100, 100, &[("a", "x"), ("b", "x"), ("c", "y"), ("d", "y")]);
        let now = figures(100, 70, &[("a", "x"), ("b", "y"), ("e", "y")]);
        let told = |limits: Limits| -> Vec<String> {
            limits.exceeded(&now, Some(&last)).iter().map(|one| one.message.clone()).collect()
        };
        assert!(told(Limits::default()).is_empty());
        let limits = Limits { rows_fewer: Some(0.3), set_aside: Some(0.3), ..Limits::default() };
        assert!(told(limits).is_empty(), "a limit may be reached");
        let limits = Limits { rows_fewer: Some(0.2), ..Limits::default() };
        assert_eq!(
            told(limits),
            ["70 rows are used, 100 were last time: 30.0 %, and the limit is 20.0 %"]
        );
        let limits = Limits { set_aside: Some(0.1), ..Limits::default() };
        assert_eq!(told(limits), ["30 of 100 rows are set aside: 30.0 %, and the limit is 10.0 %"]);
        let limits = Limits { customers_fewer: Some(0.2), ..Limits::default() };
        assert_eq!(told(limits), ["3 customers, 4 last time: 25.0 %, and the limit is 20.0 %"]);
        let limits = Limits { moved: Some(0.4), ..Limits::default() };
        assert_eq!(
            told(limits),
            [
                "1 of 2 customers are grouped otherwise than last time: 50.0 %, and the limit is 40.0 %"
            ]
        );
        let limits = Limits { warnings: vec![Code::MoneyOutlier], ..Limits::default() };
        assert_eq!(told(limits), ["there is the warning money-outlier, 1 time"]);
    }

    #[test]
    fn the_first_time_has_nothing_to_be_held_against() {
        let now = figures(100, 70, &[("a", "x")]);
        let limits = Limits {
            rows_fewer: Some(0.0),
            customers_fewer: Some(0.0),
            moved: Some(0.0),
            ..Limits::default()
        };
        assert!(limits.exceeded(&now, None).is_empty());
    }
}

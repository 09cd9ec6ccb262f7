//! What a scout has found out about the dates of a column.

use super::{DateOrder, DateStyle};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::text::list;
use crate::transactions::read::Sight;

/// How a column writes its dates, as far as its values tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateFinding {
    /// All values are dates in this style.
    Clear(DateStyle),
    /// The values are dates in several orders.
    Ambiguous {
        /// The first that is a different day in two of them.
        example: Sight,
        /// The orders that remain.
        orders: Vec<DateOrder>,
    },
    /// No order makes dates of all values. For each order, the first value that is none in it.
    Contradictory(Vec<Sight>),
}

impl DateFinding {
    /// The style to read with; `None` where the user has to say.
    pub fn style(&self) -> Option<&DateStyle> {
        match self {
            DateFinding::Clear(style) => Some(style),
            DateFinding::Ambiguous { .. } | DateFinding::Contradictory(_) => None,
        }
    }

    /// The fault that it is, at the place of its example. `option` is the option by which the user
    /// gives a style.
    pub fn diagnostic(&self, place: impl Fn(u64) -> Place, option: &str) -> Option<Diagnostic> {
        match self {
            DateFinding::Clear(_) => None,
            DateFinding::Ambiguous { example, orders } => {
                let read = readings(&example.text, orders);
                let days: Vec<String> =
                    read.iter().map(|(order, day)| format!("{day} ({})", order.words())).collect();
                let options: Vec<String> = read
                    .iter()
                    .map(|(order, day)| format!("`{option} {}` for {day}", order.name()))
                    .collect();
                let message = format!(
                    "“{}” is {}, and no date of the column tells which",
                    example.text,
                    days.join(" or ")
                );
                let diagnostic = Diagnostic::error(Code::DateAmbiguous, message);
                Some(diagnostic.at(place(example.row)).hint(options.join(", ")))
            }
            DateFinding::Contradictory(sights) => {
                let told: Vec<String> = sights
                    .iter()
                    .map(|sight| {
                        let orders: Vec<&str> = readings(&sight.text, &DateOrder::ALL)
                            .iter()
                            .map(|(order, _)| order.words())
                            .collect();
                        let orders = orders.join(" or ");
                        format!("“{}” at {} is a date only {orders}", sight.text, place(sight.row))
                    })
                    .collect();
                let hint = format!(
                    "write all dates of the column in one way, or give `{option} dmy`, `{option} \
                     mdy` or a format; dates that do not fit are then set aside"
                );
                let diagnostic = Diagnostic::error(Code::DateContradictory, list(&told));
                let place = sights.first().map(|sight| place(sight.row));
                let diagnostic = diagnostic.hint(hint);
                Some(match place {
                    Some(place) => diagnostic.at(place),
                    None => diagnostic,
                })
            }
        }
    }
}

/// The days that a text is in these orders.
fn readings(text: &str, orders: &[DateOrder]) -> Vec<(DateOrder, String)> {
    let read = |order: &DateOrder| {
        let written = DateStyle::Shape(*order).read(text.as_bytes()).value()?;
        Some((*order, written.moment.day().to_string()))
    };
    orders.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::super::DateScout;
    use super::*;

    fn told(values: &[&str]) -> Option<String> {
        let mut scout = DateScout::default();
        for (row, value) in (2..).zip(values) {
            scout.see(value.as_bytes(), row);
        }
        let place = |row| Place::line("sales.csv", row as usize, Some("Date".to_string()));
        scout.finding().diagnostic(place, "--date-format").map(|diagnostic| diagnostic.to_string())
    }

    #[test]
    fn both_readings_are_shown() {
        assert_eq!(told(&["1/2/2011", "1/13/2011"]), None);
        assert_eq!(
            told(&["1/1/2011", "1/2/2011 8:26"]).unwrap(),
            "error[date-ambiguous]: “1/2/2011 8:26” is 2011-01-02 (month first) or 2011-02-01 (day \
             first), and no date of the column tells which\n  --> sales.csv:3  Date\n  help: \
             `--date-format mdy` for 2011-01-02, `--date-format dmy` for 2011-02-01"
        );
    }

    #[test]
    fn both_rows_are_shown() {
        assert_eq!(
            told(&["13/1/2011", "1/2/2011", "1/13/2011"]).unwrap(),
            "error[date-contradictory]: “13/1/2011” at sales.csv:2  Date is a date only day first \
             and “1/13/2011” at sales.csv:4  Date is a date only month first\n  --> sales.csv:2  \
             Date\n  help: write all dates of the column in one way, or give `--date-format dmy`, \
             `--date-format mdy` or a format; dates that do not fit are then set aside"
        );
    }
}

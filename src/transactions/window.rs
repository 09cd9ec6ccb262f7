//! Sales cut into periods.

use super::Day;
use std::str::FromStr;

/// The longest list of periods: each one is a pass over the sales.
const MOST: usize = 240;

/// How sales are cut into periods.
///
/// ```
/// use custval::transactions::{Day, PeriodRule};
///
/// let rule: PeriodRule = "half".parse().unwrap();
/// let windows = rule.windows(Day::of(2023, 2, 1).unwrap(), Day::of(2024, 6, 30).unwrap()).unwrap();
/// let names: Vec<&str> = windows.iter().map(|window| window.name.as_str()).collect();
/// assert_eq!(names, ["2023 H1", "2023 H2", "2024 H1"]);
/// assert_eq!(windows[1].to.to_string(), "2023-12-31");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeriodRule {
    /// By so many months of the calendar: 12, 6, 3 or 1.
    Months(i32),
    /// By their last days, in rising order.
    Ends(Vec<Day>),
}

impl FromStr for PeriodRule {
    type Err = String;

    fn from_str(rule: &str) -> Result<PeriodRule, String> {
        let months = match rule.trim() {
            "year" => 12,
            "half" => 6,
            "quarter" => 3,
            "month" => 1,
            list => {
                let ends: Option<Vec<Day>> =
                    list.split(',').map(|day| day_of(day.trim())).collect();
                let ends = ends.filter(|ends| ends.is_sorted_by(|a, b| a < b));
                return ends.map(PeriodRule::Ends).ok_or_else(|| {
                    "expected one of year, half, quarter, month, or the periods' last days in rising \
                     order, such as 2023-12-31,2024-12-31"
                        .to_string()
                });
            }
        };
        Ok(PeriodRule::Months(months))
    }
}

/// The day that is written as 2024-12-31.
pub(crate) fn day_of(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_day = parts.next().is_none() && (year.len(), month.len(), day.len()) == (4, 2, 2);
    is_day.then(|| Day::of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
}

/// A period of sales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its name, such as "2024", "2024 Q3" or "to 2024-06-30".
    pub name: String,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
}

impl PeriodRule {
    /// The periods that cover the days from the first to the last, in order.
    ///
    /// Periods by their last days begin on the day after the one before, the first one with the first day.
    /// `Err` says why there are none: fewer than two, or more than 240.
    pub fn windows(&self, first: Day, last: Day) -> Result<Vec<Window>, String> {
        let windows = match self {
            PeriodRule::Months(months) => calendar(*months, first, last),
            PeriodRule::Ends(ends) => between(ends, first),
        };
        match windows.len() {
            0 | 1 => Err(format!(
                "the sales from {first} to {last} make {}",
                crate::text::count(windows.len(), "period")
            )),
            many if many > MOST => Err(format!(
                "the sales from {first} to {last} make {many} periods, more than {MOST}"
            )),
            _ => Ok(windows),
        }
    }
}

fn calendar(months: i32, first: Day, last: Day) -> Vec<Window> {
    let (begin, end) = (first.month_number().div_euclid(months), last.month_number());
    (begin..=end.div_euclid(months))
        .take(MOST + 1)
        .filter_map(|at| {
            let (month, next) = (at * months, (at + 1) * months);
            let (year, part) = (month.div_euclid(12), month.rem_euclid(12) / months + 1);
            let name = match months {
                12 => format!("{year}"),
                6 => format!("{year} H{part}"),
                3 => format!("{year} Q{part}"),
                _ => format!("{year}-{part:02}"),
            };
            let from = first_of_month(month)?;
            let to = first_of_month(next)
                .map_or(Some(Day::LAST), |next| Day::from_number(next.number() - 1))?;
            Some(Window { name, from, to })
        })
        .collect()
}

fn first_of_month(number: i32) -> Option<Day> {
    Day::of(number.div_euclid(12), number.rem_euclid(12) as u32 + 1, 1)
}

fn between(ends: &[Day], first: Day) -> Vec<Window> {
    let mut from = first;
    let mut windows = Vec::with_capacity(ends.len());
    for &to in ends {
        windows.push(Window { name: format!("to {to}"), from, to });
        from = Day::from_number(to.number() + 1).unwrap_or(Day::LAST);
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        day_of(text).unwrap()
    }

    fn cut(rule: &str, first: &str, last: &str) -> Vec<(String, String, String)> {
        let windows = rule.parse::<PeriodRule>().unwrap().windows(day(first), day(last)).unwrap();
        let of = |one: Window| (one.name, one.from.to_string(), one.to.to_string());
        windows.into_iter().map(of).collect()
    }

    fn window(name: &str, from: &str, to: &str) -> (String, String, String) {
        (name.to_string(), from.to_string(), to.to_string())
    }

    #[test]
    fn periods_of_the_calendar_cover_the_sales() {
        let years = cut("year", "2009-12-01", "2011-12-09");
        assert_eq!(years[0], window("2009", "2009-01-01", "2009-12-31"));
        assert_eq!(years[2], window("2011", "2011-01-01", "2011-12-31"));
        assert_eq!(years.len(), 3);
        let quarters = cut("quarter", "2023-12-31", "2024-04-01");
        assert_eq!(quarters[1], window("2024 Q1", "2024-01-01", "2024-03-31"));
        assert_eq!(quarters.len(), 3);
        let months = cut("month", "2024-02-10", "2024-03-01");
        assert_eq!(months[0], window("2024-02", "2024-02-01", "2024-02-29"));
    }

    #[test]
    fn periods_by_their_last_days_begin_where_the_one_before_ends() {
        let found = cut("2024-06-30, 2024-12-31", "2024-01-05", "2025-01-01");
        assert_eq!(
            found,
            [
                window("to 2024-06-30", "2024-01-05", "2024-06-30"),
                window("to 2024-12-31", "2024-07-01", "2024-12-31"),
            ]
        );
    }

    #[test]
    fn what_is_no_rule_is_none() {
        for rule in
            ["", "week", "2024-12-31,2023-12-31", "2024-12-31,2024-12-31", "2024-13-01", "24-1-1"]
        {
            assert!(rule.parse::<PeriodRule>().is_err(), "{rule}");
        }
        let year: PeriodRule = "year".parse().unwrap();
        assert!(year.windows(day("2024-01-01"), day("2024-12-31")).is_err());
        let month: PeriodRule = "month".parse().unwrap();
        assert!(month.windows(day("0001-01-01"), day("9999-12-31")).is_err());
    }
}

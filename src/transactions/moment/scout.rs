//! In which order the parts of a column's dates stand.

use super::style::parsed;
use super::{DateFinding, DateOrder, DateStyle, Offsets};
use crate::transactions::read::{Read, Sight};

/// The forms that dates come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// `2011-12-09`
    YearFirst,
    /// `20111209`
    Compact,
    /// `9/12/2011`
    YearLast,
    /// `9/12/11`
    ShortYear,
    /// `9 Dec 2011`
    Named,
    /// `2011年12月9日`
    Chinese,
    /// `40886`
    Serial,
}

impl DateForm {
    /// All forms.
    pub const ALL: [DateForm; 7] = [
        DateForm::YearFirst,
        DateForm::Compact,
        DateForm::YearLast,
        DateForm::ShortYear,
        DateForm::Named,
        DateForm::Chinese,
        DateForm::Serial,
    ];

    /// A date in this form.
    pub fn example(self) -> &'static str {
        match self {
            DateForm::YearFirst => "2011-12-09",
            DateForm::Compact => "20111209",
            DateForm::YearLast => "9/12/2011",
            DateForm::ShortYear => "9/12/11",
            DateForm::Named => "9 Dec 2011",
            DateForm::Chinese => "2011年12月9日",
            DateForm::Serial => "40886",
        }
    }
}

/// The pairs of orders between which a date can be undecided.
const PAIRS: [(usize, usize); 3] = [(0, 1), (1, 2), (0, 2)];

/// Sees the dates of a column one by one and finds out in which order their parts stand.
///
/// A date that is none in some order excludes that order for the whole column: `13/1/2011` is not
/// month first. What remains is ambiguous only if some date is a different day in two orders that
/// remain. Dates with full stops (`1.2.2011`) are day first unless the column proves otherwise.
///
/// ```
/// use custval::transactions::{DateFinding, DateOrder, DateScout, DateStyle};
///
/// let mut scout = DateScout::default();
/// scout.see(b"12/1/2010 8:26", 2);
/// assert!(matches!(scout.finding(), DateFinding::Ambiguous { .. }));
/// scout.see(b"12/13/2010 9:02", 3);
/// let month_first = DateStyle::Shape(DateOrder::MonthFirst);
/// assert_eq!(scout.finding(), DateFinding::Clear(month_first));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateScout {
    /// For each order, the first date that is none in it.
    excluded: [Option<Sight>; 3],
    /// For each pair of orders, the first date that is a different day in them.
    undecided: [Option<Sight>; 3],
    /// The same for dates with full stops.
    undecided_dotted: [Option<Sight>; 3],
    forms: [u64; 7],
    wrong: u64,
    offsets: Offsets,
    /// Which numbers up to 31 came first and second, each a bit.
    came: [u32; 2],
}

impl DateScout {
    /// Looks at a value and its row. The first row of each kind is kept for messages.
    pub fn see(&mut self, text: &[u8], row: u64) {
        let parsed = match parsed(text) {
            Read::Value(parsed) => parsed,
            Read::Empty => return,
            Read::Wrong => {
                self.wrong += 1;
                return;
            }
        };
        let Some(triple) = parsed.open() else {
            self.forms[parsed.form as usize] += 1;
            self.offsets.see_offset(parsed.time.offset, text, row);
            return;
        };
        let days = DateOrder::ALL.map(|order| triple.day(order));
        if days.iter().all(Option::is_none) {
            self.wrong += 1;
            return;
        }
        self.forms[parsed.form as usize] += 1;
        self.offsets.see_offset(parsed.time.offset, text, row);
        for (came, part) in self.came.iter_mut().zip(triple.parts) {
            *came |= 1_u32.checked_shl(part.into()).unwrap_or_default();
        }
        for (day, excluded) in days.iter().zip(&mut self.excluded) {
            if day.is_none() {
                Sight::keep(excluded, text, row);
            }
        }
        let undecided =
            if triple.is_dotted { &mut self.undecided_dotted } else { &mut self.undecided };
        for ((one, other), undecided) in PAIRS.into_iter().zip(undecided) {
            if days[one].is_some() && days[other].is_some() && days[one] != days[other] {
                Sight::keep(undecided, text, row);
            }
        }
    }

    /// Takes in what another scout has seen of the same column.
    pub fn merge(&mut self, other: &DateScout) {
        let mine = self.excluded.iter_mut().chain(&mut self.undecided);
        let theirs = other.excluded.iter().chain(&other.undecided).chain(&other.undecided_dotted);
        for (mine, theirs) in mine.chain(&mut self.undecided_dotted).zip(theirs) {
            Sight::merge(mine, theirs);
        }
        for (mine, theirs) in self.forms.iter_mut().zip(other.forms) {
            *mine += theirs;
        }
        self.wrong += other.wrong;
        self.offsets.merge(&other.offsets);
        for (mine, theirs) in self.came.iter_mut().zip(other.came) {
            *mine |= theirs;
        }
    }

    /// Whether the order is proved, so that what follows can only agree or contradict.
    pub fn settled(&self) -> bool {
        self.orders().count() <= 1
    }

    /// The orders in which all dates seen so far are dates.
    fn orders(&self) -> impl Iterator<Item = DateOrder> {
        let kept = DateOrder::ALL.into_iter().zip(&self.excluded);
        kept.filter(|(_, excluded)| excluded.is_none()).map(|(order, _)| order)
    }

    /// How many dates came in which form; forms that did not come are left out.
    pub fn forms(&self) -> Vec<(DateForm, u64)> {
        DateForm::ALL.into_iter().zip(self.forms).filter(|(_, count)| *count > 0).collect()
    }

    /// How many values were neither dates nor empty.
    pub fn wrong(&self) -> u64 {
        self.wrong
    }

    /// What the dates said of their time zones.
    pub fn offsets(&self) -> &Offsets {
        &self.offsets
    }

    /// The style to begin with where the values seen so far leave it open. Most files are in the order of
    /// their dates, so that at their beginning the day changes more often than the month.
    pub(in crate::transactions) fn likely(&self) -> DateStyle {
        let order = match self.finding() {
            DateFinding::Clear(style) => return style,
            DateFinding::Ambiguous { orders, .. } => {
                let [first, second] = self.came.map(u32::count_ones);
                let turned = first > second && orders.contains(&DateOrder::DayFirst);
                if turned { DateOrder::DayFirst } else { orders[0] }
            }
            DateFinding::Contradictory(_) => DateOrder::MonthFirst,
        };
        DateStyle::Shape(order)
    }

    /// What the values seen so far say.
    pub fn finding(&self) -> DateFinding {
        let orders: Vec<DateOrder> = self.orders().collect();
        if let [order] = orders[..] {
            return DateFinding::Clear(DateStyle::Shape(order));
        }
        if orders.is_empty() {
            let mut sights: Vec<Sight> = self.excluded.iter().flatten().cloned().collect();
            sights.sort_by_key(|sight| sight.row);
            sights.dedup();
            return DateFinding::Contradictory(sights);
        }
        let first = |undecided: &[Option<Sight>; 3]| {
            let remain = |(one, other): (usize, usize)| {
                self.excluded[one].is_none() && self.excluded[other].is_none()
            };
            let sights = PAIRS.into_iter().zip(undecided).filter(|(pair, _)| remain(*pair));
            sights.filter_map(|(_, sight)| sight.clone()).min_by_key(|sight| sight.row)
        };
        if let Some(example) = first(&self.undecided) {
            return DateFinding::Ambiguous { example, orders };
        }
        match first(&self.undecided_dotted) {
            Some(_) if orders.contains(&DateOrder::DayFirst) => {
                DateFinding::Clear(DateStyle::Shape(DateOrder::DayFirst))
            }
            Some(example) => DateFinding::Ambiguous { example, orders },
            // No date that was seen depends on the order. Should one follow after all, it is better
            // set aside than guessed.
            None => DateFinding::Clear(DateStyle::Shape(orders[orders.len() - 1])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scout(values: &[&str]) -> DateScout {
        let mut scout = DateScout::default();
        for (row, value) in (2..).zip(values) {
            scout.see(value.as_bytes(), row);
        }
        scout
    }

    fn clear(order: DateOrder) -> DateFinding {
        DateFinding::Clear(DateStyle::Shape(order))
    }

    fn sight(text: &str, row: u64) -> Sight {
        Sight { text: text.to_string(), row }
    }

    #[test]
    fn one_date_proves_the_order_of_a_column() {
        let month_first = scout(&["12/1/2010 8:26", "1/2/2011", "12/13/2010 9:02", "2010-12-01"]);
        assert_eq!(month_first.finding(), clear(DateOrder::MonthFirst));
        assert!(month_first.settled());
        assert_eq!(month_first.forms(), [(DateForm::YearFirst, 1), (DateForm::YearLast, 3)]);
        assert_eq!(scout(&["1/12/2010", "31-12-2010"]).finding(), clear(DateOrder::DayFirst));
        assert_eq!(scout(&["12/1/10", "12/13/10"]).finding(), clear(DateOrder::MonthFirst));
        assert_eq!(scout(&["24/03/01", "99/12/31"]).finding(), clear(DateOrder::YearFirst));
    }

    #[test]
    fn at_the_beginning_the_day_changes_more_often() {
        let style = DateStyle::Shape;
        assert_eq!(scout(&["12/1/2010", "12/2/2010"]).likely(), style(DateOrder::MonthFirst));
        assert_eq!(scout(&["1/12/2010", "2/12/2010"]).likely(), style(DateOrder::DayFirst));
        assert_eq!(scout(&["1/12/2010", "13/12/2010"]).likely(), style(DateOrder::DayFirst));
        assert_eq!(scout(&[]).likely(), style(DateOrder::YearFirst));
    }

    #[test]
    fn full_stops_are_day_first_unless_proved_otherwise() {
        assert_eq!(scout(&["1.2.2011", "3.4.11"]).finding(), clear(DateOrder::DayFirst));
        assert_eq!(scout(&["1.2.2011", "1.13.2011"]).finding(), clear(DateOrder::MonthFirst));
        let mixed = scout(&["1.2.2011", "1/2/2011"]).finding();
        assert!(matches!(mixed, DateFinding::Ambiguous { .. }));
    }

    #[test]
    fn dates_that_fit_two_orders_are_ambiguous() {
        let example = sight("12/1/2010 8:26", 4);
        let orders = vec![DateOrder::MonthFirst, DateOrder::DayFirst];
        assert_eq!(
            scout(&["", "1/1/2010", "12/1/2010 8:26", "2/3/2010"]).finding(),
            DateFinding::Ambiguous { example, orders }
        );
        // 31 December 2010 or 2031.
        let example = sight("31/12/10", 2);
        let orders = vec![DateOrder::DayFirst, DateOrder::YearFirst];
        assert_eq!(scout(&["31/12/10"]).finding(), DateFinding::Ambiguous { example, orders });
    }

    #[test]
    fn dates_that_do_not_depend_on_the_order_need_none() {
        let clear_anyway = [
            &["2010-12-01", "2010/1/2 8:26", "20101201", "1 Dec 2010", "40513.35"][..],
            &[],
            &["1/1/2010", "2/2/2010"],
            &["what", "2010-13-01", "13/13/2010"],
        ];
        for values in clear_anyway {
            assert!(matches!(scout(values).finding(), DateFinding::Clear(_)), "{values:?}");
        }
        assert_eq!(scout(clear_anyway[3]).wrong(), 3);
        assert_eq!(scout(clear_anyway[0]).finding(), clear(DateOrder::YearFirst));
    }

    #[test]
    fn two_orders_in_one_column_contradict_each_other() {
        let found = scout(&["1/2/2011", "13/1/2011", "1/14/2011", "1/15/2011"]).finding();
        let DateFinding::Contradictory(sights) = found else { panic!("{found:?}") };
        assert!(sights.contains(&sight("13/1/2011", 3)));
        assert!(sights.contains(&sight("1/14/2011", 4)));
    }

    #[test]
    fn two_scouts_find_what_one_does() {
        let values =
            ["1/2/2011", "13/1/2011", "x", "1/14/2011Z", "", "1.2.2011 8:00+01:00", "2011-12-01"];
        let mut whole = DateScout::default();
        let mut halves = [DateScout::default(), DateScout::default()];
        for (row, value) in values.iter().enumerate() {
            whole.see(value.as_bytes(), row as u64);
            halves[row % 2].see(value.as_bytes(), row as u64);
        }
        let [mut even, odd] = halves;
        let mut other = odd.clone();
        other.merge(&even);
        even.merge(&odd);
        assert_eq!((&even, &other), (&whole, &whole));
    }
}

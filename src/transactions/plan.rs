//! What is looked for in each row, and in which order.

use super::condition::{Condition, Row};
use super::ledger::Reason;
use super::line::{Line, Part};
use super::source::Span;
use super::{
    Clock, Columns, Compat, DateScout, DateStyle, Decimal, Moment, Money, NumberScout, NumberStyle,
    Read, Returns, Role, Written,
};

/// The steps that every row goes through, made from the options and the columns.
#[derive(Clone)]
pub(crate) struct Plan {
    /// Columns of the header.
    pub width: usize,
    /// Which column has which role.
    pub columns: Columns,
    /// How dates are written, and whether the user said so.
    pub dates: DateStyle,
    pub dates_told: bool,
    /// How numbers are written, and whether the user said so.
    pub numbers: NumberStyle,
    pub numbers_told: bool,
    /// Whose calendar counts.
    pub clock: Clock,
    /// Conditions with their texts.
    pub conditions: Vec<Condition>,
    /// The period's first moment.
    pub from: Option<Moment>,
    /// The period's last moment.
    pub to: Option<Moment>,
    /// The period's ends as they were typed, if dates are compared as texts.
    pub as_texts: Option<(Option<String>, Option<String>)>,
    /// What lies behind this moment lies in the future.
    pub latest: Option<Moment>,
    /// What is done with returns.
    pub returns: Returns,
    /// What the ids of cancelled orders begin with.
    pub cancelled: Option<String>,
    /// Defects to follow.
    pub compat: Compat,
    /// The reasons to set a row aside, in the order in which they are looked for.
    pub steps: Vec<Reason>,
}

/// The places of the fixed reasons behind the conditions, counted from the first behind them.
#[derive(Clone, Copy)]
enum Behind {
    NoCustomer,
    NotANumber,
    NoDate,
    NotADate,
    FutureDate,
    OutsidePeriod,
    Cancelled,
    Return,
    Duplicate,
}

impl Plan {
    /// The reasons in the order in which rows are looked at.
    pub(crate) fn reasons(conditions: &[String]) -> Vec<Reason> {
        let filtered = conditions.iter().map(|text| Reason::Filtered(text.clone()));
        let behind = [
            Reason::NoCustomer,
            Reason::NotANumber,
            Reason::NoDate,
            Reason::NotADate,
            Reason::FutureDate,
            Reason::OutsidePeriod,
            Reason::Cancelled,
            Reason::Return,
            Reason::Duplicate,
        ];
        std::iter::once(Reason::Malformed).chain(filtered).chain(behind).collect()
    }

    fn behind(&self, reason: Behind) -> u8 {
        (1 + self.conditions.len() + reason as usize) as u8
    }

    /// The step of rows that are used.
    pub(crate) fn used(&self) -> u8 {
        self.steps.len() as u8
    }

    /// The step of rows equal to an earlier one.
    pub(crate) fn duplicate(&self) -> u8 {
        self.behind(Behind::Duplicate)
    }
}

/// One row while it is read: its fields, and the date read last, which neighbours often share.
pub(crate) struct Reader<'a> {
    plan: &'a Plan,
    at: Places,
    /// What was seen of the ways to write dates and numbers.
    pub dates: DateScout,
    pub numbers: NumberScout,
    last_date: Vec<u8>,
    last_read: Read<Written>,
}

/// The roles' columns.
struct Places {
    customer: Option<usize>,
    order: Option<usize>,
    date: Option<usize>,
    quantity: Option<usize>,
    price: Option<usize>,
    amount: Option<usize>,
    cost: Option<usize>,
    product: Option<usize>,
    description: Option<usize>,
    country: Option<usize>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(plan: &'a Plan) -> Self {
        let at = |role| plan.columns.at(role);
        Reader {
            at: Places {
                customer: at(Role::Customer),
                order: at(Role::Order),
                date: at(Role::Date),
                quantity: at(Role::Quantity),
                price: at(Role::Price),
                amount: at(Role::Amount),
                cost: at(Role::Cost),
                product: at(Role::Product),
                description: at(Role::Description),
                country: at(Role::Country),
            },
            plan,
            dates: DateScout::default(),
            numbers: NumberScout::default(),
            last_date: Vec::new(),
            last_read: Read::Empty,
        }
    }

    /// What a row says; `row` finds it again.
    pub(crate) fn line(&mut self, bytes: &[u8], fields: &[Span], row: u64) -> Line {
        let mut line = Line::default();
        if fields.len() != self.plan.width {
            return line;
        }
        let quantity = self.number(bytes, fields, self.at.quantity, row);
        let price = self.number(bytes, fields, self.at.price, row);
        let amount = self.number(bytes, fields, self.at.amount, row);
        let date = self.date(bytes, fields, row);
        let money = match (amount, quantity, price) {
            (Some(amount), _, _) => amount.value().and_then(Money::of),
            (None, Some(Read::Value(quantity)), Some(Read::Value(price))) => {
                Money::product(quantity, price)
            }
            _ => None,
        };
        line.money = money.unwrap_or_default();
        line.quantity = quantity.and_then(Read::value).and_then(Money::of).unwrap_or_default();
        let cost = self.number(bytes, fields, self.at.cost, row).and_then(Read::value);
        line.cost = match (cost, quantity.and_then(Read::value)) {
            (Some(cost), Some(quantity)) => Money::product(quantity, cost).unwrap_or_default(),
            (Some(cost), None) => Money::of(cost).unwrap_or_default(),
            _ => Money::ZERO,
        };
        line.customer = id(bytes, fields, self.at.customer);
        line.order = id(bytes, fields, self.at.order);
        line.product = id(bytes, fields, self.at.product);
        line.description = id(bytes, fields, self.at.description);
        line.country = id(bytes, fields, self.at.country);
        line.date = id(bytes, fields, self.at.date);
        if let Read::Value(written) = date {
            line.moment = written.moment;
        }
        line.is_cancelled = self.is_cancelled(line.order.of(bytes), line.money);
        line.is_return = !self.plan.compat.returns_as_purchases
            && (line.is_cancelled || line.money.is_negative() || line.quantity.is_negative());
        let has_numbers = money.is_some() && !matches!(quantity, Some(Read::Wrong));
        line.step = self.step(bytes, fields, &line, date, has_numbers);
        line
    }

    /// The first reason to set the row aside, or the step of rows that are used.
    fn step(
        &self,
        bytes: &[u8],
        fields: &[Span],
        line: &Line,
        date: Read<Written>,
        has_numbers: bool,
    ) -> u8 {
        let plan = self.plan;
        let record = Record { bytes, fields, date, plan, at: &self.at };
        for (number, condition) in plan.conditions.iter().enumerate() {
            if condition.holds(&record) != Some(true) {
                return 1 + number as u8;
            }
        }
        if line.customer.is_empty() {
            return plan.behind(Behind::NoCustomer);
        }
        if !has_numbers {
            return plan.behind(Behind::NotANumber);
        }
        let moment = match date {
            Read::Value(written) => written.moment,
            Read::Empty => return plan.behind(Behind::NoDate),
            Read::Wrong => return plan.behind(Behind::NotADate),
        };
        if plan.latest.is_some_and(|latest| moment > latest) {
            return plan.behind(Behind::FutureDate);
        }
        let is_within = match &plan.as_texts {
            Some((from, to)) => {
                let text = field(bytes, fields, self.at.date);
                from.as_ref().is_none_or(|from| text >= from.as_bytes())
                    && to.as_ref().is_none_or(|to| text <= to.as_bytes())
            }
            None => {
                plan.from.is_none_or(|from| moment >= from) && plan.to.is_none_or(|to| moment <= to)
            }
        };
        if !is_within {
            return plan.behind(Behind::OutsidePeriod);
        }
        if plan.returns == Returns::Drop && line.is_return {
            let reason = if line.is_cancelled { Behind::Cancelled } else { Behind::Return };
            return plan.behind(reason);
        }
        plan.used()
    }

    fn number(
        &mut self,
        bytes: &[u8],
        fields: &[Span],
        at: Option<usize>,
        row: u64,
    ) -> Option<Read<Decimal>> {
        let text = field(bytes, fields, Some(at?));
        let read = self.plan.numbers.read(text);
        if !self.plan.numbers_told && must_be_seen(text, self.plan.numbers) {
            self.numbers.see(text, row);
        }
        Some(read)
    }

    fn date(&mut self, bytes: &[u8], fields: &[Span], row: u64) -> Read<Written> {
        let text = field(bytes, fields, self.at.date);
        if text == self.last_date && !text.is_empty() {
            return self.last_read;
        }
        let mut read = self.plan.dates.read(text);
        let offset = read.value().and_then(|written| written.offset);
        let tells = !self.dates.settled() || read == Read::Wrong || offset.is_some();
        if tells && !self.plan.dates_told {
            self.dates.see(text, row);
        }
        if let Read::Value(written) = &mut read {
            written.moment = self.plan.clock.local(*written);
        }
        self.last_date.clear();
        self.last_date.extend_from_slice(text);
        self.last_read = read;
        read
    }

    /// Whether the order's id says that it was cancelled: it begins as the user said, or, unsaid, with
    /// a C and a digit, and its money is negative.
    fn is_cancelled(&self, order: &[u8], money: Money) -> bool {
        match &self.plan.cancelled {
            Some(start) => !start.is_empty() && order.starts_with(start.as_bytes()),
            None => money.is_negative() && matches!(order, [b'C', b'0'..=b'9', ..]),
        }
    }
}

/// Whether a text may show how numbers are written: it is more than digits, a sign and what stands
/// before the decimals in the style at hand.
fn must_be_seen(text: &[u8], style: NumberStyle) -> bool {
    let is_plain = |byte: &u8| match byte {
        b'0'..=b'9' | b'-' => true,
        b'.' => style == NumberStyle::Dot,
        _ => false,
    };
    !text.iter().all(is_plain)
}

fn field<'a>(bytes: &'a [u8], fields: &[Span], at: Option<usize>) -> &'a [u8] {
    let span = at.and_then(|at| fields.get(at)).copied().unwrap_or_default();
    bytes.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// An id without the white space around it; words for nothing are none.
fn id(bytes: &[u8], fields: &[Span], at: Option<usize>) -> Part {
    let Some(span) = at.and_then(|at| fields.get(at)) else { return Part::default() };
    let text = &bytes[span.start as usize..span.end as usize];
    let before = text.len() - text.trim_ascii_start().len();
    let text = text.trim_ascii();
    if super::is_absent(text) {
        return Part::default();
    }
    let start = span.start + before as u32;
    Part { start, end: start + text.len() as u32 }
}

/// A row as conditions see it.
struct Record<'a> {
    bytes: &'a [u8],
    fields: &'a [Span],
    date: Read<Written>,
    plan: &'a Plan,
    at: &'a Places,
}

impl Row for Record<'_> {
    fn text(&self, column: usize) -> Option<&[u8]> {
        let text = field(self.bytes, self.fields, Some(column)).trim_ascii();
        (!super::is_absent(text)).then_some(text)
    }

    fn number(&self, column: usize) -> Option<f64> {
        let text = field(self.bytes, self.fields, Some(column));
        self.plan.numbers.read(text).value().map(Decimal::to_f64)
    }

    fn moment(&self, column: usize) -> Option<i64> {
        let written = if Some(column) == self.at.date {
            self.date
        } else {
            self.plan.dates.read(field(self.bytes, self.fields, Some(column)))
        };
        written.value().map(|written| written.moment.seconds())
    }
}

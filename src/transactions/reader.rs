//! What one row says.

use super::condition::{Condition, Row};
use super::line::{Line, Part};
use super::plan::{Behind, Plan};
use super::read::within_margins;
use super::{
    Columns, DateScout, Decimal, Level, Moment, Money, NumberScout, NumberStyle, Read, Returns,
    Role, Written,
};

/// A row of a source: what stands in each of its columns.
pub(crate) trait Fields {
    /// What the parts of texts are parts of.
    fn bytes(&self) -> &[u8];

    /// A column as text; empty if nothing stands there.
    fn text(&self, column: usize) -> Part;

    /// A column whose type is a number; `None` if it has to be read from its text.
    fn number(&self, column: usize) -> Option<Read<Decimal>>;

    /// A column whose type is a date; `None` if it has to be read from its text.
    fn moment(&self, column: usize) -> Option<Read<Written>>;
}

/// One row while it is read, with the date read last, which neighbours often share.
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
    recency: Option<usize>,
    first: Option<usize>,
}

impl Places {
    fn of(columns: &Columns) -> Places {
        Places {
            customer: columns.at(Role::Customer),
            order: columns.at(Role::Order),
            date: columns.at(Role::Date),
            // A customer's row says how many orders there were.
            quantity: columns.at(Role::Quantity).or(columns.at(Role::Orders)),
            price: columns.at(Role::Price),
            amount: columns.at(Role::Amount),
            cost: columns.at(Role::Cost),
            product: columns.at(Role::Product),
            description: columns.at(Role::Description),
            country: columns.at(Role::Country),
            recency: columns.at(Role::Recency),
            first: columns.at(Role::First),
        }
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(plan: &'a Plan) -> Self {
        Reader {
            at: Places::of(&plan.columns),
            plan,
            dates: DateScout::default(),
            numbers: NumberScout::default(),
            last_date: Vec::new(),
            last_read: Read::Empty,
        }
    }

    /// What a row says; `row` finds it again.
    pub(crate) fn line(&mut self, fields: &impl Fields, row: u64) -> Line {
        let mut line = Line::default();
        self.fill(&mut line, fields, row);
        line
    }

    /// The same, into a line that says nothing yet.
    #[inline]
    pub(crate) fn fill(&mut self, line: &mut Line, fields: &impl Fields, row: u64) {
        let quantity = self.number(fields, self.at.quantity, row);
        let price = self.number(fields, self.at.price, row);
        let amount = self.number(fields, self.at.amount, row);
        let cost = self.number(fields, self.at.cost, row).and_then(Read::value);
        let date = self.date(fields, row);
        let money = match (amount, quantity, price) {
            (Some(amount), _, _) => amount.value().and_then(Money::of),
            (None, Some(Read::Value(quantity)), Some(Read::Value(price))) => {
                Money::product(quantity, price)
            }
            _ => None,
        };
        line.money = money.unwrap_or_default();
        line.quantity = quantity.and_then(Read::value).and_then(Money::of).unwrap_or_default();
        line.cost = match (cost, quantity.and_then(Read::value)) {
            (Some(cost), Some(quantity)) => Money::product(quantity, cost).unwrap_or_default(),
            (Some(cost), None) => Money::of(cost).unwrap_or_default(),
            _ => Money::ZERO,
        };
        line.customer = id(fields, self.at.customer);
        line.order = id(fields, self.at.order);
        line.product = id(fields, self.at.product);
        line.description = id(fields, self.at.description);
        line.country = id(fields, self.at.country);
        line.date = self.at.date.map_or(Part::default(), |at| fields.text(at));
        if let Read::Value(written) = date {
            line.moment = written.moment;
            line.since = self.first(fields).unwrap_or(written.moment);
        }
        line.is_cancelled = self.is_cancelled(line.order.of(fields.bytes()), line.money);
        line.is_return = self.plan.level == Level::Line
            && !self.plan.compat.returns_as_purchases
            && (line.is_cancelled || line.money.is_negative() || line.quantity.is_negative());
        let mut has_numbers = money.is_some() && !matches!(quantity, Some(Read::Wrong));
        if self.plan.level == Level::Customer {
            has_numbers &= quantity.and_then(Read::value).is_some_and(is_count);
        }
        line.step = self.step(fields, line, date, has_numbers);
    }

    /// The first reason to set the row aside, or the step of rows that are used.
    fn step(
        &self,
        fields: &impl Fields,
        line: &Line,
        date: Read<Written>,
        has_numbers: bool,
    ) -> u8 {
        let plan = self.plan;
        let record = Record { fields, date, plan, at: &self.at };
        for (number, condition) in plan.conditions.iter().enumerate() {
            if Condition::holds(condition, &record) != Some(true) {
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
                let text = line.date.of(fields.bytes());
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

    #[inline]
    fn number(
        &mut self,
        fields: &impl Fields,
        column: Option<usize>,
        row: u64,
    ) -> Option<Read<Decimal>> {
        column.map(|column| self.number_in(fields, column, row))
    }

    fn number_in(&mut self, fields: &impl Fields, column: usize, row: u64) -> Read<Decimal> {
        if let Some(typed) = fields.number(column) {
            return typed;
        }
        let text = fields.text(column).of(fields.bytes());
        // Digits and a point say nothing of how numbers are written, and nearly all are so.
        if self.plan.numbers == NumberStyle::Dot
            && let Some(number) = NumberStyle::Dot.plain(text)
        {
            return Read::Value(number);
        }
        let read = self.plan.numbers.read(text);
        if !self.plan.numbers_told && must_be_seen(text, self.plan.numbers) {
            self.numbers.see(text, row);
        }
        read
    }

    fn date(&mut self, fields: &impl Fields, row: u64) -> Read<Written> {
        let Some(column) = self.at.date else { return self.days_ago(fields, row) };
        let Some(mut read) = fields.moment(column) else {
            return self.written_date(fields.text(column).of(fields.bytes()), row);
        };
        if let Read::Value(written) = &mut read {
            written.moment = self.plan.clock.local(*written);
        }
        read
    }

    /// The day that lies so many days before the reference date as a customer's row says.
    fn days_ago(&mut self, fields: &impl Fields, row: u64) -> Read<Written> {
        let Some(as_of) = self.plan.as_of else { return Read::Empty };
        match self.number(fields, self.at.recency, row) {
            None | Some(Read::Empty) => Read::Empty,
            Some(Read::Wrong) => Read::Wrong,
            Some(Read::Value(days)) => {
                let days = days.to_f64().floor();
                let moment = (0.0..=4e6)
                    .contains(&days)
                    .then(|| as_of.midnight().later(-86_400 * days as i64));
                moment.map_or(Read::Wrong, |moment| Read::Value(Written { moment, offset: None }))
            }
        }
    }

    /// When a customer's row says that the first purchase was.
    fn first(&self, fields: &impl Fields) -> Option<Moment> {
        let column = self.at.first?;
        let read = fields
            .moment(column)
            .unwrap_or_else(|| self.plan.dates.read(fields.text(column).of(fields.bytes())));
        read.value().map(|written| self.plan.clock.local(written))
    }

    fn written_date(&mut self, text: &[u8], row: u64) -> Read<Written> {
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

/// Whether a number can be a count.
fn is_count(number: Decimal) -> bool {
    let number = number.to_f64();
    number.fract() == 0.0 && (0.0..4e9).contains(&number)
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

/// An id without what nobody sees around it; words for nothing are none.
fn id(fields: &impl Fields, column: Option<usize>) -> Part {
    let Some(column) = column else { return Part::default() };
    let part = fields.text(column);
    let text = part.of(fields.bytes());
    if let [first, .., last] = text
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
        && !super::is_absent(text)
    {
        return part;
    }
    let (before, text) = within_margins(text);
    if super::is_absent(text) {
        return Part::default();
    }
    let start = part.start + before as u32;
    Part { start, end: start + text.len() as u32 }
}

/// A row as conditions see it.
struct Record<'a, F> {
    fields: &'a F,
    date: Read<Written>,
    plan: &'a Plan,
    at: &'a Places,
}

impl<F: Fields> Row for Record<'_, F> {
    fn text(&self, column: usize) -> Option<&[u8]> {
        let (_, text) = within_margins(self.fields.text(column).of(self.fields.bytes()));
        (!super::is_absent(text)).then_some(text)
    }

    fn number(&self, column: usize) -> Option<f64> {
        let text = || self.fields.text(column).of(self.fields.bytes());
        let read = self.fields.number(column).unwrap_or_else(|| self.plan.numbers.read(text()));
        read.value().map(Decimal::to_f64)
    }

    fn moment(&self, column: usize) -> Option<i64> {
        let text = || self.fields.text(column).of(self.fields.bytes());
        let written = match Some(column) == self.at.date {
            true => self.date,
            false => self.fields.moment(column).unwrap_or_else(|| self.plan.dates.read(text())),
        };
        written.value().map(|written| written.moment.seconds())
    }
}

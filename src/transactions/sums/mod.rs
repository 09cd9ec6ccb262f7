//! The sums that lines are added to: per order, per customer, and the few that tables need.

mod by_customer;
mod distinct;
mod order;
mod share;

pub(crate) use by_customer::ByCustomer;
pub(crate) use order::{OrderSum, Orders};
pub(crate) use share::{Days, Share};

use super::dictionary::{Dictionary, hash};
use super::ledger::{Ledger, Reason, SetAside};
use super::line::Line;
use super::{Moment, Money};
use distinct::{Pairs, Repeats};

/// No country.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// One customer.
#[derive(Clone, Debug)]
pub(crate) struct CustomerSum {
    /// Money of purchases, and of returns (negative).
    pub bought: Money,
    pub returned: Money,
    /// How many were bought, less how many were returned.
    pub quantity: Money,
    /// The first and the last purchase, if there are any.
    pub first: Moment,
    pub last: Moment,
    /// Lines that are purchases, and lines that are returns.
    pub lines: u32,
    pub return_lines: u32,
    /// Different products bought.
    pub products: u32,
    /// The furthest step that a row of the customer came to.
    pub step: u8,
}

impl CustomerSum {
    fn new(line: &Line) -> CustomerSum {
        CustomerSum {
            bought: Money::ZERO,
            returned: Money::ZERO,
            quantity: Money::ZERO,
            first: line.moment,
            last: line.moment,
            lines: 0,
            return_lines: 0,
            products: 0,
            step: 0,
        }
    }

    /// The first and the last purchase; nothing if there is none.
    pub(crate) fn span(&self) -> Option<(Moment, Moment)> {
        (self.lines > 0).then_some((self.first, self.last))
    }
}

/// What is to be summed beside orders and customers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted {
    /// There is an order column; else every line is an order.
    pub orders: bool,
    /// There is a product column.
    pub products: bool,
    /// There is a cost column.
    pub costs: bool,
    /// There is a country column.
    pub countries: bool,
    /// Rows equal to an earlier one are counted.
    pub repeats: bool,
    /// Rows equal to an earlier one are set aside.
    pub deduplicate: bool,
    /// An order's money is that of its first line.
    pub first_line: bool,
    /// Dates are compared as texts.
    pub text_dates: bool,
    /// Returns do not lower money.
    pub separate: bool,
    /// The step of duplicates, and that of rows that are used.
    pub duplicate: u8,
    pub used: u8,
}

/// All sums.
pub(crate) struct Sums {
    wanted: Wanted,
    pub steps: Vec<(u64, Money)>,
    pub rows: u64,
    pub used_rows: u64,
    pub returns: u64,
    pub customer_ids: Dictionary,
    pub customers: Vec<CustomerSum>,
    /// The cost of each customer's lines; empty if there is no such column.
    pub costs: Vec<Money>,
    pub orders: Orders,
    /// The first line of each order: its row and money.
    firsts: Vec<(u64, Money)>,
    pub product_ids: Dictionary,
    pub products: Vec<Share>,
    /// How many of each product were sold, less returns.
    pub quantities: Vec<Money>,
    /// The name of each product: of several the first by its letters.
    pub product_names: Vec<Vec<u8>>,
    pairs: Option<Pairs>,
    /// Whether different products could be counted to the end.
    pub has_products: bool,
    pub country_ids: Dictionary,
    pub countries: Vec<Share>,
    pub days: Days,
    /// The used row of the most money, by its amount: the row and its money.
    pub largest: Option<(u64, Money)>,
    /// The lines of the first rows used.
    pub first_lines: Vec<u64>,
    /// The last date of the rows used by its letters, where dates are compared as texts.
    pub latest_text: Option<Vec<u8>>,
    /// The first and the last row used.
    pub span: Option<(Moment, Moment)>,
    pub hours: Vec<Share>,
    /// The hour of the week of the moment that came last.
    last_hour: (Option<Moment>, usize),
    seen: hashbrown::HashSet<u64, foldhash::fast::FixedState>,
    repeats: Option<Repeats>,
}

/// Beyond so many rows equal ones are no longer looked for, unless they are to be set aside: each
/// takes 8 bytes.
pub(crate) const MOST_ROWS: usize = 8_000_000;

/// More pairs of customer and product than this are not counted: each takes 8 bytes.
const MOST_PAIRS: usize = 5_000_000;

/// A sum of money went beyond what can be held, some 10²³.
#[derive(Debug)]
pub(crate) struct TooMuch;

impl Sums {
    pub(crate) fn new(wanted: Wanted) -> Sums {
        Sums {
            wanted,
            steps: vec![Default::default(); wanted.used as usize],
            rows: 0,
            used_rows: 0,
            returns: 0,
            customer_ids: Dictionary::default(),
            customers: Vec::new(),
            costs: Vec::new(),
            orders: Orders::default(),
            firsts: Vec::new(),
            product_ids: Dictionary::default(),
            products: Vec::new(),
            quantities: Vec::new(),
            product_names: Vec::new(),
            pairs: wanted.products.then(|| Pairs::new(MOST_PAIRS)),
            has_products: wanted.products,
            country_ids: Dictionary::default(),
            countries: Vec::new(),
            days: Days::default(),
            largest: None,
            first_lines: Vec::new(),
            latest_text: None,
            span: None,
            hours: vec![Share::default(); 7 * 24],
            last_hour: (None, 0),
            seen: hashbrown::HashSet::with_hasher(foldhash::fast::FixedState::with_seed(0)),
            repeats: wanted.repeats.then(|| Repeats::new(MOST_ROWS)),
        }
    }

    /// Gives up the search for equal rows, where rows are read in part.
    pub(crate) fn leave_duplicates(&mut self) {
        self.repeats = None;
    }

    /// Adds a line; returns the step at which it is counted.
    pub(crate) fn add(&mut self, block: &[u8], line: &Line, row: u64) -> Result<u8, TooMuch> {
        self.rows += 1;
        let mut step = line.step;
        if step == self.wanted.used && self.wanted.deduplicate && !self.seen.insert(line.row_hash) {
            step = self.wanted.duplicate;
        }
        if let Some(repeats) = &mut self.repeats {
            repeats.add(line.row_hash);
        }
        let customer = (!line.customer.is_empty()).then(|| self.customer(block, line));
        if let Some(customer) = customer {
            let known = &mut self.customers[customer as usize].step;
            *known = (*known).max(step);
        }
        match customer {
            Some(customer) if step == self.wanted.used => {
                self.used_rows += 1;
                self.use_line(block, line, customer, row).ok_or(TooMuch)?;
            }
            _ => {
                let (rows, money) = &mut self.steps[step as usize];
                *rows += 1;
                *money = money.checked_add(line.money).ok_or(TooMuch)?;
            }
        }
        Ok(step)
    }

    fn customer(&mut self, block: &[u8], line: &Line) -> u32 {
        let number = self.customer_ids.number(line.customer_hash, line.customer.of(block));
        if number as usize == self.customers.len() {
            self.customers.push(CustomerSum::new(line));
        }
        number
    }

    fn use_line(&mut self, block: &[u8], line: &Line, customer: u32, row: u64) -> Option<()> {
        self.add_to_customer(line, customer)?;
        let order = match self.wanted.orders && !line.order.is_empty() {
            true => {
                let id = line.order.of(block);
                self.orders.number(customer, line.order_hash, id, line.moment)
            }
            false => self.orders.single(customer, line.moment),
        };
        if self.wanted.first_line {
            self.firsts.resize(self.orders.sums.len(), (u64::MAX, Money::ZERO));
            if row < self.firsts[order].0 {
                self.firsts[order] = (row, line.money);
            }
        }
        let sum = &mut self.orders.sums[order];
        if !line.is_return {
            sum.moment = if sum.lines == 0 { line.moment } else { sum.moment.min(line.moment) };
            sum.lines += 1;
        }
        if !(line.is_return && self.wanted.separate) {
            sum.money = sum.money.checked_add(line.money)?;
        }
        if self.wanted.countries {
            self.add_to_country(block, line, order)?;
        }
        let (first, last) = self.span.unwrap_or((line.moment, line.moment));
        self.span = Some((first.min(line.moment), last.max(line.moment)));
        if self.wanted.text_dates {
            let date = line.date.of(block);
            if self.latest_text.as_deref().is_none_or(|latest| date > latest) {
                self.latest_text = Some(date.to_vec());
            }
        }
        if self.largest.is_none_or(|(_, money)| line.money.abs() > money.abs()) {
            self.largest = Some((row, line.money));
        }
        self.days.add(line)?;
        if self.last_hour.0 != Some(line.moment) {
            let hour = (line.moment.day().weekday() - 1) * 24 + line.moment.hour();
            self.last_hour = (Some(line.moment), hour as usize);
        }
        self.hours[self.last_hour.1].add(line)?;
        if !line.product.is_empty() {
            self.add_to_product(block, line, customer)?;
        }
        Some(())
    }

    fn add_to_customer(&mut self, line: &Line, customer: u32) -> Option<()> {
        let sum = &mut self.customers[customer as usize];
        sum.quantity = sum.quantity.checked_add(line.quantity)?;
        if line.is_return {
            self.returns += 1;
            sum.return_lines += 1;
            sum.returned = sum.returned.checked_add(line.money)?;
        } else {
            let is_first = sum.lines == 0;
            sum.first = if is_first { line.since } else { sum.first.min(line.since) };
            sum.last = if is_first { line.moment } else { sum.last.max(line.moment) };
            sum.lines += 1;
            sum.bought = sum.bought.checked_add(line.money)?;
        }
        if self.wanted.costs {
            self.costs.resize(self.customers.len(), Money::ZERO);
            let cost = &mut self.costs[customer as usize];
            *cost = cost.checked_add(line.cost)?;
        }
        Some(())
    }

    fn add_to_country(&mut self, block: &[u8], line: &Line, order: usize) -> Option<()> {
        let Orders { sums, countries, .. } = &mut self.orders;
        countries.resize(sums.len(), NOWHERE);
        if line.country.is_empty() {
            return Some(());
        }
        let name = line.country.of(block);
        let number = match self.country_ids.last() {
            Some((number, text)) if text == name => number,
            _ => self.country_ids.number(hash(name), name),
        };
        if number as usize == self.countries.len() {
            self.countries.push(Share::default());
        }
        self.countries[number as usize].add(line)?;
        // Of two countries the first by its letters, whichever row comes first.
        let (ids, known) = (&self.country_ids, &mut countries[order]);
        if *known == NOWHERE || (*known != number && ids.text(number) < ids.text(*known)) {
            *known = number;
        }
        Some(())
    }

    fn add_to_product(&mut self, block: &[u8], line: &Line, customer: u32) -> Option<()> {
        let number = self.product_ids.number(line.product_hash, line.product.of(block));
        if number as usize == self.products.len() {
            self.products.push(Share::default());
            self.quantities.push(Money::ZERO);
            self.product_names.push(Vec::new());
        }
        self.products[number as usize].add(line)?;
        let quantity = &mut self.quantities[number as usize];
        *quantity = quantity.checked_add(line.quantity)?;
        let name = line.description.of(block);
        let known = &mut self.product_names[number as usize];
        if !name.is_empty() && (known.is_empty() || name < known.as_slice()) {
            *known = name.to_vec();
        }
        if let Some(pairs) = &mut self.pairs
            && !line.is_return
        {
            pairs.add(customer, number);
        }
        Some(())
    }

    /// Frees what only adding needs, and lets orders count by their first lines if that is asked for.
    pub(crate) fn close(&mut self) {
        self.days.end_day();
        self.customer_ids.close();
        self.orders.close();
        self.seen = Default::default();
        if let Some(pairs) = self.pairs.take() {
            let customers = &mut self.customers;
            self.has_products = pairs.tell(|customer| customers[customer as usize].products += 1);
        }
        for (order, (_, money)) in self.orders.sums.iter_mut().zip(&self.firsts) {
            order.money = *money;
        }
        self.firsts = Vec::new();
    }

    /// The account of all rows.
    pub(crate) fn ledger(&mut self, reasons: &[Reason]) -> Result<Ledger, TooMuch> {
        let mut returned = Money::ZERO;
        let mut used = Money::ZERO;
        for customer in &self.customers {
            returned = returned.checked_add(customer.returned).ok_or(TooMuch)?;
            used = used.checked_add(customer.bought).ok_or(TooMuch)?;
        }
        used = used.checked_add(returned).ok_or(TooMuch)?;
        let mut money_in = used;
        let mut customers = vec![0; reasons.len() + 1];
        for customer in &self.customers {
            customers[customer.step as usize] += 1;
        }
        let mut set_aside = Vec::new();
        for (step, (reason, (rows, money))) in reasons.iter().zip(&self.steps).enumerate() {
            money_in = money_in.checked_add(*money).ok_or(TooMuch)?;
            if *rows > 0 {
                let (rows, money) = (*rows, *money);
                let customers = customers[step];
                set_aside.push(SetAside { reason: reason.clone(), rows, money, customers });
            }
        }
        Ok(Ledger {
            rows_in: self.rows,
            rows_used: self.used_rows,
            money_in,
            money_used: used,
            customers_in: self.customers.len() as u64,
            customers_used: customers[reasons.len()],
            set_aside,
            returns: self.returns,
            returned,
            duplicates: self.repeats.take().and_then(Repeats::count),
        })
    }
}

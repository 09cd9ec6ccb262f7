//! The sums that lines are added to: per order, per customer, and the few that tables need.

use super::dictionary::{Dictionary, hash};
use super::ledger::{Ledger, Reason, SetAside};
use super::line::Line;
use super::{Moment, Money};
use std::collections::BTreeMap;

/// No country.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// One order.
#[derive(Clone, Debug)]
pub(crate) struct OrderSum {
    pub customer: u32,
    /// Lines that are purchases; none in an order of returns alone.
    pub lines: u32,
    /// The money of all its lines that count.
    pub money: Money,
    /// The earliest of its purchases.
    pub moment: Moment,
    pub country: u32,
}

/// One customer.
#[derive(Clone, Debug, Default)]
pub(crate) struct CustomerSum {
    /// The furthest step that a row of the customer came to.
    pub step: u8,
    /// Lines that are purchases, and lines that are returns.
    pub lines: u32,
    pub return_lines: u32,
    /// Money of purchases, and of returns (negative).
    pub bought: Money,
    pub returned: Money,
    pub cost: Money,
    /// How many were bought, less how many were returned.
    pub quantity: Money,
    /// Different products bought.
    pub products: u32,
    /// The first and the last purchase.
    pub span: Option<(Moment, Moment)>,
}

/// A share of the sales: one day, one hour of a weekday, one product, one country.
#[derive(Clone, Debug, Default)]
pub(crate) struct Share {
    pub lines: u64,
    pub quantity: Money,
    pub money: Money,
}

impl Share {
    fn add(&mut self, line: &Line) -> Option<()> {
        self.lines += 1;
        self.quantity = self.quantity.checked_add(line.quantity)?;
        self.money = self.money.checked_add(line.money)?;
        Some(())
    }
}

/// What is to be summed beside orders and customers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted {
    /// There is an order column; else every line is an order.
    pub orders: bool,
    /// There is a product column.
    pub products: bool,
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
    order_ids: Dictionary,
    /// The order of each id.
    order_numbers: Vec<u32>,
    pub orders: Vec<OrderSum>,
    /// The first line of each order: its row and money.
    firsts: Vec<(u64, Money)>,
    pub product_ids: Dictionary,
    pub products: Vec<Share>,
    /// The name of each product: of several the first by its letters.
    pub product_names: Vec<Vec<u8>>,
    /// Customer and product together.
    pairs: hashbrown::HashSet<u64, foldhash::fast::FixedState>,
    /// Whether different products could be counted to the end.
    pub has_products: bool,
    pub country_ids: Dictionary,
    pub countries: Vec<Share>,
    pub days: BTreeMap<i32, Share>,
    /// The day of the last line, and its share so far.
    today: (i32, Share),
    /// The used row of the most money, by its amount: the row and its money.
    pub largest: Option<(u64, Money)>,
    /// The lines of the first rows used.
    pub first_lines: Vec<u64>,
    /// The last date of the rows used by its letters, where dates are compared as texts.
    pub latest_text: Option<Vec<u8>>,
    /// The first and the last row used.
    pub span: Option<(Moment, Moment)>,
    pub hours: Vec<Share>,
    seen: hashbrown::HashSet<u64, foldhash::fast::FixedState>,
    row_hashes: Option<Vec<Vec<u64>>>,
    hashed: u64,
    key: Vec<u8>,
    last_country: u32,
    last_customer: Option<(Vec<u8>, u32)>,
    last_order: Option<(u32, Vec<u8>, u32)>,
}

/// Beyond so many rows equal ones are no longer looked for, unless they are to be set aside: each
/// takes 8 bytes.
pub(crate) const MOST_HASHES: u64 = 8_000_000;

/// More pairs of customer and product than this are not counted: they would take memory and time beyond
/// what the figure is worth.
const MOST_PAIRS: usize = 1_000_000;

/// A sum of money went beyond what can be held, some 10²³.
#[derive(Debug)]
pub(crate) struct TooMuch;

impl Sums {
    pub(crate) fn new(wanted: Wanted) -> Sums {
        let state = foldhash::fast::FixedState::with_seed(0);
        Sums {
            wanted,
            steps: vec![Default::default(); wanted.used as usize],
            rows: 0,
            used_rows: 0,
            returns: 0,
            customer_ids: Dictionary::default(),
            customers: Vec::new(),
            order_ids: Dictionary::default(),
            order_numbers: Vec::new(),
            orders: Vec::new(),
            firsts: Vec::new(),
            product_ids: Dictionary::default(),
            products: Vec::new(),
            product_names: Vec::new(),
            pairs: hashbrown::HashSet::with_hasher(state.clone()),
            has_products: wanted.products,
            country_ids: Dictionary::default(),
            countries: Vec::new(),
            days: BTreeMap::new(),
            today: Default::default(),
            largest: None,
            first_lines: Vec::new(),
            latest_text: None,
            span: None,
            hours: vec![Share::default(); 7 * 24],
            seen: hashbrown::HashSet::with_hasher(state),
            row_hashes: (!wanted.deduplicate).then(|| vec![Vec::new(); 256]),
            hashed: 0,
            key: Vec::new(),
            last_country: 0,
            last_customer: None,
            last_order: None,
        }
    }

    /// Adds a line; returns the step at which it is counted.
    pub(crate) fn add(&mut self, block: &[u8], line: &Line, row: u64) -> Result<u8, TooMuch> {
        self.rows += 1;
        let mut step = line.step;
        if step == self.wanted.used && self.wanted.deduplicate && !self.seen.insert(line.row_hash) {
            step = self.wanted.duplicate;
        }
        self.look_for_duplicates(line.row_hash);
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

    /// Gives up the search for equal rows, where rows are read in part.
    pub(crate) fn leave_duplicates(&mut self) {
        self.row_hashes = None;
    }

    fn look_for_duplicates(&mut self, row_hash: u64) {
        if let Some(hashes) = &mut self.row_hashes {
            hashes[(row_hash >> 56) as usize].push(row_hash);
            self.hashed += 1;
            if self.hashed > MOST_HASHES {
                self.row_hashes = None;
            }
        }
    }

    /// Rows equal to an earlier one; `None` if they were not looked for to the end.
    pub(crate) fn duplicates(&mut self) -> Option<u64> {
        let hashes = self.row_hashes.take()?;
        let in_one = |mut hashes: Vec<u64>| {
            hashes.sort_unstable();
            hashes.windows(2).filter(|pair| pair[0] == pair[1]).count() as u64
        };
        Some(hashes.into_iter().map(in_one).sum())
    }

    fn customer(&mut self, block: &[u8], line: &Line) -> u32 {
        let id = line.customer.of(block);
        if let Some((last, number)) = &self.last_customer
            && last == id
        {
            return *number;
        }
        let number = self.customer_ids.number(line.customer_hash, id);
        if number as usize == self.customers.len() {
            self.customers.push(CustomerSum::default());
        }
        let (last, known) = self.last_customer.get_or_insert_default();
        last.clear();
        last.extend_from_slice(id);
        *known = number;
        number
    }

    fn order(&mut self, block: &[u8], line: &Line, customer: u32) -> u32 {
        let new = OrderSum {
            customer,
            lines: 0,
            money: Money::ZERO,
            moment: line.moment,
            country: NOWHERE,
        };
        if !self.wanted.orders || line.order.is_empty() {
            self.orders.push(new);
            return self.orders.len() as u32 - 1;
        }
        let id = line.order.of(block);
        if let Some((of, last, number)) = &self.last_order
            && *of == customer
            && last == id
        {
            return *number;
        }
        self.key.clear();
        self.key.extend_from_slice(&customer.to_le_bytes());
        self.key.extend_from_slice(id);
        let known = self.order_ids.number(hash(&self.key), &self.key) as usize;
        // Lines without an order's id are orders of their own, so the two counts differ.
        let number = match self.order_numbers.get(known) {
            Some(number) => *number,
            None => {
                self.orders.push(new);
                let number = self.orders.len() as u32 - 1;
                self.order_numbers.push(number);
                number
            }
        };
        let (of, last, at) = self.last_order.get_or_insert_default();
        *of = customer;
        last.clear();
        last.extend_from_slice(id);
        *at = number;
        number
    }

    fn use_line(&mut self, block: &[u8], line: &Line, customer: u32, row: u64) -> Option<()> {
        let of_customer = &mut self.customers[customer as usize];
        of_customer.quantity = of_customer.quantity.checked_add(line.quantity)?;
        of_customer.cost = of_customer.cost.checked_add(line.cost)?;
        if line.is_return {
            self.returns += 1;
            of_customer.return_lines += 1;
            of_customer.returned = of_customer.returned.checked_add(line.money)?;
        } else {
            of_customer.lines += 1;
            let (first, last) = of_customer.span.unwrap_or((line.moment, line.moment));
            of_customer.span = Some((first.min(line.moment), last.max(line.moment)));
            of_customer.bought = of_customer.bought.checked_add(line.money)?;
        }
        let order = self.order(block, line, customer) as usize;
        if self.wanted.first_line {
            self.firsts.resize(self.orders.len(), (u64::MAX, Money::ZERO));
            if row < self.firsts[order].0 {
                self.firsts[order] = (row, line.money);
            }
        }
        let country = self.country(block, line);
        let sum = &mut self.orders[order];
        if !line.is_return {
            sum.moment = if sum.lines == 0 { line.moment } else { sum.moment.min(line.moment) };
            sum.lines += 1;
        }
        if !(line.is_return && self.wanted.separate) {
            sum.money = sum.money.checked_add(line.money)?;
        }
        if country != NOWHERE {
            // Of two countries the first by its letters, whichever row comes first.
            let ids = &self.country_ids;
            if sum.country == NOWHERE
                || (sum.country != country && ids.text(country) < ids.text(sum.country))
            {
                sum.country = country;
            }
            self.countries[country as usize].add(line)?;
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
        self.add_to_day(line)?;
        let hour = (line.moment.day().weekday() - 1) * 24 + line.moment.hour();
        self.hours[hour as usize].add(line)?;
        if self.wanted.products && !line.product.is_empty() {
            self.product(block, line, customer)?;
        }
        Some(())
    }

    /// Neighbouring lines are mostly of one day.
    fn add_to_day(&mut self, line: &Line) -> Option<()> {
        let day = line.moment.day().number();
        if self.today.0 != day {
            self.end_day();
            self.today.0 = day;
        }
        self.today.1.add(line)
    }

    /// Adds the lines of the day at hand to those of the same day before.
    fn end_day(&mut self) {
        let (day, share) = std::mem::take(&mut self.today);
        if share.lines > 0 {
            let known = self.days.entry(day).or_default();
            known.lines += share.lines;
            // What overflows here has overflowed in the customer's sum before.
            known.quantity = known.quantity.checked_add(share.quantity).unwrap_or_default();
            known.money = known.money.checked_add(share.money).unwrap_or_default();
        }
    }

    fn country(&mut self, block: &[u8], line: &Line) -> u32 {
        if line.country.is_empty() {
            return NOWHERE;
        }
        let name = line.country.of(block);
        if !self.countries.is_empty() && self.country_ids.text(self.last_country) == name {
            return self.last_country;
        }
        let number = self.country_ids.number(hash(name), name);
        if number as usize == self.countries.len() {
            self.countries.push(Share::default());
        }
        self.last_country = number;
        number
    }

    fn product(&mut self, block: &[u8], line: &Line, customer: u32) -> Option<()> {
        let number = self.product_ids.number(line.product_hash, line.product.of(block));
        if number as usize == self.products.len() {
            self.products.push(Share::default());
            self.product_names.push(Vec::new());
        }
        self.products[number as usize].add(line)?;
        let name = line.description.of(block);
        let known = &mut self.product_names[number as usize];
        if !name.is_empty() && (known.is_empty() || name < known.as_slice()) {
            *known = name.to_vec();
        }
        if !line.is_return && self.has_products {
            let pair = u64::from(customer) << 32 | u64::from(number);
            if self.pairs.insert(pair) {
                self.customers[customer as usize].products += 1;
            }
            if self.pairs.len() > MOST_PAIRS {
                self.has_products = false;
                self.pairs = hashbrown::HashSet::with_hasher(self.pairs.hasher().clone());
            }
        }
        Some(())
    }

    /// Frees what only adding needs, and lets orders count by their first lines if that is asked for.
    pub(crate) fn close(&mut self) {
        self.end_day();
        self.customer_ids.close();
        self.order_ids = Dictionary::default();
        self.order_numbers = Vec::new();
        self.pairs.clear();
        self.pairs.shrink_to_fit();
        self.seen.clear();
        self.seen.shrink_to_fit();
        for (order, (_, money)) in self.orders.iter_mut().zip(&self.firsts) {
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
            duplicates: self.duplicates(),
        })
    }
}

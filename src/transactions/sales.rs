//! From files of sales lines to the sums over them.

use super::condition::{Condition, Kind as ColumnKind, Named};
use super::front::Front;
use super::ledger::Ledger;
use super::pass::{Broken, Opened, Seen, pass, unkept};
use super::plan::Plan;
use super::source::{Kind, Source, Whole, older, sources, taken_as};
use super::spool::Spool;
use super::sums::{ByCustomer, OrderSum, Sums, Wanted};
use super::{
    Clock, Columns, DateFinding, DateOrder, DateStyle, Day, Level, Moment, Money, NumberFinding,
    NumberStyle, Options, Read, Returns, Role,
};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::{count, list, plain};
use encoding_rs::Encoding;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far reading has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read of the files as they are stored.
    pub bytes: u64,
    /// Bytes of all files; 0 if that is not known.
    pub bytes_in_all: u64,
    /// Rows read.
    pub rows: u64,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceFile {
    /// Its name without its folder.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// What was read, and where it went.
#[derive(Clone, Debug)]
pub struct Account {
    /// The files.
    pub files: Vec<SourceFile>,
    /// Which column has which role.
    pub columns: Columns,
    /// Where all rows and all money went.
    pub ledger: Ledger,
    /// The reference date.
    pub as_of: Day,
    /// Whether the reference date was left to us: the last date of the rows used plus one day.
    pub as_of_by_default: bool,
    /// The first row used.
    pub first: Moment,
    /// The last row used.
    pub last: Moment,
    /// What was done with returns.
    pub returns: Returns,
    /// Whether rows equal to an earlier one were not counted by choice.
    pub ignores_repeats: bool,
    /// What a row was.
    pub level: Level,
}

/// Sales lines, summed, with the account of them.
pub struct Sales {
    account: Account,
    /// The rows set aside, as CSV, if that was asked for.
    pub set_aside: Option<Vec<u8>>,
    /// Whether lines were joined to orders by an id; else every line is an order.
    pub has_orders: bool,
    /// The row of the most money.
    largest: Option<(Place, Money)>,
    /// Whether an order's money is that of its first line.
    first_line: bool,
    /// The steps that a row can be set aside at.
    steps: usize,
    pub(crate) sums: Sums,
    orders: ByCustomer,
}

impl std::ops::Deref for Sales {
    type Target = Account;

    fn deref(&self) -> &Account {
        &self.account
    }
}

impl Sales {
    /// The account alone; the sums, which may take much room, are freed.
    pub fn into_account(self) -> Account {
        self.account
    }

    /// The steps that a row can be set aside at.
    pub(crate) fn ledger_steps(&self) -> usize {
        self.steps
    }

    /// The orders with a purchase of a customer, in the order of their moments.
    pub(crate) fn orders_of(&self, customer: u32) -> impl ExactSizeIterator<Item = &OrderSum> {
        self.orders.of(customer).iter().map(|order| &self.sums.orders.sums[*order as usize])
    }

    /// The same, as places among all orders.
    pub(crate) fn order_numbers(&self, customer: u32) -> &[u32] {
        self.orders.of(customer)
    }

    /// A customer's money: purchases, less returns unless these are kept apart; or that of the orders,
    /// where orders go by their first lines.
    pub(crate) fn customer_money(&self, number: u32, orders: Option<Money>) -> Money {
        if self.first_line {
            return orders.unwrap_or_default();
        }
        let customer = &self.sums.customers[number as usize];
        let returned =
            if self.returns == Returns::Separate { Money::ZERO } else { customer.returned };
        // Each part was added up within the limits; their sum lies between them.
        customer.bought.checked_add(returned).unwrap_or_default()
    }

    /// The place and money of the row that holds more than half of all money, if one of at least ten
    /// does.
    pub fn outlier(&self) -> Option<(&Place, Money)> {
        let (place, money) = self.largest.as_ref()?;
        let is_odd = self.ledger.rows_used >= 10
            && money.abs().to_f64() * 2.0 > self.ledger.money_used.abs().to_f64();
        is_odd.then_some((place, *money))
    }

    /// How many different products the rows used name.
    pub fn products_sold(&self) -> usize {
        self.sums.product_ids.len()
    }

    /// The lines of the first five rows used, counted from 1 with the header.
    pub fn first_lines(&self) -> &[u64] {
        &self.sums.first_lines
    }

    /// The last date of the rows used by its letters, where dates are compared as texts.
    pub fn latest_date_text(&self) -> Option<String> {
        let text = self.sums.latest_text.as_ref()?;
        Some(String::from_utf8_lossy(text).into_owned())
    }

    /// Whether there is a cost column.
    pub fn has_cost(&self) -> bool {
        self.columns.at(Role::Cost).is_some()
    }

    /// Whether there is a quantity column.
    pub fn has_quantity(&self) -> bool {
        self.columns.at(Role::Quantity).is_some()
    }
}

/// Reads sales lines from files, folders, patterns or `-`, standard input, in one pass.
///
/// Faults: a source that cannot be read, a column that is missing, dates or numbers that can be read in
/// two ways, no row that can be used. Guesses are notes, and what is odd is a warning.
pub fn read(
    asked: &[String],
    options: &Options,
    log: &mut Diagnostics,
    progress: &mut dyn FnMut(Progress),
) -> Result<Sales, Error> {
    let mut files = sources(asked, log);
    log.refuse_if_faulty()?;
    let _held = stdin_to_file(&mut files)?;
    let mut styles = Styles::asked(options);
    // A text may show only later how its dates and numbers are written; then it is read again.
    for _ in 0..4 {
        let mut own = Diagnostics::new();
        let attempt = attempt(&files, options, &mut styles, &mut own, progress);
        match attempt {
            Ok(None) => continue,
            Ok(Some(sales)) => {
                log.extend(own);
                return Ok(sales);
            }
            Err(error) => {
                log.extend(own);
                return Err(joined(error, log));
            }
        }
    }
    Err(Error::internal("the ways in which dates are written do not settle"))
}

/// An error with the diagnostics that were there before.
fn joined(error: Error, log: &Diagnostics) -> Error {
    match error {
        Error::Input(faults) => {
            let mut all = log.clone();
            for fault in faults.iter() {
                if !all.iter().any(|known| known == fault) {
                    all.push(fault.clone());
                }
            }
            Error::Input(all)
        }
        failure => failure,
    }
}

/// How dates and numbers are written.
#[derive(Clone)]
struct Styles {
    dates: Option<DateStyle>,
    dates_told: bool,
    numbers: Option<NumberStyle>,
    numbers_told: bool,
    clock: Option<Clock>,
    /// The encodings of sources that began as UTF-8 and were not, with the first line that shows it.
    encodings: BTreeMap<String, (&'static Encoding, u64)>,
    encoding_told: bool,
}

impl Styles {
    fn asked(options: &Options) -> Styles {
        Styles {
            dates: options.date_style.clone(),
            dates_told: options.date_style.is_some(),
            numbers: options.number_style,
            numbers_told: options.number_style.is_some(),
            clock: options.zone.clone().map(Clock::In),
            encodings: BTreeMap::new(),
            encoding_told: options.encoding.is_some(),
        }
    }

    /// Whether any of them has still to be found out.
    fn are_open(&self) -> bool {
        self.dates.is_none() || self.numbers.is_none()
    }
}

/// Standard input becomes a file, since it may have to be read twice.
fn stdin_to_file(files: &mut [Source]) -> Result<Option<tempfile::NamedTempFile>, Error> {
    let Some(stdin) = files.iter_mut().find(|source| source.name == "-") else { return Ok(None) };
    let failed = |error: std::io::Error| {
        Error::from(
            Diagnostic::error(Code::FileUnreadable, format!("cannot read: {error}"))
                .at(Place::file("standard input")),
        )
    };
    let mut file = tempfile::NamedTempFile::new().map_err(failed)?;
    std::io::copy(&mut std::io::stdin().lock(), &mut file).map_err(failed)?;
    stdin.path = Some(file.path().to_path_buf());
    stdin.name = "standard input".to_string();
    Ok(Some(file))
}

/// Reads everything once. `None` if it has to be read again, in other styles.
fn attempt(
    files: &[Source],
    options: &Options,
    styles: &mut Styles,
    log: &mut Diagnostics,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<Sales>, Error> {
    let bytes_read = Arc::new(AtomicU64::new(0));
    let sizes: Vec<u64> = files.iter().map(Source::size).collect();
    let bytes_in_all = sizes.iter().sum();
    let period = Period::of(options, log);
    log.refuse_if_faulty()?;
    let threads = match options.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let mut seen = Seen::default();
    let mut sums: Option<Sums> = None;
    let mut spool = None;
    let mut columns: Option<Columns> = None;
    let mut reasons = Vec::new();
    for (number, source) in files.iter().enumerate() {
        let before = source.state();
        let opened =
            open_source(source, options, styles, &period, columns.as_ref(), &bytes_read, log)?;
        let Some(opened) = opened else { continue };
        if columns.is_none() {
            columns = Some(opened.plan.columns.clone());
            reasons = opened.plan.steps.clone();
            if options.keep_set_aside {
                spool = Some(Spool::new(&opened.header).map_err(unkept)?);
            }
        }
        let at = |role| opened.plan.columns.at(role).is_some();
        let sums = sums.get_or_insert_with(|| {
            Sums::new(Wanted {
                orders: at(Role::Order),
                products: at(Role::Product),
                costs: at(Role::Cost),
                countries: at(Role::Country),
                repeats: !options.deduplicate && !options.ignore_repeats,
                deduplicate: options.deduplicate,
                first_line: options.compat.first_line,
                text_dates: options.compat.text_dates,
                separate: options.returns == Returns::Separate,
                duplicate: opened.plan.duplicate(),
                used: opened.plan.used(),
            })
        });
        if !opened.rows.are_hashed() {
            sums.leave_duplicates();
        }
        if let Some(zone) = opened.rows.zone() {
            seen.zones.push((zone.to_string(), super::parse::row_key(seen.blocks.len() as u32, 0)));
        }
        let mut tell = |rows| {
            let bytes = bytes_read.load(Ordering::Relaxed);
            progress(Progress { bytes, bytes_in_all, rows });
        };
        pass(number as u32, opened, threads, sums, &mut seen, &mut spool, &mut tell)
            .map_err(|broken| broken.told(source))?;
        if source.state() != before {
            let fault = Diagnostic::error(Code::FileChanged, "the file changed while it was read")
                .at(Place::file(&source.name))
                .hint("wait until it is written, or read a copy of it");
            return Err(fault.into());
        }
    }
    log.refuse_if_faulty()?;
    let (Some(mut sums), Some(columns)) = (sums, columns) else {
        return Err(Diagnostic::error(Code::NoRows, "there are no sales lines").into());
    };
    if !styles.decode(files, &seen, log) {
        return Ok(None);
    }
    let place = |row: u64| place(files, &seen, row);
    if !styles.settle(&seen, &place, log)? {
        return Ok(None);
    }
    let too_much = |_| Broken::TooMuch.told(&files[0]);
    if options.level == Level::Customer {
        one_row_each(&sums, &files[0])?;
    }
    let ledger = sums.ledger(&reasons).map_err(too_much)?;
    sums.close();
    let Some((first, last)) = sums.span else { return Err(nothing_used(files, &ledger)) };
    let set_aside = spool.map(Spool::read).transpose().map_err(unkept)?;
    let largest = sums.largest.map(|(row, money)| (place(row), money));
    let by_default = Day::from_number(last.day().number() + 1).unwrap_or(last.day());
    let files = files
        .iter()
        .zip(sizes)
        .map(|(source, bytes)| SourceFile { file: source.short_name(), bytes });
    let has_orders = columns.at(Role::Order).is_some();
    let account = Account {
        files: files.collect(),
        columns,
        ledger,
        as_of: period.as_of.unwrap_or(by_default),
        as_of_by_default: period.as_of.is_none(),
        first,
        last,
        returns: options.returns,
        ignores_repeats: options.ignore_repeats,
        level: options.level,
    };
    Ok(Some(Sales {
        account,
        has_orders,
        set_aside,
        largest,
        first_line: options.compat.first_line,
        steps: reasons.len(),
        orders: ByCustomer::new(&sums.orders.sums, sums.customers.len()),
        sums,
    }))
}

/// Faults for customers with several rows, where a row is a customer.
fn one_row_each(sums: &Sums, source: &Source) -> Result<(), Error> {
    let many = sums.customers.iter().zip(0..).filter(|(customer, _)| customer.lines > 1);
    let mut names: Vec<String> = many
        .map(|(_, number)| plain(&String::from_utf8_lossy(sums.customer_ids.text(number))))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    names.sort();
    let shown: Vec<&str> = names.iter().take(5).map(String::as_str).collect();
    let message = match names.len() {
        1 => format!("the customer {} has several rows", shown[0]),
        all => format!("{all} customers have several rows, such as {}", list(&shown)),
    };
    let fault = Diagnostic::error(Code::CustomerDuplicate, message)
        .at(Place::file(&source.name))
        .hint("keep one row for each; or, if the rows are sales, leave out --level customer");
    Err(fault.into())
}

impl Styles {
    /// Whether every text was read in its encoding; if not, it is now known.
    fn decode(&mut self, files: &[Source], seen: &Seen, log: &mut Diagnostics) -> bool {
        let mut decoded = true;
        for (source, (line, around)) in &seen.broken {
            let name = files.get(*source as usize).map_or("", |source| source.name.as_str());
            if self.encoding_told || self.encodings.contains_key(name) {
                let message = "the text is not in the encoding that was told; what cannot be read is shown as \u{fffd}";
                let place = Place::line(name, *line as usize, None);
                log.push(Diagnostic::warning(Code::EncodingGuessed, message).at(place));
            } else {
                self.encodings.insert(name.to_string(), (older(around), *line));
                decoded = false;
            }
        }
        if decoded {
            for (name, (encoding, line)) in &self.encodings {
                log.push(taken_as(encoding, Place::line(name, *line as usize, None)));
            }
        }
        decoded
    }

    /// Whether everything was read in the styles that it is written in; if not, they are now known.
    fn settle(
        &mut self,
        seen: &Seen,
        place: &dyn Fn(u64) -> Place,
        log: &mut Diagnostics,
    ) -> Result<bool, Error> {
        let mut settled = true;
        if !self.dates_told {
            let finding = seen.dates.finding();
            log.extend(finding.diagnostic(place, "--date-format").into_iter().collect());
            if let DateFinding::Clear(style) = finding
                && self.dates.as_ref() != Some(&style)
            {
                self.dates = Some(style);
                settled = false;
            }
            let clock = seen.dates.offsets().clock(None);
            match &self.clock {
                None if clock != Clock::AsWritten => {
                    self.clock = Some(clock);
                    settled = false;
                }
                _ => {}
            }
            if self.clock == Some(Clock::In(super::Zone::utc()))
                && let Some((one, other)) = seen.dates.offsets().differing()
            {
                let message = format!(
                    "dates are written for different time zones, as “{}” and “{}”, and are taken in UTC",
                    one.text, other.text
                );
                let warning = Diagnostic::warning(Code::TimeZonesDiffer, message)
                    .at(place(other.row))
                    .hint("give --time-zone, such as Europe/London, for the calendar that counts");
                log.push(warning);
            }
        }
        if let Some((one, (other, row))) = differing(&seen.zones) {
            match &self.clock {
                None => {
                    self.clock = Some(Clock::In(super::Zone::utc()));
                    settled = false;
                }
                Some(clock) if *clock == Clock::In(super::Zone::utc()) => {
                    let message = format!(
                        "dates are those of different time zones, {one} and {other}, and are taken in UTC"
                    );
                    let warning =
                        Diagnostic::warning(Code::TimeZonesDiffer, message).at(place(*row)).hint(
                            "give --time-zone, such as Europe/London, for the calendar that counts",
                        );
                    log.push(warning);
                }
                Some(_) => {}
            }
        }
        if !self.numbers_told {
            let finding = seen.numbers.finding();
            log.extend(finding.diagnostic(place, "--decimal").into_iter().collect());
            if let NumberFinding::Clear(style) = finding
                && self.numbers != Some(style)
            {
                self.numbers = Some(style);
                settled = false;
            }
        }
        log.refuse_if_faulty()?;
        Ok(settled)
    }
}

/// The first zone, and the first other one with its row.
fn differing(zones: &[(String, u64)]) -> Option<(&str, &(String, u64))> {
    let (first, _) = zones.first()?;
    let other = zones.iter().find(|(zone, _)| zone != first)?;
    Some((first, other))
}

/// Where a row stands.
fn place(files: &[Source], seen: &Seen, row: u64) -> Place {
    let (block, line) = ((row >> 32) as usize, row & u64::from(u32::MAX));
    let (source, first) = seen.blocks.get(block).copied().unwrap_or_default();
    let Some(source) = files.get(source as usize) else { return Place::file("") };
    let number = (first + line) as usize;
    match source.kind {
        Kind::Parquet => Place::row(&source.name, number),
        Kind::Text | Kind::Sheet => Place::line(&source.name, number, None),
    }
}

/// The period and the reference date as they were asked for.
struct Period {
    as_of: Option<Day>,
    from: Option<Moment>,
    to: Option<Moment>,
    latest: Option<Moment>,
}

impl Period {
    fn of(options: &Options, log: &mut Diagnostics) -> Period {
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

/// Opens a source and makes the plan for its rows. `None` if it has no rows at all.
fn open_source(
    source: &Source,
    options: &Options,
    styles: &mut Styles,
    period: &Period,
    columns: Option<&Columns>,
    bytes_read: &Arc<AtomicU64>,
    log: &mut Diagnostics,
) -> Result<Option<Opened>, Error> {
    let found = styles.encodings.get(&source.name).map(|(encoding, _)| *encoding);
    let front = Front::open(source, options, found, bytes_read, log)?;
    let names = front.names();
    if names.iter().all(|name| name.trim().is_empty()) {
        let fault = Diagnostic::error(Code::FileEmpty, "the file holds no sales lines")
            .at(Place::file(&source.name))
            .hint("the first line names the columns, each further line is a sale");
        return Err(fault.into());
    }
    // Further files have the columns of the first, in any order.
    let asked: Vec<(Role, String)> = match columns {
        None => options.columns.clone(),
        Some(first) => {
            let known = |role| first.iter().find(|column| column.role == role);
            let name = |role| known(role).map_or(String::new(), |column| column.column.clone());
            Role::ALL.into_iter().map(|role| (role, name(role))).collect()
        }
    };
    let found = Columns::find(&names, &asked, options.level, &Place::file(&source.name), log);
    if found.at(Role::Date).is_none() && found.at(Role::Recency).is_some() && period.as_of.is_none()
    {
        let fault = Diagnostic::error(
            Code::DateInvalid,
            "days since the last purchase need the day from which they count",
        )
        .at(Place::option("--as-of"))
        .hint("give it, such as --as-of 2011-12-10");
        log.push(fault);
    }
    let kinds: Vec<Named> = names
        .iter()
        .enumerate()
        .map(|(at, name)| Named {
            name: plain(name),
            role: role_at(&found, at),
            kind: front.kind(at).unwrap_or_else(|| kind_at(&found, at)),
        })
        .collect();
    let mut conditions = Vec::new();
    for text in &options.conditions {
        match Condition::parse(text, &kinds, &Place::option("--where")) {
            Ok(condition) => conditions.push(condition),
            Err(Error::Input(faults)) => log.extend(faults),
            Err(failure) => return Err(failure),
        }
    }
    log.refuse_if_faulty()?;
    if columns.is_none()
        && let Some(guess) = found.guess()
    {
        let note =
            Diagnostic::note(Code::ColumnGuessed, format!("columns by their names: {guess}"))
                .at(Place::file(&source.name));
        log.push(note);
    }
    let compat = options.compat;
    let mut plan = Plan {
        width: names.len(),
        level: options.level,
        columns: found,
        as_of: period.as_of,
        dates: styles.dates.clone().unwrap_or(DateStyle::Shape(DateOrder::MonthFirst)),
        dates_told: styles.dates_told,
        numbers: styles.numbers.unwrap_or(NumberStyle::Dot),
        numbers_told: styles.numbers_told,
        clock: styles.clock.clone().unwrap_or(Clock::AsWritten),
        steps: Plan::reasons(&options.conditions),
        conditions,
        from: period.from,
        to: period.to,
        as_texts: compat.text_dates.then(|| (options.from.clone(), options.to.clone())),
        latest: period.latest,
        returns: options.returns,
        cancelled: options.cancelled.clone(),
        compares_rows: options.deduplicate || !options.ignore_repeats,
        compat,
    };
    let header_lines = front.header_lines();
    let delimiter = front.delimiter();
    let whole = Whole { kept: options.keep_set_aside, compared: options.deduplicate };
    let (rows, seen) = front.rows(source, &plan, whole, styles.are_open(), log)?;
    if let Some((dates, numbers)) = seen {
        plan.dates = styles.dates.get_or_insert_with(|| dates.likely()).clone();
        let likely = || numbers.finding().style().unwrap_or(plan.numbers);
        plan.numbers = *styles.numbers.get_or_insert_with(likely);
    }
    Ok(Some(Opened {
        name: source.name.clone(),
        rows,
        delimiter,
        plan,
        header_lines,
        header: names,
    }))
}

fn role_at(columns: &Columns, at: usize) -> Option<&'static str> {
    columns.iter().find(|column| column.at == at).map(|column| column.role.name())
}

fn kind_at(columns: &Columns, at: usize) -> ColumnKind {
    match columns.iter().find(|column| column.at == at).map(|column| column.role) {
        Some(
            Role::Quantity | Role::Price | Role::Amount | Role::Cost | Role::Orders | Role::Recency,
        ) => ColumnKind::Number,
        Some(Role::Date | Role::First) => ColumnKind::Moment,
        Some(_) => ColumnKind::Text,
        None => ColumnKind::Unknown,
    }
}

fn nothing_used(files: &[Source], ledger: &Ledger) -> Error {
    let reasons: Vec<String> = ledger
        .set_aside
        .iter()
        .map(|aside| format!("{} {}", count(aside.rows as usize, "row"), aside.reason.words()))
        .collect();
    let message = match reasons.is_empty() {
        true => "there are no sales lines".to_string(),
        false => format!("no row can be used: {}", reasons.join("; ")),
    };
    Diagnostic::error(Code::NoRows, message)
        .at(Place::file(files.first().map_or("", |source| source.name.as_str())))
        .hint("check the columns by --customer, --date, --amount and the conditions")
        .into()
}

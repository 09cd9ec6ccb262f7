//! How lines of sales are read, for all commands that read them.

use super::bar::Bar;
use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use custval::transactions::{
    Compat, DateStyle, Day, Level, NumberStyle, Options, Purchases, Returns, Role, Zone, read,
};
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

/// How lines of sales are read.
#[derive(clap::Args)]
#[command(next_help_heading = "Lines of sales")]
pub(super) struct SalesOptions {
    /// Whether the files' hashes are kept, as they are with results that are written.
    #[arg(skip)]
    pub(super) fingerprint: bool,

    /// The column of the customer's id
    #[arg(long, value_name = "COLUMN")]
    customer: Option<String>,

    /// The column of the order's id; without it every line is an order. `--order ''` leaves it out
    #[arg(long, value_name = "COLUMN")]
    order: Option<String>,

    /// The column of the date
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,

    /// The column of the quantity
    #[arg(long, value_name = "COLUMN")]
    quantity: Option<String>,

    /// The column of the price of one
    #[arg(long, value_name = "COLUMN")]
    price: Option<String>,

    /// The column of the line's money, where it is not quantity × price
    #[arg(long, value_name = "COLUMN")]
    amount: Option<String>,

    /// The column of the cost of one
    #[arg(long, value_name = "COLUMN")]
    cost: Option<String>,

    /// The column of the product's id
    #[arg(long, value_name = "COLUMN")]
    product: Option<String>,

    /// The column of the product's name
    #[arg(long, value_name = "COLUMN")]
    description: Option<String>,

    /// The column of the country, region or shop
    #[arg(long, value_name = "COLUMN")]
    country: Option<String>,

    /// What a row is: line (default), or customer, with its number of orders, its money, and when it bought
    /// last
    #[arg(long, value_name = "WHAT")]
    level: Option<String>,

    /// With --level customer: the column of the number of orders
    #[arg(long, value_name = "COLUMN")]
    orders: Option<String>,

    /// With --level customer: the column of the days since the last purchase, in place of --date
    #[arg(long, value_name = "COLUMN")]
    recency: Option<String>,

    /// With --level customer: the column of the date of the first purchase
    #[arg(long, value_name = "COLUMN")]
    first: Option<String>,

    /// How dates are written: dmy, mdy, ymd, excel, unix, unix-ms, or a format such as %d/%m/%Y
    #[arg(long, value_name = "FORMAT")]
    date_format: Option<String>,

    /// How numbers are written: dot (1,234.50) or comma (1.234,50)
    #[arg(long, value_name = "STYLE")]
    decimal: Option<String>,

    /// Whose calendar counts, such as Asia/Shanghai or +08:00
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,

    /// The delimiter of the text; a character, or tab
    #[arg(long, value_name = "CHAR")]
    delimiter: Option<String>,

    /// The encoding of the text: utf-8, latin1, gbk, …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// The sheet of a workbook; the first if it is left out
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

    /// A condition in SQL that rows must fulfil; given several times, one after the other
    #[arg(long = "where", value_name = "SQL")]
    conditions: Vec<String>,

    /// The reference date (default: the last date of the data plus one day)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,

    /// The first day of the period
    #[arg(long, value_name = "DATE")]
    from: Option<String>,

    /// The last day of the period
    #[arg(long, value_name = "DATE")]
    to: Option<String>,

    /// Returns: net (default) lowers money, drop sets them aside, separate keeps them apart
    #[arg(long, value_name = "RULE")]
    returns: Option<String>,

    /// What the ids of cancelled orders begin with (default: C and a digit, where money is negative)
    #[arg(long, value_name = "TEXT")]
    cancelled: Option<String>,

    /// Set aside rows equal to an earlier one in every field
    #[arg(long)]
    deduplicate: bool,

    /// Follow a known defect of a published analysis: text-dates, first-line, returns-as-purchases
    #[arg(long, value_name = "DEFECT", value_delimiter = ',')]
    compat: Vec<String>,

    /// Threads (default: as many as there are processors)
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

impl SalesOptions {
    /// The options, checked.
    pub(super) fn reading(&self, log: &mut Diagnostics) -> Options {
        let columns = [
            (Role::Customer, &self.customer),
            (Role::Order, &self.order),
            (Role::Date, &self.date),
            (Role::Quantity, &self.quantity),
            (Role::Price, &self.price),
            (Role::Amount, &self.amount),
            (Role::Cost, &self.cost),
            (Role::Product, &self.product),
            (Role::Description, &self.description),
            (Role::Country, &self.country),
            (Role::Orders, &self.orders),
            (Role::Recency, &self.recency),
            (Role::First, &self.first),
        ];
        let level = match self.level.as_deref() {
            None | Some("line") => Level::Line,
            Some("customer") => Level::Customer,
            Some(other) => {
                log.push(fault("--level", format!("a row is no `{other}`"), "line or customer"));
                Level::Line
            }
        };
        let told =
            [("--orders", &self.orders), ("--recency", &self.recency), ("--first", &self.first)];
        for (option, _) in
            told.into_iter().filter(|(_, told)| level == Level::Line && told.is_some())
        {
            let hint = "add --level customer if each row is a customer";
            log.push(fault(option, "there is no such figure in lines of sales", hint));
        }
        let columns =
            columns.into_iter().filter_map(|(role, name)| Some((role, name.clone()?))).collect();
        let date_style = self.date_format.as_ref().and_then(|format| {
            or_tell(DateStyle::parse(format, Place::option("--date-format")), log)
        });
        let zone = self
            .time_zone
            .as_ref()
            .and_then(|zone| or_tell(Zone::parse(zone, Place::option("--time-zone")), log));
        let number_style = self.decimal.as_ref().and_then(|style| {
            let found = NumberStyle::parse(style);
            if found.is_none() {
                log.push(fault(
                    "--decimal",
                    format!("`{style}` is no way to write numbers"),
                    "dot or comma",
                ));
            }
            found
        });
        let delimiter = self.delimiter.as_deref().and_then(|typed| match typed.as_bytes() {
            b"tab" | b"\\t" => Some(b'\t'),
            [one] => Some(*one),
            _ => {
                log.push(fault(
                    "--delimiter",
                    format!("`{typed}` is no delimiter"),
                    "one character, or tab",
                ));
                None
            }
        });
        let returns = match self.returns.as_deref() {
            None | Some("net") => Returns::Net,
            Some("drop") => Returns::Drop,
            Some("separate") => Returns::Separate,
            Some(other) => {
                log.push(fault(
                    "--returns",
                    format!("`{other}` is no rule for returns"),
                    "net, drop or separate",
                ));
                Returns::Net
            }
        };
        Options {
            columns,
            level,
            sheet: self.sheet.clone(),
            delimiter,
            encoding: self.encoding.clone(),
            date_style,
            number_style,
            zone,
            conditions: self.conditions.clone(),
            as_of: self.as_of.clone(),
            today: today(),
            from: self.from.clone(),
            to: self.to.clone(),
            returns,
            cancelled: self.cancelled.clone(),
            deduplicate: self.deduplicate,
            ignore_repeats: false,
            keep_set_aside: false,
            fingerprint: self.fingerprint,
            compat: compat(&self.compat, log),
            threads: self.threads.unwrap_or(0),
        }
    }
}

/// Today in UTC, or the day that SOURCE_DATE_EPOCH names, so that a run can be repeated to the byte.
fn today() -> Option<Day> {
    let told = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
    // Somewhere it is already tomorrow.
    let days = told.or_else(now)? / 86_400 + 1;
    Day::from_number(i32::try_from(days).ok()?)
}

fn compat(defects: &[String], log: &mut Diagnostics) -> Compat {
    let mut compat = Compat::default();
    for defect in defects {
        let what = match defect.as_str() {
            "text-dates" => {
                compat.text_dates = true;
                "dates are compared with --from and --to as texts, so that months and days fall in the wrong order"
            }
            "first-line" => {
                compat.first_line = true;
                "an order's money is that of its first line; the other lines are lost"
            }
            "returns-as-purchases" => {
                compat.returns_as_purchases = true;
                "returns count as purchases: they raise frequency and set dates"
            }
            other => {
                let hint = "text-dates, first-line, returns-as-purchases";
                log.push(fault("--compat", format!("there is no defect `{other}`"), hint));
                continue;
            }
        };
        log.push(Diagnostic::warning(Code::CompatUsed, what).at(Place::option("--compat")));
    }
    compat
}

impl SalesOptions {
    /// The customers of the sales in the files; `None` where there are no files.
    pub(super) fn purchases(
        &self,
        files: &[String],
        columns: &BTreeMap<Role, String>,
        log: &mut Diagnostics,
    ) -> Result<Option<Purchases>, Error> {
        if files.is_empty() {
            return Ok(None);
        }
        let mut reading = self.reading(log);
        map_columns(&mut reading, columns);
        log.refuse_if_faulty()?;
        passed(files, &reading, log).map(Some)
    }
}

/// One pass over the sales.
pub(super) fn passed(
    files: &[String],
    reading: &Options,
    log: &mut Diagnostics,
) -> Result<Purchases, Error> {
    let mut bar = Bar::new();
    let sales = read(files, reading, log, &mut |progress| bar.tell(progress))?;
    bar.end();
    Ok(Purchases::of(sales, log))
}

/// Columns that the model maps, unless options do.
pub(super) fn map_columns(reading: &mut Options, columns: &BTreeMap<Role, String>) {
    for (role, header) in columns {
        if reading.columns.iter().all(|(asked, _)| asked != role) {
            reading.columns.push((*role, header.clone()));
        }
    }
}

/// What was found; faults go to the log.
fn or_tell<T>(found: Result<T, Error>, log: &mut Diagnostics) -> Option<T> {
    match found {
        Ok(found) => Some(found),
        Err(Error::Input(faults)) => {
            log.extend(faults);
            None
        }
        Err(Error::Failure(fault)) => {
            log.push(*fault);
            None
        }
    }
}

pub(super) fn fault(
    option: &str,
    message: impl Into<String>,
    hint: impl Into<String>,
) -> Diagnostic {
    Diagnostic::error(Code::RfmOptionsMisfit, message).at(Place::option(option)).hint(hint)
}

//! `custval rfm`: from sales lines to scores, segments and lists.

use super::options::word;
use super::output::Output;
use super::table_kind::TableKind;
use super::{Format, conclude, print, print_json, print_with, write_json};
use custval::Error;
use custval::cluster::Standardise;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use custval::report;
use custval::rfm::{
    Analysis, Clustering, Method, Options, RfmModel, Rules, SegmentMap, Transform, analyse, method,
};
use custval::text::list;
use custval::transactions::{
    Compat, DateStyle, Day, Metric, NumberStyle, Options as SalesOptions, Progress, Returns, Role,
    Zone, read,
};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Recency, frequency and money of each customer from sales lines, with segments and lists
#[derive(clap::Args)]
#[command(after_help = "\
Reads CSV (also .gz and .zst), workbooks, Parquet (where built with it), folders, patterns, and - for
standard input.
Writes into DIR: rfm.xlsx, result.json and a folder of tables.

Examples:
  custval rfm sales.csv -o out
  custval rfm 'sales/2023-*.csv.gz' --customer CustomerID --order InvoiceNo -o out
  custval rfm sales.csv --where \"Country = 'United Kingdom' AND Quantity > 0\" --as-of 2011-12-10
  custval rfm sales.xlsx --bins 4 --map notebook --returns drop
  custval rfm sales.csv --method kmeans --bins 4 --weights 0.2,0.3,0.5 --format json
  custval rfm sales.csv --clusters 4 --transform log
  custval rfm visits.csv --model rfe --amount pages
  custval rfm sales.csv --set-aside rows.csv
  custval rfm sales.csv --only win_back > win_back.csv
  custval rfm sales/ --tables csv,parquet -o out")]
pub(crate) struct Args {
    /// Files, folders or patterns of sales lines; - for standard input
    #[arg(required = true)]
    files: Vec<String>,

    /// What is scored: rfm (default), lrfm, lrfmp, rfe, or a model file
    #[arg(long, value_name = "NAME|FILE")]
    model: Option<String>,

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

    /// Write the rows set aside, with their reasons, to this file
    #[arg(long, value_name = "FILE")]
    set_aside: Option<PathBuf>,

    /// How many levels each score has (default 5)
    #[arg(long, value_name = "N")]
    bins: Option<u32>,

    /// How figures become scores: quantile (default), rank, cuts, kmeans, mean, lloyd, quantile-plus-one
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,

    /// Cut points for one letter, ascending: R=30,90,180; once for each letter
    #[arg(long, value_name = "LETTER=A,B,…")]
    cuts: Vec<String>,

    /// The segment map: rf-10, rfm-10, rfm-11, rfm-11-r02, quartiles-5, notebook, eight-groups,
    /// deck-value, deck-loyalty, a file, or none
    #[arg(long, value_name = "NAME|FILE")]
    map: Option<String>,

    /// Weights of the figures in the weighted score
    #[arg(long, value_name = "R,F,M", value_delimiter = ',')]
    weights: Option<Vec<f64>>,

    /// Tiers by money with the shares of customers down to which they go
    #[arg(long, value_name = "S=0.05,A=0.2,…")]
    tiers: Option<String>,

    /// Cluster the customers by all figures together into K clusters
    #[arg(long, value_name = "K")]
    clusters: Option<usize>,

    /// What is done to the figures before they are clustered: log (default), box-cox, none
    #[arg(long, value_name = "HOW")]
    transform: Option<String>,

    /// And then: z (default), min-max, none
    #[arg(long, value_name = "HOW")]
    standardise: Option<String>,

    /// The seed of the clusters' starts
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// How many customers a list holds at most (default 100)
    #[arg(long, value_name = "N")]
    list: Option<usize>,

    /// A customer silent for more days than this is lost (default 90)
    #[arg(long, value_name = "DAYS")]
    silence: Option<u32>,

    /// The best so many of a tier who may come up to the tier above (default 0.1)
    #[arg(long, value_name = "SHARE")]
    upgrade_share: Option<f64>,

    /// The share of them assumed to do so (default 0.2)
    #[arg(long, value_name = "SHARE")]
    upgrade_rate: Option<f64>,

    /// Follow a known defect of a published analysis: text-dates, first-line, returns-as-purchases
    #[arg(long, value_name = "DEFECT", value_delimiter = ',')]
    compat: Vec<String>,

    /// Threads (default: as many as there are processors)
    #[arg(long, value_name = "N")]
    threads: Option<usize>,

    /// What the tables in the folder are written as: csv (default), parquet, or both
    #[arg(long, value_name = "csv,parquet", value_delimiter = ',')]
    tables: Vec<String>,

    /// The folder for the results; nothing is written without it
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Write over files that are there already
    #[arg(long)]
    force: bool,

    /// Print only this table, as CSV: customers, segments, win_back, months, …; `scores` reads no more than
    /// the scores need, and is the fastest
    #[arg(long, value_name = "TABLE", conflicts_with_all = ["output", "format"])]
    only: Option<String>,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let kinds = TableKind::asked(&args.tables, &mut log);
    let result = analysed(&args, &mut log);
    let (analysis, set_aside) = conclude(result, &log, args.format)?;
    let mut output = Output::default();
    if let (Some(file), Some(rows)) = (&args.set_aside, set_aside) {
        output.add(file, rows);
    }
    if let Some(folder) = &args.output {
        super::progress("writing the report");
        let analysis = &analysis;
        output.add_written(folder.join("rfm.xlsx"), |file| {
            report::write_sales_workbook(analysis, file)
        });
        output.add_written(folder.join("result.json"), |file| write_json(analysis, file));
        for kind in kinds {
            let path = |name: &str| folder.join("tables").join(format!("{name}.{}", kind.ending()));
            output.add_written(path("customers"), move |file| {
                kind.write(report::sales_customers(analysis), file)
            });
            for table in report::sales_tables(analysis) {
                output.add(path(&table.name), kind.written(&table)?);
            }
        }
    }
    output.keep_off(&args.files)?;
    output.write(args.force)?;
    if let Some(only) = &args.only {
        return print_table(only, &analysis);
    }
    match args.format {
        Format::Json => print_json(&analysis),
        Format::Text => {
            print(&report::sales_text(&analysis))?;
            match &args.output {
                Some(folder) => print(&format!("\nWritten to {}\n", folder.display())),
                None => print("\nAdd `-o DIR` to write rfm.xlsx, result.json and the tables.\n"),
            }
        }
    }
}

/// Prints a table as CSV.
fn print_table(name: &str, analysis: &Analysis) -> Result<(), Error> {
    let Some(table) = report::sales_table(name, analysis) else {
        let message = format!("there is nothing in the table {name} in this analysis");
        return Err(
            fault("--only", message, "the columns or options that it needs are missing").into()
        );
    };
    print_with(|out| report::write_csv(table, out))
}

type Found = (Analysis, Option<Vec<u8>>);

fn analysed(args: &Args, log: &mut Diagnostics) -> Result<Found, Error> {
    let scoring = scoring(args, log);
    let mut reading = reading(args, log);
    match args.only.as_deref() {
        Some("scores") => spare(&mut reading, scoring.as_ref()),
        Some(other) if !report::SALES_TABLES.contains(&other) => {
            let names = list(&report::SALES_TABLES);
            log.push(fault("--only", format!("there is no table `{other}`"), names));
        }
        _ => {}
    }
    log.refuse_if_faulty()?;
    let Some(scoring) = scoring else {
        return Err(Error::internal("a model without faults is missing"));
    };
    let mut bar = Bar::new();
    let mut sales = read(&args.files, &reading, log, &mut |progress| bar.tell(progress))?;
    bar.end();
    let set_aside = sales.set_aside.take();
    Ok((analyse(sales, &scoring, log)?, set_aside))
}

/// Leaves out what the scores do not need.
fn spare(reading: &mut SalesOptions, scoring: Option<&Options>) {
    let needs = |metric| {
        scoring.is_some_and(|of| of.model.dimensions.iter().any(|one| one.metric == metric))
    };
    let spared = [
        (Role::Product, needs(Metric::Products)),
        (Role::Description, false),
        (Role::Country, false),
        (Role::Cost, needs(Metric::Margin)),
    ];
    for (role, _) in spared.into_iter().filter(|(_, is_needed)| !is_needed) {
        reading.columns.retain(|(asked, _)| *asked != role);
        reading.columns.push((role, String::new()));
    }
    reading.ignore_repeats = true;
}

fn fault(option: &str, message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::RfmOptionsMisfit, message).at(Place::option(option)).hint(hint)
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

/// How the lines are read.
fn reading(args: &Args, log: &mut Diagnostics) -> SalesOptions {
    let columns = [
        (Role::Customer, &args.customer),
        (Role::Order, &args.order),
        (Role::Date, &args.date),
        (Role::Quantity, &args.quantity),
        (Role::Price, &args.price),
        (Role::Amount, &args.amount),
        (Role::Cost, &args.cost),
        (Role::Product, &args.product),
        (Role::Description, &args.description),
        (Role::Country, &args.country),
    ];
    let columns =
        columns.into_iter().filter_map(|(role, name)| Some((role, name.clone()?))).collect();
    let date_style = args
        .date_format
        .as_ref()
        .and_then(|format| or_tell(DateStyle::parse(format, Place::option("--date-format")), log));
    let zone = args
        .time_zone
        .as_ref()
        .and_then(|zone| or_tell(Zone::parse(zone, Place::option("--time-zone")), log));
    let number_style = args.decimal.as_ref().and_then(|style| {
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
    let delimiter = args.delimiter.as_deref().and_then(|typed| match typed.as_bytes() {
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
    let returns = match args.returns.as_deref() {
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
    SalesOptions {
        columns,
        sheet: args.sheet.clone(),
        delimiter,
        encoding: args.encoding.clone(),
        date_style,
        number_style,
        zone,
        conditions: args.conditions.clone(),
        as_of: args.as_of.clone(),
        today: today(),
        from: args.from.clone(),
        to: args.to.clone(),
        returns,
        cancelled: args.cancelled.clone(),
        deduplicate: args.deduplicate,
        ignore_repeats: false,
        keep_set_aside: args.set_aside.is_some(),
        compat: compat(args, log),
        threads: args.threads.unwrap_or(0),
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

fn compat(args: &Args, log: &mut Diagnostics) -> Compat {
    let mut compat = Compat::default();
    for defect in &args.compat {
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

/// How the figures are scored.
fn scoring(args: &Args, log: &mut Diagnostics) -> Option<Options> {
    let mut model = RfmModel::open(args.model.as_deref().unwrap_or("rfm"), log)?;
    if let Some(bins) = args.bins {
        if !(2..=20).contains(&bins) {
            log.push(fault("--bins", format!("{bins} levels"), "from 2 to 20"));
        }
        model.dimensions.iter_mut().for_each(|dimension| dimension.levels = bins.clamp(2, 20));
    }
    match args.method.as_deref() {
        None => {}
        Some("cuts") if !args.cuts.is_empty() => {}
        Some("cuts") => {
            log.push(fault(
                "--method",
                "no cut points are given",
                "--cuts R=30,90,180 for each letter",
            ));
        }
        Some(name) => match method(name) {
            Some(method) => {
                let all = model.dimensions.iter_mut();
                all.for_each(|dimension| dimension.method = method.clone());
            }
            None => {
                let hint = "quantile, rank, cuts, kmeans, mean, lloyd or quantile-plus-one";
                log.push(fault("--method", format!("there is no method `{name}`"), hint));
            }
        },
    }
    for cuts in &args.cuts {
        own_cuts(cuts, &mut model, log);
    }
    if let Some(weights) = &args.weights {
        let is_sound = weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0)
            && weights.iter().sum::<f64>() > 0.0;
        if weights.len() != model.dimensions.len() || !is_sound {
            let message =
                format!("{} weights for {} figures", weights.len(), model.dimensions.len());
            let hint = "one weight for each letter, none below 0, such as 0.2,0.3,0.5";
            log.push(fault("--weights", message, hint));
        } else {
            let dimensions = model.dimensions.iter_mut();
            dimensions.zip(weights).for_each(|(dimension, weight)| dimension.weight = *weight);
        }
    }
    let map = map(args, &model, log);
    let tiers = tiers(args.tiers.as_deref().unwrap_or("S=0.05,A=0.2,B=0.5,C=1"), log);
    let default = Rules::default();
    let share = |given: Option<f64>, option: &str, default: f64, log: &mut Diagnostics| {
        let given = given.unwrap_or(default);
        if !(0.0..=1.0).contains(&given) {
            log.push(fault(option, format!("a share of {given}"), "from 0 to 1"));
        }
        given
    };
    let lists = Rules {
        most: args.list.unwrap_or(default.most),
        silence: args.silence.unwrap_or(default.silence),
        upgrade_share: share(args.upgrade_share, "--upgrade-share", default.upgrade_share, log),
        upgrade_rate: share(args.upgrade_rate, "--upgrade-rate", default.upgrade_rate, log),
    };
    Some(Options { model, map, tiers, lists, clustering: clustering(args, log) })
}

/// How the customers are clustered, if they are.
fn clustering(args: &Args, log: &mut Diagnostics) -> Option<Clustering> {
    let transform = match args.transform.as_deref() {
        None | Some("log") => Transform::Log,
        Some("box-cox") => Transform::BoxCox,
        Some("none") => Transform::None,
        Some(other) => {
            let hint = "log, box-cox or none";
            log.push(fault("--transform", format!("there is no transform `{other}`"), hint));
            Transform::None
        }
    };
    let standardise = word(&args.standardise, "--standardise", log).unwrap_or(Standardise::Z);
    let k = args.clusters?;
    if !(2..=100).contains(&k) {
        log.push(fault("--clusters", format!("{k} clusters"), "from 2 to 100"));
    }
    Some(Clustering { k, transform, standardise, seed: args.seed.unwrap_or(0) })
}

/// `R=30,90,180` as cut points of one letter.
fn own_cuts(written: &str, model: &mut RfmModel, log: &mut Diagnostics) {
    let (letter, numbers) = written.split_once('=').unwrap_or((written, ""));
    let cuts: Option<Vec<f64>> = numbers
        .split(',')
        .map(|cut| cut.trim().parse::<f64>().ok().filter(|cut| cut.is_finite()))
        .collect();
    let letters: Vec<String> = model.dimensions.iter().map(|d| d.letter.clone()).collect();
    let found = model.dimensions.iter_mut().find(|d| d.letter.eq_ignore_ascii_case(letter.trim()));
    match (found, cuts) {
        (Some(dimension), Some(cuts))
            if cuts.len() < 20 && cuts.windows(2).all(|pair| pair[0] < pair[1]) =>
        {
            dimension.levels = cuts.len() as u32 + 1;
            dimension.method = Method::Cuts(cuts);
        }
        _ => {
            let hint =
                format!("one of {} with ascending numbers, such as R=30,90,180", list(&letters));
            log.push(fault("--cuts", format!("`{written}` gives no cut points"), hint));
        }
    }
}

/// The map asked for, or the one that fits: the model's own for five levels, the eight groups for two.
fn map(args: &Args, model: &RfmModel, log: &mut Diagnostics) -> Option<SegmentMap> {
    match args.map.as_deref() {
        Some("none") => None,
        Some(name) => SegmentMap::open(name, log),
        None => {
            let is_mean = model.dimensions.iter().all(|d| d.method == Method::Mean);
            let name = if is_mean { "eight-groups" } else { model.map.as_deref()? };
            let map = SegmentMap::open(name, log)?;
            // By default a map is taken only where it fits.
            let fits = map.letters.iter().all(|letter| {
                let own = model.dimensions.iter().find(|d| &d.letter == letter);
                own.is_some_and(|own| is_mean || own.levels == map.levels)
            });
            fits.then_some(map)
        }
    }
}

/// `S=0.05,A=0.2,B=0.5,C=1` as tiers.
fn tiers(written: &str, log: &mut Diagnostics) -> Vec<(String, f64)> {
    let tiers: Option<Vec<(String, f64)>> = written
        .split(',')
        .map(|tier| {
            let (name, share) = tier.split_once('=')?;
            Some((name.trim().to_string(), share.trim().parse().ok()?))
        })
        .collect();
    let tiers = tiers.unwrap_or_default();
    let ascends = tiers.windows(2).all(|pair| pair[0].1 < pair[1].1);
    let ends = tiers.last().is_some_and(|(_, share)| *share == 1.0);
    if !ascends || !ends || tiers.iter().any(|(_, share)| *share <= 0.0) {
        let hint = "shares of customers from the best down, ascending to 1: S=0.05,A=0.2,B=0.5,C=1";
        log.push(fault("--tiers", format!("`{written}` gives no tiers"), hint));
    }
    tiers
}

/// A line on standard error that tells how far reading has come, if a person watches.
struct Bar {
    started: Instant,
    last: Option<Instant>,
    is_watched: bool,
}

impl Bar {
    fn new() -> Bar {
        Bar { started: Instant::now(), last: None, is_watched: std::io::stderr().is_terminal() }
    }

    fn tell(&mut self, progress: Progress) {
        let due = self.last.is_none_or(|last| last.elapsed().as_millis() >= 200);
        if !self.is_watched || !due || self.started.elapsed().as_millis() < 500 {
            return;
        }
        self.last = Some(Instant::now());
        let rate = progress.rows as f64 / self.started.elapsed().as_secs_f64();
        let share = match progress.bytes_in_all {
            0 => String::new(),
            all => format!("{:3.0} %  ", 100.0 * progress.bytes as f64 / all as f64),
        };
        let mut out = std::io::stderr().lock();
        let _ = write!(out, "\r\u{1b}[2K{share}{} rows, {:.0} a second", progress.rows, rate);
        let _ = out.flush();
    }

    fn end(&mut self) {
        if self.last.is_some() {
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[2K");
        }
    }
}

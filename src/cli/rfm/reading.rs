//! The options of reading.

use super::{Args, fault, or_tell};
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use custval::rfm::{Options, RfmModel};
use custval::transactions::{
    Compat, DateStyle, Day, Level, Metric, NumberStyle, Options as SalesOptions, Returns, Role,
    Zone,
};
use std::time::{SystemTime, UNIX_EPOCH};

/// How the lines are read.
pub(super) fn reading(args: &Args, log: &mut Diagnostics) -> SalesOptions {
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
        (Role::Orders, &args.orders),
        (Role::Recency, &args.recency),
        (Role::First, &args.first),
    ];
    let level = match args.level.as_deref() {
        None | Some("line") => Level::Line,
        Some("customer") => Level::Customer,
        Some(other) => {
            log.push(fault("--level", format!("a row is no `{other}`"), "line or customer"));
            Level::Line
        }
    };
    let told = [("--orders", &args.orders), ("--recency", &args.recency), ("--first", &args.first)];
    for (option, _) in told.into_iter().filter(|(_, told)| level == Level::Line && told.is_some()) {
        let hint = "add --level customer if each row is a customer";
        log.push(fault(option, "there is no such figure in lines of sales", hint));
    }
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
        level,
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

/// Columns that the model maps, unless options do.
pub(super) fn map_columns(reading: &mut SalesOptions, model: &RfmModel) {
    for (role, header) in &model.columns {
        if reading.columns.iter().all(|(asked, _)| asked != role) {
            reading.columns.push((*role, header.clone()));
        }
    }
}

/// Leaves out what the scores do not need.
pub(super) fn spare(reading: &mut SalesOptions, scoring: Option<&Options>) {
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

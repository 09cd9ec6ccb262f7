//! `custval check`: all faults, and nothing else.

use super::options::WeightOptions;
use super::sales_options::SalesOptions;
use super::{Format, print, print_json, tell};
use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use custval::evaluation::check;
use custval::model::{BUILTIN, Model};
use custval::rfm::{RfmModel, SegmentMap};
use custval::text::count;
use serde::Serialize;

/// List every fault and warning of a model and the files filled in for it, and do nothing else
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  custval check my-model.toml                    the model alone
  custval check sme ann.xlsx ben.xlsx            the experts' workbooks too
  custval check rfm-11                           which cells a segment map covers
  custval check my-map.toml                      the same of a map of your own
  custval check my-rfm.toml                      a model of RFM or its kin")]
pub(crate) struct Args {
    /// The model: a file, or the name of a built-in model
    model: String,

    /// The experts' workbooks, or CSV tables
    files: Vec<String>,

    /// Lines of sales, for a model with indicators of the source "transactions"
    #[arg(long, value_name = "FILE")]
    transactions: Vec<String>,

    #[command(flatten)]
    weights: WeightOptions,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    #[command(flatten)]
    sales: SalesOptions,
}

#[derive(Serialize)]
struct Document {
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    match kind(&args.model, &mut log) {
        Kind::Map => return check_map(&args),
        Kind::Rfm => return check_rfm(&args),
        Kind::Unknown => {}
        Kind::Model => check_model(&args, &mut log)?,
    }
    told(&args, &log, "the model")
}

/// The index system, and the files that were filled in for it.
fn check_model(args: &Args, log: &mut Diagnostics) -> Result<(), Error> {
    if let Some(mut model) = Model::open(&args.model, log) {
        model.weights = args.weights.over(model.weights, log);
        if !args.files.is_empty() || !args.transactions.is_empty() {
            let sales = args.sales.purchases(&args.transactions, &model.columns, log)?;
            check(&model, &args.files, sales.as_ref(), log)?;
        }
    }
    Ok(())
}

/// Tells what was found.
fn told(args: &Args, log: &Diagnostics, what: &str) -> Result<(), Error> {
    if args.format == Format::Json {
        let of = |severity| log.iter().filter(|d| d.severity == severity).cloned().collect();
        print_json(&Document {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
        })?;
    }
    log.refuse_if_faulty()?;
    tell(log);
    if args.format == Format::Text {
        let checked = match args.files.len() {
            0 => what.to_string(),
            files => format!("{what} and {}", count(files, "file")),
        };
        let warnings = match log.count(Severity::Warning) {
            0 => String::new(),
            warnings => format!(", {}", count(warnings, "warning")),
        };
        print(&format!("No fault in {checked}{warnings}.\n"))?;
    }
    Ok(())
}

/// What a file holds.
enum Kind {
    Model,
    Map,
    Rfm,
    /// It calls itself something else.
    Unknown,
}

/// What a name stands for: a file of the kind that it says, or something that is built in.
fn kind(name: &str, log: &mut Diagnostics) -> Kind {
    let Ok(text) = std::fs::read_to_string(name) else {
        let is_model = BUILTIN.iter().any(|builtin| builtin.name == name);
        return match name {
            _ if is_model => Kind::Model,
            _ if SegmentMap::builtin().contains(&name) => Kind::Map,
            _ if RfmModel::builtin().contains(&name) => Kind::Rfm,
            _ => Kind::Model,
        };
    };
    match custval::model::kind(&text).as_deref() {
        None => Kind::Model,
        Some(_) if SegmentMap::is_one(&text) => Kind::Map,
        Some(_) if RfmModel::is_one(&text) => Kind::Rfm,
        Some(other) => {
            let message = format!("there is no kind “{other}” of file");
            let hint = "kind = \"segments\" for a segment map, \"rfm\" for a model of RFM, no kind for an index system";
            let fault = Diagnostic::error(Code::ModelValueInvalid, message);
            log.push(fault.at(Place::file(name)).hint(hint));
            Kind::Unknown
        }
    }
}

/// A model of RFM or its kin.
fn check_rfm(args: &Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    // A map in a file of its own is looked at with it.
    if let Some(map) = RfmModel::open(&args.model, &mut log).and_then(|model| model.map) {
        SegmentMap::open(&map, &mut log);
    }
    told(args, &log, "the model")
}

/// How a segment map covers its cells.
fn check_map(args: &Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let map = SegmentMap::open(&args.model, &mut log);
    if args.format == Format::Json && log.is_faulty() {
        return told(args, &log, "the map");
    }
    log.refuse_if_faulty()?;
    let Some(map) = map else { return Err(Error::internal("a map without faults is missing")) };
    let coverage = map.coverage();
    if args.format == Format::Json {
        return print_json(&coverage);
    }
    let mut text = format!("{}: {} cells.\n", map.title, coverage.cells);
    let cells = |cells: &[String]| match cells.len() {
        0 => "none".to_string(),
        _ => cells.join(" "),
    };
    let twice: Vec<String> = coverage
        .twice
        .iter()
        .map(|(cell, segments)| format!("  {cell}  {}", segments.join(", ")))
        .collect();
    if twice.is_empty() {
        text += "Covered twice: none\n";
    } else {
        let which = if map.overlapping { "all count" } else { "the first counts" };
        text += &format!("Covered twice ({which}):\n{}\n", twice.join("\n"));
    }
    text += &format!("Covered never: {}", cells(&coverage.never));
    if let (false, Some(otherwise)) = (coverage.never.is_empty(), &map.otherwise) {
        text += &format!(" (these are {otherwise})");
    }
    text += &format!("\nSegments that no cell reaches: {}\n", cells(&coverage.shadowed));
    print(&text)
}

//! `custval assign`: new customers by a saved result.

use super::output::Output;
use super::sales_options::SalesOptions;
use super::{conclude, json, print, print_json, progress};
use clap::ValueEnum;
use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::evaluation::{Assignment, assign};
use custval::report;
use custval::saved::Saved;
use custval::survey::{Survey, Wanted};
use std::path::PathBuf;

/// Class new customers by a saved result: its weights, edges and centres, nothing fitted
#[derive(clap::Args)]
#[command(after_help = "\
Each customer gets the class of the nearest centre, with the next nearest class and how much farther
that is. The files hold scores and measured values; judgements are not needed.

Examples:
  custval evaluate sme examples/sme-paper.xlsx -o out
  custval assign out/result.json examples/sme-later/scores.csv
  custval assign out/result.json new-customers.xlsx --format csv -o classes.csv
  custval assign out/result.json scores.xlsx --transactions sales.csv --from 2025-01-01")]
pub(crate) struct Args {
    /// A result.json that `custval evaluate -o` has written
    result: String,

    /// Workbooks or CSV tables with the customers' scores and measured values
    #[arg(required_unless_present = "transactions")]
    files: Vec<String>,

    /// Lines of sales, for a model with indicators of the source "transactions"
    #[arg(long, value_name = "FILE")]
    transactions: Vec<String>,

    /// Write to a file instead of the screen
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write over a file that is there already
    #[arg(long)]
    force: bool,

    /// Text, JSON or CSV
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    #[command(flatten)]
    sales: SalesOptions,
}

/// The form of the classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people.
    #[default]
    Text,
    /// One JSON document for programs.
    Json,
    /// Comma-separated values.
    Csv,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = run_assignment(&args, &mut log);
    let told = match args.format {
        Format::Json => super::Format::Json,
        Format::Text | Format::Csv => super::Format::Text,
    };
    let assignment = conclude(result, &log, told)?;
    let table = report::assigned_table(&assignment);
    let Some(path) = &args.output else {
        return match args.format {
            Format::Text => print(&report::to_text(&table, usize::MAX)),
            Format::Json => print_json(&assignment),
            Format::Csv => print(&report::to_csv(&table)),
        };
    };
    let mut output = Output::default();
    match args.format {
        Format::Text => output.add(path, report::to_text(&table, usize::MAX)),
        Format::Json => output.add(path, json(&assignment)?),
        Format::Csv => output.add(path, report::to_csv(&table)),
    }
    let mut read = [args.files.as_slice(), &args.transactions].concat();
    read.push(args.result.clone());
    output.keep_off(&read)?;
    output.write(args.force)
}

fn run_assignment(args: &Args, log: &mut Diagnostics) -> Result<Assignment, Error> {
    let saved = open_saved(&args.result, log)?;
    let purchases = args.sales.purchases(&args.transactions, &saved.model.columns, log)?;
    progress("reading the files");
    let survey = Survey::open(&args.files, Wanted::Everything(&saved.model), log);
    assign(&saved, &survey, purchases.as_ref(), log)
}

/// Opens a saved result and refuses if it is faulty.
pub(crate) fn open_saved(file: &str, log: &mut Diagnostics) -> Result<Saved, Error> {
    let saved = Saved::open(file, log);
    log.refuse_if_faulty()?;
    saved.ok_or_else(|| Error::internal("the saved result has no fault, but cannot be used"))
}

//! `custval check`: all faults, and nothing else.

use super::options::WeightOptions;
use super::{Format, print, print_json, tell};
use custval::Error;
use custval::diagnostic::{Diagnostic, Diagnostics, Severity};
use custval::evaluation::check;
use custval::model::Model;
use custval::text::count;
use serde::Serialize;

/// List every fault and warning of a model and the files filled in for it, and do nothing else
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  custval check my-model.toml                    the model alone
  custval check sme ann.xlsx ben.xlsx            the experts' workbooks too")]
pub(crate) struct Args {
    /// The model: a file, or the name of a built-in model
    model: String,

    /// The experts' workbooks, or CSV tables
    files: Vec<String>,

    #[command(flatten)]
    weights: WeightOptions,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Document {
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    if let Some(mut model) = Model::open(&args.model, &mut log) {
        model.weights = args.weights.over(model.weights, &mut log);
        if !args.files.is_empty() {
            check(&model, &args.files, &mut log)?;
        }
    }
    if args.format == Format::Json {
        let of = |severity| log.iter().filter(|d| d.severity == severity).cloned().collect();
        print_json(&Document {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
        })?;
    }
    log.refuse_if_faulty()?;
    tell(&log);
    if args.format == Format::Text {
        let checked = match args.files.len() {
            0 => "the model".to_string(),
            files => format!("the model and {}", count(files, "file")),
        };
        let warnings = match log.count(Severity::Warning) {
            0 => String::new(),
            warnings => format!(", {}", count(warnings, "warning")),
        };
        print(&format!("No fault in {checked}{warnings}.\n"))?;
    }
    Ok(())
}

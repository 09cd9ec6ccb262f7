//! `custval check`: all faults, and nothing else.

use super::options::WeightOptions;
use super::{Format, print, print_json, tell};
use custval::Error;
use custval::diagnostic::{Diagnostic, Diagnostics, Severity};
use custval::evaluation::check;
use custval::model::Model;
use custval::rfm::SegmentMap;
use custval::text::count;
use serde::Serialize;

/// List every fault and warning of a model and the files filled in for it, and do nothing else
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  custval check my-model.toml                    the model alone
  custval check sme ann.xlsx ben.xlsx            the experts' workbooks too
  custval check rfm-11                           which cells a segment map covers")]
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
    if is_map(&args.model) {
        return check_map(&args);
    }
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

/// Whether a segment map is asked for: a built-in one, or a file that says so.
fn is_map(name: &str) -> bool {
    match std::fs::read_to_string(name) {
        Ok(text) => SegmentMap::is_one(&text),
        Err(_) => SegmentMap::builtin().contains(&name),
    }
}

/// How a segment map covers its cells.
fn check_map(args: &Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let map = SegmentMap::open(&args.model, &mut log);
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

//! `custval weigh`: AHP alone.

use super::options::{WeightOptions, open_model};
use super::output::Output;
use super::{Format, conclude, json, print, print_json};
use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::evaluation::{Weighing, weigh_files};
use custval::model::WeightRules;
use custval::report;
use std::path::{Path, PathBuf};

/// Derive weights from experts' pairwise comparisons by AHP, with their consistency
#[derive(clap::Args)]
#[command(after_help = "\
FILE is a workbook (sheets “PW <expert>” or Pairwise), a CSV table Expert,Node,A,B,Value, or a CSV
file that is one comparison matrix. Without a model the hierarchy is that of a sheet Hierarchy, or
what the judgements imply.

Examples:
  custval weigh judgements.csv
  custval weigh scoring.xlsx --model sme --method rgmm
  custval weigh ann.xlsx ben.xlsx --model sme --ri alonso_lamata2006 --format json
  custval weigh judgements.csv --incomplete lambda-min --exclude-above 0.2 -o out
  custval weigh scoring.xlsx --model sme --blend entropy=0.3")]
pub(crate) struct Args {
    /// The files with judgements
    #[arg(required = true)]
    files: Vec<String>,

    /// The model whose hierarchy is weighed: a file, or the name of a built-in model
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,

    #[command(flatten)]
    how: WeightOptions,

    /// The folder for the results: weights.xlsx, weights.json, CSV tables, and for each expert whose
    /// judgements contradict each other too much a sheet to send back
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Write over files that are there already
    #[arg(long)]
    force: bool,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = weigh(&args, &mut log);
    let weighing = conclude(result, &log, args.format)?;
    if let Some(folder) = &args.output {
        write(&weighing, folder, args.force)?;
    }
    match args.format {
        Format::Json => print_json(&weighing),
        Format::Text => {
            print(&report::weighing_text(&weighing))?;
            match &args.output {
                Some(folder) => print(&format!("\nWritten to {}\n", folder.display())),
                None => Ok(()),
            }
        }
    }
}

fn write(weighing: &Weighing, folder: &Path, force: bool) -> Result<(), Error> {
    let mut output = Output::default();
    output.add(folder.join("weights.xlsx"), report::weighing_workbook(weighing)?);
    output.add(folder.join("weights.json"), json(weighing)?);
    for table in report::weighing_tables(weighing) {
        let path = folder.join("tables").join(format!("{}.csv", table.name));
        output.add(path, report::to_csv(&table));
    }
    for (at, (expert, workbook)) in (1..).zip(report::revisions(weighing)?) {
        let name = file_name(&expert, at);
        output.add(folder.join("revise").join(name), workbook);
    }
    output.write(force)
}

/// A name that every system takes: what is neither letter nor digit becomes a dash. The number keeps
/// two experts of like names apart.
fn file_name(expert: &str, at: usize) -> String {
    let plain: String =
        expert.chars().take(40).map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("{at:02}-{plain}.xlsx")
}

fn weigh(args: &Args, log: &mut Diagnostics) -> Result<Weighing, Error> {
    let model = match &args.model {
        Some(name) => Some(open_model(name, log)?),
        None => None,
    };
    let rules = model.as_ref().map_or(WeightRules::default(), |model| model.weights);
    let rules = args.how.over(rules, log);
    log.refuse_if_faulty()?;
    weigh_files(model.as_ref(), rules, &args.files, log)
}

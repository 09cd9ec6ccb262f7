//! `custval weigh`: AHP alone.

use super::options::{WeightOptions, open_model};
use super::{Format, conclude, print, print_json};
use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::evaluation::{Weighing, weigh_files};
use custval::model::WeightRules;

/// Derive weights from experts' pairwise comparisons by AHP, with their consistency
#[derive(clap::Args)]
#[command(after_help = "\
FILE is a workbook (sheets “PW <expert>” or Pairwise), a CSV table Expert,Node,A,B,Value, or a CSV
file that is one comparison matrix. Without a model the hierarchy is that of a sheet Hierarchy, or
what the judgements imply.

Examples:
  custval weigh judgements.csv
  custval weigh scoring.xlsx --model sme --method rgmm
  custval weigh ann.xlsx ben.xlsx --model sme --ri alonso_lamata2006 --format json")]
pub(crate) struct Args {
    /// The files with judgements
    #[arg(required = true)]
    files: Vec<String>,

    /// The model whose hierarchy is weighed: a file, or the name of a built-in model
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,

    #[command(flatten)]
    how: WeightOptions,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = weigh(&args, &mut log);
    let weighing = conclude(result, &log, args.format)?;
    match args.format {
        Format::Json => print_json(&weighing),
        Format::Text => print(&custval::report::weighing_text(&weighing)),
    }
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

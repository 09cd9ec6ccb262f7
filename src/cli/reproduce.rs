//! `custval reproduce`: a published study, figure by figure.

use super::{Format, print, print_json};
use custval::Error;
use custval::diagnostic::{Code, Diagnostic};
use custval::study;

/// Compute a published study's tables and set each figure beside the printed one
#[derive(clap::Args)]
#[command(after_help = "\
Studies:
  sme-paper     customer value of SMEs (Tables 2, 3 and 4), from a reconstruction of its input
  rfm-notebook  RFM quartiles of UK customers, on the UCI Online Retail data
  retail-deck   k-means on recency, frequency and revenue, on the same data

Examples:
  custval reproduce sme-paper
  custval reproduce sme-paper --format json
  custval reproduce rfm-notebook --data online_retail.csv.gz
  custval reproduce retail-deck --data data/")]
pub(crate) struct Args {
    /// The study
    study: String,

    /// The retail data: the file, or its folder
    #[arg(long, value_name = "FILE|DIR")]
    data: Option<String>,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let data = args.data.as_deref();
    let reproduction = match args.study.as_str() {
        study::SME_PAPER => study::sme_paper()?,
        study::RFM_NOTEBOOK => study::rfm_notebook(data)?,
        study::RETAIL_DECK => study::retail_deck(data)?,
        other => {
            let message = format!("there is no study `{other}`");
            let names = [study::SME_PAPER, study::RFM_NOTEBOOK, study::RETAIL_DECK];
            let hint = format!("studies: {}", custval::text::list(&names));
            return Err(Diagnostic::error(Code::OptionInvalid, message).hint(hint).into());
        }
    };
    match args.format {
        Format::Json => print_json(&reproduction),
        Format::Text => print(&custval::report::reproduction_text(&reproduction)),
    }
}

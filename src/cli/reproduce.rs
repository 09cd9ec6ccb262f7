//! `custval reproduce`: a published study, figure by figure.

use super::{Format, print, print_json};
use custval::Error;
use custval::diagnostic::{Code, Diagnostic};
use custval::study;

/// Compute a published study's tables and set each figure beside the printed one
#[derive(clap::Args)]
#[command(after_help = "\
Studies:
  sme-paper    customer value of SMEs (Tables 2, 3 and 4), from a reconstruction of its input

Examples:
  custval reproduce sme-paper
  custval reproduce sme-paper --format json")]
pub(crate) struct Args {
    /// The study
    study: String,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    if args.study != study::SME_PAPER {
        let message = format!("there is no study `{}`", args.study);
        let hint = format!("studies: {}", study::SME_PAPER);
        return Err(Diagnostic::error(Code::OptionInvalid, message).hint(hint).into());
    }
    let reproduction = study::sme_paper()?;
    match args.format {
        Format::Json => print_json(&reproduction),
        Format::Text => print(&custval::report::reproduction_text(&reproduction)),
    }
}

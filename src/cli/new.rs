//! `custval new`: a model, and the workbook to send to the experts.

use super::options::{fault, open_model};
use super::output::Output;
use super::print;
use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::model::{BUILTIN, Model};
use custval::survey::{Survey, Wanted};
use custval::workbook::{Contents, ExpertEntry, write_template};
use std::path::PathBuf;

/// Write a model to start from, or the blank workbook that goes to the experts
#[derive(clap::Args)]
#[command(after_help = "\
The ending of OUTPUT says what is written: .toml a model, .xlsx the workbook.

Examples:
  custval new sme -o my-model.toml                 a copy of a built-in model to change
  custval new my-model.toml -o scoring.xlsx --experts 'Ann,Ben' --customers customers.txt
  custval new sme -o filled.xlsx --fill judgements.csv --fill scores.csv")]
pub(crate) struct Args {
    /// The model: a file, or the name of a built-in model (sme, retail-loyalty)
    #[arg(default_value = "sme")]
    model: String,

    /// The file to write: .toml for a model, .xlsx for a workbook
    #[arg(long, short, value_name = "OUTPUT")]
    output: PathBuf,

    /// The experts' names, separated by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    experts: Vec<String>,

    /// A text file with one customer's name a line
    #[arg(long, value_name = "FILE")]
    customers: Option<PathBuf>,

    /// Files whose judgements and scores are filled in already (workbooks or CSV)
    #[arg(long, value_name = "FILE")]
    fill: Vec<String>,

    /// Write over a file that is there already
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let ending = args.output.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let mut output = Output::default();
    let mut log = Diagnostics::new();
    let what = match ending.as_deref() {
        Some("toml") => {
            output.add(&args.output, model_text(&args.model, &mut log)?);
            "the model"
        }
        Some("xlsx") => {
            let model = open_model(&args.model, &mut log)?;
            let contents = contents(&args, &model, &mut log)?;
            super::tell(&log);
            output.add(&args.output, write_template(&model, &contents)?);
            "the workbook"
        }
        _ => {
            let message = format!("`{}` ends in neither .toml nor .xlsx", args.output.display());
            let hint = "the ending says what is written: a model or a workbook";
            return Err(fault(message, "--output").hint(hint).into());
        }
    };
    output.write(args.force)?;
    print(&format!("Wrote {what} {}\n", args.output.display()))
}

/// The text of a model, checked: a copy is as good as what it is copied from.
fn model_text(name: &str, log: &mut Diagnostics) -> Result<String, Error> {
    open_model(name, log)?;
    if let Some(builtin) = BUILTIN.iter().find(|builtin| builtin.name == name) {
        return Ok(builtin.text.to_string());
    }
    std::fs::read_to_string(name).map_err(|error| Error::internal(format!("{name}: {error}")))
}

fn contents(args: &Args, model: &Model, log: &mut Diagnostics) -> Result<Contents, Error> {
    let mut contents = if args.fill.is_empty() {
        Contents::default()
    } else {
        let survey = Survey::open(&args.fill, Wanted::Everything(model), log);
        log.refuse_if_faulty()?;
        survey.contents(model)
    };
    for name in args.experts.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        if !contents.experts.iter().any(|expert| expert.name == name) {
            let (name, role) = (name.to_string(), String::new());
            contents.experts.push(ExpertEntry { name, role, weight: 1.0, include: true });
        }
    }
    if let Some(path) = &args.customers {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let message = format!("cannot read {}: {error}", path.display());
            Error::from(fault(message, "--customers").hint("a text file, one name a line"))
        })?;
        for name in text.lines().map(str::trim).filter(|name| !name.is_empty()) {
            if !contents.customers.iter().any(|customer| customer == name) {
                contents.customers.push(name.to_string());
            }
        }
    }
    Ok(contents)
}

//! `custval sensitivity`: how firm the classes are.

use super::asked::Asked;
use super::options::fault;
use super::output::Output;
use super::{Format, conclude, print, print_json, write_json};
use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::evaluation::{Firm, sensitivity_sources};
use custval::report;
use custval::sensitivity::{MANY_DRAWS, MOST_DRAWS, Options};

/// Ask how firm each customer's class is: which weight, judgement, expert or score would change it
#[derive(clap::Args)]
#[command(after_help = "\
Takes what `custval evaluate` takes. Writes into DIR: sensitivity.json and a folder of CSV tables.

Examples:
  custval sensitivity sme examples/sme-paper.xlsx
  custval sensitivity sme scoring.xlsx --draws 50000 --seed 7 -o out
  custval sensitivity sme scoring.xlsx --step-probability 0.1 --format json")]
pub(crate) struct Args {
    #[command(flatten)]
    asked: Asked,

    /// How often judgements and scores are drawn (default 10000, fewer for very many customers)
    #[arg(long, value_name = "N")]
    draws: Option<usize>,

    /// How probable it is that an expert would judge, or score, a step lower; and a step higher
    /// (default 0.25)
    #[arg(long, value_name = "Q")]
    step_probability: Option<f64>,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = look(&args, &mut log);
    let asked = &args.asked;
    let firm = conclude(result, &log, asked.format)?;
    if let Some(folder) = &asked.output {
        let mut output = Output::default();
        output.add_written(folder.join("sensitivity.json"), |file| write_json(&firm, file));
        for table in report::firm_tables(&firm) {
            let path = folder.join("tables").join(format!("{}.csv", table.name));
            output.add(path, report::to_csv(&table));
        }
        output.write(asked.force)?;
    }
    match asked.format {
        Format::Json => print_json(&firm),
        Format::Text => {
            print(&report::firm_text(&firm))?;
            match &asked.output {
                Some(folder) => print(&format!("\nWritten to {}\n", folder.display())),
                None => print("\nAdd `-o DIR` to write sensitivity.json and CSV tables.\n"),
            }
        }
    }
}

fn look(args: &Args, log: &mut Diagnostics) -> Result<Firm, Error> {
    let model = args.asked.model(log)?;
    let mut options = Options::new(MANY_DRAWS, model.clusters.seed);
    if let Some(draws) = args.draws {
        if !(1..=MOST_DRAWS).contains(&draws) {
            let message = format!("{draws} draws cannot be made");
            log.push(fault(message, "--draws").hint(format!("from 1 to {MOST_DRAWS}")));
        }
        (options.draws, options.exactly) = (draws, true);
    }
    if let Some(probability) = args.step_probability {
        if !(0.0..=0.5).contains(&probability) {
            let message = format!("the probability is {probability}");
            let hint = "from 0 to 0.5: a step lower and a step higher are equally probable";
            log.push(fault(message, "--step-probability").hint(hint));
        }
        options.step_probability = probability;
    }
    log.refuse_if_faulty()?;
    let (survey, purchases) = args.asked.sources(&model, log)?;
    sensitivity_sources(&model, &survey, purchases.as_ref(), &options, log)
}

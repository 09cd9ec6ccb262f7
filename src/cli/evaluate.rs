//! `custval evaluate`: the main job.

use super::options::{ClusterOptions, WeightOptions, combine, missing, open_model, word};
use super::output::Output;
use super::sales_options::SalesOptions;
use super::{Format, conclude, print, print_json, progress, write_json};
use custval::Error;
use custval::cluster::Start as ClusterStart;
use custval::diagnostic::Diagnostics;
use custval::evaluation::{Evaluation, evaluate_sources};
use custval::model::{Model, Start};
use custval::plan::{Budget, BudgetBy};
use custval::report;
use custval::survey::{Survey, Wanted};
use custval::transactions::Purchases;
use std::path::PathBuf;

/// Evaluate customers: weights, values, classes and tests from the experts' workbooks
#[derive(clap::Args)]
#[command(after_help = "\
Writes into DIR: report.xlsx, result.json and a folder of CSV tables.

Examples:
  custval evaluate sme examples/sme-paper.xlsx -o out
  custval evaluate my-model.toml ann.xlsx ben.xlsx customers.csv -o out --force
  custval evaluate sme scoring.xlsx --k 3 --start kmeans++ --seed 7
  custval evaluate sme judgements.csv scores.csv --format json
  custval evaluate models/sme-hybrid.toml scores.xlsx --transactions sales.csv -o out")]
pub(crate) struct Args {
    /// The model: a file, or the name of a built-in model (sme, retail-loyalty)
    pub(super) model: String,

    /// The experts' workbooks, or CSV tables
    #[arg(required_unless_present = "transactions")]
    files: Vec<String>,

    /// Lines of sales, for a model with indicators of the source "transactions": a file, folder or pattern;
    /// may be given several times
    #[arg(long, value_name = "FILE")]
    transactions: Vec<String>,

    /// The folder for the results; nothing is written without it
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// Write over files that are there already
    #[arg(long)]
    pub(super) force: bool,

    /// The number of clusters
    #[arg(long, short, value_name = "K")]
    k: Option<usize>,

    /// Where nobody scored a customer: refuse, neutral, indicator-mean, reweigh or leave-out
    #[arg(long, value_name = "RULE")]
    missing: Option<String>,

    /// Customers whom only the scores or only the sales know: refuse, neutral, indicator-mean, reweigh or
    /// leave-out
    #[arg(long, value_name = "RULE")]
    unmatched: Option<String>,

    /// Split this amount over the customers, by what each is worth
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    budget: Option<f64>,

    /// By what the budget is split: value (what each is worth now; default) or stake (lost customers too)
    #[arg(long, value_name = "WHAT", requires = "budget")]
    budget_by: Option<String>,

    /// How several experts' scores become one: mean (default), median or trimmed-mean
    #[arg(long, value_name = "RULE")]
    combine: Option<String>,

    #[command(flatten)]
    weights: WeightOptions,

    #[command(flatten)]
    clusters: ClusterOptions,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,

    #[command(flatten)]
    sales: SalesOptions,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = run_evaluation(&args, &mut log);
    let evaluation = conclude(result, &log, args.format)?;
    if let Some(folder) = &args.output {
        progress("writing the report");
        let mut output = Output::default();
        output.add(folder.join("report.xlsx"), report::workbook(&evaluation)?);
        output.add_written(folder.join("result.json"), |file| write_json(&evaluation, file));
        for table in report::tables(&evaluation) {
            let path = folder.join("tables").join(format!("{}.csv", table.name));
            output.add(path, report::to_csv(&table));
        }
        output.write(args.force)?;
    }
    match args.format {
        Format::Json => print_json(&evaluation),
        Format::Text => {
            print(&report::evaluation_text(&evaluation))?;
            match &args.output {
                Some(folder) => print(&format!("\nWritten to {}\n", folder.display())),
                None => print("\nAdd `-o DIR` to write report.xlsx, result.json and CSV tables.\n"),
            }
        }
    }
}

fn run_evaluation(args: &Args, log: &mut Diagnostics) -> Result<Evaluation, Error> {
    let model = asked_model(args, log)?;
    let (survey, purchases) = asked_sources(args, &model, log)?;
    let evaluation = evaluate_sources(&model, &survey, purchases.as_ref(), log)?;
    planned(evaluation, args, log)
}

/// The evaluation with the budget that was asked for.
fn planned(
    evaluation: Evaluation,
    args: &Args,
    log: &mut Diagnostics,
) -> Result<Evaluation, Error> {
    let by: Option<BudgetBy> = word(&args.budget_by, "--budget-by", log);
    log.refuse_if_faulty()?;
    match args.budget {
        Some(amount) => evaluation.with_budget(Budget { amount, by: by.unwrap_or_default() }),
        None => Ok(evaluation),
    }
}

/// The model with the options of the command line.
pub(super) fn asked_model(args: &Args, log: &mut Diagnostics) -> Result<Model, Error> {
    let mut model = open_model(&args.model, log)?;
    set_options(args, &mut model, log);
    log.refuse_if_faulty()?;
    Ok(model)
}

/// What the experts' files hold, and what the sales show.
pub(super) fn asked_sources(
    args: &Args,
    model: &Model,
    log: &mut Diagnostics,
) -> Result<(Survey, Option<Purchases>), Error> {
    let purchases = args.sales.purchases(&args.transactions, &model.columns, log)?;
    progress("reading the files");
    let survey = Survey::open(&args.files, Wanted::Everything(model), log);
    Ok((survey, purchases))
}

/// Options of the command line go before those of the model, and are kept with the results.
fn set_options(args: &Args, model: &mut Model, log: &mut Diagnostics) {
    model.weights = args.weights.over(model.weights, log);
    model.missing = missing("--missing", &args.missing, log).unwrap_or(model.missing);
    model.unmatched = missing("--unmatched", &args.unmatched, log).unwrap_or(model.unmatched);
    model.combine = combine(&args.combine, log).unwrap_or(model.combine);
    let rules = &mut model.clusters;
    rules.k = args.k.unwrap_or(rules.k);
    rules.max_iterations = args.clusters.max_iterations.unwrap_or(rules.max_iterations);
    rules.converge = args.clusters.converge.unwrap_or(rules.converge);
    rules.seed = args.clusters.seed.unwrap_or(rules.seed);
    rules.standardise = args.clusters.standardise(log).unwrap_or(rules.standardise);
    if let Some(start) = args.clusters.start(log) {
        rules.start_cases.clear();
        match start {
            ClusterStart::Spss => rules.start = Start::Spss,
            ClusterStart::First => rules.start = Start::First,
            ClusterStart::KmeansPlusPlus => rules.start = Start::KmeansPlusPlus,
            ClusterStart::Cases(cases) => rules.start_cases = cases,
        }
    }
}

//! `custval evaluate`: the main job.

use super::asked::Asked;
use super::assign::open_saved;
use super::command::command;
use super::options::{fault, word};
use super::output::Output;
use super::{Format, conclude, print, print_with, progress};
use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::evaluation::{Evaluation, evaluate_later, evaluate_periods, evaluate_sources};
use custval::kept;
use custval::model::Model;
use custval::plan::{Budget, BudgetBy};
use custval::report::{self, Language};
use custval::transactions::PeriodRule;
use std::path::PathBuf;

/// Evaluate customers: weights, values, classes and tests from the experts' workbooks
#[derive(clap::Args)]
#[command(after_help = "\
Writes into DIR: report.html, report.xlsx, result.json and a folder of CSV tables.

Examples:
  custval evaluate sme examples/sme-paper.xlsx -o out
  custval evaluate my-model.toml ann.xlsx ben.xlsx customers.csv -o out --force
  custval evaluate sme scoring.xlsx --k 3 --start kmeans++ --seed 7
  custval evaluate sme judgements.csv scores.csv --format json
  custval evaluate sme-hybrid scores.xlsx --transactions sales.csv --budget 25000 -o out
  custval evaluate --with out/result.json later.xlsx -o later
  custval evaluate sme later.xlsx --with out/result.json --refit --period 2025
  custval evaluate --with out/result.json later.xlsx --transactions sales.csv --from 2025-01-01 -o later
  custval evaluate sme-hybrid scores.xlsx --transactions sales.csv --periods year -o out")]
pub(crate) struct Args {
    #[command(flatten)]
    pub(super) asked: Asked,

    /// The result.json of an earlier period: customers are classed by its weights, edges and centres, and
    /// the migration since then is told; the model may be left out
    #[arg(long, value_name = "RESULT")]
    with: Option<String>,

    /// One evaluation for each period of the sales: year, half, quarter, month, or the periods' last days
    /// such as 2023-12-31,2024-12-31. The first is fitted, later ones are classed by it
    #[arg(long, value_name = "RULE", conflicts_with_all = ["with", "period"])]
    periods: Option<String>,

    /// With `--with` or `--periods`: weights, edges and centres anew for the later period; only the
    /// classes are compared
    #[arg(long)]
    refit: bool,

    /// The name of the period (by default the names of the files)
    #[arg(long, value_name = "NAME")]
    period: Option<String>,

    /// Write the page alone to this file; with `-o` it is in the folder as report.html anyway
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// The language of the page, en (default) or zh; the reader can change it there
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,

    /// Split this amount over the customers, by what each is worth
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    budget: Option<f64>,

    /// By what the budget is split: value (what each is worth now; default) or stake (lost customers too)
    #[arg(long, value_name = "WHAT", requires = "budget")]
    budget_by: Option<String>,
}

pub(crate) fn run(mut args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = evaluated(&mut args, &mut log);
    let asked = &args.asked;
    let mut evaluation = conclude(result, &log, asked.format)?;
    evaluation.command = Some(command());
    files(&evaluation, &args)?.write(asked.force)?;
    match asked.format {
        Format::Json => print_with(|out| kept::write(&evaluation, out)),
        Format::Text => {
            print(&report::evaluation_text(&evaluation))?;
            match &asked.output {
                Some(folder) => print(&format!("\nWritten to {}\n", folder.display())),
                None => print("\nAdd `-o DIR` to write report.xlsx, result.json and CSV tables.\n"),
            }
        }
    }
}

/// The evaluation that is asked for.
pub(super) fn evaluated(args: &mut Args, log: &mut Diagnostics) -> Result<Evaluation, Error> {
    let is_kept = args.asked.output.is_some() || args.html.is_some();
    args.asked.sales.fingerprint = is_kept || args.asked.format == Format::Json;
    let _: Option<Language> = word(&args.lang, "--lang", log);
    log.refuse_if_faulty()?;
    run_evaluation(args, log)
}

/// The files of its report.
pub(super) fn files<'a>(evaluation: &'a Evaluation, args: &Args) -> Result<Output<'a>, Error> {
    let language = args.lang.as_ref().and_then(|lang| lang.parse().ok()).unwrap_or_default();
    let mut output = Output::default();
    if let Some(file) = &args.html {
        output.add(file, report::page(evaluation, language)?);
    }
    if let Some(folder) = &args.asked.output {
        progress("writing the report");
        output.add(folder.join("report.html"), report::page(evaluation, language)?);
        output.add(folder.join("report.xlsx"), report::workbook(evaluation)?);
        output.add_written(folder.join("result.json"), |file| kept::write(evaluation, file));
        for table in report::tables(evaluation) {
            let path = folder.join("tables").join(format!("{}.csv", table.name));
            output.add(path, report::to_csv(&table));
        }
    }
    Ok(output)
}

fn run_evaluation(args: &Args, log: &mut Diagnostics) -> Result<Evaluation, Error> {
    let by: Option<BudgetBy> = word(&args.budget_by, "--budget-by", log);
    let rule: Option<PeriodRule> = word(&args.periods, "--periods", log);
    log.refuse_if_faulty()?;
    let evaluation = match (&args.with, rule) {
        (Some(result), _) => later(args, result, log)?,
        (None, Some(rule)) => over_periods(args, &rule, log)?,
        (None, None) => once(args, log)?,
    };
    match args.budget {
        Some(amount) => evaluation.with_budget(Budget { amount, by: by.unwrap_or_default() }),
        None => Ok(evaluation),
    }
}

fn once(args: &Args, log: &mut Diagnostics) -> Result<Evaluation, Error> {
    if args.refit {
        let hint = "add `--with RESULT`, or `--periods RULE`";
        log.push(fault("there is no earlier period to refit after", "--refit").hint(hint));
    }
    let model = args.asked.model(log)?;
    let (survey, purchases) = args.asked.sources(&model, log)?;
    Ok(named(evaluate_sources(&model, &survey, purchases.as_ref(), log)?, args))
}

/// A period after that of a saved result.
fn later(args: &Args, result: &str, log: &mut Diagnostics) -> Result<Evaluation, Error> {
    let asked = &args.asked;
    let saved = open_saved(result, log)?;
    let model = asked.model_if_named(log)?;
    if let Some(model) = &model {
        saved.compare(model, log);
    }
    asked.refuse_no_files(log)?;
    let evaluation = if args.refit {
        let mut model = model.unwrap_or_else(|| saved.model.clone());
        asked.set_options(&mut model, log);
        log.refuse_if_faulty()?;
        let (survey, purchases) = asked.sources(&model, log)?;
        saved.warn_of_overlap(purchases.as_ref(), log);
        evaluate_sources(&model, &survey, purchases.as_ref(), log)?
    } else {
        refuse_options(asked, &saved.model, log);
        log.refuse_if_faulty()?;
        let (survey, purchases) = asked.sources(&saved.model, log)?;
        evaluate_later(&saved, &survey, purchases.as_ref(), log)?
    };
    named(evaluation, args).after(&saved)
}

/// The periods of the sales, one after the other.
fn over_periods(
    args: &Args,
    rule: &PeriodRule,
    log: &mut Diagnostics,
) -> Result<Evaluation, Error> {
    let asked = &args.asked;
    if asked.transactions.is_empty() {
        let message = "there are no sales to take periods from";
        log.push(fault(message, "--periods").hint("add `--transactions FILE`"));
    }
    let model = asked.model(log)?;
    let periods = asked.sales.periods(&asked.transactions, &model.columns, rule, log)?;
    let survey = asked.survey(&model, log);
    evaluate_periods(&model, &survey, &periods, args.refit, log)
}

/// The evaluation under the period's name, where one is given.
fn named(mut evaluation: Evaluation, args: &Args) -> Evaluation {
    if let Some(name) = &args.period {
        evaluation.period.clone_from(name);
    }
    evaluation
}

/// By a saved result nothing is fitted, so options of fitting would be lost without a word.
fn refuse_options(asked: &Asked, saved: &Model, log: &mut Diagnostics) {
    let mut changed = saved.clone();
    asked.set_options(&mut changed, log);
    if changed != *saved {
        let message = "other rules than those of the saved result were asked for";
        let hint = "leave these options out, or add `--refit` to fit this period anew";
        log.push(fault(message, "--with").hint(hint));
    }
}

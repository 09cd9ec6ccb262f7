//! `custval rfm`: from sales lines to scores, segments and lists.

mod scoring;
mod spare;
mod weights;

use super::bar::Bar;
use super::command::command;
use super::options::word;
use super::output::Output;
use super::sales_options::{SalesOptions, fault, map_columns};
use super::table_kind::TableKind;
use super::{Format, conclude, print, print_with};
use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::kept;
use custval::report::{self, Language};
use custval::rfm::{Analysis, analyse};
use custval::text::list;
use custval::transactions::read;
use scoring::scoring;
use spare::spare;
use std::path::PathBuf;

/// Recency, frequency and money of each customer from sales lines, with segments and lists
#[derive(clap::Args)]
#[command(after_help = "\
Reads CSV (also .gz and .zst), workbooks, Parquet (where built with it), folders, patterns, and - for
standard input.
Writes into DIR: rfm.html, rfm.xlsx, result.json and a folder of tables.

Examples:
  custval rfm sales.csv -o out
  custval rfm 'sales/2023-*.csv.gz' --customer CustomerID --order InvoiceNo -o out
  custval rfm sales.csv --where \"Country = 'United Kingdom' AND Quantity > 0\" --as-of 2011-12-10
  custval rfm sales.xlsx --bins 4 --map notebook --returns drop
  custval rfm sales.csv --method kmeans --bins 4 --weights 0.2,0.3,0.5 --format json
  custval rfm sales.csv --clusters 4 --transform log
  custval rfm visits.csv --model rfe --amount pages
  custval rfm sales.csv --set-aside rows.csv
  custval rfm crm.csv --level customer --orders Visits --date LastVisit --amount Spent
  custval rfm sales.csv --only win_back > win_back.csv
  custval rfm sales/ --tables csv,parquet -o out")]
pub(crate) struct Args {
    /// Files, folders or patterns of sales lines; - for standard input
    #[arg(required = true)]
    files: Vec<String>,

    /// What is scored: rfm (default), lrfm, lrfmp, rfe, or a model file
    #[arg(long, value_name = "NAME|FILE")]
    model: Option<String>,

    #[command(flatten)]
    sales: SalesOptions,

    /// Write the rows set aside, with their reasons, to this file
    #[arg(long, value_name = "FILE")]
    set_aside: Option<PathBuf>,

    /// How many levels each score has (default 5)
    #[arg(long, value_name = "N")]
    bins: Option<u32>,

    /// How figures become scores: quantile (default), rank, cuts, kmeans, mean, lloyd, quantile-plus-one
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,

    /// Cut points for one letter, ascending: R=30,90,180; once for each letter
    #[arg(long, value_name = "LETTER=A,B,…")]
    cuts: Vec<String>,

    /// The segment map: rf-10, rfm-10, rfm-11, rfm-11-r02, quartiles-5, notebook, eight-groups,
    /// deck-value, deck-loyalty, a file, or none
    #[arg(long, value_name = "NAME|FILE")]
    map: Option<String>,

    /// Weights of the figures in the weighted score, or a file with experts' pairwise comparisons of them
    #[arg(long, value_name = "R,F,M|FILE")]
    weights: Option<String>,

    /// Tiers by money with the shares of customers down to which they go
    #[arg(long, value_name = "S=0.05,A=0.2,…")]
    tiers: Option<String>,

    /// Cluster the customers by all figures together into K clusters
    #[arg(long, value_name = "K")]
    clusters: Option<usize>,

    /// What is done to the figures before they are clustered: log (default), box-cox, none
    #[arg(long, value_name = "HOW")]
    transform: Option<String>,

    /// And then: z (default), min-max, none
    #[arg(long, value_name = "HOW")]
    standardise: Option<String>,

    /// The seed of the clusters' starts
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// How many customers a list holds at most (default 100)
    #[arg(long, value_name = "N")]
    list: Option<usize>,

    /// A customer silent for more days than this is lost (default 90)
    #[arg(long, value_name = "DAYS")]
    silence: Option<u32>,

    /// The best so many of a tier who may come up to the tier above (default 0.1)
    #[arg(long, value_name = "SHARE")]
    upgrade_share: Option<f64>,

    /// The share of them assumed to do so (default 0.2)
    #[arg(long, value_name = "SHARE")]
    upgrade_rate: Option<f64>,

    /// What the tables in the folder are written as: csv (default), parquet, or both
    #[arg(long, value_name = "csv,parquet", value_delimiter = ',')]
    tables: Vec<String>,

    /// The folder for the results; nothing is written without it
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// Write the page alone to this file; with `-o` it is in the folder as rfm.html anyway
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// The language of the page, en (default) or zh; the reader can change it there
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,

    /// Write over files that are there already
    #[arg(long)]
    force: bool,

    /// Print only this table, as CSV: customers, segments, win_back, months, …; `scores` reads no more than
    /// the scores need, and is the fastest
    #[arg(long, value_name = "TABLE", conflicts_with_all = ["output", "html", "format"])]
    only: Option<String>,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = analysed(&args, &mut log);
    let (mut analysis, set_aside) = conclude(result, &log, args.format)?;
    analysis.command = Some(command());
    let output = files(&analysis, set_aside, &args)?;
    output.keep_off(&args.files)?;
    output.write(args.force)?;
    if let Some(only) = &args.only {
        return print_table(only, &analysis);
    }
    match args.format {
        Format::Json => print_with(|out| kept::write(&analysis, out)),
        Format::Text => {
            print(&report::sales_text(&analysis))?;
            match &args.output {
                Some(folder) => print(&format!("\nWritten to {}\n", folder.display())),
                None => print("\nAdd `-o DIR` to write rfm.html, rfm.xlsx and more.\n"),
            }
        }
    }
}

/// The files of the report, and the rows set aside where they were asked for.
pub(super) fn files<'a>(
    analysis: &'a Analysis,
    set_aside: Option<Vec<u8>>,
    args: &Args,
) -> Result<Output<'a>, Error> {
    let language = args.lang.as_ref().and_then(|lang| lang.parse().ok()).unwrap_or_default();
    let kinds = TableKind::asked(&args.tables, &mut Diagnostics::new());
    let mut output = Output::default();
    if let (Some(file), Some(rows)) = (&args.set_aside, set_aside) {
        output.add(file, rows);
    }
    if let Some(file) = &args.html {
        output.add(file, report::sales_page(analysis, language)?);
    }
    if let Some(folder) = &args.output {
        super::progress("writing the report");
        output.add(folder.join("rfm.html"), report::sales_page(analysis, language)?);
        output.add_written(folder.join("rfm.xlsx"), |file| {
            report::write_sales_workbook(analysis, file)
        });
        output.add_written(folder.join("result.json"), |file| kept::write(analysis, file));
        for kind in kinds {
            let path = |name: &str| folder.join("tables").join(format!("{name}.{}", kind.ending()));
            output.add_written(path("customers"), move |file| {
                kind.write(report::sales_customers(analysis), file)
            });
            for table in report::sales_tables(analysis) {
                output.add(path(&table.name), kind.written(&table)?);
            }
        }
    }
    Ok(output)
}

/// Prints a table as CSV.
fn print_table(name: &str, analysis: &Analysis) -> Result<(), Error> {
    let Some(table) = report::sales_table(name, analysis) else {
        let message = format!("there is nothing in the table {name} in this analysis");
        return Err(
            fault("--only", message, "the columns or options that it needs are missing").into()
        );
    };
    print_with(|out| report::write_csv(table, out))
}

type Found = (Analysis, Option<Vec<u8>>);

/// The analysis that is asked for, and the rows set aside where they are wanted.
pub(super) fn analysed(args: &Args, log: &mut Diagnostics) -> Result<Found, Error> {
    TableKind::asked(&args.tables, log);
    let _: Option<Language> = word(&args.lang, "--lang", log);
    let scoring = scoring(args, log);
    let mut reading = args.sales.reading(log);
    reading.keep_set_aside = args.set_aside.is_some();
    let is_kept = args.output.is_some() || args.html.is_some();
    reading.fingerprint = is_kept || args.format == Format::Json;
    if let Some(scoring) = &scoring {
        map_columns(&mut reading, &scoring.model.columns);
    }
    match args.only.as_deref() {
        Some("scores") => spare(&mut reading, scoring.as_ref()),
        Some(other) if !report::SALES_TABLES.contains(&other) => {
            let names = list(&report::SALES_TABLES);
            log.push(fault("--only", format!("there is no table `{other}`"), names));
        }
        _ => {}
    }
    log.refuse_if_faulty()?;
    let Some(scoring) = scoring else {
        return Err(Error::internal("a model without faults is missing"));
    };
    let mut bar = Bar::new();
    let mut sales = read(&args.files, &reading, log, &mut |progress| bar.tell(progress))?;
    bar.end();
    let set_aside = sales.set_aside.take();
    Ok((analyse(sales, &scoring, log)?, set_aside))
}

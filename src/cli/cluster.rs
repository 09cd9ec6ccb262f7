//! `custval cluster`: k-means on any table.

use super::options::ClusterOptions;
use super::{Format, conclude, print, print_json, table};
use custval::Error;
use custval::cluster::{Clusters, Options, Points};
use custval::diagnostic::{Diagnostic, Diagnostics};
use serde::Serialize;

/// Cluster the rows of any table by k-means, as SPSS QUICK CLUSTER does
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  custval cluster iris.csv --columns sepal_length,petal_length --k 3
  custval cluster values.xlsx --sheet Customers --columns X1,X2,X3 --k 4 --id Customer
  custval cluster values.csv --columns X1,X2,X3 --k 4 --start cases=1,9,5,6 --format json
  custval cluster values.csv --columns X1,X2 --k 4 --max-iterations 10 --converge 0.02")]
pub(crate) struct Args {
    /// A CSV file or a workbook
    file: String,

    /// The columns to cluster by, separated by commas
    #[arg(long, value_name = "A,B,…", value_delimiter = ',', required = true)]
    columns: Vec<String>,

    /// The number of clusters
    #[arg(long, short, value_name = "K")]
    k: usize,

    /// The column that names the rows
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,

    /// The sheet of a workbook; the first if it is left out
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

    #[command(flatten)]
    how: ClusterOptions,

    /// How many seeded starts look for a better partition
    #[arg(long, value_name = "N", default_value_t = 50)]
    restarts: usize,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The clustering with the rows' names and the warnings.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    clusters: &'a Clusters,
    ids: &'a Option<Vec<String>>,
    warnings: Vec<Diagnostic>,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = cluster(&args, &mut log);
    let (clusters, ids) = conclude(result, &log, args.format)?;
    match args.format {
        Format::Json => {
            print_json(&Document { clusters: &clusters, ids: &ids, warnings: log.warnings() })
        }
        Format::Text => print(&custval::report::clusters_text(&clusters, ids.as_deref())),
    }
}

type Found = (Clusters, Option<Vec<String>>);

fn cluster(args: &Args, log: &mut Diagnostics) -> Result<Found, Error> {
    let mut options = Options::new(args.k);
    options.restarts = args.restarts;
    if let Some(start) = args.how.start(log) {
        options.start = start;
    }
    if let Some(standardise) = args.how.standardise(log) {
        options.standardise = standardise;
    }
    options.max_iterations = args.how.max_iterations.unwrap_or(options.max_iterations);
    options.converge = args.how.converge.unwrap_or(options.converge);
    options.seed = args.how.seed.unwrap_or(options.seed);
    let sheet = table::open(&args.file, args.sheet.as_deref(), log)?;
    let table = table::headed(&sheet, log)?;
    let columns = table::columns(&table, &args.columns, "--columns", log);
    let id = args.id.as_ref().and_then(|name| table::column(&table, name, "--id", log));
    log.refuse_if_faulty()?;
    let cases = columns.first().map_or(0, Vec::len);
    let rows: Vec<Vec<Option<f64>>> =
        (0..cases).map(|case| columns.iter().map(|column| column[case]).collect()).collect();
    let points = Points::from_rows(&args.columns, &rows)?;
    let clusters = options.check(&points)?.run(log)?;
    let ids = id.map(|column| table.rows().map(|row| sheet.text(row, column)).collect());
    Ok((clusters, ids))
}

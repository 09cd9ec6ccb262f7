//! `custval cluster`: k-means on any table.

use super::options::{ClusterOptions, word};
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
  custval cluster values.csv --columns X1,X2 --k 4 --max-iterations 10 --converge 0.02
  custval cluster values.csv --columns X1,X2 --k 4 --update running --missing pairwise
  custval cluster orders.csv --columns value,days --k 3 --standardise z --weight orders
  custval cluster values.csv --columns X1,X2 --k 4 --compare-up-to 12 --gap 100 --bootstrap 100")]
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

    /// When centres move: batch (default), after all cases, or running, with each case, SPSS's
    /// UPDATE
    #[arg(long, value_name = "WHEN")]
    update: Option<String>,

    /// A case that lacks some of the columns: listwise (default), it is left out, or pairwise, it
    /// goes by those that it has, SPSS's MISSING
    #[arg(long, value_name = "RULE")]
    missing: Option<String>,

    /// The column of the cases' weights; one of weight 2 counts as two cases alike
    #[arg(long, value_name = "COLUMN")]
    weight: Option<String>,

    /// How many seeded starts look for a better partition (default 50)
    #[arg(long, value_name = "N")]
    restarts: Option<usize>,

    /// Compare 1 up to N clusters; 0 is not to (default 10)
    #[arg(long, value_name = "N")]
    compare_up_to: Option<usize>,

    /// How many tables without structure the gap statistic and the elbow are judged by; 0 is to
    /// leave both out (default 20)
    #[arg(long, value_name = "B")]
    gap: Option<usize>,

    /// What the gap statistic adds up: squared distances (default), as in the paper, or plain ones,
    /// as R's clusGap
    #[arg(long, value_name = "WHAT")]
    gap_distance: Option<String>,

    /// How many times the cases are drawn anew for the clusters' stability; 0 is not to (default 50)
    #[arg(long, value_name = "B")]
    bootstrap: Option<usize>,

    /// Silhouettes are exact up to so many cases, beyond from a sample of this size (default 5000)
    #[arg(long, value_name = "N")]
    silhouette_limit: Option<usize>,

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
    let options = options(args, log);
    let sheet = table::open(&args.file, args.sheet.as_deref(), log)?;
    let table = table::headed(&sheet, log)?;
    let columns = table::columns(&table, &args.columns, "--columns", log);
    let weights = args
        .weight
        .as_ref()
        .map(|name| table::columns(&table, std::slice::from_ref(name), "--weight", log));
    let id = args.id.as_ref().and_then(|name| table::column(&table, name, "--id", log));
    log.refuse_if_faulty()?;
    let cases = columns.first().map_or(0, Vec::len);
    let rows: Vec<Vec<Option<f64>>> =
        (0..cases).map(|case| columns.iter().map(|column| column[case]).collect()).collect();
    let mut points = Points::from_rows(&args.columns, &rows)?;
    if let (Some(name), Some(weights)) = (&args.weight, weights.and_then(|mut all| all.pop())) {
        points = points.weighted(name, weights)?;
    }
    let clusters = options.check(&points)?.run(log)?;
    let ids = id.map(|column| table.rows().map(|row| sheet.text(row, column)).collect());
    Ok((clusters, ids))
}

/// The options asked for, the others as they are by default; faults go to the log.
fn options(args: &Args, log: &mut Diagnostics) -> Options {
    let default = Options::new(args.k);
    Options {
        start: args.how.start(log).unwrap_or(default.start),
        standardise: args.how.standardise(log).unwrap_or(default.standardise),
        max_iterations: args.how.max_iterations.unwrap_or(default.max_iterations),
        converge: args.how.converge.unwrap_or(default.converge),
        seed: args.how.seed.unwrap_or(default.seed),
        restarts: args.restarts.unwrap_or(default.restarts),
        compare_up_to: args.compare_up_to.unwrap_or(default.compare_up_to),
        update: word(&args.update, "--update", log).unwrap_or(default.update),
        incomplete: word(&args.missing, "--missing", log).unwrap_or(default.incomplete),
        gap_references: args.gap.unwrap_or(default.gap_references),
        gap_distance: word(&args.gap_distance, "--gap-distance", log)
            .unwrap_or(default.gap_distance),
        bootstraps: args.bootstrap.unwrap_or(default.bootstraps),
        silhouette_limit: args.silhouette_limit.unwrap_or(default.silhouette_limit),
        ..default
    }
}

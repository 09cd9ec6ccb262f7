//! `custval anova`: one-way analysis of variance of any table.

use super::options::fault;
use super::{Format, conclude, print, print_json, table};
use custval::anova::{Anova, Options, Origin, analyse};
use custval::diagnostic::Diagnostics;
use custval::{Error, Grouping};

/// Test whether groups differ: one-way analysis of variance of any table, with Welch, Kruskal–Wallis,
/// Levene, Tukey and Games–Howell, normality and effect sizes
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  custval anova plants.csv --value weight --group treatment
  custval anova values.xlsx --sheet Customers --value X1,X2,X3 --group Class
  custval anova plants.csv --value weight --group treatment --level 0.99
  custval anova values.csv --value X1 --group cluster --clusters --format json")]
pub(crate) struct Args {
    /// A CSV file or a workbook
    file: String,

    /// The columns whose means are compared, separated by commas
    #[arg(long, value_name = "V,…", value_delimiter = ',', required = true)]
    value: Vec<String>,

    /// The column that names each row's group
    #[arg(long, value_name = "COLUMN")]
    group: String,

    /// The sheet of a workbook; the first if it is left out
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

    /// The level of confidence of every interval, from 0.5 to below 1 (default 0.95)
    #[arg(long, value_name = "SHARE")]
    level: Option<f64>,

    /// The groups are clusters made of these same values: every sentence then says that it describes
    /// and does not test
    #[arg(long)]
    clusters: bool,

    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = anova(&args, &mut log);
    let tables = conclude(result, &log, args.format)?;
    match args.format {
        Format::Json => print_json(&tables),
        Format::Text => print(&custval::report::anova_text(&tables)),
    }
}

fn anova(args: &Args, log: &mut Diagnostics) -> Result<Vec<Anova>, Error> {
    let sheet = table::open(&args.file, args.sheet.as_deref(), log)?;
    let table = table::headed(&sheet, log)?;
    let columns = table::columns(&table, &args.value, "--value", log);
    let group = table::column(&table, &args.group, "--group", log);
    let options = options(args, log);
    log.refuse_if_faulty()?;
    let Some(group) = group else {
        return Err(Error::internal("no fault was told, but the group column is missing"));
    };
    let groups: Vec<String> = table.rows().map(|row| sheet.text(row, group)).collect();
    let mut tables = Vec::new();
    for (name, column) in args.value.iter().zip(columns) {
        // Each variable has its own complete cases.
        let complete: Vec<(&str, f64)> = groups
            .iter()
            .zip(column)
            .filter(|(group, _)| !group.is_empty())
            .filter_map(|(group, value)| Some((group.as_str(), value?)))
            .collect();
        let labels: Vec<&str> = complete.iter().map(|(group, _)| *group).collect();
        let values: Vec<f64> = complete.iter().map(|(_, value)| *value).collect();
        let groups = Grouping::by_label(&labels);
        match analyse(std::slice::from_ref(name), &[values], &groups, &options) {
            Ok(found) => tables.extend(found),
            Err(Error::Input(faults)) => log.extend(faults),
            Err(failure) => return Err(failure),
        }
    }
    log.refuse_if_faulty()?;
    Ok(tables)
}

fn options(args: &Args, log: &mut Diagnostics) -> Options {
    let mut options = Options::default();
    if args.clusters {
        options.origin = Origin::Clusters;
    }
    match args.level {
        Some(level) if (0.5..1.0).contains(&level) => options.level = level,
        Some(level) => {
            let message = format!("the level of confidence is {level}");
            let hint = "a share from 0.5 to below 1, such as 0.95";
            log.push(fault(message, "--level").hint(hint));
        }
        None => {}
    }
    options
}

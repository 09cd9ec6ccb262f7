//! `custval tables`: a result as tables for a paper, with its methods.

use super::options::fault;
use super::output::Output;
use super::{print, progress, tell};
use clap::ValueEnum;
use custval::Error;
use custval::diagnostic::{Diagnostics, nearest};
use custval::kept::Kept;
use custval::report::{self, Methods, Table};
use custval::text::list;
use std::path::{Path, PathBuf};

/// Write a saved result as tables for a paper, with its methods in full sentences
#[derive(clap::Args)]
#[command(after_help = "\
Writes into DIR: one file a table, the methods in full sentences (methods.md, .txt and .tex) and the works
that they cite (references.bib); in LaTeX also all.tex, which takes in all of them and compiles with xelatex.
Without -o the tables are printed.

Examples:
  custval evaluate sme examples/sme-paper.xlsx -o out
  custval tables out/result.json -o paper
  custval tables out/result.json -o paper --only anova,final_centres,weights --digits 6
  custval tables out/result.json --format markdown --only classes
  custval rfm examples/sales.csv -o shop
  custval tables shop/result.json --format html -o pages")]
pub(crate) struct Args {
    /// A result.json that `custval evaluate -o` or `custval rfm -o` has written
    result: String,

    /// What the tables are written as
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Only these tables, by the names of their CSV files
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    only: Vec<String>,

    /// So many decimals for real numbers, 0 to 17, instead of those of the report
    #[arg(long, value_name = "N")]
    digits: Option<usize>,

    /// The folder for the tables; they are printed without it
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Write over files that are there already
    #[arg(long)]
    force: bool,
}

/// The form of the tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a paper: booktabs and longtable.
    #[default]
    Latex,
    /// GitHub Flavored Markdown.
    Markdown,
    /// Comma-separated values, numbers in full.
    Csv,
    /// One page a table.
    Html,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Format::Latex => "tex",
            Format::Markdown => "md",
            Format::Csv => "csv",
            Format::Html => "html",
        }
    }

    fn written(self, table: &Table) -> String {
        match self {
            Format::Latex => report::to_latex(table),
            Format::Markdown => report::to_markdown(table),
            Format::Csv => report::to_csv(table),
            Format::Html => report::to_html(table),
        }
    }
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let (tables, methods) = rendered(&args, &mut log)?;
    tell(&log);
    match &args.output {
        Some(folder) => {
            write(&args, folder, &tables, &methods)?;
            print(&format!("Written to {}\n", folder.display()))
        }
        None => {
            let texts: Vec<String> =
                tables.iter().map(|table| args.format.written(table)).collect();
            print(&texts.join("\n"))
        }
    }
}

/// The tables asked for, and the methods.
fn rendered(args: &Args, log: &mut Diagnostics) -> Result<(Vec<Table>, Methods), Error> {
    if let Some(digits) = args.digits.filter(|digits| *digits > MOST_DIGITS) {
        let message = format!("{digits} decimals are more than a number has");
        log.push(fault(message, "--digits").hint(format!("from 0 to {MOST_DIGITS}")));
    }
    progress("reading the result");
    let kept = Kept::open(&args.result, log);
    log.refuse_if_faulty()?;
    let (tables, methods) = match kept {
        Some(Kept::Evaluation(found)) => (report::tables(&found), Methods::of_evaluation(&found)),
        Some(Kept::Analysis(found)) => (report::sales_tables(&found), Methods::of_analysis(&found)),
        None => return Err(Error::internal("the result has no fault, but cannot be read")),
    };
    let mut tables = chosen(tables, &args.only, log);
    log.refuse_if_faulty()?;
    if let Some(digits) = args.digits {
        tables = tables.into_iter().map(|table| table.with_digits(digits)).collect();
    }
    Ok((tables, methods))
}

/// No number of double precision says more behind its point than a text of this many decimals shows.
const MOST_DIGITS: usize = 17;

/// The tables of these names in the order of the report; all of them if none is named.
fn chosen(tables: Vec<Table>, names: &[String], log: &mut Diagnostics) -> Vec<Table> {
    let known: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    for name in names.iter().filter(|name| !known.contains(&name.as_str())) {
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => list(&known),
        };
        let message = format!("there is no table `{name}` in this result");
        log.push(fault(message, "--only").hint(hint));
    }
    let is_chosen = |table: &Table| names.is_empty() || names.contains(&table.name);
    tables.into_iter().filter(is_chosen).collect()
}

fn write(args: &Args, folder: &Path, tables: &[Table], methods: &Methods) -> Result<(), Error> {
    let mut output = Output::default();
    for table in tables {
        let name = format!("{}.{}", table.name, args.format.ending());
        output.add(folder.join(name), args.format.written(table));
    }
    if args.format == Format::Latex {
        output.add(folder.join("all.tex"), report::all_tex(tables));
    }
    output.add(folder.join("methods.md"), methods.markdown());
    output.add(folder.join("methods.txt"), methods.text());
    output.add(folder.join("methods.tex"), methods.latex());
    output.add(folder.join("references.bib"), methods.bibtex());
    output.keep_off(std::slice::from_ref(&args.result))?;
    output.write(args.force)
}

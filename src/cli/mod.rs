//! The command line: one file a command, each one call into the library.

mod anova;
mod asked;
mod assign;
mod bar;
mod check;
mod cluster;
mod command;
mod completions;
mod evaluate;
mod explain;
mod figures;
mod job;
mod journal;
mod new;
mod options;
mod output;
mod reproduce;
mod rfm;
mod sales_options;
mod sales_periods;
mod schema;
mod sensitivity;
mod table;
mod table_kind;
mod tables;
mod weigh;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use custval::Error;
use custval::diagnostic::{Diagnostic, Diagnostics, Severity};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// What each customer is worth, now and later: weights by AHP, scores by experts, classes by k-means.
#[derive(Parser)]
#[command(name = "custval", version, about, max_term_width = 100, arg_required_else_help = false)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    New(new::Args),
    Check(Box<check::Args>),
    Weigh(weigh::Args),
    Evaluate(Box<evaluate::Args>),
    Sensitivity(Box<sensitivity::Args>),
    Assign(Box<assign::Args>),
    Rfm(Box<rfm::Args>),
    Tables(tables::Args),
    Run(job::Args),
    Cluster(cluster::Args),
    Anova(anova::Args),
    Figures(figures::Args),
    Reproduce(reproduce::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

/// What is printed on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables for people.
    #[default]
    Text,
    /// One JSON document for programs.
    Json,
}

const GREETING: &str = "\
custval: what each customer is worth, now and later.

  custval new sme -o scoring.xlsx          the workbook to send to your experts
  custval evaluate sme scoring.xlsx -o out values, classes and a report from their answers
  custval rfm sales.csv -o out             recency, frequency and money from your sales lines
  custval reproduce sme-paper              a published study, figure by figure

custval help          every command
custval help evaluate one command, with examples
";

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no faults; anything else is input to mend.
            let code = if error.use_stderr() { 1 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let Some(command) = cli.command else {
        return match print(GREETING) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => finish(error),
        };
    };
    let done = match command {
        Command::New(args) => new::run(args),
        Command::Check(args) => check::run(*args),
        Command::Weigh(args) => weigh::run(args),
        Command::Evaluate(args) => evaluate::run(*args),
        Command::Sensitivity(args) => sensitivity::run(*args),
        Command::Assign(args) => assign::run(*args),
        Command::Rfm(args) => rfm::run(*args),
        Command::Tables(args) => tables::run(args),
        Command::Cluster(args) => cluster::run(args),
        Command::Anova(args) => anova::run(args),
        Command::Run(args) => job::run(args),
        Command::Figures(args) => figures::run(args),
        Command::Reproduce(args) => reproduce::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => completions::run(args, Cli::command()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => finish(error),
    }
}

/// Tells an error on standard error.
fn finish(error: Error) -> ExitCode {
    match &error {
        Error::Input(log) => {
            tell(log);
            let faults = log.count(Severity::Error);
            let sum = match faults {
                1 => "1 fault to mend".to_string(),
                _ => format!("{faults} faults to mend"),
            };
            let code = log.iter().find(|d| d.severity == Severity::Error).map(|d| d.code);
            let explain = code.map(|code| format!("; `custval explain {code}` tells more"));
            eprintln!("\n{sum}{}", explain.unwrap_or_default());
        }
        Error::Failure(fault) => tell(&Diagnostics::from((**fault).clone())),
    }
    ExitCode::from(error.exit_code())
}

/// Tells diagnostics on standard error.
pub(crate) fn tell(log: &Diagnostics) {
    if !log.is_empty() {
        anstream::eprintln!("{}", log.text(true));
    }
}

/// Prints on standard output. A reader that went away (`custval … | head`) is no failure.
pub(crate) fn print(text: &str) -> Result<(), Error> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::internal(format!("cannot print: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a document as JSON.
pub(crate) fn print_json(document: &impl Serialize) -> Result<(), Error> {
    print_with(|out| write_json(document, out))
}

/// Prints what is written on the spot.
pub(crate) fn print_with(
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Error> {
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::internal(format!("cannot print: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a document as indented JSON that ends in a newline.
pub(crate) fn write_json(
    document: &impl Serialize,
    file: &mut (impl Write + ?Sized),
) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *file, document)?;
    file.write_all(b"\n")
}

/// A document as indented JSON that ends in a newline.
pub(crate) fn json(document: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    write_json(document, &mut text)
        .map_err(|error| Error::internal(format!("cannot write JSON: {error}")))?;
    Ok(text)
}

/// Tells the log and hands on the result; with `--format json` faults are a document too.
pub(crate) fn conclude<T>(
    result: Result<T, Error>,
    log: &Diagnostics,
    format: Format,
) -> Result<T, Error> {
    #[derive(Serialize)]
    struct Refusal<'a> {
        errors: Vec<&'a Diagnostic>,
        warnings: Vec<&'a Diagnostic>,
    }
    match &result {
        Ok(_) => tell(log),
        Err(Error::Input(all)) if format == Format::Json => {
            let of = |severity| all.iter().filter(|d| d.severity == severity).collect();
            print_json(&Refusal { errors: of(Severity::Error), warnings: of(Severity::Warning) })?;
        }
        Err(_) => {}
    }
    result
}

/// Says on standard error what is being done, if a person watches.
pub(crate) fn progress(what: &str) {
    if std::io::stderr().is_terminal() {
        anstream::eprintln!("\u{1b}[2m{what} …\u{1b}[0m");
    }
}

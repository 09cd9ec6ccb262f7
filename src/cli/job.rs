//! `custval run`: a job, for cron and its kin.

use super::command::line;
use super::journal::Journal;
use super::{evaluate, rfm};
use clap::{Parser, Subcommand};
use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use custval::job::{Figures, Job};
use custval::kept::Kept;
use custval::text::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// Run a job: a command with its inputs, where its results go, and what counts as a failure
#[derive(clap::Args)]
#[command(after_help = "\
FILE is a TOML file with kind = \"job\"; docs/jobs.md shows one. Paths in it go from its folder. Each result is
a folder of its own in the job's output, and `latest` leads to the last good one; where nothing has changed,
nothing is written. The log is a JSON document a line.

Exit codes: 0 done, or nothing has changed; 1 something to mend, or beyond the limits of the job; 2 a failure.

Examples:
  custval run weekly.toml
  0 6 * * 1  custval run /srv/reports/weekly.toml        (a line of cron: Mondays at six)")]
pub(crate) struct Args {
    /// The job's file
    #[arg(value_name = "FILE")]
    job: PathBuf,
}

/// The commands that a job may run.
#[derive(Parser)]
#[command(name = "custval")]
struct Own {
    #[command(subcommand)]
    command: OwnCommand,
}

#[derive(Subcommand)]
enum OwnCommand {
    Evaluate(Box<evaluate::Args>),
    Rfm(Box<rfm::Args>),
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let file = args.job.display().to_string();
    let job = Job::open(&file, &mut log);
    let command = job.as_ref().and_then(|job| parsed(job, &file, &mut log));
    log.refuse_if_faulty()?;
    let (Some(job), Some(command)) = (job, command) else {
        return Err(Error::internal("a job without faults is missing"));
    };
    // Whoever starts the job, its paths mean the same.
    if let Some(folder) = args.job.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::env::set_current_dir(folder).map_err(|error| at(folder, &error))?;
    }
    let mut journal = Journal::open(&job.name, job.log.as_deref())?;
    journal.tell("begin", &[("command", json!(line(job.run.iter().cloned())))]);
    let done = once(&job, command, &mut journal);
    match &done {
        Ok((status, id)) => journal.end(status, &[("result", json!(id))]),
        Err(Error::Input(faults)) => {
            faults.iter().for_each(|fault| journal.diagnostic(fault));
            journal.end("refused", &[]);
        }
        Err(Error::Failure(fault)) => {
            journal.diagnostic(fault);
            journal.end("failed", &[]);
        }
    }
    done.map(|_| ())
}

/// The command of a job, as the command line would read it.
fn parsed(job: &Job, file: &str, log: &mut Diagnostics) -> Option<OwnCommand> {
    let words = std::iter::once("custval").chain(job.run.iter().map(String::as_str));
    let told = |error: &clap::Error| {
        let message = error.to_string();
        let message = message.lines().next().unwrap_or_default().trim_start_matches("error: ");
        let fault = Diagnostic::error(Code::JobInvalid, format!("`run`: {message}"))
            .at(Place::file(file))
            .hint(format!("`custval help {}` tells its options", job.run[0]));
        log.push(fault);
    };
    Own::try_parse_from(words).inspect_err(told).ok().map(|own| own.command)
}

/// Runs a job once: what became of it, and the folder of the last good result.
fn once(
    job: &Job,
    mut command: OwnCommand,
    journal: &mut Journal,
) -> Result<(&'static str, String), Error> {
    let output = &job.output;
    fs::create_dir_all(output).map_err(|error| at(output, &error))?;
    let _held = lock(output)?;
    sweep(output);
    let new = tempfile::Builder::new().prefix(NEW).tempdir_in(output);
    let new = new.map_err(|error| at(output, &error))?;
    let mut log = Diagnostics::new();
    let made = made(&mut command, new.path(), &line(job.run.iter().cloned()), &mut log);
    let result = made?;
    log.iter().for_each(|warning| journal.diagnostic(warning));
    let now = Figures::of(&result);
    journal.stage("compute", &counted(&now));
    write(&result, &command)?;
    let id = id(&new.path().join(RESULT), job)?;
    journal.stage("write", &[]);
    let last = pointed(output);
    if last.as_ref() == Some(&id) {
        return Ok(("unchanged", id));
    }
    let last = last.and_then(|last| figures_of(&output.join(last), journal));
    let exceeded = job.limits.exceeded(&now, last.as_ref());
    exceeded.refuse_if_faulty()?;
    let place = output.join(&id);
    if place.exists() {
        // An earlier result that comes back, or one that was interrupted before `latest` led to it.
        fs::remove_dir_all(&place).map_err(|error| at(&place, &error))?;
    }
    fs::rename(new.path(), &place).map_err(|error| at(&place, &error))?;
    set_mode(&place);
    point(output, &id).map_err(|error| at(&output.join(LATEST), &error))?;
    prune(output, &id, job.keep);
    Ok(("written", id))
}

const LATEST: &str = "latest";
const RESULT: &str = "result.json";
/// What the folder of a result that is being written begins with.
const NEW: &str = ".new-";
/// How many digits name a result.
const DIGITS: usize = 12;

/// One run at a time; the lock goes with the process, however that ends.
fn lock(output: &Path) -> Result<File, Error> {
    let path = output.join(".lock");
    let file = File::create(&path).map_err(|error| at(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let fault =
                Diagnostic::error(Code::JobRunning, "another run of this job has not ended")
                    .at(Place::file(path.display().to_string()))
                    .hint("wait for it, or look whether it hangs");
            Err(fault.into())
        }
        Err(TryLockError::Error(error)) => Err(at(&path, &error)),
    }
}

/// Removes what runs that were killed have left.
fn sweep(output: &Path) {
    for entry in fs::read_dir(output).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(NEW) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn made(
    command: &mut OwnCommand,
    folder: &Path,
    line: &str,
    log: &mut Diagnostics,
) -> Result<Kept, Error> {
    match command {
        OwnCommand::Evaluate(args) => {
            args.asked.output = Some(folder.to_path_buf());
            let mut evaluation = evaluate::evaluated(args, log)?;
            evaluation.command = Some(line.to_string());
            Ok(Kept::Evaluation(Box::new(evaluation)))
        }
        OwnCommand::Rfm(args) => {
            args.output = Some(folder.to_path_buf());
            let (mut analysis, _) = rfm::analysed(args, log)?;
            analysis.command = Some(line.to_string());
            Ok(Kept::Analysis(Box::new(analysis)))
        }
    }
}

fn write(result: &Kept, command: &OwnCommand) -> Result<(), Error> {
    match (result, command) {
        (Kept::Evaluation(evaluation), OwnCommand::Evaluate(args)) => {
            evaluate::files(evaluation, args)?.write(true)
        }
        (Kept::Analysis(analysis), OwnCommand::Rfm(args)) => {
            rfm::files(analysis, None, args)?.write(true)
        }
        _ => Err(Error::internal("a result is not of its command")),
    }
}

/// The name of a result: digits that differ where the result, its command or the program does.
fn id(result: &Path, job: &Job) -> Result<String, Error> {
    let mut hasher = Sha256::new();
    hasher.update(fs::read(result).map_err(|error| at(result, &error))?);
    hasher.update(job.run.join("\0"));
    let mut id = hex(&hasher.finalize());
    id.truncate(DIGITS);
    Ok(id)
}

/// The figures of a result that was written, where it can be read.
fn figures_of(folder: &Path, journal: &mut Journal) -> Option<Figures> {
    let mut log = Diagnostics::new();
    let kept = Kept::open(&folder.join(RESULT).display().to_string(), &mut log);
    log.iter().for_each(|fault| journal.diagnostic(fault));
    kept.as_ref().map(Figures::of)
}

fn counted(figures: &Figures) -> Vec<(&'static str, Value)> {
    let mut counted = vec![("customers", json!(figures.groups.len()))];
    if let Some(rows) = figures.rows {
        counted.extend([("rows_read", json!(rows.read)), ("rows_used", json!(rows.used))]);
    }
    counted
}

/// Leads `latest` to a result: a link, replaced at one stroke.
#[cfg(unix)]
fn point(output: &Path, id: &str) -> std::io::Result<()> {
    let link = output.join(format!("{NEW}link"));
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(id, &link)?;
    fs::rename(link, output.join(LATEST))
}

/// Where there are no links, `latest` is a file with the name.
#[cfg(not(unix))]
fn point(output: &Path, id: &str) -> std::io::Result<()> {
    let new = output.join(format!("{NEW}link"));
    fs::write(&new, id)?;
    fs::rename(new, output.join(LATEST))
}

/// The name to which `latest` leads.
fn pointed(output: &Path) -> Option<String> {
    let latest = output.join(LATEST);
    let target = fs::read_link(&latest).map(|target| target.to_string_lossy().into_owned());
    target.or_else(|_| fs::read_to_string(&latest)).ok().map(|name| name.trim().to_string())
}

/// Keeps the last so many results, by when they were written.
fn prune(output: &Path, latest: &str, keep: usize) {
    let is_result =
        |name: &str| name.len() == DIGITS && name.bytes().all(|b| b.is_ascii_hexdigit());
    let mut others: Vec<(std::time::SystemTime, PathBuf)> = fs::read_dir(output)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            is_result(&name) && name != latest
        })
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    others.sort_by(|a, b| b.cmp(a));
    for (_, path) in others.iter().skip(keep.saturating_sub(1)) {
        let _ = fs::remove_dir_all(path);
    }
}

/// A folder that was made as a temporary one is private; a result is as readable as any.
fn set_mode(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
    }
    #[cfg(not(unix))]
    let _ = folder;
}

fn at(path: &Path, error: &std::io::Error) -> Error {
    Diagnostic::error(Code::OutputFailed, format!("cannot write: {error}"))
        .at(Place::file(path.display().to_string()))
        .hint("check that the folder may be written to and the disk has room")
        .into()
}

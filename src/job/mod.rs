//! A scheduled run: what is run, where its results go, and what counts as a failure beside the last good one.

mod draft;
mod figures;
mod limits;

pub use figures::Figures;
pub use limits::Limits;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use std::path::PathBuf;

/// What a job's key `kind` says.
pub(crate) const KIND: &str = "job";

/// A job. Everything in it has been checked; paths are as they stand in its file, from whose folder they go.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its name.
    pub name: String,
    /// The command with its arguments: `evaluate …` or `rfm …`.
    pub run: Vec<String>,
    /// The folder of its results.
    pub output: PathBuf,
    /// The file to which its log is added, a JSON document a line; `None` for standard error.
    pub log: Option<PathBuf>,
    /// How many results are kept, the last one among them.
    pub keep: usize,
    /// What counts as a failure.
    pub limits: Limits,
}

impl Job {
    /// Reads a job's file. All faults go to the log.
    pub fn open(file: &str, log: &mut Diagnostics) -> Option<Job> {
        match std::fs::read_to_string(file) {
            Ok(text) => Job::parse(&text, file, log),
            Err(error) => {
                let fault =
                    Diagnostic::error(Code::FileUnreadable, format!("cannot read: {error}"))
                        .at(Place::file(file))
                        .hint("give the file of a job, as docs/jobs.md shows one");
                log.push(fault);
                None
            }
        }
    }

    /// The same from the text of the file; `file` is the name that faults carry.
    ///
    /// ```
    /// use custval::diagnostic::Diagnostics;
    /// use custval::job::Job;
    ///
    /// let text = "kind = 'job'\nname = 'weekly'\nrun = ['rfm', 'sales.csv']\noutput = 'reports'\n\
    ///             [limits]\nrows_fewer = 0.2\n";
    /// let job = Job::parse(text, "weekly.toml", &mut Diagnostics::new()).unwrap();
    /// assert_eq!((job.keep, job.limits.rows_fewer), (5, Some(0.2)));
    /// ```
    pub fn parse(text: &str, file: &str, log: &mut Diagnostics) -> Option<Job> {
        draft::job(text, file, log)
    }
}

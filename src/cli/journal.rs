//! The log of a scheduled run: a JSON document a line, for programs that watch.

use custval::Error;
use custval::diagnostic::{Code, Diagnostic, Place};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// Where events go: a file, to which they are added, or standard error.
pub(crate) struct Journal {
    job: String,
    file: Option<File>,
    begun: Instant,
    stage: Instant,
}

impl Journal {
    pub(crate) fn open(job: &str, file: Option<&Path>) -> Result<Journal, Error> {
        let open = |path: &Path| {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder)?;
            }
            OpenOptions::new().create(true).append(true).open(path)
        };
        let failed = |path: &Path, error: std::io::Error| -> Error {
            Diagnostic::error(Code::OutputFailed, format!("cannot write the log: {error}"))
                .at(Place::file(path.display().to_string()))
                .hint("check that the folder may be written to")
                .into()
        };
        let file = file.map(|path| open(path).map_err(|error| failed(path, error))).transpose()?;
        let now = Instant::now();
        Ok(Journal { job: job.to_string(), file, begun: now, stage: now })
    }

    /// An event with what there is to say of it.
    pub(crate) fn tell(&mut self, event: &str, more: &[(&str, Value)]) {
        let mut line = Map::new();
        line.insert("time".into(), json!(jiff::Timestamp::now().to_string()));
        line.insert("job".into(), json!(self.job));
        line.insert("event".into(), json!(event));
        line.extend(more.iter().map(|(name, value)| (name.to_string(), value.clone())));
        let line = Value::Object(line).to_string() + "\n";
        // A log that cannot be written must not stop what it is about.
        let _ = match &mut self.file {
            Some(file) => file.write_all(line.as_bytes()),
            None => std::io::stderr().lock().write_all(line.as_bytes()),
        };
    }

    /// The end of a stage: how long it took, and how much memory the program has taken at most so far.
    pub(crate) fn stage(&mut self, stage: &str, more: &[(&str, Value)]) {
        let seconds = self.stage.elapsed().as_secs_f64();
        let mut all = vec![("stage", json!(stage)), ("seconds", rounded(seconds))];
        all.extend(more.iter().cloned());
        all.extend(peak_bytes().map(|bytes| ("peak_bytes", json!(bytes))));
        self.tell("stage", &all);
        self.stage = Instant::now();
    }

    /// A diagnostic.
    pub(crate) fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        #[derive(Serialize)]
        struct Told<'a> {
            diagnostic: &'a Diagnostic,
        }
        if let Ok(Value::Object(told)) = serde_json::to_value(Told { diagnostic }) {
            let told: Vec<(&str, Value)> =
                told.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
            self.tell("diagnostic", &told);
        }
    }

    /// The end of the run.
    pub(crate) fn end(&mut self, status: &str, more: &[(&str, Value)]) {
        let seconds = rounded(self.begun.elapsed().as_secs_f64());
        let mut all = vec![("status", json!(status)), ("seconds", seconds)];
        all.extend(more.iter().cloned());
        self.tell("end", &all);
    }
}

fn rounded(seconds: f64) -> Value {
    json!((seconds * 1000.0).round() / 1000.0)
}

/// The most memory that this process has held; `None` where the system does not say.
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

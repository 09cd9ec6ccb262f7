//! Scheduled runs: the last good result is always there, whole; the second run changes nothing; limits hold.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new(job: &str) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let sales = format!("{}/examples/sales.csv", env!("CARGO_MANIFEST_DIR"));
        fs::create_dir(folder.path().join("sales")).unwrap();
        fs::copy(sales, folder.path().join("sales/all.csv")).unwrap();
        fs::write(folder.path().join("job.toml"), job).unwrap();
        Place { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("custval"));
        command.arg("run").arg(self.path("job.toml"));
        command
    }

    fn run(&self) -> Output {
        self.command().output().unwrap()
    }

    /// The events of all runs so far.
    fn log(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.path("out/log.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn status(&self) -> String {
        let log = self.log();
        let end = log.iter().rev().find(|event| event["event"] == "end").unwrap();
        end["status"].as_str().unwrap().to_string()
    }

    /// The files of the last good result with their bytes.
    fn latest(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let root = self.path("out/latest").canonicalize().unwrap();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_path_buf();
                    found.push((name, fs::read(path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    /// Names in the output, but the lock and the log.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("out")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> =
            names.filter(|name| name != ".lock" && name != "log.jsonl").collect();
        names.sort();
        names
    }

    /// Keeps only the first so many lines of the sales.
    fn cut(&self, lines: usize) {
        let file = self.path("sales/all.csv");
        let text = fs::read_to_string(&file).unwrap();
        let kept: Vec<&str> = text.lines().take(lines).collect();
        fs::write(file, kept.join("\n") + "\n").unwrap();
    }
}

const JOB: &str = "kind = 'job'\nname = 'weekly'\nrun = ['rfm', 'sales/*.csv', '--returns', 'net']\n\
                   output = 'out'\nlog = 'out/log.jsonl'\nkeep = 2\n";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_second_run_changes_nothing_and_other_inputs_make_another_result() {
    let place = Place::new(JOB);
    let first = place.run();
    assert!(first.status.success(), "{}", said(&first));
    assert_eq!((said(&first).as_str(), place.status().as_str()), ("", "written"));
    let files = place.latest();
    let names: Vec<String> = files.iter().map(|(name, _)| name.display().to_string()).collect();
    for name in ["result.json", "rfm.html", "rfm.xlsx", "tables/customers.csv"] {
        assert!(names.contains(&name.to_string()), "{names:?}");
    }
    let before = place.names();
    assert!(place.run().status.success());
    assert_eq!(
        (place.status().as_str(), place.names(), place.latest()),
        ("unchanged", before, files)
    );
    // Stages tell how long they took, of how much.
    let log = place.log();
    let compute = log.iter().find(|event| event["stage"] == "compute").unwrap();
    assert_eq!(compute["job"], "weekly");
    assert!(compute["seconds"].as_f64().unwrap() >= 0.0);
    assert_eq!(compute["customers"], 300);
    assert!(compute["rows_used"].as_u64() <= compute["rows_read"].as_u64());
    assert!(log.iter().any(|event| event["diagnostic"]["code"] == "returns-found"));
    // Other sales are another result; of three the oldest goes.
    for lines in [3000, 2900] {
        place.cut(lines);
        assert!(place.run().status.success());
        assert_eq!(place.status(), "written");
    }
    assert_eq!(place.names().len(), 3, "{:?}", place.names());
}

#[test]
fn a_result_beyond_the_limits_leaves_the_last_good_one() {
    let limits = "[limits]\nrows_fewer = 0.2\nmoved = 0.9\n";
    let place = Place::new(&format!("{JOB}{limits}"));
    assert!(place.run().status.success());
    let (files, names) = (place.latest(), place.names());
    place.cut(1000);
    let refused = place.run();
    assert_eq!(refused.status.code(), Some(1));
    let said = said(&refused);
    assert!(said.contains("job-limit") && said.contains("were last time"), "{said}");
    assert_eq!(place.status(), "refused");
    assert_eq!((place.latest(), place.names()), (files.clone(), names.clone()));
    // Inputs that cannot be read leave it too.
    fs::write(place.path("sales/all.csv"), "nothing\n1\n").unwrap();
    assert_eq!(place.run().status.code(), Some(1));
    assert_eq!((place.latest(), place.names()), (files, names));
}

#[test]
fn an_evaluation_is_a_job_too() {
    let paper = format!("{}/examples/sme-paper.xlsx", env!("CARGO_MANIFEST_DIR"));
    let job = format!(
        "kind = 'job'\nname = 'paper'\nrun = ['evaluate', 'sme', '{paper}']\noutput = 'out'\n\
         log = 'out/log.jsonl'\n[limits]\nmoved = 0.0\n"
    );
    let place = Place::new(&job);
    for status in ["written", "unchanged"] {
        let done = place.run();
        assert!(done.status.success(), "{}", said(&done));
        assert_eq!(place.status(), status);
    }
    let names: Vec<PathBuf> = place.latest().into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&PathBuf::from("report.html")));
}

/// Killed at any moment: `latest` leads to a whole result, and the next run ends well and leaves nothing behind.
#[test]
fn a_killed_run_leaves_the_last_good_result() {
    let place = Place::new(JOB);
    assert!(place.run().status.success());
    for round in 0..12 {
        place.cut(3200 - 20 * round);
        let before = place.latest();
        let mut child = place.command().stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(40 * round as u64));
        let _ = child.kill();
        let _ = child.wait();
        let after = place.latest();
        let is_whole = after.len() == before.len();
        assert!(is_whole, "{:?}", after.iter().map(|(name, _)| name).collect::<Vec<_>>());
        let result = after.iter().find(|(name, _)| name == Path::new("result.json")).unwrap();
        assert!(result.1.ends_with(b"\"\n}\n"), "the seal is not there");
        let done = place.run();
        assert!(done.status.success(), "{}", said(&done));
        assert!(place.names().iter().all(|name| !name.starts_with(".new-")), "{:?}", place.names());
    }
}

#[test]
fn two_runs_at_a_time_are_refused() {
    let place = Place::new(JOB);
    fs::create_dir(place.path("out")).unwrap();
    let lock = fs::File::create(place.path("out/.lock")).unwrap();
    lock.lock().unwrap();
    let refused = place.run();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("job-running"), "{}", said(&refused));
    drop(lock);
    assert!(place.run().status.success());
}

#[test]
fn faults_of_a_job_are_told_all_at_once() {
    let job = "kind = 'job'\nname = 'weekly'\nrun = ['weigh', 'a.csv', '-o', 'x']\noutput = ''\nkeep = 0\n\
               colour = 'red'\n[limits]\nrows_fewer = 1.5\nwarnings = ['money-outlyer']\n";
    let place = Place::new(job);
    let refused = place.run();
    assert_eq!(refused.status.code(), Some(1));
    let said = said(&refused);
    for fault in [
        "job.toml:3",
        "a job runs `evaluate` or `rfm`",
        "`-o` is for the job to decide",
        "the folder has no name",
        "0 results",
        "a share of 1.5",
        "did you mean money-outlier?",
        "colour",
    ] {
        assert!(said.contains(fault), "{fault} is not in {said}");
    }
    let place = Place::new(&JOB.replace("'--returns', 'net'", "'--retruns', 'net'"));
    let refused = place.run();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--retruns"));
    assert!(!place.path("out").exists());
}

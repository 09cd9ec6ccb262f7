//! What the benches share: timing, inputs and answers for the peers, numbers drawn with a seed.

use serde::Serialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Each task runs so often; the median counts.
const RUNS: usize = 7;

/// The least time of a run, in seconds.
const LEAST: f64 = 0.3;

/// Times and answers of one bench, for `benches/peers.py`.
pub struct Report {
    name: &'static str,
    tasks: Vec<Value>,
}

#[allow(dead_code)]
impl Report {
    pub fn new(name: &'static str) -> Report {
        let report = Report { name, tasks: Vec::new() };
        std::fs::create_dir_all(report.folder()).expect("a folder below target");
        report
    }

    /// Where inputs and answers are written.
    pub fn folder(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench")
    }

    /// Writes the input of a task as JSON.
    pub fn input(&self, task: &str, input: &impl Serialize) {
        let text = serde_json::to_string(input).expect("numbers");
        std::fs::write(self.folder().join(format!("{task}.json")), text).expect("an input file");
    }

    /// Writes the input of a task as numbers of 8 bytes, little end first.
    pub fn raw_input(&self, task: &str, input: &[f64]) {
        let bytes: Vec<u8> = input.iter().flat_map(|value| value.to_le_bytes()).collect();
        std::fs::write(self.folder().join(format!("{task}.f64")), bytes).expect("an input file");
    }

    /// Runs a task several times; keeps medians and the answer. A short task is repeated within each
    /// run until the clocks of the system can tell its time.
    pub fn time(&mut self, task: &str, title: &str, mut run: impl FnMut() -> Vec<f64>) {
        let (mut wall, mut busy) = (Vec::new(), Vec::new());
        let started = Instant::now();
        let mut answer = run();
        let repeats = (LEAST / started.elapsed().as_secs_f64().max(1e-6)).ceil() as usize;
        for _ in 0..RUNS {
            let (started, used) = (Instant::now(), processor_seconds());
            for _ in 0..repeats {
                answer = run();
            }
            wall.push(started.elapsed().as_secs_f64() / repeats as f64);
            busy.push((processor_seconds() - used) / repeats as f64);
        }
        let median = |times: &mut Vec<f64>| {
            times.sort_by(f64::total_cmp);
            times[RUNS / 2]
        };
        let (wall, busy) = (median(&mut wall), median(&mut busy));
        println!("{title}: {:.3} ms wall, {:.3} ms processor", wall * 1e3, busy * 1e3);
        self.tasks.push(json!({
            "task": task, "title": title, "wall": wall, "processor": busy, "answer": answer,
        }));
    }

    /// Writes times and answers.
    pub fn write(self) {
        let path = self.folder().join(format!("{}.ours.json", self.name));
        let text = serde_json::to_string(&self.tasks).expect("numbers");
        std::fs::write(path, text).expect("a file of answers");
    }
}

/// User and system time of this process, in ticks of a hundredth of a second; 0 where `/proc` is not.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Numbers drawn with a seed (xorshift).
pub struct Shuffle(u64);

#[allow(dead_code)]
impl Shuffle {
    pub fn new(seed: u64) -> Shuffle {
        Shuffle(88_172_645_463_325_252 ^ seed)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A whole number from 0 up to, but not, `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        (self.next() >> 11) % most
    }

    /// A number from 0 to 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

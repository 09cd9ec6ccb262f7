//! k-means against scikit-learn: the same start, 20 iterations, nothing beside them.
//!
//! ```sh
//! cargo bench --bench kmeans                    # writes target/kmeans/*.f64, prints our times
//! python3 benches/kmeans.py target/kmeans       # scikit-learn on the same files
//! ```
//!
//! The files hold the values row by row, 8 bytes each, little end first.

use custval::cluster::quality::measure;
use custval::cluster::{Options, Points, Start};
use custval::diagnostic::Diagnostics;
use std::path::Path;
use std::time::Instant;

const RUNS: usize = 7;

fn main() {
    // `cargo test --all-targets` runs this too, but asks for no measuring.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/kmeans");
    std::fs::create_dir_all(&folder).expect("a folder for the files");
    for (n, d, k) in [(1_000_000, 3, 4), (200_000, 10, 8)] {
        let values = scattered(n * d);
        let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        let name = format!("{n}x{d}.f64");
        std::fs::write(folder.join(&name), bytes).expect("a file of values");
        let variables: Vec<String> = (0..d).map(|v| v.to_string()).collect();
        let points = Points::new(&variables, values).expect("finite values");
        for threads in [1, 0] {
            let options = Options {
                start: Start::First,
                max_iterations: 20,
                restarts: 0,
                compare_up_to: 0,
                bootstraps: 0,
                // Of two cases: as good as none.
                silhouette_limit: 2,
                threads,
                ..Options::new(k)
            };
            let plan = options.check(&points).expect("a sound plan");
            let mut sse = 0.0;
            let what = if threads == 1 { "one thread" } else { "all threads" };
            time(&format!("{name} k={k}, 20 iterations and the report on them, {what}"), || {
                sse = plan.run(&mut Diagnostics::new()).expect("a result").sse;
            });
            println!("    sum of squares {sse:.6}");
        }
    }
    let rows = 100_000;
    let values = scattered(rows * 3);
    let labels: Vec<u32> = values.chunks(3).map(|row| (row[0] * 2.0) as u32).collect();
    let mut silhouette = None;
    time("silhouette of 100,000 rows, sampled", || {
        silhouette = measure(&values, 3, &labels, 1).silhouette;
    });
    println!("    {silhouette:?}");
    let started = Instant::now();
    let all = custval::cluster::quality::silhouettes(&values, 3, &labels);
    let mean = all.iter().sum::<f64>() / rows as f64;
    println!("silhouette of 100,000 rows, exact: {:.2} s wall", started.elapsed().as_secs_f64());
    println!("    {mean}");
}

/// Medians of several runs: wall time, and processor time where the system tells it.
fn time(what: &str, mut run: impl FnMut()) {
    let (mut wall, mut busy) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (started, used) = (Instant::now(), processor_seconds());
        run();
        wall.push(started.elapsed().as_secs_f64());
        busy.push(processor_seconds() - used);
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[RUNS / 2]
    };
    println!("{what}: {:.3} s processor, {:.3} s wall", median(&mut busy), median(&mut wall));
}

/// User and system time of this process, in ticks of a hundredth of a second; 0 where `/proc` is
/// not.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Numbers from 0 to 2 without groups, so that no iteration ends before its limit: the sum of two
/// drawn evenly (xorshift).
fn scattered(count: usize) -> Vec<f64> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut drawn = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..count).map(|_| drawn() + drawn()).collect()
}

//! k-means and the silhouette beside scikit-learn: see `benches/run`.

mod common;

use common::{Report, Shuffle};
use custval::cluster::quality::silhouettes;
use custval::cluster::{Options, Points, Start};
use custval::diagnostic::Diagnostics;

fn main() {
    // `cargo test --benches` asks for the tests, of which there are none.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let mut report = Report::new("kmeans");
    for (n, d, k) in [(1_000_000, 3, 4), (200_000, 10, 8)] {
        let task = format!("kmeans_{n}x{d}");
        let values = scattered(n * d);
        report.raw_input(&task, &values);
        let variables: Vec<String> = (0..d).map(|v| v.to_string()).collect();
        let points = Points::new(&variables, values).expect("finite values");
        let options = Options {
            start: Start::First,
            max_iterations: 20,
            restarts: 0,
            compare_up_to: 0,
            bootstraps: 0,
            // Of two cases: as good as none.
            silhouette_limit: 2,
            threads: 1,
            ..Options::new(k)
        };
        let plan = options.check(&points).expect("a sound plan");
        let title = format!("k-means of {n} × {d}, k = {k}, 20 iterations, one thread");
        report
            .time(&task, &title, || vec![plan.run(&mut Diagnostics::new()).expect("a result").sse]);
    }
    let values = scattered(300_000);
    let labels: Vec<u32> = values.chunks(3).map(|row| (row[0] * 2.0) as u32).collect();
    report.raw_input("silhouette", &values);
    report.time("silhouette", "silhouette of 100,000 × 3, exact", || {
        let all = silhouettes(&values, 3, &labels);
        vec![all.iter().sum::<f64>() / all.len() as f64]
    });
    report.write();
}

/// Numbers from 0 to 2 without groups, so that no iteration ends before its limit: the sum of two
/// drawn evenly.
fn scattered(count: usize) -> Vec<f64> {
    let mut drawn = Shuffle::new(0);
    (0..count).map(|_| drawn.unit() + drawn.unit()).collect()
}

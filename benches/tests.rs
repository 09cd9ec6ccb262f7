//! Tests of differences beside SciPy: see `benches/run`.

mod common;

use common::{Report, Shuffle};
use custval::Grouping;
use custval::anova::{Options, analyse};
use custval::distribution::StudentizedRange;

fn main() {
    // `cargo test --benches` asks for the tests, of which there are none.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let mut report = Report::new("tests");
    let mut cases: Vec<(f64, f64, f64)> = Vec::new();
    for groups in [3.0, 4.0, 6.0, 10.0] {
        for degrees in [6.0, 20.0, 96.0] {
            cases.extend([1.5, 2.5, 3.5, 4.5, 6.0].map(|q| (q, groups, degrees)));
        }
    }
    report.input("studentized_range", &cases);
    report.time("studentized_range", "60 tails of the studentized range", || {
        let tail = |&(q, groups, degrees): &(f64, f64, f64)| {
            StudentizedRange::new(groups as usize)?.tail(q, degrees)
        };
        cases.iter().map(|case| tail(case).unwrap_or(f64::NAN)).collect()
    });

    let mut drawn = Shuffle::new(5);
    let groups: Vec<Vec<f64>> = (0..4)
        .map(|group| (0..25_000).map(|_| drawn.unit() * (group + 3) as f64).collect())
        .collect();
    report.input("anova", &groups);
    let labels: Vec<String> =
        (0..4).flat_map(|group| std::iter::repeat_n(group.to_string(), 25_000)).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let grouping = Grouping::by_label(&labels);
    let column: Vec<f64> = groups.concat();
    report.time(
        "anova",
        "100,000 cases in 4 groups: F, Kruskal–Wallis, Levene, and ours all the rest",
        || {
            let columns = std::slice::from_ref(&column);
            let tables = analyse(&["x".to_string()], columns, &grouping, &Options::default());
            let table = tables.expect("a table").remove(0);
            let figures = [table.f, table.kruskal.h, table.levene.f];
            figures.map(|figure| figure.unwrap_or(f64::NAN)).to_vec()
        },
    );
    report.write();
}

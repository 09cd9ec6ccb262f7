//! The main job on many customers: 100,000 customers, 15 indicators, 4 experts, from CSV to the
//! report, with the memory that it takes at most.

mod common;

use common::{Report, Shuffle};
use custval::diagnostic::Diagnostics;
use custval::evaluation::evaluate;
use custval::model::Model;
use std::fmt::Write;
use std::time::Instant;

const CUSTOMERS: usize = 100_000;
const EXPERTS: [&str; 4] = ["Ann", "Ben", "Cid", "Dee"];

fn main() {
    // `cargo test --benches` asks for the tests, of which there are none.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let mut report = Report::new("evaluate");
    let model = Model::open("sme", &mut Diagnostics::new()).expect("the built-in model");
    let codes: Vec<&str> = model.indicators.iter().map(|one| one.code.as_str()).collect();
    let mut drawn = Shuffle::new(3);
    let mut csv = format!("Customer,Expert,{}\n", codes.join(","));
    for customer in 0..CUSTOMERS {
        let level = drawn.below(4);
        for expert in EXPERTS {
            let _ = write!(csv, "K{customer:06},{expert}");
            for _ in &codes {
                let _ = write!(csv, ",{}", 1 + (level + drawn.below(3)).min(4));
            }
            csv.push('\n');
        }
    }
    let scores = report.folder().join("scores_100000.csv");
    std::fs::write(&scores, csv).expect("a file of scores");
    let mut judged = String::from("Expert,Node,A,B,Value\n");
    for expert in EXPERTS {
        for parent in model.hierarchy.parents() {
            let nodes = model.hierarchy.nodes();
            let children = &nodes[parent].children;
            for (at, &a) in children.iter().enumerate() {
                for &b in &children[at + 1..] {
                    let (node, a, b) = (&nodes[parent].code, &nodes[a].code, &nodes[b].code);
                    let _ = writeln!(judged, "{expert},{node},{a},{b},{}", 1 + drawn.below(3));
                }
            }
        }
    }
    let judgements = report.folder().join("judgements_100000.csv");
    std::fs::write(&judgements, judged).expect("a file of judgements");
    let files = [judgements.display().to_string(), scores.display().to_string()];

    let started = Instant::now();
    let evaluation = evaluate(&model, &files, &mut Diagnostics::new()).expect("a result");
    println!("evaluated in {:.2} s, at most {:.0} MB", started.elapsed().as_secs_f64(), peak());
    let started = Instant::now();
    let json = serde_json::to_string(&evaluation).expect("numbers").len();
    println!("result.json ({} MB) in {:.2} s", json / 1_000_000, started.elapsed().as_secs_f64());
    let started = Instant::now();
    let xlsx = custval::report::workbook(&evaluation).expect("a workbook").len();
    println!("report.xlsx ({} MB) in {:.2} s", xlsx / 1_000_000, started.elapsed().as_secs_f64());
    println!("all in all at most {:.0} MB", peak());
    drop(evaluation);
    report.time(
        "evaluate_100000",
        "100,000 customers × 15 indicators × 4 experts, from CSV",
        || {
            let evaluation = evaluate(&model, &files, &mut Diagnostics::new()).expect("a result");
            vec![evaluation.clusters.sse]
        },
    );
    report.write();
}

/// The most memory that this process held, in MB; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

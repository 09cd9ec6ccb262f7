//! AHP beside numpy and AHPy: see `benches/README.md`.

mod common;

use common::{Report, Shuffle};
use custval::diagnostic::Diagnostics;
use custval::judgement::{Incomplete, Matrix, NodeJudgements};
use custval::model::{Model, RandomIndex, WeightRules};
use custval::priority::{
    complete_by_eigenvalue, consistency, consistency_with_gaps, eigenvector, weigh,
};
use custval::survey::Survey;

/// Saaty's 17 values.
fn word(place: u64) -> f64 {
    if place < 8 { 1.0 / (9 - place) as f64 } else { (place - 7) as f64 }
}

/// A judgement that fits weights 1, 2 … n up to so many steps of the scale.
fn plausible(i: usize, j: usize, steps: u64, drawn: &mut Shuffle) -> f64 {
    let ratio = (i + 1) as f64 / (j + 1) as f64;
    let nearest = (0..17).min_by(|a, b| {
        let off = |place: u64| (word(place) / ratio).ln().abs();
        off(*a).total_cmp(&off(*b))
    });
    word((nearest.unwrap_or(8) + drawn.below(steps + 1)).min(16))
}

fn main() {
    // `cargo test --benches` asks for the tests, of which there are none.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let mut report = Report::new("ahp");
    let mut drawn = Shuffle::new(7);
    let pairs = |n: usize| (0..n).flat_map(move |i| (i + 1..n).map(move |j| (i, j)));

    let uppers: Vec<Vec<f64>> = (0..1000)
        .map(|_| pairs(15).map(|(i, j)| plausible(i, j, 2, &mut drawn)).collect())
        .collect();
    report.input("matrices_15", &uppers);
    report.time("matrices_15", "1,000 matrices of 15 items: weights, λmax, CR", || {
        let of = |upper: &Vec<f64>| -> [f64; 2] {
            let perron = eigenvector(&Matrix::from_upper(15, upper).expect("reciprocal"));
            let cr = consistency(perron.lambda_max, 15, RandomIndex::Saaty1980, 0.1).cr;
            [perron.weights[0], cr]
        };
        uppers.iter().flat_map(of).collect()
    });

    let gapped: Vec<Vec<(usize, usize, f64)>> = (0..100)
        .map(|_| {
            let all = pairs(8).map(|(i, j)| (i, j, plausible(i, j, 2, &mut drawn)));
            all.filter(|(i, j, _)| j - i == 1 || drawn_keeps(*i, *j)).collect()
        })
        .collect();
    report.input("incomplete_8", &gapped);
    report.time(
        "incomplete_8",
        "100 incomplete matrices of 8 items: completion, weights, CR",
        || {
            let of = |known: &Vec<(usize, usize, f64)>| -> [f64; 2] {
                let given = Incomplete::from_known(8, known).expect("positions in range");
                let matrix = complete_by_eigenvalue(&given).expect("connected");
                let perron = eigenvector(&matrix);
                let (table, missing) = (RandomIndex::Saaty1980, given.missing());
                let cr = consistency_with_gaps(perron.lambda_max, 8, missing, table, 0.1).cr;
                [perron.weights[0], cr]
            };
            gapped.iter().flat_map(of).collect()
        },
    );

    let model = Model::open("sme", &mut Diagnostics::new()).expect("the built-in model");
    let mut csv = String::from("Expert,Node,A,B,Value\n");
    let hierarchy = &model.hierarchy;
    for expert in 0..50 {
        for parent in hierarchy.parents() {
            let children = &hierarchy.nodes()[parent].children;
            for (i, j) in pairs(children.len()) {
                let code = |at: usize| &hierarchy.nodes()[children[at]].code;
                let node = &hierarchy.nodes()[parent].code;
                let judged = plausible(i, j, 1, &mut drawn);
                csv += &format!("E{expert},{node},{},{},{judged}\n", code(i), code(j));
            }
        }
    }
    let path = report.folder().join("tree_50.csv");
    std::fs::write(&path, csv).expect("a file in the target folder");
    let mut log = Diagnostics::new();
    let rules = WeightRules::default();
    let wanted = custval::survey::Wanted::Judgements(Some(&model), rules);
    let survey = Survey::open(&[path.display().to_string()], wanted, &mut log);
    let judgements: Vec<NodeJudgements> = custval::judgement::assemble(
        &survey.comparisons,
        &survey.experts,
        hierarchy,
        rules.incomplete,
        &mut log,
    );
    report.time(
        "tree_50",
        "the 15 indicators by 50 experts: all weights, CR, consensus, without each",
        || {
            let weights =
                weigh(hierarchy, &judgements, &survey.experts, rules, &mut Diagnostics::new());
            weights.expect("weights").global_weights.numbers()
        },
    );
    report.write();
}

/// Half of the pairs that are not neighbours.
fn drawn_keeps(i: usize, j: usize) -> bool {
    (i * 3 + j * 5).is_multiple_of(2)
}

//! AHP in a few lines: a comparison matrix, its weights, its consistency.
//!
//! `cargo run --example weigh`

use custval::judgement::Matrix;
use custval::model::RandomIndex;
use custval::priority::{consistency, eigenvector};

fn main() {
    // How much more important is each of price, quality and service than the ones behind it?
    let items = ["price", "quality", "service"];
    let Some(matrix) = Matrix::from_upper(3, &[1.0 / 3.0, 2.0, 5.0]) else {
        return eprintln!("three items take three judgements");
    };
    let perron = eigenvector(&matrix);
    for (item, weight) in items.iter().zip(&perron.weights) {
        println!("{item:<8} {weight:.4}");
    }
    let consistency = consistency(perron.lambda_max, 3, RandomIndex::Saaty1980, 0.10);
    println!("λmax {:.4}, CR {:.4}", consistency.lambda_max, consistency.cr);
}

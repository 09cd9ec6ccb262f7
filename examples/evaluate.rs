//! The main job from a program: model and files in, classes out.
//!
//! `cargo run --example evaluate`

use custval::diagnostic::Diagnostics;
use custval::evaluation::evaluate;
use custval::model::Model;

fn main() -> Result<(), custval::Error> {
    let mut log = Diagnostics::new();
    let model = Model::open("sme", &mut log);
    log.refuse_if_faulty()?;
    let files = ["examples/sme-paper/judgements.csv", "examples/sme-paper/scores.csv"];
    let files: Vec<String> = files.iter().map(|file| file.to_string()).collect();
    let Some(model) = model else { return Ok(()) };
    let evaluation = evaluate(&model, &files, &mut log)?;
    for class in &evaluation.classes {
        println!(
            "{:<26} {:>4.1} % of the value: {}",
            class.name,
            100.0 * class.share_of_value,
            class.customers.join(", ")
        );
    }
    Ok(())
}

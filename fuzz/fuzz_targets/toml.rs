//! A model; if it is sound, its workbook, filled in, goes the way of an expert's.
#![no_main]

use custval::diagnostic::Diagnostics;
use custval::model::{Indicator, Model, Source};
use custval::workbook::{Book, Contents, ExpertEntry, write_template};
use custval_fuzz::{shown, use_books};
use libfuzzer_sys::fuzz_target;

/// Larger models take longer and show nothing new.
const MOST_PARTS: usize = 40;
const CUSTOMERS: usize = 6;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut log = Diagnostics::new();
    let model = Model::parse(text, "model.toml", &mut log);
    shown(&log);
    assert!(model.is_some() || log.is_faulty(), "no model, and nothing is said");
    let Some(model) = model.filter(|model| model.hierarchy.nodes().len() <= MOST_PARTS) else {
        return;
    };
    // A name may be longer than a cell holds; that is refused with a reason.
    if let Ok(bytes) = write_template(&model, &filled(&model)) {
        let mut log = Diagnostics::new();
        let book = Book::read("filled.xlsx", &bytes, &mut log).expect("our own workbook");
        use_books(&model, &[book], &log);
    }
});

/// One expert who finds all equal, and customers of rising worth.
fn filled(model: &Model) -> Contents {
    let expert = "Ann";
    let hierarchy = &model.hierarchy;
    let code = |at: usize| hierarchy.nodes()[at].code.clone();
    let mut contents = Contents {
        experts: vec![ExpertEntry {
            name: expert.to_string(),
            role: String::new(),
            weight: 1.0,
            include: true,
        }],
        customers: (1..=CUSTOMERS).map(|at| format!("K{at}")).collect(),
        ..Contents::default()
    };
    for node in hierarchy.nodes() {
        for (at, a) in node.children.iter().enumerate() {
            for b in &node.children[at + 1..] {
                let key = (expert.to_string(), node.code.clone(), code(*a), code(*b));
                contents.judgements.insert(key, 1.0);
            }
        }
    }
    for indicator in &model.indicators {
        for (at, customer) in contents.customers.iter().enumerate() {
            let share = at as f64 / (CUSTOMERS - 1) as f64;
            if indicator.source == Source::Experts {
                let key = (expert.to_string(), customer.clone(), indicator.code.clone());
                contents.scores.insert(key, score(model, indicator, share));
            } else {
                contents.measured.insert((customer.clone(), indicator.code.clone()), share * 9.0);
            }
        }
    }
    contents
}

fn score(model: &Model, indicator: &Indicator, share: f64) -> f64 {
    match indicator.grades.len() {
        0 => model.scale.min + (model.scale.max - model.scale.min) * share,
        grades => indicator.grades[(share * (grades - 1) as f64) as usize].score,
    }
}

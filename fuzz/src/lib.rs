//! What the fuzz targets do with a file: all that custval does with a user's file, and no less.

mod memory;
mod sales;

pub use sales::{use_condition, use_sales};

use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::evaluation::{Evaluation, evaluate_survey, weigh_survey};
use custval::model::{BUILTIN, Model, WeightRules};
use custval::report;
use custval::survey::{Survey, Wanted};
use custval::workbook::Book;
use std::sync::OnceLock;

/// Two indicators and weights in the model, so that one small table of scores is evaluated.
const SMALL: &str = "name = 'two'\ngoal = { code = 'v', name = 'Value' }\n\
    [[indicator]]\ncode = 'a'\nname = 'First'\nparent = 'v'\nweight = 0.5\n\
    [[indicator]]\ncode = 'b'\nname = 'Second'\nparent = 'v'\nweight = 0.5\n\
    grades = { good = 5, bad = 1 }\n\
    [scores]\nmissing = 'neutral'\n[clusters]\nk = 2\nvariables = ['v']\n";

/// The built-in models and the small one.
pub fn models() -> &'static [Model] {
    static MODELS: OnceLock<Vec<Model>> = OnceLock::new();
    MODELS.get_or_init(|| {
        let mut log = Diagnostics::new();
        let texts = BUILTIN.iter().map(|builtin| builtin.text).chain([SMALL]);
        texts.map(|text| Model::parse(text, "m.toml", &mut log).expect("a sound model")).collect()
    })
}

/// Reads files as `custval evaluate` and `custval weigh` do, with every model and without one.
pub fn use_files(files: &[(&str, &[u8])]) {
    let mut log = Diagnostics::new();
    let books: Vec<Book> =
        files.iter().filter_map(|(name, bytes)| Book::read(name, bytes, &mut log)).collect();
    assert!(books.len() == files.len() || log.is_faulty(), "nothing was read, and nothing is said");
    shown(&log);
    if books.is_empty() {
        return;
    }
    for model in models() {
        use_books(model, &books, &log);
    }
    let mut own = log.clone();
    let rules = WeightRules::default();
    let survey = Survey::read(&books, Wanted::Judgements(None, rules), &mut own);
    if let Some(weighing) = done(weigh_survey(None, rules, &survey, &mut own)) {
        let sum: f64 = weighing.weights.global_weights.iter().map(|(_, weight)| weight).sum();
        assert!(sum.is_finite() && sum > 0.0, "the weights come to {sum}");
        report::weighing_text(&weighing);
    }
}

/// Evaluates books by a model and renders the result in every form.
pub fn use_books(model: &Model, books: &[Book], log: &Diagnostics) -> bool {
    let mut log = log.clone();
    let survey = Survey::read(books, Wanted::Everything(model), &mut log);
    let Some(evaluation) = done(evaluate_survey(model, &survey, &mut log)) else { return false };
    render(&evaluation);
    true
}

fn render(evaluation: &Evaluation) {
    for customer in &evaluation.values {
        assert!(customer.value.is_finite(), "a value of {}", customer.value);
    }
    report::evaluation_text(evaluation);
    for table in report::tables(evaluation) {
        report::to_csv(&table);
    }
    report::workbook(evaluation).expect("a report");
}

/// A result; none where the input is refused with a reason. A failure of custval is a finding.
fn done<T>(result: Result<T, Error>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(Error::Input(log)) => {
            assert!(log.is_faulty(), "refused without a fault");
            shown(&log);
            None
        }
        Err(failure) => panic!("{failure}"),
    }
}

/// Every fault can be shown.
pub fn shown(log: &Diagnostics) {
    for diagnostic in log.iter() {
        assert!(!diagnostic.to_string().is_empty());
    }
}

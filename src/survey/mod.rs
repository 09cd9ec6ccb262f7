//! What the files of a survey hold, sheet by sheet: the hierarchy, the experts, their comparisons
//! and scores, measured values, and the experts' own classes.
//!
//! A survey is what was written, with the place of each cell; whether it is complete and free of
//! contradiction is decided in [`judgement`](crate::judgement) and [`indicator`](crate::indicator).

mod classes;
mod comparisons;
mod contents;
mod experts;
mod hierarchy;
mod judged;
mod kind;
mod measured;
mod names;
mod scores;

pub use comparisons::{Comparison, Given};
pub use experts::{Expert, Experts};
pub use judged::read_judgement;
pub use names::Names;
pub use scores::{Score, Scores};

use crate::diagnostic::Diagnostics;
use crate::model::{Hierarchy, Model, WeightRules};
use crate::workbook::{Book, Fingerprint, Sheet};
use kind::Kind;
use std::collections::BTreeMap;

/// Everything that the files say.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The files.
    pub inputs: Vec<Fingerprint>,
    /// The sheet `Hierarchy`, if there is one.
    pub hierarchy: Option<Hierarchy>,
    /// The sheet `Experts`, and everyone who judged or scored.
    pub experts: Experts,
    /// All comparisons, in the order of the files.
    pub comparisons: Vec<Comparison>,
    /// All scores.
    pub scores: Scores,
    /// Measured values: (customer, indicator's place) → value, customers as in `scores`.
    pub measured: BTreeMap<(u32, u32), f64>,
    /// The experts' own class of each customer (customers as in `scores`), by the class's code.
    pub own_classes: BTreeMap<u32, String>,
}

/// What is read from the files: everything, or the judgements alone.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// Judgements, with the model's hierarchy if there is one.
    Judgements(Option<&'a Model>, WeightRules),
    /// Judgements, scores, measured values and classes.
    Everything(&'a Model),
}

impl<'a> Wanted<'a> {
    fn model(self) -> Option<&'a Model> {
        match self {
            Wanted::Judgements(model, _) => model,
            Wanted::Everything(model) => Some(model),
        }
    }

    fn rules(self) -> WeightRules {
        match self {
            Wanted::Judgements(_, rules) => rules,
            Wanted::Everything(model) => model.weights,
        }
    }
}

impl Survey {
    /// Opens the files and reads them. Faults go to the log.
    pub fn open(files: &[String], wanted: Wanted, log: &mut Diagnostics) -> Survey {
        let books: Vec<Book> = files.iter().filter_map(|file| Book::open(file, log)).collect();
        Survey::read(&books, wanted, log)
    }

    /// Reads books that are open already.
    pub fn read(books: &[Book], wanted: Wanted, log: &mut Diagnostics) -> Survey {
        let mut survey = Survey::default();
        let mut sheets: Vec<(Kind, &Sheet)> = Vec::new();
        for book in books {
            survey.inputs.push(book.fingerprint.clone());
            sheets.extend(kind::kinds(book, log));
        }
        // Experts first, so that a name that is not on their list can be told; classes last, when
        // all customers are known.
        sheets.sort_by_key(|(kind, _)| match kind {
            Kind::Experts => 0,
            Kind::Classes => 2,
            _ => 1,
        });
        for (kind, sheet) in &sheets {
            survey.read_sheet(*kind, sheet, wanted, log);
        }
        survey.experts.check_listed(log);
        survey.scores.check_duplicates(&sheets, wanted.model(), log);
        survey
    }

    fn read_sheet(&mut self, kind: Kind, sheet: &Sheet, wanted: Wanted, log: &mut Diagnostics) {
        let scored = matches!(wanted, Wanted::Everything(_));
        match (kind, wanted.model()) {
            (Kind::Hierarchy, None) => self.hierarchy = hierarchy::read(sheet, log),
            // The model says what the hierarchy is; the sheet is there for the experts to see.
            (Kind::Hierarchy, Some(_)) => {}
            (Kind::Experts, _) => self.experts.read(sheet, log),
            (Kind::Blocks, _) => self.read_comparisons(sheet, wanted, comparisons::blocks, log),
            (Kind::Matrix, _) => self.read_comparisons(sheet, wanted, comparisons::matrix, log),
            (Kind::Pairwise, _) => self.read_comparisons(sheet, wanted, comparisons::long, log),
            (Kind::ScoreGrid | Kind::ScoreLong, Some(model)) if scored => {
                self.scores.read(kind, sheet, model, &mut self.experts, log);
            }
            (Kind::Measured, Some(model)) if scored => measured::read(sheet, model, self, log),
            (Kind::Classes, Some(model)) if scored => classes::read(sheet, model, self, log),
            _ => {}
        }
    }

    fn read_comparisons(
        &mut self,
        sheet: &Sheet,
        wanted: Wanted,
        read: comparisons::Reader,
        log: &mut Diagnostics,
    ) {
        let before = self.comparisons.len();
        read(sheet, wanted.rules(), &self.experts, &mut self.comparisons, log);
        for comparison in &self.comparisons[before..] {
            self.experts.met(&comparison.expert, &comparison.place);
        }
    }
}

//! A result that was saved, read back: the model, weights, edges, centres and classes by which
//! customers of a later period, or new ones, are classed.

mod check;
mod draft;
mod reader;
mod version;
mod weights;

use crate::class::Naming;
use crate::cluster::Centres;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::indicator::Summary;
use crate::migration::{Migration, Period};
use crate::model::Model;
use crate::named::Named;
use crate::transactions::{Day, Level, Purchases};

pub(crate) use version::is_known;
pub(crate) use weights::LocalWeights;

/// What a `result.json` holds that later customers are classed by. Everything in it has been checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The file, as it was given.
    pub file: String,
    /// The model with all its rules.
    pub model: Model,
    /// For each indicator the edges by which measured values came onto the scale, and the mean by
    /// which gaps were filled.
    pub footing: Vec<Summary>,
    /// The centres, in the units clustered.
    pub centres: Centres,
    /// The clusters' classes.
    pub naming: Naming,
    /// The period: its name, and each customer's class and amount.
    pub period: Period,
    /// How customers moved up to this period, if it has an earlier one.
    pub migration: Option<Migration>,
    /// The day of the last sale; `None` without lines of sales.
    pub sales_until: Option<Day>,
    pub(crate) local: Vec<LocalWeights>,
    pub(crate) global_weights: Named,
    pub(crate) part_weights: Named,
}

impl Saved {
    /// Reads a `result.json` that `custval evaluate` has written.
    ///
    /// All faults go to the log, each with the way to the part: no JSON, a newer or unknown version,
    /// parts that are missing or do not fit each other, no customers.
    pub fn open(file: &str, log: &mut Diagnostics) -> Option<Saved> {
        match std::fs::read(file) {
            Ok(bytes) => Saved::parse(&bytes, file, log),
            Err(error) => {
                let message = format!("cannot read: {error}");
                let fault = Diagnostic::error(Code::FileUnreadable, message)
                    .at(Place::file(file))
                    .hint("give the result.json that `custval evaluate … -o DIR` has written");
                log.push(fault);
                None
            }
        }
    }

    /// The same from the bytes of the file; `file` is the name that faults carry.
    pub fn parse(bytes: &[u8], file: &str, log: &mut Diagnostics) -> Option<Saved> {
        let mut own = Diagnostics::new();
        let saved = draft::draft(bytes, file, &mut own)
            .and_then(|draft| check::check(draft, file, &mut own));
        let is_sound = !own.is_faulty();
        log.extend(own);
        saved.filter(|_| is_sound)
    }

    /// Warns where the sales of a later period begin before those of this one end.
    pub fn warn_of_overlap(&self, sales: Option<&Purchases>, log: &mut Diagnostics) {
        let Some((until, sales)) = self.sales_until.zip(sales) else { return };
        let account = &sales.account;
        if account.level == Level::Customer || account.first.day() > until {
            return;
        }
        let message = format!(
            "the sales of this period begin on {}, those of the earlier one end on {until}: what was \
             bought in between counts in both",
            account.first.day()
        );
        let next = Day::from_number(until.number() + 1).unwrap_or(until);
        let warning = Diagnostic::warning(Code::PeriodOverlap, message)
            .at(Place::option("--from"))
            .hint(format!("for a period of its own add `--from {next}`"));
        log.push(warning);
    }

    /// Tells where another model differs from the saved one: its scale, its parts, its indicators and what
    /// they are scored by.
    /// Rules by which a model is fitted may differ; those of the saved one count.
    pub fn compare(&self, model: &Model, log: &mut Diagnostics) {
        let mut fault = |message: String| {
            let fault = Diagnostic::error(Code::SavedModel, message)
                .at(Place::json(&self.file, "model"))
                .hint("leave the model out, or name that of the saved result");
            log.push(fault);
        };
        if self.model.scale != model.scale {
            let (ours, theirs) = (self.model.scale, model.scale);
            fault(format!(
                "the scale of the saved result runs from {} to {}, that of the model {} from {} to {}",
                ours.min, ours.max, model.name, theirs.min, theirs.max
            ));
        }
        let codes = |model: &Model| -> Vec<String> {
            model.hierarchy.nodes().iter().map(|node| node.code.clone()).collect()
        };
        let (ours, theirs) = (codes(&self.model), codes(model));
        let lacking = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|code| !those.contains(code)).cloned().collect()
        };
        let (more, fewer) = (lacking(&theirs, &ours), lacking(&ours, &theirs));
        if !more.is_empty() {
            let list = crate::text::list(&more);
            fault(format!("the saved model {} lacks {list} of {}", self.model.name, model.name));
        }
        if !fewer.is_empty() {
            let list = crate::text::list(&fewer);
            fault(format!(
                "the saved model {} has {list}, {} has not",
                self.model.name, model.name
            ));
        }
        let otherwise: Vec<String> = self
            .model
            .indicators
            .iter()
            .zip(&model.indicators)
            .filter(|(ours, theirs)| ours.code == theirs.code)
            .filter(|(ours, theirs)| {
                (ours.sources(), ours.metric, ours.direction)
                    != (theirs.sources(), theirs.metric, theirs.direction)
            })
            .map(|(ours, _)| ours.code.clone())
            .collect();
        if !otherwise.is_empty() {
            let list = crate::text::list(&otherwise);
            fault(format!(
                "the saved model takes the scores on {list} from elsewhere than {}",
                model.name
            ));
        }
        let shape = |model: &Model| -> Vec<Option<usize>> {
            model.hierarchy.nodes().iter().map(|node| node.parent).collect()
        };
        if more.is_empty()
            && fewer.is_empty()
            && (ours != theirs || shape(model) != shape(&self.model))
        {
            fault(format!("the saved model orders the parts of {} otherwise", model.name));
        }
    }
}

//! The scores of all customers on one indicator, from each of its sources.

use super::Summary;
use super::combine::Combined;
use super::scale::{Edges, onto_scale};
use crate::diagnostic::Diagnostics;
use crate::join::Person;
use crate::model::{Indicator, Model, Share, Source};
use crate::survey::Survey;
use crate::transactions::Customers;

/// The scores of all customers on one indicator. Lists are by customer, in the order of the evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its sources: one, or those of a blend.
    pub parts: Vec<Part>,
    /// The experts' scores where they do not count, for comparison.
    pub beside: Option<Vec<Option<f64>>>,
}

/// The scores of all customers from one source.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Experts, a measured column or transactions.
    pub source: Source,
    /// Its share, 1 unless it is one of a blend.
    pub share: f64,
    /// The values that were brought onto the scale; `None` where experts gave scores.
    pub raw: Option<Vec<Option<f64>>>,
    /// The scores on the model's scale.
    pub scores: Vec<Option<f64>>,
}

impl Column {
    /// A customer's score: Σ share × score over the sources that gave one, divided by the sum of their
    /// shares. `None` if none did.
    pub fn score(&self, customer: usize) -> Option<f64> {
        if let [only] = self.parts.as_slice() {
            return only.scores[customer];
        }
        let score = |part: &Part| part.scores[customer];
        self.blended(score)
    }

    /// What the customer's score would be if that from experts were another.
    pub(crate) fn score_if(&self, customer: usize, experts: Option<f64>) -> Option<f64> {
        if let [only] = self.parts.as_slice()
            && only.source == Source::Experts
        {
            return experts;
        }
        self.blended(|part| match part.source {
            Source::Experts => experts,
            _ => part.scores[customer],
        })
    }

    /// The scores from experts, where they count.
    pub(crate) fn by_experts(&self) -> Option<&[Option<f64>]> {
        let part = self.parts.iter().find(|part| part.source == Source::Experts);
        part.map(|part| part.scores.as_slice())
    }

    /// How much a customer's score rises where that from experts rises by 1: their share among those of
    /// the sources that gave a score.
    pub(crate) fn share_of_experts(&self, customer: usize) -> f64 {
        let known = self.parts.iter().filter(|part| part.scores[customer].is_some());
        let (mut experts, mut all) = (0.0, 0.0);
        for part in known {
            all += part.share;
            if part.source == Source::Experts {
                experts += part.share;
            }
        }
        if all > 0.0 { experts / all } else { 0.0 }
    }

    fn blended(&self, score: impl Fn(&Part) -> Option<f64>) -> Option<f64> {
        let known = |part: &Part| score(part).map(|score| (part.share, score));
        let (sum, shares) = self
            .parts
            .iter()
            .filter_map(known)
            .fold((0.0, 0.0), |(sum, shares), (share, score)| {
                (sum + share * score, shares + share)
            });
        (shares > 0.0).then(|| sum / shares)
    }

    /// A customer's value before it was brought onto the scale; the score itself where experts gave it.
    pub fn raw(&self, customer: usize) -> Option<f64> {
        let raw = self.parts.iter().find_map(|part| part.raw.as_ref());
        raw.unwrap_or(&self.parts[0].scores)[customer]
    }

    /// The same column with some of the customers alone.
    pub(super) fn of(&self, kept: &[usize]) -> Column {
        let pick = |values: &Vec<Option<f64>>| kept.iter().map(|at| values[*at]).collect();
        let part = |part: &Part| Part {
            raw: part.raw.as_ref().map(pick),
            scores: pick(&part.scores),
            ..*part
        };
        Column {
            parts: self.parts.iter().map(part).collect(),
            beside: self.beside.as_ref().map(pick),
        }
    }
}

/// Everything that an indicator's scores come from.
pub(super) struct Sources<'a> {
    pub people: &'a [Person],
    pub survey: &'a Survey,
    pub combined: &'a Combined,
    pub sales: Option<&'a Customers>,
    pub model: &'a Model,
    /// How values came onto the scale in an earlier result.
    pub footing: Option<&'a [Summary]>,
}

impl Sources<'_> {
    /// The column of the indicator at a place, and how its values came onto the scale.
    pub fn column(&self, at: usize, log: &mut Diagnostics) -> (Column, Option<Edges>) {
        let indicator = &self.model.indicators[at];
        let mut edges = None;
        let parts = indicator
            .sources()
            .into_iter()
            .map(|Share { source, share }| {
                let values = self.values(source, at, indicator);
                if source == Source::Experts {
                    return Part { source, share, raw: None, scores: values };
                }
                let earlier = self.footing.and_then(|footing| footing.get(at)?.edges.as_ref());
                let scale = self.model.scale;
                let (scores, used) = onto_scale(&values, indicator, scale, earlier, log);
                edges = Some(used);
                Part { source, share, raw: Some(values), scores }
            })
            .collect();
        let beside = (!indicator.uses(Source::Experts))
            .then(|| self.values(Source::Experts, at, indicator))
            .filter(|scores| scores.iter().any(Option::is_some));
        (Column { parts, beside }, edges)
    }

    /// What a source says of each customer.
    fn values(&self, source: Source, at: usize, indicator: &Indicator) -> Vec<Option<f64>> {
        let of = |person: &Person| -> Option<f64> {
            match source {
                Source::Experts => self.combined.scores[person.survey? as usize][at],
                Source::Measured => self.survey.measured.get(&(person.survey?, at as u32)).copied(),
                Source::Transactions => self.sales?.figure(person.sales?, indicator.metric?),
                Source::Blend => None,
            }
        };
        self.people.iter().map(of).collect()
    }
}

//! The scores of all customers, kept small.

use super::segment::code;
use crate::transactions::Ids;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// The scores of a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerScore {
    /// The customer.
    pub customer: String,
    /// The letters with their scores; `None` where a figure is unknown.
    pub scores: Vec<(String, Option<u32>)>,
    /// The scores as a code, such as 455.
    pub code: Option<String>,
    /// The mean of the scores by their weights.
    pub weighted: Option<f64>,
    /// The sum of the levels, each counted from 0.
    pub overall: Option<u32>,
    /// The segment that the customer counts in.
    pub segment: Option<String>,
    /// All segments that fit, where they overlap.
    pub segments: Vec<String>,
    /// The tier by money.
    pub tier: String,
}

impl Serialize for CustomerScore {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("customer", &self.customer)?;
        for (letter, score) in &self.scores {
            map.serialize_entry(&letter.to_lowercase(), score)?;
        }
        map.serialize_entry("code", &self.code)?;
        map.serialize_entry("weighted", &self.weighted)?;
        map.serialize_entry("overall", &self.overall)?;
        map.serialize_entry("segment", &self.segment)?;
        if self.segments.len() > 1 {
            map.serialize_entry("segments", &self.segments)?;
        }
        map.serialize_entry("tier", &self.tier)?;
        map.end()
    }
}

/// The scores of all customers: some twenty bytes each, however long the names of segments are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    pub(super) letters: Vec<String>,
    /// The most levels of a letter.
    pub(super) most: u32,
    /// For each letter the customers' scores; 0 is unknown.
    pub(super) levels: Vec<Vec<u8>>,
    pub(super) weighted: Vec<Option<f64>>,
    pub(super) overall: Vec<Option<u32>>,
    /// The segments' names, in the order of the map, and behind them the one of who fits none.
    pub(super) segments: Vec<String>,
    /// For each customer the segments that fit, each a bit.
    pub(super) fits: Vec<u64>,
    pub(super) tiers: Vec<String>,
    pub(super) tier: Vec<u8>,
    pub(super) ids: Arc<Ids>,
}

impl Scores {
    /// How many customers there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.len() == 0
    }

    /// A customer's score in a letter, by their places.
    pub fn score(&self, customer: usize, letter: usize) -> Option<u32> {
        let score = *self.levels.get(letter)?.get(customer)?;
        (score > 0).then_some(u32::from(score))
    }

    /// A customer's weighted score.
    pub fn weighted(&self, customer: usize) -> Option<f64> {
        self.weighted.get(customer).copied().flatten()
    }

    /// Whether a customer is in a segment, by their places.
    pub(super) fn is_in(&self, customer: usize, segment: usize) -> bool {
        self.fits.get(customer).is_some_and(|fits| fits >> segment & 1 == 1)
    }

    /// The place of a customer's tier.
    pub(super) fn tier(&self, customer: usize) -> usize {
        usize::from(self.tier[customer])
    }

    /// A customer's scores as a code.
    pub(super) fn code(&self, customer: usize) -> Option<String> {
        let own: Option<Vec<u32>> =
            (0..self.letters.len()).map(|letter| self.score(customer, letter)).collect();
        own.map(|own| code(&own, self.most))
    }

    /// The segments of a customer.
    pub(super) fn segments(&self, customer: usize) -> Vec<String> {
        let fit = (0..self.segments.len()).filter(|segment| self.is_in(customer, *segment));
        fit.map(|segment| self.segments[segment].clone()).collect()
    }

    /// Everything about one customer.
    pub fn get(&self, customer: usize) -> CustomerScore {
        let segments = self.segments(customer);
        let letters = self.letters.iter().enumerate();
        CustomerScore {
            customer: self.ids.get(customer).to_string(),
            scores: letters
                .map(|(at, letter)| (letter.clone(), self.score(customer, at)))
                .collect(),
            code: self.code(customer),
            weighted: self.weighted[customer],
            overall: self.overall[customer],
            segment: segments.first().cloned(),
            segments,
            tier: self.tiers[self.tier(customer)].clone(),
        }
    }

    /// All customers, one by one.
    pub fn iter(&self) -> impl Iterator<Item = CustomerScore> + '_ {
        (0..self.len()).map(|customer| self.get(customer))
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut all = serializer.serialize_seq(Some(self.len()))?;
        for customer in self.iter() {
            all.serialize_element(&customer)?;
        }
        all.end()
    }
}

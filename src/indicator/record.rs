//! The scores one by one, as programs read them, and read back.

use super::{Column, Indicators, Part};
use crate::model::{Model, Source};
use serde::de::{self, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// All scores, customer by customer.
pub(super) struct Records<'a>(pub &'a Indicators);

/// One customer's score on one indicator.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    customer: Cow<'a, str>,
    #[serde(borrow)]
    code: Cow<'a, str>,
    /// The value in its own unit; where experts alone gave scores, their combined score.
    raw: Option<f64>,
    score: Option<f64>,
    source: Source,
    /// The experts' score where it does not count; not there where no customer has one.
    #[serde(default, deserialize_with = "there", skip_serializing_if = "Option::is_none")]
    beside: Option<Option<f64>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartRecord>,
}

/// One source of a blended score.
#[derive(Serialize, Deserialize)]
struct PartRecord {
    source: Source,
    share: f64,
    raw: Option<f64>,
    score: Option<f64>,
}

/// An entry that is there, though it may be `null`.
fn there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<f64>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let indicators = self.0;
        let mut list = serializer.serialize_seq(None)?;
        for (customer, name) in indicators.customers.iter().enumerate() {
            for (at, summary) in indicators.summary.iter().enumerate() {
                let column = &indicators.columns[at];
                let part = |part: &Part| PartRecord {
                    source: part.source,
                    share: part.share,
                    raw: part.raw.as_ref().unwrap_or(&part.scores)[customer],
                    score: part.scores[customer],
                };
                let blended = column.parts.iter().filter(|_| column.parts.len() > 1);
                list.serialize_element(&Record {
                    customer: name.into(),
                    code: summary.code.as_str().into(),
                    raw: column.raw(customer),
                    score: indicators.scores[customer][at],
                    source: summary.source,
                    beside: column.beside.as_ref().map(|beside| beside[customer]),
                    parts: blended.map(part).collect(),
                })?;
            }
        }
        list.end()
    }
}

/// Scores that were read back: customers and columns, before the model says what their sources are.
#[derive(Default)]
pub(crate) struct Recorded {
    pub(super) customers: Vec<String>,
    codes: Vec<String>,
    columns: Vec<Sources>,
    /// The column that the next record belongs to.
    next: usize,
}

/// The values and scores of one indicator from each of its sources.
#[derive(Default)]
struct Sources {
    scores: Vec<Option<f64>>,
    parts: Vec<Values>,
    beside: Option<Vec<Option<f64>>>,
}

/// The values and scores from one source.
#[derive(Default)]
struct Values {
    raw: Vec<Option<f64>>,
    scores: Vec<Option<f64>>,
}

/// The columns, and each customer's scores.
type Columns = (Vec<Column>, Vec<Vec<Option<f64>>>);

impl Recorded {
    /// Adds a record. Records come customer by customer, each with every indicator in the same order.
    fn add(&mut self, record: Record) -> Result<(), String> {
        let is_new = self.customers.last().is_none_or(|name| *name != record.customer);
        if is_new && self.next == self.columns.len() {
            self.customers.push(record.customer.to_string());
            self.next = 0;
        }
        // The first customer tells what the indicators are.
        if self.customers.len() == 1 {
            self.codes.push(record.code.to_string());
            self.columns.push(Sources::default());
        }
        let at = self.next;
        let is_due = self.codes.get(at).is_some_and(|code| *code == record.code)
            && self.customers.last().is_some_and(|name| *name == record.customer);
        if !is_due {
            return Err(format!(
                "the score of {} on {} is not in its place",
                record.customer, record.code
            ));
        }
        self.next += 1;
        let column = &mut self.columns[at];
        column.scores.push(record.score);
        if let Some(beside) = record.beside {
            column.beside.get_or_insert_default().push(beside);
        }
        let own =
            PartRecord { source: record.source, share: 1.0, raw: record.raw, score: record.score };
        let parts = if record.parts.is_empty() { vec![own] } else { record.parts };
        column.parts.resize_with(parts.len().max(column.parts.len()), Values::default);
        for (part, values) in parts.iter().zip(&mut column.parts) {
            values.raw.push(part.raw);
            values.scores.push(part.score);
        }
        Ok(())
    }

    /// The columns by the sources of the model's indicators, of so many customers.
    pub(super) fn columns(self, customers: usize, model: &Model) -> Result<Columns, String> {
        let codes = model.indicators.iter().map(|indicator| &indicator.code);
        if !codes.eq(&self.codes) || self.next != self.columns.len() {
            return Err("the scores are not those on the indicators of the model".to_string());
        }
        let score = |customer: usize| self.columns.iter().map(|of| of.scores[customer]).collect();
        let scores = (0..customers).map(score).collect();
        let mut columns = Vec::new();
        for (indicator, found) in model.indicators.iter().zip(self.columns) {
            let sources = indicator.sources();
            let is_whole = sources.len() == found.parts.len()
                && found.parts.iter().all(|part| part.scores.len() == customers)
                && found.beside.as_ref().is_none_or(|beside| beside.len() == customers);
            if !is_whole {
                return Err(format!(
                    "the scores on {} are not from each of its sources",
                    indicator.code
                ));
            }
            let parts = sources.into_iter().zip(found.parts).map(|(share, values)| Part {
                source: share.source,
                share: share.share,
                raw: (share.source != Source::Experts).then_some(values.raw),
                scores: values.scores,
            });
            columns.push(Column { parts: parts.collect(), beside: found.beside });
        }
        Ok((columns, scores))
    }
}

impl<'de> Deserialize<'de> for Recorded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Gather;
        impl<'de> Visitor<'de> for Gather {
            type Value = Recorded;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of scores")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Recorded, A::Error> {
                let mut recorded = Recorded::default();
                while let Some(record) = list.next_element::<Record>()? {
                    recorded.add(record).map_err(de::Error::custom)?;
                }
                Ok(recorded)
            }
        }
        deserializer.deserialize_seq(Gather)
    }
}

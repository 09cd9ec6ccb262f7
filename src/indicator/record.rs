//! The scores one by one, as programs read them.

use super::{Indicators, Part};
use crate::model::Source;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// All scores, customer by customer.
pub(super) struct Records<'a>(pub &'a Indicators);

/// One customer's score on one indicator.
#[derive(Serialize)]
struct Record<'a> {
    customer: &'a str,
    code: &'a str,
    /// The value in its own unit; where experts alone gave scores, their combined score.
    raw: Option<f64>,
    score: Option<f64>,
    source: Source,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartRecord>,
}

/// One source of a blended score.
#[derive(Serialize)]
struct PartRecord {
    source: Source,
    share: f64,
    raw: Option<f64>,
    score: Option<f64>,
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
                    customer: name,
                    code: &summary.code,
                    raw: column.raw(customer),
                    score: indicators.scores[customer][at],
                    source: summary.source,
                    parts: blended.map(part).collect(),
                })?;
            }
        }
        list.end()
    }
}

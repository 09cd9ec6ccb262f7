//! An analysis as it was written, read back.

use super::{Analysis, Scores, SegmentSum};
use crate::transactions::Ids;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

impl Serialize for Analysis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Analysis::serialize(self, serializer)
    }
}

/// Exactly what was serialised.
impl<'de> Deserialize<'de> for Analysis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut analysis = Analysis::deserialize(deserializer)?;
        analysis.metrics = analysis.metrics.dated(analysis.as_of, analysis.last);
        let letters = analysis.model.dimensions.iter().map(|of| of.letter.clone());
        let most = analysis.levels.values().map(Vec::len).max().unwrap_or(5);
        let mut segments: Vec<&SegmentSum> = analysis.segments.iter().collect();
        segments.sort_by_key(|segment| segment.place);
        let names = Names {
            letters: letters.collect(),
            most: most as u32,
            segments: segments.into_iter().map(|segment| segment.segment.clone()).collect(),
            tiers: analysis.tables.tiers.iter().map(|tier| tier.tier.clone()).collect(),
            ids: analysis.metrics.ids(),
        };
        let misfit =
            || de::Error::custom("the scores do not fit the customers, the segments or the tiers");
        analysis.scores = analysis.scores.named(names).ok_or_else(misfit)?;
        Ok(analysis)
    }
}

/// One customer's scores as they were written; the letters are what has no other name.
#[derive(Default)]
struct Written {
    levels: Vec<(String, u8)>,
    weighted: Option<f64>,
    overall: Option<u32>,
    segments: Vec<String>,
    tier: String,
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a customer's scores")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Written, A::Error> {
                let mut written = Written::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "customer" | "code" => drop(map.next_value::<de::IgnoredAny>()?),
                        "weighted" => written.weighted = map.next_value()?,
                        "overall" => written.overall = map.next_value()?,
                        "segment" => written.segments.extend(map.next_value::<Option<String>>()?),
                        "segments" => written.segments = map.next_value()?,
                        "tier" => written.tier = map.next_value()?,
                        _ => {
                            let level: Option<u8> = map.next_value()?;
                            written.levels.push((key, level.unwrap_or(0)));
                        }
                    }
                }
                Ok(written)
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Names, numbered in the order of first meeting.
#[derive(Default)]
struct Met(Vec<String>);

impl Met {
    fn number(&mut self, name: String) -> usize {
        let found = self.0.iter().position(|known| *known == name);
        found.unwrap_or_else(|| {
            self.0.push(name);
            self.0.len() - 1
        })
    }

    /// For each number the place of its name in a list.
    fn places(&self, names: &[String]) -> Option<Vec<usize>> {
        self.0.iter().map(|name| names.iter().position(|known| known == name)).collect()
    }
}

/// Scores that were read back: names of segments and tiers stand in the order of first meeting, until
/// [`Scores::named`] puts them into that of the map.
impl<'de> Deserialize<'de> for Scores {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Gather;
        impl<'de> Visitor<'de> for Gather {
            type Value = Scores;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of customers' scores")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scores, A::Error> {
                let mut scores = Scores::default();
                let (mut segments, mut tiers) = (Met::default(), Met::default());
                while let Some(one) = list.next_element::<Written>()? {
                    if scores.tier.is_empty() {
                        scores.letters = one.levels.iter().map(|(key, _)| key.clone()).collect();
                        scores.levels = vec![Vec::new(); scores.letters.len()];
                    }
                    if !one.levels.iter().map(|(key, _)| key).eq(&scores.letters) {
                        return Err(de::Error::custom(
                            "the scores are not all in the same letters",
                        ));
                    }
                    for (levels, (_, level)) in scores.levels.iter_mut().zip(&one.levels) {
                        levels.push(*level);
                    }
                    scores.weighted.push(one.weighted);
                    scores.overall.push(one.overall);
                    let fits = one.segments.into_iter().try_fold(0, |fits, segment| {
                        1_u64.checked_shl(segments.number(segment) as u32).map(|bit| fits | bit)
                    });
                    let too_many = || de::Error::custom("there are more than 64 segments");
                    scores.fits.push(fits.ok_or_else(too_many)?);
                    let tier = u8::try_from(tiers.number(one.tier));
                    scores.tier.push(tier.map_err(de::Error::custom)?);
                }
                (scores.segments, scores.tiers) = (segments.0, tiers.0);
                Ok(scores)
            }
        }
        deserializer.deserialize_seq(Gather)
    }
}

/// What names the scores: letters, segments and tiers in their order, and the customers.
struct Names {
    letters: Vec<String>,
    most: u32,
    segments: Vec<String>,
    tiers: Vec<String>,
    ids: Arc<Ids>,
}

impl Scores {
    /// Scores that were read back, under these names; `None` where they do not fit.
    fn named(self, names: Names) -> Option<Scores> {
        let Names { letters, most, segments, tiers, ids } = names;
        let keys = letters.iter().map(|letter| letter.to_lowercase());
        let is_empty = self.tier.is_empty();
        if self.tier.len() != ids.len() || (!is_empty && !keys.eq(self.letters)) {
            return None;
        }
        let places = Met(self.segments).places(&segments)?;
        let moved = |fits: &u64| {
            let fit = (0..places.len()).filter(|at| fits >> at & 1 == 1);
            fit.fold(0, |bits, at| bits | 1 << places[at])
        };
        let tier_places = Met(self.tiers).places(&tiers)?;
        Some(Scores {
            levels: if is_empty { vec![Vec::new(); letters.len()] } else { self.levels },
            letters,
            most,
            weighted: self.weighted,
            overall: self.overall,
            segments,
            fits: self.fits.iter().map(moved).collect(),
            tiers,
            tier: self.tier.iter().map(|tier| tier_places[usize::from(*tier)] as u8).collect(),
            ids,
        })
    }
}

//! A map as it stands in its file, before it is checked.

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// A map.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Draft {
    pub kind: Spanned<String>,
    pub name: String,
    pub title: Option<String>,
    pub reference: Option<String>,
    pub levels: Spanned<u32>,
    pub letters: Spanned<Vec<Spanned<String>>>,
    pub otherwise: Option<String>,
    #[serde(default)]
    pub overlapping: bool,
    #[serde(default)]
    pub segment: Vec<DraftSegment>,
}

/// A segment, by one of `scores`, `cells` and `overall`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DraftSegment {
    pub name: Spanned<String>,
    pub scores: Option<Blocks>,
    pub cells: Option<Vec<Spanned<String>>>,
    pub overall: Option<Spanned<String>>,
    pub description: Option<String>,
    pub action: Option<String>,
}

/// A range for each letter that is asked for.
pub(super) type Block = BTreeMap<String, Spanned<String>>;

/// One block of cells, or a list of them.
pub(super) struct Blocks(pub Vec<Block>);

impl<'de> Deserialize<'de> for Blocks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Blocks, D::Error> {
        deserializer.deserialize_any(OneOrMany)
    }
}

struct OneOrMany;

impl<'de> Visitor<'de> for OneOrMany {
    type Value = Blocks;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("{ R = \"4-5\", F = \"1\" }, or a list of such")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Blocks, A::Error> {
        let block = Block::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Blocks(vec![block]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Blocks, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Blocks)
    }
}

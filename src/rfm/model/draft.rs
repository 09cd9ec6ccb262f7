//! A model as it stands in its file, before it is checked.

use crate::model::Direction;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A model.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Draft {
    pub kind: Spanned<String>,
    pub name: String,
    pub title: Option<String>,
    pub reference: Option<String>,
    pub levels: Option<Spanned<u32>>,
    pub map: Option<Spanned<String>>,
    #[serde(default)]
    pub columns: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub dimension: Vec<DraftDimension>,
}

/// A figure that is scored.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DraftDimension {
    pub letter: Spanned<String>,
    pub name: String,
    pub meaning: Option<String>,
    pub metric: Spanned<String>,
    #[serde(default)]
    pub direction: Direction,
    pub method: Option<Spanned<String>>,
    pub levels: Option<Spanned<u32>>,
    pub cuts: Option<Spanned<Vec<f64>>>,
    pub starts: Option<Spanned<Vec<f64>>>,
    pub seed: Option<Spanned<u64>>,
    pub tolerance: Option<Spanned<f64>>,
    pub weight: Option<Spanned<f64>>,
}

//! The texts of a model in other languages.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The languages that texts can be translated into, beside that of the model.
pub const LANGUAGES: [&str; 2] = ["en", "zh"];

/// The texts of a model in another language. What is not there is shown as it stands in the model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Translation {
    /// The title that reports carry.
    pub title: Option<String>,
    /// What the model is for.
    pub description: Option<String>,
    /// The names of parts, by their codes.
    pub names: BTreeMap<String, String>,
    /// The texts of classes, by their codes.
    pub classes: BTreeMap<String, ClassTranslation>,
}

/// The texts of a class in another language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClassTranslation {
    /// Its name.
    pub name: Option<String>,
    /// What it means to be in this class.
    pub reading: Option<String>,
    /// What to do with these customers.
    pub strategy: Option<String>,
}

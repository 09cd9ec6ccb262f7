//! The JSON Schema of a model file, by which editors complete and check it.

use super::draft::Draft;

/// The JSON Schema of a model, as text that ends in a newline.
/// `models/custval-model.schema.json` is this text.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Draft);
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

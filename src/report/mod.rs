//! Results as people and programs read them: one list of tables, rendered many ways.

mod finding;
mod table;
mod text;

pub use finding::finding;
pub use table::{Cell, Column, Format, Table, shown};
pub use text::{
    anova_text, clusters_text, evaluation_text, reproduction_text, to_text, weighing_text, wrapped,
};

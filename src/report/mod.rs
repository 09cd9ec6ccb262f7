//! Results as people and programs read them: one list of tables, rendered many ways.

mod table;
mod terminal;

pub use table::{Cell, Column, Format, Table, shown};
pub use terminal::{to_text, wrapped};

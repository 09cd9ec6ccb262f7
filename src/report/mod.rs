//! Results as people and programs read them: one list of tables, rendered many ways.

mod table;

pub use table::{Cell, Column, Format, Table, shown};

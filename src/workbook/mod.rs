//! Tables as people fill them in: Excel, LibreOffice, CSV and JSON files with every cell's place kept.

mod book;
mod budget;
mod cell;
mod csv_table;
mod excel;
mod guard;
mod json;
mod number;
mod sheet;
pub(crate) mod style;
mod table;
mod template;

pub use book::{Book, Fingerprint};
pub use cell::{Cell, Date, Value};
#[cfg(feature = "parquet")]
pub(crate) use guard::survived;
pub use number::{Number, Reading, read_number};
pub use sheet::Sheet;
pub use table::{Header, Table};
pub use template::{Contents, ExpertEntry, write_template};

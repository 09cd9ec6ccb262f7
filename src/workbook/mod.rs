//! Tables as people fill them in: Excel, LibreOffice and CSV files with every cell's address kept.

mod book;
mod cell;
mod csv_table;
mod excel;
mod number;
mod ods_size;
mod sheet;
pub(crate) mod style;
mod table;
mod template;

pub use book::{Book, Fingerprint};
pub use cell::{Cell, Date, Value};
pub use number::{Number, Reading, read_number};
pub use sheet::Sheet;
pub use table::{Header, Table};
pub use template::{Contents, ExpertEntry, write_template};

//! Results as people and programs read them: one list of tables, rendered many ways.

mod csv;
#[cfg(feature = "figures")]
mod figure;
mod finding;
mod markup;
mod methods;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod table;
mod tables;
mod text;
mod workbook;

pub use csv::{to_csv, write_csv};
#[cfg(feature = "figures")]
pub use figure::{Figure, figures, sales_figures};
pub use finding::finding;
pub use markup::{all_tex, to_html, to_latex, to_markdown};
pub use methods::{Cited, Methods};
pub use page::{Language, page, sales_page};
#[cfg(feature = "parquet")]
pub use parquet::{to_parquet, write_parquet};
pub use table::{Cell, Column, Format, LongTable, Table, shown};
pub use tables::{
    SALES_TABLES, assigned_table, firm_tables, sales_customers, sales_table, sales_tables, tables,
    weighing_tables,
};
pub use text::{
    anova_text, clusters_text, evaluation_text, firm_text, reproduction_text, sales_text, to_text,
    weighing_text, wrapped,
};
pub use workbook::{revisions, weighing_workbook, workbook, write_sales_workbook};

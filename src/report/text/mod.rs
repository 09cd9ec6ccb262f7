//! Results on the terminal: the answer first, then the tables that carry it, in 80 columns.

mod anova;
mod clusters;
mod evaluation;
mod firm;
mod grid;
mod reproduction;
mod sales;
mod weighing;

pub use anova::anova_text;
pub use clusters::clusters_text;
pub use evaluation::evaluation_text;
pub use firm::firm_text;
pub use grid::{to_text, wrapped};
pub use reproduction::reproduction_text;
pub use sales::sales_text;
pub use weighing::weighing_text;

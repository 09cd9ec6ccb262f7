//! Published studies, figure by figure: what was printed, and what the same method gives here.

mod retail;
mod sme;

pub use retail::{RETAIL_DECK, RFM_NOTEBOOK, retail_deck, rfm_notebook};
pub use sme::{SME_PAPER, sme_paper};

use crate::evaluation::Evaluation;
use serde::Serialize;

/// A study's printed figures beside ours.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reproduction {
    /// The study's short name.
    pub study: String,
    /// Its title.
    pub title: String,
    /// Where the input comes from, in plain words.
    pub input: String,
    /// Every printed figure.
    pub figures: Vec<Figure>,
    /// How many of them are equal as printed.
    pub equal: usize,
    /// Remarks on figures that are not.
    pub remarks: Vec<String>,
    /// The steps by which rows were set aside, for a study of sales.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Figures as the study's own way gives them, beside the right way, where its own is a defect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<Corrected>,
    /// The whole evaluation behind it, if it is one.
    #[serde(skip)]
    pub evaluation: Option<Evaluation>,
}

/// A step by which rows were set aside.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What was set aside.
    pub step: String,
    /// How many rows.
    pub rows: u64,
    /// How many were left.
    pub left: u64,
    /// The money of the rows set aside.
    pub money: f64,
    /// Customers of whom no row is left after this step.
    pub customers: u64,
}

/// A figure in two ways.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Corrected {
    /// What it is.
    pub figure: String,
    /// By the study's own way.
    pub as_published: String,
    /// By the right way.
    pub right: String,
}

/// One printed figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The table in which it was printed.
    pub table: String,
    /// Its row there.
    pub row: String,
    /// Its column there.
    pub column: String,
    /// The figure as printed.
    pub printed: String,
    /// Our figure in full; `None` where it is not a number.
    pub computed: Option<f64>,
    /// Our figure to the printed digits.
    pub shown: String,
    /// Whether the two are equal.
    pub equal: bool,
}

impl Figure {
    /// A printed number against ours, rounded to as many decimals as were printed.
    fn number(table: &str, row: &str, column: &str, printed: &str, computed: f64) -> Figure {
        let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let plain = format!("{computed:.decimals$}");
        // The study prints .116 for 0.116.
        let shown = if printed.starts_with('.') {
            plain.trim_start_matches('0').to_string()
        } else {
            plain
        };
        let equal = shown == printed;
        Figure {
            table: table.to_string(),
            row: row.to_string(),
            column: column.to_string(),
            printed: printed.to_string(),
            computed: Some(computed),
            shown,
            equal,
        }
    }

    /// A printed text against ours.
    fn text(table: &str, row: &str, column: &str, printed: &str, shown: &str) -> Figure {
        Figure {
            table: table.to_string(),
            row: row.to_string(),
            column: column.to_string(),
            printed: printed.to_string(),
            computed: None,
            shown: shown.to_string(),
            equal: printed == shown,
        }
    }
}

//! The live formulas of a comparison block, for Excel and LibreOffice alike: no functions newer
//! than Excel 2007.

use crate::model::{Method, WeightRules, random_index};
use rust_xlsxwriter::utility::{cell_range_absolute, row_col_to_cell, row_col_to_cell_absolute};

/// How often the matrix is squared: its 16th power turns the geometric means into the eigenvector.
const SQUARINGS: usize = 4;

/// What a verdict says of a complete and consistent block.
pub(super) const CONSISTENT: &str = "consistent enough";

/// Where a block stands on its sheet, rows and columns counted from 0.
#[derive(Clone, Copy)]
pub(super) struct Area {
    /// The row of the first item.
    pub top: u32,
    /// The column of the first item.
    pub left: u16,
    /// The number of items.
    pub n: usize,
}

impl Area {
    /// The column of weights.
    pub(super) fn weights_column(self) -> u16 {
        self.left + self.n as u16
    }

    /// The last row of the matrix.
    pub(super) fn bottom(self) -> u32 {
        self.top + self.n as u32 - 1
    }

    /// The row of λmax, CI and CR.
    pub(super) fn consistency_row(self) -> u32 {
        self.top + self.n as u32
    }

    /// The column of the verdict, after λmax, CI and CR.
    pub(super) fn verdict_column(self) -> u16 {
        self.left + 3
    }

    fn matrix(self) -> String {
        cell_range_absolute(self.top, self.left, self.bottom(), self.weights_column() - 1)
    }

    fn weights(self) -> String {
        cell_range_absolute(self.top, self.weights_column(), self.bottom(), self.weights_column())
    }

    fn consistency_cell(self, at: u16) -> String {
        row_col_to_cell_absolute(self.consistency_row(), self.left + at)
    }

    /// The reciprocal of the judgement across the diagonal.
    pub(super) fn reciprocal(self, i: usize, j: usize) -> String {
        let across = row_col_to_cell(self.top + j as u32, self.left + i as u16);
        format!("=IF(ISNUMBER({across}),IF({across}>0,1/{across},\"\"),\"\")")
    }

    /// The weight of the item i, an array formula.
    pub(super) fn weight(self, i: usize, method: Method) -> String {
        let (matrix, n) = (self.matrix(), self.n);
        let means = format!("EXP(MMULT(LN({matrix}),TRANSPOSE(COLUMN({matrix})^0))/{n})");
        let vector = match method {
            Method::Rgmm => means,
            Method::Eigenvector => format!("MMULT({},{means})", power(&matrix)),
        };
        let complete = n * n;
        let place = i + 1;
        format!("{{=IF(COUNT({matrix})<{complete},\"\",INDEX({vector},{place},1)/SUM({vector}))}}")
    }

    /// The principal eigenvalue, an array formula.
    pub(super) fn lambda(self) -> String {
        let (matrix, weights, n) = (self.matrix(), self.weights(), self.n);
        format!("{{=IF(COUNT({weights})<{n},\"\",SUM(MMULT({matrix},{weights})/{weights})/{n})}}")
    }

    /// The consistency index.
    pub(super) fn index(self) -> String {
        let (lambda, n) = (self.consistency_cell(0), self.n);
        let index = match n {
            2 => "0".to_string(),
            _ => format!("MAX(0,({lambda}-{n})/({n}-1))"),
        };
        format!("=IF(ISNUMBER({lambda}),{index},\"\")")
    }

    /// The consistency ratio.
    pub(super) fn ratio(self, rules: &WeightRules) -> String {
        let index = self.consistency_cell(1);
        let ratio = match self.n {
            2 => "0".to_string(),
            n => format!("{index}/{}", random_index(rules.random_index, n).ri),
        };
        format!("=IF(ISNUMBER({index}),{ratio},\"\")")
    }

    /// The verdict in words.
    pub(super) fn verdict(self, limit: f64) -> String {
        let (matrix, ratio) = (self.matrix(), self.consistency_cell(2));
        let all = self.n * self.n;
        let missing = format!("ROUNDUP(({all}-COUNT({matrix}))/2,0)");
        let over = over_limit(limit);
        format!(
            "=IF(ISNUMBER({ratio}),IF({ratio}>{limit},\"{over}\",\"{CONSISTENT}\"),\
             IF({missing}=1,\"1 judgement missing\",{missing}&\" judgements missing\"))"
        )
    }

    /// Whether the ratio is above the limit, for a conditional format.
    pub(super) fn is_over(self, limit: f64) -> String {
        let ratio = self.consistency_cell(2);
        format!("=IF(ISNUMBER({ratio}),{ratio}>{limit},FALSE)")
    }

    /// Whether the ratio is within the limit, for a conditional format.
    pub(super) fn is_within(self, limit: f64) -> String {
        let ratio = self.consistency_cell(2);
        format!("=IF(ISNUMBER({ratio}),{ratio}<={limit},FALSE)")
    }

    /// Whether a judgement departs most from what the weights say, while the ratio is above the
    /// limit. For a conditional format over the whole matrix, written for its first cell.
    pub(super) fn fits_least(self, limit: f64) -> String {
        let (matrix, weights, ratio) = (self.matrix(), self.weights(), self.consistency_cell(2));
        let cell = row_col_to_cell(self.top, self.left);
        let first = row_col_to_cell_absolute(self.top, self.left);
        let row = format!("(ROW({cell})-ROW({first})+1)");
        let column = format!("(COLUMN({cell})-COLUMN({first})+1)");
        let here = format!("ABS(LN({cell}*INDEX({weights},{column})/INDEX({weights},{row})))");
        let most = format!("SUMPRODUCT(MAX(ABS(LN({matrix}*TRANSPOSE({weights})/{weights}))))");
        format!(
            "=IF(ISNUMBER({ratio}),IF({ratio}>{limit},IF({column}>{row},{here}>={most}-0.000001,\
             FALSE),FALSE),FALSE)"
        )
    }
}

/// What a verdict says of a block above the limit.
pub(super) fn over_limit(limit: f64) -> String {
    format!("please look again: CR above {limit:.2}")
}

/// The 16th power of a matrix, by squaring.
fn power(matrix: &str) -> String {
    (0..SQUARINGS).fold(matrix.to_string(), |power, _| format!("MMULT({power},{power})"))
}

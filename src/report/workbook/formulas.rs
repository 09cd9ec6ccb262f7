//! How values arise, as formulas: from the weights and the scores on their sheets to contributions and
//! values. The formulas are those of `value`; each stands in its cell with the number that was computed.

use super::known::{CUSTOMERS, HEADER};
use crate::evaluation::{CustomerValue, Evaluation};
use crate::report::tables::values::by_rank;
use crate::report::{Cell, Table};
use rust_xlsxwriter::utility::row_col_to_cell_absolute;
use rust_xlsxwriter::utility::{cell_range, cell_range_absolute, row_col_to_cell};

/// Of more customers than this the numbers stand alone: so many formulas make a workbook slow.
pub(super) const MOST_COMPUTED: usize = 20_000;

/// The row of the weights on the sheet Scores, right above the header.
pub(super) const WEIGHTS_ROW: u32 = HEADER - 1;
/// The first column of an indicator on the sheets Scores and Contributions.
const INDICATORS: u16 = 2;
/// The first row of the parts on the sheet Weights, below two titles and the header.
const PARTS: u32 = HEADER + 2;
/// Columns of the sheet Weights: among the siblings, in the whole.
const LOCAL: u16 = 2;
const GLOBAL: u16 = 3;
/// Columns of the sheet Customers.
const CLASS: u16 = 2;
const VALUE: u16 = 3;

/// Formulas agree with what was computed to this share of it.
const AGREES: f64 = 1e-12;

/// The formulas of an evaluation's workbook.
pub(super) struct Formulas<'a> {
    evaluation: &'a Evaluation,
    ranked: Vec<&'a CustomerValue>,
    leaves: Vec<usize>,
}

impl<'a> Formulas<'a> {
    pub(super) fn of(evaluation: &'a Evaluation) -> Formulas<'a> {
        let leaves = evaluation.model.hierarchy.leaves();
        Formulas { evaluation, ranked: by_rank(evaluation), leaves }
    }

    /// Whether the customers' values are computed in the workbook.
    pub(super) fn is_live(&self) -> bool {
        self.ranked.len() <= MOST_COMPUTED
    }

    /// Whether some customer has no score on some indicator.
    pub(super) fn has_gaps(&self) -> bool {
        self.ranked.iter().any(|customer| self.lacks(customer))
    }

    fn lacks(&self, customer: &CustomerValue) -> bool {
        customer.scores.len() < self.leaves.len()
    }

    /// The value of a customer, or of a part right below the goal, on the sheet Customers.
    pub(super) fn value(&self, at: usize, column: usize) -> Option<String> {
        let customer = self.ranked.get(at).filter(|_| self.is_live())?;
        let row = HEADER + 1 + at as u32;
        let below = &self.evaluation.model.hierarchy.goal().children;
        let place = (column as u16).checked_sub(VALUE)?;
        if place == 0 {
            return Some(format!(
                "SUM({})",
                cell_range(row, VALUE + 1, row, VALUE + below.len() as u16)
            ));
        }
        let (first, last) = self.indicators_below(*below.get(usize::from(place) - 1)?)?;
        // Absolute, so that the sheet can be sorted.
        let own = cell_range_absolute(row, first, row, last);
        Some(match self.lacks(customer) {
            true => format!("SUM(Contributions!{own})"),
            false => {
                let weights = cell_range_absolute(WEIGHTS_ROW, first, WEIGHTS_ROW, last);
                format!("SUMPRODUCT(Scores!{weights},Scores!{own})")
            }
        })
    }

    /// The first and the last column of the indicators below a part, which stand side by side.
    fn indicators_below(&self, part: usize) -> Option<(u16, u16)> {
        let hierarchy = &self.evaluation.model.hierarchy;
        let below = |leaf: &usize| hierarchy.is_below(*leaf, part);
        let first = self.leaves.iter().position(below)?;
        let last = self.leaves.iter().rposition(below)?;
        Some((INDICATORS + first as u16, INDICATORS + last as u16))
    }

    /// An indicator's contribution: weight × score, and where nobody scored some other part, as much
    /// more weight as the parts beside it leave.
    pub(super) fn contribution(&self, at: usize, column: usize) -> Option<String> {
        let customer = self.ranked.get(at).filter(|_| self.is_live())?;
        let indicator = column.checked_sub(usize::from(INDICATORS))?;
        let (row, column) = (HEADER + 1 + at as u32, column as u16);
        let weight = row_col_to_cell_absolute(WEIGHTS_ROW, column);
        let score = row_col_to_cell_absolute(row, column);
        let lift = match self.lacks(customer) {
            true => self.lift(customer, *self.leaves.get(indicator)?),
            false => String::new(),
        };
        Some(format!("Scores!{weight}*Scores!{score}{lift}"))
    }

    /// What the weight of a part is multiplied by: for each part above it of which something below has
    /// no score, its weight through the weights of those that have.
    fn lift(&self, customer: &CustomerValue, leaf: usize) -> String {
        let nodes = self.evaluation.model.hierarchy.nodes();
        let mut lift = String::new();
        let mut above = nodes[leaf].parent;
        while let Some(part) = above {
            let children = &nodes[part].children;
            let scored: Vec<usize> =
                children.iter().copied().filter(|child| self.is_scored(customer, *child)).collect();
            if scored.len() < children.len() {
                let weights: Vec<String> = scored.into_iter().map(in_whole).collect();
                lift += &format!("*{}/({})", in_whole(part), weights.join("+"));
            }
            above = nodes[part].parent;
        }
        lift
    }

    /// Whether a customer has a score on anything at or below a part.
    fn is_scored(&self, customer: &CustomerValue, part: usize) -> bool {
        let hierarchy = &self.evaluation.model.hierarchy;
        let below = |leaf: &&usize| hierarchy.is_below(**leaf, part);
        let code = |leaf: &usize| hierarchy.nodes()[*leaf].code.as_str();
        self.leaves.iter().filter(below).any(|leaf| customer.scores.get(code(leaf)).is_some())
    }

    /// The weight of an indicator, for the sheet Scores.
    pub(super) fn weight_of_indicator(&self, indicator: usize) -> Option<String> {
        self.leaves.get(indicator).map(|leaf| in_whole(*leaf))
    }

    /// The same for the sheet Weights itself.
    pub(super) fn weight_here(&self, indicator: usize) -> Option<String> {
        let leaf = self.leaves.get(indicator)?;
        Some(row_col_to_cell(PARTS + *leaf as u32, GLOBAL))
    }

    /// The weight of a part in the whole on the sheet Weights: what it has among its siblings × what the
    /// part above has. Where that is not so, as in a blend with weights from the data, the parts above
    /// have the sum of those below.
    pub(super) fn weight_in_whole(&self, part: usize, column: usize) -> Option<String> {
        let node = self.evaluation.model.hierarchy.nodes().get(part)?;
        let row = PARTS + part as u32;
        if column != usize::from(GLOBAL) {
            return None;
        }
        if self.weights_are_products() {
            let above = row_col_to_cell(PARTS + node.parent? as u32, GLOBAL);
            return Some(format!("{above}*{}", row_col_to_cell(row, LOCAL)));
        }
        let below = |child: &usize| row_col_to_cell(PARTS + *child as u32, GLOBAL);
        let below: Vec<String> = node.children.iter().map(below).collect();
        (!below.is_empty()).then(|| below.join("+"))
    }

    /// Whether every weight in the whole is the product of the weights from the goal down.
    pub(super) fn weights_are_products(&self) -> bool {
        let (weights, hierarchy) = (&self.evaluation.weights, &self.evaluation.model.hierarchy);
        let whole = weights.part_weights.numbers();
        hierarchy.parents().into_iter().zip(&weights.nodes).all(|(parent, node)| {
            let children = hierarchy.nodes()[parent].children.iter();
            children.zip(&node.weights).all(|(child, local)| {
                let (Some(above), Some(own)) = (whole.get(parent), whole.get(*child)) else {
                    return false;
                };
                agrees(above * local, *own)
            })
        })
    }

    /// A class's customers, share, value, share of value and mean on the sheet Summary, from the sheet
    /// Customers. `name` is the column's, `row` that of the class.
    pub(super) fn of_class(&self, name: &str, row: u32) -> Option<String> {
        if !self.classes_can_be_counted() {
            return None;
        }
        let (classes, values) = (self.customers(CLASS), self.customers(VALUE));
        let cell = |column: u16| row_col_to_cell(row, column);
        let goal = &self.evaluation.model.hierarchy.goal().code;
        match name {
            "customers" => Some(format!("COUNTIF({classes},{})", cell(0))),
            "share_of_customers" => Some(format!("{}/COUNT({values})", cell(1))),
            "value" => Some(format!("SUMIFS({values},{classes},{})", cell(0))),
            "share_of_value" => Some(format!("{}/SUM({values})", cell(3))),
            name if name == goal => Some(format!("{}/{}", cell(3), cell(1))),
            _ => None,
        }
    }

    /// How many customers there are, and their mean value.
    pub(super) fn count_and_mean(&self) -> [String; 2] {
        let values = self.customers(VALUE);
        [format!("COUNT({values})"), format!("AVERAGE({values})")]
    }

    /// A column of the sheet Customers.
    fn customers(&self, column: u16) -> String {
        let last = HEADER + self.ranked.len() as u32;
        format!("{CUSTOMERS}!{}", cell_range_absolute(HEADER + 1, column, last, column))
    }

    /// Excel takes a criterion that begins with = < > or holds * ? ~ for more than a name, no more than
    /// 255 characters of it, and does not tell capitals from small letters.
    fn classes_can_be_counted(&self) -> bool {
        let mut seen = Vec::new();
        self.evaluation.classes.iter().all(|class| {
            let name = class.name.to_lowercase();
            let plain = !name.is_empty()
                && !name.starts_with(['=', '<', '>'])
                && !name.contains(['*', '?', '~'])
                && name.encode_utf16().count() <= 255
                && !seen.contains(&name);
            seen.push(name);
            plain
        })
    }
}

/// The weight of a part in the whole, from another sheet.
fn in_whole(part: usize) -> String {
    format!("Weights!{}", row_col_to_cell_absolute(PARTS + part as u32, GLOBAL))
}

fn agrees(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= AGREES * b.abs()
}

/// The sums in the last row and the last column of a table whose first column names its rows; `header`
/// is the row of its header.
pub(super) fn sums(table: &Table, header: u32, row: usize, column: usize) -> Option<String> {
    let (last_row, last_column) = (table.rows.len() - 1, table.columns.len() - 1);
    let here = header + 1 + row as u32;
    let across = || cell_range(here, 1, here, last_column as u16 - 1);
    let down = || cell_range(header + 1, column as u16, here - 1, column as u16);
    match (row == last_row, column == last_column) {
        (_, true) if last_column > 1 => Some(format!("SUM({})", across())),
        (true, false) if last_row > 0 && column > 0 => Some(format!("SUM({})", down())),
        _ => None,
    }
}

/// CI = (λmax − n) / (n − 1) and CR = CI / RI, where they give what was computed: the ratio of an
/// incomplete matrix has an index of its own.
pub(super) fn consistency(table: &Table, header: u32, row: usize, column: usize) -> Option<String> {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    let number = |name: &str| match table.rows.get(row)?.get(place(name)?)? {
        Cell::Number(number) => Some(*number),
        _ => None,
    };
    let cell = |name: &str| Some(row_col_to_cell(header + 1 + row as u32, place(name)? as u16));
    let name = table.columns.get(column)?.name.as_str();
    let (n, largest) = (number("n")?, number("lambda_max")?);
    match name {
        "ci" if n > 1.0 && agrees((largest - n) / (n - 1.0), number("ci")?) => {
            Some(format!("({}-{})/({}-1)", cell("lambda_max")?, cell("n")?, cell("n")?))
        }
        "cr" if number("ri")? > 0.0 && agrees(number("ci")? / number("ri")?, number("cr")?) => {
            Some(format!("{}/{}", cell("ci")?, cell("ri")?))
        }
        _ => None,
    }
}

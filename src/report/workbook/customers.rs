//! The sheets of the customers: values, contributions and scores, each reckoned from the next.

use super::formulas::{Formulas, MOST_COMPUTED, WEIGHTS_ROW};
use super::page::Page;
use crate::evaluation::Evaluation;
use crate::report::tables::values;
use crate::workbook::style;
use rust_xlsxwriter::XlsxError;

/// The column of the goal's value.
const VALUE: usize = 3;

/// Said of sheets from whose rows others are reckoned.
const FIXED: &str = "Other sheets are reckoned from these rows: sort a copy.";

/// Every customer with its values and its class.
pub(super) fn fill(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let formulas = Formulas::of(evaluation);
    page.title("Customers", &said(evaluation, &formulas))?;
    let table = values::all_customers(evaluation);
    let placed = page.computed_main_table(&table, &|row, column| formulas.value(row, column))?;
    page.bars(&placed, VALUE)
}

/// How the values on the sheet arise.
fn said(evaluation: &Evaluation, formulas: &Formulas) -> String {
    let hierarchy = &evaluation.model.hierarchy;
    let goal = hierarchy.goal();
    let below: Vec<&str> =
        goal.children.iter().map(|&child| hierarchy.nodes()[child].name.as_str()).collect();
    let mut said =
        "Every customer with its values and its class, highest value first. ".to_string();
    if !formulas.is_live() {
        return said
            + &format!(
                "For more than {MOST_COMPUTED} customers the values are numbers without formulas: the \
                 sums of weight × score."
            );
    }
    said += &format!(
        "{} = {}. Each of these is the sum of weight × score over its indicators, reckoned here from \
         the sheets Weights and Scores.",
        goal.name,
        below.join(" + ")
    );
    if formulas.has_gaps() {
        said += " Where nobody scored a customer on an indicator, those beside it carry its weight: \
                 there the value is the sum of the sheet Contributions, which shows by how much.";
    }
    said
}

/// What each indicator adds to each customer.
pub(super) fn contributions(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let formulas = Formulas::of(evaluation);
    let table = values::contributions(evaluation);
    page.title(&table.title, &format!("{} {FIXED}", table.note))?;
    let placed =
        page.computed_fixed_table(&table, &|row, column| formulas.contribution(row, column))?;
    page.heat(&placed, 2)
}

/// The scores, below the weights by which they count.
pub(super) fn scores(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let formulas = Formulas::of(evaluation);
    let table = values::scores(evaluation);
    page.title(&table.title, &format!("{} {FIXED}", table.note))?;
    let label = style::quiet().set_indent(1);
    page.sheet().write_string_with_format(WEIGHTS_ROW, 1, "Weight in the whole", &label)?;
    let format = style::quiet().set_num_format("0.0%");
    let weights = evaluation.weights.global_weights.numbers();
    for (at, weight) in weights.into_iter().enumerate() {
        if let Some(formula) = formulas.weight_of_indicator(at) {
            page.computed(WEIGHTS_ROW, 2 + at as u16, &formula, weight, &format)?;
        }
    }
    let placed = page.fixed_table(&table)?;
    page.heat(&placed, 2)
}

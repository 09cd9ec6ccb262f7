//! One block of comparisons: a band, the matrix, the weights and how consistent they are.

use super::contents::Contents;
use super::formulas::{Area, CONSISTENT, over_limit};
use super::matrix::{Matrix, Solution};
use super::pairwise::FIRST_ITEM;
use super::sheet_names::shortened;
use crate::model::{Model, Node, WeightRules};
use crate::workbook::style;
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationRule, Format, FormatAlign, Formula,
    Worksheet, XlsxError,
};

/// How many columns the verdict is coloured over.
const VERDICT_COLUMNS: u16 = 4;

/// Writes the block of a part from `row` on, and returns the row of the next block.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    model: &Model,
    node: usize,
    contents: &Contents,
    expert: &str,
) -> Result<u32, XlsxError> {
    let nodes = model.hierarchy.nodes();
    let node = &nodes[node];
    let items: Vec<&Node> = node.children.iter().map(|&child| &nodes[child]).collect();
    let matrix = Matrix::new(items.len(), |i, j| {
        contents.judgement(expert, &node.code, &items[i].code, &items[j].code)
    });
    let solution = matrix.solved(model.weights.method, model.weights.random_index);
    let area = Area { top: row + 2, left: FIRST_ITEM, n: items.len() };

    write_head(sheet, row, node, &items, area)?;
    write_matrix(sheet, area, &matrix)?;
    ask(sheet, area, &items, model.weights.scale_max)?;
    write_weights(sheet, area, &model.weights, solution.as_ref())?;
    write_consistency(sheet, area, &model.weights, &matrix, solution.as_ref())?;
    Ok(area.consistency_row() + 2)
}

fn write_head(
    sheet: &mut Worksheet,
    row: u32,
    node: &Node,
    items: &[&Node],
    area: Area,
) -> Result<(), XlsxError> {
    for column in 0..=area.weights_column() {
        sheet.write_blank(row, column, &style::band())?;
    }
    sheet.write_string_with_format(row, 0, "Node", &style::band())?;
    sheet.write_string_with_format(row, 1, &node.code, &style::band())?;
    sheet.write_string_with_format(row, 2, &node.name, &style::band())?;
    sheet.write_string_with_format(row + 1, 0, "Item", &style::header())?;
    sheet.write_string_with_format(row + 1, 1, "Name", &style::header())?;
    for (column, item) in (area.left..).zip(items) {
        sheet.write_string_with_format(row + 1, column, &item.code, &style::centred_header())?;
    }
    let weights = area.weights_column();
    sheet.write_string_with_format(row + 1, weights, "Weight", &style::centred_header())?;
    for (row, item) in (area.top..).zip(items) {
        sheet.write_string_with_format(row, 0, &item.code, &style::body())?;
        sheet.write_string_with_format(row, 1, &item.name, &style::body())?;
    }
    Ok(())
}

fn write_matrix(sheet: &mut Worksheet, area: Area, matrix: &Matrix) -> Result<(), XlsxError> {
    let fraction = |format: Format| format.set_num_format("# ??/??").set_align(FormatAlign::Center);
    let (input, mirrored) = (fraction(style::input()), fraction(style::quiet()));
    let diagonal = style::quiet().set_align(FormatAlign::Center);
    for i in 0..area.n {
        for j in 0..area.n {
            let (row, column) = (area.top + i as u32, area.left + j as u16);
            let value = matrix.value(i, j);
            match i.cmp(&j) {
                std::cmp::Ordering::Equal => {
                    sheet.write_number_with_format(row, column, 1.0, &diagonal)?
                }
                std::cmp::Ordering::Less => match value {
                    Some(value) => sheet.write_number_with_format(row, column, value, &input)?,
                    None => sheet.write_blank(row, column, &input)?,
                },
                std::cmp::Ordering::Greater => {
                    let formula = live(area.reciprocal(i, j), value);
                    sheet.write_formula_with_format(row, column, formula, &mirrored)?
                }
            };
        }
    }
    Ok(())
}

/// Guards each judgement, and asks for it in words.
fn ask(
    sheet: &mut Worksheet,
    area: Area,
    items: &[&Node],
    scale_max: f64,
) -> Result<(), XlsxError> {
    // The words of Saaty's scale; another scale has its ends only.
    let steps =
        if scale_max == 9.0 { "3 moderately, 5 strongly, 7 very strongly, " } else { "up to " };
    for (i, a) in items.iter().enumerate() {
        for (j, b) in items.iter().enumerate().skip(i + 1) {
            let ends =
                (Formula::new(format!("1/{scale_max}")), Formula::new(scale_max.to_string()));
            let (a, b) = (shortened(&a.name, 36), shortened(&b.name, 36));
            let question = format!(
                "How much more important is “{a}” than “{b}”? 1 equally, {steps}{scale_max} \
                 extremely. If “{b}” matters more: 1/2 … 1/{scale_max}."
            );
            let refusal = format!(
                "A judgement is a number from 1 to {scale_max}, or a fraction from 1/2 to \
                 1/{scale_max} if the second item matters more."
            );
            let rule = DataValidation::new()
                .allow_decimal_number_formula(DataValidationRule::Between(ends.0, ends.1))
                .set_input_title("Compare")?
                .set_input_message(shortened(&question, 255))?
                .set_error_title("Not on the scale")?
                .set_error_message(refusal)?;
            let (row, column) = (area.top + i as u32, area.left + j as u16);
            sheet.add_data_validation(row, column, row, column, &rule)?;
        }
    }
    Ok(())
}

fn write_weights(
    sheet: &mut Worksheet,
    area: Area,
    rules: &WeightRules,
    solution: Option<&Solution>,
) -> Result<(), XlsxError> {
    let format = style::quiet().set_num_format("0.0000").set_align(FormatAlign::Center);
    let column = area.weights_column();
    for i in 0..area.n {
        let row = area.top + i as u32;
        let weight = solution.map(|solution| solution.weights[i]);
        let formula = live(area.weight(i, rules.method), weight);
        sheet.write_array_formula_with_format(row, column, row, column, formula, &format)?;
    }
    Ok(())
}

fn write_consistency(
    sheet: &mut Worksheet,
    area: Area,
    rules: &WeightRules,
    matrix: &Matrix,
    solution: Option<&Solution>,
) -> Result<(), XlsxError> {
    let (row, left, limit) = (area.consistency_row(), area.left, rules.consistency_limit);
    let labelled = |label: &str| {
        style::remark().set_num_format(format!("\"{label} \"0.000")).set_align(FormatAlign::Center)
    };
    let right = style::remark().set_align(FormatAlign::Right);
    sheet.write_string_with_format(row, 1, "How well the judgements fit", &right)?;
    let lambda = live(area.lambda(), solution.map(|solution| solution.lambda));
    sheet.write_array_formula_with_format(row, left, row, left, lambda, &labelled("λmax"))?;
    let index = live(area.index(), solution.map(|solution| solution.ci));
    sheet.write_formula_with_format(row, left + 1, index, &labelled("CI"))?;
    let ratio = live(area.ratio(rules), solution.map(|solution| solution.cr));
    sheet.write_formula_with_format(row, left + 2, ratio, &labelled("CR").set_bold())?;

    let shown = match solution {
        Some(solution) if solution.cr > limit => over_limit(limit),
        Some(_) => CONSISTENT.to_string(),
        None => format!("{} missing", crate::text::count(matrix.missing(), "judgement")),
    };
    let verdict = Formula::new(area.verdict(limit)).set_result(shown);
    let column = area.verdict_column();
    sheet.write_formula_with_format(row, column, verdict, &style::remark().set_bold())?;
    for beside in column + 1..column + VERDICT_COLUMNS {
        sheet.write_blank(row, beside, &style::remark())?;
    }
    colour(sheet, area, limit)
}

fn colour(sheet: &mut Worksheet, area: Area, limit: f64) -> Result<(), XlsxError> {
    let rule = |formula: String, format: Format| {
        ConditionalFormatFormula::new().set_rule(Formula::new(formula)).set_format(format)
    };
    let (row, first) = (area.consistency_row(), area.left + 2);
    let last = area.verdict_column() + VERDICT_COLUMNS - 1;
    let over = rule(area.is_over(limit), style::warning());
    let within = rule(area.is_within(limit), style::good());
    sheet.add_conditional_format(row, first, row, last, &over)?;
    sheet.add_conditional_format(row, first, row, last, &within)?;
    let least = rule(area.fits_least(limit), style::warning());
    let right = area.weights_column() - 1;
    sheet.add_conditional_format(area.top, area.left, area.bottom(), right, &least)?;
    Ok(())
}

/// A formula with the number that it shows; an empty text if there is none.
fn live(formula: String, shown: Option<f64>) -> Formula {
    let formula = Formula::new(formula);
    match shown {
        Some(number) => formula.set_result(number.to_string()),
        None => formula,
    }
}

//! The sheets `Score <expert>`: customers down, indicators across.

use super::contents::{Contents, indicators};
use super::sheet_names::shortened;
use crate::model::{Direction, Indicator, Model, Scale, Source};
use crate::workbook::style;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, FormatAlign, Formula, Worksheet,
    XlsxError,
};

/// The row of the criteria's bands; names and codes follow it.
const BANDS: u32 = 3;
const NAMES: u32 = 4;
const CODES: u32 = 5;
/// The row of the first customer.
const FIRST_CUSTOMER: u32 = 6;
/// The most whole scores that a drop-down list offers.
const MOST_LISTED: usize = 20;

/// Fills one expert's sheet of scores.
pub(super) fn fill(
    sheet: &mut Worksheet,
    model: &Model,
    contents: &Contents,
    expert: &str,
) -> Result<(), XlsxError> {
    let Scale { min, max } = model.scale;
    let scored = indicators(model, Source::Experts);
    sheet.write_string_with_format(0, 0, "How good is each customer?", &style::title())?;
    let help = format!(
        "Score every customer on every indicator from {min} to {max}; {max} is always the best for \
         us, also for costs. Leave a cell empty if you do not know."
    );
    sheet.write_string_with_format(1, 0, help, &style::remark())?;
    sheet.write_string_with_format(2, 0, "Expert", &style::remark())?;
    sheet.write_string_with_format(2, 1, expert, &style::text().set_bold())?;
    write_head(sheet, model, &scored)?;

    let customers = contents.customers();
    let input = style::input().set_align(FormatAlign::Center);
    for (row, customer) in (FIRST_CUSTOMER..).zip(&customers) {
        write_customer(sheet, row, customer)?;
        for (column, indicator) in (1..).zip(&scored) {
            match contents.score(expert, customer, &indicator.code) {
                Some(score) => sheet.write_number_with_format(row, column, score, &input)?,
                None => sheet.write_blank(row, column, &input)?,
            };
        }
    }
    let last = FIRST_CUSTOMER + customers.len() as u32 - 1;
    for (column, indicator) in (1..).zip(&scored) {
        let rule = guard(indicator, model.scale, &row_col_to_cell(FIRST_CUSTOMER, column))?;
        sheet.add_data_validation(FIRST_CUSTOMER, column, last, column, &rule)?;
    }
    sheet.set_freeze_panes(FIRST_CUSTOMER, 1)?;
    style::page(sheet, Some((BANDS, CODES)))
}

/// Writes a customer's name, or leaves the cell to be filled in.
pub(super) fn write_customer(
    sheet: &mut Worksheet,
    row: u32,
    customer: &str,
) -> Result<(), XlsxError> {
    if customer.is_empty() {
        sheet.write_blank(row, 0, &style::input())?;
    } else {
        sheet.write_string_with_format(row, 0, customer, &style::body())?;
    }
    Ok(())
}

fn write_head(
    sheet: &mut Worksheet,
    model: &Model,
    scored: &[&Indicator],
) -> Result<(), XlsxError> {
    let band = style::band().set_align(FormatAlign::Center).set_text_wrap();
    let mut column = 1;
    for run in scored.chunk_by(|a, b| above(model, a) == above(model, b)) {
        let name = run.first().and_then(|indicator| above(model, indicator));
        let name = name.map_or("", |at| &model.hierarchy.nodes()[at].name);
        let last = column + run.len() as u16 - 1;
        if last > column {
            sheet.merge_range(BANDS, column, BANDS, last, name, &band)?;
        } else {
            sheet.write_string_with_format(BANDS, column, name, &band)?;
        }
        column = last + 1;
    }
    let name = style::body().set_text_wrap().set_align(FormatAlign::Center);
    for (column, indicator) in (1..).zip(scored) {
        sheet.write_string_with_format(NAMES, column, &indicator.name, &name)?;
        sheet.write_string_with_format(CODES, column, &indicator.code, &style::centred_header())?;
        sheet
            .set_column_width(column, (indicator.code.chars().count() + 3).clamp(13, 24) as f64)?;
    }
    sheet.write_string_with_format(CODES, 0, "Customer", &style::header())?;
    sheet.set_column_width(0, 28)?;
    sheet.set_row_height(BANDS, 32)?;
    sheet.set_row_height(NAMES, 62)?;
    Ok(())
}

/// The place of the part above an indicator.
fn above(model: &Model, indicator: &Indicator) -> Option<usize> {
    let nodes = model.hierarchy.nodes();
    model.hierarchy.position(&indicator.code).and_then(|at| nodes[at].parent)
}

/// What may be typed for an indicator: a score on the scale or, where it has grades, one of them.
fn guard(indicator: &Indicator, scale: Scale, first: &str) -> Result<DataValidation, XlsxError> {
    let Scale { min, max } = scale;
    let refusal = format!("A score is a number from {min} to {max}.");
    let rule = DataValidation::new().set_error_title("Not on the scale")?;
    let rule = if indicator.grades.is_empty() {
        rule.allow_decimal_number(DataValidationRule::Between(min, max))
            .set_error_message(refusal)?
    } else if let Some(choices) = choices(indicator, scale) {
        // A list alone would refuse 4.5, which is on the scale: so it asks instead of refusing.
        rule.allow_list_strings(&choices)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message(format!(
                "Is this one of the grades, or a number from {min} to {max}?"
            ))?
    } else {
        let number = format!("AND(ISNUMBER({first}),{first}>={min},{first}<={max})");
        rule.allow_custom(Formula::new(format!("=IF(ISTEXT({first}),TRUE,{number})")))
            .set_error_message(format!("A grade, or a number from {min} to {max}."))?
    };
    let title = format!("{} {}", indicator.code, indicator.name);
    rule.set_input_title(shortened(&title, 32))?
        .set_input_message(shortened(&prompt(indicator, scale), 255))
}

/// The grades and the whole scores, if a drop-down list can hold them.
fn choices(indicator: &Indicator, scale: Scale) -> Option<Vec<String>> {
    let mut choices: Vec<String> =
        indicator.grades.iter().map(|grade| grade.grade.clone()).collect();
    if choices.iter().any(|grade| grade.contains([',', '"'])) {
        return None;
    }
    let (first, last) = (scale.min.ceil(), scale.max.floor());
    if last - first < MOST_LISTED as f64 {
        let whole = std::iter::successors(Some(last), |score| Some(score - 1.0));
        choices.extend(whole.take_while(|score| *score >= first).map(|score| score.to_string()));
    }
    let units: usize = choices.iter().map(|choice| choice.encode_utf16().count() + 1).sum();
    (units <= 255).then_some(choices)
}

fn prompt(indicator: &Indicator, scale: Scale) -> String {
    let Scale { min, max } = scale;
    let mut prompt = match indicator.direction {
        Direction::Cost => format!("{max} = best for us, that is little of it; {min} = worst."),
        Direction::Benefit => format!("{max} = best, {min} = worst."),
    };
    if !indicator.grades.is_empty() {
        prompt.push_str(" Grades may be used.");
    }
    if !indicator.description.is_empty() {
        prompt.push(' ');
        prompt.push_str(&indicator.description);
    }
    prompt
}

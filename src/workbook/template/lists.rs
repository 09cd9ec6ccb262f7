//! The sheets that are plain lists: `Hierarchy`, `Experts`, `Measured` and `Classes`.

use super::contents::{Contents, ExpertEntry, indicators};
use super::scores::write_customer;
use super::sheet_names::shortened;
use crate::model::{Direction, Indicator, Model, ScaleRule, Source};
use crate::workbook::style;
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, FormatAlign, Note, Worksheet, XlsxError,
};

/// The width of the column of grades.
const GRADES: u32 = 26;
/// The width of the column of descriptions.
const DESCRIPTIONS: u32 = 52;
/// The deepest indent that Excel allows.
const DEEPEST: usize = 15;

/// Fills the sheet `Hierarchy`: one row a part, the goal first.
pub(super) fn hierarchy(sheet: &mut Worksheet, model: &Model) -> Result<(), XlsxError> {
    let columns = [
        ("Code", 18),
        ("Name", 38),
        ("Parent", 18),
        ("Direction", 12),
        ("Grades", GRADES),
        ("Description", DESCRIPTIONS),
    ];
    write_head(sheet, &columns)?;
    let nodes = model.hierarchy.nodes();
    let wrapped = style::body().set_text_wrap();
    for (row, node) in (1..).zip(nodes) {
        let indicator = model.indicators.iter().find(|indicator| indicator.code == node.code);
        let name = style::body().set_indent(node.depth.min(DEEPEST) as u8);
        let name = if indicator.is_none() { name.set_bold() } else { name };
        let parent = node.parent.map_or("", |at| &nodes[at].code);
        sheet.write_string_with_format(row, 0, &node.code, &style::body())?;
        sheet.write_string_with_format(row, 1, &node.name, &name)?;
        sheet.write_string_with_format(row, 2, parent, &style::body())?;
        let direction = indicator.map_or("", |indicator| indicator.direction.as_str());
        sheet.write_string_with_format(row, 3, direction, &style::body())?;
        let grades = indicator.map(grades).unwrap_or_default();
        sheet.write_string_with_format(row, 4, &grades, &wrapped)?;
        let description = node.description.as_str();
        sheet.write_string_with_format(row, 5, description, &wrapped)?;
        let height = style::height(&grades, f64::from(GRADES));
        let height = height.max(style::height(description, f64::from(DESCRIPTIONS)));
        sheet.set_row_height(row, height)?;
    }
    sheet.set_freeze_panes(1, 2)?;
    style::page(sheet, Some((0, 0)))
}

/// The grades as the sheet `Hierarchy` has them: `AAA=5; AA=4.2`.
pub(super) fn grades(indicator: &Indicator) -> String {
    let grades = indicator.grades.iter().map(|grade| format!("{}={}", grade.grade, grade.score));
    grades.collect::<Vec<_>>().join("; ")
}

/// Fills the sheet `Experts`.
pub(super) fn experts(sheet: &mut Worksheet, experts: &[ExpertEntry]) -> Result<(), XlsxError> {
    write_head(sheet, &[("Expert", 34), ("Role", 34), ("Weight", 12), ("Include", 12)])?;
    let centred = style::input().set_align(FormatAlign::Center);
    for (row, expert) in (1..).zip(experts) {
        let weight = if expert.weight.is_finite() { expert.weight } else { 1.0 };
        let include = if expert.include { "yes" } else { "no" };
        sheet.write_string_with_format(row, 0, &expert.name, &style::body())?;
        sheet.write_string_with_format(row, 1, &expert.role, &style::input())?;
        sheet.write_number_with_format(row, 2, weight, &centred)?;
        sheet.write_string_with_format(row, 3, include, &centred)?;
    }
    let positive = DataValidation::new()
        .allow_decimal_number(DataValidationRule::GreaterThan(0.0))
        .set_input_title("Weight")?
        .set_input_message("How much this expert counts: 2 counts twice as much as 1.")?
        .set_error_title("Not a weight")?
        .set_error_message(
            "A weight is a number above 0. To leave an expert out, put no under Include.",
        )?;
    let yes_or_no = DataValidation::new()
        .allow_list_strings(&["yes", "no"])?
        .set_input_title("Include")?
        .set_input_message("no leaves this expert's judgements and scores out.")?
        .set_error_message("yes or no")?;
    let last = experts.len() as u32;
    sheet.add_data_validation(1, 2, last, 2, &positive)?;
    sheet.add_data_validation(1, 3, last, 3, &yes_or_no)?;
    sheet.set_freeze_panes(1, 1)?;
    style::page(sheet, Some((0, 0)))
}

/// Fills the sheet `Measured`: customers down, measured indicators across.
pub(super) fn measured(
    sheet: &mut Worksheet,
    model: &Model,
    contents: &Contents,
) -> Result<(), XlsxError> {
    let measured = indicators(model, Source::Measured);
    let customers = contents.customers();
    write_head(sheet, &[("Customer", 28)])?;
    for (column, indicator) in (1..).zip(&measured) {
        let header = indicator.column.as_deref().unwrap_or(&indicator.code);
        let width = (header.chars().count() + 4).clamp(16, 40) as f64;
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, header, &style::centred_header())?;
        let note = Note::new(meaning(indicator)).add_author_prefix(false).set_width(240);
        sheet.insert_note(0, column, &note)?;
        let title = match &indicator.unit {
            Some(unit) => format!("{} in {unit}", indicator.name),
            None => indicator.name.clone(),
        };
        let prompt = DataValidation::new()
            .allow_any_value()
            .set_input_title(shortened(&title, 32))?
            .set_input_message(shortened(&meaning(indicator), 255))?;
        sheet.add_data_validation(1, column, customers.len() as u32, column, &prompt)?;
    }
    for (row, customer) in (1..).zip(&customers) {
        write_customer(sheet, row, customer)?;
        for (column, indicator) in (1..).zip(&measured) {
            match contents.measured(customer, &indicator.code) {
                Some(value) => {
                    sheet.write_number_with_format(row, column, value, &style::input())?
                }
                None => sheet.write_blank(row, column, &style::input())?,
            };
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    style::page(sheet, Some((0, 0)))
}

/// What a measured indicator means: its name, unit, direction and rule.
pub(super) fn meaning(indicator: &Indicator) -> String {
    let unit = indicator.unit.as_ref().map(|unit| format!(", in {unit}")).unwrap_or_default();
    let better = match indicator.direction {
        Direction::Benefit => "more is better",
        Direction::Cost => "less is better (type the plain value: it is turned later)",
    };
    let rule = match indicator.rule {
        ScaleRule::MinMax => "between the smallest and the largest value".to_string(),
        ScaleRule::Quantiles => "by rank, in equal shares of the customers".to_string(),
        ScaleRule::AsIs => "as it is: the value is a score already".to_string(),
        ScaleRule::Cuts => {
            let cuts: Vec<String> = indicator.cuts.iter().map(f64::to_string).collect();
            format!("by the steps {}", cuts.join(", "))
        }
    };
    let description = if indicator.description.is_empty() {
        String::new()
    } else {
        format!(" {}", indicator.description)
    };
    format!("{}{unit}; {better}. It becomes a score {rule}.{description}", indicator.name)
}

/// Fills the sheet `Classes`, which the experts may leave empty.
pub(super) fn classes(
    sheet: &mut Worksheet,
    model: &Model,
    contents: &Contents,
) -> Result<(), XlsxError> {
    write_head(sheet, &[("Customer", 28), ("Class", 24)])?;
    let customers = contents.customers();
    for (row, customer) in (1..).zip(&customers) {
        write_customer(sheet, row, customer)?;
        match contents.classes.get(*customer) {
            Some(class) => sheet.write_string_with_format(row, 1, class, &style::input())?,
            None => sheet.write_blank(row, 1, &style::input())?,
        };
    }
    let codes: Vec<&str> = model.classes.classes.iter().map(|class| class.code.as_str()).collect();
    let units: usize = codes.iter().map(|code| code.encode_utf16().count() + 1).sum();
    let rule = DataValidation::new()
        .set_input_title("Class (optional)")?
        .set_input_message(
            "Your own view of this customer's class. It is compared with the computed one.",
        )?
        .set_error_message("Choose one of the classes on the list, or leave the cell empty.")?;
    let rule = if units <= 255 && !codes.iter().any(|code| code.contains([',', '"'])) {
        rule.allow_list_strings(&codes)?
    } else {
        rule.allow_any_value()
    };
    sheet.add_data_validation(1, 1, customers.len() as u32, 1, &rule)?;
    sheet.set_freeze_panes(1, 1)?;
    style::page(sheet, Some((0, 0)))
}

fn write_head(sheet: &mut Worksheet, columns: &[(&str, u32)]) -> Result<(), XlsxError> {
    for (column, (name, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, *name, &style::header())?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_row_height(0, 22)?;
    Ok(())
}

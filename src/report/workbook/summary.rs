//! The first sheet: the finding, four figures, the classes, the picture.

use super::page::Page;
use super::{class_names, plane};
use crate::evaluation::Evaluation;
use crate::report::finding;
use crate::report::tables::profiles;
use crate::report::{Column, Format as Kind, Table};
use crate::text::count;
use crate::workbook::style;
use rust_xlsxwriter::{Format, FormatAlign, Url, XlsxError};

/// The columns that the summary spreads over, and their widths in characters.
const WIDTHS: [usize; 8] = [26, 12, 12, 11, 11, 12, 38, 58];

/// Fills the sheet.
pub(super) fn fill(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    for (column, width) in WIDTHS.iter().enumerate() {
        page.widen(column as u16, *width);
    }
    page.title(&evaluation.model.title, &evaluation.model.description)?;
    let sentence = style::paragraph().set_font_size(13).set_bold();
    page.sheet.merge_range(page.row, 0, page.row, 7, "", &sentence)?;
    page.sheet.write_string_with_format(page.row, 0, finding(evaluation), &sentence)?;
    page.sheet.set_row_height(page.row, 40)?;
    page.row += 2;
    figures(page, evaluation)?;
    let placed = page.table(&classes(evaluation))?;
    page.colour_classes(&placed, 0, &class_names(evaluation))?;
    page.bars(&placed, 4)?;
    let mut chart = plane::picture(evaluation);
    chart.set_width(690).set_height(430);
    let top = page.row;
    page.chart(&chart, top, 0)?;
    links(page, evaluation, top)?;
    page.row = top + 23;
    Ok(())
}

/// Four figures in large type.
fn figures(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let total: f64 = evaluation.values.iter().map(|customer| customer.value).sum();
    let customers = evaluation.values.len() as f64;
    let top = evaluation
        .classes
        .iter()
        .max_by(|a, b| (a.value / a.size as f64).total_cmp(&(b.value / b.size as f64)));
    let share = top.map_or(0.0, |class| class.share_of_value);
    let name = top.map_or("", |class| class.name.as_str()).to_lowercase();
    let figures = [
        (0, customers, "0", "customers".to_string()),
        (1, total / customers, "0.00", "mean value".to_string()),
        (3, share, "0.0%", format!("of all value with {name}")),
        (6, evaluation.warnings.len() as f64, "0", "warnings, see Notes".to_string()),
    ];
    let large = |number: &str| -> Format {
        style::text()
            .set_font_size(22)
            .set_bold()
            .set_font_color(style::ACCENT)
            .set_align(FormatAlign::Left)
            .set_num_format(number)
    };
    page.sheet.set_row_height(page.row, 32)?;
    for (column, figure, number, label) in figures {
        page.sheet.write_number_with_format(page.row, column, figure, &large(number))?;
        page.sheet.write_string_with_format(page.row + 1, column, label, &style::remark())?;
    }
    page.row += 3;
    Ok(())
}

/// The classes as the summary shows them: figures, meaning, strategy.
fn classes(evaluation: &Evaluation) -> Table {
    let whole = profiles::classes(evaluation);
    let wanted = ["class", "customers", "share_of_customers", "value", "share_of_value"];
    let goal = evaluation.model.hierarchy.goal().code.as_str();
    let picked: Vec<usize> = wanted
        .iter()
        .chain([&goal, &"reading", &"strategy"])
        .filter_map(|name| whole.columns.iter().position(|column| column.name == *name))
        .collect();
    let columns: Vec<Column> = picked.iter().map(|&at| whole.columns[at].clone()).collect();
    let columns = columns
        .into_iter()
        .map(|column| match column.name.as_str() {
            "class" => Column { format: Kind::Text, ..column },
            _ => column,
        })
        .collect();
    let mut table = Table::new(&whole.name, &whole.title, columns).note(&whole.note);
    for row in &whole.rows {
        table.push(picked.iter().map(|&at| row[at].clone()).collect());
    }
    table
}

/// Links to the other sheets, beside the picture.
fn links(page: &mut Page, evaluation: &Evaluation, top: u32) -> Result<(), XlsxError> {
    let tested = !evaluation.anova.is_empty();
    let warnings = count(evaluation.warnings.len(), "warning");
    let sheets = [
        ("Customers", "every customer by rank, with class".to_string()),
        ("Actions", "what to do, most at stake first".to_string()),
        ("Plan", "what to do with each customer".to_string()),
        ("Value matrix", "the picture, large, and its figures".to_string()),
        ("Contributions", "what each indicator adds to each customer".to_string()),
        ("Scores", "the scores behind them".to_string()),
        ("Weights", "the weights and their consistency".to_string()),
        ("Experts", "each expert's own weights".to_string()),
        ("Clusters", "the clustering, step by step".to_string()),
        ("Profiles", "what sets the classes apart".to_string()),
        ("Firmness", "how firm each customer's class is".to_string()),
        ("ANOVA", "do the clusters differ?".to_string()),
        ("Tests", "the figures behind it".to_string()),
        ("Notes", format!("method, inputs, {warnings}")),
    ];
    page.sheet.write_string_with_format(top, 6, "In this workbook", &style::heading())?;
    let shown = sheets.iter().filter(|(name, _)| !["ANOVA", "Tests"].contains(name) || tested);
    for (row, (name, what)) in (top + 1..).zip(shown) {
        let link = Url::new(format!("internal:'{name}'!A1")).set_text(format!("{name}: {what}"));
        page.sheet.write_url_with_format(
            row,
            6,
            &link,
            &style::link().set_align(FormatAlign::Top),
        )?;
    }
    Ok(())
}

//! The sheets `PW <expert>`: one block of comparisons for each part with two or more children.

use super::block;
use super::contents::Contents;
use crate::model::{Hierarchy, Model};
use crate::workbook::style;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The column of the first item of each matrix.
pub(super) const FIRST_ITEM: u16 = 2;
/// The row of the first block.
const FIRST_BLOCK: u32 = 4;

/// How many rows are printed on a page before a block moves to the next one whole.
const ROWS_ON_A_PAGE: u32 = 40;
/// The most page breaks that Excel allows on a sheet.
const MOST_BREAKS: usize = 1023;

/// The parts whose children are compared, in order.
pub(super) fn compared(tree: &Hierarchy) -> Vec<usize> {
    tree.parents().into_iter().filter(|&at| tree.nodes()[at].children.len() > 1).collect()
}

/// Fills one expert's sheet of comparisons.
pub(super) fn fill(
    sheet: &mut Worksheet,
    model: &Model,
    contents: &Contents,
    expert: &str,
) -> Result<(), XlsxError> {
    sheet.set_formula_result_default("");
    sheet.write_string_with_format(0, 0, "What matters more?", &style::title())?;
    let help = "Green cells: how much more does the item on the left matter than the one above? \
                A fraction such as 1/3 if the one above matters more.";
    sheet.write_string_with_format(1, 0, help, &style::remark())?;
    sheet.write_string_with_format(2, 0, "Expert", &style::remark())?;
    sheet.write_string_with_format(2, 1, expert, &style::text().set_bold())?;
    widths(sheet, &model.hierarchy)?;
    let (mut row, mut page, mut breaks) = (FIRST_BLOCK, 0, Vec::new());
    for node in compared(&model.hierarchy) {
        let next = block::write(sheet, row, model, node, contents, expert)?;
        if next - page > ROWS_ON_A_PAGE && row > FIRST_BLOCK && breaks.len() < MOST_BREAKS {
            breaks.push(row);
            page = row;
        }
        row = next;
    }
    sheet.set_page_breaks(&breaks)?;
    sheet.set_freeze_panes(3, FIRST_ITEM)?;
    style::page(sheet, Some((0, 2)))
}

/// Makes each column as wide as the longest code or name in it.
fn widths(sheet: &mut Worksheet, tree: &Hierarchy) -> Result<(), XlsxError> {
    let nodes = tree.nodes();
    let length = |text: &str, least: usize, most: usize| {
        (text.chars().count() + 3).clamp(least, most) as f64
    };
    let code = |at: usize| length(&nodes[at].code, 11, 20);
    let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
    sheet.set_column_width(0, widest(&mut (0..nodes.len()).map(code)))?;
    let names = nodes.iter().map(|node| length(&node.name, 24, 44));
    sheet.set_column_width(1, widest(&mut names.into_iter()))?;
    let most = nodes.iter().map(|node| node.children.len()).max().unwrap_or(0);
    for place in 0..most {
        let here = nodes.iter().filter_map(|node| node.children.get(place));
        let width = widest(&mut here.map(|&child| code(child)));
        sheet.set_column_width(FIRST_ITEM + place as u16, width)?;
    }
    sheet.set_column_range_width(FIRST_ITEM + most as u16, FIRST_ITEM + most as u16 + 4, 11)?;
    Ok(())
}

//! The sheet `Hierarchy`, for judgements that come without a model.

use super::kind::{CODE, PARENT, WEIGHT};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Hierarchy, Link};
use crate::text::fold;
use crate::workbook::{Reading, Sheet, Table, read_number};
use std::collections::HashMap;

/// Reads the hierarchy: one row without a parent, the goal, and the parts below it.
pub(super) fn read(sheet: &Sheet, log: &mut Diagnostics) -> Option<Hierarchy> {
    let table = Table::headed_by(sheet, CODE).or_else(|| Table::new(sheet))?;
    table.check_headers(log);
    let code_column = table.needed(CODE, log)?;
    let parent_column = table.needed(PARENT, log)?;
    let name_column = table.column(&["Name", "名称"]).unwrap_or(code_column);
    let weight_column = table.column(WEIGHT);
    let mut first: HashMap<String, u32> = HashMap::new();
    let mut links = Vec::new();
    let mut goals = Vec::new();
    for row in table.rows() {
        let code = sheet.text(row, code_column);
        if code.is_empty() {
            continue;
        }
        if let Some(before) = first.insert(fold(&code), row) {
            let message = format!("the code `{code}` is already taken");
            let fault = Diagnostic::error(Code::ModelCodeDuplicate, message)
                .at(sheet.cell_place(row, code_column))
                .hint(format!("first at {}", sheet.cell_place(before, code_column)));
            log.push(fault);
            continue;
        }
        let (name, parent) = (sheet.text(row, name_column), sheet.text(row, parent_column));
        let number = weight_column.and_then(|column| sheet.value(row, column)).map(read_number);
        let weight = match number {
            Some(Reading::Number(number)) if number.value > 0.0 => Some(number.value),
            _ => None,
        };
        if parent.is_empty() {
            goals.push((row, code, name));
        } else {
            links.push((row, Link { code, name, parent, weight, ..Link::default() }));
        }
    }
    let [(_, goal, name)] = goals.as_slice() else {
        let message = format!("{} rows have no parent", goals.len());
        let fault = Diagnostic::error(Code::ModelParentUnknown, message)
            .at(sheet.place())
            .hint("exactly one row, the goal, has an empty Parent");
        log.push(fault);
        return None;
    };
    // Parents are matched as people write them; the tree wants the codes themselves.
    let codes: HashMap<String, String> = std::iter::once(goal)
        .chain(links.iter().map(|(_, link)| &link.code))
        .map(|code| (fold(code), code.clone()))
        .collect();
    for (row, link) in &mut links {
        match codes.get(&fold(&link.parent)) {
            Some(code) => link.parent = code.clone(),
            None => {
                let message =
                    format!("`{}` has the parent `{}`, which is not there", link.code, link.parent);
                let fault = Diagnostic::error(Code::ModelParentUnknown, message)
                    .at(sheet.cell_place(*row, parent_column))
                    .hint("a parent is the code of another row");
                log.push(fault);
            }
        }
    }
    let links: Vec<(u32, Link)> = links;
    let all: Vec<Link> = links.iter().map(|(_, link)| link.clone()).collect();
    let tree = Hierarchy::build(goal, name, &all);
    for (row, link) in &links {
        if tree.position(&link.code).is_none() && codes.contains_key(&fold(&link.parent)) {
            let message =
                format!("following the parents of `{}` never reaches the goal", link.code);
            let fault = Diagnostic::error(Code::ModelCycle, message)
                .at(sheet.cell_place(*row, parent_column))
                .hint("correct the parents on the way up");
            log.push(fault);
        }
    }
    Some(tree)
}

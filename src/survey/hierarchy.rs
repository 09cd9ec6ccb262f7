//! The sheet `Hierarchy`, for judgements that come without a model.

use super::kind::{CODE, PARENT, WEIGHT};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Hierarchy, Link, WEIGHTS};
use crate::text::fold;
use crate::workbook::{Reading, Sheet, Table, read_number};
use std::collections::{HashMap, HashSet};

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
        let typed = weight_column.and_then(|column| Some((column, sheet.value(row, column)?)));
        let weight = match typed.map(|(_, value)| read_number(value)) {
            Some(Reading::Number(number)) if WEIGHTS.contains(&number.value) => Some(number.value),
            _ => None,
        };
        if let (Some((column, value)), None) = (typed, weight) {
            let fault = Diagnostic::error(
                Code::ModelWeightInvalid,
                format!("the weight of `{code}` is {}", value.shown()),
            );
            let place = sheet.cell_place(row, column);
            log.push(fault.at(place).hint("a positive number, neither tiny nor huge, or nothing"));
        }
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
    if let Some(column) = weight_column {
        check_weights(sheet, column, &links, log);
    }
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

/// Faults for parts without a weight beside others of the same parent that have one: all of these
/// would be passed over.
fn check_weights(sheet: &Sheet, column: u32, links: &[(u32, Link)], log: &mut Diagnostics) {
    let is_empty = |row: u32| sheet.value(row, column).is_none();
    let weighted: HashSet<String> = links
        .iter()
        .filter(|(row, _)| !is_empty(*row))
        .map(|(_, link)| fold(&link.parent))
        .collect();
    for (row, link) in links {
        if is_empty(*row) && weighted.contains(&fold(&link.parent)) {
            let message = format!(
                "`{}` has no weight, but others below `{}` have one",
                link.code, link.parent
            );
            let fault = Diagnostic::error(Code::ModelWeightInvalid, message)
                .at(sheet.cell_place(*row, column))
                .hint("give a weight to all of them or to none");
            log.push(fault);
        }
    }
}

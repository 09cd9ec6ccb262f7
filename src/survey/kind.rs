//! Which sheet is what: by its name in a workbook, by its headers in a CSV file.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::{fold, list};
use crate::workbook::{Book, Sheet, Table};

/// What a sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Code, Name, Parent.
    Hierarchy,
    /// Expert, Role, Weight, Include.
    Experts,
    /// Comparison matrices one below the other, each headed by a row `Node`.
    Blocks,
    /// One comparison matrix and nothing else.
    Matrix,
    /// Expert, Node, A, B, Value.
    Pairwise,
    /// Customers down, indicators across.
    ScoreGrid,
    /// Customer, Indicator, Expert, Score.
    ScoreLong,
    /// Customers down, measured indicators across.
    Measured,
    /// Customer, Class.
    Classes,
}

pub(super) const CUSTOMER: &[&str] = &["Customer", "Customer name", "Client", "Company", "客户"];
pub(super) const EXPERT: &[&str] = &["Expert", "Judge", "Respondent", "专家"];
pub(super) const INDICATOR: &[&str] = &["Indicator", "Criterion", "指标"];
pub(super) const SCORE: &[&str] = &["Score", "Rating", "评分"];
pub(super) const NODE: &[&str] = &["Node", "Parent", "Matrix", "节点"];
pub(super) const ITEM_A: &[&str] = &["A", "Row", "Item A", "First"];
pub(super) const ITEM_B: &[&str] = &["B", "Column", "Item B", "Second"];
pub(super) const VALUE: &[&str] = &["Value", "Judgement", "Judgment", "判断值"];
pub(super) const CLASS: &[&str] = &["Class", "Category", "类别"];
pub(super) const CODE: &[&str] = &["Code", "代码"];
pub(super) const PARENT: &[&str] = &["Parent", "上级"];
pub(super) const WEIGHT: &[&str] = &["Weight", "权重"];
pub(super) const ROLE: &[&str] = &["Role", "Position", "职务"];
pub(super) const INCLUDE: &[&str] = &["Include", "Included", "包括"];

/// The sheets of a book that custval reads, each with its kind. Others are noted.
pub(super) fn kinds<'a>(book: &'a Book, log: &mut Diagnostics) -> Vec<(Kind, &'a Sheet)> {
    let file = &book.fingerprint.file;
    let full: Vec<&Sheet> = book.sheets.iter().filter(|sheet| !sheet.is_empty()).collect();
    let Some(first) = full.first() else {
        let fault = Diagnostic::error(Code::FileEmpty, "no cell of the file holds anything")
            .at(Place::file(book.sheets.first().map_or(file, |sheet| &sheet.file)))
            .hint("`custval new` writes a workbook with the sheets that are read");
        log.push(fault);
        return Vec::new();
    };
    let by_name = |sheet: &&'a Sheet| Some((by_name(sheet)?, *sheet));
    let named: Vec<(Kind, &Sheet)> = full.iter().filter_map(by_name).collect();
    // A file in which no sheet has a known name is read by its headers.
    let found = if named.is_empty() {
        full.iter().filter_map(|sheet| Some((by_headers(sheet)?, *sheet))).collect()
    } else {
        named
    };
    let ignored: Vec<&&Sheet> = full
        .iter()
        .filter(|sheet| !found.iter().any(|(_, known)| std::ptr::eq(*known, **sheet)))
        .filter(|sheet| !is_for_people(sheet))
        .collect();
    if found.is_empty() {
        let names: Vec<String> = full.iter().map(|sheet| format!("“{}”", sheet.name)).collect();
        let what = if first.is_whole_file { "its headers" } else { "its sheets" };
        let message = format!("there is nothing here that custval reads, by {what}");
        let hint = if first.is_whole_file {
            "such a file has the headers Expert, Node, A, B, Value (judgements), or Customer, \
             Indicator, Expert, Score (scores), or Customer, Expert and a column for each indicator"
                .to_string()
        } else {
            format!(
                "it has {}; known are Hierarchy, Experts, “PW <expert>” or Pairwise, \
                 “Score <expert>” or Scores, Measured, Classes",
                list(&names)
            )
        };
        let fault =
            Diagnostic::error(Code::FileEmpty, message).at(Place::file(&first.file)).hint(hint);
        log.push(fault);
    } else {
        for sheet in ignored {
            let message = format!("the sheet “{}” is not one that is read", sheet.name);
            log.push(Diagnostic::note(Code::SheetIgnored, message).at(sheet.place()));
        }
    }
    found
}

fn is_for_people(sheet: &Sheet) -> bool {
    matches!(fold(&sheet.name).as_str(), "instructions" | "readme" | "notes" | "说明")
}

fn by_name(sheet: &Sheet) -> Option<Kind> {
    // A file of one table may be called anything; only its headers count, but for measured values, which
    // look like scores.
    let name = fold(&sheet.name);
    if sheet.is_whole_file {
        return (name == "measured").then_some(Kind::Measured);
    }
    let starts = |prefixes: &[&str]| {
        prefixes.iter().any(|prefix| {
            name == *prefix
                || name
                    .strip_prefix(prefix)
                    .is_some_and(|rest| rest.starts_with([' ', '-', '_', ':']))
        })
    };
    match name.as_str() {
        "hierarchy" => Some(Kind::Hierarchy),
        "experts" => Some(Kind::Experts),
        "measured" => Some(Kind::Measured),
        "classes" => Some(Kind::Classes),
        _ if starts(&["pairwise", "judgements", "judgments", "pw"]) => judgement_kind(sheet),
        _ if starts(&["scores", "score"]) => Some(score_kind(sheet).unwrap_or(Kind::ScoreGrid)),
        _ => None,
    }
}

fn judgement_kind(sheet: &Sheet) -> Option<Kind> {
    if is_pairwise(sheet) {
        Some(Kind::Pairwise)
    } else if has_blocks(sheet) {
        Some(Kind::Blocks)
    } else if lacks_a_header(sheet) {
        Some(Kind::Pairwise)
    } else {
        Some(Kind::Matrix)
    }
}

/// Whether a sheet is a long table of judgements that lacks one of its headers.
fn lacks_a_header(sheet: &Sheet) -> bool {
    let headers = [ITEM_A, ITEM_B, VALUE, EXPERT, NODE];
    !super::comparisons::is_matrix(sheet)
        && headers
            .iter()
            .filter_map(|names| Table::headed_by(sheet, names))
            .any(|table| headers.iter().filter(|names| table.column(names).is_some()).count() >= 3)
}

fn score_kind(sheet: &Sheet) -> Option<Kind> {
    let table = Table::headed_by(sheet, CUSTOMER)?;
    let is_long = table.column(INDICATOR).is_some() && table.column(SCORE).is_some();
    Some(if is_long { Kind::ScoreLong } else { Kind::ScoreGrid })
}

fn by_headers(sheet: &Sheet) -> Option<Kind> {
    let table = Table::new(sheet)?;
    let has = |names: &[&str]| table.column(names).is_some();
    if is_pairwise(sheet) {
        Some(Kind::Pairwise)
    } else if has_blocks(sheet) {
        Some(Kind::Blocks)
    } else if let Some(kind) = score_kind(sheet) {
        let is_classes = has(CUSTOMER) && has(CLASS) && table.headers().len() <= 3;
        Some(if is_classes { Kind::Classes } else { kind })
    } else if has(CODE) && has(PARENT) {
        Some(Kind::Hierarchy)
    } else if has(EXPERT)
        && (table.headers().len() == 1 || has(WEIGHT) || has(ROLE) || has(INCLUDE))
    {
        Some(Kind::Experts)
    } else {
        super::comparisons::is_matrix(sheet).then_some(Kind::Matrix)
    }
}

/// A long table of comparisons: its items beside a value or, where the value's header is missing or
/// misspelt, beside a node.
fn is_pairwise(sheet: &Sheet) -> bool {
    [VALUE, NODE].into_iter().any(|names| {
        Table::headed_by(sheet, names)
            .is_some_and(|table| table.column(ITEM_A).is_some() && table.column(ITEM_B).is_some())
    })
}

fn has_blocks(sheet: &Sheet) -> bool {
    sheet.rows().any(|(row, cells)| cells.len() > 1 && sheet.folded(row, 0) == "node")
}

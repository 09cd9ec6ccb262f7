//! Comparisons from their three layouts: blocks on an expert's sheet, one matrix, one long table.

use super::experts::Experts;
use super::judged::read_judgement;
use super::kind::{EXPERT, ITEM_A, ITEM_B, NODE, VALUE};
use super::names::name_at;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::model::WeightRules;
use crate::text::{fold, plain};
use crate::workbook::{Reading, Sheet, Table, Value, read_number};
use std::collections::{HashMap, HashSet};

/// What stands in the place of a judgement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Given {
    /// How many times more important A is than B.
    Judgement(f64),
    /// Nothing, where a judgement is expected.
    Nothing,
    /// Something that could not be read; the fault is told already.
    Fault,
}

/// One expert's comparison of two items under a node, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The expert.
    pub expert: String,
    /// The node whose children are compared; empty if the file does not say.
    pub node: String,
    /// The item that is compared; empty where the items could not be read, which is told already.
    pub a: String,
    /// The item that it is compared with.
    pub b: String,
    /// The judgement of A over B.
    pub given: Given,
    /// The cell.
    pub place: Place,
    /// The cells that name the node, the item and the other item.
    pub named_at: [Place; 3],
    /// Why an empty cell may look filled.
    pub hint: Option<String>,
}

impl Comparison {
    /// Stands for comparisons under a node that could not be read as such: it names no items.
    fn lost(expert: &str, node: &str, place: &Place) -> Comparison {
        Comparison {
            expert: expert.to_string(),
            node: node.to_string(),
            a: String::new(),
            b: String::new(),
            given: Given::Fault,
            place: place.clone(),
            named_at: [place.clone(), place.clone(), place.clone()],
            hint: None,
        }
    }
}

/// A matrix of more items than this is not read: nobody makes its 19,900 comparisons.
pub const MOST_ITEMS: usize = 200;

/// Reads a sheet; `false` if something was lost that could have held any judgement.
pub(super) type Reader =
    fn(&Sheet, WeightRules, &Experts, &mut Vec<Comparison>, &mut Diagnostics) -> bool;

/// The expert a sheet belongs to: a row `Expert`, or what follows the first word of its name.
pub(super) fn sheet_expert(sheet: &Sheet) -> String {
    let named = sheet.rows().take(10).find_map(|(row, cells)| {
        let is_label = EXPERT.iter().any(|name| fold(name) == sheet.folded(row, 0));
        // A table's header row has more than a label and a name.
        let name = sheet.text(row, 1);
        (is_label && cells.len() == 2 && !name.is_empty()).then_some(name)
    });
    named.unwrap_or_else(|| {
        let name = plain(&sheet.name);
        let rest = name.split_once([' ', '-', '_', ':']).map(|(_, rest)| rest.trim().to_string());
        rest.filter(|rest| !rest.is_empty() && !sheet.is_whole_file).unwrap_or(name)
    })
}

/// A sheet on which each block is headed by a row `Node`, its code, its name.
pub(super) fn blocks(
    sheet: &Sheet,
    rules: WeightRules,
    experts: &Experts,
    comparisons: &mut Vec<Comparison>,
    log: &mut Diagnostics,
) -> bool {
    let expert = sheet_expert(sheet);
    if experts.is_left_out(&expert) {
        return true;
    }
    let mut is_whole = true;
    let rows: Vec<u32> = sheet.rows().map(|(row, _)| row).collect();
    let heads: Vec<u32> =
        rows.iter().copied().filter(|&row| sheet.folded(row, 0) == "node").collect();
    for (at, &head) in heads.iter().enumerate() {
        let end = heads.get(at + 1).copied().unwrap_or(u32::MAX);
        let below = rows.partition_point(|row| *row <= head);
        let Some(header) = rows.get(below).copied().filter(|row| *row < end) else {
            let fault =
                Diagnostic::error(Code::JudgementShape, "there is no matrix below this row")
                    .at(sheet.cell_place(head, 0))
                    .hint("the items across in the next row and, in the same order, down below it");
            log.push(fault);
            is_whole = false;
            continue;
        };
        let (node, named_at) = (sheet.text(head, 1), sheet.cell_place(head, 1));
        let block = Block { sheet, expert: &expert, node, named_at, header, end };
        is_whole &= block.read(rules, comparisons, log);
    }
    is_whole
}

/// A sheet that is one matrix, with items across the first row and down the first column.
pub(super) fn matrix(
    sheet: &Sheet,
    rules: WeightRules,
    experts: &Experts,
    comparisons: &mut Vec<Comparison>,
    log: &mut Diagnostics,
) -> bool {
    let expert = sheet_expert(sheet);
    if experts.is_left_out(&expert) {
        return true;
    }
    let Some(header) = matrix_header(sheet) else {
        let fault = Diagnostic::error(Code::JudgementShape, "no comparison matrix was found here")
            .at(sheet.place())
            .hint("items across the first row and, in the same order, down the first column");
        log.push(fault);
        return false;
    };
    let (node, named_at) = (String::new(), sheet.place());
    let block = Block { sheet, expert: &expert, node, named_at, header, end: u32::MAX };
    block.read(rules, comparisons, log)
}

/// Whether a sheet looks like one matrix: the first item across is the first item down.
pub(super) fn is_matrix(sheet: &Sheet) -> bool {
    matrix_header(sheet).is_some()
}

fn matrix_header(sheet: &Sheet) -> Option<u32> {
    let rows: Vec<u32> = sheet.rows().map(|(row, _)| row).take(40).collect();
    rows.windows(2).map(|pair| (pair[0], pair[1])).find_map(|(row, next)| {
        let first = sheet.folded(next, 0);
        let across = sheet.row(row).iter().any(|cell| {
            cell.column > 0 && matches!(&cell.value, Value::Text(text) if fold(text) == first)
        });
        (across && !first.is_empty()).then_some(row)
    })
}

/// One matrix on a sheet.
struct Block<'a> {
    sheet: &'a Sheet,
    expert: &'a str,
    node: String,
    /// The cell that names the node.
    named_at: Place,
    /// The row of the items across.
    header: u32,
    /// The row that ends it at the latest.
    end: u32,
}

impl Block<'_> {
    /// Reads the comparisons; `false` if an item is not both across and down, or there are too many.
    fn read(
        &self,
        rules: WeightRules,
        comparisons: &mut Vec<Comparison>,
        log: &mut Diagnostics,
    ) -> bool {
        let sheet = self.sheet;
        let before = log.len();
        let mut shape_fault = |row: u32, column: u32, message: String| {
            let fault = Diagnostic::error(Code::JudgementShape, message)
                .at(sheet.cell_place(row, column))
                .hint("a comparison matrix has the same items across and down, each once");
            log.push(fault);
        };
        let mut down: Vec<(String, u32)> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        for row in (self.header + 1)..self.end {
            let item = sheet.text(row, 0);
            if item.is_empty() {
                break;
            }
            if seen.insert(fold(&item)) {
                down.push((item, row));
            } else {
                shape_fault(row, 0, format!("the item “{item}” stands down twice"));
            }
        }
        if down.len() > MOST_ITEMS {
            let message = format!("{} items stand down; at most {MOST_ITEMS} are read", down.len());
            shape_fault(self.header + 1, 0, message);
            comparisons.push(Comparison::lost(self.expert, &self.node, &self.named_at));
            return false;
        }
        let mut across: HashMap<String, u32> = HashMap::new();
        for cell in sheet.row(self.header).iter().filter(|cell| cell.column > 0) {
            let item = fold(&cell.value.to_string());
            if across.contains_key(&item) && seen.contains(&item) {
                let message = format!("the item {} stands across twice", cell.value.shown());
                shape_fault(self.header, cell.column, message);
            } else {
                across.entry(item).or_insert(cell.column);
            }
        }
        let mut items = Vec::new();
        for (item, row) in &down {
            match across.get(&fold(item)) {
                Some(&column) => items.push((item, *row, column)),
                None => {
                    shape_fault(*row, 0, format!("the item “{item}” stands down but not across"))
                }
            }
        }
        if down.is_empty() {
            shape_fault(self.header, 0, "no item stands down below this row".to_string());
        }
        self.check_across(&down, &items, log);
        for (i, (a, row, _)) in items.iter().enumerate() {
            for (j, (b, _, column)) in items.iter().enumerate() {
                let given = self.given(i, j, *row, *column, rules, log);
                if let Some(given) = given {
                    comparisons.push(Comparison {
                        expert: self.expert.to_string(),
                        node: self.node.clone(),
                        a: a.to_string(),
                        b: b.to_string(),
                        given,
                        place: sheet.cell_place(*row, *column),
                        named_at: [
                            self.named_at.clone(),
                            sheet.cell_place(*row, 0),
                            sheet.cell_place(self.header, *column),
                        ],
                        hint: sheet.merged_hint(*row, *column),
                    });
                }
            }
        }
        let is_whole = log.iter().skip(before).all(|d| d.code != Code::JudgementShape);
        if !is_whole {
            comparisons.push(Comparison::lost(self.expert, &self.node, &self.named_at));
        }
        is_whole
    }

    /// Columns among the items that no row answers to.
    fn check_across(
        &self,
        down: &[(String, u32)],
        items: &[(&String, u32, u32)],
        log: &mut Diagnostics,
    ) {
        let columns: Vec<u32> = items.iter().map(|(_, _, column)| *column).collect();
        let (Some(first), Some(last)) = (columns.iter().min(), columns.iter().max()) else {
            return;
        };
        // An item that is in both tells where the first and the last across should stand.
        let found = down.iter().position(|(item, _)| item == items[0].0).unwrap_or(0) as u32;
        let origin = items[0].2.saturating_sub(found).max(1);
        let first = origin.min(*first);
        // In a bare matrix every header is an item; in a block names and weights stand beside.
        let end = origin + down.len() as u32 - 1;
        let last = if self.node.is_empty() { u32::MAX } else { end.max(*last) };
        for cell in self.sheet.row(self.header) {
            let is_item =
                |(item, ..): &(&String, u32, u32)| fold(item) == fold(&cell.value.to_string());
            if cell.column >= first
                && cell.column <= last
                && !columns.contains(&cell.column)
                && !items.iter().any(is_item)
            {
                let message = format!("the item {} stands across but not down", cell.value.shown());
                let fault = Diagnostic::error(Code::JudgementShape, message)
                    .at(self.sheet.cell_place(self.header, cell.column))
                    .hint("a comparison matrix has the same items across and down");
                log.push(fault);
            }
        }
    }

    fn given(
        &self,
        i: usize,
        j: usize,
        row: u32,
        column: u32,
        rules: WeightRules,
        log: &mut Diagnostics,
    ) -> Option<Given> {
        let sheet = self.sheet;
        let place = sheet.cell_place(row, column);
        match sheet.value(row, column) {
            // The lower triangle of the template is computed from the upper.
            _ if i > j && sheet.is_formula(row, column) => None,
            None if i < j => Some(Given::Nothing),
            None => None,
            Some(value) if i == j => {
                let is_one =
                    matches!(read_number(value), Reading::Number(number) if number.value == 1.0);
                if !is_one {
                    let message = format!("the diagonal holds {}", value.shown());
                    let fault = Diagnostic::error(Code::JudgementSelf, message)
                        .at(place)
                        .hint("an item compared with itself is 1");
                    log.push(fault);
                }
                None
            }
            Some(value) if is_empty_mark(value) => (i < j).then_some(Given::Nothing),
            Some(value) => Some(match read_judgement(value, rules.scale_max, &place, log) {
                Some(judgement) => Given::Judgement(judgement),
                None => Given::Fault,
            }),
        }
    }
}

/// Whether a cell says that no comparison was made; NaN is how other programs write an empty one.
fn is_empty_mark(value: &Value) -> bool {
    matches!(value, Value::Text(text) if matches!(fold(text).as_str(), "nan" | "na" | "-" | "?"))
}

/// A long table: Expert, Node, A, B, Value.
pub(super) fn long(
    sheet: &Sheet,
    rules: WeightRules,
    experts: &Experts,
    comparisons: &mut Vec<Comparison>,
    log: &mut Diagnostics,
) -> bool {
    let table = [VALUE, ITEM_A, NODE]
        .into_iter()
        .find_map(|names| Table::headed_by(sheet, names))
        .or_else(|| Table::new(sheet));
    let Some(table) = table else { return true };
    table.check_headers(log);
    let (Some(a), Some(b), Some(value)) =
        (table.needed(ITEM_A, log), table.needed(ITEM_B, log), table.needed(VALUE, log))
    else {
        return false;
    };
    let mut is_whole = true;
    let (expert, node) = (table.column(EXPERT), table.column(NODE));
    let comment = table.column(&["Comment", "Remark", "备注"]);
    let used: Vec<u32> =
        [Some(a), Some(b), Some(value), expert, node, comment].into_iter().flatten().collect();
    table.note_ignored(&used, log);
    let of_sheet = sheet_expert(sheet);
    for row in table.rows() {
        let place = sheet.cell_place(row, value);
        let (item_a, item_b) = (sheet.text(row, a), sheet.text(row, b));
        if item_a.is_empty() || item_b.is_empty() {
            let empty = if item_a.is_empty() { a } else { b };
            let fault =
                Diagnostic::error(Code::JudgementUnknownName, "the row names no two items")
                    .at(sheet.cell_place(row, empty))
                    .hint(sheet.merged_hint(row, empty).unwrap_or_else(|| {
                        "each row has an item under A and one under B".to_string()
                    }));
            log.push(fault);
            is_whole = false;
        }
        let named = match expert {
            Some(column) => name_at(sheet, row, column, log),
            None => Some(String::new()),
        };
        let Some(named) = named else {
            is_whole = false;
            continue;
        };
        let expert = if named.is_empty() { of_sheet.clone() } else { named };
        if experts.is_left_out(&expert) {
            continue;
        }
        let node_name = node.map(|column| sheet.text(row, column)).unwrap_or_default();
        if item_a.is_empty() || item_b.is_empty() {
            comparisons.push(Comparison::lost(&expert, &node_name, &place));
            continue;
        }
        let given = match sheet.value(row, value) {
            None => Given::Nothing,
            Some(typed) if is_empty_mark(typed) => Given::Nothing,
            Some(typed) => match read_judgement(typed, rules.scale_max, &place, log) {
                Some(judgement) => Given::Judgement(judgement),
                None => Given::Fault,
            },
        };
        comparisons.push(Comparison {
            expert,
            node: node_name,
            a: item_a,
            b: item_b,
            given,
            place,
            named_at: [node.unwrap_or(value), a, b].map(|column| sheet.cell_place(row, column)),
            hint: sheet.merged_hint(row, value),
        });
    }
    is_whole
}

//! The experts' scores, from grids (customers down, indicators across) and long tables.

use super::comparisons::sheet_expert;
use super::experts::Experts;
use super::kind::{CUSTOMER, EXPERT, INDICATOR, Kind, SCORE};
use super::names::{Names, name_at};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::model::{Indicator, Model, Scale, Source};
use crate::text::fold;
use crate::workbook::{Header, Reading, Sheet, Table, Value, read_number};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Of so many empty cells the place is kept.
const MOST_EMPTY_PLACES: usize = 10_000;

/// One score: who gave it, of whom, on what. Places are kept small, for there can be millions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The expert's place in [`Experts`].
    pub expert: u32,
    /// The customer's place in [`Scores::customers`].
    pub customer: u32,
    /// The indicator's place in the model's indicators.
    pub indicator: u32,
    /// The score on the model's scale.
    pub value: f64,
    sheet: u32,
    row: u32,
    column: u32,
}

/// Scores that may be among what could not be read: that they are missing is not told again.
#[derive(Clone, Debug, Default)]
pub(super) struct Lost {
    /// (customer, indicator) with a cell that could not be read.
    pub cells: HashSet<(u32, u32)>,
    /// Customers with a row that names an unknown indicator.
    pub customers: HashSet<u32>,
    /// Indicators whose column is missing somewhere.
    pub indicators: HashSet<u32>,
    /// Whether a row, sheet or file was lost that could have held any of them.
    pub all: bool,
}

/// All scores and the customers that were named.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// The customers, in the order of first meeting.
    pub customers: Names,
    /// The scores, in the order of the files.
    pub given: Vec<Score>,
    /// How many cells for a score were empty.
    pub empty: usize,
    /// The first empty cell met for a (customer, indicator), as far as the first 10,000 go.
    empty_cells: HashMap<(u32, u32), Place>,
    /// What could not be read; the faults are told already.
    pub(super) lost: Lost,
    sheets: Vec<(String, String)>,
}

impl Scores {
    /// Reads a sheet of scores.
    pub(super) fn read(
        &mut self,
        kind: Kind,
        sheet: &Sheet,
        model: &Model,
        experts: &mut Experts,
        log: &mut Diagnostics,
    ) {
        self.sheets.push((sheet.file.clone(), sheet.name.clone()));
        let Some(table) = Table::headed_by(sheet, CUSTOMER).or_else(|| Table::new(sheet)) else {
            return;
        };
        table.check_headers(log);
        let mut reader = ScoreReader { scores: self, sheet, table, model, experts, log };
        match kind {
            Kind::ScoreLong => reader.long(),
            _ => reader.grid(),
        }
    }

    /// An empty cell in which a score could stand.
    pub fn empty_cell(&self, customer: u32, indicator: u32) -> Option<&Place> {
        self.empty_cells.get(&(customer, indicator))
    }

    /// Whether a score may have been given but could not be read, which is told already.
    pub fn is_unreadable(&self, customer: u32, indicator: u32) -> bool {
        self.lost.all
            || self.lost.customers.contains(&customer)
            || self.lost.indicators.contains(&indicator)
            || self.lost.cells.contains(&(customer, indicator))
    }

    /// Whether a whole sheet or file was lost, which is told already.
    pub(crate) fn lost_all(&self) -> bool {
        self.lost.all
    }

    /// Keeps the place of an empty cell, as far as there is room.
    pub(super) fn note_empty(&mut self, customer: u32, indicator: u32, place: Place) {
        if self.empty_cells.len() < MOST_EMPTY_PLACES {
            self.empty_cells.entry((customer, indicator)).or_insert(place);
        }
    }

    /// Faults for scores that are given twice.
    pub(super) fn check_duplicates(
        &self,
        sheets: &[(Kind, &Sheet)],
        model: Option<&Model>,
        experts: &Experts,
        log: &mut Diagnostics,
    ) {
        let Some(model) = model else { return };
        let mut order: Vec<u32> = (0..self.given.len() as u32).collect();
        let key = |at: &u32| {
            let score = &self.given[*at as usize];
            (score.customer, score.indicator, score.expert)
        };
        order.sort_by_key(key); // stable: the first given stays first
        let doubled: Vec<(&Score, &Score)> = order
            .windows(2)
            .filter(|pair| key(&pair[0]) == key(&pair[1]))
            .map(|pair| (&self.given[pair[0] as usize], &self.given[pair[1] as usize]))
            .collect();
        // An expert whose sheet is there twice is one fault, not one for each score.
        let mut of_sheets: BTreeMap<(u32, u32, u32), usize> = BTreeMap::new();
        for (first, second) in doubled.iter().filter(|(a, b)| a.sheet != b.sheet) {
            *of_sheets.entry((second.sheet, first.sheet, second.expert)).or_default() += 1;
        }
        of_sheets.retain(|_, scores| *scores > 1);
        let mut told: HashSet<(u32, u32, u32)> = HashSet::new();
        for (first, second) in doubled {
            let sheets_of = (second.sheet, first.sheet, second.expert);
            if let Some(scores) = of_sheets.get(&sheets_of) {
                if told.insert(sheets_of) {
                    let message = format!(
                        "{} gives {scores} scores here that are given on another sheet too",
                        experts.all()[second.expert as usize].name
                    );
                    let other = self.place(first, sheets);
                    let fault = Diagnostic::error(Code::ExpertDuplicate, message)
                        .at(self.place(second, sheets))
                        .hint(format!(
                            "the first of them is at {other}; leave out one of the sheets, or \
                             rename the expert on one"
                        ));
                    log.push(fault);
                }
                continue;
            }
            let message = format!(
                "{} is scored twice on {} by the same expert",
                self.customers.all()[second.customer as usize],
                model.indicators[second.indicator as usize].code
            );
            let fault = Diagnostic::error(Code::ScoreDuplicate, message)
                .at(self.place(second, sheets))
                .hint(format!("first at {}; delete one of them", self.place(first, sheets)));
            log.push(fault);
        }
    }

    fn place(&self, score: &Score, sheets: &[(Kind, &Sheet)]) -> Place {
        let (file, name) = &self.sheets[score.sheet as usize];
        let found = sheets.iter().find(|(_, sheet)| sheet.file == *file && sheet.name == *name);
        match found {
            Some((_, sheet)) => sheet.cell_place(score.row, score.column),
            None => Place::cell(file, name, score.row, score.column),
        }
    }
}

struct ScoreReader<'a> {
    scores: &'a mut Scores,
    sheet: &'a Sheet,
    table: Table<'a>,
    model: &'a Model,
    experts: &'a mut Experts,
    log: &'a mut Diagnostics,
}

impl ScoreReader<'_> {
    /// Customers down, a column for each indicator; an expert's sheet, or a column Expert.
    fn grid(&mut self) {
        let Some(customer) = self.table.needed(CUSTOMER, self.log) else {
            self.scores.lost.all = true;
            return;
        };
        let expert_column = self.table.column(EXPERT);
        let mut used = vec![customer];
        used.extend(expert_column);
        let columns = self.columns(&mut used);
        self.note_headers(&used);
        let of_sheet = sheet_expert(self.sheet);
        let rows: Vec<u32> = self.table.rows().collect();
        let mut first: HashMap<(u32, u32), u32> = HashMap::new();
        for row in rows {
            let Some(name) = name_at(self.sheet, row, customer, self.log) else {
                self.scores.lost.all = true;
                continue;
            };
            if name.is_empty() {
                if columns.iter().any(|(column, _)| self.sheet.value(row, *column).is_some()) {
                    let message = "a row of scores names no customer";
                    let merged = self.sheet.merged_hint(row, customer);
                    let fault = Diagnostic::error(Code::ColumnMissing, message)
                        .at(self.sheet.cell_place(row, customer))
                        .hint(merged.unwrap_or_else(|| {
                            "write the customer's name, or clear the row".to_string()
                        }));
                    self.log.push(fault);
                    self.scores.lost.all = true;
                }
                continue;
            }
            let place = self.sheet.cell_place(row, customer);
            let Some(expert) = self.expert(expert_column, row, &of_sheet, &place) else {
                continue;
            };
            let at = self.scores.customers.meet(&name);
            if let Some(before) = first.insert((expert, at), row) {
                let before_place = self.sheet.cell_place(before, customer);
                let message = format!("the customer “{name}” is listed twice");
                let hint = format!("first at {before_place}; delete one row, or tell them apart");
                let fault =
                    Diagnostic::error(Code::CustomerDuplicate, message).at(place).hint(hint);
                self.log.push(fault);
                continue;
            }
            for &(column, indicator) in &columns {
                self.score(expert, at, indicator, row, column);
            }
        }
    }

    /// Customer, Indicator, Expert, Score.
    fn long(&mut self) {
        let (Some(customer), Some(indicator), Some(score)) = (
            self.table.needed(CUSTOMER, self.log),
            self.table.needed(INDICATOR, self.log),
            self.table.needed(SCORE, self.log),
        ) else {
            self.scores.lost.all = true;
            return;
        };
        let expert_column = self.table.column(EXPERT);
        let mut used = vec![customer, indicator, score];
        used.extend(expert_column);
        self.note_headers(&used);
        let of_sheet = sheet_expert(self.sheet);
        let mut known: HashMap<String, Option<usize>> = HashMap::new();
        let rows: Vec<u32> = self.table.rows().collect();
        for row in rows {
            let (Some(name), Some(written)) = (
                name_at(self.sheet, row, customer, self.log),
                name_at(self.sheet, row, indicator, self.log),
            ) else {
                self.scores.lost.all = true;
                continue;
            };
            if name.is_empty() || written.is_empty() {
                let column = if name.is_empty() { customer } else { indicator };
                let merged = self.sheet.merged_hint(row, column);
                let fault =
                    Diagnostic::error(Code::ColumnMissing, "the row lacks a customer or indicator")
                        .at(self.sheet.cell_place(row, column))
                        .hint(
                            merged.unwrap_or_else(|| {
                                "fill in the cell, or delete the row".to_string()
                            }),
                        );
                self.log.push(fault);
                self.scores.lost.all = true;
                continue;
            }
            let model = self.model;
            let found =
                *known.entry(fold(&written)).or_insert_with(|| model.find_indicator(&written));
            let Some(found) = found else {
                self.unknown_indicator(&written, row, indicator);
                let lost = self.scores.customers.meet(&name);
                self.scores.lost.customers.insert(lost);
                continue;
            };
            let place = self.sheet.cell_place(row, customer);
            let Some(expert) = self.expert(expert_column, row, &of_sheet, &place) else {
                continue;
            };
            let at = self.scores.customers.meet(&name);
            self.score(expert, at, found as u32, row, score);
        }
    }

    /// The place of a row's expert, unless the expert is left out or the cell cannot be read.
    fn expert(
        &mut self,
        column: Option<u32>,
        row: u32,
        of_sheet: &str,
        place: &Place,
    ) -> Option<u32> {
        let named = match column {
            Some(column) => name_at(self.sheet, row, column, self.log),
            None => Some(String::new()),
        };
        let Some(named) = named else {
            self.scores.lost.all = true;
            return None;
        };
        let name = if named.is_empty() { of_sheet } else { &named };
        let at = self.experts.met(name, place);
        self.experts.all()[at].include.then_some(at as u32)
    }

    fn unknown_indicator(&mut self, written: &str, row: u32, column: u32) {
        let codes = self.model.indicators.iter().flat_map(|i| [i.code.as_str(), i.name.as_str()]);
        let hint = match nearest(written, codes) {
            Some(near) => format!("did you mean “{near}”?"),
            None => "indicators are named by their codes or names in the model".to_string(),
        };
        let message = format!("the model has no indicator “{written}”");
        let fault = Diagnostic::error(Code::ScoreUnknownIndicator, message)
            .at(self.sheet.cell_place(row, column))
            .hint(hint);
        self.log.push(fault);
    }

    fn note_headers(&mut self, used: &[u32]) {
        self.table.note_ignored(used, self.log);
    }

    /// The columns of indicators: (column, indicator). Faults: two columns for one indicator, of
    /// which the first is read, and indicators without a column.
    fn columns(&mut self, used: &mut Vec<u32>) -> Vec<(u32, u32)> {
        let header_row = self.table.header_row;
        let mut columns: Vec<(u32, u32)> = Vec::new();
        let mut first: HashMap<u32, &Header> = HashMap::new();
        let mut twice: Vec<(&Header, &Header, u32)> = Vec::new();
        for header in self.table.headers() {
            let Some(at) = self.model.find_indicator(&header.name).map(|at| at as u32) else {
                continue;
            };
            if used.contains(&header.column) {
                continue;
            }
            used.push(header.column);
            match first.get(&at) {
                // The same header twice is told already, of every table.
                Some(before) if fold(&before.name) == fold(&header.name) => {}
                Some(before) => twice.push((before, header, at)),
                None => {
                    first.insert(at, header);
                    columns.push((header.column, at));
                }
            }
        }
        for (before, header, indicator) in twice {
            let code = &self.model.indicators[indicator as usize].code;
            let place = self.sheet.cell_place(header_row, before.column);
            let fault = Diagnostic::error(
                Code::ColumnDuplicate,
                format!("two columns stand for the indicator {code}"),
            )
            .at(self.sheet.cell_place(header_row, header.column))
            .hint(format!("the first is at {place}; delete one of them"));
            self.log.push(fault);
        }
        let without: Vec<u32> = (0u32..)
            .zip(&self.model.indicators)
            .filter(|(at, indicator)| indicator.uses(Source::Experts) && !first.contains_key(at))
            .map(|(at, _)| at)
            .collect();
        let missing: Vec<&str> =
            without.iter().map(|&at| self.model.indicators[at as usize].code.as_str()).collect();
        if !missing.is_empty() {
            let message = format!("there is no column for {}", missing.join(", "));
            let hint = "each indicator that experts score has a column headed by its code or name";
            let fault = Diagnostic::error(Code::ColumnMissing, message)
                .at(self.sheet.cell_place(header_row, 0))
                .hint(hint);
            self.log.push(fault);
        }
        self.scores.lost.indicators.extend(without);
        columns
    }

    fn score(&mut self, expert: u32, customer: u32, indicator: u32, row: u32, column: u32) {
        let Some(value) = self.sheet.value(row, column) else {
            let place = self.sheet.cell_place(row, column);
            let hint = self.sheet.merged_hint(row, column);
            if let Some(hint) = hint.filter(|_| self.sheet.is_hidden(row, column)) {
                let code = &self.model.indicators[indicator as usize].code;
                let message = format!("the score on {code} is hidden by merged cells");
                self.log.push(Diagnostic::error(Code::ScoreMissing, message).at(place).hint(hint));
                self.scores.lost.cells.insert((customer, indicator));
                return;
            }
            self.scores.empty += 1;
            self.scores.note_empty(customer, indicator, place);
            return;
        };
        let place = self.sheet.cell_place(row, column);
        let asked = &self.model.indicators[indicator as usize];
        let read = read_score(value, asked, self.model.scale, &place, self.log);
        if read.is_none() {
            self.scores.lost.cells.insert((customer, indicator));
        }
        if let Some(value) = read {
            let sheet = self.scores.sheets.len() as u32 - 1;
            self.scores.given.push(Score {
                expert,
                customer,
                indicator,
                value,
                sheet,
                row,
                column,
            });
        }
    }
}

/// Reads a score: a grade of the indicator, or a number on the scale.
fn read_score(
    value: &Value,
    indicator: &Indicator,
    scale: Scale,
    place: &Place,
    log: &mut Diagnostics,
) -> Option<f64> {
    if let Value::Text(text) = value {
        let written = fold(text);
        if let Some(grade) = indicator.grades.iter().find(|g| fold(&g.grade) == written) {
            return Some(grade.score);
        }
    }
    let expected = match indicator.grades.as_slice() {
        [] => format!("a number from {} to {}", scale.min, scale.max),
        grades => {
            let words: Vec<&str> = grades.iter().map(|grade| grade.grade.as_str()).collect();
            format!("one of {}, or a number from {} to {}", words.join(", "), scale.min, scale.max)
        }
    };
    match (value, read_number(value)) {
        (_, Reading::Number(number)) => {
            let repaired = number.repaired.or(match value {
                // Everything is text in a CSV file.
                Value::Text(_) if !matches!(place, Place::Line { .. }) => {
                    Some("a number stored as text")
                }
                _ => None,
            });
            if !scale.holds(number.value) {
                let message = format!("the score on {} is {}", indicator.code, value.shown());
                log.push(
                    Diagnostic::error(Code::ScoreOutOfScale, message)
                        .at(place.clone())
                        .hint(format!("expected {expected}")),
                );
                return None;
            }
            if let Some(unusual) = repaired {
                let message = format!("{} was read as {}, {unusual}", value.shown(), number.value);
                let warning = Diagnostic::warning(Code::ScoreRepaired, message);
                log.push(warning.at(place.clone()));
            }
            Some(number.value)
        }
        (Value::FormulaWithoutValue(_), _) => {
            let message = format!("the cell holds {}", value.shown());
            log.push(
                Diagnostic::error(Code::FormulaWithoutValue, message)
                    .at(place.clone())
                    .hint("open the file in Excel or LibreOffice and save it, or type the score"),
            );
            None
        }
        (Value::Error(error), _) => {
            let fault = Diagnostic::error(Code::CellError, format!("the cell shows {error}"))
                .at(place.clone())
                .hint("type the score");
            log.push(fault);
            None
        }
        _ => {
            let message = format!("{} is not a score on {}", value.shown(), indicator.code);
            log.push(
                Diagnostic::error(Code::ScoreNotANumber, message)
                    .at(place.clone())
                    .hint(format!("expected {expected}")),
            );
            None
        }
    }
}

//! The experts: who they are, how much each counts, and whether they take part.

use super::kind::{EXPERT, INCLUDE, ROLE, WEIGHT};
use super::names::name_at;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::text::{fold, plain};
use crate::workbook::{Reading, Sheet, Table, read_number};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// Weights count relative to each other; beyond these they are slips, and sums lose all precision.
const WEIGHTS: RangeInclusive<f64> = 1e-6..=1e6;

/// One expert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expert {
    /// The name as first written.
    pub name: String,
    /// The role, as the sheet Experts gives it.
    pub role: String,
    /// How much the expert counts, relative to the others; positive.
    pub weight: f64,
    /// Whether the expert takes part.
    pub include: bool,
}

/// All experts, in the order of first meeting (the sheet Experts first).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Experts {
    all: Vec<Expert>,
    #[serde(skip)]
    places: HashMap<String, usize>,
    /// Where each was met, while the files are read.
    #[serde(skip)]
    met: Vec<Met>,
}

/// Where an expert was met first.
#[derive(Clone, Debug, PartialEq)]
struct Met {
    place: Place,
    /// Whether that is the sheet Experts.
    listed: bool,
}

impl<'de> Deserialize<'de> for Experts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut experts = Experts { all: Vec::deserialize(deserializer)?, ..Experts::default() };
        for (at, expert) in experts.all.iter().enumerate() {
            experts.places.entry(fold(&expert.name)).or_insert(at);
        }
        Ok(experts)
    }
}

impl Experts {
    /// All of them.
    pub fn all(&self) -> &[Expert] {
        &self.all
    }

    /// Those who take part.
    pub fn included(&self) -> impl Iterator<Item = &Expert> {
        self.all.iter().filter(|expert| expert.include)
    }

    /// The place of an expert by name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.places.get(&fold(name)).copied()
    }

    /// Whether the expert is on the list, and not to be included.
    pub fn is_left_out(&self, name: &str) -> bool {
        self.find(name).is_some_and(|at| !self.all[at].include)
    }

    /// An expert met on a sheet of judgements or scores; added with weight 1 if not listed.
    pub(super) fn met(&mut self, name: &str, place: &Place) -> usize {
        self.find(name).unwrap_or_else(|| {
            let name = plain(name);
            let met = Met { place: place.clone(), listed: false };
            self.add(Expert { name, role: String::new(), weight: 1.0, include: true }, met)
        })
    }

    fn add(&mut self, expert: Expert, met: Met) -> usize {
        let place = self.all.len();
        self.places.entry(fold(&expert.name)).or_insert(place);
        self.all.push(expert);
        self.met.push(met);
        place
    }

    /// Reads the sheet `Experts`.
    pub(super) fn read(&mut self, sheet: &Sheet, log: &mut Diagnostics) {
        let Some(table) = Table::headed_by(sheet, EXPERT).or_else(|| Table::new(sheet)) else {
            return;
        };
        table.check_headers(log);
        let Some(name_column) = table.needed(EXPERT, log) else { return };
        let role = table.column(ROLE);
        let weight = table.column(WEIGHT);
        let include = table.column(INCLUDE);
        let used: Vec<u32> =
            [Some(name_column), role, weight, include].into_iter().flatten().collect();
        table.note_ignored(&used, log);
        for row in table.rows() {
            let Some(name) = name_at(sheet, row, name_column, log) else { continue };
            let place = sheet.cell_place(row, name_column);
            if name.is_empty() {
                continue;
            }
            if let Some(before) = self.find(&name).filter(|&at| self.met[at].listed) {
                let message = format!("the expert “{name}” is listed twice");
                let hint = format!("first at {}; merge the two rows", self.met[before].place);
                let fault = Diagnostic::error(Code::ExpertDuplicate, message).at(place).hint(hint);
                log.push(fault);
                continue;
            }
            let expert = Expert {
                name,
                role: role.map(|column| sheet.text(row, column)).unwrap_or_default(),
                weight: weight.map_or(1.0, |column| weight_at(sheet, row, column, log)),
                include: include.is_none_or(|column| include_at(sheet, row, column, log)),
            };
            self.add(expert, Met { place, listed: true });
        }
    }

    /// Warns of experts who are not on the list, if there is one. With that the files are read.
    pub(super) fn check_listed(&mut self, log: &mut Diagnostics) {
        let all: Vec<(&Expert, Met)> = self.all.iter().zip(self.met.drain(..)).collect();
        let listed: Vec<&str> =
            all.iter().filter(|(_, met)| met.listed).map(|(e, _)| e.name.as_str()).collect();
        if listed.is_empty() {
            return;
        }
        for (expert, met) in all.iter().filter(|(_, met)| !met.listed) {
            let hint = match nearest(&expert.name, listed.iter().copied()) {
                Some(near) => format!("did you mean “{near}”? otherwise add a row to Experts"),
                None => "add a row to the sheet Experts, or correct the name".to_string(),
            };
            let message =
                format!("“{}” is not on the sheet Experts and counts with weight 1", expert.name);
            let warning = Diagnostic::warning(Code::ExpertUnknown, message);
            log.push(warning.at(met.place.clone()).hint(hint));
        }
    }
}

fn weight_at(sheet: &Sheet, row: u32, column: u32, log: &mut Diagnostics) -> f64 {
    let Some(value) = sheet.value(row, column) else { return 1.0 };
    match read_number(value) {
        Reading::Number(number) if WEIGHTS.contains(&number.value) => number.value,
        _ => {
            let message = format!("the expert's weight is {}", value.shown());
            let fault = Diagnostic::error(Code::ExpertWeightInvalid, message)
                .at(sheet.cell_place(row, column))
                .hint(
                    "a positive number up to a million; to leave the expert out put “no” under \
                     Include",
                );
            log.push(fault);
            1.0
        }
    }
}

fn include_at(sheet: &Sheet, row: u32, column: u32, log: &mut Diagnostics) -> bool {
    match sheet.folded(row, column).as_str() {
        "" | "yes" | "y" | "true" | "1" | "x" | "✓" | "是" => true,
        "no" | "n" | "false" | "0" | "否" => false,
        other => {
            let message = format!("Include is “{other}”");
            let fault = Diagnostic::error(Code::ExpertIncludeInvalid, message)
                .at(sheet.cell_place(row, column))
                .hint("write yes or no");
            log.push(fault);
            true
        }
    }
}

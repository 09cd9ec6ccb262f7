//! The sheet `Measured`: customers down, measured indicators across, in their own units.

use super::Survey;
use super::kind::CUSTOMER;
use super::names::name_at;
use super::unreadable::without_value;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::model::{Model, Source};
use crate::text::fold;
use crate::workbook::{Reading, Sheet, Table, Value, read_number};

/// Beyond this a value is a slip, and differences of values are not finite.
const LARGEST: f64 = 1e100;

pub(super) fn read(sheet: &Sheet, model: &Model, survey: &mut Survey, log: &mut Diagnostics) {
    let Some(table) = Table::headed_by(sheet, CUSTOMER).or_else(|| Table::new(sheet)) else {
        return;
    };
    table.check_headers(log);
    let Some(customer) = table.needed(CUSTOMER, log) else {
        survey.scores.lost.all = true;
        return;
    };
    let mut columns = Vec::new();
    for (at, indicator) in (0u32..).zip(&model.indicators) {
        if indicator.uses(Source::Measured) {
            let own = indicator.column.as_deref().unwrap_or(&indicator.code);
            let names = [own, &indicator.code, &indicator.name];
            match table.needed(&names, log) {
                Some(column) => columns.push((column, at)),
                None => {
                    survey.scores.lost.indicators.insert(at);
                }
            }
        }
    }
    let used: Vec<u32> =
        std::iter::once(customer).chain(columns.iter().map(|(column, _)| *column)).collect();
    table.note_ignored(&used, log);
    let mut seen = std::collections::HashMap::new();
    for row in table.rows() {
        let Some(name) = name_at(sheet, row, customer, log) else {
            survey.scores.lost.all = true;
            continue;
        };
        if name.is_empty() {
            if columns.iter().any(|(column, _)| sheet.value(row, *column).is_some()) {
                let fault = Diagnostic::error(Code::ColumnMissing, "a row names no customer");
                let hint = sheet.merged_hint(row, customer);
                log.push(fault.at(sheet.cell_place(row, customer)).hint(
                    hint.unwrap_or_else(|| {
                        "write the customer's name, or clear the row".to_string()
                    }),
                ));
                survey.scores.lost.all = true;
            }
            continue;
        }
        if let Some(before) = seen.insert(fold(&name), row) {
            let message = format!("the customer “{name}” is listed twice");
            let fault = Diagnostic::error(Code::CustomerDuplicate, message)
                .at(sheet.cell_place(row, customer))
                .hint(format!("first at {}", sheet.cell_place(before, customer)));
            log.push(fault);
            continue;
        }
        let who = survey.scores.customers.meet(&name);
        for &(column, indicator) in &columns {
            let Some(value) = sheet.value(row, column) else {
                survey.scores.note_empty(who, indicator, sheet.cell_place(row, column));
                continue;
            };
            let place = sheet.cell_place(row, column);
            let grades = &model.indicators[indicator as usize].grades;
            let grade = match value {
                Value::Text(text) => grades.iter().find(|grade| fold(&grade.grade) == fold(text)),
                _ => None,
            };
            match (grade, read_number(value)) {
                (Some(grade), _) => keep(survey, (who, indicator), grade.score, &place, log),
                (None, Reading::Number(number)) if number.value.abs() <= LARGEST => {
                    keep(survey, (who, indicator), number.value, &place, log);
                }
                _ => {
                    survey.scores.lost.cells.insert((who, indicator));
                    log.push(not_measured(value).at(place));
                }
            }
        }
    }
}

/// Keeps a value; a second one, from another sheet, is a fault.
fn keep(survey: &mut Survey, key: (u32, u32), value: f64, place: &Place, log: &mut Diagnostics) {
    if survey.measured.insert(key, value).is_some() {
        let customer = &survey.scores.customers.all()[key.0 as usize];
        let message = format!("“{customer}” has a value here and on another sheet");
        let fault = Diagnostic::error(Code::CustomerDuplicate, message).at(place.clone());
        log.push(fault.hint("give each customer's values on one sheet"));
    }
}

fn not_measured(value: &Value) -> Diagnostic {
    without_value(value, "value").unwrap_or_else(|| {
        let message = format!("{} is not a measured value", value.shown());
        Diagnostic::error(Code::MeasuredInvalid, message)
            .hint("a number in the indicator's unit, or nothing")
    })
}

//! The sheet `Measured`: customers down, measured indicators across, in their own units.

use super::Survey;
use super::kind::CUSTOMER;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Source};
use crate::text::fold;
use crate::workbook::{Reading, Sheet, Table, Value, read_number};

pub(super) fn read(sheet: &Sheet, model: &Model, survey: &mut Survey, log: &mut Diagnostics) {
    let Some(table) = Table::headed_by(sheet, CUSTOMER).or_else(|| Table::new(sheet)) else {
        return;
    };
    table.check_headers(log);
    let Some(customer) = table.needed(CUSTOMER, log) else { return };
    let mut columns = Vec::new();
    for (at, indicator) in (0u32..).zip(&model.indicators) {
        if indicator.source == Source::Measured {
            let own = indicator.column.as_deref().unwrap_or(&indicator.code);
            let names = [own, &indicator.code, &indicator.name];
            columns.extend(table.needed(&names, log).map(|column| (column, at)));
        }
    }
    let used: Vec<u32> =
        std::iter::once(customer).chain(columns.iter().map(|(column, _)| *column)).collect();
    table.note_ignored(&used, log);
    let mut seen = std::collections::HashMap::new();
    for row in table.rows() {
        let name = sheet.text(row, customer);
        if name.is_empty() {
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
            let Some(value) = sheet.value(row, column) else { continue };
            let grades = &model.indicators[indicator as usize].grades;
            let grade = match value {
                Value::Text(text) => grades.iter().find(|grade| fold(&grade.grade) == fold(text)),
                _ => None,
            };
            match (grade, read_number(value)) {
                (Some(grade), _) => {
                    survey.measured.insert((who, indicator), grade.score);
                }
                (None, Reading::Number(number)) => {
                    survey.measured.insert((who, indicator), number.value);
                }
                (None, Reading::NotANumber) => {
                    let message = format!("{} is not a measured value", value.shown());
                    let fault = Diagnostic::error(Code::MeasuredInvalid, message)
                        .at(sheet.cell_place(row, column))
                        .hint("a number in the indicator's unit, or nothing");
                    log.push(fault);
                }
            }
        }
    }
}

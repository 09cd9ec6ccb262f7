//! The sheet `Classes`: the class that the experts themselves give each customer.

use super::Survey;
use super::kind::{CLASS, CUSTOMER};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::Model;
use crate::workbook::{Sheet, Table};

pub(super) fn read(sheet: &Sheet, model: &Model, survey: &mut Survey, log: &mut Diagnostics) {
    let Some(table) = Table::headed_by(sheet, CUSTOMER).or_else(|| Table::new(sheet)) else {
        return;
    };
    table.check_headers(log);
    let (Some(customer), Some(class)) = (table.needed(CUSTOMER, log), table.needed(CLASS, log))
    else {
        return;
    };
    table.note_ignored(&[customer, class], log);
    for row in table.rows() {
        let (name, written) = (sheet.text(row, customer), sheet.text(row, class));
        if name.is_empty() || written.is_empty() {
            continue;
        }
        let customers = &survey.scores.customers;
        let Some(who) = customers.find(&name) else {
            let hint = match nearest(&name, customers.all().iter().map(String::as_str)) {
                Some(near) => format!("did you mean “{near}”?"),
                None => "customers are named as on the sheets of scores".to_string(),
            };
            let message = format!("the customer “{name}” has no scores");
            let fault = Diagnostic::error(Code::CustomerUnknown, message)
                .at(sheet.cell_place(row, customer))
                .hint(hint);
            log.push(fault);
            continue;
        };
        let place = sheet.cell_place(row, class);
        let Some(found) = model.find_class(&written) else {
            let codes: Vec<&str> =
                model.classes.classes.iter().map(|class| class.code.as_str()).collect();
            let message = format!("the model has no class “{written}”");
            let hint = format!("one of {}", codes.join(", "));
            log.push(Diagnostic::error(Code::ClassUnknown, message).at(place).hint(hint));
            continue;
        };
        if survey.own_classes.insert(who, found.code.clone()).is_some() {
            let message = format!("the customer “{name}” has two classes");
            let fault = Diagnostic::error(Code::CustomerDuplicate, message)
                .at(place)
                .hint("delete one of the rows");
            log.push(fault);
        }
    }
}

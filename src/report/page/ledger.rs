//! The ledger as the page shows it: with its reasons in words.

use crate::transactions::Ledger;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Told<'a> {
    ledger: &'a Ledger,
    reasons: Vec<String>,
}

impl<'a> From<&'a Ledger> for Told<'a> {
    fn from(ledger: &'a Ledger) -> Told<'a> {
        let reasons = ledger.set_aside.iter().map(|aside| aside.reason.words()).collect();
        Told { ledger, reasons }
    }
}

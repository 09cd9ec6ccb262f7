//! The customers of sales lines with their figures, and the account of the lines.

use super::{Account, Customers, Returns, Sales};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::count;

/// The customers of sales lines with their figures, and the account of the lines.
#[derive(Clone, Debug)]
pub struct Purchases {
    /// Where all rows and all money went.
    pub account: Account,
    /// The figures of every customer with a row used, in the order of their ids.
    pub customers: Customers,
}

impl Purchases {
    /// The customers of sales that were read. What is odd about the sales goes to the log.
    pub fn of(sales: Sales, log: &mut Diagnostics) -> Purchases {
        sales.warn(log);
        let customers = Customers::of(&sales);
        Purchases { account: sales.into_account(), customers }
    }
}

impl Sales {
    /// Warns of rows that are equal, of returns, and of a row with most of the money.
    pub(crate) fn warn(&self, log: &mut Diagnostics) {
        if let Some(duplicates) = self.ledger.duplicates.filter(|found| *found > 0) {
            let message = format!(
                "{} equal to an earlier one in every field",
                if duplicates == 1 {
                    "1 row is".to_string()
                } else {
                    format!("{duplicates} rows are")
                }
            );
            let hint = "they are used; --deduplicate sets them aside";
            log.push(Diagnostic::warning(Code::DuplicatesFound, message).hint(hint));
        }
        if self.ledger.returns > 0 {
            let how = match self.returns {
                Returns::Separate => "kept apart",
                _ => "subtracted from their customers' money",
            };
            let message = format!(
                "{} with {:.2} in all, {how}",
                count(self.ledger.returns as usize, "return"),
                self.ledger.returned.to_f64()
            );
            log.push(
                Diagnostic::note(Code::ReturnsUsed, message)
                    .hint("--returns net, drop or separate"),
            );
        }
        if self.ledger.duplicates.is_none() && !self.ignores_repeats {
            let message = "equal rows were not looked for to the end: there are too many rows, they are set aside, or columns without a use were not read";
            log.push(Diagnostic::note(Code::DuplicatesFound, message));
        }
        if let Some((place, money)) = self.outlier() {
            let message = format!("one row holds {money}, more than half of all money");
            log.push(Diagnostic::warning(Code::MoneyOutlier, message).at(place.clone()));
        }
    }
}

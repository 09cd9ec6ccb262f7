//! What of a result is held against that of the last time.

use crate::diagnostic::Code;
use crate::kept::Kept;
use crate::transactions::Ledger;
use std::collections::BTreeMap;

/// The figures of a result that limits are about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Rows of sales read and used; `None` without sales.
    pub rows: Option<Rows>,
    /// Each customer with its class, or its segment; nothing for who has none.
    pub groups: BTreeMap<String, Option<String>>,
    /// The codes of the warnings.
    pub warnings: Vec<Code>,
}

/// Rows of sales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// How many were read.
    pub read: u64,
    /// How many were used.
    pub used: u64,
}

impl Figures {
    /// The figures of a result.
    pub fn of(result: &Kept) -> Figures {
        let rows = |ledger: &Ledger| Rows { read: ledger.rows_in, used: ledger.rows_used };
        match result {
            Kept::Evaluation(found) => Figures {
                rows: found.transactions.as_ref().map(|account| rows(&account.ledger)),
                groups: found
                    .values
                    .iter()
                    .map(|one| (one.customer.clone(), one.class.clone()))
                    .collect(),
                warnings: found.warnings.iter().map(|warning| warning.code).collect(),
            },
            Kept::Analysis(found) => Figures {
                rows: Some(rows(&found.ledger)),
                groups: found.scores.iter().map(|one| (one.customer, one.segment)).collect(),
                warnings: found.warnings.iter().map(|warning| warning.code).collect(),
            },
        }
    }
}

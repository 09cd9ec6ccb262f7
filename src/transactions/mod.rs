//! Sales lines: read in one stream, accounted for row by row, and summed first per order, then per
//! customer.

mod columns;
mod condition;
mod customers;
mod decimal;
mod dictionary;
mod front;
mod ledger;
mod line;
mod metrics;
mod moment;
mod opening;
mod options;
mod parse;
mod pass;
mod period;
mod plan;
mod purchases;
mod read;
mod reader;
mod reading;
mod sales;
mod source;
mod spool;
mod styles;
mod sums;
mod tables;
mod texts;
mod window;

pub use crate::metric::Metric;
pub use crate::role::{Level, Role};
pub use columns::{Columns, RoleColumn};
pub use condition::{Condition, Kind, Named, Row};
pub use customers::Customers;
pub(crate) use customers::Ids;
pub use decimal::{Decimal, Money, NumberFinding, NumberScout, NumberStyle};
pub use ledger::{Ledger, Reason, SetAside};
pub use metrics::{Metrics, metrics};
pub use moment::{
    Clock, DateFinding, DateForm, DateFormat, DateOrder, DateScout, DateStyle, Day, Moment,
    Offsets, Written, Zone,
};
pub use options::{Compat, Options, Returns};
pub use purchases::Purchases;
pub use read::{Read, Sight};
pub use reading::{Progress, read};
pub use sales::{Account, Sales, SourceFile};
pub use tables::{
    Cohort, Country, Hour, Month, Product, cohorts, countries, hours, months, products,
};
pub(crate) use window::day_of;
pub use window::{PeriodRule, Window};

/// Whether a field holds one of the words for nothing.
fn is_absent(text: &[u8]) -> bool {
    // The longest of the words has four letters, and none begins with a digit.
    text.is_empty()
        || (text.len() <= 4
            && !text[0].is_ascii_digit()
            && std::str::from_utf8(text).is_ok_and(read::is_absent))
}

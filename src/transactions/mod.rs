//! Sales lines: read in one stream, accounted for row by row, and summed first per order, then per
//! customer.

mod condition;
mod decimal;
mod moment;
mod read;

pub use condition::{Condition, Kind, Named, Row};
pub use decimal::{Decimal, Money, NumberFinding, NumberScout, NumberStyle};
pub use moment::{
    Clock, DateFinding, DateForm, DateFormat, DateOrder, DateScout, DateStyle, Day, Moment,
    Offsets, Written, Zone,
};
pub use read::{Read, Sight};

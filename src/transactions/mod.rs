//! Sales lines: read in one stream, accounted for row by row, and summed first per order, then per
//! customer.

mod decimal;
mod read;

pub use decimal::{Decimal, Money, NumberFinding, NumberScout, NumberStyle};
pub use read::{Read, Sight};

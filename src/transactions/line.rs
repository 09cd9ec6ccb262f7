//! One row, as far as it matters.

use super::dictionary::hash;
use super::{Day, Moment, Money};

/// A part of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its first byte.
    pub start: u32,
    /// The byte behind its last.
    pub end: u32,
}

impl Part {
    /// Its bytes.
    pub(crate) fn of(self, block: &[u8]) -> &[u8] {
        &block[self.start as usize..self.end as usize]
    }

    /// Whether it has none.
    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// One row, as far as it matters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Which reason set it aside, by its place among the steps; their number if it is used.
    pub step: u8,
    /// Whether it is a return.
    pub is_return: bool,
    /// Whether its order was cancelled.
    pub is_cancelled: bool,
    /// The customer's id.
    pub customer: Part,
    /// Its hash.
    pub customer_hash: u64,
    /// The order's id.
    pub order: Part,
    /// Its hash.
    pub order_hash: u64,
    /// The product's id.
    pub product: Part,
    /// Its hash.
    pub product_hash: u64,
    /// The product's name.
    pub description: Part,
    /// The country.
    pub country: Part,
    /// When, as it was written.
    pub date: Part,
    /// When.
    pub moment: Moment,
    /// When the customer bought first, as far as the row says; the same for a line of a sale.
    pub since: Moment,
    /// The money of the row; nothing if it cannot be read.
    pub money: Money,
    /// How many.
    pub quantity: Money,
    /// The cost of the row.
    pub cost: Money,
    /// A hash of the whole row.
    pub row_hash: u64,
    /// The whole row.
    pub record: Part,
    /// Its line in the block, counted from 0.
    pub number: u32,
}

impl Default for Line {
    fn default() -> Line {
        Line {
            step: 0,
            is_return: false,
            is_cancelled: false,
            customer: Part::default(),
            customer_hash: 0,
            order: Part::default(),
            order_hash: 0,
            product: Part::default(),
            product_hash: 0,
            description: Part::default(),
            country: Part::default(),
            date: Part::default(),
            moment: Day::FIRST.midnight(),
            since: Day::FIRST.midnight(),
            money: Money::ZERO,
            quantity: Money::ZERO,
            cost: Money::ZERO,
            row_hash: 0,
            record: Part::default(),
            number: 0,
        }
    }
}

impl Line {
    /// Hashes the ids, parts of these bytes, so that whoever adds lines up need not.
    pub(crate) fn hash_ids(&mut self, bytes: &[u8]) {
        self.customer_hash = hash(self.customer.of(bytes));
        self.order_hash = hash(self.order.of(bytes));
        self.product_hash = hash(self.product.of(bytes));
    }
}

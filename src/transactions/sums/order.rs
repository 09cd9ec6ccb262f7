//! The sums of each order.

use super::NOWHERE;
use crate::transactions::texts::Texts;
use crate::transactions::{Moment, Money};
use hashbrown::HashTable;

/// One order.
#[derive(Clone, Debug)]
pub(crate) struct OrderSum {
    /// The money of all its lines that count.
    pub money: Money,
    /// The earliest of its purchases.
    pub moment: Moment,
    pub customer: u32,
    /// Lines that are purchases; none in an order of returns alone.
    pub lines: u32,
}

/// All orders: one id under two customers is two orders.
#[derive(Default)]
pub(crate) struct Orders {
    pub sums: Vec<OrderSum>,
    /// The country of each; empty if there is no such column.
    pub countries: Vec<u32>,
    numbers: HashTable<u32>,
    ids: Texts,
    last: Option<(u32, u64)>,
}

impl Orders {
    /// The number of a customer's order with this id and its hash; a new one begins at `moment`.
    #[inline]
    pub(super) fn number(&mut self, customer: u32, hash: u64, id: &[u8], moment: Moment) -> usize {
        // Neighbouring lines are mostly of one order.
        let short = Texts::short(id);
        if let Some((number, of)) = self.last
            && of == hash
            && self.sums[number as usize].customer == customer
            && self.ids.is(number, short, id)
        {
            return number as usize;
        }
        let Orders { sums, numbers, ids, .. } = self;
        let is = |number: &u32| {
            ids.is(*number, short, id) && sums[*number as usize].customer == customer
        };
        let key = key(customer, hash);
        let number = match numbers.find(key, is) {
            Some(number) => *number,
            None => {
                sums.push(OrderSum { money: Money::ZERO, moment, customer, lines: 0 });
                let number = ids.push(id);
                numbers.insert_unique(key, number, |number| {
                    let id = crate::transactions::dictionary::hash(ids.get(*number));
                    self::key(sums[*number as usize].customer, id)
                });
                number
            }
        };
        self.last = Some((number, hash));
        number as usize
    }

    /// A line without an order's id is an order of its own.
    pub(super) fn single(&mut self, customer: u32, moment: Moment) -> usize {
        self.sums.push(OrderSum { money: Money::ZERO, moment, customer, lines: 0 });
        self.ids.push(b"") as usize
    }

    /// The country of an order.
    pub(crate) fn country(&self, order: usize) -> u32 {
        self.countries.get(order).copied().unwrap_or(NOWHERE)
    }

    /// Frees what only finding needs.
    pub(super) fn close(&mut self) {
        self.numbers = HashTable::new();
        self.ids = Texts::default();
    }
}

/// The hash of an order: that of its id, stirred with its customer (the odd number is that of
/// Fibonacci hashing).
#[inline]
fn key(customer: u32, id: u64) -> u64 {
    (id ^ u64::from(customer)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32)
}

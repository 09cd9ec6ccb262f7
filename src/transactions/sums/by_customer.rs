//! The orders of each customer.

use super::OrderSum;

/// The orders with a purchase of each customer, in the order of their moments.
#[derive(Default)]
pub(crate) struct ByCustomer {
    starts: Vec<u32>,
    orders: Vec<u32>,
}

impl ByCustomer {
    pub(crate) fn new(all: &[OrderSum], customers: usize) -> ByCustomer {
        let mut starts = vec![0u32; customers + 1];
        for order in all.iter().filter(|order| order.lines > 0) {
            starts[order.customer as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut orders = vec![0u32; starts[customers] as usize];
        for (number, order) in all.iter().enumerate().filter(|(_, order)| order.lines > 0) {
            let at = &mut next[order.customer as usize];
            orders[*at as usize] = number as u32;
            *at += 1;
        }
        for bounds in starts.windows(2) {
            let key = |order: &u32| (all[*order as usize].moment, all[*order as usize].money);
            orders[bounds[0] as usize..bounds[1] as usize].sort_unstable_by_key(key);
        }
        ByCustomer { starts, orders }
    }

    /// The orders of a customer.
    pub(crate) fn of(&self, customer: u32) -> &[u32] {
        let at = customer as usize;
        &self.orders[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

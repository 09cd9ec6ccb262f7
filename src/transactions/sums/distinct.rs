//! How many are different, or equal, of very many: kept in parts that fit a processor's cache.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Into so many parts values go, by the first byte of their hash.
const PARTS: usize = 256;

/// Hashes of rows, to count those equal to an earlier one.
pub(crate) struct Repeats {
    parts: Vec<Vec<u64>>,
    count: usize,
    most: usize,
}

impl Repeats {
    /// Beyond `most` rows no more are looked at, since each takes 8 bytes.
    pub(super) fn new(most: usize) -> Repeats {
        Repeats { parts: vec![Vec::new(); PARTS], count: 0, most }
    }

    #[inline]
    pub(super) fn add(&mut self, hash: u64) {
        self.count += 1;
        if self.count <= self.most {
            self.parts[(hash >> 56) as usize].push(hash);
        } else if !self.parts.is_empty() {
            self.parts = Vec::new();
        }
    }

    /// How many were equal to an earlier one; `None` if they were too many.
    pub(super) fn count(self) -> Option<u64> {
        if self.count > self.most {
            return None;
        }
        let mut places = Vec::new();
        Some(self.parts.into_iter().map(|part| repeated(part, &mut places)).sum())
    }
}

/// How many of these hashes were there before; `places` is room that is used again.
///
/// Their bits are as good as random, so that a hash names its own place in a table twice as long as
/// they are many, or the next free one behind it.
fn repeated(hashes: Vec<u64>, places: &mut Vec<u64>) -> u64 {
    let length = (hashes.len() * 2).next_power_of_two();
    // Nought marks a free place, so that hashes of nought are counted apart.
    places.clear();
    places.resize(length, 0);
    let (mut repeats, mut noughts) = (0, 0_u64);
    for hash in hashes {
        if hash == 0 {
            noughts += 1;
            continue;
        }
        let mut place = hash as usize % length;
        while places[place] != 0 && places[place] != hash {
            place = (place + 1) % length;
        }
        repeats += u64::from(places[place] == hash);
        places[place] = hash;
    }
    repeats + noughts.saturating_sub(1)
}

/// Pairs of a customer and a product, to count the different products of each customer.
pub(crate) struct Pairs {
    parts: Vec<Vec<u64>>,
    count: usize,
    most: usize,
    is_over: bool,
}

impl Pairs {
    /// Beyond `most` different pairs they are given up: each takes 8 bytes.
    pub(super) fn new(most: usize) -> Pairs {
        Pairs { parts: vec![Vec::new(); PARTS], count: 0, most, is_over: false }
    }

    #[inline]
    pub(super) fn add(&mut self, customer: u32, product: u32) {
        if self.is_over {
            return;
        }
        let part = &mut self.parts[customer as usize % PARTS];
        let pair = u64::from(customer) << 32 | u64::from(product);
        // A product stands in an order twice rather often, and then mostly next to itself.
        if part.last() == Some(&pair) {
            return;
        }
        part.push(pair);
        self.count += 1;
        if self.count > self.most + self.most / 2 {
            self.shrink();
        }
    }

    /// Keeps each pair once; gives up if that leaves too many.
    fn shrink(&mut self) {
        self.count = 0;
        for part in &mut self.parts {
            let mut known = HashTable::with_capacity(part.len());
            part.retain(|pair| {
                let hash = FixedState::with_seed(0).hash_one(pair);
                let is_new = known.find(hash, |other| other == pair).is_none();
                if is_new {
                    known
                        .insert_unique(hash, *pair, |pair| FixedState::with_seed(0).hash_one(pair));
                }
                is_new
            });
            self.count += part.len();
        }
        if self.count > self.most {
            self.is_over = true;
            self.parts = Vec::new();
        }
    }

    /// Tells each customer's number once for each different product; false if they were too many.
    pub(super) fn tell(mut self, mut customer: impl FnMut(u32)) -> bool {
        if !self.is_over {
            self.shrink();
        }
        self.parts.iter().flatten().for_each(|pair| customer((pair >> 32) as u32));
        !self.is_over
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, HashSet};

    #[test]
    fn repeats_are_counted_up_to_the_limit() {
        let hashes: Vec<u64> = (0..5000_u64)
            .map(|n| (n % 4321).wrapping_mul(0x9e37_79b9_7f4a_7c15))
            .chain([1 << 20, 1 << 21, 1 << 20])
            .collect();
        let count = |most| {
            let mut repeats = Repeats::new(most);
            hashes.iter().for_each(|hash| repeats.add(*hash));
            repeats.count()
        };
        assert_eq!(count(5003), Some(5000 - 4321 + 1));
        assert_eq!(count(5002), None);
    }

    /// Against a plain set; shrinking in between changes nothing.
    #[test]
    fn products_of_each_customer_are_counted_once() {
        let lines: Vec<(u32, u32)> = (0..20_000_u32).map(|n| (n * n % 37, n * 7 % 101)).collect();
        let mut expected: BTreeMap<u32, HashSet<u32>> = BTreeMap::new();
        for (customer, product) in &lines {
            expected.entry(*customer).or_default().insert(*product);
        }
        let different: usize = expected.values().map(HashSet::len).sum();
        for (most, is_known) in [(different, true), (different - 1, false), (100_000, true)] {
            let mut pairs = Pairs::new(most);
            lines.iter().for_each(|(customer, product)| pairs.add(*customer, *product));
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            assert_eq!(pairs.tell(|customer| *counts.entry(customer).or_default() += 1), is_known);
            if is_known {
                assert!(expected.iter().all(|(customer, own)| counts[customer] == own.len()));
            }
        }
    }
}

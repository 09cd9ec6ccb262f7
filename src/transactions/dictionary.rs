//! Texts and their numbers.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The hash that a [`Dictionary`] finds a text by: the same on every run.
pub(crate) fn hash(text: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(text)
}

/// Texts, each kept once, numbered in the order in which they came first.
#[derive(Default)]
pub(crate) struct Dictionary {
    numbers: HashTable<u32>,
    /// Where each text ends in `texts`.
    ends: Vec<u64>,
    texts: Vec<u8>,
}

impl Dictionary {
    /// The number of a text with its hash; a new text gets the next number.
    pub(crate) fn number(&mut self, hash: u64, text: &[u8]) -> u32 {
        let Dictionary { numbers, ends, texts } = self;
        let of = |number: u32| part(ends, texts, number);
        if let Some(number) = numbers.find(hash, |number| of(*number) == text) {
            return *number;
        }
        let number = ends.len() as u32;
        numbers.insert_unique(hash, number, |number| self::hash(of(*number)));
        texts.extend_from_slice(text);
        ends.push(texts.len() as u64);
        number
    }

    /// The text of a number.
    pub(crate) fn text(&self, number: u32) -> &[u8] {
        part(&self.ends, &self.texts, number)
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The numbers in the order of their texts, byte by byte.
    pub(crate) fn sorted(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by(|a, b| self.text(*a).cmp(self.text(*b)));
        order
    }

    /// Frees what only finding needs.
    pub(crate) fn close(&mut self) {
        self.numbers = HashTable::new();
    }
}

fn part<'a>(ends: &[u64], texts: &'a [u8], number: u32) -> &'a [u8] {
    let at = number as usize;
    let start = if at == 0 { 0 } else { ends[at - 1] };
    &texts[start as usize..ends[at] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_one_number() {
        let mut dictionary = Dictionary::default();
        let texts: Vec<String> = (0..10_000).map(|n| format!("c{}", n % 3000)).collect();
        for (at, text) in texts.iter().enumerate() {
            let number = dictionary.number(hash(text.as_bytes()), text.as_bytes());
            assert_eq!(number as usize, at % 3000);
        }
        assert_eq!(dictionary.len(), 3000);
        assert_eq!(dictionary.text(2999), b"c2999");
        assert_eq!(dictionary.number(hash(b""), b""), 3000);
        let sorted = dictionary.sorted();
        assert_eq!(dictionary.text(sorted[1]), b"c0");
    }
}

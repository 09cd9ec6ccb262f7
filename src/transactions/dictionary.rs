//! Texts and their numbers.

use super::texts::Texts;
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The hash that a [`Dictionary`] finds a text by: the same on every run.
#[inline]
pub(crate) fn hash(text: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(text)
}

/// Texts, each kept once, numbered in the order in which they came first.
#[derive(Default)]
pub(crate) struct Dictionary {
    numbers: HashTable<u32>,
    texts: Texts,
    /// The text asked for last, which neighbours often share: its hash and number.
    last: Option<(u64, u32)>,
}

impl Dictionary {
    /// The number of a text with its hash; a new text gets the next number.
    #[inline]
    pub(crate) fn number(&mut self, hash: u64, text: &[u8]) -> u32 {
        let Dictionary { numbers, texts, last } = self;
        let short = Texts::short(text);
        if let Some((of, number)) = *last
            && of == hash
            && texts.is(number, short, text)
        {
            return number;
        }
        let number = match numbers.find(hash, |number| texts.is(*number, short, text)) {
            Some(number) => *number,
            None => {
                let number = texts.push(text);
                numbers.insert_unique(hash, number, |number| self::hash(texts.get(*number)));
                number
            }
        };
        *last = Some((hash, number));
        number
    }

    /// The text asked for last, and its number.
    #[inline]
    pub(crate) fn last(&self) -> Option<(u32, &[u8])> {
        self.last.map(|(_, number)| (number, self.text(number)))
    }

    /// The text of a number.
    pub(crate) fn text(&self, number: u32) -> &[u8] {
        self.texts.get(number)
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
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

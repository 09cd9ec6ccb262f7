//! Names that are met again and again: each kept once, in the order of first meeting.

use crate::text::{fold, plain};
use std::collections::HashMap;

/// A list of names, told apart without regard to case, width and outer spaces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    names: Vec<String>,
    places: HashMap<String, u32>,
}

impl Names {
    /// The place of a name, which is added if it is new. It is kept as first written.
    pub fn meet(&mut self, name: &str) -> u32 {
        let next = self.names.len() as u32;
        let place = *self.places.entry(fold(name)).or_insert(next);
        if place == next {
            self.names.push(plain(name));
        }
        place
    }

    /// The place of a name, if it was met.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.places.get(&fold(name)).copied()
    }

    /// All names.
    pub fn all(&self) -> &[String] {
        &self.names
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

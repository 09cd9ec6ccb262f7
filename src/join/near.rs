//! Names that differ little.

use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Two names that may be one customer's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Near {
    /// As the scores have it.
    pub scores: String,
    /// As the sales have it.
    pub transactions: String,
}

/// Pairs of names that are the same but for signs, spaces and leading zeros, where each is the only
/// such name on its side.
pub(super) fn near(scores: &[String], sales: &[String]) -> Vec<Near> {
    let mut by_bare: HashMap<String, Option<&String>> = HashMap::new();
    for name in sales {
        by_bare.entry(bare(name)).and_modify(|only| *only = None).or_insert(Some(name));
    }
    let mut of_scores: HashMap<String, usize> = HashMap::new();
    for name in scores {
        *of_scores.entry(bare(name)).or_default() += 1;
    }
    scores
        .iter()
        .filter_map(|name| {
            let bare = bare(name);
            let other = by_bare.get(&bare).copied().flatten()?;
            (of_scores[&bare] == 1 && !bare.is_empty())
                .then(|| Near { scores: name.clone(), transactions: other.clone() })
        })
        .collect()
}

/// Letters and digits alone, numbers without leading zeros.
fn bare(name: &str) -> String {
    let mut bare = String::new();
    let mut in_number = false;
    let folded = fold(name);
    let mut letters = folded.chars().filter(|letter| letter.is_alphanumeric()).peekable();
    while let Some(letter) = letters.next() {
        let is_leading =
            letter == '0' && !in_number && letters.peek().is_some_and(|next| next.is_ascii_digit());
        in_number = letter.is_ascii_digit() && !is_leading;
        if !is_leading {
            bare.push(letter);
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_spaces_and_zeros_are_little() {
        for (one, other) in [("C-001", "C001"), ("c 1", "C001"), ("Müller & Co", "müller co.")] {
            assert_eq!(bare(one), bare(other));
        }
        assert_eq!(bare("A-100"), "a100");
        assert_eq!(bare("0"), "0");
        assert_ne!(bare("C10"), bare("C1"));
    }

    #[test]
    fn what_could_be_two_is_not_suggested() {
        let names = |all: &[&str]| all.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        let found = near(&names(&["C-1", "B-2"]), &names(&["C1", "C 1", "B2"]));
        assert_eq!(found, [Near { scores: "B-2".into(), transactions: "B2".into() }]);
    }
}

//! Which group each case belongs to: clusters, classes, or experts' own classes.

use serde::{Deserialize, Serialize};

/// A division of cases into named groups.
///
/// ```
/// let grouping = custval::Grouping::by_label(&["low", "high", "low"]);
/// assert_eq!(grouping.labels(), ["low", "high"]);
/// assert_eq!(grouping.of(), [Some(0), Some(1), Some(0)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grouping {
    labels: Vec<String>,
    of: Vec<Option<usize>>,
}

impl Grouping {
    /// Groups named by a label for each case, in the order in which the labels are first met.
    pub fn by_label<S: AsRef<str>>(cases: &[S]) -> Self {
        let mut grouping = Grouping { labels: Vec::new(), of: Vec::with_capacity(cases.len()) };
        let mut seen = std::collections::HashMap::new();
        for case in cases {
            let label = case.as_ref();
            let group = *seen.entry(label).or_insert_with(|| {
                grouping.labels.push(label.to_string());
                grouping.labels.len() - 1
            });
            grouping.of.push(Some(group));
        }
        grouping
    }

    /// Groups `1..=groups` by a number for each case. `None`, and a number beyond, is a case
    /// without a group.
    pub fn numbered(cases: &[Option<usize>], groups: usize) -> Self {
        Grouping {
            labels: (1..=groups).map(|group| group.to_string()).collect(),
            of: cases
                .iter()
                .map(|case| case.filter(|&c| (1..=groups).contains(&c)).map(|c| c - 1))
                .collect(),
        }
    }

    /// Groups in a given order, by the position of its label for each case. `None`, and a label
    /// that is not among those given, is a case without a group.
    pub fn in_order<S: AsRef<str>>(labels: &[S], cases: &[Option<S>]) -> Self {
        let labels: Vec<String> = labels.iter().map(|label| label.as_ref().to_string()).collect();
        let position = |case: &S| labels.iter().position(|label| label == case.as_ref());
        let of = cases.iter().map(|case| case.as_ref().and_then(position)).collect();
        Grouping { labels, of }
    }

    /// The groups' names, in order. A group may have no case.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// For each case the position of its group among the labels, if it has one.
    pub fn of(&self) -> &[Option<usize>] {
        &self.of
    }

    /// How many cases there are, with and without a group.
    pub fn cases(&self) -> usize {
        self.of.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Grouping;

    #[test]
    fn numbers_beyond_the_groups_are_no_group() {
        let grouping = Grouping::numbered(&[Some(2), None, Some(0), Some(3), Some(1)], 2);
        assert_eq!(grouping.labels(), ["1", "2"]);
        assert_eq!(grouping.of(), [Some(1), None, None, None, Some(0)]);
    }

    #[test]
    fn a_given_order_keeps_empty_groups() {
        let grouping = Grouping::in_order(&["a", "b", "c"], &[Some("c"), None, Some("a")]);
        assert_eq!(grouping.labels(), ["a", "b", "c"]);
        assert_eq!(grouping.of(), [Some(2), None, Some(0)]);
    }
}

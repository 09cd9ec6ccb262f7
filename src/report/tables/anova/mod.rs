//! Tables of an analysis of variance: the one-way table, and what stands beside it.

mod one_way;
mod tests_made;

pub(crate) use one_way::{anova_table, groups_table};
pub(crate) use tests_made::{effects_table, pairs_table, sentences_table, tests_table};

use crate::anova::Anova;
use crate::report::Table;

/// All tables behind the one-way table, in the order in which they are read.
pub(crate) fn details(tables: &[Anova]) -> Vec<Table> {
    let mut found = vec![tests_table(tables), effects_table(tables)];
    found.extend(pairs_table(tables));
    found.push(groups_table(tables));
    found
}

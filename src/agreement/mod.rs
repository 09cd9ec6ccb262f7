//! How far two divisions of the same cases agree (clusters with clusters, or with experts' classes),
//! and how far several experts agree on the same things.

mod concordance;
mod consensus;
mod icc;
mod krippendorff;
mod matching;

pub use concordance::{Concordance, concordance, mean_ranks};
pub(crate) use consensus::entropy;
pub use consensus::{Consensus, consensus};
pub use icc::{Icc, icc};
pub use krippendorff::{Metric, krippendorff};
pub use matching::matching;

use crate::grouping::Grouping;
use serde::{Deserialize, Serialize};

/// Two divisions of the same cases, compared.
///
/// The share of agreement and κ compare groups of the same name; the adjusted Rand index compares
/// the partitions and does not look at names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Cases that have a group in both divisions; all figures are over these.
    pub cases: usize,
    /// Cases without a group in one of the two.
    pub left_out: usize,
    /// The groups of the first division, in its order: the rows of the table.
    pub rows: Vec<String>,
    /// The groups of the second division, in its order: the columns of the table.
    pub columns: Vec<String>,
    /// How many cases are in each pair of groups.
    pub table: Vec<Vec<usize>>,
    /// Cases with the same name in both; `None` when the two have no name in common.
    pub agreed: Option<usize>,
    /// `agreed` over `cases`.
    pub share: Option<f64>,
    /// Cohen's κ = (pₒ − pₑ) / (1 − pₑ); `None` where it is undefined, with the reason in the
    /// notes. Cohen (1960), *Educational and Psychological Measurement* 20, 37–46.
    pub kappa: Option<f64>,
    /// The Rand index corrected for chance: 1 for the same partition, about 0 for unrelated ones.
    /// Hubert & Arabie (1985), *Journal of Classification* 2, 193–218, equation 5.
    pub adjusted_rand: Option<f64>,
    /// What is undefined, and why.
    pub notes: Vec<String>,
}

/// Compares two divisions of the same cases, case by case. Should one list be longer, its
/// surplus cases have no partner and are left out.
///
/// ```
/// use custval::{Grouping, agreement::compare};
///
/// let ours = Grouping::by_label(&["low", "low", "high", "high"]);
/// let theirs = Grouping::by_label(&["low", "high", "high", "high"]);
/// let agreement = compare(&ours, &theirs);
/// assert_eq!(agreement.table, [[1, 1], [0, 2]]);
/// assert_eq!(agreement.share, Some(0.75));
/// assert_eq!(agreement.kappa, Some(0.5));
/// ```
pub fn compare(first: &Grouping, second: &Grouping) -> Agreement {
    let mut table = vec![vec![0; second.labels().len()]; first.labels().len()];
    let mut cases = 0;
    for pair in first.of().iter().zip(second.of()) {
        if let (Some(row), Some(column)) = pair {
            table[*row][*column] += 1;
            cases += 1;
        }
    }
    let mut notes = Vec::new();
    let named = agreed(first.labels(), second.labels(), &table);
    if cases > 0 && named.is_none() {
        notes.push(
            "The two divisions have no group of the same name, so the share of agreement and κ are undefined."
                .to_string(),
        );
    }
    let share = named.filter(|_| cases > 0).map(|agreed| agreed as f64 / cases as f64);
    Agreement {
        cases,
        left_out: first.cases().max(second.cases()) - cases,
        rows: first.labels().to_vec(),
        columns: second.labels().to_vec(),
        agreed: named,
        share,
        kappa: share.and_then(|share| {
            kappa(share, expected(first.labels(), second.labels(), &table), &mut notes)
        }),
        adjusted_rand: adjusted_rand(&table),
        table,
        notes,
    }
}

/// Pairs of a row and a column of the same name.
fn namesakes<'a>(
    rows: &'a [String],
    columns: &'a [String],
) -> impl Iterator<Item = (usize, usize)> + 'a {
    rows.iter()
        .enumerate()
        .filter_map(|(row, name)| columns.iter().position(|c| c == name).map(|c| (row, c)))
}

fn agreed(rows: &[String], columns: &[String], table: &[Vec<usize>]) -> Option<usize> {
    let mut pairs = namesakes(rows, columns).peekable();
    pairs.peek()?;
    Some(pairs.map(|(row, column)| table[row][column]).sum())
}

/// The share of agreement that the totals alone would give, Σ rowᵢ·columnᵢ / n², as an exact
/// fraction so that an expectation of 1 is known for certain.
fn expected(rows: &[String], columns: &[String], table: &[Vec<usize>]) -> (u128, u128) {
    let (across, down) = totals(table);
    let chance = namesakes(rows, columns)
        .map(|(row, column)| across[row] as u128 * down[column] as u128)
        .sum();
    let cases = across.iter().sum::<usize>() as u128;
    (chance, cases * cases)
}

fn kappa(share: f64, (chance, all): (u128, u128), notes: &mut Vec<String>) -> Option<f64> {
    if chance == all {
        notes.push(
            "κ is undefined: all cases are in one and the same group in both divisions, so that chance alone gives full agreement."
                .to_string(),
        );
        return None;
    }
    let expected = chance as f64 / all as f64;
    Some((share - expected) / (1.0 - expected))
}

/// The adjusted Rand index of a table of counts; `None` for a table without a case.
///
/// It is 1 when both partitions are trivial and the same (one group, or every case on its own),
/// where the formula itself gives 0/0.
pub fn adjusted_rand(table: &[Vec<usize>]) -> Option<f64> {
    let (across, down) = totals(table);
    let cases: usize = across.iter().sum();
    if cases == 0 {
        return None;
    }
    let together: u128 = table.iter().flatten().map(|&count| pairs(count)).sum();
    let first: u128 = across.iter().map(|&count| pairs(count)).sum();
    let second: u128 = down.iter().map(|&count| pairs(count)).sum();
    let all = pairs(cases);
    if first == second && (first == 0 || first == all) {
        return Some(1.0);
    }
    let expected = first as f64 * (second as f64 / all as f64);
    let most = (first as f64 + second as f64) / 2.0;
    Some((together as f64 - expected) / (most - expected))
}

fn pairs(count: usize) -> u128 {
    let count = count as u128;
    count * count.saturating_sub(1) / 2
}

fn totals(table: &[Vec<usize>]) -> (Vec<usize>, Vec<usize>) {
    let across = table.iter().map(|row| row.iter().sum()).collect();
    let mut down = vec![0; table.first().map_or(0, Vec::len)];
    for row in table {
        for (total, count) in down.iter_mut().zip(row) {
            *total += count;
        }
    }
    (across, down)
}

#[cfg(test)]
mod tests;

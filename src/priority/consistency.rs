//! How far judgements contradict each other: CI, CR, and the verdict under each table.

use crate::model::{RandomIndex, random_index_with_gaps};
use serde::{Deserialize, Serialize};

/// The consistency of one matrix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consistency {
    /// The principal eigenvalue; n for consistent judgements, larger otherwise.
    pub lambda_max: f64,
    /// The consistency index, CI = (λmax − n)/(n − 1).
    pub ci: f64,
    /// The consistency ratio, CR = CI/RI; 0 for n ≤ 2.
    pub cr: f64,
    /// The random index that CR was divided by.
    pub ri: f64,
    /// The table that the random index comes from.
    pub ri_table: RandomIndex,
    /// Whether CR is at or below the limit.
    pub acceptable: bool,
}

/// CR under one table, for comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The table.
    pub ri_table: RandomIndex,
    /// Its random index for this size.
    pub ri: f64,
    /// The consistency ratio under it.
    pub cr: f64,
    /// Whether it is at or below the limit.
    pub acceptable: bool,
}

/// CI = (λmax − n)/(n − 1) and CR = CI/RI(n) (Saaty 1977, 1980), where n is the number of items and
/// RI the table's random index. For n ≤ 2 both are 0.
///
/// CI can come out below 0 by rounding, or where reciprocals are rounded; it is reported as it is.
pub fn consistency(lambda_max: f64, n: usize, table: RandomIndex, limit: f64) -> Consistency {
    consistency_with_gaps(lambda_max, n, 0, table, limit)
}

/// The same for a matrix of which `missing` pairs were not compared, λmax being that of its
/// completion: the random index knows the gaps, [`random_index_with_gaps`]. With no judgement more
/// than the n − 1 that connect all items CI and CR are 0.
pub fn consistency_with_gaps(
    lambda_max: f64,
    n: usize,
    missing: usize,
    table: RandomIndex,
    limit: f64,
) -> Consistency {
    let index = random_index_with_gaps(table, n, missing);
    let (ci, cr) = if index.ri == 0.0 {
        (0.0, 0.0)
    } else {
        let ci = (lambda_max - n as f64) / (n as f64 - 1.0);
        (ci, ci / index.ri)
    };
    let acceptable = cr <= limit;
    Consistency { lambda_max, ci, cr, ri: index.ri, ri_table: index.table, acceptable }
}

/// CR under every table that has a value for this size and these gaps.
pub fn verdicts(lambda_max: f64, n: usize, missing: usize, limit: f64) -> Vec<Verdict> {
    RandomIndex::ALL
        .iter()
        .map(|table| (*table, consistency_with_gaps(lambda_max, n, missing, *table, limit)))
        .filter(|(table, consistency)| consistency.ri_table == *table)
        .map(|(ri_table, Consistency { ri, cr, acceptable, .. })| Verdict {
            ri_table,
            ri,
            cr,
            acceptable,
        })
        .collect()
}

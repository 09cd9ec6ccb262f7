//! The pairing of two partitions' groups with the greatest overlap.

/// Pairs each row of a table of counts with at most one column so that the counts of the pairs
/// add up to the most: for each row its column, `None` for surplus rows.
///
/// The Hungarian method with potentials, O(n³): Kuhn (1955), *Naval Research Logistics Quarterly*
/// 2, 83–97. Of several best pairings the same one is always returned.
///
/// ```
/// // Row by row the greedy choice would be 3 + 0; the best is 2 + 2.
/// assert_eq!(custval::agreement::matching(&[vec![3, 2], vec![2, 0]]), [Some(1), Some(0)]);
/// ```
pub fn matching(table: &[Vec<usize>]) -> Vec<Option<usize>> {
    let rows = table.len();
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let size = rows.max(columns);
    // Padded to a square with zeros, and turned from overlap to cost. Counts are far below 2⁶³.
    let cost = |row: usize, column: usize| -> i64 {
        table.get(row).and_then(|r| r.get(column)).map_or(0, |&count| -(count as i64))
    };
    // Position 0 of each list is a sentinel; rows and columns are counted from 1.
    let mut of_row = vec![0_i64; size + 1];
    let mut of_column = vec![0_i64; size + 1];
    let mut row_of = vec![0_usize; size + 1];
    for row in 1..=size {
        let mut previous = vec![0_usize; size + 1];
        let mut slack = vec![i64::MAX; size + 1];
        let mut used = vec![false; size + 1];
        row_of[0] = row;
        let mut column = 0;
        while row_of[column] != 0 {
            used[column] = true;
            let (mut least, mut next) = (i64::MAX, 0);
            for candidate in 1..=size {
                if used[candidate] {
                    continue;
                }
                let reduced = cost(row_of[column] - 1, candidate - 1)
                    - of_row[row_of[column]]
                    - of_column[candidate];
                if reduced < slack[candidate] {
                    slack[candidate] = reduced;
                    previous[candidate] = column;
                }
                if slack[candidate] < least {
                    least = slack[candidate];
                    next = candidate;
                }
            }
            for candidate in 0..=size {
                if used[candidate] {
                    of_row[row_of[candidate]] += least;
                    of_column[candidate] -= least;
                } else if slack[candidate] < i64::MAX {
                    slack[candidate] -= least;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[previous[column]];
            column = previous[column];
        }
    }
    let mut matched = vec![None; rows];
    for (column, row) in row_of.into_iter().skip(1).take(columns).enumerate() {
        if let Some(slot) = matched.get_mut(row - 1) {
            *slot = Some(column);
        }
    }
    matched
}

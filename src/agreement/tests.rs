use super::*;
use proptest::prelude::*;

fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap_or(f64::NAN);
    assert!((found - expected).abs() < 1e-12, "{found} for {expected}");
}

fn compared(first: &[usize], second: &[usize], groups: usize) -> Agreement {
    let grouping = |cases: &[usize]| {
        Grouping::numbered(&cases.iter().map(|&c| Some(c)).collect::<Vec<_>>(), groups)
    };
    compare(&grouping(first), &grouping(second))
}

#[test]
fn kappa_of_the_classic_two_by_two() {
    // 20 yes–yes, 5 yes–no, 10 no–yes, 15 no–no: pₒ = 0.7, pₑ = 0.5, κ = 0.4 by hand.
    let mut first = vec![1; 25];
    first.extend([2; 25]);
    let mut second = vec![1; 20];
    second.extend([2; 5]);
    second.extend([1; 10]);
    second.extend([2; 15]);
    let agreement = compared(&first, &second, 2);
    assert_eq!(agreement.table, [[20, 5], [10, 15]]);
    near(agreement.share, 0.7);
    near(agreement.kappa, 0.4);
}

#[test]
fn the_figures_of_scikit_learn() {
    // adjusted_rand_score and cohen_kappa_score of scikit-learn 1.9.1.
    let first = [1, 1, 1, 2, 2, 3, 3, 3, 3, 1, 2, 3];
    let second = [1, 1, 2, 2, 2, 3, 3, 1, 3, 1, 3, 3];
    let agreement = compared(&first, &second, 3);
    near(agreement.adjusted_rand, 0.3348264277715566);
    near(agreement.kappa, 0.6170212765957447);
    near(adjusted_rand(&[vec![1, 1], vec![1, 1]]), -0.5);
}

#[test]
fn kappa_is_refused_where_chance_explains_all() {
    let agreement = compared(&[1, 1, 1], &[1, 1, 1], 2);
    assert_eq!(agreement.share, Some(1.0));
    assert_eq!(agreement.kappa, None);
    assert!(agreement.notes[0].contains("chance alone"));
    assert_eq!(agreement.adjusted_rand, Some(1.0));
}

#[test]
fn names_that_never_meet_leave_share_and_kappa_undefined() {
    let agreement = compare(&Grouping::by_label(&["a", "b"]), &Grouping::by_label(&["x", "y"]));
    assert_eq!((agreement.share, agreement.kappa), (None, None));
    assert_eq!(agreement.adjusted_rand, Some(1.0));
    assert_eq!(agreement.notes.len(), 1);
}

#[test]
fn trivial_partitions() {
    assert_eq!(adjusted_rand(&[vec![1, 0], vec![0, 1]]), Some(1.0));
    assert_eq!(adjusted_rand(&[vec![5]]), Some(1.0));
    assert_eq!(adjusted_rand(&[vec![3, 2]]), Some(0.0));
    assert_eq!(adjusted_rand(&[]), None);
    assert_eq!(adjusted_rand(&[vec![0, 0]]), None);
}

#[test]
fn cases_without_a_group_are_counted_not_compared() {
    let first = Grouping::numbered(&[Some(1), None, Some(2)], 2);
    let second = Grouping::numbered(&[Some(1), Some(2), None], 2);
    let agreement = compare(&first, &second);
    assert_eq!((agreement.cases, agreement.left_out), (1, 2));
    let nothing = compare(&Grouping::numbered(&[], 2), &Grouping::numbered(&[], 2));
    assert_eq!((nothing.share, nothing.kappa, nothing.adjusted_rand), (None, None, None));
}

#[test]
fn surplus_rows_and_columns_stay_unmatched() {
    assert_eq!(matching(&[vec![1], vec![7], vec![3]]), [None, Some(0), None]);
    assert_eq!(matching(&[vec![1, 7, 3]]), [Some(1)]);
    assert_eq!(matching(&[]), []);
}

/// The best overlap by trying every permutation.
fn brute(table: &[Vec<usize>], row: usize, taken: &mut Vec<bool>) -> usize {
    if row == table.len() {
        return 0;
    }
    let mut best = 0;
    for column in 0..taken.len() {
        if !taken[column] {
            taken[column] = true;
            best = best.max(table[row][column] + brute(table, row + 1, taken));
            taken[column] = false;
        }
    }
    best
}

proptest! {
    #[test]
    fn the_matching_is_the_best(table in prop::collection::vec(prop::collection::vec(0_usize..20, 5), 5)) {
        let matched = matching(&table);
        let overlap: usize =
            matched.iter().enumerate().map(|(row, column)| table[row][column.unwrap()]).sum();
        prop_assert_eq!(overlap, brute(&table, 0, &mut vec![false; 5]));
    }

    #[test]
    fn renaming_groups_changes_no_adjusted_rand(
        cases in prop::collection::vec((0_usize..4, 0_usize..4), 2..60),
    ) {
        let first: Vec<usize> = cases.iter().map(|c| c.0 + 1).collect();
        let second: Vec<usize> = cases.iter().map(|c| c.1 + 1).collect();
        let renamed: Vec<usize> = second.iter().map(|c| [3, 1, 4, 2][c - 1]).collect();
        let plain = compared(&first, &second, 4).adjusted_rand.unwrap();
        let other = compared(&first, &renamed, 4).adjusted_rand.unwrap();
        prop_assert!((plain - other).abs() < 1e-12);
        prop_assert!(plain <= 1.0 + 1e-12);
    }
}

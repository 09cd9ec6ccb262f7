use super::lloyd::{Course, descend};
use super::quality::{measure, silhouettes};
use super::rows::Rows;
use super::*;
use crate::Error;
use crate::diagnostic::{Code, Diagnostics};
use proptest::prelude::*;

fn table(d: usize, values: &[f64]) -> Points {
    let variables: Vec<String> = (1..=d).map(|v| format!("x{v}")).collect();
    Points::new(&variables, values.to_vec()).unwrap()
}

fn run(points: &Points, options: Options) -> (Clusters, Vec<Code>) {
    let mut log = Diagnostics::new();
    let clusters = options.check(points).unwrap().run(&mut log).unwrap();
    (clusters, log.iter().map(|d| d.code).collect())
}

fn faults<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<Code> {
    match result {
        Err(Error::Input(log)) => log.iter().map(|d| d.code).collect(),
        other => panic!("no fault of the input: {other:?}"),
    }
}

#[test]
fn an_incomplete_case_is_left_out_and_keeps_its_number() {
    let points = table(1, &[1.0, f64::NAN, 1.2, 9.0, 9.4]);
    let (clusters, codes) = run(&points, Options::new(2));
    assert_eq!(clusters.labels(), [Some(1), None, Some(1), Some(2), Some(2)]);
    assert_eq!((clusters.left_out, clusters.start_cases), (vec![2], vec![1, 5]));
    assert_eq!(clusters.membership[1].distance, None);
    assert_eq!(codes, [Code::ClusterCaseLeftOut]);
    assert!(clusters.notes.iter().any(|note| note.contains("1 of 5 cases")));
}

#[test]
fn every_fault_is_told_at_once() {
    let points = table(2, &[1.0, 5.0, 2.0, 5.0, f64::NAN, 5.0, 2.0, 5.0]);
    let options = Options {
        start: Start::Cases(vec![1, 1, 3, 9, 0]),
        standardise: Standardise::Z,
        max_iterations: 0,
        converge: f64::NAN,
        ..Options::new(4)
    };
    let option = Code::ClusterOptionInvalid;
    let expected = [
        option, // iterations
        option, // convergence
        option, // five cases for four clusters
        option, // case 1 twice
        option, // case 3 incomplete
        option, // case 9
        option, // case 0
        Code::ClusterConstantVariable,
        Code::ClusterTooFewCases,
    ];
    assert_eq!(faults(options.check(&points)), expected);
}

#[test]
fn too_many_clusters_and_none_are_refused() {
    let points = table(1, &[1.0, 2.0]);
    assert_eq!(faults(Options::new(3).check(&points)), [Code::ClusterTooFewCases]);
    assert_eq!(faults(Options::new(0).check(&points)), [Code::ClusterOptionInvalid]);
    let codes = faults(Options::new(usize::MAX).check(&points));
    assert_eq!(codes, [Code::ClusterOptionInvalid, Code::ClusterTooFewCases]);
    assert_eq!(faults(Options::new(1).check(&table(1, &[]))), [Code::ClusterTooFewCases]);
    let half = Options { converge: 1.0, ..Options::new(1) };
    assert_eq!(faults(half.check(&points)), [Code::ClusterOptionInvalid]);
}

#[test]
fn zero_and_minus_zero_are_one_value() {
    assert_eq!(faults(Options::new(2).check(&table(1, &[0.0, -0.0]))), [Code::ClusterTooFewCases]);
}

#[test]
fn tables_that_cannot_be_clustered_are_refused() {
    let name = ["x".to_string()];
    let value = Code::TableValueInvalid;
    assert_eq!(faults(Points::new(&name, vec![f64::INFINITY, 1.0, -1e200])), [value, value]);
    assert_eq!(faults(Points::new(&[], vec![])), [Code::ColumnMissing]);
    let two = ["x".to_string(), "y".to_string()];
    assert!(matches!(Points::new(&two, vec![1.0; 3]), Err(Error::Failure(_))));
    assert!(matches!(Points::from_rows(&two, &[vec![None]]), Err(Error::Failure(_))));
}

#[test]
fn an_empty_cluster_keeps_its_centre_and_is_told() {
    // The first two cases are the mean of all: the second centre never wins a case.
    let points = table(1, &[5.0, 5.0, 0.0, 10.0]);
    let start = Options { start: Start::First, ..Options::new(2) };
    let (clusters, codes) = run(&points, start);
    assert_eq!((clusters.sizes, clusters.centres), (vec![4, 0], vec![vec![5.0], vec![5.0]]));
    assert_eq!(clusters.centres_original[1], [5.0]);
    assert_eq!(codes, [Code::ClusterEmpty, Code::ClusterBetter]);
    assert_eq!((clusters.silhouette, clusters.davies_bouldin), (None, None));
}

#[test]
fn a_better_partition_is_shown_with_those_who_move() {
    // Started from 0 and 1, the right pair of groups is never told apart.
    let points = table(1, &[0.0, 1.0, 100.0, 101.0, 200.0, 201.0]);
    let start = Options { start: Start::Cases(vec![1, 2, 3]), ..Options::new(3) };
    let (clusters, codes) = run(&points, start);
    assert_eq!(clusters.sizes, [1, 1, 4]);
    assert_eq!(codes, [Code::ClusterBetter]);
    let better = clusters.better.unwrap();
    assert_eq!(better.sse, 1.5);
    assert_eq!(better.gain, clusters.sse - 1.5);
    // Three pairs against {0}, {1} and the rest: two cases of the rest and one of the pair move.
    assert_eq!(better.moved.len(), 3);
    assert_eq!(better.membership[0], better.membership[1]);
    for case in 1..=6 {
        let same = better.membership[case - 1] == clusters.membership[case - 1].cluster;
        assert_eq!(same, !better.moved.contains(&case));
    }
}

#[test]
fn the_iteration_limit_is_told() {
    let points = table(1, &[0.0, 1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 30.0]);
    let one = Options { start: Start::First, max_iterations: 1, ..Options::new(3) };
    let (clusters, codes) = run(&points, one);
    assert_eq!((clusters.stopped, clusters.iterations), (Stopped::IterationLimit, 1));
    assert!(codes.contains(&Code::ClusterNotConverged));
    assert!(clusters.stopped_because.contains("limit of 1"));
    // The centres after one iteration, 0, 1 and 34/3, classify; then the members' means are given.
    assert_eq!(clusters.history[0].shifts, [0.0, 0.0, 68.0 / 6.0 - 2.0]);
    assert_eq!(clusters.centres, [[0.0], [2.0], [15.75]]);
    assert_eq!(clusters.membership[1].distance, Some(1.0));
    let json = serde_json::to_value(&clusters).unwrap();
    assert_eq!(json["stopped"], "iteration-limit");
    assert_eq!((&json["start"], &json["standardise"]), (&"first".into(), &"none".into()));
}

#[test]
fn one_cluster_is_the_mean() {
    let (clusters, codes) = run(&table(1, &[1.0, 2.0, 6.0]), Options::new(1));
    assert_eq!((clusters.centres, clusters.sse), (vec![vec![3.0]], 14.0));
    assert_eq!((clusters.min_initial_distance, clusters.threshold), (None, 0.0));
    assert_eq!(clusters.calinski_harabasz, None);
    assert_eq!(clusters.k_choice.iter().map(|c| c.k).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(codes, []);
}

#[test]
fn standardised_variables_count_alike() {
    // The second variable is the first in other units: only its unit differs.
    let values: Vec<f64> =
        [0.0, 1.0, 2.0, 10.0, 11.0, 12.5].iter().flat_map(|&x| [x, 1000.0 * x + 5.0]).collect();
    for standardise in [Standardise::Z, Standardise::MinMax] {
        let options = Options { standardise, ..Options::new(2) };
        let (clusters, _) = run(&table(2, &values), options);
        for centre in &clusters.centres {
            assert!((centre[0] - centre[1]).abs() < 1e-12);
        }
        assert!((clusters.centres_original[0][0] - 1.0).abs() < 1e-12);
        assert!((clusters.centres_original[0][1] - 1005.0).abs() < 1e-9);
    }
    // By hand: 0, 5 and 10 have mean 5 and standard deviation 5.
    let rows = |values: &[f64], how| Rows::new(&table(1, values), how, Incomplete::Listwise);
    assert_eq!(rows(&[0.0, 5.0, 10.0], Standardise::Z).values, [-1.0, 0.0, 1.0]);
    assert_eq!(rows(&[0.0, 5.0, 10.0], Standardise::MinMax).values, [0.0, 0.5, 1.0]);
}

#[test]
fn seeded_runs_repeat() {
    let values: Vec<f64> = (0..60).map(|i| f64::from((i * 7919) % 101)).collect();
    let options = Options {
        start: Start::KmeansPlusPlus,
        gap_references: 3,
        bootstraps: 5,
        compare_up_to: 5,
        ..Options::new(4)
    };
    let first = run(&table(2, &values), options.clone()).0;
    assert_eq!(first, run(&table(2, &values), options).0);
    assert_eq!(first.start_cases, Vec::<usize>::new());
    assert_eq!(first.initial_centres.len(), 4);
    assert!(first.silhouette.is_some());
}

#[test]
fn beyond_the_limits_samples_are_drawn_and_told() {
    let values: Vec<f64> =
        (0..5_100).map(|i| f64::from(i % 3) * 100.0 + f64::from((i * 31) % 97) / 97.0).collect();
    let options = Options { restarts: 3, compare_up_to: 0, bootstraps: 0, ..Options::new(3) };
    let (clusters, _) = run(&table(1, &values), options);
    assert_eq!(clusters.sizes, [1700; 3]);
    assert!(clusters.silhouette.unwrap() > 0.9);
    assert!(clusters.notes.iter().any(|n| n.contains("silhouette is that of a seeded sample")));
    assert!(clusters.notes.iter().any(|n| n.contains("look at a seeded sample of 5000")));
    assert!(clusters.k_choice.is_empty());
}

#[test]
fn indices_are_undefined_rather_than_not_numbers() {
    let all_one = measure(&[1.0, 2.0, 3.0], 1, &[0, 0, 0], 1);
    assert_eq!((all_one.silhouette, all_one.calinski_harabasz), (None, None));
    let each_own = measure(&[1.0, 2.0, 3.0], 1, &[0, 1, 2], 1);
    assert_eq!((each_own.silhouette, each_own.davies_bouldin), (None, None));
    let coincide = measure(&[2.0; 4], 1, &[0, 0, 1, 1], 1);
    assert_eq!((coincide.silhouette, coincide.davies_bouldin), (None, None));
    assert!(coincide.notes[0].contains("coincide"));
    let tight = measure(&[1.0, 1.0, 2.0, 2.0], 1, &[0, 0, 1, 1], 1);
    assert_eq!(tight.calinski_harabasz, None);
    assert_eq!((tight.silhouette, tight.davies_bouldin), (Some(1.0), Some(0.0)));
    assert_eq!(measure(&[], 0, &[], 1).notes.len(), 1);
    assert_eq!(silhouettes(&[2.0; 3], 1, &[0, 0, 1]), [0.0; 3]);
}

#[test]
fn silhouettes_by_hand() {
    // 0 and 1 against 4: of 0, a = 1, b = 4; of 1, a = 1, b = 3; 4 is alone.
    assert_eq!(silhouettes(&[0.0, 1.0, 4.0], 1, &[5, 5, 9]), [0.75, 2.0 / 3.0, 0.0]);
}

#[test]
fn every_option_of_the_new_kind_is_checked() {
    let points = table(1, &[1.0, 2.0]);
    let options = Options {
        gap_references: 1,
        silhouette_limit: 1,
        restarts: usize::MAX,
        bootstraps: usize::MAX,
        ..Options::new(1)
    };
    assert_eq!(faults(options.check(&points)), [Code::ClusterOptionInvalid; 4]);
    let infinite = points.clone().weighted("w", vec![Some(f64::INFINITY), Some(-1e200)]);
    assert_eq!(faults(infinite), [Code::TableValueInvalid; 2]);
    assert!(matches!(points.weighted("w", vec![None]), Err(Error::Failure(_))));
}

#[test]
fn cases_without_a_weight_are_left_out_and_told() {
    let points = table(1, &[0.0, 1.0, 10.0, 11.0, f64::NAN, 5.0]);
    let weights = [2.0, 0.0, 1.0, -3.0, 1.0, f64::NAN].map(Some).to_vec();
    let points = points.weighted("w", weights).unwrap();
    let (clusters, codes) = run(&points, Options::new(2));
    assert_eq!(clusters.labels(), [Some(1), None, Some(2), None, None, None]);
    assert_eq!(codes, [Code::ClusterCaseLeftOut, Code::ClusterWeightLeftOut]);
    assert_eq!(clusters.left_out, [2, 4, 5, 6]);
    let weight = clusters.weight.unwrap();
    assert_eq!((weight.left_out, weight.sum), (vec![2, 4, 6], 3.0));
    assert_eq!(clusters.masses, Some(vec![2.0, 1.0]));
    let named = Options { start: Start::Cases(vec![1, 2]), ..Options::new(2) };
    assert_eq!(faults(named.check(&points)), [Code::ClusterOptionInvalid]);
}

#[test]
fn running_means_by_hand() {
    // The centres are 0 and 8, each counted as one case. 1 moves the first to 1/2; 0 joins itself,
    // (1/2 · 2 + 0)/3; 8 stays; 6 moves the second from 8 to (8 · 2 + 6)/3.
    let points = table(1, &[1.0, 0.0, 8.0, 6.0]);
    let options = Options {
        update: Update::Running,
        start: Start::Cases(vec![2, 3]),
        max_iterations: 1,
        ..Options::new(2)
    };
    let (clusters, _) = run(&points, options.clone());
    for (shift, by_hand) in clusters.history[0].shifts.iter().zip([1.0 / 3.0, 2.0 / 3.0]) {
        assert!((shift - by_hand).abs() < 1e-15);
    }
    assert_eq!(clusters.centres, [[0.5], [7.0]]);
    // A case of weight 2 is the same case twice.
    let weighted = points.weighted("w", [1.0, 1.0, 1.0, 2.0].map(Some).to_vec()).unwrap();
    let (weighted, _) = run(&weighted, options.clone());
    let (twice, _) = run(&table(1, &[1.0, 0.0, 8.0, 6.0, 6.0]), options);
    assert_eq!(weighted.history, twice.history);
    assert_eq!(weighted.centres, twice.centres);
}

#[test]
fn pairwise_cases_go_by_what_they_have() {
    // The fifth case has only its first variable, 9, near the second centre; the sixth has nothing.
    let nan = f64::NAN;
    let values = [0.0, 0.0, 1.0, 1.0, 10.0, 10.0, 11.0, 12.0, 9.0, nan, nan, nan];
    let options = Options { incomplete: Incomplete::Pairwise, ..Options::new(2) };
    let (clusters, codes) = run(&table(2, &values), options);
    assert_eq!(clusters.labels(), [1, 1, 2, 2, 2, 0].map(|c| (c > 0).then_some(c)));
    assert_eq!(codes, [Code::ClusterCaseLeftOut]);
    // Means of the values that are there.
    assert_eq!(clusters.centres[1], [10.0, 11.0]);
    // One of two variables, a distance of 1, scaled up by √2.
    assert_eq!(clusters.membership[4].distance, Some(2.0_f64.sqrt()));
    // By hand: 4 · ½² in the first cluster; 0 + 1 + 1 and 1 + 1 in the second.
    assert_eq!(clusters.sse, 1.0 + 2.0 + 2.0);
    assert!(clusters.notes.iter().any(|note| note.contains("the complete ones, 4")));
    assert_eq!(clusters.searched, 4);
}

#[test]
fn tables_without_spread_do_no_harm() {
    let all_equal = table(2, &[3.0; 10]);
    let (clusters, _) = run(&all_equal, Options::new(1));
    assert_eq!((clusters.sse, clusters.k_choice.len()), (0.0, 1));
    assert_eq!((clusters.k_choice[0].gap, clusters.advice.gap), (None, None));
    assert_eq!(clusters.stability[0].jaccard, Some(1.0));
    assert_eq!(faults(Options::new(2).check(&all_equal)), [Code::ClusterTooFewCases]);
    // A constant column, and as many clusters as cases.
    let constant = table(2, &[1.0, 7.0, 2.0, 7.0, 4.0, 7.0, 8.0, 7.0]);
    let (clusters, _) = run(&constant, Options::new(4));
    assert_eq!((clusters.sse, clusters.sizes), (0.0, vec![1; 4]));
    let last = clusters.k_choice.last().unwrap();
    assert_eq!((last.k, last.log_w, last.gap, last.silhouette), (4, None, None, None));
    assert!(clusters.k_choice[1].gap.is_some());
}

#[test]
fn one_cluster_has_no_silhouette_but_a_gap() {
    let values: Vec<f64> = (0..40).map(|i| f64::from((i * 7919) % 101)).collect();
    let (clusters, _) = run(
        &table(2, &values),
        Options { bootstraps: 5, gap_references: 3, compare_up_to: 4, ..Options::new(1) },
    );
    let first = &clusters.k_choice[0];
    assert_eq!((first.k, first.silhouette, first.gap.is_some()), (1, None, true));
    // W is the sum of squares.
    assert!((first.log_w.unwrap() - clusters.sse.ln()).abs() < 1e-12);
    assert_eq!(clusters.starts.unwrap().min, 1.0);
}

/// Bit by bit: with chunks enough for several threads, and with everything random.
#[test]
fn the_number_of_threads_changes_nothing() {
    let scattered = |i: u64| (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f64;
    let many = table(1, &(0..60_000).map(scattered).collect::<Vec<_>>());
    let few = table(2, &(0..80).map(scattered).collect::<Vec<_>>());
    let of_many = Options {
        restarts: 0,
        compare_up_to: 0,
        bootstraps: 0,
        max_iterations: 4,
        silhouette_limit: 300,
        ..Options::new(18)
    };
    let of_few = Options {
        restarts: 3,
        compare_up_to: 3,
        gap_references: 3,
        bootstraps: 3,
        ..Options::new(3)
    };
    for (points, options) in [(&many, of_many), (&few, of_few)] {
        let on = |threads| run(points, Options { threads, ..options.clone() }).0;
        let one = serde_json::to_string(&on(1)).unwrap();
        for threads in [2, 3] {
            assert_eq!(serde_json::to_string(&on(threads)).unwrap(), one);
        }
    }
}

/// Cases whose values fall into few distinct ones, so that ties and duplicates are common.
fn coarse() -> impl Strategy<Value = (usize, Vec<f64>)> {
    (1_usize..4).prop_flat_map(|d| {
        (Just(d), prop::collection::vec((-8_i32..8).prop_map(|v| f64::from(v) / 2.0), d * 30))
    })
}

/// The first cases that differ, numbered from 1; at most k.
fn distinct(values: &[f64], d: usize, k: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for (case, row) in values.chunks_exact(d).enumerate() {
        let is_new = found.iter().all(|other| &values[(other - 1) * d..][..d] != row);
        if is_new && found.len() < k {
            found.push(case + 1);
        }
    }
    found
}

proptest! {
    #[test]
    fn lloyd_never_raises_the_sum_of_squares((d, values) in coarse(), k in 1_usize..6) {
        let rows = Rows::complete(d, values.clone());
        let centres: Vec<f64> = values[..k * d].to_vec();
        let mut last = f64::INFINITY;
        for iterations in 1..12 {
            let sse = descend(&rows, centres.clone(), Course::to_rest(iterations)).partition.sse;
            prop_assert!(sse <= last * (1.0 + 1e-12), "{} after {}", sse, last);
            last = sse;
        }
    }

    #[test]
    fn every_case_is_in_its_nearest_cluster_and_centres_are_means(
        (d, values) in coarse(), k in 1_usize..5,
    ) {
        let points = table(d, &values);
        let Ok(plan) = (Options { restarts: 2, compare_up_to: 2, gap_references: 0, bootstraps: 0, ..Options::new(k) }).check(&points)
        else { return Ok(()) };
        let clusters = plan.run(&mut Diagnostics::new()).unwrap();
        prop_assert_eq!(clusters.stopped, Stopped::Converged);
        prop_assert_eq!(clusters.sizes.iter().sum::<usize>(), 30);
        for (case, member) in clusters.membership.iter().enumerate() {
            for centre in &clusters.centres {
                let squares = points.row(case).iter().zip(centre).map(|(x, c)| (x - c).powi(2));
                let to: f64 = squares.sum::<f64>().sqrt();
                prop_assert!(member.distance.unwrap() <= to + 1e-12);
            }
        }
        let squares: f64 = clusters.membership.iter().map(|m| m.distance.unwrap().powi(2)).sum();
        prop_assert!((squares - clusters.sse).abs() <= 1e-9 * clusters.sse.max(1.0));
        prop_assert!(clusters.better.is_none_or(|b| b.sse < clusters.sse));
    }

    /// Values are halves and weights small whole numbers, so that all sums are exact.
    #[test]
    fn a_weight_is_a_repetition(
        (d, values) in coarse(), weights in prop::collection::vec(1_usize..4, 30), k in 1_usize..5,
    ) {
        let weighted = table(d, &values)
            .weighted("w", weights.iter().map(|&w| Some(w as f64)).collect())
            .unwrap();
        let repeated: Vec<f64> = (values.chunks_exact(d).zip(&weights))
            .flat_map(|(row, &times)| row.repeat(times))
            .collect();
        let first: Vec<usize> = distinct(&values, d, k);
        if first.len() < k {
            return Ok(());
        }
        // Both start from the same cases.
        let later = first.iter().map(|case| weights[..case - 1].iter().sum::<usize>() + 1).collect();
        let alone = |cases| Options {
            start: Start::Cases(cases),
            restarts: 0,
            compare_up_to: 0,
            bootstraps: 0,
            ..Options::new(k)
        };
        let one = run(&weighted, alone(first)).0;
        let other = run(&table(d, &repeated), alone(later)).0;
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        prop_assert_eq!(one.iterations, other.iterations);
        prop_assert!(near(one.sse, other.sse));
        for (a, b) in one.centres.iter().flatten().zip(other.centres.iter().flatten()) {
            prop_assert!(near(*a, *b));
        }
        let sizes: Vec<f64> = other.sizes.iter().map(|&size| size as f64).collect();
        prop_assert_eq!(one.masses.unwrap(), sizes);
        let pairs = [
            (one.silhouette, other.silhouette),
            (one.calinski_harabasz, other.calinski_harabasz),
            (one.davies_bouldin, other.davies_bouldin),
        ];
        for (a, b) in pairs {
            prop_assert_eq!(a.is_some(), b.is_some());
            prop_assert!(near(a.unwrap_or(0.0), b.unwrap_or(0.0)), "{:?} {:?}", a, b);
        }
    }

    /// From named cases the order of the others does not matter, nor does a shift or a unit that is
    /// a power of two.
    #[test]
    fn order_shift_and_unit_do_not_matter((d, values) in coarse(), k in 1_usize..5) {
        let first = distinct(&values, d, k);
        if first.len() < k {
            return Ok(());
        }
        let alone = |cases| Options {
            start: Start::Cases(cases),
            restarts: 0,
            compare_up_to: 0,
            bootstraps: 0,
            max_iterations: 1,
            ..Options::new(k)
        };
        let one = run(&table(d, &values), alone(first.clone())).0;
        let backwards: Vec<f64> = values.chunks_exact(d).rev().flatten().copied().collect();
        let turned = first.iter().map(|case| 31 - case).collect();
        let other = run(&table(d, &backwards), alone(turned)).0;
        // One iteration: halves are summed exactly in any order, and there is no tie of centres
        // that are not cases.
        prop_assert_eq!(&one.history, &other.history);
        let moved: Vec<f64> = values.iter().map(|value| 4.0 * value + 1024.0).collect();
        let other = run(&table(d, &moved), alone(first)).0;
        for (a, b) in one.history[0].shifts.iter().zip(&other.history[0].shifts) {
            prop_assert!((4.0 * a - b).abs() < 1e-9);
        }
        if one.k == 1 {
            prop_assert!((16.0 * one.sse - other.sse).abs() < 1e-9 * other.sse.max(1.0));
        }
    }

    #[test]
    fn the_order_of_variables_does_not_matter((d, values) in coarse(), k in 1_usize..5) {
        let turned: Vec<f64> =
            values.chunks_exact(d).flat_map(|row| row.iter().rev().copied()).collect();
        let options = Options { restarts: 0, compare_up_to: 0, bootstraps: 0, ..Options::new(k) };
        let (one, other) = (table(d, &values), table(d, &turned));
        let Ok(plan) = options.clone().check(&one) else { return Ok(()) };
        let first = plan.run(&mut Diagnostics::new()).unwrap();
        let second = options.check(&other).unwrap().run(&mut Diagnostics::new()).unwrap();
        // Values are halves, so that squared distances are exact in any order; centres are not,
        // and cases halfway between two may fall either way from the second iteration on.
        prop_assert_eq!(&first.start_cases, &second.start_cases);
        for (a, b) in first.history[0].shifts.iter().zip(&second.history[0].shifts) {
            prop_assert!((a - b).abs() < 1e-12);
        }
    }
}

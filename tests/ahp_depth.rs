//! AHP beyond complete matrices of one scale: gaps, contradictions, repairs, groups, other scales,
//! weights from the data, other rankings.

use custval::agreement::{concordance, consensus, icc};
use custval::judgement::{Incomplete, Matrix, geometric_mean, ratio};
use custval::model::{Direction, JudgementScale, Objective, RandomIndex};
use custval::priority::{
    aip_arithmetic, aip_geometric, complete_by_eigenvalue, complete_by_least_squares, consistency,
    consistency_with_gaps, eigenvector, gci, misfits, objective_weights, repair,
    row_geometric_mean, triads,
};
use custval::value::{topsis, vikor};
use proptest::prelude::*;
use serde_json::Value;

const FIXTURES: &str = include_str!("fixtures/ahp_depth.json");
const CITY: &str = include_str!("fixtures/city200.csv");

fn fixtures(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(FIXTURES).unwrap();
    all[kind].as_array().unwrap().clone()
}

fn fixture(kind: &str, id: &str) -> Value {
    fixtures(kind).into_iter().find(|fixture| fixture["id"] == id).unwrap()
}

fn fraction(text: &str) -> f64 {
    match text.split_once('/') {
        Some((above, below)) => above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap(),
        None => text.parse().unwrap(),
    }
}

fn matrix(rows: &Value) -> Matrix {
    let row = |row: &Value| -> Vec<f64> {
        row.as_array().unwrap().iter().map(|entry| fraction(entry.as_str().unwrap())).collect()
    };
    Matrix::from_rows(&rows.as_array().unwrap().iter().map(row).collect::<Vec<_>>()).unwrap()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

#[track_caller]
fn near(ours: &[f64], theirs: &[f64], tolerance: f64, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (a, b) in ours.iter().zip(theirs) {
        assert!((a - b).abs() <= tolerance, "{what}: {ours:?} instead of {theirs:?}");
    }
}

fn judgements(fixture: &Value) -> Incomplete {
    let known: Vec<(usize, usize, f64)> = fixture["known"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| {
            let at = |key: &str| pair[key].as_u64().unwrap() as usize;
            (at("i"), at("j"), fraction(pair["value"].as_str().unwrap()))
        })
        .collect();
    Incomplete::from_known(fixture["n"].as_u64().unwrap() as usize, &known).unwrap()
}

/// The completions and weights of the fixtures to 1e-10 (they ask for 1e-8).
#[test]
fn gaps_are_filled_as_the_fixtures_say() {
    for fixture in fixtures("incomplete") {
        let id = fixture["id"].as_str().unwrap();
        let judgements = judgements(&fixture);
        let expected = &fixture["recomputed"];
        let connected = expected["connected"].as_bool().unwrap();
        assert_eq!(judgements.components().len() == 1, connected, "{id}");
        let completed = complete_by_eigenvalue(&judgements);
        assert_eq!(completed.is_some(), connected, "{id}");
        let Some(completed) = completed else {
            assert_eq!(judgements.components(), [vec![0, 1], vec![2, 3]]);
            assert!(complete_by_least_squares(&judgements).is_none());
            continue;
        };
        let optimum = &expected["lambda_min_completion"];
        for gap in optimum["missing"].as_array().unwrap() {
            let at = |key: &str| gap[key].as_u64().unwrap() as usize;
            let ours = completed.get(at("i"), at("j"));
            near(&[ours], &[gap["value"].as_f64().unwrap()], 1e-10, id);
        }
        let perron = eigenvector(&completed);
        near(&perron.weights, &numbers(&optimum["weights"]), 1e-10, id);
        near(&[perron.lambda_max], &[optimum["lambda_max"].as_f64().unwrap()], 1e-10, id);
        let by_squares = row_geometric_mean(&complete_by_least_squares(&judgements).unwrap());
        near(&by_squares, &numbers(&expected["weights_llsm"]), 1e-12, id);
    }
}

/// Ágoston and Csató's table, where 4 items with one gap have 0.583 instead of 0.884.
#[test]
fn the_random_index_knows_the_gaps() {
    let bozoki = judgements(&fixture("incomplete", "bozoki_4"));
    let lambda = eigenvector(&complete_by_eigenvalue(&bozoki).unwrap()).lambda_max;
    let known = consistency_with_gaps(lambda, 4, 1, RandomIndex::Saaty1980, 0.1);
    near(&[known.cr], &[0.030789097979752118 / 0.583], 1e-10, "bozoki_4");
    assert_eq!(known.ri_table, RandomIndex::AgostonCsato2022);
    // Beyond the table: 1 − 2m/((n − 1)(n − 2)) of the complete one, 1.41 for eight items.
    let beyond = consistency_with_gaps(8.5, 8, 4, RandomIndex::Saaty1980, 0.1);
    near(&[beyond.ri], &[1.41 * (1.0 - 8.0 / 42.0)], 1e-15, "eight items");
    assert_eq!(beyond.ri_table, RandomIndex::Saaty1980);
    let tree = consistency_with_gaps(5.0 + 1e-12, 5, 6, RandomIndex::Saaty1980, 0.1);
    assert_eq!((tree.ci, tree.cr, tree.acceptable), (0.0, 0.0, true));
}

#[test]
fn contradictions_are_measured_as_in_the_fixtures() {
    for fixture in fixtures("matrices") {
        let id = fixture["id"].as_str().unwrap();
        let expected = &fixture["recomputed"];
        let matrix = matrix(&fixture["matrix"]);
        let judgements = Incomplete::from(&matrix);
        let ours = gci(&judgements, &row_geometric_mean(&matrix));
        near(&[ours], &[expected["GCI"].as_f64().unwrap()], 1e-12, id);
        let found = triads(&judgements);
        near(&[found.koczkodaj], &[expected["koczkodaj_K"].as_f64().unwrap()], 1e-12, id);
        assert_eq!(
            found.intransitive,
            expected["intransitive_triads"].as_u64().unwrap() as usize,
            "{id}"
        );
        let worst = misfits(&judgements, &eigenvector(&matrix).weights);
        for (ours, theirs) in
            worst.iter().zip(expected["most_inconsistent_top3"].as_array().unwrap())
        {
            let at = |key: &str| theirs[key].as_u64().unwrap() as usize;
            assert_eq!((ours.i, ours.j), (at("i"), at("j")), "{id}: {worst:?}");
            near(&[ours.error], &[theirs["eps"].as_f64().unwrap()], 1e-10, id);
            let suggested = theirs["suggested_wi_over_wj"].as_f64().unwrap();
            near(&[ours.suggested], &[suggested], 1e-10 * suggested.max(1.0), id);
        }
        if let Some(printed) = fixture["published"]["GCI"].as_f64() {
            near(&[ours], &[printed], 6e-4, id);
        }
    }
}

#[test]
fn groups_combine_and_agree_as_in_the_fixtures() {
    for fixture in fixtures("groups") {
        let id = fixture["id"].as_str().unwrap();
        let expected = &fixture["recomputed"];
        let matrices: Vec<Matrix> =
            fixture["matrices"].as_array().unwrap().iter().map(matrix).collect();
        let shares = numbers(&fixture["expert_weights"]);
        let own: Vec<Vec<f64>> = matrices.iter().map(|m| eigenvector(m).weights).collect();
        let weighted: Vec<(f64, &[f64])> =
            shares.iter().zip(&own).map(|(share, own)| (*share, own.as_slice())).collect();
        let geometric = aip_geometric(&weighted).unwrap();
        near(&geometric, &numbers(&expected["aip_geometric_from_eigenvector"]), 1e-12, id);
        let arithmetic = aip_arithmetic(&weighted).unwrap();
        near(&arithmetic, &numbers(&expected["aip_arithmetic_from_eigenvector"]), 1e-12, id);
        let of_weights: Vec<&[f64]> = own.iter().map(Vec::as_slice).collect();
        let goepel = &expected["goepel_consensus_equal_weights"];
        let found = consensus(&of_weights, 9.0).unwrap();
        for (ours, key) in [
            (found.s_star, "S_star"),
            (found.h_alpha, "H_alpha"),
            (found.h_gamma, "H_gamma"),
            (found.h_beta, "H_beta"),
        ] {
            near(&[ours], &[goepel[key].as_f64().unwrap()], 1e-12, &format!("{id} {key}"));
        }
        let w = concordance(&of_weights).unwrap().w;
        near(&[w], &[expected["kendall_W_of_weight_ranks"].as_f64().unwrap()], 1e-12, id);
        // GCOMPI: how well the group's weights fit everybody's judgements.
        let pairs: Vec<(f64, &Matrix)> = shares.iter().copied().zip(&matrices).collect();
        let group = geometric_mean(&pairs).unwrap();
        let fitted = row_geometric_mean(&group);
        let total: f64 = shares.iter().sum();
        let gcompi: f64 = pairs
            .iter()
            .map(|(share, matrix)| share / total * gci(&Incomplete::from(*matrix), &fitted))
            .sum();
        near(&[gcompi], &[expected["GCOMPI"].as_f64().unwrap()], 1e-12, id);
        let of_group = gci(&Incomplete::from(&group), &fitted);
        near(&[of_group], &[expected["aij_GCI"].as_f64().unwrap()], 1e-12, id);
    }
}

#[test]
fn judgement_scales_are_those_of_the_fixtures() {
    let mut compared = 0;
    for fixture in fixtures("judgement_scales") {
        let n = fixture["n"].as_u64().unwrap() as usize;
        for (word, scales) in fixture["map"].as_object().unwrap() {
            for (scale, value) in scales.as_object().unwrap() {
                let scale: JudgementScale = scale.parse().unwrap();
                let (word, value) = (word.parse::<f64>().unwrap(), value.as_f64().unwrap());
                let what = format!("{scale} {word} of {n}");
                near(&[ratio(scale, word, n)], &[value], 1e-12 * value, &what);
                near(&[ratio(scale, 1.0 / word, n)], &[1.0 / value], 1e-12, &what);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 3 * 9 * JudgementScale::ALL.len());
}

/// 200 respondents of the R package ahpsurvey: the column a_b is negative where a is more important.
fn respondents() -> Vec<Matrix> {
    let judged = |cell: &str| {
        let answer: f64 = cell.parse().unwrap();
        if answer < 0.0 { -answer } else { 1.0 / answer }
    };
    let row = |line: &str| -> Matrix {
        let upper: Vec<f64> = line.split(',').map(judged).collect();
        Matrix::from_upper(5, &upper).unwrap()
    };
    CITY.lines().skip(1).map(row).collect()
}

#[test]
fn two_hundred_respondents() {
    let city = &fixture("survey", "city200")["recomputed"];
    let all = respondents();
    assert_eq!(all.len(), 200);
    let weighted: Vec<(f64, &Matrix)> = all.iter().map(|matrix| (1.0, matrix)).collect();
    let group = geometric_mean(&weighted).unwrap();
    for (row, expected) in group.rows().iter().zip(city["aij_matrix"].as_array().unwrap()) {
        near(row, &numbers(expected), 1e-12, "aij");
    }
    let perron = eigenvector(&group);
    near(&perron.weights, &numbers(&city["aij_weights_eigenvector"]), 1e-12, "weights");
    near(&[perron.lambda_max], &[city["aij_lambda_max"].as_f64().unwrap()], 1e-12 * 6.0, "λmax");
    near(&row_geometric_mean(&group), &numbers(&city["aij_weights_rgmm"]), 1e-12, "rgmm");
    let own: Vec<_> = all.iter().map(eigenvector).collect();
    let weights: Vec<(f64, &[f64])> = own.iter().map(|p| (1.0, p.weights.as_slice())).collect();
    let arithmetic = aip_arithmetic(&weights).unwrap();
    near(&arithmetic, &numbers(&city["aip_arithmetic_of_eigenvectors"]), 1e-12, "aip");
    let geometric = aip_geometric(&weights).unwrap();
    let expected = numbers(&city["aip_geometric_of_eigenvectors_normalised"]);
    near(&geometric, &expected, 1e-12, "geometric aip");
    let passing = |table| {
        own.iter().filter(|p| consistency(p.lambda_max, 5, table, 0.1).acceptable).count() as u64
    };
    assert_eq!(passing(RandomIndex::Saaty1980), city["n_CR_le_0.1_saaty1980"].as_u64().unwrap());
    let survey = city["n_CR_le_0.1_ahpsurvey_RI"].as_u64().unwrap();
    assert_eq!(passing(RandomIndex::Ahpsurvey500k), survey);
    let mut ratios: Vec<f64> =
        own.iter().map(|p| consistency(p.lambda_max, 5, RandomIndex::Saaty1980, 0.1).cr).collect();
    let mean = ratios.iter().sum::<f64>() / 200.0;
    near(&[mean], &[city["mean_CR_saaty1980"].as_f64().unwrap()], 1e-12, "mean CR");
    ratios.sort_by(f64::total_cmp);
    let median = (ratios[99] + ratios[100]) / 2.0;
    near(&[median], &[city["median_CR_saaty1980"].as_f64().unwrap()], 1e-12, "median CR");
    let plain: Vec<&[f64]> = own.iter().map(|p| p.weights.as_slice()).collect();
    let s_star = consensus(&plain, 9.0).unwrap().s_star;
    near(&[s_star], &[city["goepel_S_star"].as_f64().unwrap()], 1e-12, "S*");
    let w = concordance(&plain).unwrap().w;
    near(&[w], &[city["kendall_W"].as_f64().unwrap()], 1e-12, "W");
    // Whose worst judgement is which; the fixtures count them over all respondents.
    let names = ["cult", "fam", "house", "jobs", "trans"];
    let mut counts = std::collections::BTreeMap::new();
    for (matrix, perron) in all.iter().zip(&own) {
        let worst = misfits(&Incomplete::from(matrix), &perron.weights)[0];
        *counts.entry(format!("{}_{}", names[worst.i], names[worst.j])).or_insert(0_u64) += 1;
    }
    for (pair, count) in city["most_inconsistent_pair_counts"].as_object().unwrap() {
        assert_eq!(counts.get(pair), count.as_u64().as_ref(), "{pair}");
    }
}

#[test]
fn experts_agreement_is_that_of_the_fixtures() {
    let shrout = fixture("agreement", "icc_shrout_fleiss");
    let scores: Vec<Vec<f64>> = shrout["data"].as_array().unwrap().iter().map(numbers).collect();
    let found = icc(&scores).unwrap();
    let expected = &shrout["recomputed"];
    for (ours, key) in [
        (Some(found.ms_targets), "BMS"),
        (Some(found.ms_judges), "JMS"),
        (Some(found.ms_error), "EMS"),
        (Some(found.ms_within), "WMS"),
        (found.icc1_1, "ICC1_1"),
        (found.icc2_1, "ICC2_1"),
        (found.icc3_1, "ICC3_1"),
        (found.icc1_k, "ICC1_k"),
        (found.icc2_k, "ICC2_k"),
        (found.icc3_k, "ICC3_k"),
        (found.f, "F"),
    ] {
        near(&[ours.unwrap()], &[expected[key].as_f64().unwrap()], 1e-11, key);
    }
    let kendall = fixture("agreement", "kendall_w_3x5");
    // Rank 1 is best: the largest value of each judge is that of rank 1.
    let negated: Vec<Vec<f64>> = (kendall["data"].as_array().unwrap().iter())
        .map(|ranks| numbers(ranks).iter().map(|rank| -rank).collect())
        .collect();
    let judges: Vec<&[f64]> = negated.iter().map(Vec::as_slice).collect();
    let found = concordance(&judges).unwrap();
    near(&[found.w], &[kendall["recomputed"]["W"].as_f64().unwrap()], 1e-14, "W");
    near(&[found.chi2], &[kendall["recomputed"]["chi2"].as_f64().unwrap()], 1e-13, "χ²");
    // With four degrees of freedom the tail of χ² is e^(−x/2)(1 + x/2).
    let half = found.chi2 / 2.0;
    near(&[found.p.unwrap()], &[(-half).exp() * (1.0 + half)], 1e-12, "p");
    assert_eq!(found.df, 4);
}

#[test]
fn weights_from_the_data_and_other_rankings_are_those_of_the_fixtures() {
    let phones = fixture("objective_and_ranking", "phones_5x4");
    let rows: Vec<Vec<f64>> = phones["matrix"].as_array().unwrap().iter().map(numbers).collect();
    let columns: Vec<Vec<f64>> = (0..4).map(|c| rows.iter().map(|row| row[c]).collect()).collect();
    let directions: Vec<Direction> = numbers(&phones["types"])
        .iter()
        .map(|sign| if *sign < 0.0 { Direction::Cost } else { Direction::Benefit })
        .collect();
    let expected = &phones["recomputed"];
    let weights = |how| objective_weights(&columns, &directions, how).unwrap();
    let entropy = weights(Objective::Entropy);
    near(&entropy, &numbers(&expected["entropy_weights"]), 1e-13, "entropy");
    let critic = weights(Objective::Critic);
    near(&critic, &numbers(&expected["critic_weights_sample_sd"]), 1e-13, "critic");
    let equal = topsis(&columns, &directions, &[0.25; 4]);
    near(&equal, &numbers(&expected["topsis_vector_equal"]), 1e-13, "topsis");
    near(&equal, &numbers(&phones["published"]["topsis_vector_equal_weights"]), 6e-4, "printed");
    let by_entropy = topsis(&columns, &directions, &entropy);
    near(&by_entropy, &numbers(&expected["topsis_vector_entropy"]), 1e-13, "topsis, entropy");
    let found = vikor(&columns, &directions, &numbers(&expected["vikor_weights"]), 0.5);
    for (ours, key) in [(&found.s, "S"), (&found.r, "R"), (&found.q, "Q")] {
        near(ours, &numbers(&expected["vikor"][key]), 1e-12, key);
    }
    assert!(found.without.is_empty());
    // With equal weights every R is the same: Q is that of S alone, and says so.
    assert_eq!(fixtures("vikor_equal_r").len(), 1);
    let same = vikor(&columns, &directions, &[0.25; 4], 0.5);
    assert_eq!(same.without, ["R"]);
    let (least, most) =
        same.s.iter().fold((f64::MAX, f64::MIN), |(a, b), s| (a.min(*s), b.max(*s)));
    let by_sum: Vec<f64> = same.s.iter().map(|s| (s - least) / (most - least)).collect();
    near(&same.q, &by_sum, 1e-15, "Q of S");
}

fn cr(judgements: &Incomplete) -> f64 {
    let matrix = complete_by_eigenvalue(judgements).unwrap();
    let (n, missing) = (judgements.size(), judgements.missing());
    let lambda = eigenvector(&matrix).lambda_max;
    consistency_with_gaps(lambda, n, missing, RandomIndex::Saaty1980, 0.1).cr
}

fn repaired(judgements: &Incomplete) -> Option<(Incomplete, Vec<custval::priority::Change>)> {
    let (n, missing) = (judgements.size(), judgements.missing());
    let enough = |lambda: f64| {
        consistency_with_gaps(lambda, n, missing, RandomIndex::Saaty1980, 0.1).acceptable
    };
    let changes = repair(judgements, 9.0, &|word| word, &enough)?;
    let known: Vec<(usize, usize, f64)> = judgements
        .pairs()
        .map(|(i, j)| {
            let changed = changes.iter().find(|change| (change.i, change.j) == (i, j));
            (i, j, changed.map_or(judgements.get(i, j).unwrap(), |change| change.to))
        })
        .collect();
    Some((Incomplete::from_known(n, &known).unwrap(), changes))
}

fn scale() -> Vec<f64> {
    (2..=9).rev().map(|k| 1.0 / f64::from(k)).chain((1..=9).map(f64::from)).collect()
}

fn steps(from: f64, to: f64) -> f64 {
    let place = |a: f64| if a >= 1.0 { a - 1.0 } else { 1.0 - 1.0 / a };
    (place(from) - place(to)).abs()
}

/// The fewest changes, then the fewest steps, by trying every change of one and of two judgements.
fn exhaustive(judgements: &Incomplete) -> Option<(usize, f64)> {
    let pairs: Vec<(usize, usize)> = judgements.pairs().collect();
    let n = judgements.size();
    let upper = |at: &[(usize, f64)]| -> Matrix {
        let given = |k: usize| {
            let changed = at.iter().find(|(pair, _)| *pair == k);
            changed.map_or(judgements.get(pairs[k].0, pairs[k].1).unwrap(), |change| change.1)
        };
        Matrix::from_upper(n, &(0..pairs.len()).map(given).collect::<Vec<f64>>()).unwrap()
    };
    let suffices = |at: &[(usize, f64)]| {
        let lambda = eigenvector(&upper(at)).lambda_max;
        consistency(lambda, n, RandomIndex::Saaty1980, 0.1).acceptable
    };
    if suffices(&[]) {
        return Some((0, 0.0));
    }
    let from = |k: usize| judgements.get(pairs[k].0, pairs[k].1).unwrap();
    let mut best: Option<f64> = None;
    let mut keep = |cost: f64| best = Some(best.map_or(cost, |best: f64| best.min(cost)));
    for k in 0..pairs.len() {
        for to in scale() {
            if suffices(&[(k, to)]) {
                keep(steps(from(k), to));
            }
        }
    }
    if let Some(best) = best {
        return Some((1, best));
    }
    for k in 0..pairs.len() {
        for l in k + 1..pairs.len() {
            for one in scale() {
                for other in scale() {
                    let cost = steps(from(k), one) + steps(from(l), other);
                    if best.is_none_or(|best| cost < best) && suffices(&[(k, one), (l, other)]) {
                        best = Some(cost);
                    }
                }
            }
        }
    }
    best.map(|best| (2, best))
}

fn word() -> impl Strategy<Value = f64> {
    prop::sample::select(scale())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What is offered does what it says, and nothing smaller does.
    #[test]
    fn a_repair_of_four_items_is_the_smallest(upper in prop::collection::vec(word(), 6)) {
        let judgements = Incomplete::from(&Matrix::from_upper(4, &upper).unwrap());
        let expected = exhaustive(&judgements);
        let (after, changes) = repaired(&judgements).unwrap();
        prop_assert!(cr(&after) <= 0.1 + 1e-12, "{}", cr(&after));
        if let Some((count, cost)) = expected {
            prop_assert_eq!(changes.len(), count);
            let ours: f64 = changes.iter().map(|change| steps(change.from, change.to)).sum();
            prop_assert!((ours - cost).abs() < 1e-9, "{} steps instead of {}", ours, cost);
        }
    }

    /// Of any size, also with gaps, the repaired judgements are at the limit or below, on the scale,
    /// and nothing else is touched.
    #[test]
    fn every_repair_does_what_it_says(
        n in 3_usize..8,
        words in prop::collection::vec(word(), 21),
        gaps in prop::collection::vec(prop::bool::weighted(0.2), 21),
    ) {
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        let known: Vec<(usize, usize, f64)> = pairs
            .zip(words.iter().zip(&gaps))
            .filter(|((i, j), (_, gap))| !**gap || j - i == 1)
            .map(|((i, j), (word, _))| (i, j, *word))
            .collect();
        let judgements = Incomplete::from_known(n, &known).unwrap();
        let Some((after, changes)) = repaired(&judgements) else {
            return Err(TestCaseError::fail("no repair was found"));
        };
        prop_assert!(cr(&after) <= 0.1 + 1e-9, "{} by {:?}", cr(&after), changes);
        for change in &changes {
            prop_assert!(scale().contains(&change.to));
            prop_assert_eq!(judgements.get(change.i, change.j), Some(change.from));
            prop_assert!(change.to != change.from);
        }
        prop_assert_eq!(changes.is_empty(), cr(&judgements) <= 0.1);
    }

    /// No completion has a smaller λmax than the one found: every gap moved either way is worse.
    #[test]
    fn the_completion_is_the_smallest(words in prop::collection::vec(word(), 10)) {
        let all: Vec<(usize, usize)> =
            (0..5).flat_map(|i| (i + 1..5).map(move |j| (i, j))).collect();
        let known: Vec<(usize, usize, f64)> =
            all.iter().zip(&words).filter(|((i, j), _)| (i + j) % 3 != 0 || j - i == 1)
                .map(|((i, j), word)| (*i, *j, *word)).collect();
        let judgements = Incomplete::from_known(5, &known).unwrap();
        let matrix = complete_by_eigenvalue(&judgements).unwrap();
        let lambda = eigenvector(&matrix).lambda_max;
        for (i, j) in judgements.gaps() {
            for factor in [0.999, 1.001] {
                let mut rows = matrix.rows();
                rows[i][j] *= factor;
                rows[j][i] /= factor;
                let other = eigenvector(&Matrix::from_rows(&rows).unwrap()).lambda_max;
                prop_assert!(other >= lambda - 1e-12 * lambda, "{} < {}", other, lambda);
            }
        }
    }

    /// Items in another order get the same weights in that order, and the same consistency.
    #[test]
    fn the_order_of_items_does_not_matter(
        upper in prop::collection::vec(word(), 15),
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let matrix = Matrix::from_upper(6, &upper).unwrap();
        let rows = matrix.rows();
        let shuffled: Vec<Vec<f64>> =
            order.iter().map(|&i| order.iter().map(|&j| rows[i][j]).collect()).collect();
        let shuffled = Matrix::from_rows(&shuffled).unwrap();
        let (ours, theirs) = (eigenvector(&matrix), eigenvector(&shuffled));
        prop_assert!((ours.lambda_max - theirs.lambda_max).abs() < 1e-11);
        for (at, &item) in order.iter().enumerate() {
            prop_assert!((theirs.weights[at] - ours.weights[item]).abs() < 1e-12);
        }
        let (ours, theirs) =
            (triads(&Incomplete::from(&matrix)), triads(&Incomplete::from(&shuffled)));
        prop_assert_eq!(ours.intransitive, theirs.intransitive);
        prop_assert!((ours.koczkodaj - theirs.koczkodaj).abs() < 1e-12);
    }

    /// Experts in another order, and weights all multiplied, give the same group.
    #[test]
    fn the_order_and_scale_of_experts_do_not_matter(
        words in prop::collection::vec(prop::collection::vec(word(), 3), 4),
        shares in prop::collection::vec(0.1_f64..5.0, 4),
    ) {
        let matrices: Vec<Matrix> =
            words.iter().map(|upper| Matrix::from_upper(3, upper).unwrap()).collect();
        let plain: Vec<(f64, &Matrix)> = shares.iter().copied().zip(&matrices).collect();
        let other: Vec<(f64, &Matrix)> =
            plain.iter().rev().map(|(share, matrix)| (share * 7.0, *matrix)).collect();
        let (one, two) = (geometric_mean(&plain).unwrap(), geometric_mean(&other).unwrap());
        prop_assert!(one.reciprocity_error() < 1e-14);
        for (a, b) in one.rows().concat().iter().zip(two.rows().concat()) {
            prop_assert!((a / b - 1.0).abs() < 1e-13);
        }
    }

    /// The worst judgements, by the definition and looking at every pair.
    #[test]
    fn the_worst_judgements_are_the_worst(upper in prop::collection::vec(word(), 10)) {
        let matrix = Matrix::from_upper(5, &upper).unwrap();
        let weights = eigenvector(&matrix).weights;
        let mut errors: Vec<f64> = (0..5)
            .flat_map(|i| (i + 1..5).map(move |j| (i, j)))
            .map(|(i, j)| {
                let error = matrix.get(i, j) * weights[j] / weights[i];
                error.max(1.0 / error)
            })
            .collect();
        errors.sort_by(|a, b| b.total_cmp(a));
        let ours = misfits(&Incomplete::from(&matrix), &weights);
        prop_assert_eq!(ours.len(), 10);
        for (ours, error) in ours.iter().zip(errors) {
            prop_assert!((ours.error / error - 1.0).abs() < 2e-9);
            prop_assert!((ours.given - matrix.get(ours.i, ours.j)).abs() == 0.0);
        }
    }
}

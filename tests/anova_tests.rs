//! The tests beside the one-way table against R, SciPy, statsmodels and pingouin, and what must not
//! change them.

use custval::Grouping;
use custval::anova::{Anova, FIs, MOST_COMPARED, Options, Origin, Pair, analyse, one_way};
use custval::distribution::{StudentizedRange, f_tail, noncentrality};
use proptest::prelude::*;
use serde_json::Value;

fn fixture(id: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("fixtures/stats/anova.json")).unwrap();
    all["fixtures"].as_array().unwrap().iter().find(|f| f["id"] == id).unwrap().clone()
}

fn scipy() -> Value {
    serde_json::from_str(include_str!("fixtures/stats/tests.json")).unwrap()
}

fn of(groups: &[Vec<f64>]) -> Anova {
    let labels: Vec<String> = (1..=groups.len()).map(|group| group.to_string()).collect();
    named(&labels.iter().zip(groups).map(|(l, v)| (l.as_str(), v.clone())).collect::<Vec<_>>())
}

fn named(groups: &[(&str, Vec<f64>)]) -> Anova {
    let labels: Vec<&str> = groups.iter().flat_map(|(name, v)| vec![*name; v.len()]).collect();
    let values = groups.iter().flat_map(|(_, v)| v.iter().copied()).collect();
    one_way(&["x".to_string()], &[values], &Grouping::by_label(&labels)).unwrap().remove(0)
}

fn analysed(input: &Value) -> Anova {
    let groups = input["groups"].as_object().unwrap();
    let number = |v: &Value| v.as_f64().unwrap();
    let groups: Vec<(&str, Vec<f64>)> = groups
        .iter()
        .map(|(name, v)| (name.as_str(), v.as_array().unwrap().iter().map(number).collect()))
        .collect();
    named(&groups)
}

fn near(found: Option<f64>, expected: &Value, relative: f64, what: &str) {
    let (found, expected) = (found.unwrap(), expected.as_f64().unwrap());
    let error = (found - expected).abs() / expected.abs().max(1e-300);
    assert!(error < relative, "{what}: {found} for {expected}, relative error {error:e}");
}

fn near_p(found: Option<f64>, expected: &Value, what: &str) {
    let (found, expected) = (found.unwrap(), expected.as_f64().unwrap());
    assert!((found - expected).abs() < 1e-8, "{what}: {found} for {expected}");
}

#[test]
fn tests_of_r_and_scipy() {
    for id in ["posthoc_iris", "posthoc_PlantGrowth", "posthoc_InsectSprays"] {
        let set = fixture(id);
        let table = analysed(&set["input"]);
        let expected = &set["expected"];
        for (found, path) in [
            (table.effects.epsilon_squared.value, "/epsilon2"),
            (table.effects.cohen_f.value, "/cohen_f"),
            (table.welch.f, "/welch/f"),
            (table.welch.df2, "/welch/df2"),
            (table.welch.p, "/welch/p"),
            (table.levene.f, "/levene_mean/f"),
            (table.levene.p, "/levene_mean/p"),
            (table.levene_median.f, "/levene_median/f"),
            (table.levene_median.p, "/levene_median/p"),
            (table.bartlett.k_squared, "/bartlett/k2"),
            (table.bartlett.p, "/bartlett/p"),
            (table.kruskal.h, "/kruskal/h"),
            (table.kruskal.p, "/kruskal/p"),
            (table.kruskal.epsilon_squared, "/kruskal/epsilon2"),
        ] {
            near(found, expected.pointer(path).unwrap(), 1e-8, &format!("{id}{path}"));
        }
        let pairs = expected["pairs"].as_array().unwrap();
        assert_eq!((table.tukey.len(), table.games_howell.len()), (pairs.len(), pairs.len()));
        for ((tukey, games_howell), expected) in
            table.tukey.iter().zip(&table.games_howell).zip(pairs)
        {
            let what = format!("{id} {} {}", tukey.a, tukey.b);
            for (pair, method) in [(tukey, "tukey"), (games_howell, "games_howell")] {
                let what = format!("{what} {method}");
                assert_eq!(
                    (&pair.a.as_str().into(), &pair.b.as_str().into()),
                    (&expected["a"], &expected["b"])
                );
                let own = &expected[method];
                near(Some(pair.difference), &expected["diff"], 1e-8, &what);
                near(pair.se, &own["se"], 1e-8, &what);
                near_p(pair.p, &own["p"], &what);
                near(pair.lower, &own["lower"], 1e-8, &what);
                near(pair.upper, &own["upper"], 1e-8, &what);
            }
            near(games_howell.df, &expected["games_howell"]["df"], 1e-8, &what);
        }
    }
}

#[test]
fn studentized_range_of_the_fixture() {
    let set = fixture("studentized_range_cdf_a");
    let cases = set["expected"].as_array().unwrap();
    assert!(cases.len() > 100, "{}", cases.len());
    for case in cases {
        let mut range = StudentizedRange::new(case["k"].as_u64().unwrap() as usize).unwrap();
        let found =
            1.0 - range.tail(case["q"].as_f64().unwrap(), case["df"].as_f64().unwrap()).unwrap();
        let error = (found - case["cdf"].as_f64().unwrap()).abs();
        assert!(error < 1e-10, "{case}: {found}, error {error:e}");
    }
    for case in fixture("studentized_range_ppf_a")["expected"].as_array().unwrap() {
        let mut range = StudentizedRange::new(case["k"].as_u64().unwrap() as usize).unwrap();
        let tail = 1.0 - case["p"].as_f64().unwrap();
        let found = range.quantile(tail, case["df"].as_f64().unwrap());
        // SciPy's own error shows at 99,996 degrees of freedom.
        near(found, &case["q"], 1e-8, &case.to_string());
    }
}

#[test]
fn noncentralities_of_scipy() {
    for case in scipy()["noncentral"].as_array().unwrap() {
        let number = |name: &str| case[name].as_f64().unwrap();
        let (df1, df2) = (number("df1") as usize, number("df2") as usize);
        for (name, p) in [("lower", 0.975), ("upper", 0.025)] {
            let found = noncentrality(number("f"), df1, df2, p).unwrap();
            let error = (found - number(name)).abs();
            assert!(error < 1e-8 * number(name).max(1.0), "{case}: {found}");
        }
    }
}

#[test]
fn normality_of_scipy() {
    let document = scipy();
    let test = |values: Vec<f64>, expected: &Value| {
        let table = of(&[values, vec![0.0, 1.0]]);
        let found = &table.normality[0];
        near(found.w, &expected["w"], 1e-8, "W");
        near(found.p, &expected["p"], 1e-5, "p");
    };
    for case in document["shapiro"].as_array().unwrap() {
        let values = case["values"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap());
        test(values.collect(), case);
    }
    let by_rule = (1..=2000).map(|i: u32| f64::from(i * 7919 % 4999) / 4999.0);
    test(by_rule.collect(), &document["shapiro_rule"]);
}

#[test]
fn normality_says_why_it_is_not_tested() {
    let many: Vec<f64> = (0..5001).map(f64::from).collect();
    let table = of(&[vec![1.0, 2.0], vec![3.0; 4], many, vec![1.0, 2.0, 4.0]]);
    let reasons: Vec<Option<&str>> =
        table.normality.iter().map(|group| group.why_not.as_deref()).collect();
    let size = Some("the test takes 3 to 5000 cases");
    assert_eq!(reasons, [size, Some("all values are equal"), size, None]);
    assert!(table.normality[..3].iter().all(|group| group.w.is_none() && group.p.is_none()));
    assert!(table.normality[3].w.is_some());
}

/// What is undefined is null, and a note says why.
#[test]
fn edges_are_told() {
    let constant = analysed(&fixture("edge_constant_groups")["input"]);
    assert_eq!((constant.f_is, constant.p), (FIs::Infinite, Some(0.0)));
    assert_eq!((constant.welch.f, constant.welch.p, constant.bartlett.p), (None, None, None));
    assert_eq!((constant.levene.f, constant.levene.p), (None, None));
    assert!(constant.kruskal.h.is_some());
    assert!(constant.tukey.iter().chain(&constant.games_howell).all(|pair| pair.p.is_none()));
    assert_eq!(constant.effects.eta_squared.value, Some(1.0));
    assert_eq!(constant.effects.eta_squared.lower, None);
    for about in ["F is infinite", "Welch", "Levene", "Bartlett", "Tukey", "Games", "interval"] {
        assert!(constant.notes.iter().any(|note| note.contains(about)), "{about}");
    }
    let equal = analysed(&fixture("edge_all_equal")["input"]);
    assert_eq!((equal.kruskal.h, equal.kruskal.p, equal.f), (None, None, None));
    assert!(equal.notes.iter().any(|note| note.contains("Kruskal")));
    // One group of a single case: F and Tukey stand, Welch and its pairs do not.
    let single = of(&[vec![1.0, 2.0, 4.0], vec![9.0], vec![3.0, 5.0, 8.0]]);
    assert!(single.p.is_some() && single.tukey.iter().all(|pair| pair.p.is_some()));
    assert_eq!(single.welch.p, None);
    let by_pair: Vec<bool> = single.games_howell.iter().map(|pair| pair.p.is_some()).collect();
    assert_eq!(by_pair, [false, true, false]);
    // JSON has no NaN and no infinity.
    for table in [&constant, &equal, &single] {
        let text = serde_json::to_string(table).unwrap();
        let back: Value = serde_json::from_str(&text).unwrap();
        assert!(back["welch"].as_object().unwrap().contains_key("f"));
    }
}

#[test]
fn too_many_groups_are_not_compared_by_pairs() {
    let groups = |n: usize| -> Anova {
        of(&(0..n).map(|i| vec![i as f64, i as f64 + 1.5, i as f64 - 0.25]).collect::<Vec<_>>())
    };
    let most = groups(MOST_COMPARED);
    assert_eq!(most.tukey.len(), MOST_COMPARED * (MOST_COMPARED - 1) / 2);
    let beyond = groups(MOST_COMPARED + 1);
    assert!(beyond.tukey.is_empty() && beyond.games_howell.is_empty());
    assert!(beyond.notes.iter().any(|note| note.starts_with("Pairs are not compared")));
}

#[test]
fn every_sentence_about_clusters_carries_the_caveat() {
    let values = vec![1.0, 2.0, 4.0, 7.0, 8.5, 9.0, 20.0, 22.0, 21.5];
    let groups = Grouping::by_label(&["1", "1", "1", "2", "2", "2", "3", "3", "3"]);
    let options = Options { origin: Origin::Clusters, ..Options::default() };
    let table = analyse(&["x".to_string()], std::slice::from_ref(&values), &groups, &options);
    let table = table.unwrap().remove(0);
    assert_eq!(table.sentences.len(), 9);
    for sentence in &table.sentences {
        assert!(sentence.contains("describes and does not test"), "{sentence}");
    }
    let plain = one_way(&["x".to_string()], &[values], &groups).unwrap().remove(0);
    assert!(plain.sentences.iter().all(|sentence| !sentence.contains("clusters")));
    assert!(plain.sentences[0].contains("of x differ"), "{}", plain.sentences[0]);
    assert!(plain.named("profit").sentences[0].contains("of profit differ"));
}

#[test]
fn a_higher_level_widens_every_interval() {
    let values = vec![1.0, 2.0, 4.0, 7.0, 8.5, 9.0];
    let groups = Grouping::by_label(&["a", "a", "a", "b", "b", "b"]);
    let at = |level: f64| {
        let options = Options { level, ..Options::default() };
        analyse(&["x".to_string()], std::slice::from_ref(&values), &groups, &options)
            .map(|mut tables| tables.remove(0))
    };
    let (low, high) = (at(0.9).unwrap(), at(0.99).unwrap());
    for (low, high) in
        low.tukey.iter().zip(&high.tukey).chain(low.games_howell.iter().zip(&high.games_howell))
    {
        assert!(high.lower < low.lower && high.upper > low.upper && high.p == low.p);
    }
    assert!(high.effects.cohen_f.upper > low.effects.cohen_f.upper);
    for level in [0.4, 1.0, f64::NAN] {
        assert!(at(level).is_err());
    }
}

/// Small whole numbers in two to four groups, each with two different values at least.
fn some_groups() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let group = prop::collection::vec(-50_i32..50, 3..9).prop_filter_map("varies", |values| {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        values.iter().any(|v| *v != values[0]).then_some(values)
    });
    prop::collection::vec(group, 2..5)
}

/// Every figure that no unit has, in the order of the groups.
fn unitless(table: &Anova) -> Vec<Option<f64>> {
    let effects = [
        table.effects.eta_squared,
        table.effects.omega_squared,
        table.effects.epsilon_squared,
        table.effects.cohen_f,
    ];
    let mut all = vec![
        table.f,
        table.p,
        table.welch.f,
        table.welch.df2,
        table.welch.p,
        table.levene.f,
        table.levene.p,
        table.levene_median.f,
        table.levene_median.p,
        table.bartlett.k_squared,
        table.bartlett.p,
        table.kruskal.h,
        table.kruskal.p,
    ];
    all.extend(effects.iter().flat_map(|effect| [effect.value, effect.lower, effect.upper]));
    all
}

/// What belongs to one group or one pair, whatever their order and names.
fn by_groups(table: &Anova) -> Vec<f64> {
    let mut all: Vec<f64> =
        table.normality.iter().flat_map(|group| [group.w, group.p]).flatten().collect();
    all.extend(table.tukey.iter().chain(&table.games_howell).filter_map(|pair: &Pair| pair.p));
    all.sort_by(f64::total_cmp);
    all
}

fn same(a: Option<f64>, b: Option<f64>) -> Result<(), TestCaseError> {
    match (a, b) {
        (Some(a), Some(b)) => {
            prop_assert!((a - b).abs() <= 1e-9 * a.abs().max(b.abs()) + 1e-11, "{} {}", a, b)
        }
        (a, b) => prop_assert_eq!(a, b),
    }
    Ok(())
}

fn all_same(a: &Anova, b: &Anova) -> Result<(), TestCaseError> {
    for (a, b) in unitless(a).into_iter().zip(unitless(b)) {
        same(a, b)?;
    }
    let (a, b) = (by_groups(a), by_groups(b));
    prop_assert_eq!(a.len(), b.len());
    for (a, b) in a.into_iter().zip(b) {
        same(Some(a), Some(b))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn shift_and_scale_change_nothing(
        groups in some_groups(),
        shift in -1000_i32..1000,
        scale in prop::sample::select(vec![0.125, 3.0, 1024.0, -1.0, -7.0]),
    ) {
        let moved: Vec<Vec<f64>> = groups
            .iter()
            .map(|group| group.iter().map(|v| (v + f64::from(shift)) * scale).collect())
            .collect();
        all_same(&of(&groups), &of(&moved))?;
    }

    #[test]
    fn orders_and_names_change_nothing(groups in some_groups(), turn in 0_usize..8) {
        let mut turned: Vec<Vec<f64>> = groups
            .iter()
            .map(|group| {
                let mut group = group.clone();
                group.reverse();
                group.rotate_left(turn % groups[0].len().min(3));
                group
            })
            .collect();
        turned.rotate_left(turn % groups.len());
        let names = ["delta", "b", "", "a long name"];
        let named: Vec<(&str, Vec<f64>)> = names.into_iter().zip(turned).collect();
        all_same(&of(&groups), &self::named(&named))?;
    }

    #[test]
    fn ranks_ignore_monotone_transformations(groups in some_groups()) {
        let bent: Vec<Vec<f64>> = groups
            .iter()
            .map(|group| group.iter().map(|v| v * v * v + (v / 10.0).exp()).collect())
            .collect();
        let (plain, bent) = (of(&groups), of(&bent));
        prop_assert_eq!(plain.kruskal, bent.kruskal);
    }

    #[test]
    fn two_groups_are_t_tests(groups in some_groups()) {
        let table = of(&groups[..2]);
        let (a, b) = (&groups[0], &groups[1]);
        let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
        let part = |v: &[f64]| {
            v.iter().map(|x| (x - mean(v)).powi(2)).sum::<f64>()
                / (v.len() - 1) as f64
                / v.len() as f64
        };
        let t = (mean(a) - mean(b)) / (part(a) + part(b)).sqrt();
        same(table.welch.f, Some(t * t))?;
        // The studentized range of two is √2 |t|.
        same(table.games_howell[0].p, table.welch.p)?;
        same(table.tukey[0].p, table.p)?;
        // The interval holds 0 exactly where p is not below 5 %.
        for pair in [&table.tukey[0], &table.games_howell[0]] {
            let holds = pair.lower.unwrap() <= 0.0 && pair.upper.unwrap() >= 0.0;
            prop_assert_eq!(holds, pair.p.unwrap() >= 0.05);
        }
        let f = table.f.unwrap();
        same(table.p, f_tail(f, 1, table.within.df))?;
    }
}

//! The analysis of variance against NIST's certified values, R, SciPy and mpmath.

use custval::Grouping;
use custval::anova::{Anova, FIs, f_tail, one_way};
use serde_json::Value;

fn fixtures() -> Vec<Value> {
    let text = include_str!("fixtures/stats/anova.json");
    let all: Value = serde_json::from_str(text).unwrap();
    all["fixtures"].as_array().unwrap().clone()
}

fn fixture(id: &str) -> Value {
    fixtures().into_iter().find(|f| f["id"] == id).unwrap()
}

fn analysed(groups: &[(String, Vec<f64>)]) -> Anova {
    let labels: Vec<&str> =
        groups.iter().flat_map(|(name, v)| vec![name.as_str(); v.len()]).collect();
    let values = groups.iter().flat_map(|(_, v)| v.iter().copied()).collect();
    one_way(&["x".to_string()], &[values], &Grouping::by_label(&labels)).unwrap().remove(0)
}

/// NIST's generator: the decimal text first, then `f64`, as a program would read the file. The
/// text is a count of tenths, so that no arithmetic rounds.
fn generated(first_values: &[&str], replicates: usize) -> Vec<(String, Vec<f64>)> {
    let tenths = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    let text = |tenths: i64| format!("{}.{}", tenths / 10, tenths % 10);
    first_values
        .iter()
        .enumerate()
        .map(|(group, first)| {
            let first = tenths(first);
            let value = |i: usize| match i {
                0 => first,
                i if i % 2 == 1 => first - 1,
                _ => first + 1,
            };
            let values = (0..replicates).map(|i| text(value(i)).parse().unwrap()).collect();
            (group.to_string(), values)
        })
        .collect()
}

fn groups_of(input: &Value) -> Vec<(String, Vec<f64>)> {
    if let Some(first_values) = input["first_values"].as_array() {
        let first_values: Vec<&str> = first_values.iter().map(|v| v.as_str().unwrap()).collect();
        return generated(&first_values, input["replicates"].as_u64().unwrap() as usize);
    }
    let number = |v: &Value| v.as_f64().unwrap_or_else(|| v.as_str().unwrap().parse().unwrap());
    input["groups"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, values)| {
            (name.clone(), values.as_array().unwrap().iter().map(number).collect())
        })
        .collect()
}

/// The number of right decimal digits, as NIST counts them, at most 15.
fn lre(found: f64, certified: f64) -> f64 {
    let error = ((found - certified) / certified).abs();
    if error == 0.0 { 15.0 } else { (-error.log10()).min(15.0) }
}

#[test]
fn nist_sets_reach_what_f64_data_allow() {
    let sets: Vec<Value> =
        fixtures().into_iter().filter(|f| f["id"].as_str().unwrap().starts_with("nist_")).collect();
    assert_eq!(sets.len(), 7);
    for set in sets {
        let table = analysed(&groups_of(&set["input"]));
        let certified = &set["expected"]["certified"];
        let least = set["tolerance"]["lre_f_at_least"].as_f64().unwrap();
        let digits = lre(table.f.unwrap(), certified["f"].as_f64().unwrap());
        assert!(digits >= least, "{}: {digits} digits of {least}", set["id"]);
        assert_eq!(table.between.df as u64, certified["df_between"].as_u64().unwrap());
        assert_eq!(table.within.df as u64, certified["df_within"].as_u64().unwrap());
        for (ours, theirs) in [
            (table.between.ss, "ss_between"),
            (table.within.ss, "ss_within"),
            (table.between.ms.unwrap(), "ms_between"),
            (table.within.ms.unwrap(), "ms_within"),
            (table.eta_squared.unwrap(), "r_squared"),
        ] {
            let digits = lre(ours, certified[theirs].as_f64().unwrap());
            assert!(digits >= least - 0.5, "{} {theirs}: {digits} digits of {least}", set["id"]);
        }
    }
}

#[test]
fn nist_sets_of_the_same_generator() {
    // SmLs02, SmLs05 and SmLs09 of NIST StRD; their certified F is the number of replicates.
    let firsts = |whole: &str| -> Vec<String> {
        ["4", "3", "5", "3", "5", "3", "5", "3", "5"].map(|d| format!("{whole}.{d}")).to_vec()
    };
    for (whole, replicates, least) in
        [("1", 201, 13.4), ("1000000", 201, 9.6), ("1000000000000", 2001, 3.4)]
    {
        let firsts = firsts(whole);
        let firsts: Vec<&str> = firsts.iter().map(String::as_str).collect();
        let table = analysed(&generated(&firsts, replicates));
        let digits = lre(table.f.unwrap(), replicates as f64);
        assert!(digits >= least, "{whole}, {replicates}: {digits} digits of {least}");
    }
}

#[test]
fn tables_of_r_and_scipy() {
    for id in ["posthoc_iris", "posthoc_PlantGrowth", "posthoc_InsectSprays"] {
        let set = fixture(id);
        let table = analysed(&groups_of(&set["input"]));
        let expected = &set["expected"];
        assert_eq!(table.n as u64, expected["n"].as_u64().unwrap());
        assert_eq!(table.groups.len() as u64, expected["k"].as_u64().unwrap());
        for (ours, theirs, tolerance) in [
            (Some(table.between.ss), "ss_between", 1e-13),
            (Some(table.within.ss), "ss_within", 1e-13),
            (table.f, "f", 1e-12),
            (table.p, "p", 1e-10),
            (table.eta_squared, "eta2", 1e-12),
            (table.omega_squared, "omega2", 1e-12),
        ] {
            let (ours, theirs) = (ours.unwrap(), expected[theirs].as_f64().unwrap());
            assert!((ours / theirs - 1.0).abs() < tolerance, "{id}: {ours} for {theirs}");
        }
    }
}

#[test]
fn tails_of_f_to_twelve_digits() {
    let set = fixture("f_sf_a");
    let tails = set["expected"].as_array().unwrap();
    assert_eq!(tails.len(), 51);
    for tail in tails {
        let expected: f64 = tail["sf"].as_str().unwrap().parse().unwrap();
        let f = tail["f"].as_f64().unwrap();
        let df = |name: &str| tail[name].as_u64().unwrap() as usize;
        let found = f_tail(f, df("df1"), df("df2")).unwrap();
        if expected < f64::MIN_POSITIVE {
            // Below the normal range of f64 no twelve digits are left.
            assert!(found < f64::MIN_POSITIVE, "{tail}: {found}");
        } else {
            let error = (found / expected - 1.0).abs();
            assert!(error < 1e-12, "{tail}: {found}, relative error {error:e}");
        }
    }
}

#[test]
fn constant_groups_and_no_variation_at_all() {
    let table = analysed(&groups_of(&fixture("edge_constant_groups")["input"]));
    assert_eq!(
        (table.within.ss, table.f_is, table.f, table.p),
        (0.0, FIs::Infinite, None, Some(0.0))
    );
    let table = analysed(&groups_of(&fixture("edge_all_equal")["input"]));
    assert_eq!((table.between.ss, table.within.ss), (0.0, 0.0));
    assert_eq!((table.f_is, table.f, table.p), (FIs::Undefined, None, None));
    let json = serde_json::to_value(&table).unwrap();
    assert_eq!(json["f_is"], "undefined");
    assert!(json["f"].is_null() && json["p"].is_null());
}

use super::*;
use proptest::prelude::*;

fn of(groups: &[&[f64]]) -> Result<Anova, Error> {
    let values: Vec<f64> = groups.iter().flat_map(|g| g.iter().copied()).collect();
    let of: Vec<Option<usize>> =
        groups.iter().enumerate().flat_map(|(i, g)| vec![Some(i + 1); g.len()]).collect();
    one_way(&["x".to_string()], &[values], &Grouping::numbered(&of, groups.len()))
        .map(|mut tables| tables.remove(0))
}

#[test]
fn by_hand() {
    // Means 2, 4, 9, grand mean 5: between 2·(9 + 1 + 16) = 52, within 2 + 2 + 2 = 6.
    let table = of(&[&[1.0, 3.0], &[3.0, 5.0], &[8.0, 10.0]]).unwrap();
    assert_eq!((table.between.ss, table.between.df, table.between.ms), (52.0, 2, Some(26.0)));
    assert_eq!((table.within.ss, table.within.df, table.within.ms), (6.0, 3, Some(2.0)));
    assert_eq!((table.total.ss, table.total.df), (58.0, 5));
    assert_eq!(table.f, Some(13.0));
    assert_eq!(table.eta_squared, Some(52.0 / 58.0));
    assert_eq!(table.omega_squared, Some(48.0 / 60.0));
    assert_eq!(table.groups[2].sd, Some(2_f64.sqrt()));
    assert_eq!((table.groups[1].min, table.groups[1].max), (3.0, 5.0));
}

#[test]
fn constant_groups_give_an_infinite_f() {
    // 0.1 six times: its plain mean is not 0.1, which would leave a false variation within.
    let table = of(&[&[0.1; 6], &[0.3; 3], &[1e6 + 0.1; 7]]).unwrap();
    assert_eq!(table.within.ss, 0.0);
    assert_eq!((table.f_is, table.f, table.p), (FIs::Infinite, None, Some(0.0)));
    assert_eq!((table.eta_squared, table.omega_squared), (Some(1.0), Some(1.0)));
    assert_eq!(table.groups[0].mean, 0.1);
}

#[test]
fn a_constant_group_varies_by_nothing_whatever_its_value_and_size() {
    for value in [0.1, 1.0 / 3.0, 1e6 + 0.1, -123.456, 1e-9] {
        for count in 2..60 {
            let table = of(&[&vec![value; count], &[1e9 / 7.0; 3]]).unwrap();
            assert_eq!((table.within.ss, table.f_is), (0.0, FIs::Infinite), "{value}, {count}");
        }
    }
    assert_eq!(of(&[&[0.0; 3], &[1.0]]).unwrap().f_is, FIs::Infinite);
}

#[test]
fn nothing_varies() {
    let table = of(&[&[0.1; 3], &[0.1; 7]]).unwrap();
    assert_eq!((table.between.ss, table.within.ss), (0.0, 0.0));
    assert_eq!((table.f_is, table.f, table.p), (FIs::Undefined, None, None));
    assert_eq!((table.eta_squared, table.omega_squared), (None, None));
    assert!(table.notes[0].contains("all values are equal"));
}

#[test]
fn one_case_a_group() {
    let table = of(&[&[1.0], &[2.0], &[4.0]]).unwrap();
    assert_eq!((table.within.df, table.within.ms), (0, None));
    assert_eq!((table.f_is, table.f, table.p), (FIs::Undefined, None, None));
    assert_eq!(table.groups[0].sd, None);
}

#[test]
fn equal_means_give_an_f_of_nothing() {
    let table = of(&[&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]]).unwrap();
    assert_eq!((table.between.ss, table.f, table.p), (0.0, Some(0.0), Some(1.0)));
    assert!(table.omega_squared.unwrap() < 0.0);
}

#[test]
fn all_faults_at_once() {
    let error = of(&[&[f64::NAN, 1.0, f64::INFINITY, 1e200]]).unwrap_err();
    let Error::Input(log) = error else { panic!("not a fault of the input") };
    let codes: Vec<Code> = log.iter().map(|d| d.code).collect();
    let value = Code::TableValueInvalid;
    assert_eq!(codes, [Code::AnovaGroups, value, value, value]);
}

#[test]
fn cases_without_a_group_are_left_out_whatever_they_hold() {
    let groups = Grouping::numbered(&[Some(1), Some(1), None, Some(3), Some(3)], 3);
    let column = vec![1.0, 3.0, f64::NAN, 5.0, 7.0];
    let tables = one_way(&["x".to_string()], &[column], &groups).unwrap();
    assert_eq!((tables[0].n, tables[0].f), (4, Some(8.0)));
    assert_eq!(tables[0].groups.iter().map(|g| g.group.as_str()).collect::<Vec<_>>(), ["1", "3"]);
}

#[test]
fn columns_of_another_length_are_refused() {
    let groups = Grouping::by_label(&["a", "b"]);
    assert!(matches!(one_way(&["x".to_string()], &[vec![1.0]], &groups), Err(Error::Failure(_))));
    assert!(matches!(one_way(&["x".to_string()], &[], &groups), Err(Error::Failure(_))));
}

#[test]
fn tiny_and_huge_units_change_no_f() {
    for unit in [1e-300, 1e-160, 1e140] {
        let table = of(&[&[unit, 3.0 * unit], &[5.0 * unit, 7.0 * unit]]).unwrap();
        assert!((table.f.unwrap() - 8.0).abs() < 1e-12, "{unit}: {:?}", table.f);
        assert!(table.between.ss.is_finite() && table.between.ss >= 0.0);
    }
}

proptest! {
    #[test]
    fn f_keeps_under_shift_and_scale(
        values in prop::collection::vec(-100_i32..100, 6..40),
        shift in -1000_i32..1000,
        power in -20_i32..20,
    ) {
        let middle = values.len() / 2;
        let plain: Vec<f64> = values.iter().map(|&v| f64::from(v)).collect();
        let moved: Vec<f64> =
            plain.iter().map(|v| (v + f64::from(shift)) * 2_f64.powi(power)).collect();
        let first = of(&[&plain[..middle], &plain[middle..]]).unwrap();
        let second = of(&[&moved[..middle], &moved[middle..]]).unwrap();
        prop_assert_eq!(first.f_is, second.f_is);
        match (first.f, second.f) {
            (Some(a), Some(b)) => prop_assert!((a - b).abs() <= 1e-13 * a.max(1.0), "{} {}", a, b),
            (a, b) => prop_assert_eq!(a, b),
        }
    }

    #[test]
    fn nothing_is_negative_or_not_a_number(
        values in prop::collection::vec((1_usize..5, -1e6_f64..1e6), 2..30),
    ) {
        let groups: Vec<Option<usize>> = values.iter().map(|v| Some(v.0)).collect();
        let column: Vec<f64> = values.iter().map(|v| v.1).collect();
        if let Ok(tables) = one_way(&["x".into()], &[column], &Grouping::numbered(&groups, 4)) {
            let table = &tables[0];
            prop_assert!(table.between.ss >= 0.0 && table.within.ss >= 0.0);
            prop_assert!(table.f.is_none_or(|f| f.is_finite() && f >= 0.0));
            prop_assert!(table.p.is_none_or(|p| (0.0..=1.0).contains(&p)));
            prop_assert!(table.eta_squared.is_none_or(|e| (0.0..=1.0).contains(&e)));
        }
    }
}

use super::*;
use crate::model::Heading;
use proptest::prelude::*;
use std::collections::BTreeMap;

const CLASSES: [&str; 3] = ["low", "middle", "high"];

fn period(name: String, drawn: &BTreeMap<u8, (usize, u8)>) -> Period {
    Period {
        name,
        classes: CLASSES.map(String::from).to_vec(),
        customers: drawn
            .iter()
            .map(|(who, (class, amount))| Standing {
                customer: format!("Customer {who}"),
                class: Some(CLASSES[*class].to_string()),
                value: f64::from(*amount),
                money: None,
                parts: Default::default(),
            })
            .collect(),
    }
}

fn step_holds(step: &Step, before: &Period, after: &Period) {
    let size = |period: &Period, class: &str| {
        period.customers.iter().filter(|s| s.class.as_deref() == Some(class)).count()
    };
    let matrix = &step.matrix;
    for (at, class) in CLASSES.iter().enumerate() {
        assert_eq!(matrix.row_sums[at], size(before, class));
        assert_eq!(matrix.column_sums[at], size(after, class));
    }
    let is_in = |period: &Period, who: &str| period.customers.iter().any(|s| s.customer == who);
    let new = after.customers.iter().filter(|s| !is_in(before, &s.customer)).count();
    let lost = before.customers.iter().filter(|s| !is_in(after, &s.customer)).count();
    assert_eq!((matrix.row_sums[3], matrix.column_sums[3]), (new, lost));
    assert_eq!(matrix.customers[3][3], 0);
    // Amounts are whole: sums are exact.
    let sum = |table: &[Vec<f64>]| table.iter().flatten().sum::<f64>();
    let all = |period: &Period| period.customers.iter().map(|s| s.value).sum::<f64>();
    assert_eq!((sum(&step.money.before), sum(&step.money.after)), (all(before), all(after)));
    let stayed: usize = (0..3).map(|at| matrix.customers[at][at]).sum();
    let total: usize = matrix.row_sums.iter().sum();
    assert_eq!(step.moves.len(), total - stayed);
    assert!(step.moves.is_sorted_by(|a, b| a.money_at_risk >= b.money_at_risk));
}

proptest! {
    /// The margins are both periods' class sizes, over any number of periods; and the path of each
    /// customer tells the same.
    #[test]
    fn margins_are_class_sizes(drawn in prop::collection::vec(
        prop::collection::btree_map(0u8..12, (0usize..3, 0u8..9), 1..10), 2..5)) {
        let periods: Vec<Period> =
            drawn.iter().enumerate().map(|(at, d)| period(at.to_string(), d)).collect();
        let all = Migration::over(&periods).unwrap();
        let steps: Vec<&Step> = all.earlier.iter().chain([&all.step]).collect();
        prop_assert_eq!(steps.len(), periods.len() - 1);
        for (pair, step) in periods.windows(2).zip(steps) {
            step_holds(step, &pair[0], &pair[1]);
        }
        for path in &all.paths {
            for (class, period) in path.classes.iter().zip(&periods) {
                let found = period.customers.iter().find(|s| s.customer == path.customer);
                prop_assert_eq!(class, &found.and_then(|s| s.class.clone()));
            }
        }
        // One by one is the same as all at once.
        let mut grown = Migration::over(&periods[..2]).unwrap();
        for pair in periods[1..].windows(2) {
            grown = grown.then(&pair[0], &pair[1]).unwrap();
        }
        prop_assert_eq!(grown, all);
    }
}

#[test]
fn periods_that_cannot_be_compared_are_told_at_once() {
    let full = period("a".into(), &[(1, (0, 1))].into());
    let empty = period("a".into(), &BTreeMap::new());
    let Err(Error::Input(log)) = Migration::over(&[full.clone(), empty]) else { panic!() };
    assert_eq!(log.count(crate::diagnostic::Severity::Error), 2);
    assert!(log.iter().all(|d| d.code == Code::PeriodInvalid));
    assert!(Migration::over(&[full]).is_err());
}

/// A class that is itself called "new" is not mistaken for the newcomers.
#[test]
fn a_class_may_be_called_new() {
    let of = |name: &str, who: &str| Period {
        name: name.into(),
        classes: vec![NEW.into(), LOST.into()],
        customers: vec![Standing {
            customer: who.into(),
            class: Some(NEW.into()),
            value: 1.0,
            money: None,
            parts: Default::default(),
        }],
    };
    let step = Migration::over(&[of("a", "x"), of("b", "y")]).unwrap().step;
    assert_eq!(step.matrix.customers, [[0, 0, 1], [0, 0, 0], [1, 0, 0]]);
    assert_eq!((step.moves[0].heading, step.moves[1].heading), (Heading::Lost, Heading::New));
}

use super::*;
use crate::diagnostic::Diagnostics;
use proptest::prelude::*;

fn model(actions: &str) -> Model {
    let text = format!(
        "name = 'm'\ngoal = {{ code = 'v', name = 'Value' }}\n\
         indicator = [{{ code = 'a', name = 'A', parent = 'v' }}]\n\
         [clusters]\nk = 2\n[classes]\nrule = 'ranked'\n\
         [[class]]\ncode = 'low'\nname = 'Low'\nstrategy = 'Wait.'\n\
         [[class]]\ncode = 'high'\nname = 'High'\nstrategy = 'Protect.'\n{actions}"
    );
    let mut log = Diagnostics::new();
    Model::parse(&text, "m.toml", &mut log).unwrap_or_else(|| panic!("{log:?}"))
}

const ACTIONS: &str = "
[[action]]
text = 'Win back.'
heading = ['lost']
class = ['high']
[[action]]
text = 'Look again.'
firmness_below = 0.6
[[action]]
text = 'Ask why.'
heading = ['fall', 'lost']
from = ['high']
[[action]]
text = 'Welcome.'
heading = ['new']
";

fn known<'a>(customer: &'a str, class: &'a str, now: f64) -> Known<'a> {
    Known {
        customer,
        class: Some(class),
        firmness: None,
        heading: None,
        from: None,
        now: Some(now),
        before: None,
    }
}

fn plan(known: &[Known], actions: &str) -> Plan {
    Plan::new(known, &model(actions), Basis::default())
}

#[test]
fn the_first_action_that_fits_counts_and_else_the_strategy() {
    let all = [
        known("plain", "high", 9.0),
        Known { firmness: Some(0.5), ..known("unfirm", "low", 8.0) },
        Known { firmness: Some(0.6), ..known("firm enough", "low", 7.0) },
        Known {
            heading: Some(Heading::Fall),
            from: Some("high"),
            before: Some(20.0),
            ..known("fell", "low", 6.0)
        },
        Known { heading: Some(Heading::Fall), from: Some("low"), ..known("fell low", "low", 5.0) },
        Known { heading: Some(Heading::New), ..known("new", "low", 4.0) },
        Known {
            class: None,
            now: None,
            before: Some(30.0),
            heading: Some(Heading::Lost),
            from: Some("high"),
            ..known("lost", "", 0.0)
        },
        Known {
            class: None,
            now: None,
            before: Some(1.0),
            heading: Some(Heading::Lost),
            from: Some("low"),
            ..known("lost low", "", 0.0)
        },
    ];
    let plan = plan(&all, ACTIONS);
    let said: Vec<(&str, f64, &str)> = plan
        .items
        .iter()
        .map(|item| (item.customer.as_str(), item.value_at_stake, item.action.as_str()))
        .collect();
    let expected = [
        ("lost", 30.0, "Win back."),
        ("fell", 20.0, "Ask why."),
        ("plain", 9.0, "Protect."),
        ("unfirm", 8.0, "Look again."),
        ("firm enough", 7.0, "Wait."),
        ("fell low", 5.0, "Wait."),
        ("new", 4.0, "Welcome."),
        ("lost low", 1.0, ""),
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_budget_is_split_to_the_hundredth() {
    let all = [known("a", "high", 1.0), known("b", "low", 1.0), known("c", "low", 1.0)];
    let split = plan(&all, "").split(Budget { amount: 100.0, by: BudgetBy::Value }).unwrap();
    let shares: Vec<Option<f64>> = split.items.iter().map(|item| item.budget).collect();
    assert_eq!(shares, [Some(33.34), Some(33.33), Some(33.33)]);
}

#[test]
fn the_lost_get_a_share_of_what_is_at_stake_alone() {
    let lost = Known {
        class: None,
        now: None,
        before: Some(30.0),
        heading: Some(Heading::Lost),
        from: Some("high"),
        ..known("lost", "", 0.0)
    };
    let all = [known("here", "high", 10.0), known("owes", "low", -5.0), lost];
    let shares = |by| -> Vec<(String, f64)> {
        let split = plan(&all, "").split(Budget { amount: 80.0, by }).unwrap();
        split.items.into_iter().map(|item| (item.customer, item.budget.unwrap())).collect()
    };
    let of = |a: f64, b: f64, c: f64| {
        vec![("lost".to_string(), a), ("here".to_string(), b), ("owes".to_string(), c)]
    };
    assert_eq!(shares(BudgetBy::Value), of(0.0, 80.0, 0.0));
    assert_eq!(shares(BudgetBy::Stake), of(60.0, 20.0, 0.0));
}

#[test]
fn budgets_that_cannot_be_split_are_refused() {
    let all = [known("a", "high", 1.0)];
    for amount in [0.0, -5.0, f64::NAN, f64::INFINITY, 1e13, 0.001, 10.555] {
        let split = plan(&all, "").split(Budget { amount, by: BudgetBy::Value });
        assert!(matches!(split, Err(crate::Error::Input(_))), "{amount}");
    }
    let nothing = plan(&[known("a", "high", 0.0)], "");
    assert!(nothing.split(Budget { amount: 1.0, by: BudgetBy::Value }).is_err());
}

proptest! {
    /// Every hundredth is given out, and nobody's share is a whole hundredth or more off.
    #[test]
    fn shares_of_a_budget_sum_to_it(
        parts in 1u64..=10_000_000_000,
        worth in prop::collection::vec(0.0..1e6f64, 1..60),
    ) {
        prop_assume!(worth.iter().sum::<f64>() > 0.0);
        let names: Vec<String> = (0..worth.len()).map(|at| at.to_string()).collect();
        let all: Vec<Known> =
            names.iter().zip(&worth).map(|(name, worth)| known(name, "low", *worth)).collect();
        let amount = parts as f64 / 100.0;
        let split = plan(&all, "").split(Budget { amount, by: BudgetBy::Value }).unwrap();
        let given: Vec<u64> = split
            .items
            .iter()
            .map(|item| (item.budget.unwrap() * 100.0).round() as u64)
            .collect();
        prop_assert_eq!(given.iter().sum::<u64>(), parts);
        let total: f64 = worth.iter().sum();
        for (item, given) in split.items.iter().zip(given) {
            let exact = parts as f64 * (item.value / total);
            prop_assert!((given as f64 - exact).abs() < 1.0 + 1e-3, "{} {}", given, exact);
        }
    }
}

#[test]
fn actions_that_do_not_fit_the_model_are_told() {
    let told = |actions: &str| {
        let text = format!(
            "name = 'm'\ngoal = {{ code = 'v', name = 'Value' }}\n\
             indicator = [{{ code = 'a', name = 'A', parent = 'v' }}]\n\
             [[class]]\ncode = 'low'\nname = 'Low'\n{actions}"
        );
        let mut log = Diagnostics::new();
        assert!(Model::parse(&text, "m.toml", &mut log).is_none());
        log.text(false)
    };
    let all = told(
        "[[action]]\ntext = 'All.'\n\
         [[action]]\ntext = ' '\nclass = ['loow']\nfrom = ['high']\nfirmness_below = 1.5\n",
    );
    for part in
        ["m.toml:8", "m.toml:10", "did you mean `low`?", "`high`", "1.5", "hides those after"]
    {
        assert!(all.contains(part), "{part}: {all}");
    }
    let word = told("[[action]]\ntext = 'x'\nheading = ['down']\n");
    assert!(word.contains("new, rise, stay, fall, lost"), "{word}");
}

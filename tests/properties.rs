//! What an evaluation must not depend on, and what its parts must add up to, for surveys drawn at
//! random: several experts with weights of their own, gaps in the scores, measured values.

use custval::diagnostic::Diagnostics;
use custval::evaluation::{Evaluation, evaluate_survey};
use custval::model::Model;
use custval::survey::{Survey, Wanted};
use custval::workbook::Book;
use proptest::prelude::*;

/// Sums taken in another order differ by roundings alone.
const TOLERANCE: f64 = 1e-12;

/// The rules that a model may have for its weights and scores.
#[derive(Clone, Debug)]
struct Rules {
    method: &'static str,
    aggregate: &'static str,
    combine: &'static str,
    missing: &'static str,
}

/// A survey before it is written as files.
#[derive(Clone, Debug)]
struct Drawn {
    rules: Rules,
    /// Each expert's weight.
    experts: Vec<f64>,
    /// Each expert's judgements: the criteria, then the indicators under each of them.
    judgements: Vec<[f64; 3]>,
    /// Each expert's scores of each customer on the two indicators; `None` is a gap.
    scores: Vec<Vec<[Option<u8>; 2]>>,
    /// Each customer's two measured values.
    measured: Vec<[f64; 2]>,
}

/// Two criteria; under the first what experts score, under the second what is measured.
fn model(rules: &Rules) -> Model {
    let Rules { method, aggregate, combine, missing } = rules;
    let text = format!(
        "name = 'drawn'\ngoal = {{ code = 'v', name = 'Value' }}\n\
         [[criterion]]\ncode = 'p'\nname = 'Scored'\nparent = 'v'\n\
         [[indicator]]\ncode = 'a'\nname = 'First'\nparent = 'p'\n\
         [[indicator]]\ncode = 'b'\nname = 'Second'\nparent = 'p'\n\
         [[criterion]]\ncode = 'q'\nname = 'Measured'\nparent = 'v'\n\
         [[indicator]]\ncode = 'c'\nname = 'Third'\nparent = 'q'\nsource = 'measured'\n\
         [[indicator]]\ncode = 'd'\nname = 'Fourth'\nparent = 'q'\nsource = 'measured'\n\
         direction = 'cost'\n\
         [weights]\nmethod = '{method}'\naggregate = '{aggregate}'\n\
         [scores]\ncombine = '{combine}'\nmissing = '{missing}'\n\
         [clusters]\nk = 2\nvariables = ['v']\n"
    );
    let mut log = Diagnostics::new();
    Model::parse(&text, "drawn.toml", &mut log).unwrap_or_else(|| panic!("{}", log.text(false)))
}

/// The order in which experts and customers stand in the files.
struct Order {
    experts: Vec<usize>,
    customers: Vec<usize>,
}

impl Drawn {
    fn in_order(&self) -> Order {
        Order {
            experts: (0..self.experts.len()).collect(),
            customers: (0..self.measured.len()).collect(),
        }
    }

    fn evaluated(&self) -> Evaluation {
        self.evaluated_in(&self.in_order())
    }

    fn evaluated_in(&self, order: &Order) -> Evaluation {
        let mut experts = "Expert,Weight\n".to_string();
        let mut judgements = "Expert,Node,A,B,Value\n".to_string();
        let mut scores = "Expert,Customer,a,b\n".to_string();
        let mut measured = "Customer,c,d\n".to_string();
        for &e in &order.experts {
            experts += &format!("E{e},{}\n", self.experts[e]);
            for (pair, value) in ["v,p,q", "p,a,b", "q,c,d"].iter().zip(self.judgements[e]) {
                judgements += &format!("E{e},{pair},{value}\n");
            }
            for &c in &order.customers {
                let [a, b] = self.scores[e][c]
                    .map(|score| score.map(|score| score.to_string()).unwrap_or_default());
                scores += &format!("E{e},K{c},{a},{b}\n");
            }
        }
        for &c in &order.customers {
            let [x, y] = self.measured[c];
            measured += &format!("K{c},{x},{y}\n");
        }
        let files = [
            ("experts.csv", experts),
            ("judgements.csv", judgements),
            ("scores.csv", scores),
            ("measured.csv", measured),
        ];
        let mut log = Diagnostics::new();
        let books: Vec<Book> = files
            .iter()
            .filter_map(|(name, text)| Book::read(name, text.as_bytes(), &mut log))
            .collect();
        let model = model(&self.rules);
        let survey = Survey::read(&books, Wanted::Everything(&model), &mut log);
        evaluate_survey(&model, &survey, &mut log).unwrap_or_else(|error| panic!("{error}"))
    }
}

fn rules() -> impl Strategy<Value = Rules> {
    (
        prop::sample::select(vec!["eigenvector", "rgmm"]),
        prop::sample::select(vec!["aij", "aip"]),
        prop::sample::select(vec!["mean", "median", "trimmed-mean"]),
        prop::sample::select(vec!["neutral", "indicator-mean", "reweigh"]),
    )
        .prop_map(|(method, aggregate, combine, missing)| Rules {
            method,
            aggregate,
            combine,
            missing,
        })
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (rules(), 2usize..=5, 3usize..=7).prop_flat_map(|(rules, experts, customers)| {
        let judgement = prop::sample::select(vec![1.0 / 9.0, 0.2, 0.5, 1.0, 2.0, 3.0, 7.0, 9.0]);
        let scores = [prop::option::weighted(0.8, 1u8..=5), prop::option::weighted(0.8, 1u8..=5)];
        (
            prop::collection::vec(prop::sample::select(vec![0.25, 0.5, 1.0, 1.5, 3.0]), experts),
            prop::collection::vec([judgement.clone(), judgement.clone(), judgement], experts),
            prop::collection::vec(prop::collection::vec(scores, customers), experts),
            // The first two customers differ, so that there is a range to be scaled.
            prop::collection::vec([-1000i32..1000, -1000i32..1000], customers),
        )
            .prop_map(move |(experts, judgements, scores, values)| {
                let mut measured: Vec<[f64; 2]> =
                    values.iter().map(|pair| pair.map(|value| f64::from(value) / 8.0)).collect();
                measured[0] = [-200.0, 300.0];
                measured[1] = [200.0, -300.0];
                Drawn { rules: rules.clone(), experts, judgements, scores, measured }
            })
    })
}

/// A survey and another order of its experts and customers.
fn reordered() -> impl Strategy<Value = (Drawn, Order)> {
    drawn().prop_flat_map(|drawn| {
        let order = drawn.in_order();
        let experts = Just(order.experts).prop_shuffle();
        let customers = Just(order.customers).prop_shuffle();
        (Just(drawn), experts, customers)
            .prop_map(|(drawn, experts, customers)| (drawn, Order { experts, customers }))
    })
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "experts {:?}, customers {:?}", self.experts, self.customers)
    }
}

/// Every customer's value, scores and contributions, and all weights, are the same.
fn assert_same(one: &Evaluation, other: &Evaluation, tolerance: f64) {
    let near = |a: f64, b: f64, what: &str| {
        assert!((a - b).abs() <= tolerance, "{what}: {a} and {b}");
    };
    let weights = |evaluation: &Evaluation| evaluation.weights.global_weights.clone();
    for ((name, a), (_, b)) in weights(one).iter().zip(weights(other).iter()) {
        near(a, b, name);
    }
    assert_eq!(one.values.len(), other.values.len());
    for customer in &one.values {
        let name = &customer.customer;
        let same = other.values.iter().find(|other| other.customer == *name).unwrap();
        near(customer.value, same.value, name);
        assert_eq!(customer.scores.len(), same.scores.len());
        for (code, score) in customer.scores.iter() {
            near(score, same.scores.get(code).unwrap(), code);
        }
        for (code, part) in customer.contributions.iter() {
            near(part, same.contributions.get(code).unwrap(), code);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// The order of experts and of customers in the files decides nothing about values.
    #[test]
    fn the_order_of_experts_and_customers_changes_no_value((drawn, order) in reordered()) {
        assert_same(&drawn.evaluated(), &drawn.evaluated_in(&order), TOLERANCE);
    }

    /// An expert's weight counts beside those of the others only.
    #[test]
    fn scaled_weights_of_experts_change_nothing(
        drawn in drawn(),
        factor in prop::sample::select(vec![0.1, 1.0 / 3.0, 7.0, 100.0]),
    ) {
        let mut scaled = drawn.clone();
        scaled.experts.iter_mut().for_each(|weight| *weight *= factor);
        assert_same(&drawn.evaluated(), &scaled.evaluated(), TOLERANCE);
    }

    /// Contributions explain a value in full, and dimensions too.
    #[test]
    fn contributions_and_dimensions_add_up_to_the_value(drawn in drawn()) {
        for customer in &drawn.evaluated().values {
            let contributions: f64 = customer.contributions.numbers().iter().sum();
            prop_assert!((contributions - customer.value).abs() <= TOLERANCE);
            let dimensions: f64 = customer.dimensions.numbers().iter().sum();
            prop_assert!((dimensions - customer.value).abs() <= TOLERANCE);
        }
    }

    /// Min–max scores do not know the unit of measurement, nor where its zero lies: y = ax + b.
    #[test]
    fn another_unit_keeps_measured_scores(
        drawn in drawn(),
        factor in 0.001f64..1000.0,
        shift in -1000.0f64..1000.0,
    ) {
        let mut converted = drawn.clone();
        for value in converted.measured.iter_mut().flatten() {
            *value = factor * *value + shift;
        }
        // The shift costs digits: 1000 beside a range of 0.4 leaves 1e-12 of its 1e-16.
        assert_same(&drawn.evaluated(), &converted.evaluated(), 1e-11);
    }

    /// What costs is the mirror image of what benefits: turned around, the best stays the best.
    #[test]
    fn a_cost_is_a_benefit_turned_around(drawn in drawn()) {
        let mut turned = drawn.clone();
        turned.measured.iter_mut().for_each(|[c, d]| (*c, *d) = (-*d, -*c));
        let (one, other) = (drawn.evaluated(), turned.evaluated());
        for (customer, same) in one.values.iter().zip(&other.values) {
            let score = |customer: &custval::evaluation::CustomerValue, code: &str| {
                customer.scores.get(code).unwrap()
            };
            prop_assert!((score(customer, "c") - score(same, "d")).abs() <= TOLERANCE);
            prop_assert!((score(customer, "d") - score(same, "c")).abs() <= TOLERANCE);
        }
    }
}

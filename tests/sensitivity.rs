//! How firm classes are: what moves a customer does move it, slightly less does not, and draws come
//! out as enumeration says. Values, centres and classes are computed here once more, another way.

use custval::diagnostic::Diagnostics;
use custval::evaluation::{Evaluation, Firm, evaluate_sources, sensitivity_sources};
use custval::indicator::Part;
use custval::model::{Hierarchy, Model, Source};
use custval::sensitivity::{LeftOutOf, Options};
use custval::survey::{Survey, Wanted};
use custval::transactions::{Options as SalesOptions, Purchases, read};
use custval::workbook::Book;
use proptest::prelude::*;

fn parsed(text: &str) -> Model {
    let mut log = Diagnostics::new();
    Model::parse(text, "model.toml", &mut log).unwrap_or_else(|| panic!("{}", log.text(false)))
}

fn survey(model: &Model, files: &[(&str, String)]) -> Survey {
    let mut log = Diagnostics::new();
    let books: Vec<Book> = files
        .iter()
        .filter_map(|(name, text)| Book::read(name, text.as_bytes(), &mut log))
        .collect();
    Survey::read(&books, Wanted::Everything(model), &mut log)
}

/// What is evaluated.
struct Case {
    model: Model,
    survey: Survey,
    sales: Option<Purchases>,
}

impl Case {
    fn of(model: Model, survey: Survey) -> Case {
        Case { model, survey, sales: None }
    }

    /// A built-in model with the files of its example.
    fn example(model: &str, files: &[&str]) -> Case {
        let mut log = Diagnostics::new();
        let model = Model::open(model, &mut log).unwrap();
        let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
        let files: Vec<String> = files.iter().map(|file| format!("{examples}/{file}")).collect();
        let survey = Survey::open(&files, Wanted::Everything(&model), &mut log);
        Case::of(model, survey)
    }

    /// The evaluation, if it can be clustered at all.
    fn evaluated(&self) -> Option<Evaluation> {
        self.with(&self.survey)
    }

    /// The evaluation of another survey.
    fn with(&self, survey: &Survey) -> Option<Evaluation> {
        let mut log = Diagnostics::new();
        evaluate_sources(&self.model, survey, self.sales.as_ref(), &mut log).ok()
    }

    fn firm(&self, options: &Options) -> Firm {
        let (sales, log) = (self.sales.as_ref(), &mut Diagnostics::new());
        sensitivity_sources(&self.model, &self.survey, sales, options, log).unwrap()
    }
}

fn sme() -> Case {
    Case::example("sme", &["sme-paper/judgements.csv", "sme-paper/scores.csv"])
}

/// Experts and sales: indicators from the one, from the other, and of both by shares. Of the customers
/// some stand on one side alone, and stay; experts score with their medians.
fn hybrid() -> Case {
    let files = ["workshop/judgements.csv", "workshop/scores-2024.csv"];
    let mut case = Case::example("sme-hybrid", &files);
    case.model.combine = custval::model::Combine::Median;
    case.model.unmatched = custval::model::Missing::Reweigh;
    let options = SalesOptions { to: Some("2024-12-31".into()), ..SalesOptions::default() };
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/workshop/sales.csv").to_string();
    let mut log = Diagnostics::new();
    let sales = read(&[file], &options, &mut log, &mut |_| {}).unwrap();
    case.sales = Some(Purchases::of(sales, &mut log));
    case
}

/// Two experts of different minds on thirty customers: much is in doubt.
fn doubtful() -> Case {
    let model = drawn_model("eigenvector", "aij", "neutral", "none");
    let mut state = 7_u32;
    let mut next = |most: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % most
    };
    let words = [1.0 / 5.0, 1.0 / 2.0, 1.0, 3.0, 6.0];
    let judgements = (0..2).map(|_| std::array::from_fn(|_| words[next(5) as usize])).collect();
    let mut row = || std::array::from_fn(|_| Some(next(5) as u8 + 1));
    let scores = (0..2).map(|_| (0..30).map(|_| row()).collect()).collect();
    answered(model, &(judgements, scores))
}

fn exactly(draws: usize) -> Options {
    Options { exactly: true, ..Options::new(draws, 1) }
}

/// Each part's local weight among its siblings.
fn locals(evaluation: &Evaluation) -> Vec<f64> {
    let parts = evaluation.weights.part_weights.numbers();
    let nodes = evaluation.model.hierarchy.nodes().iter();
    nodes
        .enumerate()
        .map(|(at, node)| node.parent.map_or(1.0, |up| parts[at] / parts[up]))
        .collect()
}

/// A customer's value at each part: down the tree each part hands its weight to those below it that
/// have something scored.
fn values(hierarchy: &Hierarchy, locals: &[f64], scores: &[Option<f64>]) -> Vec<f64> {
    struct Tree<'a>(&'a Hierarchy, &'a [f64], &'a [Option<f64>], Vec<usize>);
    impl Tree<'_> {
        fn is_scored(&self, at: usize) -> bool {
            let below = &self.0.nodes()[at].children;
            match self.3.iter().position(|leaf| *leaf == at) {
                Some(leaf) => self.2[leaf].is_some(),
                None => below.iter().any(|child| self.is_scored(*child)),
            }
        }
        fn fill(&self, at: usize, carried: f64, values: &mut [f64]) -> f64 {
            let below = &self.0.nodes()[at].children;
            let there = || below.iter().filter(|child| self.is_scored(**child));
            let total: f64 = there().map(|child| self.1[*child]).sum();
            values[at] = match self.3.iter().position(|leaf| *leaf == at) {
                Some(leaf) => carried * self.2[leaf].unwrap(),
                None => there()
                    .map(|child| self.fill(*child, carried * self.1[*child] / total, values))
                    .sum(),
            };
            values[at]
        }
    }
    let mut values = vec![0.0; hierarchy.nodes().len()];
    Tree(hierarchy, locals, scores, hierarchy.leaves()).fill(0, 1.0, &mut values);
    values
}

/// The class of each customer by the nearest of the centres, which are the means of the members'
/// values. For sums in the units of the values themselves.
struct World<'a> {
    evaluation: &'a Evaluation,
    centres: Vec<Vec<f64>>,
    locals: Vec<f64>,
}

fn place(evaluation: &Evaluation, locals: &[f64], scores: &[Option<f64>]) -> Vec<f64> {
    let hierarchy = &evaluation.model.hierarchy;
    let values = values(hierarchy, locals, scores);
    let variables = evaluation.clusters.variables.iter();
    variables.map(|code| values[hierarchy.position(code).unwrap()]).collect()
}

impl World<'_> {
    fn new(evaluation: &Evaluation, locals: Vec<f64>) -> World<'_> {
        World::of(evaluation, locals, &evaluation.indicators.scores)
    }

    fn of<'a>(
        evaluation: &'a Evaluation,
        locals: Vec<f64>,
        scores: &[Vec<Option<f64>>],
    ) -> World<'a> {
        let places: Vec<Vec<f64>> =
            scores.iter().map(|scores| place(evaluation, &locals, scores)).collect();
        let centre = |cluster: usize| -> Vec<f64> {
            let members = evaluation.clusters.membership.iter();
            let members: Vec<usize> =
                members.filter(|m| m.cluster == Some(cluster)).map(|m| m.case - 1).collect();
            let mean = |v: usize| {
                members.iter().map(|m| places[*m][v]).sum::<f64>() / members.len() as f64
            };
            (0..evaluation.clusters.variables.len()).map(mean).collect()
        };
        let centres = (1..=evaluation.clusters.k).map(centre).collect();
        World { evaluation, centres, locals }
    }

    /// The class of a customer, and how much farther the next class is (squared distances).
    fn class_of(&self, scores: &[Option<f64>]) -> (String, f64) {
        let at = place(self.evaluation, &self.locals, scores);
        let distance = |centre: &Vec<f64>| -> f64 {
            at.iter().zip(centre).map(|(a, b)| (a - b).powi(2)).sum()
        };
        let named = self.evaluation.naming.clusters.iter();
        let mut all: Vec<(f64, &str)> =
            named.map(|p| (distance(&self.centres[p.cluster - 1]), p.class.as_str())).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (nearest, class) = all[0];
        let other = all.iter().find(|(_, other)| *other != class);
        (class.to_string(), other.map_or(f64::INFINITY, |(distance, _)| distance - nearest))
    }

    fn class(&self, customer: usize) -> (String, f64) {
        self.class_of(&self.evaluation.indicators.scores[customer])
    }
}

/// The local weights with one part's changed, its siblings keeping their proportions.
fn with(evaluation: &Evaluation, part: usize, weight: f64) -> Vec<f64> {
    let mut changed = locals(evaluation);
    let nodes = evaluation.model.hierarchy.nodes();
    let others = (1.0 - weight) / (1.0 - changed[part]);
    for &sibling in &nodes[nodes[part].parent.unwrap()].children {
        changed[sibling] *= others;
    }
    changed[part] = weight;
    changed
}

/// A change below this is within the rounding of the two computations.
const ROUNDING: f64 = 1e-9;

/// The stated change moves the customer, slightly less does not, and no smaller change of any weight
/// does; for every so many of the customers.
fn critical_weights_hold(evaluation: &Evaluation, every: usize) {
    let hierarchy = &evaluation.model.hierarchy;
    let base = locals(evaluation);
    for (customer, firm) in evaluation.firmness.iter().enumerate().step_by(every) {
        let Some(class) = &firm.class else { continue };
        if firm.nearest_class.is_some() {
            continue;
        }
        let least = match &firm.critical {
            Some(critical) => {
                let part = hierarchy.position(&critical.criterion).unwrap();
                assert!((critical.from - base[part]).abs() < 1e-12);
                assert!((critical.from + critical.change - critical.to).abs() < 1e-15);
                let at = |weight: f64| {
                    World::new(evaluation, with(evaluation, part, weight)).class(customer)
                };
                let beyond = ROUNDING.copysign(critical.change);
                let (there, lead) = at((critical.to + beyond).clamp(1e-12, 1.0 - 1e-12));
                assert!(there == critical.class || lead < ROUNDING, "{customer}: {there}");
                assert_ne!(critical.class, *class);
                if critical.change.abs() > 2.0 * ROUNDING {
                    let (here, lead) = at(critical.to - beyond);
                    assert!(here == *class || lead < 1e-12, "{customer}: {here}, {firm:?}");
                }
                critical.change.abs()
            }
            None => f64::INFINITY,
        };
        for (part, own) in base.iter().enumerate().skip(1) {
            if *own >= 1.0 {
                continue;
            }
            for step in 1..100 {
                let weight = f64::from(step) / 100.0;
                if (weight - own).abs() >= least - ROUNDING {
                    continue;
                }
                let world = World::new(evaluation, with(evaluation, part, weight));
                let (there, lead) = world.class(customer);
                let code = &hierarchy.nodes()[part].code;
                assert!(there == *class || lead < ROUNDING, "{code} at {weight}: {firm:?}");
            }
        }
    }
}

/// Two criteria with three and two indicators, all scored by experts.
fn drawn_model(method: &str, aggregate: &str, missing: &str, standardise: &str) -> Model {
    parsed(&format!(
        "name = 'drawn'\ngoal = {{ code = 'v', name = 'Value' }}\n\
         [[criterion]]\ncode = 'p'\nname = 'Now'\nparent = 'v'\n\
         [[indicator]]\ncode = 'a'\nname = 'A'\nparent = 'p'\n\
         [[indicator]]\ncode = 'b'\nname = 'B'\nparent = 'p'\n\
         [[indicator]]\ncode = 'c'\nname = 'C'\nparent = 'p'\n\
         [[criterion]]\ncode = 'q'\nname = 'Later'\nparent = 'v'\n\
         [[indicator]]\ncode = 'd'\nname = 'D'\nparent = 'q'\n\
         [[indicator]]\ncode = 'e'\nname = 'E'\nparent = 'q'\n\
         [weights]\nmethod = '{method}'\naggregate = '{aggregate}'\n\
         [scores]\nmissing = '{missing}'\n\
         [clusters]\nk = 3\nvariables = ['p', 'q']\nstandardise = '{standardise}'\n"
    ))
}

/// (judgements of each expert under v, p and q; scores of each expert of each customer).
type Answers = (Vec<[f64; 5]>, Vec<Vec<[Option<u8>; 5]>>);

fn answers(gaps: bool) -> impl Strategy<Value = Answers> {
    let judgement = || prop::sample::select(vec![1.0 / 7.0, 1.0 / 3.0, 0.5, 1.0, 2.0, 3.0, 5.0]);
    let judgements = prop::array::uniform5(judgement());
    let score = match gaps {
        true => prop::option::weighted(0.7, 1u8..=5).boxed(),
        false => (1u8..=5).prop_map(Some).boxed(),
    };
    let scores = prop::array::uniform5(score);
    let scores = prop::collection::vec(scores, 6..=9);
    (Just(()), 1usize..=3).prop_flat_map(move |(_, experts)| {
        (
            prop::collection::vec(judgements.clone(), experts),
            prop::collection::vec(scores.clone(), experts),
        )
    })
}

fn answered(model: Model, (judgements, scores): &Answers) -> Case {
    let mut judged = "Expert,Node,A,B,Value\n".to_string();
    let mut scored = "Expert,Customer,a,b,c,d,e\n".to_string();
    let customers = scores.iter().map(Vec::len).min().unwrap();
    for (e, (own, scores)) in judgements.iter().zip(scores).enumerate() {
        for (pair, value) in ["v,p,q", "p,a,b", "p,a,c", "p,b,c", "q,d,e"].iter().zip(own) {
            judged += &format!("E{e},{pair},{value}\n");
        }
        for (c, row) in scores.iter().take(customers).enumerate() {
            // Somebody has a score everywhere, and everybody has one somewhere.
            let cell = |(at, score): (usize, &Option<u8>)| match score {
                Some(score) => score.to_string(),
                None if c == 0 || at == c % 5 => "3".to_string(),
                None => String::new(),
            };
            let cells: Vec<String> = row.iter().enumerate().map(cell).collect();
            scored += &format!("E{e},K{c},{}\n", cells.join(","));
        }
    }
    let survey = survey(&model, &[("judgements.csv", judged), ("scores.csv", scored)]);
    Case::of(model, survey)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_critical_weight_moves_the_customer_and_slightly_less_does_not(
        answers in answers(false),
        method in prop::sample::select(vec!["eigenvector", "rgmm"]),
        aggregate in prop::sample::select(vec!["aij", "aip", "aip-arithmetic"]),
    ) {
        let model = drawn_model(method, aggregate, "refuse", "none");
        if let Some(evaluation) = answered(model, &answers).evaluated() {
            let exact = evaluation.firmness.iter().filter_map(|one| one.critical.as_ref());
            exact.for_each(|critical| assert!(critical.exact));
            critical_weights_hold(&evaluation, 1);
        }
    }

    /// Where siblings carry the weight of missing scores, values bend; the promise holds as well.
    #[test]
    fn critical_weights_hold_where_scores_are_missing(answers in answers(true)) {
        let model = drawn_model("eigenvector", "aij", "reweigh", "none");
        if let Some(evaluation) = answered(model, &answers).evaluated() {
            critical_weights_hold(&evaluation, 1);
        }
    }

    /// Shares of draws are whole: they sum to 1, and nobody is in a class that is not there.
    #[test]
    fn probabilities_sum_to_one(
        answers in answers(true),
        missing in prop::sample::select(vec!["neutral", "indicator-mean", "reweigh"]),
        standardise in prop::sample::select(vec!["none", "z", "min-max"]),
    ) {
        let model = drawn_model("rgmm", "aij", missing, standardise);
        if let Some(evaluation) = answered(model, &answers).evaluated() {
            prop_assert_eq!(evaluation.firmness.len(), evaluation.values.len());
            for firm in &evaluation.firmness {
                let sum: f64 = firm.class_probabilities.numbers().iter().sum();
                prop_assert!((sum - 1.0).abs() < 1e-12, "{:?}", firm);
            }
        }
    }
}

#[test]
fn the_critical_weights_of_the_example_hold() {
    for (case, every) in [(sme(), 1), (hybrid(), 10)] {
        let evaluation = case.evaluated().unwrap();
        assert!(evaluation.firmness.iter().filter(|firm| firm.critical.is_some()).count() > 5);
        critical_weights_hold(&evaluation, every);
    }
}

/// Two indicators, two experts, five customers: every combination of steps with its probability. The
/// weights and values are written out here, so that nothing of the program's is used but the clusters.
#[test]
fn draws_agree_with_the_enumeration_of_all_steps() {
    let model = parsed(
        "name = 'tiny'\ngoal = { code = 'v', name = 'Value' }\n\
         indicator = [{ code = 'a', name = 'A', parent = 'v' }, { code = 'b', name = 'B', parent = 'v' }]\n\
         [clusters]\nk = 2\nvariables = ['v']\n",
    );
    let judged = [3.0, 1.0];
    // For each expert each customer's two scores.
    let scored = [
        [[2.0, 1.0], [3.0, 2.0], [3.0, 3.0], [4.0, 3.0], [5.0, 4.0]],
        [[1.0, 2.0], [2.0, 4.0], [4.0, 3.0], [3.0, 5.0], [4.0, 5.0]],
    ];
    let weights_of = [2.0, 1.0];
    let mut experts = "Expert,Weight\n".to_string();
    let mut judgements = "Expert,Node,A,B,Value\n".to_string();
    let mut scores = "Expert,Customer,a,b\n".to_string();
    for e in 0..2 {
        experts += &format!("E{e},{}\n", weights_of[e]);
        judgements += &format!("E{e},v,a,b,{}\n", judged[e]);
        for (c, [a, b]) in scored[e].iter().enumerate() {
            scores += &format!("E{e},K{c},{a},{b}\n");
        }
    }
    let files = [("experts.csv", experts), ("judgements.csv", judgements), ("scores.csv", scores)];
    let survey = survey(&model, &files);
    let case = Case::of(model, survey);
    let evaluation = case.evaluated().unwrap();
    let cluster = |c: usize| evaluation.clusters.membership[c].cluster.unwrap();
    let class = |cluster: usize| {
        let named = evaluation.naming.clusters.iter().find(|p| p.cluster == cluster);
        named.unwrap().class.clone()
    };
    let q = 0.25;
    let chance = |step: i32| if step == 0 { 1.0 - 2.0 * q } else { q };
    let step_of = |judgement: f64, step: i32| {
        let place = if judgement >= 1.0 { judgement - 1.0 } else { 1.0 - 1.0 / judgement };
        let place = place + f64::from(step);
        if place >= 0.0 { place + 1.0 } else { 1.0 / (1.0 - place) }
    };
    let mean = |one: f64, other: f64| (2.0 * one + other) / 3.0;
    let steps = || -1..=1;
    let mut expected = [[0.0; 2]; 5];
    for (s, t) in steps().flat_map(|s| steps().map(move |t| (s, t))) {
        // The geometric mean of the judgements by the experts' weights; two items: w = g/(1 + g).
        let logs = 2.0 * step_of(judged[0], s).ln() + step_of(judged[1], t).ln();
        let ratio = (logs / 3.0).exp();
        let w = ratio / (1.0 + ratio);
        let value = |a: f64, b: f64| w * a + (1.0 - w) * b;
        let centre = |of: usize| {
            let members: Vec<usize> = (0..5).filter(|c| cluster(*c) == of).collect();
            let values = members.iter().map(|&c| {
                value(
                    mean(scored[0][c][0], scored[1][c][0]),
                    mean(scored[0][c][1], scored[1][c][1]),
                )
            });
            values.sum::<f64>() / members.len() as f64
        };
        let centres = [centre(1), centre(2)];
        for (c, expected) in expected.iter_mut().enumerate() {
            for at in 0..81 {
                let step = |place: u32| at / 3_i32.pow(place) % 3 - 1;
                let score = |e: usize, i: usize, step: i32| {
                    (scored[e][c][i] + f64::from(step)).clamp(1.0, 5.0)
                };
                let a = mean(score(0, 0, step(0)), score(1, 0, step(1)));
                let b = mean(score(0, 1, step(2)), score(1, 1, step(3)));
                let gaps = centres.map(|centre| (value(a, b) - centre).abs());
                // No draw is a tie, so that nothing depends on how ties are broken.
                assert!((gaps[0] - gaps[1]).abs() > 1e-9);
                let p: f64 =
                    chance(s) * chance(t) * (0..4).map(|p| chance(step(p))).product::<f64>();
                expected[usize::from(gaps[1] < gaps[0])] += p;
            }
        }
    }
    let draws = 40_000;
    let firm = case.firm(&exactly(draws));
    assert_eq!(firm.found.firmness_basis.draws, draws);
    for (c, found) in firm.found.firmness.iter().enumerate() {
        assert!((expected[c].iter().sum::<f64>() - 1.0).abs() < 1e-12);
        for of in 1..=2 {
            let (found, p) =
                (found.class_probabilities.get(&class(of)).unwrap(), expected[c][of - 1]);
            // Four standard deviations of the share of 40,000 draws: at most 0.01.
            let most = 4.0 * (p * (1.0 - p) / draws as f64).sqrt() + 1e-12;
            assert!((found - p).abs() <= most, "K{c}: {found} not {p} ± {most}");
        }
    }
    // Somebody's class is in doubt, or nothing was tested.
    assert!(expected.iter().any(|shares| shares[0] > 0.1 && shares[0] < 0.9), "{expected:?}");
}

#[test]
fn threads_change_nothing_and_seeds_do() {
    let case = hybrid();
    let with = |threads, seed| {
        let options = Options { threads, seed, ..exactly(300) };
        case.firm(&options).found
    };
    let one = with(1, 1);
    assert_eq!(one, with(2, 1));
    assert_eq!(one, with(7, 1));
    assert_ne!(one.firmness, with(1, 2).firmness);
    assert_eq!(one.judgements, with(1, 2).judgements);
}

/// Without steps every draw is the evaluation itself.
#[test]
fn without_steps_every_class_is_certain() {
    for case in [sme(), hybrid()] {
        let found = case.firm(&Options { step_probability: 0.0, ..exactly(50) }).found;
        for one in &found.firmness {
            assert_eq!(one.probability(), 1.0);
            assert_eq!(one.next(), None);
        }
    }
}

/// Each step of each judgement, made in the survey itself and weighed by the whole of the program.
#[test]
fn steps_of_judgements_move_whom_they_are_said_to() {
    for case in [sme(), doubtful(), hybrid()] {
        steps_of_judgements(&case);
    }
}

fn steps_of_judgements(case: &Case) {
    let Case { model, survey, .. } = case;
    let evaluation = case.evaluated().unwrap();
    let found = case.firm(&exactly(1)).found;
    let up = |x: f64| if x >= 1.0 { x + 1.0 } else { 1.0 / (1.0 / x - 1.0) };
    let down = |x: f64| 1.0 / up(1.0 / x);
    let mut tried = 0;
    let mut moving = 0;
    for at in 0..survey.comparisons.len() {
        let one = &survey.comparisons[at];
        let custval::survey::Given::Judgement(from) = one.given else { continue };
        for to in [down(from), up(from)] {
            if !(1.0 / 9.0 - 1e-9..=9.0 + 1e-9).contains(&to) {
                continue;
            }
            tried += 1;
            let mut changed = survey.clone();
            changed.comparisons[at].given = custval::survey::Given::Judgement(to);
            let weights = custval::evaluation::weigh_survey(
                Some(model),
                model.weights,
                &changed,
                &mut Diagnostics::new(),
            );
            let parts = weights.unwrap().weights.part_weights.numbers();
            let nodes = model.hierarchy.nodes().iter().enumerate();
            let locals =
                nodes.map(|(at, node)| node.parent.map_or(1.0, |up| parts[at] / parts[up]));
            let world = World::new(&evaluation, locals.collect());
            let mut expected = Vec::new();
            for (customer, firm) in evaluation.firmness.iter().enumerate() {
                let (class, lead) = world.class(customer);
                assert!(lead > 1e-9);
                if Some(&class) != firm.class.as_ref() {
                    expected.push((firm.customer.clone(), class));
                }
            }
            let listed = found.judgements.iter().find(|change| {
                let is_it = change.expert == one.expert && change.a == one.a && change.b == one.b;
                is_it && (change.to - to).abs() < 1e-9
            });
            let listed: Vec<(String, String)> = listed
                .iter()
                .flat_map(|change| &change.moves)
                .map(|one| (one.customer.clone(), one.to.clone()))
                .collect();
            assert_eq!(listed, expected, "{} {} {} {to}", one.expert, one.a, one.b);
            moving += usize::from(!expected.is_empty());
        }
    }
    assert_eq!((found.judgements.len(), found.judgement_steps), (moving, tried));
    let moves: Vec<usize> = found.judgements.iter().map(|change| change.moves.len()).collect();
    assert!(moves.windows(2).all(|pair| pair[0] >= pair[1]), "{moves:?}");
}

#[test]
fn points_of_scores_move_whom_they_are_said_to() {
    for case in [sme(), doubtful(), hybrid()] {
        points_of_scores(&case);
    }
}

fn points_of_scores(case: &Case) {
    let Case { model, .. } = case;
    let evaluation = case.evaluated().unwrap();
    let found = case.firm(&exactly(1)).found;
    let world = World::new(&evaluation, locals(&evaluation));
    let mut expected = Vec::new();
    for (customer, scores) in evaluation.indicators.scores.iter().enumerate() {
        let firm = &evaluation.firmness[customer];
        for (at, indicator) in model.indicators.iter().enumerate() {
            // By the indicator's sources: a blend's score moves by the experts' share of it.
            let by_experts = |part: &&Part| part.source == Source::Experts;
            let parts = &evaluation.indicators.columns[at].parts;
            let Some(experts) = parts.iter().find(by_experts) else { continue };
            let Some(from) = experts.scores[customer] else { continue };
            let known = parts.iter().filter(|part| part.scores[customer].is_some());
            let share = experts.share / known.map(|part| part.share).sum::<f64>();
            for to in [(from - 1.0).max(1.0), (from + 1.0).min(5.0)] {
                if to == from {
                    continue;
                }
                let mut changed = scores.clone();
                changed[at] = scores[at].map(|score| score + share * (to - from));
                let (class, lead) = world.class_of(&changed);
                assert!(lead > 1e-9);
                if Some(&class) != firm.class.as_ref() {
                    expected.push((firm.customer.clone(), indicator.code.clone(), to, class));
                }
            }
        }
    }
    let found = found.scores.into_iter();
    let found: Vec<_> =
        found.map(|one| (one.customer, one.indicator, one.to, one.to_class)).collect();
    assert_eq!(found, expected);
}

/// An expert left out, by a survey in which the expert does not take part.
#[test]
fn experts_left_out_move_whom_they_are_said_to() {
    for case in [sme(), doubtful(), hybrid()] {
        experts_left_out(&case);
    }
}

fn experts_left_out(case: &Case) {
    let Case { survey, .. } = case;
    let evaluation = case.evaluated().unwrap();
    let found = case.firm(&exactly(1)).found;
    let experts: Vec<String> = survey.experts.included().map(|e| e.name.clone()).collect();
    let mut seen = 0;
    for (at, expert) in experts.iter().enumerate() {
        let mut without = survey.clone();
        without.comparisons.retain(|one| one.expert != *expert);
        without.scores.given.retain(|one| one.expert as usize != at);
        let other = case.with(&without).unwrap();
        for (what, locals, scores) in [
            (LeftOutOf::Judgements, locals(&other), &evaluation.indicators.scores),
            (LeftOutOf::Scores, locals(&evaluation), &other.indicators.scores),
            (LeftOutOf::Both, locals(&other), &other.indicators.scores),
        ] {
            let Some(change) =
                found.experts.iter().find(|one| one.expert == *expert && one.left_out_of == what)
            else {
                continue;
            };
            seen += 1;
            let world = World::of(&evaluation, locals, scores);
            let mut expected = Vec::new();
            for (scores, firm) in scores.iter().zip(&evaluation.firmness) {
                let (class, lead) = world.class_of(scores);
                assert!(lead > 1e-9);
                if Some(&class) != firm.class.as_ref() {
                    expected.push((firm.customer.clone(), class));
                }
            }
            let moves = change.moves.iter().flatten();
            let moves: Vec<_> = moves.map(|one| (one.customer.clone(), one.to.clone())).collect();
            assert_eq!(moves, expected, "{expert} {what:?}");
        }
    }
    assert_eq!(seen, found.experts.len());
    assert!(seen >= experts.len(), "{seen}");
}

/// Where one expert alone scored, or judged, nothing can be said without that expert.
#[test]
fn the_only_expert_cannot_be_left_out() {
    let model = drawn_model("eigenvector", "aij", "refuse", "none");
    let rows =
        [[1, 2, 1, 2, 1], [5, 4, 5, 4, 5], [3, 3, 1, 5, 5], [1, 1, 2, 5, 4], [5, 5, 4, 1, 2]];
    let rows = rows.map(|row| row.map(Some)).to_vec();
    let case = answered(model, &(vec![[2.0, 1.0, 3.0, 1.0, 1.0]], vec![rows]));
    let found = case.firm(&exactly(10)).found;
    let of = |what| found.experts.iter().find(|one| one.left_out_of == what).unwrap();
    assert_eq!(of(LeftOutOf::Judgements).moves, None);
    assert_eq!(of(LeftOutOf::Both).moves, None);
    let scores = of(LeftOutOf::Scores);
    assert_eq!((scores.moves.as_ref().unwrap().len(), scores.unclassed.len()), (0, 5));
}

/// k-means stopped after one step: customers who are nearer to another centre are said, not moved.
#[test]
fn customers_nearer_to_another_centre_are_said() {
    let mut case = sme();
    case.model.clusters.k = 3;
    case.model.clusters.start_cases = vec![1, 2, 3];
    case.model.clusters.max_iterations = 1;
    let evaluation = case.evaluated().unwrap();
    let elsewhere: Vec<_> =
        evaluation.firmness.iter().filter(|firm| firm.nearest_class.is_some()).collect();
    assert_eq!(evaluation.firmness_basis.elsewhere, elsewhere.len());
    let world = World::new(&evaluation, locals(&evaluation));
    for (customer, firm) in evaluation.firmness.iter().enumerate() {
        let nearest = firm.nearest_class.as_ref().or(firm.class.as_ref()).unwrap();
        assert_eq!(world.class(customer).0, *nearest);
        assert!(firm.nearest_class.is_none() || firm.critical.is_none());
    }
}

/// The names that programs rely on.
#[test]
fn the_documents_have_the_names_of_the_contract() {
    let case = doubtful();
    let evaluation = serde_json::to_value(case.evaluated().unwrap()).unwrap();
    let firm = serde_json::to_value(case.firm(&Options::new(500, 3))).unwrap();
    for (document, draws, seed) in [(&evaluation, 1000, 1), (&firm, 500, 3)] {
        let basis = &document["firmness_basis"];
        assert_eq!((basis["draws"].as_u64(), basis["seed"].as_u64()), (Some(draws), Some(seed)));
        assert!(basis["step_probability"].is_number() && basis["score_step"].is_number());
        let all = document["firmness"].as_array().unwrap();
        assert_eq!(all.len(), 30);
        for one in all {
            assert!(one["customer"].is_string() && one["class"].is_string());
            let shares = one["class_probabilities"].as_object().unwrap().values();
            let sum: f64 = shares.map(|share| share.as_f64().unwrap()).sum();
            assert!((sum - 1.0).abs() < 1e-12);
            let critical = one["critical"].as_object();
            for name in ["criterion", "from", "to", "change", "change_share", "class", "exact"] {
                assert!(critical.is_none_or(|critical| critical.contains_key(name)), "{name}");
            }
        }
    }
    for (list, names) in [
        ("judgements", &["expert", "node", "a", "b", "from", "to", "moves"][..]),
        ("experts", &["expert", "left_out_of", "moves", "unclassed"]),
        ("scores", &["customer", "indicator", "from", "to", "class", "to_class"]),
    ] {
        let first = &firm[list][0];
        for name in names {
            assert!(first.as_object().unwrap().contains_key(*name), "{list}[].{name}");
        }
    }
}

/// A model of another shape: measured indicators stay as they are, classes by rank.
#[test]
fn measured_indicators_are_facts() {
    let files = ["judgements.csv", "scores.csv", "measured.csv"];
    let files = files.map(|file| format!("retail-loyalty/{file}"));
    let case = Case::example("retail-loyalty", &files.each_ref().map(String::as_str));
    let evaluation = case.evaluated().unwrap();
    let found = case.firm(&exactly(20)).found;
    let measured = |code: &str| {
        let indicator = case.model.indicators.iter().find(|one| one.code == code).unwrap();
        indicator.source == Source::Measured
    };
    assert!(found.scores.iter().all(|change| !measured(&change.indicator)));
    assert_eq!(evaluation.firmness_basis.scores, case.survey.scores.given.len());
    critical_weights_hold(&evaluation, 1);
}

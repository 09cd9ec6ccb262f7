//! Scores, segments and rankings are those of the published tools, cell by cell.

use custval::diagnostic::Diagnostics;
use custval::rfm::{
    Direction, Lloyd, Method, Scored, SegmentMap, elbow, overall, score, tiers, weighted_min_max,
};
use custval::transactions::{Metrics, Options, metrics, read};
use proptest::prelude::*;
use serde_json::Value;

fn fixture(id: &str) -> Value {
    let text = include_str!("fixtures/rfm/fixtures.json");
    let all: Value = serde_json::from_str(text).unwrap();
    let found = all["fixtures"].as_array().unwrap().iter().find(|one| one["id"] == id);
    found.unwrap_or_else(|| panic!("no fixture {id}")).clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// The orders of R's package `rfm`, one row an order, as of 2006-12-31.
fn orders() -> Vec<Metrics> {
    let file = format!("{}/tests/fixtures/rfm/rfm_data_orders.csv", env!("CARGO_MANIFEST_DIR"));
    let options = Options { as_of: Some("2006-12-31".into()), ..Options::default() };
    let sales = read(&[file], &options, &mut Diagnostics::new(), &mut |_| {}).unwrap();
    metrics(&sales)
}

type Figures = [Vec<Option<f64>>; 3];

fn figures(customers: &[Metrics]) -> Figures {
    let of = |figure: &dyn Fn(&Metrics) -> Option<f64>| customers.iter().map(figure).collect();
    [
        of(&|customer| customer.recency_days.map(f64::from)),
        of(&|customer| Some(customer.orders.into())),
        of(&|customer| Some(customer.monetary)),
    ]
}

fn scored(figures: &Figures, methods: [Method; 3]) -> Vec<Scored> {
    let directions = [Direction::LessIsBetter, Direction::MoreIsBetter, Direction::MoreIsBetter];
    let all = figures.iter().zip(methods).zip(directions).zip(["recency", "frequency", "money"]);
    all.map(|(((values, method), direction), name)| score(name, values, 5, &method, direction))
        .collect()
}

fn code(scored: &[Scored], customer: usize) -> u32 {
    scored.iter().fold(0, |code, scored| code * 10 + scored.scores[customer].unwrap())
}

fn of_r(figures: &Figures) -> Vec<Scored> {
    scored(figures, [Method::QuantilePlusOne, Method::QuantilePlusOne, Method::QuantilePlusOne])
}

fn thresholds_hold(id: &str, figures: &Figures) {
    let expected = &fixture(id)["expect"]["threshold"];
    for (scored, name) in of_r(figures).iter().zip(["recency", "frequency", "monetary"]) {
        let lower = numbers(&expected[format!("{name}_lower")]);
        let upper = numbers(&expected[format!("{name}_upper")]);
        for (at, edge) in scored.edges.iter().enumerate() {
            assert!((edge - upper[at]).abs() <= 1e-9, "{name} {at}: {edge}");
            assert!((edge - lower[at + 1]).abs() <= 1e-9, "{name} {at}: {edge}");
        }
    }
}

#[test]
fn thresholds_are_those_of_r() {
    let customers = orders();
    assert_eq!(customers.len(), 995);
    assert_eq!(customers.iter().map(|customer| customer.orders).sum::<u32>(), 4906);
    thresholds_hold("R rfm orders: thresholds", &figures(&customers));
}

#[test]
fn thresholds_of_a_table_of_customers_are_those_of_r() {
    let file = format!("{}/tests/fixtures/rfm/rfm_data_customer.csv", env!("CARGO_MANIFEST_DIR"));
    let mut table = csv::Reader::from_path(file).unwrap();
    let headers = table.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let columns = [at("recency_days"), at("number_of_orders"), at("revenue")];
    let mut figures: Figures = Default::default();
    for record in table.records() {
        let record = record.unwrap();
        for (figure, column) in figures.iter_mut().zip(columns) {
            figure.push(record[column].parse().ok());
        }
    }
    assert_eq!(figures[0].len(), 39_999);
    thresholds_hold("R rfm customers: thresholds", &figures);
}

#[test]
fn scores_are_those_of_r() {
    let customers = orders();
    let scored = of_r(&figures(&customers));
    let rows = fixture("R rfm orders: first 8 scores");
    for row in rows["expect"]["rows"].as_array().unwrap() {
        let id = row["customer_id"].as_str().unwrap();
        let at = customers.iter().position(|customer| customer.customer == id).unwrap();
        let customer = &customers[at];
        assert_eq!(customer.recency_days.map(i64::from), row["recency_days"].as_i64(), "{id}");
        assert_eq!(i64::from(customer.orders), row["transaction_count"], "{id}");
        assert_eq!(customer.monetary, row["amount"].as_f64().unwrap(), "{id}");
        assert_eq!(i64::from(code(&scored, at)), row["rfm_score"], "{id}");
    }
}

#[test]
fn own_cut_points_change_two_scores() {
    let figures = figures(&orders());
    let input = fixture("R rfm custom cut points");
    let default = of_r(&figures);
    let cuts = |name: &str| Method::Cuts(numbers(&input["input"][name]));
    let own = scored(&figures, [cuts("recency"), cuts("frequency"), cuts("monetary")]);
    let changed = (0..figures[0].len()).filter(|at| code(&own, *at) != code(&default, *at)).count();
    assert_eq!(changed, 2);
}

fn map(name: &str) -> SegmentMap {
    let mut log = Diagnostics::new();
    SegmentMap::open(name, &mut log).unwrap_or_else(|| panic!("{}", log.text(false)))
}

#[test]
fn segments_are_summed_as_in_r() {
    let customers = orders();
    let scored = of_r(&figures(&customers));
    let map = map("rfm-11-r02");
    let expected = fixture("R rfm orders: segment summary (0.2 map)");
    let mut seen = 0;
    for row in expected["expect"].as_array().unwrap() {
        let name = row["segment"].as_str().unwrap();
        let members: Vec<&Metrics> = (0..customers.len())
            .filter(|at| {
                let scores: Vec<u32> = scored.iter().map(|s| s.scores[*at].unwrap()).collect();
                map.segment(&scores) == Some(name)
            })
            .map(|at| &customers[at])
            .collect();
        let orders: u32 = members.iter().map(|customer| customer.orders).sum();
        let money: f64 = members.iter().map(|customer| customer.monetary).sum();
        assert_eq!(members.len() as u64, row["customers"].as_u64().unwrap(), "{name}");
        assert_eq!(u64::from(orders), row["orders"].as_u64().unwrap(), "{name}");
        assert_eq!(money, row["revenue"].as_f64().unwrap(), "{name}");
        let mean = (money / f64::from(orders) * 100.0).round() / 100.0;
        assert_eq!(mean, row["aov"].as_f64().unwrap(), "{name}");
        seen += members.len();
    }
    assert_eq!(seen, 995);
}

#[test]
fn maps_are_right_cell_by_cell() {
    let scores = |cell: &str| -> Vec<u32> { cell.chars().filter_map(|c| c.to_digit(10)).collect() };
    let eleven = map("rfm-11");
    let cells = fixture("R 0.3 map, 125 cells");
    let cells = cells["expect"]["cells"].as_object().unwrap();
    assert_eq!(cells.len(), 125);
    for (cell, name) in cells {
        assert_eq!(eleven.segment(&scores(cell)), name.as_str(), "{cell}");
    }
    let ten = map("rf-10");
    for (cell, name) in fixture("RF 10-segment regex map, 25 cells")["expect"].as_object().unwrap()
    {
        assert_eq!(ten.segment(&scores(cell)), name.as_str(), "{cell}");
    }
    let quartiles = map("quartiles-5");
    let expected = fixture("pymc-marketing 4-quartile map");
    for (name, cells) in expected["expect"]["map"].as_object().unwrap() {
        for cell in cells.as_array().unwrap() {
            assert_eq!(quartiles.segment(&scores(cell.as_str().unwrap())), Some(name.as_str()));
        }
    }
    for cell in expected["expect"]["other"].as_array().unwrap() {
        assert_eq!(quartiles.segment(&scores(cell.as_str().unwrap())), Some("Other"));
    }
}

#[test]
fn coverage_tells_cells_covered_twice_or_never() {
    let ten = map("rf-10").coverage();
    assert_eq!((ten.cells, ten.twice.len(), ten.never.len(), ten.shadowed.len()), (25, 0, 0, 0));
    assert_eq!(map("rfm-11").coverage().never.len(), 10);
    assert!(map("eight-groups").coverage().never.is_empty());
    assert_eq!(
        map("notebook").segments(&[4, 4, 4]),
        ["Best Customers", "Loyal Customers", "Big Spenders"]
    );
    let text = "kind = \"segments\"\nname = \"x\"\nlevels = 2\nletters = [\"R\"]\n\
        [[segment]]\nname = \"all\"\nscores = { R = \"1-2\" }\n[[segment]]\nname = \"never\"\ncells = [\"2\"]\n";
    let own = SegmentMap::parse(text, "x.toml", &mut Diagnostics::new()).unwrap();
    let coverage = own.coverage();
    assert_eq!(coverage.shadowed, ["never"]);
    assert_eq!(coverage.twice.len(), 1);
    let mut log = Diagnostics::new();
    let faulty = text.replace("1-2", "0-7").replace("\"2\"", "\"23\"");
    assert!(SegmentMap::parse(&faulty, "x.toml", &mut log).is_none());
    assert!(log.len() == 2, "{}", log.text(false));
}

#[test]
fn weighted_rankings_are_those_of_liu_and_shih() {
    let table = fixture("Liu & Shih 2005 Table 5 ranking");
    let means: Vec<Vec<f64>> =
        table["input"]["cluster_means"].as_array().unwrap().iter().map(numbers).collect();
    let weights = numbers(&table["input"]["weights"]);
    let expected = numbers(&table["expect"]["integrated"]);
    let mut order: Vec<usize> = (0..means.len()).collect();
    let sums: Vec<f64> =
        means.iter().map(|row| row.iter().zip(&weights).map(|(mean, w)| mean * w).sum()).collect();
    for (sum, expected) in sums.iter().zip(&expected) {
        assert!((sum - expected).abs() <= 0.0016, "{sum} {expected}");
    }
    order.sort_by(|a, b| sums[*b].total_cmp(&sums[*a]));
    let rank = |at: usize| order.iter().position(|one| *one == at).unwrap() as f64 + 1.0;
    let ranks: Vec<f64> = (0..means.len()).map(rank).collect();
    assert_eq!(ranks, numbers(&table["expect"]["rank"]));
    // Figures brought to 0…1 by the least and the most, recency turned.
    let found =
        weighted_min_max(&[(&[10.0, 30.0, 20.0], false), (&[1.0, 5.0, 3.0], true)], &[3.0, 1.0]);
    assert_eq!(found, [0.75, 0.25, 0.5]);
}

#[test]
fn arrows_are_those_of_liu_and_shih() {
    let table = fixture("Liu & Shih 2005 Table 4 arrows");
    let sizes = numbers(&table["input"]["n"]);
    let exact = numbers(&table["expect"]["overall_exact"]);
    for (at, letter) in ["R", "F", "M"].into_iter().enumerate() {
        let means = numbers(&table["input"][letter]);
        // Each customer of a cluster stands for its mean.
        let values: Vec<Option<f64>> = means
            .iter()
            .zip(&sizes)
            .flat_map(|(mean, size)| std::iter::repeat_n(Some(*mean), *size as usize))
            .collect();
        let found = score(letter, &values, 2, &Method::Mean, Direction::MoreIsBetter);
        assert!((found.edges[0] - exact[at]).abs() < 1e-3);
        let mut start = 0;
        for (cluster, size) in sizes.iter().enumerate() {
            let arrows = table["expect"]["type"][cluster].as_str().unwrap();
            let sign = if found.scores[start] == Some(2) { '+' } else { '-' };
            assert_eq!(arrows.chars().nth(2 * at + 1), Some(sign), "{letter} {cluster}");
            start += *size as usize;
        }
    }
}

#[test]
fn bands_are_those_of_the_deck() {
    let table = fixture("seed3 overall score bands");
    let levels = |best: u32| Scored {
        scores: (1..=best).map(Some).collect(),
        best,
        edges: Vec::new(),
        sizes: Vec::new(),
        levels: Vec::new(),
        notes: Vec::new(),
    };
    let (nine, values) = (levels(9), [Some(0.0); 9]);
    let found = overall(&[&nine], &[&values], 0);
    for (at, band) in found.bands.iter().enumerate() {
        assert_eq!(band.value, table["expect"]["value"][at]);
        let loyalty = table["expect"]["loyalty"][at].as_str().unwrap();
        assert_eq!(band.loyalty, if loyalty == "?" { "Low Engagement" } else { loyalty });
    }
}

fn methods() -> impl Strategy<Value = Method> {
    prop_oneof![
        Just(Method::Quantile),
        Just(Method::Rank),
        Just(Method::Mean),
        Just(Method::Kmeans)
    ]
}

proptest! {
    #[test]
    fn scores_follow_the_values(
        values in prop::collection::vec(0i32..30, 1..60),
        levels in 2u32..8,
        method in prop_oneof![methods(), Just(Method::Lloyd(Lloyd::default()))],
    ) {
        let figures: Vec<Option<f64>> = values.iter().map(|value| Some(f64::from(*value))).collect();
        let more = score("x", &figures, levels, &method, Direction::MoreIsBetter);
        let less = score("x", &figures, levels, &method, Direction::LessIsBetter);
        let (low, high) = (values.iter().min(), values.iter().max());
        for (at, value) in values.iter().enumerate() {
            for (other, second) in values.iter().enumerate() {
                if value <= second {
                    prop_assert!(more.scores[at] <= more.scores[other]);
                    prop_assert!(less.scores[at] >= less.scores[other]);
                }
            }
            if Some(value) == high {
                prop_assert_eq!(more.scores[at], Some(more.best));
            }
            if Some(value) == low {
                prop_assert_eq!(less.scores[at], Some(less.best));
            }
        }
    }

    #[test]
    fn scaling_shifting_and_order_change_no_score(
        cents in prop::collection::vec(0i64..5_000, 1..60), levels in 2u32..8, method in methods(), shift in 1i64..1000,
    ) {
        let money = |scale: f64| -> Vec<Option<f64>> {
            cents.iter().map(|cents| Some(*cents as f64 / 100.0 * scale)).collect()
        };
        let scores = |values: &[Option<f64>]| score("x", values, levels, &method, Direction::MoreIsBetter).scores;
        let plain = scores(&money(1.0));
        prop_assert_eq!(&scores(&money(1e-4)), &plain);
        prop_assert_eq!(&scores(&money(1e6)), &plain);
        let days: Vec<Option<f64>> = cents.iter().map(|days| Some(*days as f64)).collect();
        let later: Vec<Option<f64>> = cents.iter().map(|days| Some((*days + shift) as f64)).collect();
        prop_assert_eq!(scores(&days), scores(&later));
        let mut turned = days.clone();
        turned.reverse();
        let mut back = scores(&turned);
        back.reverse();
        prop_assert_eq!(scores(&days), back);
    }

    #[test]
    fn tiers_hold_everybody_once(money in prop::collection::vec(-50i32..500, 1..80)) {
        let money: Vec<f64> = money.iter().map(|money| f64::from(*money)).collect();
        let limits = [("S", 0.05), ("A", 0.2), ("B", 0.5), ("C", 1.0)].map(|(n, s)| (n.to_string(), s));
        let (of, found) = tiers(&money, &limits);
        prop_assert_eq!(found.iter().map(|tier| tier.customers).sum::<usize>(), money.len());
        for (at, tier) in of.iter().enumerate() {
            for (other, second) in of.iter().enumerate() {
                prop_assert!(money[at] < money[other] || tier <= second);
            }
        }
        let sum: f64 = found.iter().map(|tier| tier.money).sum();
        prop_assert!((sum - money.iter().sum::<f64>()).abs() < 1e-6);
    }
}

#[test]
fn the_elbow_never_rises() {
    let values: Vec<f64> = (0..500).map(|n| f64::from((n * n) % 97)).collect();
    let sums = elbow(&values, 10);
    assert!(sums.windows(2).all(|pair| pair[1] <= pair[0]));
}

//! The course deck: k-means on each of recency, frequency and revenue of UK customers.

use super::super::{Corrected, Figure, Reproduction};
use super::{INPUT, base, file, sales, steps};
use crate::Error;
use crate::rfm::{Direction, Level, Lloyd, Method, Overall, Scored, overall, score};
use crate::transactions::{Compat, Metrics};

/// The study's name on the command line.
pub const RETAIL_DECK: &str = "retail-deck";

const BEST: [(&str, &str); 5] = [
    ("14646", "279489.02"),
    ("18102", "256438.49"),
    ("17450", "187482.17"),
    ("14911", "132572.62"),
    ("12415", "123725.45"),
];

/// Single customers that the deck shows: recency, then frequency and revenue.
const RECENCY: [(&str, &str); 5] =
    [("17850", "343"), ("13047", "1"), ("13748", "65"), ("15100", "343"), ("15291", "2")];
const FREQUENCY: [(&str, &str); 5] =
    [("12747", "31"), ("12748", "1605"), ("12749", "160"), ("12820", "36"), ("12821", "6")];
const REVENUE: [(&str, &str); 5] = [
    ("12747", "1420.04"),
    ("12748", "11702.56"),
    ("12749", "2532.55"),
    ("12820", "561.53"),
    ("12821", "92.72"),
];

/// The clusters of each figure as printed, in the order of their means: count, mean, standard deviation,
/// least, quartiles, most. The least recent come first.
type Printed = [[&'static str; 8]; 4];

const RECENCY_LEVELS: Printed = [
    ["483", "204.05176", "31.43688", "169", "182", "203", "218", "343"],
    ["500", "97.25", "15.350139", "73", "84", "97", "110", "125"],
    ["944", "46.884534", "11.379616", "29", "37", "45", "56", "71"],
    ["1002", "7.106786", "5.314069", "0", "2", "7", "12", "20"],
];
const FREQUENCY_LEVELS: Printed = [
    ["2503", "32.589692", "25.47706", "1", "12", "26", "47", "102"],
    ["394", "173.538071", "64.247453", "104", "124", "155", "201.75", "397"],
    ["30", "636.9", "260.983861", "418", "458", "543.5", "722.25", "1605"],
    ["2", "3228.5", "1263.599818", "2335", "2781.75", "3228.5", "3675.25", "4122"],
];
const REVENUE_LEVELS: Printed = [
    ["2746", "662.344116", "610.139977", "-4287.63", "235.285", "451.185", "911.9225", "2753.23"],
    [
        "156",
        "4908.158788",
        "2145.259258",
        "2802.07",
        "3305.03",
        "4126.925",
        "5850.5725",
        "12239.47",
    ],
    ["25", "22068.1892", "7973.480069", "14006.42", "17510.06", "19755.96", "23719.4", "44563.01"],
    [
        "2",
        "127454.65",
        "10591.229216",
        "119965.52",
        "123710.085",
        "127454.65",
        "131199.215",
        "134943.78",
    ],
];

/// The overall scores as printed: mean recency, frequency and revenue.
const OVERALL: [[&str; 3]; 9] = [
    ["204.220126", "19.727463", "312.658931"],
    ["98.482105", "28.644211", "486.505474"],
    ["48.797897", "39.53972", "686.270564"],
    ["12.279279", "52.888031", "815.000297"],
    ["10.181395", "156.023256", "2339.427488"],
    ["7.494845", "228.845361", "5810.642165"],
    ["5.043478", "476.347826", "12672.033043"],
    ["2.428571", "628.285714", "55846.405714"],
    ["4.5", "3228.5", "20580.85"],
];

const COLUMNS: [&str; 8] = ["count", "mean", "sd", "min", "25 %", "50 %", "75 %", "max"];

/// Repeats the deck's recipe on all the data, as the rows behind its tables are not stated.
///
/// # Errors
/// Where the data are not at hand; the message says where they are to be had.
pub fn retail_deck(data: Option<&str>) -> Result<Reproduction, Error> {
    let file = file(data)?;
    let compat = Compat { returns_as_purchases: true, ..Compat::default() };
    let (all, everybody) = sales(&file, &base(&[], compat))?;
    let mut figures = vec![
        Figure::number("Data", "records", "count", "541909", all.ledger.rows_in as f64),
        Figure::number("Data", "attributes", "count", "8", all.columns.iter().count() as f64),
    ];
    let mut best: Vec<&Metrics> = everybody.iter().collect();
    best.sort_by(|a, b| b.monetary.total_cmp(&a.monetary));
    for ((customer, money), ours) in BEST.iter().zip(best) {
        let row = format!("{customer}, all countries");
        if ours.customer == *customer {
            figures.push(Figure::number("Best customers", &row, "revenue", money, ours.monetary));
        } else {
            figures.push(Figure::text(
                "Best customers",
                &row,
                "customer",
                customer,
                &ours.customer,
            ));
        }
    }
    let (uk, customers) = sales(&file, &base(&["Country = 'United Kingdom'"], compat))?;
    let table = "UK customers (rows not stated in the deck)";
    figures.push(Figure::number(table, "customers", "count", "2929", customers.len() as f64));
    figures.push(Figure::number(table, "rows", "count", "175510", uk.ledger.rows_used as f64));
    let revenue = uk.ledger.money_used.to_f64();
    figures.push(Figure::number(table, "revenue", "sum", "3391083.74", revenue));
    let find = |id: &str| customers.iter().find(|one| one.customer == id);
    let days = |one: &Metrics| f64::from(one.recency_24h.unwrap_or_default());
    for (id, printed) in RECENCY {
        let ours = find(id).map_or(f64::NAN, days);
        figures.push(Figure::number(table, id, "recency", printed, ours));
    }
    for (id, printed) in FREQUENCY {
        let ours = find(id).map_or(f64::NAN, |one| one.lines.map_or(f64::NAN, f64::from));
        figures.push(Figure::number(table, id, "frequency", printed, ours));
    }
    for (id, printed) in REVENUE {
        let ours = find(id).map_or(f64::NAN, |one| one.monetary);
        figures.push(Figure::number(table, id, "revenue", printed, ours));
    }
    let library = Scores::of(&customers, &Method::Lloyd(Lloyd::default()));
    let exact = Scores::of(&customers, &Method::Kmeans);
    for (at, (name, printed)) in
        [("Recency", RECENCY_LEVELS), ("Frequency", FREQUENCY_LEVELS), ("Revenue", REVENUE_LEVELS)]
            .iter()
            .enumerate()
    {
        for (level, printed) in library.scored[at].levels.iter().zip(printed) {
            let row = format!("level {}", level.score - 1);
            for ((column, printed), ours) in COLUMNS.iter().zip(printed).zip(described(level)) {
                figures.push(Figure::number(name, &row, column, printed, ours));
            }
        }
    }
    for (band, printed) in library.overall.bands.iter().zip(OVERALL) {
        let row = format!("overall score {}", band.score);
        for (at, (column, printed)) in
            ["recency", "frequency", "revenue"].iter().zip(printed).enumerate()
        {
            let ours = band.means.get(at).copied().unwrap_or(f64::NAN);
            figures.push(Figure::number("Overall", &row, column, printed, ours));
        }
    }
    Ok(Reproduction {
        study: RETAIL_DECK.to_string(),
        title: "A course deck's k-means on recency, frequency and revenue".to_string(),
        input: INPUT.to_string(),
        equal: figures.iter().filter(|figure| figure.equal).count(),
        figures,
        steps: steps(&uk),
        corrected: corrected(&uk, &customers, &library, &exact),
        remarks: REMARKS.iter().map(|remark| remark.to_string()).collect(),
        evaluation: None,
    })
}

const REMARKS: [&str; 4] = [
    "The counts of the data and the best customers are equal. The deck's other tables rest on 2,929 of 3,950 UK customers and 175,510 of 361,878 rows; no rule that it states selects them, so that they cannot be had from the full data. Each of their figures stands beside that of the same recipe on all rows: DIFFERS means other rows, not another method.",
    "The recipe counts lines as frequency, lets returns raise frequency and set the date of the last purchase, and adds three levels as if they weighed the same: customers of overall score 7 spend more than those of 8.",
    "The library behind the deck stops k-means when centres move little (1e-4 of the variance): 3687, 234, 27 and 2 customers by revenue. The smallest sum of squares is that of 3689, 232, 27 and 2.",
    "Scores by k-means on raw money put two customers into a level of their own; --method quantile, or weights, may tell more.",
];

/// The levels of the three figures, and their sums.
struct Scores {
    scored: [Scored; 3],
    overall: Overall,
}

impl Scores {
    fn of(customers: &[Metrics], method: &Method) -> Scores {
        let recency: Vec<_> = customers.iter().map(|one| one.recency_24h.map(f64::from)).collect();
        let frequency: Vec<_> = customers.iter().map(|one| one.lines.map(f64::from)).collect();
        let revenue: Vec<_> = customers.iter().map(|one| Some(one.monetary)).collect();
        let more = Direction::MoreIsBetter;
        let scored = [
            score("recency", &recency, 4, method, Direction::LessIsBetter),
            score("frequency", &frequency, 4, method, more),
            score("revenue", &revenue, 4, method, more),
        ];
        let [r, f, m] = &scored;
        let overall = overall(&[r, f, m], &[&recency, &frequency, &revenue], 2);
        Scores { scored, overall }
    }

    fn sizes(&self, at: usize) -> String {
        let sizes: Vec<String> = self.scored[at].sizes.iter().map(usize::to_string).collect();
        sizes.join(" / ")
    }

    fn band(&self, value: &str) -> String {
        let bands = self.overall.bands.iter().filter(|band| band.value == value);
        bands.map(|band| band.customers).sum::<usize>().to_string()
    }
}

/// Count, mean, standard deviation, least, quartiles and most.
fn described(level: &Level) -> [f64; 8] {
    let or_nan = |figure: Option<f64>| figure.unwrap_or(f64::NAN);
    let [q1, median, q3] = level.quartiles.unwrap_or([f64::NAN; 3]);
    [
        level.count as f64,
        or_nan(level.mean),
        or_nan(level.sd),
        or_nan(level.min),
        q1,
        median,
        q3,
        or_nan(level.max),
    ]
}

fn corrected(
    uk: &crate::transactions::Sales,
    customers: &[Metrics],
    library: &Scores,
    exact: &Scores,
) -> Vec<Corrected> {
    let row = |figure: &str, as_published: String, right: String| Corrected {
        figure: figure.to_string(),
        as_published,
        right,
    };
    let sum_of_squares = |scores: &Scores| {
        let squares = scores.scored[2]
            .levels
            .iter()
            .map(|level| level.sd.map_or(0.0, |sd| sd * sd * (level.count as f64 - 1.0)));
        format!("{:.0}", squares.sum::<f64>())
    };
    vec![
        row("UK customers", "2929".to_string(), customers.len().to_string()),
        row("UK rows", "175510".to_string(), uk.ledger.rows_used.to_string()),
        row("levels of recency", library.sizes(0), exact.sizes(0)),
        row("levels of frequency", library.sizes(1), exact.sizes(1)),
        row("levels of revenue", library.sizes(2), exact.sizes(2)),
        row("sum of squares of revenue", sum_of_squares(library), sum_of_squares(exact)),
        row("Low (0–2)", library.band("Low"), exact.band("Low")),
        row("Mid (3–4)", library.band("Mid"), exact.band("Mid")),
        row("High (5–9)", library.band("High"), exact.band("High")),
    ]
}

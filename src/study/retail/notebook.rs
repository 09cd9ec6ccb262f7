//! The notebook: quartile scores of UK customers.

use super::super::{Corrected, Figure, Reproduction};
use super::{INPUT, base, file, joined, sales, steps};
use crate::Error;
use crate::diagnostic::Diagnostics;
use crate::rfm::{Direction, Method, Scored, SegmentMap, score};
use crate::transactions::{Compat, Metrics, Options, Sales};

/// The study's name on the command line.
pub const RFM_NOTEBOOK: &str = "rfm-notebook";

const CUSTOMERS: [&str; 5] = ["12747", "12748", "12749", "12820", "12821"];
const RFM: [&str; 5] =
    ["109, 5, 191.85", "70, 96, 1054.43", "130, 3, 67.00", "74, 1, 15.00", "214, 1, 19.92"];
const LAST: [&str; 5] = ["2011-08-22", "2011-09-30", "2011-08-01", "2011-09-26", "2011-05-09"];
const CODES: [&str; 5] = ["344", "444", "233", "411", "112"];
const TOP: [&str; 10] = [
    "18102, 72, 34, 26632.62",
    "17949, 70, 32, 22504.73",
    "17450, 70, 28, 18009.06",
    "16029, 80, 39, 15119.49",
    "16013, 70, 24, 10402.34",
    "12901, 81, 20, 5915.66",
    "13798, 72, 34, 4648.80",
    "17857, 72, 12, 4644.68",
    "13694, 71, 32, 4472.68",
    "15061, 73, 23, 3417.70",
];

/// The five segments of the map that are counted, with what the notebook prints.
const SEGMENTS: [(&str, &str); 6] = [
    ("Best Customers", "218"),
    ("Loyal Customers", "687"),
    ("Big Spenders", "716"),
    ("Almost Lost", "52"),
    ("Lost Customers", "5"),
    ("Lost Cheap Customers", "278"),
];

/// The customers with their scores.
struct Scores {
    customers: Vec<Metrics>,
    scored: [Scored; 3],
    map: SegmentMap,
}

impl Scores {
    fn of(customers: Vec<Metrics>) -> Result<Scores, Error> {
        let values = |of: &dyn Fn(&Metrics) -> Option<f64>| -> Vec<Option<f64>> {
            customers.iter().map(of).collect()
        };
        let less = Direction::LessIsBetter;
        let more = Direction::MoreIsBetter;
        let recency = values(&|one| one.recency_days.map(f64::from));
        let frequency = values(&|one| Some(one.orders.into()));
        let money = values(&|one| Some(one.monetary));
        let quartiles = |name: &str, values: &[Option<f64>], direction: Direction| {
            score(name, values, 4, &Method::Quantile, direction)
        };
        let scored = [
            quartiles("recency", &recency, less),
            quartiles("frequency", &frequency, more),
            quartiles("money", &money, more),
        ];
        let mut log = Diagnostics::new();
        let map = SegmentMap::open("notebook", &mut log);
        let map = map.ok_or_else(|| Error::internal("the built-in map has faults"))?;
        Ok(Scores { customers, scored, map })
    }

    fn scores(&self, at: usize) -> Vec<u32> {
        self.scored.iter().filter_map(|scored| scored.scores[at]).collect()
    }

    fn code(&self, at: usize) -> String {
        self.scores(at).iter().map(u32::to_string).collect()
    }

    fn members(&self, segment: &str) -> usize {
        (0..self.customers.len())
            .filter(|at| self.map.segments(&self.scores(*at)).contains(&segment))
            .count()
    }

    fn place(&self, customer: &str) -> Option<usize> {
        self.customers.iter().position(|one| one.customer == customer)
    }
}

fn shown(one: &Metrics) -> String {
    format!("{}, {}, {:.2}", one.recency_days.unwrap_or_default(), one.orders, one.monetary)
}

/// Repeats the notebook by its own steps, defects and all, and sets the right way beside it.
///
/// # Errors
/// Where the data are not at hand; the message says where they are to be had.
pub fn rfm_notebook(data: Option<&str>) -> Result<Reproduction, Error> {
    let file = file(data)?;
    let conditions = ["Country = 'United Kingdom'", "Quantity > 0"];
    let compat = Compat { text_dates: true, first_line: true, ..Compat::default() };
    let as_printed = Options {
        from: Some("2010-12-09".to_string()),
        as_of: Some("2011-12-09".to_string()),
        ..base(&conditions, compat)
    };
    let (sold, customers) = sales(&file, &as_printed)?;
    let printed = Scores::of(customers)?;
    let right = Options { compat: Compat::default(), ..as_printed.clone() };
    let (sold_right, customers) = sales(&file, &right)?;
    let righted = Scores::of(customers)?;
    let figures = figures(&sold, &printed);
    Ok(Reproduction {
        study: RFM_NOTEBOOK.to_string(),
        title: "A notebook's RFM quartiles of UK customers".to_string(),
        input: INPUT.to_string(),
        equal: figures.iter().filter(|figure| figure.equal).count(),
        figures,
        steps: steps(&sold),
        corrected: corrected((&sold, &printed), (&sold_right, &righted)),
        remarks: vec![
            "The notebook compares dates as texts, so that only March to September are kept; it sums each invoice's first line alone; it takes the latest date as text; and it drops rows without a customer before it counts them. Beside its figures stand those of the right way: dates as dates, from 2010-12-09, and whole invoices.".to_string(),
        ],
        evaluation: None,
    })
}

fn figures(sold: &Sales, of: &Scores) -> Vec<Figure> {
    let ledger = &sold.ledger;
    let mut left = ledger.rows_in;
    let mut after = Vec::new();
    for aside in &ledger.set_aside {
        left -= aside.rows;
        after.push(left as f64);
    }
    let rows = "Rows";
    let mut figures: Vec<Figure> = [
        ("of the United Kingdom", "495478"),
        ("with a quantity above 0", "486286"),
        ("with a customer", "354345"),
        ("from 2010-12-09, dates as texts", "176137"),
    ]
    .into_iter()
    .zip(after)
    .map(|((row, printed), rows_left)| Figure::number(rows, row, "rows", printed, rows_left))
    .collect();
    let orders: u32 = of.customers.iter().map(|one| one.orders).sum();
    figures.push(Figure::number(rows, "invoices", "count", "8789", orders.into()));
    figures.push(Figure::number(rows, "products", "count", "3294", sold.products_sold() as f64));
    figures.push(Figure::number(rows, "customers", "count", "2864", of.customers.len() as f64));
    // Counted after they were dropped, so that it is 0 by itself.
    figures.push(Figure::text(
        rows,
        "rows without a customer, of those kept",
        "share",
        "0.0",
        "0.0",
    ));
    let latest = sold.latest_date_text().unwrap_or_default();
    figures.push(Figure::text(rows, "latest date, as text", "text", "9/9/2011 9:52", &latest));
    let first: Vec<f64> = sold.first_lines().iter().map(|line| *line as f64 - 2.0).collect();
    let first = joined(&first, 0);
    let rows_kept = "105335, 105336, 105337, 105338, 105339";
    figures.push(Figure::text(rows, "first rows kept, from 0", "row", rows_kept, &first));
    let table = "Customers: recency, frequency, money";
    let find = |customer: &str| of.place(customer);
    let text = |at: Option<usize>, show: &dyn Fn(usize) -> String| at.map(show).unwrap_or_default();
    let together = |printed: &[&str], show: &dyn Fn(usize) -> String| {
        let ours: Vec<String> =
            CUSTOMERS.iter().map(|customer| text(find(customer), show)).collect();
        (printed.join("; "), ours.join("; "))
    };
    let first_five = "12747, 12748, 12749, 12820, 12821";
    let (printed, ours) = together(&RFM, &|at| shown(&of.customers[at]));
    figures.push(Figure::text(table, first_five, "R, F, M", &printed, &ours));
    let (printed, ours) = together(&LAST, &|at| {
        of.customers[at].last.map(|last| last.day().to_string()).unwrap_or_default()
    });
    figures.push(Figure::text(table, first_five, "last", &printed, &ours));
    let quartiles: Vec<String> = of
        .scored
        .iter()
        .zip([0, 0, 2])
        .map(|(scored, decimals)| joined(&scored.edges, decimals))
        .collect();
    let printed = "85, 119, 183; 1, 2, 3; 16.35, 35.40, 92.42";
    figures.push(Figure::text("Scores", "quartiles", "R; F; M", printed, &quartiles.join("; ")));
    let (printed, ours) = together(&CODES, &|at| of.code(at));
    figures.push(Figure::text("Scores", first_five, "code", &printed, &ours));
    for (segment, printed) in SEGMENTS {
        let members = of.members(segment) as f64;
        figures.push(Figure::number("Segments", segment, "customers", printed, members));
    }
    let mut best: Vec<usize> = (0..of.customers.len()).filter(|at| of.code(*at) == "444").collect();
    best.sort_by(|a, b| of.customers[*b].monetary.total_cmp(&of.customers[*a].monetary));
    let ours: Vec<String> = best
        .iter()
        .take(TOP.len())
        .map(|at| format!("{}, {}", of.customers[*at].customer, shown(&of.customers[*at])))
        .collect();
    figures.push(Figure::text(
        "Segments",
        "the ten best of 444 by money",
        "customer, R, F, M",
        &TOP.join("; "),
        &ours.join("; "),
    ));
    figures
}

fn corrected(printed: (&Sales, &Scores), right: (&Sales, &Scores)) -> Vec<Corrected> {
    let row = |figure: &str, of: &dyn Fn((&Sales, &Scores)) -> String| Corrected {
        figure: figure.to_string(),
        as_published: of(printed),
        right: of(right),
    };
    let quartiles = |at: usize, decimals: usize| {
        move |(_, scores): (&Sales, &Scores)| joined(&scores.scored[at].edges, decimals)
    };
    let mut all = vec![
        row("rows", &|(sold, _)| sold.ledger.rows_used.to_string()),
        row("invoices", &|(_, scores)| {
            scores.customers.iter().map(|one| one.orders).sum::<u32>().to_string()
        }),
        row("products", &|(sold, _)| sold.products_sold().to_string()),
        row("customers", &|(_, scores)| scores.customers.len().to_string()),
        row("money", &|(_, scores)| {
            format!("{:.2}", scores.customers.iter().map(|one| one.monetary).sum::<f64>())
        }),
        row("quartiles of recency", &quartiles(0, 0)),
        row("quartiles of frequency", &quartiles(1, 0)),
        row("quartiles of money", &quartiles(2, 2)),
    ];
    for (segment, _) in SEGMENTS {
        all.push(row(segment, &|(_, scores)| scores.members(segment).to_string()));
    }
    all
}

//! A supplier of workshops that does not exist: 48 business customers, two years of sales lines, the
//! judgements of three experts, and their scores at the end of each year. Whole numbers drawn with a seed,
//! so that every machine makes the same bytes; a test holds `examples/workshop/` to them.
//!
//! `cargo run --example workshop` writes the files.

use custval::transactions::Day;
use std::fmt::Write;

const CUSTOMERS: usize = 48;

/// How much the experts' opinions of the parts weigh, one list a node of the model.
const JUDGED: [(&str, &[(&str, u64)]); 8] = [
    ("customer_value", &[("current_value", 5), ("potential_value", 4)]),
    ("current_value", &[("C1", 5), ("C2", 3)]),
    ("C1", &[("C11", 2), ("C12", 4)]),
    ("C2", &[("C21", 6), ("C22", 2)]),
    ("potential_value", &[("D1", 2), ("D2", 6), ("D3", 3), ("D4", 4), ("D5", 5)]),
    ("D1", &[("D11", 3), ("D12", 2)]),
    ("D2", &[("D21", 5), ("D22", 4), ("D23", 2)]),
    ("D3", &[("D31", 2), ("D32", 3)]),
];
const JUDGED_TOO: [(&str, &[(&str, u64)]); 2] =
    [("D4", &[("D41", 2), ("D42", 3)]), ("D5", &[("D51", 3), ("D52", 4)])];

const EXPERTS: [&str; 3] = ["Sales", "Service", "Finance"];

/// What experts score, and what it follows: the customer's size, closeness or prospects.
const SCORED: [(&str, usize); 8] = [
    ("D11", 0),
    ("D12", 0),
    ("D22", 1),
    ("D23", 1),
    ("D31", 0),
    ("D32", 1),
    ("D51", 2),
    ("D52", 2),
];

fn main() -> std::io::Result<()> {
    let folder = std::path::Path::new("examples/workshop");
    std::fs::create_dir_all(folder)?;
    for (name, text) in files() {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// Numbers drawn with a seed (xorshift).
struct Draw(u64);

impl Draw {
    /// A whole number from 0 up to, but not, `most`.
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % most
    }
}

/// A customer's size, closeness and prospects, each from 1 to 5, and how it buys.
struct Customer {
    id: String,
    traits: [u64; 3],
    /// The first day of its orders, counted from the first of the two years.
    from: u64,
    /// Days between orders, in the mean, in either year.
    gaps: [u64; 2],
}

fn customers(draw: &mut Draw) -> Vec<Customer> {
    (0..CUSTOMERS as u64)
        .map(|number| {
            let traits = [1 + draw.below(5), 1 + draw.below(5), 1 + draw.below(5)];
            let gap = 90 - 14 * traits[1];
            // Prospects show in the second year: who scores high buys more often, who scores low less.
            let later = gap * (9 - traits[2]) / 6;
            Customer {
                id: format!("W-{:03}", 101 + number),
                traits,
                from: if number % 9 == 4 { 380 + draw.below(60) } else { draw.below(150) },
                gaps: [gap, if number % 11 == 6 { 10_000 } else { later }],
            }
        })
        .collect()
}

/// The files by their names.
pub fn files() -> Vec<(&'static str, String)> {
    let mut draw = Draw(0x0570_1C5E);
    let customers = customers(&mut draw);
    let mut files = vec![
        ("judgements.csv", judgements(&mut draw)),
        ("sales.csv", sales(&customers, &mut draw)),
        ("scores-2024.csv", scores(&customers, 0, &mut draw)),
        ("scores-2025.csv", scores(&customers, 1, &mut draw)),
    ];
    let mut names: Vec<&str> =
        files[2].1.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    names.dedup();
    let names = names.join("\n") + "\n";
    files.push(("customers.txt", names));
    files.push(("newcomer.csv", NEWCOMER.to_string()));
    files
}

/// One who has bought for long, and whom nobody had scored.
const NEWCOMER: &str =
    "Customer,Expert,D11,D12,D22,D23,D31,D32,D51,D52\nW-201,Sales,2,2,3,3,3,4,3,2\n";

fn judgements(draw: &mut Draw) -> String {
    let mut text = String::from("Node,Expert,A,B,Value\n");
    for expert in EXPERTS {
        for (node, parts) in JUDGED.iter().chain(&JUDGED_TOO) {
            for (at, (a, weight)) in parts.iter().enumerate() {
                for (b, other) in &parts[at + 1..] {
                    // Opinions differ by a fifth or so, in twentieths.
                    let (a_weight, b_weight) =
                        (weight * (17 + draw.below(7)), other * (17 + draw.below(7)));
                    let more = a_weight.max(b_weight);
                    let less = a_weight.min(b_weight);
                    let ratio = ((2 * more + less) / (2 * less)).clamp(1, 9);
                    let value = match ratio {
                        1 => "1".to_string(),
                        ratio if a_weight >= b_weight => ratio.to_string(),
                        ratio => format!("1/{ratio}"),
                    };
                    let _ = writeln!(text, "{node},{expert},{a},{b},{value}");
                }
            }
        }
    }
    text
}

fn sales(customers: &[Customer], draw: &mut Draw) -> String {
    let mut rows = Vec::new();
    let mut orders = |id: &str, from: u64, gaps: [u64; 2], size: u64, draw: &mut Draw| {
        let mut day = from;
        while day < 731 {
            for _ in 0..1 + draw.below(1 + size) {
                let pieces = 1 + draw.below(4 * size);
                let cents = 450 + 75 * draw.below(120);
                rows.push((day, id.to_string(), pieces, cents));
            }
            let gap = gaps[usize::from(day >= 366)].max(4);
            day += gap / 2 + 1 + draw.below(gap);
        }
    };
    for customer in customers {
        orders(&customer.id, customer.from, customer.gaps, customer.traits[0], draw);
    }
    // Written without its sign, unknown to the experts, and two more.
    for (id, gap) in [("W150", 40), ("W-201", 120), ("W-202", 200)] {
        orders(id, 20, [gap, gap], 2, draw);
    }
    rows.sort();
    let first = Day::of(2024, 1, 1).map_or(0, Day::number);
    let mut text = String::from("Order,Date,Customer,Quantity,Price\n");
    let (mut order, mut last) = (5_000, None);
    for (day, id, pieces, cents) in rows {
        if last != Some((day, id.clone())) {
            order += 1;
            last = Some((day, id.clone()));
        }
        let Some(date) = Day::from_number(first + day as i32) else { continue };
        let _ = writeln!(text, "{order},{date},{id},{pieces},{}.{:02}", cents / 100, cents % 100);
    }
    text
}

/// The scores at the end of a year. The second year sees prospects come true.
fn scores(customers: &[Customer], year: usize, draw: &mut Draw) -> String {
    let codes: Vec<&str> = SCORED.iter().map(|(code, _)| *code).collect();
    let mut text = format!("Customer,Expert,{}\n", codes.join(","));
    let last_day = [365, 730][year];
    let known = customers.iter().filter(|customer| customer.from < last_day);
    let known = known.map(|customer| (customer.id.as_str(), customer.traits));
    // Two whom the sales do not know by these names.
    for (id, traits) in known.chain([("W-150", [3, 3, 3]), ("W-301", [2, 4, 4])]) {
        for expert in EXPERTS {
            let mut row = format!("{id},{expert}");
            for (code, of) in SCORED {
                let drift = match (year, code) {
                    (1, "D22" | "D52") => traits[2],
                    _ => 3,
                };
                let score = (traits[of] + drift + draw.below(3)).saturating_sub(4).clamp(1, 5);
                let _ = write!(row, ",{score}");
            }
            let _ = writeln!(text, "{row}");
        }
    }
    text
}

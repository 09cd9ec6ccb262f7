//! The sales lines of a shop that does not exist: a tea shop, two years, 300 customers. Whole numbers
//! drawn with a seed, so that every machine makes the same bytes; a test holds `sales.csv` to them.
//!
//! `cargo run --example sales > examples/sales.csv`

use custval::transactions::Day;
use std::fmt::Write;

/// Number, name and price in cents.
const PRODUCTS: [(&str, &str, u64); 16] = [
    ("T01", "Assam, 250 g", 890),
    ("T02", "Darjeeling, 100 g", 1_250),
    ("T03", "Earl Grey, 250 g", 940),
    ("T04", "Sencha, 100 g", 1_180),
    ("T05", "Jasmine pearls, 100 g", 1_690),
    ("T06", "Peppermint, 100 g", 520),
    ("T07", "Rooibos, 250 g", 780),
    ("T08", "Pu-erh cake, 357 g", 3_900),
    ("A01", "Teapot, cast iron", 5_450),
    ("A02", "Teapot, glass", 3_290),
    ("A03", "Two cups", 1_890),
    ("A04", "Strainer", 650),
    ("A05", "Tea tin", 790),
    ("A06", "Kettle, 0.8 l", 7_900),
    ("G01", "Gift box \"Four seasons\"", 2_950),
    ("G02", "Advent calendar", 2_490),
];

/// Where the customers live; those named twice have more of them.
const COUNTRIES: [&str; 10] = [
    "Ireland",
    "Ireland",
    "Ireland",
    "Ireland",
    "Ireland",
    "Ireland",
    "United Kingdom",
    "United Kingdom",
    "France",
    "Netherlands",
];

const CUSTOMERS: u64 = 300;

fn main() {
    print!("{}", sales());
}

/// How a customer buys.
struct Habit {
    /// The days of the first and of the last order at the latest, from the shop's first day.
    from: u64,
    to: u64,
    /// Days between an order and the next, in the mean.
    gap: u64,
    /// Lines of an order and pieces of a line, at most.
    lines: u64,
    pieces: u64,
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

/// Two years have so many days; 2024 is a leap year.
const DAYS: u64 = 731;

fn habit(customer: u64, draw: &mut Draw) -> Habit {
    let from = draw.below(600);
    match customer % 20 {
        // Those who come each month, year in, year out.
        0..3 => Habit { from: draw.below(200), to: DAYS, gap: 34, lines: 3, pieces: 3 },
        // Those who come now and then.
        3..9 => Habit { from, to: DAYS, gap: 150, lines: 3, pieces: 2 },
        // Those who bought much, and stopped.
        9..12 => {
            let to = 300 + draw.below(250);
            Habit { from: draw.below(200), to, gap: 45, lines: 4, pieces: 4 }
        }
        // Those who came of late.
        12..15 => Habit { from: 640 + draw.below(85), to: DAYS, gap: 60, lines: 3, pieces: 2 },
        // Those who came once.
        _ => Habit { from, to: from + 1, gap: 1, lines: 3, pieces: 2 },
    }
}

/// A line without its order's number: its minute since the first day, its customer, and what follows.
struct Line {
    minute: u64,
    customer: Option<u64>,
    sign: &'static str,
    product: usize,
    pieces: u64,
}

fn lines(draw: &mut Draw) -> Vec<Line> {
    let mut lines = Vec::new();
    for customer in 0..CUSTOMERS {
        let habit = habit(customer, draw);
        let mut day = habit.from;
        while day < habit.to {
            let minute = day * 1_440 + 9 * 60 + draw.below(9 * 60);
            let own = lines.len();
            for _ in 0..1 + draw.below(habit.lines) {
                let product = (draw.below(16) * draw.below(16) / 15) as usize;
                let pieces = 1 + draw.below(habit.pieces);
                if lines[own..].iter().all(|line: &Line| line.product != product) {
                    lines.push(Line {
                        minute,
                        customer: Some(customer),
                        sign: "",
                        product,
                        pieces,
                    });
                }
            }
            // Of 50 orders one line comes back, some days later.
            if draw.below(50) == 0 {
                let Line { product, pieces, .. } = lines[own];
                let minute = minute + (3 + draw.below(9)) * 1_440;
                lines.push(Line { minute, customer: Some(customer), sign: "-", product, pieces });
            }
            day += 1 + habit.gap / 2 + draw.below(habit.gap);
        }
    }
    // Sold over the counter, to nobody who is known.
    for _ in 0..40 {
        let minute = draw.below(DAYS) * 1_440 + 9 * 60 + draw.below(9 * 60);
        let product = draw.below(16) as usize;
        lines.push(Line { minute, customer: None, sign: "", product, pieces: 1 });
    }
    lines.retain(|line| line.minute < DAYS * 1_440);
    lines.sort_by_key(|line| (line.minute, line.customer));
    lines
}

/// The lines as CSV, the earliest first.
pub fn sales() -> String {
    let mut draw = Draw(0x7EA5_40B5);
    let first = Day::of(2023, 1, 1).map_or(0, Day::number);
    let mut text = String::from("Order,Date,Customer,Product,Description,Quantity,Price,Country\n");
    let (mut order, mut last) = (10_000, None);
    for (at, line) in lines(&mut draw).iter().enumerate() {
        if last != Some((line.minute, line.customer)) {
            order += 1;
            last = Some((line.minute, line.customer));
        }
        let Some(day) = Day::from_number(first + (line.minute / 1_440) as i32) else { continue };
        let (mark, sign) = if line.sign.is_empty() { ("", "") } else { ("C", line.sign) };
        let (number, name, cents) = PRODUCTS[line.product];
        let name = match name.contains([',', '"']) {
            true => format!("\"{}\"", name.replace('"', "\"\"")),
            false => name.to_string(),
        };
        let customer = line.customer.map_or(String::new(), |number| format!("K{}", 1_001 + number));
        let country =
            line.customer.map_or("Ireland", |number| COUNTRIES[(number * 7 % 10) as usize]);
        let row = format!(
            "{mark}{order},{day} {:02}:{:02},{customer},{number},{name},{sign}{},{}.{:02},{country}\n",
            line.minute / 60 % 24,
            line.minute % 60,
            line.pieces,
            cents / 100,
            cents % 100,
        );
        // Of 500 rows one was booked twice.
        for _ in 0..if at % 500 == 499 { 2 } else { 1 } {
            let _ = write!(text, "{row}");
        }
    }
    text
}

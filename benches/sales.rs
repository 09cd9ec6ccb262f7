//! Made-up sales lines for the benches of `custval rfm`: the columns of the UCI Online Retail data,
//! in as many lines as are wanted. `benches/sales.py` measures on them.

mod common;

use common::{Report, Shuffle};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// The lines of the large file, and of the one that stands in where the UCI data are not at hand.
const SIZES: [u64; 2] = [5_000_000, 541_909];

const CUSTOMERS: u64 = 100_000;
const PRODUCTS: u64 = 4_000;
const COUNTRIES: [&str; 8] =
    ["United Kingdom", "Germany", "France", "EIRE", "Spain", "Netherlands", "Belgium", "Norway"];
const DAYS_OF_MONTH: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn main() {
    // `cargo test --benches` asks for the tests, of which there are none.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let folder = Report::new("sales").folder();
    for lines in SIZES {
        let path = folder.join(format!("sales_{lines}.csv"));
        if !path.exists() {
            let hidden = path.with_extension("part");
            write(&hidden, lines).expect("a file of sales lines");
            std::fs::rename(&hidden, &path).expect("a file of sales lines");
        }
        println!("{}", path.display());
    }
}

/// Orders one after the other over two years, from 2010 on; of a hundred orders two are returns, and
/// five have no customer; of a hundred lines one stands twice.
fn write(path: &Path, lines: u64) -> std::io::Result<()> {
    let mut drawn = Shuffle::new(11);
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all(
        b"InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n",
    )?;
    let (mut written, mut order) = (0, 0_u64);
    while written < lines {
        order += 1;
        let kind = drawn.below(100);
        let (mark, sign) = if kind < 2 { ("C", "-") } else { ("", "") };
        // The square makes some customers far busier than others, as customers are.
        let busy = drawn.unit();
        let number = (busy * busy * CUSTOMERS as f64) as u64;
        let customer = match kind {
            2..7 => String::new(),
            _ => (10_000 + number).to_string(),
        };
        let country =
            COUNTRIES[if number.is_multiple_of(10) { (number / 10 % 8) as usize } else { 0 }];
        let date = date(written as f64 / lines as f64, &mut drawn);
        for _ in 0..1 + drawn.below(24) {
            let luck = drawn.unit();
            let product = (luck * luck * PRODUCTS as f64) as u64;
            let quantity = 1 + drawn.below(12) * drawn.below(3);
            let cents = 25 + product * 37 % 1_975;
            let line = format!(
                "{mark}{},{},\"PRODUCT, NUMBER {product}\",{sign}{quantity},{date},{}.{:02},{customer},{country}\n",
                500_000 + order,
                20_000 + product,
                cents / 100,
                cents % 100,
            );
            for _ in 0..if drawn.below(100) == 0 { 2 } else { 1 } {
                if written < lines {
                    out.write_all(line.as_bytes())?;
                    written += 1;
                }
            }
        }
    }
    out.flush()
}

/// The moment at so great a share of the two years, as `12/1/2010 8:26`.
fn date(share: f64, drawn: &mut Shuffle) -> String {
    let mut day = (share * 730.0) as u64;
    let year = 2010 + day / 365;
    day %= 365;
    let mut month = 0;
    while day >= DAYS_OF_MONTH[month] {
        day -= DAYS_OF_MONTH[month];
        month += 1;
    }
    let (hour, minute) = (8 + drawn.below(12), drawn.below(60));
    format!("{}/{}/{year} {hour}:{minute:02}", month + 1, day + 1)
}

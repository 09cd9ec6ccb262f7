//! Sales lines and conditions on them.

use crate::{done, shown};
use custval::diagnostic::{Diagnostics, Place};
use custval::report;
use custval::rfm::{Options as Scoring, RfmModel, Rules, SegmentMap, analyse};
use custval::transactions::{Condition, Day, Kind, Named, Options, Row, read};
use std::path::PathBuf;
use std::sync::OnceLock;

/// How `custval rfm` scores if nothing is asked for.
fn scoring() -> &'static Scoring {
    static SCORING: OnceLock<Scoring> = OnceLock::new();
    SCORING.get_or_init(|| {
        let mut log = Diagnostics::new();
        let tiers = [("S", 0.05), ("A", 0.2), ("B", 0.5), ("C", 1.0)];
        Scoring {
            model: RfmModel::open("rfm", &mut log).expect("a sound model"),
            map: SegmentMap::open("rf-10", &mut log),
            tiers: tiers.map(|(name, share)| (name.to_string(), share)).into(),
            lists: Rules::default(),
            clustering: None,
        }
    })
}

/// Where the file of this process lies: sales lines are read from files, as they may be read twice.
fn file() -> &'static PathBuf {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| {
        std::env::temp_dir().join(format!("custval-fuzz-{}.csv", std::process::id()))
    })
}

/// Reads a file of sales lines as `custval rfm` does, and renders the analysis in every form.
pub fn use_sales(bytes: &[u8]) {
    std::fs::write(file(), bytes).expect("a temporary file");
    let options = Options {
        today: Day::of(2026, 1, 1),
        keep_set_aside: true,
        threads: 1,
        ..Options::default()
    };
    let mut log = Diagnostics::new();
    let asked = [file().display().to_string()];
    let Some(sales) = done(read(&asked, &options, &mut log, &mut |_| {})) else { return };
    assert!(sales.ledger.balances(), "rows or money are lost");
    let Some(analysis) = done(analyse(sales, scoring(), &mut log)) else { return };
    shown(&log);
    report::sales_text(&analysis);
    for table in report::sales_tables(&analysis) {
        report::to_csv(&table);
    }
    report::write_sales_workbook(&analysis, std::io::Cursor::new(Vec::new())).expect("a report");
}

/// A line of numbers, moments and texts, or of nothing at all.
struct Line(bool);

impl Row for Line {
    fn text(&self, column: usize) -> Option<&[u8]> {
        let texts: [&[u8]; 4] = [b"12346", b"United Kingdom", b"", b"a%_\\\xff"];
        self.0.then(|| texts[column % texts.len()])
    }
    fn number(&self, column: usize) -> Option<f64> {
        self.0.then_some(column as f64 - 2.0)
    }
    fn moment(&self, _: usize) -> Option<i64> {
        self.0.then_some(1_291_191_960)
    }
}

/// Reads a condition and asks it about lines.
pub fn use_condition(text: &str) {
    let column = |name: &str, role, kind| Named { name: name.to_string(), role, kind };
    let columns = [
        column("CustomerID", Some("customer"), Kind::Text),
        column("Country", Some("country"), Kind::Text),
        column("Quantity", Some("quantity"), Kind::Number),
        column("Unit Price", Some("price"), Kind::Number),
        column("InvoiceDate", Some("date"), Kind::Moment),
        column("note", None, Kind::Unknown),
    ];
    let Some(condition) = done(Condition::parse(text, &columns, &Place::option("--where"))) else {
        return;
    };
    condition.holds(&Line(true));
    condition.holds(&Line(false));
    assert!(condition.columns_used().iter().all(|at| *at < columns.len()));
}

//! Sales lines become one row a customer, with every row and every unit of money accounted for.

use custval::Error;
use custval::diagnostic::{Code, Diagnostics};
use custval::transactions::{
    Compat, Day, Metrics, Options, Reason, Returns, Role, Sales, metrics, read,
};
use std::path::{Path, PathBuf};

fn options() -> Options {
    Options { today: Day::of(2026, 1, 1), ..Options::default() }
}

fn open(files: &[String], options: &Options) -> (Result<Sales, Error>, Diagnostics) {
    let mut log = Diagnostics::new();
    let sales = read(files, options, &mut log, &mut |_| {});
    (sales, log)
}

fn ugly(case: &str) -> String {
    format!("{}/tests/fixtures/ugly/case_{case}.csv", env!("CARGO_MANIFEST_DIR"))
}

fn sales(case: &str, options: &Options) -> (Sales, Diagnostics) {
    let (sales, log) = open(&[ugly(case)], options);
    (sales.unwrap_or_else(|error| panic!("case {case}: {error:?}")), log)
}

fn text(content: &str, options: &Options) -> (Result<Sales, Error>, Diagnostics) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sales.csv");
    std::fs::write(&file, content).unwrap();
    open(&[file.display().to_string()], options)
}

fn aside(sales: &Sales, reason: Reason) -> (u64, f64) {
    let found = sales.ledger.set_aside.iter().find(|aside| aside.reason == reason);
    found.map_or((0, 0.0), |aside| (aside.rows, aside.money.to_f64()))
}

fn codes(error: &Error) -> Vec<Code> {
    let Error::Input(log) = error else { panic!("{error:?}") };
    log.iter().map(|fault| fault.code).collect()
}

/// The retail data, where they are at hand.
fn retail() -> Option<String> {
    let folder = std::env::var_os("CUSTVAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let file = folder.join("online_retail/online_retail.csv.gz");
    if file.exists() {
        return Some(file.display().to_string());
    }
    eprintln!("skipped: the UCI Online Retail data are not in {}", folder.display());
    None
}

#[test]
fn rows_and_money_balance_in_every_ugly_file() {
    for case in "ABCDEFGHIJKLNOPQR".chars() {
        for returns in [Returns::Net, Returns::Drop, Returns::Separate] {
            for deduplicate in [false, true] {
                let options = Options { returns, deduplicate, ..options() };
                let (sales, _) = sales(&case.to_string(), &options);
                assert!(sales.ledger.balances(), "case {case}");
                let all: f64 = metrics(&sales).iter().map(|customer| customer.monetary).sum();
                let returned = match returns {
                    Returns::Separate => sales.ledger.returned.to_f64(),
                    _ => 0.0,
                };
                let used = sales.ledger.money_used.to_f64() - returned;
                assert!((all - used).abs() <= 1e-12 * used.abs().max(1.0), "case {case}");
            }
        }
    }
}

#[test]
fn each_ugly_file_ends_in_a_right_result_or_a_refusal_that_says_what_to_do() {
    let used = |case: &str| {
        let (sales, _) = sales(case, &options());
        (sales.ledger.rows_used, sales.ledger.customers_used, sales.ledger.money_used.to_f64())
    };
    assert_eq!(used("A"), (20, 20, 200.0));
    assert_eq!(used("B"), (1, 1, 10.0));
    assert_eq!(used("D"), (389, 50, 10558.21));
    assert_eq!(used("G"), (400, 50, 0.0));
    // US, European and zoned dates are the same sales.
    for case in ["J", "K", "L", "Q"] {
        assert_eq!(used(case), (400, 50, 10892.3), "case {case}");
        let (sales, _) = sales(case, &options());
        assert_eq!(sales.last.to_string(), "2023-12-26T00:00:00", "case {case}");
    }
    let (c, _) = sales("C", &options());
    assert!(aside(&c, Reason::NotANumber).0 > 0);
    let (d, _) = sales("D", &options());
    assert_eq!(aside(&d, Reason::NoCustomer), (11, 334.09));
    let (e, _) = sales("E", &options());
    assert!(aside(&e, Reason::NoDate).0 > 0);
    let (n, _) = sales("N", &options());
    assert_eq!(aside(&n, Reason::FutureDate), (1, 17.02));
    let (o, _) = sales("O", &options());
    assert_eq!(o.ledger.duplicates, Some(400));
    let (o, _) = sales("O", &Options { deduplicate: true, ..options() });
    assert_eq!(aside(&o, Reason::Duplicate), (400, 10892.3));
    assert_eq!(o.ledger.rows_used, 400);
    let (r, _) = sales("R", &options());
    assert!(aside(&r, Reason::NotANumber).0 > 0);
    let (empty, _) = open(&[ugly("M")], &options());
    assert_eq!(codes(&empty.err().unwrap()).last(), Some(&Code::NoRows));
}

#[test]
fn a_customer_who_only_returned_bought_nothing() {
    let (sales, _) = sales("F", &options());
    let all = metrics(&sales);
    let refunded: Vec<&Metrics> = all.iter().filter(|customer| !customer.bought()).collect();
    assert_eq!(refunded.len(), 1);
    assert!(refunded[0].monetary < 0.0);
    assert_eq!(refunded[0].recency_days, None);
}

#[test]
fn the_order_of_rows_and_the_threads_change_no_byte() {
    let shown = |sales: &Sales| {
        let ledger = serde_json::to_string(&sales.ledger).unwrap();
        ledger + &serde_json::to_string(&metrics(sales)).unwrap()
    };
    for case in ["C", "F", "H", "J", "O"] {
        let content = std::fs::read_to_string(ugly(case)).unwrap();
        let (head, rows) = content.split_once('\n').unwrap();
        let mut backwards: Vec<&str> = rows.lines().collect();
        backwards.reverse();
        let turned = format!("{head}\n{}\n", backwards.join("\n"));
        let (one, _) = sales(case, &Options { threads: 1, ..options() });
        let (two, _) = text(&turned, &Options { threads: 3, ..options() });
        assert_eq!(shown(&one), shown(&two.unwrap()), "case {case}");
    }
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_refused_until_told() {
    let content = "id,date,amt\na,1/2/2023,5\nb,3/4/2023,6\n";
    let (refused, _) = text(content, &options());
    assert_eq!(codes(&refused.err().unwrap()), [Code::ColumnGuessed, Code::DateAmbiguous]);
    let style = custval::transactions::DateStyle::parse(
        "dmy",
        custval::diagnostic::Place::option("--date-format"),
    )
    .unwrap();
    let (told, _) = text(content, &Options { date_style: Some(style), ..options() });
    assert_eq!(told.unwrap().last.to_string(), "2023-04-03T00:00:00");
    // The last row of many tells for all.
    let mut long = "id,date,amt\n".to_string();
    for _ in 0..100_000 {
        long += "a,1/2/2023,5\n";
    }
    let (late, _) = text(&(long + "b,13/4/2023,6\n"), &options());
    assert_eq!(late.unwrap().last.to_string(), "2023-04-13T00:00:00");
}

#[test]
fn money_is_read_as_it_is_written_and_summed_exactly() {
    let content =
        "Kunde;Datum;Betrag\na;2023-01-02;1.234,50 €\na;2023-01-03;(0,10)\nb;2023-01-03;0,30\n";
    let columns = vec![
        (Role::Customer, "Kunde".to_string()),
        (Role::Date, "Datum".to_string()),
        (Role::Amount, "Betrag".to_string()),
    ];
    let (sales, _) = text(content, &Options { columns, ..options() });
    let money: Vec<f64> = metrics(&sales.unwrap()).iter().map(|c| c.monetary).collect();
    assert_eq!(money, [1234.4, 0.3]);
    // 0.1 + 0.2 is 0.3, whatever a computer says.
    let (sales, _) =
        text("id,date,amt\na,2023-01-02,0.1\na,2023-01-02,0.2\nb,2023-01-03,0.3\n", &options());
    let all = metrics(&sales.unwrap());
    assert_eq!(all[0].monetary, all[1].monetary);
}

#[test]
fn orders_are_told_from_lines_and_conditions_filter_in_their_order() {
    let content = "order,customer,date,quantity,price,country\n\
        1,a,2023-01-02 10:00,2,5,UK\n1,a,2023-01-02 10:00,1,3,UK\n2,a,2023-02-01 09:00,1,7,UK\n\
        C3,a,2023-02-02 09:00,-1,7,UK\n4,b,2023-02-02 09:00,1,9,France\n,c,2023-02-02 09:00,1,9,UK\n";
    let (sales, log) = text(content, &options());
    let sales = sales.unwrap();
    assert_eq!(log.len(), 1, "{log:?}");
    let all = metrics(&sales);
    let a = &all[0];
    assert_eq!((a.orders, a.lines, a.monetary, a.recency_days), (2, Some(3), 13.0, Some(2)));
    assert_eq!((a.mean_order, a.max_order, a.mean_gap_days), (Some(10.0), Some(13.0), Some(30.0)));
    assert_eq!(a.return_rate, Some(0.35));
    let where_uk = Options {
        conditions: vec!["country = 'UK'".to_string(), "quantity > 0".to_string()],
        keep_set_aside: true,
        ..options()
    };
    let (sales, _) = text(content, &where_uk);
    let sales = sales.unwrap();
    let steps: Vec<(String, u64, u64)> = sales
        .ledger
        .set_aside
        .iter()
        .map(|aside| (aside.reason.words(), aside.rows, aside.customers))
        .collect();
    let step = |words: &str, rows, customers| (words.to_string(), rows, customers);
    assert_eq!(steps, [step("not country = 'UK'", 1, 1), step("not quantity > 0", 1, 0)]);
    let written = String::from_utf8(sales.set_aside.unwrap()).unwrap();
    assert!(written.contains(",6,not country = 'UK',4,b,"), "{written}");
    assert!(written.contains(",5,not quantity > 0,C3,a,"), "{written}");
}

#[test]
fn every_missing_column_and_every_bad_option_is_told_at_once() {
    let columns = vec![(Role::Product, "sku".to_string())];
    let options = Options { columns, conditions: vec!["lower(x) = 'a'".to_string()], ..options() };
    let (refused, _) = text("a,b\n1,2\n", &options);
    let codes = codes(&refused.err().unwrap());
    assert!(codes.iter().filter(|code| **code == Code::ColumnMissing).count() >= 4, "{codes:?}");
    let (refused, _) = text("a,b\n1,2\n", &Options { as_of: Some("soon".into()), ..options });
    assert_eq!(codes_of(refused), [Code::DateInvalid]);
}

fn codes_of(refused: Result<Sales, Error>) -> Vec<Code> {
    codes(&refused.err().unwrap())
}

#[test]
fn workbooks_and_packed_texts_hold_the_same_sales() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let content = std::fs::read(ugly("J")).unwrap();
    let packed = folder.path().join("sales.csv.gz");
    let file = std::fs::File::create(&packed).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    gzip.write_all(&content).unwrap();
    gzip.finish().unwrap();
    let book = folder.path().join("sales.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let mut rows = csv::Reader::from_reader(content.as_slice());
    for (column, name) in rows.headers().unwrap().clone().iter().enumerate() {
        sheet.write(0, column as u16, name).unwrap();
    }
    for (row, record) in rows.records().enumerate() {
        let (record, row) = (record.unwrap(), row as u32 + 1);
        let parts: Vec<u16> = record[1].split(['/', ' ']).filter_map(|p| p.parse().ok()).collect();
        let day =
            rust_xlsxwriter::ExcelDateTime::from_ymd(parts[2], parts[0] as u8, parts[1] as u8);
        sheet.write(row, 0, &record[0]).unwrap();
        sheet.write_with_format(row, 1, day.unwrap(), &date).unwrap();
        sheet.write(row, 2, record[2].parse::<f64>().unwrap()).unwrap();
    }
    workbook.save(&book).unwrap();
    let (plain, _) = sales("J", &options());
    for other in [packed, book] {
        let (other, _) = open(&[other.display().to_string()], &options());
        let other = other.unwrap();
        assert_eq!(other.ledger, plain.ledger);
        assert_eq!(metrics(&other), metrics(&plain));
    }
    // A folder of both halves is the whole.
    let parts = folder.path().join("parts");
    std::fs::create_dir(&parts).unwrap();
    let text = String::from_utf8(content).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let half = |lines: &[&str]| format!("{}\n{}\n", text.lines().next().unwrap(), lines.join("\n"));
    std::fs::write(parts.join("a.csv"), half(&lines[1..200])).unwrap();
    std::fs::write(parts.join("b.csv"), half(&lines[200..])).unwrap();
    let (whole, _) = open(&[parts.display().to_string()], &options());
    assert_eq!(metrics(&whole.unwrap()), metrics(&plain));
}

#[test]
fn a_cut_archive_and_strange_bytes_are_refused_or_counted() {
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut.csv.gz");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, &std::fs::read(ugly("I")).unwrap()).unwrap();
    let packed = gzip.finish().unwrap();
    std::fs::write(&cut, &packed[..packed.len() / 2]).unwrap();
    let (refused, _) = open(&[cut.display().to_string()], &options());
    assert_eq!(codes_of(refused), [Code::FileUnreadable]);
    let long = "x".repeat(1 << 20);
    let content = format!(
        "id,date,amt,note\na,2023-01-01,5,\"{long}\n,\"\"\"\nb\0,2023-01-02,6,\0\nc,2023-01-03\n"
    );
    let (sales, _) = text(&content, &options());
    let sales = sales.unwrap();
    assert_eq!((sales.ledger.rows_in, sales.ledger.rows_used), (3, 2));
    assert_eq!(aside(&sales, Reason::Malformed), (1, 0.0));
}

#[test]
fn the_retail_data_come_out_row_by_row() {
    let Some(file) = retail() else { return };
    let (sales, _) = open(std::slice::from_ref(&file), &options());
    let sales = sales.unwrap();
    let ledger = &sales.ledger;
    assert_eq!((ledger.rows_in, ledger.rows_used, ledger.customers_used), (541_909, 406_829, 4372));
    assert_eq!(ledger.money_in.to_f64(), 9_747_747.934);
    assert_eq!(ledger.money_used.to_f64(), 8_300_065.814);
    assert_eq!(ledger.duplicates, Some(5268));
    // The notebook's steps, dates compared as texts and orders by their first lines.
    let notebook = Options {
        conditions: vec!["Country = 'United Kingdom'".into(), "Quantity > 0".into()],
        from: Some("2010-12-09".into()),
        as_of: Some("2011-12-09".into()),
        compat: Compat { text_dates: true, first_line: true, ..Compat::default() },
        ..options()
    };
    let (sales, _) = open(&[file], &notebook);
    let sales = sales.unwrap();
    let rows: Vec<u64> = sales
        .ledger
        .set_aside
        .iter()
        .scan(541_909, |left, aside| {
            *left -= aside.rows;
            Some(*left)
        })
        .collect();
    assert_eq!(rows, [495_478, 486_286, 354_345, 176_137]);
    let all = metrics(&sales);
    assert_eq!(all.len(), 2864);
    let orders: u32 = all.iter().map(|customer| customer.orders).sum();
    assert_eq!(orders, 8789);
    let of = |id: &str| all.iter().find(|customer| customer.customer == id).unwrap();
    for (id, recency, frequency, money) in [
        ("12747", 109, 5, 191.85),
        ("12748", 70, 96, 1054.43),
        ("12749", 130, 3, 67.0),
        ("12820", 74, 1, 15.0),
        ("12821", 214, 1, 19.92),
    ] {
        let customer = of(id);
        assert_eq!(
            (customer.recency_days, customer.orders, customer.monetary),
            (Some(recency), frequency, money),
            "{id}"
        );
    }
}

/// The beginning of a file looks like UTF-8; a name far behind shows that it is Latin-1.
#[test]
fn an_encoding_that_shows_late_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("late.csv");
    let mut text = b"customer,order,date,amount,country\n".to_vec();
    for row in 0..60_000 {
        text.extend_from_slice(format!("c{},{row},2024-01-02,1.50,UK\n", row % 50).as_bytes());
    }
    text.extend_from_slice(b"M\xfcller,x,2024-01-03,2.50,C\xf4te d'Ivoire\n");
    std::fs::write(&file, &text).unwrap();
    let name = file.display().to_string();
    let mut log = Diagnostics::new();
    let sales =
        read(std::slice::from_ref(&name), &Options::default(), &mut log, &mut |_| {}).unwrap();
    assert!(metrics(&sales).iter().any(|one| one.customer == "Müller"));
    assert_eq!(custval::transactions::countries(&sales)[1].country, "Côte d'Ivoire");
    let warning = log.iter().find(|one| one.code == Code::EncodingGuessed).unwrap();
    assert!(warning.to_string().contains("late.csv:60002"), "{warning}");
    // Told to be UTF-8, it is read so, and what cannot be read is said.
    let told = Options { encoding: Some("utf-8".to_string()), ..Options::default() };
    let mut log = Diagnostics::new();
    let sales = read(&[name], &told, &mut log, &mut |_| {}).unwrap();
    assert!(metrics(&sales).iter().any(|one| one.customer == "M\u{fffd}ller"));
    assert!(log.iter().any(|one| one.code == Code::EncodingGuessed));
}

/// A text whose beginning is plain may turn out to be GBK, or to hold letters of two encodings.
#[test]
fn letters_that_show_late_are_those_of_the_first_that_shows() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("late.csv");
    let plain: Vec<u8> = b"customer,order,date,amount\n"
        .iter()
        .copied()
        .chain((0..60_000).flat_map(|row| format!("c1,{row},2024-01-02,1.50\n").into_bytes()))
        .collect();
    let names = |more: &[&[u8]]| {
        std::fs::write(&file, [&plain, more.concat().as_slice()].concat()).unwrap();
        let mut log = Diagnostics::new();
        let name = file.display().to_string();
        let sales = read(&[name], &Options::default(), &mut log, &mut |_| {}).unwrap();
        assert_eq!(sales.ledger.rows_in, 60_000 + more.len() as u64);
        let mut names: Vec<String> =
            metrics(&sales).iter().map(|one| one.customer.to_string()).collect();
        names.retain(|name| name != "c1");
        names.sort();
        (names, log.iter().filter(|one| one.code == Code::EncodingGuessed).count())
    };
    let utf8 = "Jörg,x,2024-01-03,2.50\n".as_bytes();
    let latin: &[u8] = b"M\xfcller,y,2024-01-03,2.50\n";
    let gbk: &[u8] = b"\xd5\xc5\xc8\xfd,z,2024-01-03,2.50\n";
    assert_eq!(names(&[utf8]), (vec!["Jörg".to_string()], 0));
    assert_eq!(names(&[gbk]), (vec!["张三".to_string()], 1));
    // What is UTF-8 by its bytes is taken as Latin-1 with the rest.
    assert_eq!(names(&[utf8, latin]), (vec!["JÃ¶rg".to_string(), "Müller".to_string()], 1));
}

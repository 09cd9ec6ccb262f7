//! Parquet files are sales lines like any other, and tables can be written as such.
#![cfg(feature = "parquet")]

use arrow_array::types::*;
use arrow_array::*;
use assert_cmd::Command;
use custval::Error;
use custval::diagnostic::{Code, Diagnostics, Place};
use custval::transactions::{Day, Options, Reason, Role, Sales, SetAside, Zone, metrics, read};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// Some sales, with holes in every column but the order's.
struct Lines {
    customer: Vec<Option<i64>>,
    order: Vec<String>,
    /// Seconds since 1970.
    date: Vec<Option<i64>>,
    quantity: Vec<Option<i64>>,
    /// In hundredths.
    price: Vec<Option<i64>>,
    country: Vec<Option<&'static str>>,
    gift: Vec<Option<bool>>,
}

const ROWS: usize = 900;

fn lines() -> Lines {
    let mut state = 2011_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    let mut lines = Lines {
        customer: Vec::new(),
        order: Vec::new(),
        date: Vec::new(),
        quantity: Vec::new(),
        price: Vec::new(),
        country: Vec::new(),
        gift: Vec::new(),
    };
    let countries = ["France", "United Kingdom", "Curaçao, \"the island\""];
    for row in 0..ROWS {
        let order = 500_000 + row / 3;
        let is_return = order % 17 == 0;
        let mut filled = |value: i64| (next(60) > 0).then_some(value);
        lines.customer.push(filled(17_000 + (row as i64 / 3 * 7) % 90));
        lines.date.push(filled(1_291_191_960 + row as i64 * 31_771));
        let amount = filled(row as i64 % 11 + 1);
        lines.quantity.push(amount.map(|quantity| if is_return { -quantity } else { quantity }));
        lines.price.push(filled((row as i64 * 37) % 900 + 1));
        lines.gift.push(filled(0).map(|_| row % 2 == 0));
        lines.country.push(filled(0).map(|_| countries[row % 3]));
        lines.order.push(format!("{}{order}", if is_return { "C" } else { "" }));
    }
    lines
}

impl Lines {
    fn price(&self, row: usize) -> Option<String> {
        self.price[row].map(|price| format!("{}.{:02}", price / 100, price % 100))
    }

    fn date(&self, row: usize) -> Option<String> {
        let day = |seconds: i64| Day::from_number((seconds / 86_400) as i32).unwrap();
        self.date[row].map(|seconds| {
            let clock = seconds % 86_400;
            let (hour, minute) = (clock / 3600, clock / 60 % 60);
            format!("{} {hour:02}:{minute:02}:{:02}", day(seconds), clock % 60)
        })
    }

    fn csv(&self, rows: std::ops::Range<usize>) -> String {
        let mut csv = "Customer,Order,Date,Quantity,Price,Country,Gift\n".to_string();
        let shown = |value: Option<String>| value.unwrap_or_default();
        for row in rows {
            let country = self.country[row].unwrap_or_default().replace('"', "\"\"");
            writeln!(
                csv,
                "{},{},{},{},{},\"{country}\",{}",
                shown(self.customer[row].map(|id| id.to_string())),
                self.order[row],
                shown(self.date(row)),
                shown(self.quantity[row].map(|quantity| quantity.to_string())),
                shown(self.price(row)),
                shown(self.gift[row].map(|gift| gift.to_string())),
            )
            .unwrap();
        }
        csv
    }

    /// The columns as programs mostly write them.
    fn columns(&self) -> Vec<(&'static str, ArrayRef)> {
        let micros = self.date.iter().map(|date| date.map(|date| date * 1_000_000));
        vec![
            ("Customer", Arc::new(Int64Array::from(self.customer.clone()))),
            ("Order", Arc::new(StringArray::from(self.order.clone()))),
            ("Date", Arc::new(micros.collect::<TimestampMicrosecondArray>())),
            ("Quantity", Arc::new(Int64Array::from(self.quantity.clone()))),
            ("Price", Arc::new(self.prices::<Float64Type>(|price| price as f64 / 100.0))),
            ("Country", Arc::new(StringArray::from(self.country.clone()))),
            ("Gift", Arc::new(BooleanArray::from(self.gift.clone()))),
        ]
    }

    fn prices<T: ArrowPrimitiveType>(&self, price: impl Fn(i64) -> T::Native) -> PrimitiveArray<T> {
        self.price.iter().map(|cents| cents.map(&price)).collect()
    }

    fn customers<T: ArrowPrimitiveType>(&self, id: impl Fn(i64) -> T::Native) -> PrimitiveArray<T> {
        self.customer.iter().map(|customer| customer.map(&id)).collect()
    }

    fn dates<T: ArrowPrimitiveType>(&self, date: impl Fn(i64) -> T::Native) -> PrimitiveArray<T> {
        self.date.iter().map(|seconds| seconds.map(&date)).collect()
    }

    fn texts(&self) -> (Vec<Option<String>>, Vec<Option<String>>) {
        let ids = self.customer.iter().map(|id| id.map(|id| id.to_string())).collect();
        let countries = self.country.iter().map(|country| country.map(String::from)).collect();
        (ids, countries)
    }
}

/// The columns with some of them replaced.
fn with(lines: &Lines, changed: Vec<(&'static str, ArrayRef)>) -> Vec<(&'static str, ArrayRef)> {
    let mut columns = lines.columns();
    for (name, values) in changed {
        match columns.iter_mut().find(|(known, _)| *known == name) {
            Some(column) => column.1 = values,
            None => columns.push((name, values)),
        }
    }
    columns
}

fn parquet(path: &Path, columns: Vec<(&'static str, ArrayRef)>) -> String {
    parquet_packed(path, columns, Compression::SNAPPY)
}

fn parquet_packed(
    path: &Path,
    columns: Vec<(&'static str, ArrayRef)>,
    packed: Compression,
) -> String {
    let columns = columns.into_iter().map(|(name, values)| (name, values, true));
    let records = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(packed)
        .set_max_row_group_row_count(Some(250))
        .build();
    let file = std::fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, records.schema(), Some(properties)).unwrap();
    writer.write(&records).unwrap();
    writer.close().unwrap();
    path.display().to_string()
}

/// A folder and the sales in it as CSV.
fn folder(lines: &Lines) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("sales.csv");
    std::fs::write(&csv, lines.csv(0..ROWS)).unwrap();
    let csv = csv.display().to_string();
    (folder, csv)
}

fn options() -> Options {
    Options { today: Day::of(2026, 1, 1), ..Options::default() }
}

fn open(files: &[&str], options: &Options) -> (Result<Sales, Error>, Diagnostics) {
    let mut log = Diagnostics::new();
    let files: Vec<String> = files.iter().map(|file| file.to_string()).collect();
    let sales = read(&files, options, &mut log, &mut |_| {});
    (sales, log)
}

fn sales(files: &[&str], options: &Options) -> Sales {
    open(files, options).0.unwrap_or_else(|error| panic!("{files:?}: {error:?}"))
}

fn faults(files: &[&str], options: &Options) -> Vec<(Code, String)> {
    match open(files, options).0 {
        Err(Error::Input(log)) => log
            .iter()
            .filter(|one| one.severity == custval::diagnostic::Severity::Error)
            .map(|fault| (fault.code, fault.message.clone()))
            .collect(),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("{files:?} was read"),
    }
}

/// Nothing but the count of equal rows differs: they are told only where every column is read.
fn assert_same(ours: &Sales, csv: &Sales, what: &str) {
    assert_eq!(metrics(ours), metrics(csv), "{what}");
    let mut ledger = ours.ledger.clone();
    if ledger.duplicates.is_none() {
        ledger.duplicates = csv.ledger.duplicates;
    }
    assert_eq!(ledger, csv.ledger, "{what}");
    assert_eq!((ours.first, ours.last), (csv.first, csv.last), "{what}");
}

fn custval(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("custval").unwrap();
    command.env("SOURCE_DATE_EPOCH", "1767225600").arg("rfm").args(arguments).output().unwrap()
}

fn document(arguments: &[&str]) -> Value {
    let output = custval(&[arguments, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut document: Value = serde_json::from_slice(&output.stdout).unwrap();
    // Of which files it was made, and what follows from that.
    for entry in ["files", "command", "seal"] {
        document.as_object_mut().unwrap().remove(entry);
    }
    document
}

#[test]
fn the_same_sales_give_the_same_document_and_the_same_tables() {
    let lines = lines();
    let (folder, csv) = folder(&lines);
    let file = parquet(&folder.path().join("sales.parquet"), lines.columns());
    // The condition looks at the one column without a role, so that all are read.
    let condition = ["--where", "Gift = 'true' OR Price < 7.5 OR Date >= '2011-03-01'"];
    let of = |file: &str, more: &[&str]| document(&[&[file], &condition[..], more].concat());
    for more in [
        &[][..],
        &["--returns", "separate", "--deduplicate"],
        &["--returns", "drop", "--threads", "1"],
        &["--compat", "text-dates", "--from", "2011-01-15", "--clusters", "3"],
    ] {
        let (ours, theirs) = (of(&file, more), of(&csv, more));
        assert!(ours["ledger"]["rows_used"].as_u64().unwrap() > 300);
        assert_eq!(ours, theirs, "{more:?}");
    }
    let tables = |file: &str, name: &str| {
        let out = folder.path().join(name);
        let arguments = [&[file], &condition[..], &["-o", out.to_str().unwrap()]].concat();
        assert!(custval(&arguments).status.success());
        let mut tables: Vec<(String, String)> = std::fs::read_dir(out.join("tables"))
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, std::fs::read_to_string(path).unwrap())
            })
            .collect();
        tables.sort();
        tables
    };
    let ours = tables(&file, "ours");
    assert!(ours.len() > 12);
    assert_eq!(ours, tables(&csv, "theirs"));
}

#[test]
fn columns_of_every_type_say_the_same() {
    let lines = lines();
    let (folder, csv) = folder(&lines);
    let (ids, countries) = lines.texts();
    let decimals = |scale: i8| {
        let ten = 10_i128.pow(scale as u32 - 2);
        let prices = lines.prices::<Decimal128Type>(|price| i128::from(price) * ten);
        prices.with_precision_and_scale(30, scale).unwrap()
    };
    let long = |price: i64| <Decimal256Type as ArrowPrimitiveType>::Native::from_i128(price.into());
    let long = lines.prices::<Decimal256Type>(long).with_precision_and_scale(60, 2).unwrap();
    let ids_as: Vec<(&str, ArrayRef)> = vec![
        ("texts", Arc::new(StringArray::from(ids.clone()))),
        ("large texts", Arc::new(LargeStringArray::from(ids.clone()))),
        ("views", Arc::new(StringViewArray::from(ids.clone()))),
        ("a dictionary", {
            let ids = ids.iter().map(Option::as_deref);
            Arc::new(ids.collect::<DictionaryArray<Int16Type>>())
        }),
        ("bytes", {
            let ids = ids.iter().map(|id| id.as_deref().map(str::as_bytes));
            Arc::new(ids.collect::<BinaryArray>())
        }),
        ("int 32", Arc::new(lines.customers::<Int32Type>(|id| id as i32))),
        ("uint 16", Arc::new(lines.customers::<UInt16Type>(|id| id as u16))),
        ("uint 64", Arc::new(lines.customers::<UInt64Type>(|id| id as u64))),
        ("floats", Arc::new(lines.customers::<Float64Type>(|id| id as f64))),
        ("short floats", Arc::new(lines.customers::<Float32Type>(|id| id as f32))),
        ("decimals", {
            let ids = lines.customers::<Decimal128Type>(|id| i128::from(id) * 100);
            Arc::new(ids.with_precision_and_scale(20, 2).unwrap())
        }),
    ];
    let prices_as: Vec<(&str, ArrayRef)> = vec![
        ("floats", Arc::new(lines.prices::<Float64Type>(|price| price as f64 / 100.0))),
        ("short floats", Arc::new(lines.prices::<Float32Type>(|price| price as f32 / 100.0))),
        ("decimals", Arc::new(decimals(2))),
        ("decimals with zeros", Arc::new(decimals(25))),
        ("decimals of 256 bits", Arc::new(long)),
        ("texts", Arc::new((0..ROWS).map(|row| lines.price(row)).collect::<StringArray>())),
    ];
    let dates_as: Vec<(&str, ArrayRef)> = vec![
        ("seconds", Arc::new(lines.dates::<TimestampSecondType>(|seconds| seconds))),
        ("millis", Arc::new(lines.dates::<TimestampMillisecondType>(|s| s * 1000 + 999))),
        ("nanos", Arc::new(lines.dates::<TimestampNanosecondType>(|s| s * 1_000_000_000))),
        ("UTC", {
            let dates = lines.dates::<TimestampMicrosecondType>(|seconds| seconds * 1_000_000);
            Arc::new(dates.with_timezone("UTC"))
        }),
        ("texts", Arc::new((0..ROWS).map(|row| lines.date(row)).collect::<StringArray>())),
    ];
    let quantities_as: Vec<(&str, ArrayRef)> = vec![
        (
            "int 8",
            Arc::new(lines.quantity.iter().map(|q| q.map(|q| q as i8)).collect::<Int8Array>()),
        ),
        (
            "floats",
            Arc::new(lines.quantity.iter().map(|q| q.map(|q| q as f64)).collect::<Float64Array>()),
        ),
    ];
    let countries_as: Vec<(&str, ArrayRef)> = vec![(
        "a dictionary of large texts",
        Arc::new(DictionaryArray::<UInt8Type>::new(
            countries.iter().map(|one| one.as_ref().map(|c| (c.len() % 3) as u8)).collect(),
            Arc::new(LargeStringArray::from({
                let mut values = vec![""; 3];
                lines.country.iter().flatten().for_each(|c| values[c.len() % 3] = c);
                values
            })),
        )),
    )];
    let theirs = sales(&[&csv], &options());
    let packings = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::ZSTD(Default::default()),
        Compression::LZ4_RAW,
        Compression::BROTLI(Default::default()),
    ];
    let all = [
        ("Customer", ids_as),
        ("Price", prices_as),
        ("Date", dates_as),
        ("Quantity", quantities_as),
        ("Country", countries_as),
    ];
    let mut packing = packings.into_iter().cycle();
    for (column, forms) in all {
        for (form, values) in forms {
            let path = folder.path().join("form.parquet");
            let columns = with(&lines, vec![(column, values)]);
            let file = parquet_packed(&path, columns, packing.next().unwrap());
            assert_same(&sales(&[&file], &options()), &theirs, &format!("{column} as {form}"));
        }
    }
}

#[test]
fn days_are_read_without_a_question() {
    let lines = lines();
    let (folder, _) = folder(&lines);
    let day = |seconds: i64| Day::from_number((seconds / 86_400) as i32).unwrap();
    let csv = folder.path().join("days.csv");
    let mut text = "Customer,Date,Amount\n".to_string();
    for row in 0..ROWS {
        let date = lines.date[row].map(|date| day(date).to_string()).unwrap_or_default();
        let id = lines.customer[row].map(|id| id.to_string()).unwrap_or_default();
        writeln!(text, "{id},{date},{row}").unwrap();
    }
    std::fs::write(&csv, text).unwrap();
    let theirs = sales(&[csv.to_str().unwrap()], &options());
    let whole = |seconds: i64| {
        let (year, month, day) = day(seconds).civil();
        year * 10_000 + month as i32 * 100 + day as i32
    };
    let forms: Vec<ArrayRef> = vec![
        Arc::new(lines.dates::<Date32Type>(|seconds| (seconds / 86_400) as i32)),
        Arc::new(lines.dates::<Date64Type>(|seconds| seconds / 86_400 * 86_400_000)),
        Arc::new(lines.dates::<Int32Type>(whole)),
    ];
    for dates in forms {
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("Amount", Arc::new(UInt32Array::from_iter_values(0..ROWS as u32))),
            ("Date", dates.clone()),
            ("Customer", Arc::new(Int64Array::from(lines.customer.clone()))),
        ];
        let file = parquet(&folder.path().join("days.parquet"), columns);
        assert_same(&sales(&[&file], &options()), &theirs, &format!("{}", dates.data_type()));
    }
}

#[test]
fn texts_of_dates_go_the_usual_way_and_rows_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let dates = |dates: [&'static str; 3]| {
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("id", Arc::new(StringArray::from(vec!["a", "b", "c"]))),
            ("date", Arc::new(StringArray::from(dates.to_vec()))),
            ("amt", Arc::new(Int32Array::from(vec![1, 2, 3]))),
        ];
        parquet(&folder.path().join("sales.parquet"), columns)
    };
    let file = dates(["1/2/2011", "5/2/2011", "3/3/2011"]);
    let (Err(Error::Input(log)), _) = open(&[&file], &options()) else { panic!() };
    let fault = log.iter().find(|fault| fault.code == Code::DateAmbiguous).unwrap();
    assert_eq!(fault.place, Some(Place::row(&file, 1)));
    assert_eq!(fault.place.as_ref().unwrap().to_string(), format!("{file}  row 1"));
    let file = dates(["1/2/2011", "5/2/2011", "13/3/2011"]);
    assert_eq!(sales(&[&file], &options()).first.to_string(), "2011-02-01T00:00:00");
}

#[test]
fn moments_keep_the_calendar_of_their_zone_unless_zones_differ() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, zone: Option<&str>| {
        // 2011-06-30 18:30 UTC: already July in Shanghai.
        let dates = TimestampMillisecondArray::from(vec![1_309_458_600_000; 2]);
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("id", Arc::new(StringArray::from(vec!["a", "b"]))),
            ("date", Arc::new(dates.with_timezone_opt(zone))),
            ("amt", Arc::new(Int32Array::from(vec![1, 2]))),
        ];
        parquet(&folder.path().join(name), columns)
    };
    let (plain, utc) = (file("plain.parquet", None), file("utc.parquet", Some("UTC")));
    let shanghai = file("shanghai.parquet", Some("Asia/Shanghai"));
    let fixed = file("fixed.parquet", Some("-05:30"));
    let first = |files: &[&str], zone: Option<&str>| {
        let zone = zone.map(|zone| Zone::parse(zone, Place::option("--time-zone")).unwrap());
        let (sales, log) = open(files, &Options { zone, ..options() });
        let differ = log.iter().filter(|one| one.code == Code::TimeZonesDiffer).count();
        (sales.unwrap().first.to_string(), differ)
    };
    assert_eq!(first(&[&plain], None), ("2011-06-30T18:30:00".to_string(), 0));
    assert_eq!(first(&[&plain], Some("Asia/Shanghai")), ("2011-06-30T18:30:00".to_string(), 0));
    assert_eq!(first(&[&utc], None), ("2011-06-30T18:30:00".to_string(), 0));
    assert_eq!(first(&[&utc], Some("Asia/Shanghai")), ("2011-07-01T02:30:00".to_string(), 0));
    assert_eq!(first(&[&shanghai], None), ("2011-07-01T02:30:00".to_string(), 0));
    assert_eq!(first(&[&fixed], None), ("2011-06-30T13:00:00".to_string(), 0));
    assert_eq!(first(&[&shanghai, &shanghai], None), ("2011-07-01T02:30:00".to_string(), 0));
    assert_eq!(first(&[&shanghai, &fixed], None), ("2011-06-30T18:30:00".to_string(), 1));
    let nowhere = file("nowhere.parquet", Some("Asia/Nowhere"));
    assert_eq!(faults(&[&nowhere], &options())[0].0, Code::TimeZoneUnknown);
}

#[test]
fn files_of_other_order_and_types_stand_beside_each_other_and_csv() {
    let lines = lines();
    let (folder, csv) = folder(&lines);
    let cut = |columns: Vec<(&'static str, ArrayRef)>, from: usize, rows: usize| {
        columns
            .into_iter()
            .map(|(name, values)| (name, values.slice(from, rows)))
            .collect::<Vec<_>>()
    };
    let mixed = folder.path().join("mixed");
    std::fs::create_dir(&mixed).unwrap();
    std::fs::write(mixed.join("a.csv"), lines.csv(0..300)).unwrap();
    parquet(&mixed.join("b.parquet"), cut(lines.columns(), 300, 300));
    let mut other = with(
        &lines,
        vec![
            ("Customer", Arc::new(lines.customers::<Float64Type>(|id| id as f64))),
            ("Price", Arc::new((0..ROWS).map(|row| lines.price(row)).collect::<StringArray>())),
            ("Date", Arc::new((0..ROWS).map(|row| lines.date(row)).collect::<LargeStringArray>())),
        ],
    );
    other.reverse();
    parquet(&mixed.join("c.pq"), cut(other, 600, 300));
    let theirs = sales(&[&csv], &options());
    let mixed = mixed.display().to_string();
    for files in [mixed.clone(), format!("{mixed}/*")] {
        let ours = sales(&[&files], &options());
        assert_eq!(ours.files.len(), 3);
        assert_same(&ours, &theirs, &files);
    }
    // A file that lacks a column of the first one.
    let lacking: Vec<_> =
        lines.columns().into_iter().filter(|(name, _)| *name != "Price").collect();
    let lacking = parquet(&folder.path().join("lacking.parquet"), lacking);
    assert_eq!(faults(&[&csv, &lacking], &options())[0].0, Code::ColumnMissing);
}

#[test]
fn columns_are_passed_over_until_something_looks_at_them() {
    let lines = lines();
    let (folder, csv) = folder(&lines);
    let lists =
        ListArray::from_iter_primitive::<Int32Type, _, _>((0..ROWS).map(|_| Some([Some(1)])));
    let times = Time64MicrosecondArray::from_iter_values((0..ROWS).map(|row| row as i64));
    let more: Vec<(&str, ArrayRef)> = vec![("Lists", Arc::new(lists)), ("Clock", Arc::new(times))];
    let file = parquet(&folder.path().join("sales.parquet"), with(&lines, more));
    assert_same(&sales(&[&file], &options()), &sales(&[&csv], &options()), "nested");
    let asked =
        |column: &str, role| Options { columns: vec![(role, column.to_string())], ..options() };
    let whose =
        |column: &str| Options { conditions: vec![format!("{column} IS NOT NULL")], ..options() };
    let whole = Options { deduplicate: true, ..options() };
    for (options, message) in [
        (asked("Lists", Role::Product), "“Lists” holds lists or records, not texts"),
        (asked("Date", Role::Amount), "“Date” holds dates, not numbers"),
        (asked("Gift", Role::Date), "“Gift” holds true and false, not dates"),
        (whose("Clock"), "“Clock” holds times of day, not texts"),
        (whole, "“Lists” holds lists or records"),
    ] {
        let mut options = options;
        if message.contains("“Date”") {
            options.columns.push((Role::Date, "Gift".to_string()));
        }
        let found = faults(&[&file], &options);
        assert!(found.iter().all(|(code, _)| *code == Code::ColumnUnfit), "{found:?}");
        assert!(found.iter().any(|(_, said)| said.contains(message)), "{found:?}");
        // All at once.
        assert_eq!(
            found.len(),
            if options.deduplicate || options.columns.len() > 1 { 2 } else { 1 }
        );
    }
}

/// What is not looked at is not read: its bytes may be anything.
#[test]
fn only_columns_in_use_are_read() {
    let lines = lines();
    let (folder, csv) = folder(&lines);
    let file = parquet(&folder.path().join("sales.parquet"), lines.columns());
    let reader = SerializedFileReader::new(std::fs::File::open(&file).unwrap()).unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    for group in reader.metadata().row_groups() {
        let (start, length) = group.column(6).byte_range();
        bytes[start as usize..(start + length) as usize].fill(0xff);
    }
    std::fs::write(&file, bytes).unwrap();
    assert_same(&sales(&[&file], &options()), &sales(&[&csv], &options()), "projected");
    let asked = Options { conditions: vec!["Gift = 'true'".to_string()], ..options() };
    assert_eq!(faults(&[&file], &asked)[0].0, Code::FileUnreadable);
}

/// A date without a role is compared as a date, on the clock that its file names.
#[test]
fn conditions_take_a_column_for_what_its_type_says() {
    let lines = lines();
    let (folder, _) = folder(&lines);
    let sent = TimestampSecondArray::from(vec![1_309_458_600; ROWS]).with_timezone("Asia/Shanghai");
    let more: Vec<(&str, ArrayRef)> = vec![
        ("Sent", Arc::new(sent)),
        ("Box", Arc::new(Int16Array::from_iter_values((0..ROWS).map(|row| row as i16 % 10)))),
    ];
    let file = parquet(&folder.path().join("sales.parquet"), with(&lines, more));
    let used = |condition: &str| {
        let options = Options { conditions: vec![condition.to_string()], ..options() };
        let ledger = sales(&[&file], &options).ledger.clone();
        let filtered = |aside: &&SetAside| matches!(aside.reason, Reason::Filtered(_));
        ledger.rows_in - ledger.set_aside.iter().find(filtered).map_or(0, |aside| aside.rows)
    };
    let all = ROWS as u64;
    assert_eq!(used("Sent = '2011-07-01 02:30:00' AND Sent >= '2011-07-01'"), all);
    assert_eq!((used("Box < 3"), used("Box IN ('0', '1')")), (all * 3 / 10, all / 5));
    let asked = Options { conditions: vec!["Sent < '2011-07-01'".to_string()], ..options() };
    assert_eq!(faults(&[&file], &asked)[0].0, Code::NoRows);
}

#[test]
fn rows_set_aside_are_written_with_all_their_columns() {
    let lines = lines();
    let (folder, csv) = folder(&lines);
    let dates = Arc::new((0..ROWS).map(|row| lines.date(row)).collect::<StringArray>());
    let file = parquet(&folder.path().join("sales.parquet"), with(&lines, vec![("Date", dates)]));
    let keep = Options { keep_set_aside: true, ..options() };
    // The file's name, and the number of the row instead of the line, stand in front of each.
    let kept = |file: &str, lines_above: u64| -> Vec<Vec<String>> {
        let text = sales(&[file], &keep).set_aside.unwrap();
        let mut rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_slice())
            .records()
            .map(|record| record.unwrap().iter().skip(1).map(String::from).collect())
            .collect();
        for row in rows.iter_mut().skip(1) {
            row[0] = (row[0].parse::<u64>().unwrap() - lines_above).to_string();
            // A price of 8.10 is the number 8.1.
            row[6] = row[6].parse::<f64>().map_or(String::new(), |price| price.to_string());
        }
        rows
    };
    let ours = kept(&file, 0);
    assert!(ours.len() > 10);
    assert_eq!(ours, kept(&csv, 1));
}

#[test]
fn the_row_of_most_money_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut money = vec![1.0; 20];
    money[11] = 1e6;
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int32Array::from_iter_values(0..20))),
        ("date", Arc::new(Date32Array::from_iter_values(15_000..15_020))),
        ("amt", Arc::new(Float64Array::from(money))),
    ];
    let file = parquet(&folder.path().join("sales.parquet"), columns);
    let found = sales(&[&file], &options());
    let (place, money) = found.outlier().unwrap();
    assert_eq!((place.to_string(), money.to_f64()), (format!("{file}  row 12"), 1e6));
}

#[test]
fn damaged_empty_and_foreign_files_are_refused() {
    let lines = lines();
    let (folder, _) = folder(&lines);
    let path = folder.path().join("sales.parquet");
    let file = parquet(&path, lines.columns());
    let whole = std::fs::read(&path).unwrap();
    let refused = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        faults(&[&file], &options())[0].0
    };
    assert_eq!(refused(b""), Code::FileEmpty);
    assert_eq!(refused(b"id,date,amt\n1,2011-12-09,5\n"), Code::FileUnreadable);
    for length in [5, 11, whole.len() / 2, whole.len() - 1] {
        assert_eq!(refused(&whole[..length]), Code::FileUnreadable, "{length}");
    }
    // The footer stays, and what it speaks of is gone.
    let mut hollow = whole.clone();
    hollow[4..whole.len() / 2].fill(0);
    assert_eq!(refused(&hollow), Code::FileUnreadable);
    // No rows in no groups, and no rows in one.
    let none = lines.columns().into_iter().map(|(name, values)| (name, values.slice(0, 0)));
    parquet(&path, none.collect());
    assert_eq!(faults(&[&file], &options())[0].0, Code::NoRows);
}

#[test]
fn no_damage_is_a_panic() {
    let lines = lines();
    let (folder, _) = folder(&lines);
    let path = folder.path().join("sales.parquet");
    let file = parquet(&path, lines.columns());
    let whole = std::fs::read(&path).unwrap();
    let mut state = 7_u64;
    for _ in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..20 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = 4 + (state >> 33) as usize % (bytes.len() - 8);
            bytes[at] = (state >> 24) as u8;
        }
        std::fs::write(&path, bytes).unwrap();
        match open(&[&file], &options()).0 {
            Ok(_) | Err(Error::Input(_)) => {}
            Err(failure) => panic!("{failure:?}"),
        }
    }
}

#[test]
fn the_retail_data_are_the_same_in_both_forms() {
    let folder = std::env::var_os("CUSTVAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let folder = folder.join("online_retail");
    let [file, csv] =
        ["online_retail.parquet", "online_retail.csv.gz"].map(|name| folder.join(name));
    if !file.exists() || !csv.exists() {
        eprintln!("skipped: the UCI Online Retail data are not in {}", folder.display());
        return;
    }
    let [ours, mut theirs] = [file, csv].map(|file| document(&[file.to_str().unwrap()]));
    assert_eq!(ours["ledger"]["duplicates"], 5268);
    // A text does not say its encoding: its first £ tells.
    let told = theirs["warnings"].as_array_mut().unwrap();
    let guesses = told.len();
    told.retain(|warning| warning["code"] != "encoding-guessed");
    assert_eq!(told.len(), guesses - 1);
    assert_eq!(ours, theirs);
}

/// The values of a table as CSV has them: nothing where there is none, numbers in full.
fn read_back(path: &Path) -> (Vec<String>, Vec<Vec<String>>, Vec<String>) {
    let file = std::fs::File::open(path).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let schema = reader.schema();
    let names = schema.fields().iter().map(|field| field.name().clone()).collect();
    let types = schema.fields().iter().map(|field| field.data_type().to_string()).collect();
    let mut rows = Vec::new();
    for batch in reader {
        let batch = batch.unwrap();
        for row in 0..batch.num_rows() {
            let shown = |values: &ArrayRef| {
                use arrow_array::cast::AsArray;
                use arrow_schema::DataType;
                if values.is_null(row) {
                    return String::new();
                }
                match values.data_type() {
                    DataType::Utf8 => values.as_string::<i32>().value(row).to_string(),
                    DataType::Int64 => values.as_primitive::<Int64Type>().value(row).to_string(),
                    DataType::Float64 => {
                        values.as_primitive::<Float64Type>().value(row).to_string()
                    }
                    DataType::Date32 => {
                        let day = values.as_primitive::<Date32Type>().value(row);
                        Day::from_number(day).unwrap().to_string()
                    }
                    other => panic!("{other}"),
                }
            };
            rows.push(batch.columns().iter().map(shown).collect());
        }
    }
    (names, rows, types)
}

#[test]
fn tables_are_written_with_their_types() {
    let lines = lines();
    let (folder, csv) = folder(&lines);
    let out = folder.path().join("out");
    let arguments =
        [&csv, "--clusters", "3", "--tables", "csv,parquet", "-o", out.to_str().unwrap()];
    let run = custval(&arguments);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut compared = 0;
    for entry in std::fs::read_dir(out.join("tables")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().unwrap() != "csv" {
            continue;
        }
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let header: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
        let rows: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(unguarded).collect())
            .collect();
        let (names, values, types) = read_back(&path.with_extension("parquet"));
        assert_eq!((names, values), (header, rows), "{}", path.display());
        compared += 1;
        if path.ends_with("customers.csv") {
            let of = |name: &str| {
                let (names, _, _) = read_back(&path.with_extension("parquet"));
                types[names.iter().position(|known| known == name).unwrap()].clone()
            };
            assert_eq!(of("customer"), "Utf8");
            assert_eq!((of("r"), of("orders")), ("Int64".to_string(), "Int64".to_string()));
            assert_eq!(of("monetary"), "Float64");
            assert_eq!((of("first"), of("last")), ("Date32".to_string(), "Date32".to_string()));
        }
    }
    assert!(compared > 12);
    let only = folder.path().join("only");
    let arguments = [&csv, "--tables", "parquet", "-o", only.to_str().unwrap()];
    assert!(custval(&arguments).status.success());
    let endings = std::fs::read_dir(only.join("tables")).unwrap();
    assert!(endings.into_iter().all(|e| e.unwrap().path().extension().unwrap() == "parquet"));
}

/// A text of CSV without the mark that keeps it from becoming a formula.
fn unguarded(text: &str) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_string(),
        _ => text.to_string(),
    }
}

#[test]
fn tables_cannot_be_written_as_anything_else() {
    let lines = lines();
    let (folder, csv) = folder(&lines);
    let out = folder.path().join("out");
    let run = custval(&[&csv, "--tables", "csv,xml", "-o", out.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("option-invalid"));
    assert!(!out.exists());
}

//! Hostile sales lines never panic, hang or pass in silence: each ends in a right result with its warning,
//! or in a refusal that says what to do and leaves nothing behind.

use assert_cmd::cargo::CommandCargoExt;
use custval::Error;
use custval::diagnostic::{Code, Diagnostics};
use custval::transactions::{Day, Ledger, Options, Reason, Sales, metrics, read};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const HEADER: &str = "order,customer,date,quantity,price,product,description,country\n";

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Files {
        Files(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name).display().to_string()
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("custval").unwrap();
    command.env("SOURCE_DATE_EPOCH", "1767225600").arg("rfm").args(arguments);
    command
}

fn rfm(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

/// What was written to standard error by a run that was refused for its input.
fn refused(arguments: &[&str]) -> String {
    let output = rfm(arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(output.stdout.is_empty());
    assert!(told.contains("error["), "{told}");
    told
}

fn json(file: &str) -> Value {
    let output = rfm(&[file, "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn options() -> Options {
    Options { today: Day::of(2026, 1, 1), ..Options::default() }
}

fn open(bytes: impl AsRef<[u8]>) -> Result<Sales, Vec<Code>> {
    let files = Files::new();
    let file = files.write("sales.csv", bytes);
    let mut log = Diagnostics::new();
    read(&[file], &options(), &mut log, &mut |_| {}).map_err(|error| codes(&error))
}

/// The errors of a refusal; notes and warnings beside them are left out.
fn codes(error: &Error) -> Vec<Code> {
    let Error::Input(log) = error else { panic!("{error:?}") };
    let is_error =
        |d: &&custval::diagnostic::Diagnostic| d.severity == custval::diagnostic::Severity::Error;
    log.iter().filter(is_error).map(|fault| fault.code).collect()
}

fn ledger(bytes: impl AsRef<[u8]>) -> Ledger {
    open(bytes).unwrap_or_else(|codes| panic!("{codes:?}")).ledger.clone()
}

/// Sound lines of so many customers.
fn lines(customers: usize) -> String {
    let mut text = HEADER.to_string();
    for at in 0..customers {
        let day = 1 + at % 28;
        let _ =
            writeln!(text, "{at},k{at},2023-05-{day:02} 10:00,1,{}.50,p{at},Tea,Ireland", at % 97);
    }
    text
}

fn nothing_but(folder: &Path, names: &[&str]) {
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    assert_eq!(found, names);
}

#[test]
fn texts_may_hold_anything() {
    let long = "y".repeat(1 << 20);
    let text = format!(
        "{HEADER}1,a,2023-01-02,1,5.00,p,\"a \"\"b\"\",\n\r\nc\",UK\n\
         2,b,2023-01-03,2,5.00,q,{long},UK\n\
         3,c\0d,2023-01-04,3,5.00,\0,nul\0,UK\n\
         4,d,2023-01-05,4,5.00,r,5\" pipe,UK\n"
    );
    let sales = open(&text).unwrap();
    assert_eq!((sales.ledger.rows_in, sales.ledger.rows_used), (4, 4));
    assert_eq!(sales.ledger.money_used.to_f64(), 50.0);
    let names: Vec<String> = metrics(&sales).into_iter().map(|one| one.customer).collect();
    assert_eq!(names.len(), 4);
    // A quote that is never closed takes the rest of the file, and the row is no row of the table.
    let open_quote =
        format!("{HEADER}1,a,2023-01-02,1,5.00,p,x,UK\n2,b,2023-01-03,2,5.00,q,\"x,UK\n");
    let found = ledger(open_quote + "3,c,2023-01-04,1,5.00,p,x,UK\n");
    assert_eq!((found.rows_in, found.rows_used), (2, 1));
    assert_eq!(found.set_aside[0].reason, Reason::Malformed);
    // The reports hold such names too; a cell of Excel takes 32,767 characters.
    let files = Files::new();
    let huge = text.replace(",b,", &format!(",{},", "k".repeat(40_000)));
    let file =
        files.write("sales.csv", huge + "5,\u{1b}[31mred,2023-01-05,4,5.00,r,\u{1b}[2J,UK\u{7}\n");
    let out = files.path("out");
    let output = rfm(&[&file, "-o", out.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(!shown.contains(['\u{1b}', '\0', '\u{7}']), "{shown:?}");
    assert!(shown.len() < 50_000, "{}", shown.len());
    let sheets = &mut calamine::open_workbook_auto(out.join("rfm.xlsx")).unwrap();
    let customers = calamine::Reader::worksheet_range(sheets, "Customers").unwrap();
    assert!(customers.rows().count() > 4);
}

#[test]
fn a_truncated_archive_is_refused() {
    let files = Files::new();
    let text = lines(5_000);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let packed = gzip.finish().unwrap();
    let whole = files.write("whole.csv.gz", &packed);
    assert_eq!(json(&whole)["ledger"]["rows_used"], 5_000);
    for cut in [1, 8, packed.len() / 2, packed.len() - 4] {
        let told = refused(&[&files.write("cut.csv.gz", &packed[..packed.len() - cut])]);
        assert!(told.contains("cut.csv.gz"), "{told}");
    }
    // zstd without compression: a frame of raw blocks, written by hand.
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58];
    for (at, block) in text.as_bytes().chunks(60_000).enumerate() {
        let is_last = usize::from((at + 1) * 60_000 >= text.len());
        let head = (block.len() << 3) | is_last;
        frame.extend(&head.to_le_bytes()[..3]);
        frame.extend(block);
    }
    let whole = files.write("whole.csv.zst", &frame);
    assert_eq!(json(&whole)["ledger"]["rows_used"], 5_000);
    for cut in [1, frame.len() / 2, frame.len() - 5] {
        let told = refused(&[&files.write("cut.csv.zst", &frame[..frame.len() - cut])]);
        assert!(told.contains("cut.csv.zst"), "{told}");
    }
}

#[test]
fn a_file_that_grows_while_it_is_read_is_refused() {
    let files = Files::new();
    let file = files.write("sales.csv", lines(60_000));
    let mut log = Diagnostics::new();
    let mut told = 0;
    let result = read(std::slice::from_ref(&file), &options(), &mut log, &mut |_| {
        told += 1;
        if told == 1 {
            let mut file = std::fs::OpenOptions::new().append(true).open(&file).unwrap();
            file.write_all(b"1,late,2023-05-05,1,5,p,x,UK\n").unwrap();
        }
    });
    assert!(told > 0, "progress is told");
    assert_eq!(codes(&result.err().unwrap()), [Code::FileChanged]);
    // So is one that shrinks.
    let mut told = 0;
    let result = read(std::slice::from_ref(&file), &options(), &mut log, &mut |_| {
        told += 1;
        if told == 1 {
            std::fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(100).unwrap();
        }
    });
    assert_eq!(codes(&result.err().unwrap()), [Code::FileChanged]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing() {
    let files = Files::new();
    let file = files.write("sales.csv", lines(2_000));
    let binary = Command::cargo_bin("custval").unwrap().get_program().to_owned();
    // No file may have more than 8 blocks, and a write beyond is an error instead of a signal.
    let limited = |arguments: &[&str]| {
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"]).arg(&binary);
        command.arg("rfm").arg(&file).args(arguments).output().unwrap()
    };
    let out = files.path("out");
    let failed = limited(&["-o", out.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&failed.stderr);
    assert_eq!(failed.status.code(), Some(1), "{told}");
    assert!(told.contains("error[output-failed]") && told.contains("disk has room"), "{told}");
    let left = walk(&out);
    assert!(left.is_empty(), "{left:?}");
    let aside = files.path("aside.csv");
    let condition = ["--where", "quantity > 1", "--set-aside", aside.to_str().unwrap()];
    let failed = limited(&condition);
    assert_eq!(failed.status.code(), Some(1));
    nothing_but(files.0.path(), &["sales.csv"]);
}

#[test]
fn what_was_read_is_never_written_over() {
    let files = Files::new();
    let file = files.write("sales.csv", lines(20));
    let folder = files.0.path().display().to_string();
    let pattern = format!("{folder}/*.csv");
    for read in [&file, &folder, &pattern] {
        let told = refused(&[read, "--set-aside", &file, "--force"]);
        assert!(told.contains("output-exists"), "{told}");
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), lines(20));
    // A file named twice is read once.
    let output = rfm(&[&file, &pattern, "--format", "json"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("warning[source-twice]"));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["ledger"]["rows_in"], 20);
}

/// All files below a folder.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        found.extend(if path.is_dir() { walk(&path) } else { vec![path] });
    }
    found
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_no_half_written_file() {
    let files = Files::new();
    let file = files.write("sales.csv", lines(40_000));
    // Killed after ever longer waits: before, while and after the files are written.
    for (at, signal) in ["INT", "TERM"].iter().cycle().take(6).enumerate() {
        let out = files.path(&format!("out{at}"));
        let mut child = program(&[&file, "-o", out.to_str().unwrap(), "--clusters", "4"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(30 + 300 * at as u64));
        let _ = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        let status = child.wait().unwrap();
        let there = walk(&out);
        let hidden = |path: &&PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
        };
        for path in there.iter().filter(|path| !hidden(path)) {
            // What bears its own name is whole.
            let bytes = std::fs::read(path).unwrap();
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("json") => drop(serde_json::from_slice::<Value>(&bytes).unwrap()),
                Some("xlsx") => drop(zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap()),
                _ => assert!(bytes.ends_with(b"\n"), "{path:?}"),
            }
        }
        if status.success() {
            assert!(out.join("rfm.xlsx").exists());
        }
    }
}

#[test]
fn names_that_look_like_code_stay_text() {
    let long = "n".repeat(300);
    let names = [
        "=HYPERLINK(\"http://evil.example\",\"click\")",
        "<script>alert(1)</script>",
        "\u{202e}gnp.exe \u{5d0}\u{5d1}",
        "@SUM(A1:A9)",
        "+1-800",
        "-2+3",
        "\tcmd|' /C calc'!A0",
        &long,
    ];
    let mut text = HEADER.to_string();
    for (at, name) in names.iter().enumerate() {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        let day = at + 1;
        for field in 0..2 {
            let _ = writeln!(
                text,
                "{at}{field},{quoted},2023-01-{day:02},1,{}.00,{quoted},{quoted},{quoted}",
                10 + at
            );
        }
    }
    text += "9,,2023-01-02,1,5.00,\"=1+1\",\"=1+1\",UK\n";
    let files = Files::new();
    let file = files.write("sales.csv", text);
    let (out, aside) = (files.path("out"), files.path("aside.csv"));
    let output = rfm(&[&file, "-o", out.to_str().unwrap(), "--set-aside", aside.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // No control character reaches the terminal, and no line is longer than a screen can bear.
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(!shown.contains(['\u{1b}', '\t', '\u{202e}']), "{shown}");
    for path in walk(&out.join("tables")).into_iter().chain([aside]) {
        let bytes = std::fs::read(&path).unwrap();
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
        for row in rows.records() {
            for cell in row.unwrap().iter() {
                let is_number = cell.parse::<f64>().is_ok();
                assert!(
                    is_number || !cell.starts_with(['=', '+', '-', '@', '\t']),
                    "{path:?}: {cell}"
                );
            }
        }
    }
    // In the workbook every one of them is a text, and none is a formula or a link out of it.
    let bytes = std::fs::read(out.join("rfm.xlsx")).unwrap();
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut texts = String::new();
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut xml = String::new();
        if std::io::Read::read_to_string(&mut part, &mut xml).is_err() {
            continue;
        }
        if name.starts_with("xl/worksheets/") {
            assert!(!xml.contains("<f>"), "{name}");
            // Links lead to other places of the workbook, and nowhere else.
            let links = xml.matches("<hyperlink ").count();
            assert_eq!(links, xml.matches(" location=").count(), "{name}");
            assert!(!xml.contains("<hyperlink r:id"), "{name}");
        }
        if name == "xl/sharedStrings.xml" {
            texts = xml;
        }
    }
    for name in names {
        let escaped = name.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let found = texts.contains(&escaped) || texts.contains(&escaped.replace('"', "&quot;"));
        assert!(found, "{name}");
    }
}

#[test]
fn headers_line_ends_and_marks() {
    assert_eq!(open(HEADER).err().unwrap(), [Code::NoRows]);
    assert_eq!(open("").err().unwrap(), [Code::FileEmpty]);
    assert_eq!(open("\n\n\n").err().unwrap(), [Code::FileEmpty]);
    let row = |at: u32| format!("{at},k{at},2023-05-{at:02},1,5.00,p,Tea,UK");
    let marked = format!("\u{feff}{HEADER}{}\n", row(1));
    assert_eq!(ledger(marked).rows_used, 1);
    let head = HEADER.trim_end();
    let mixed = format!("{head}\r\n{}\n{}\r\n\r\n\n{}", row(1), row(2), row(3));
    let found = ledger(&mixed);
    assert_eq!((found.rows_in, found.rows_used, found.duplicates), (3, 3, Some(0)));
    // A row is the same row whatever its line ends with.
    let twice = format!("{head}\n{}\r\n{}\n{}", row(1), row(1), row(1));
    assert_eq!(ledger(twice).duplicates, Some(2));
    // Carriage returns alone, as Excel saves "CSV (Macintosh)".
    let old = ledger(lines(2_000).replace('\n', "\r"));
    assert_eq!(old, ledger(lines(2_000)));
    // UTF-16, as some programs export it.
    let text = format!("{HEADER}{}\n{}\n", row(1), row(2));
    let wide: Vec<u8> =
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(ledger(wide).rows_used, 2);
    // One name for two columns: the first is taken, and that is said.
    let files = Files::new();
    let file = files.write("double.csv", "customer,date,amount,amount\na,2023-01-02,5,6\n");
    let output = rfm(&[&file]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("warning[column-duplicate]"));
}

#[test]
fn rows_of_another_width_are_set_aside_and_counted() {
    let text = format!(
        "{HEADER}1,a,2023-01-02,1,5.00,p,x,UK\n2,b,2023-01-02,1,5.00\n\
         3,c,2023-01-02,1,5.00,p,x,UK,more,and more\n4,d,2023-01-03,1,7.00,p,x,UK\n"
    );
    let found = ledger(text);
    assert_eq!((found.rows_in, found.rows_used), (4, 2));
    assert_eq!((&found.set_aside[0].reason, found.set_aside[0].rows), (&Reason::Malformed, 2));
    assert!(found.balances());
}

#[test]
fn a_hundred_thousand_columns() {
    let names: String = (0..100_000).map(|at| format!(",c{at}")).collect();
    let values = ",7".repeat(100_000);
    let mut text = format!("customer,date,amount{names}\n");
    for day in 1..=20 {
        let _ = writeln!(text, "k{day},2023-01-{day:02},5.00{values}");
    }
    let found = ledger(text);
    assert_eq!((found.rows_used, found.money_used.to_f64()), (20, 100.0));
}

#[test]
fn years_and_numbers_at_the_edges() {
    // The year 1 and a plain year: both are dates.
    let text = format!(
        "{HEADER}1,a,0001-01-01,1,5.00,p,x,UK\n2,b,2023-01-02,1,5.00,p,x,UK\n\
         3,c,9999-12-31,1,5.00,p,x,UK\n"
    );
    let files = Files::new();
    let found = json(&files.write("years.csv", &text));
    assert_eq!(
        (&found["ledger"]["rows_used"], &found["first"]),
        (&2.into(), &"0001-01-01T00:00:00".into())
    );
    assert_eq!(found["ledger"]["set_aside"][0]["reason"], "future_date");
    let file = files.write("years.csv", &text);
    let output = rfm(&[&file, "--as-of", "9999-12-31", "-o", files.path("out").to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // Numbers that cannot be held are none, and those that overflow a sum are refused.
    let text = format!("{HEADER}1,a,2023-01-02,1e300,5.00,p,x,UK\n2,b,2023-01-02,2,5.00,p,x,UK\n");
    let found = ledger(text);
    assert_eq!((found.rows_used, found.set_aside[0].rows), (1, 1));
    assert_eq!(found.set_aside[0].reason, Reason::NotANumber);
    let most = "100000000000000000000000";
    let text = format!(
        "{HEADER}1,a,2023-01-02,1,{most},p,x,UK\n2,a,2023-01-02,1,{most},p,x,UK\n3,b,2023-01-02,1,{most},p,x,UK\n"
    );
    match open(text) {
        Ok(sales) => assert!(sales.ledger.balances()),
        Err(codes) => assert_eq!(codes, [Code::MoneyTooMuch]),
    }
}

#[test]
fn customers_that_differ_by_white_space_alone_are_one() {
    let text = format!(
        "{HEADER}1,a,2023-01-02,1,5.00,p,x,UK\n2, a,2023-01-03,1,5.00,p,x,UK\n\
         3,\"a \",2023-01-04,1,5.00,p,x,UK\n4,a\t,2023-01-05,1,5.00,p,x,UK\n\
         5,A,2023-01-06,1,5.00,p,x,UK\n6,\" \",2023-01-06,1,5.00,p,x,UK\n"
    );
    let sales = open(text).unwrap();
    let found: Vec<(String, u32)> =
        metrics(&sales).into_iter().map(|one| (one.customer, one.orders)).collect();
    assert_eq!(found, [("A".to_string(), 1), ("a".to_string(), 4)]);
    assert_eq!(sales.ledger.set_aside[0].reason.words(), "no customer");
}

#[test]
fn what_nobody_sees_around_an_id_makes_no_other_customer() {
    let ids = ["k1", " k1", "k1\u{a0}", "\u{3000}k1", "\u{feff}k1\u{200b}", "客户", "客户\u{a0}"];
    let mut text = HEADER.to_string();
    for (at, id) in ids.iter().enumerate() {
        let _ = writeln!(text, "{at},{id},2023-05-02 10:00,1,1.50,p,Tea,Ireland");
    }
    // Not UTF-8, so that the whole is Latin-1 in which a no-break space is one byte.
    let latin =
        [HEADER.as_bytes(), b"1,M\xfc\xa0,2023-05-02 10:00,1,1.50,p,Tea,Ireland\n"].concat();
    assert_eq!(ledger(&text).customers_used, 2);
    let files = Files::new();
    let told = json(&files.write("latin.csv", latin));
    assert_eq!(told["metrics"][0]["customer"], "Mü");
}

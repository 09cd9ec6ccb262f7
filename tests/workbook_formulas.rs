//! The formulas of the report's workbook give what was computed: read back and evaluated here, and
//! recomputed by LibreOffice where it is there.

use assert_cmd::Command;
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

const JUDGEMENTS: &str = "examples/sme-paper/judgements.csv";

/// Runs `custval evaluate` into a folder.
fn evaluate(folder: &Path, arguments: &[&str]) -> PathBuf {
    let out = folder.join("out");
    let mut command = Command::cargo_bin("custval").unwrap();
    let output = command.arg("evaluate").args(arguments).arg("-o").arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    out
}

/// The cells of a workbook with their formulas.
struct Sheets {
    values: HashMap<(String, u32, u32), Data>,
    formulas: HashMap<(String, u32, u32), String>,
    known: RefCell<HashMap<(String, u32, u32), f64>>,
}

impl Sheets {
    fn open(path: &Path) -> Sheets {
        let mut book: Xlsx<_> = open_workbook(path).unwrap();
        let (mut values, mut formulas) = (HashMap::new(), HashMap::new());
        for name in book.sheet_names() {
            let at = |range: (u32, u32), (row, column, _): (usize, usize, ())| {
                (name.clone(), range.0 + row as u32, range.1 + column as u32)
            };
            let range = book.worksheet_range(&name).unwrap();
            for (row, column, value) in range.used_cells() {
                let key = at(range.start().unwrap(), (row, column, ()));
                values.insert(key, value.clone());
            }
            let range = book.worksheet_formula(&name).unwrap();
            for (row, column, formula) in range.used_cells().filter(|cell| !cell.2.is_empty()) {
                let key = at(range.start().unwrap(), (row, column, ()));
                formulas.insert(key, formula.clone());
            }
        }
        Sheets { values, formulas, known: RefCell::default() }
    }

    fn text(&self, sheet: &str, row: u32, column: u32) -> String {
        match self.values.get(&(sheet.to_string(), row, column)) {
            Some(Data::String(text)) => text.clone(),
            _ => String::new(),
        }
    }

    /// The number of a cell: what its formula gives, or what stands there.
    fn number(&self, sheet: &str, row: u32, column: u32) -> Option<f64> {
        let key = (sheet.to_string(), row, column);
        if let Some(formula) = self.formulas.get(&key) {
            if let Some(known) = self.known.borrow().get(&key) {
                return Some(*known);
            }
            let number = Formula { sheets: self, sheet, rest: formula }.value();
            self.known.borrow_mut().insert(key, number);
            return Some(number);
        }
        self.stored(&key)
    }

    fn stored(&self, key: &(String, u32, u32)) -> Option<f64> {
        match self.values.get(key) {
            Some(Data::Float(number)) => Some(*number),
            Some(Data::Int(number)) => Some(*number as f64),
            _ => None,
        }
    }

    /// Every formula gives the number that is stored with it. Gives how many there are.
    fn agree(&self) -> usize {
        for (key, formula) in &self.formulas {
            let stored = self.stored(key).unwrap_or_else(|| panic!("{key:?} has no result"));
            let computed = self.number(&key.0, key.1, key.2).unwrap();
            assert!(near(computed, stored), "{key:?} {formula}: {computed} is not {stored}");
        }
        self.formulas.len()
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

/// A formula of the few forms that custval writes, being evaluated from the left.
struct Formula<'a> {
    sheets: &'a Sheets,
    sheet: &'a str,
    rest: &'a str,
}

/// A block of cells.
struct Block {
    sheet: String,
    rows: (u32, u32),
    columns: (u32, u32),
}

impl Formula<'_> {
    fn value(mut self) -> f64 {
        let value = self.sum();
        assert!(self.rest.is_empty(), "a formula of another form: …{}", self.rest);
        value
    }

    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.takes("+") {
                value += self.product();
            } else if self.takes("-") {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.factor();
        loop {
            if self.takes("*") {
                value *= self.factor();
            } else if self.takes("/") {
                value /= self.factor();
            } else {
                return value;
            }
        }
    }

    fn factor(&mut self) -> f64 {
        if self.takes("(") {
            let value = self.sum();
            assert!(self.takes(")"));
            return value;
        }
        let digits = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        if digits > 0 {
            let (number, rest) = self.rest.split_at(digits);
            self.rest = rest;
            return number.parse().unwrap();
        }
        for function in ["SUMPRODUCT(", "SUMIFS(", "SUM(", "COUNTIF(", "COUNT(", "AVERAGE("] {
            if self.takes(function) {
                let mut blocks = vec![self.block()];
                while self.takes(",") {
                    blocks.push(self.block());
                }
                assert!(self.takes(")"));
                return self.call(function, &blocks);
            }
        }
        let block = self.block();
        self.sheets.number(&block.sheet, block.rows.0, block.columns.0).unwrap_or(0.0)
    }

    fn call(&self, function: &str, blocks: &[Block]) -> f64 {
        let numbers = |at: usize| self.numbers(&blocks[at]);
        let there = |at: usize| numbers(at).into_iter().flatten();
        let is_class = |range: usize, class: usize| -> Vec<bool> {
            let class = &self.texts(&blocks[class])[0];
            self.texts(&blocks[range]).iter().map(|text| text == class).collect()
        };
        match function {
            "SUM(" => there(0).sum(),
            "COUNT(" => there(0).count() as f64,
            "AVERAGE(" => there(0).sum::<f64>() / there(0).count() as f64,
            "SUMPRODUCT(" => {
                let pairs = numbers(0).into_iter().zip(numbers(1));
                pairs.map(|(a, b)| a.unwrap_or(0.0) * b.unwrap_or(0.0)).sum()
            }
            "COUNTIF(" => is_class(0, 1).into_iter().filter(|is| *is).count() as f64,
            "SUMIFS(" => {
                let pairs = numbers(0).into_iter().zip(is_class(1, 2));
                pairs.filter(|(_, is)| *is).filter_map(|(number, _)| number).sum()
            }
            other => panic!("{other}"),
        }
    }

    fn numbers(&self, block: &Block) -> Vec<Option<f64>> {
        self.cells(block, |row, column| self.sheets.number(&block.sheet, row, column))
    }

    fn texts(&self, block: &Block) -> Vec<String> {
        self.cells(block, |row, column| self.sheets.text(&block.sheet, row, column))
    }

    fn cells<T>(&self, block: &Block, cell: impl Fn(u32, u32) -> T) -> Vec<T> {
        let cell = &cell;
        (block.rows.0..=block.rows.1)
            .flat_map(|row| (block.columns.0..=block.columns.1).map(move |at| cell(row, at)))
            .collect()
    }

    /// `Sheet!$A$1:$B$2`, with or without a sheet, dollars and a second cell.
    fn block(&mut self) -> Block {
        let is_part = |c: char| c.is_alphanumeric() || "!$:' ".contains(c);
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        let (sheet, cells) = text.rsplit_once('!').unwrap_or((self.sheet, text));
        let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
        let ((top, left), (bottom, right)) = (place(first), place(last));
        Block { sheet: sheet.to_string(), rows: (top, bottom), columns: (left, right) }
    }
}

/// A cell's row and column from 0.
fn place(cell: &str) -> (u32, u32) {
    let cell = cell.replace('$', "");
    let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap_or_else(|| panic!("“{cell}”"));
    let (letters, row) = cell.split_at(digits);
    let column = letters.bytes().fold(0, |sum, c| sum * 26 + u32::from(c - b'A') + 1);
    (row.parse::<u32>().unwrap() - 1, column - 1)
}

fn result(out: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(out.join("result.json")).unwrap()).unwrap()
}

/// The values on the sheet Customers, reckoned by its formulas, are those of result.json. Gives how
/// many customers there are.
fn customers_agree(sheets: &Sheets, result: &Value) -> usize {
    let columns = |customer: &Value| -> Vec<f64> {
        let parts = customer["dimensions"].as_object().unwrap().values();
        std::iter::once(&customer["value"]).chain(parts).map(|v| v.as_f64().unwrap()).collect()
    };
    let customers = result["values"].as_array().unwrap();
    for row in 4..4 + customers.len() as u32 {
        let name = sheets.text("Customers", row, 1);
        let customer = customers.iter().find(|one| one["customer"] == name.as_str()).unwrap();
        for (column, expected) in (3..).zip(columns(customer)) {
            assert!(sheets.formulas.contains_key(&("Customers".to_string(), row, column)));
            let number = sheets.number("Customers", row, column).unwrap();
            assert!(near(number, expected), "{name}: {number} is not {expected}");
        }
        for (code, expected) in customer["contributions"].as_object().unwrap() {
            let column = (2..).find(|at| sheets.text("Contributions", 3, *at) == *code).unwrap();
            let number = sheets.number("Contributions", row, column).unwrap();
            assert!(near(number, expected.as_f64().unwrap()), "{name} {code}");
        }
    }
    customers.len()
}

/// Scores with gaps: of single indicators, of a whole criterion, and of everything below a part.
fn with_gaps(folder: &Path) -> PathBuf {
    let codes = "C11,C12,C21,C22,D11,D12,D21,D22,D23,D31,D32,D41,D42,D51,D52";
    let mut text = format!("Customer,Expert,{codes}\n");
    for customer in 0..12_usize {
        let cells: Vec<String> = (0..15)
            .map(|at| match (customer, at) {
                (1, 2) | (2, 0 | 1) | (3, 0..=3) | (4, 4..=14) | (5, 5 | 6 | 9 | 10) => {
                    String::new()
                }
                _ => ((customer * 7 + at * (customer + 2) / 3 + at) % 5 + 1).to_string(),
            })
            .collect();
        text += &format!("Customer {customer},Ann,{}\n", cells.join(","));
    }
    let path = folder.join("scores.csv");
    std::fs::write(&path, text).unwrap();
    path
}

const WORKSHOP: [&str; 7] = [
    "sme-hybrid",
    "examples/workshop/judgements.csv",
    "examples/workshop/scores-2024.csv",
    "--transactions",
    "examples/workshop/sales.csv",
    "--to",
    "2024-12-31",
];

#[test]
fn values_are_sums_of_weights_and_scores() {
    let folder = tempfile::tempdir().unwrap();
    let out = evaluate(folder.path(), &["sme", "examples/sme-paper.xlsx"]);
    let sheets = Sheets::open(&out.join("report.xlsx"));
    let formula = |sheet: &str, cell: &str| {
        let (row, column) = place(cell);
        sheets.formulas[&(sheet.to_string(), row, column)].clone()
    };
    assert_eq!(formula("Customers", "D5"), "SUM(E5:F5)");
    assert_eq!(formula("Customers", "E5"), "SUMPRODUCT(Scores!$C$3:$F$3,Scores!$C$5:$F$5)");
    assert_eq!(formula("Contributions", "C5"), "Scores!$C$3*Scores!$C$5");
    assert_eq!(formula("Scores", "C3"), "Weights!$D$9");
    assert_eq!(formula("Weights", "D9"), "D8*C9");
    assert_eq!(customers_agree(&sheets, &result(&out)), 10);
    assert!(sheets.agree() > 250);
    // The sums of the classes are there too.
    assert!(sheets.formulas.values().any(|formula| formula.starts_with("SUMIFS(")));
}

#[test]
fn gaps_let_others_carry_the_weight() {
    let folder = tempfile::tempdir().unwrap();
    let scores = with_gaps(folder.path());
    let scores = scores.to_str().unwrap();
    let out = evaluate(folder.path(), &["sme", JUDGEMENTS, scores, "--missing", "reweigh"]);
    let sheets = Sheets::open(&out.join("report.xlsx"));
    assert_eq!(customers_agree(&sheets, &result(&out)), 12);
    sheets.agree();
    let lifted = sheets.formulas.values().filter(|formula| formula.contains("/(Weights!"));
    assert!(lifted.count() > 10);
}

#[test]
fn blends_sales_and_other_models_have_their_formulas() {
    let shop = ["judgements.csv", "scores.csv", "measured.csv"];
    let shop = shop.map(|file| format!("examples/retail-loyalty/{file}"));
    let mut shop: Vec<&str> = shop.iter().map(String::as_str).collect();
    shop.insert(0, "retail-loyalty");
    let blended = ["sme", "examples/sme-paper.xlsx", "--blend", "entropy=0.3"];
    for arguments in [&shop[..], &blended, &WORKSHOP] {
        let folder = tempfile::tempdir().unwrap();
        let out = evaluate(folder.path(), arguments);
        let sheets = Sheets::open(&out.join("report.xlsx"));
        assert!(customers_agree(&sheets, &result(&out)) >= 10, "{arguments:?}");
        sheets.agree();
    }
}

/// The weights of a later period are those of the saved result, and the sums of the migration add up.
#[test]
fn a_later_period_has_its_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let first = evaluate(folder.path(), &WORKSHOP);
    let later = folder.path().join("later");
    std::fs::create_dir(&later).unwrap();
    let saved = first.join("result.json");
    let with = saved.to_str().unwrap();
    let scores = "examples/workshop/scores-2025.csv";
    let sales = ["--transactions", "examples/workshop/sales.csv", "--from", "2025-01-01"];
    let out = evaluate(&later, &[&[scores, "--with", with], &sales[..]].concat());
    let sheets = Sheets::open(&out.join("report.xlsx"));
    assert!(customers_agree(&sheets, &result(&out)) > 10);
    sheets.agree();
    assert!(sheets.formulas.keys().any(|key| key.0 == "Migration"));
}

/// Names of customers that look like formulas, references or links are texts, and lead to their rows and
/// nowhere else.
#[test]
fn hostile_names_stay_texts() {
    let long = "N".repeat(300);
    let names = [
        "=HYPERLINK(\"http://x\",\"y\")",
        "=1+1",
        "<script>alert(1)</script>",
        "\"; DROP",
        "مرحبا",
        "Sheet1!$A$1",
        "~*?",
        &long,
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut writer = csv::Writer::from_path(folder.path().join("scores.csv")).unwrap();
    let codes = "C11,C12,C21,C22,D11,D12,D21,D22,D23,D31,D32,D41,D42,D51,D52".split(',');
    let codes: Vec<&str> = codes.collect();
    writer.write_record(["Customer", "Expert"].iter().chain(&codes)).unwrap();
    for (customer, name) in names.iter().enumerate() {
        let score = |at: usize| ((customer * 3 + at * customer + at) % 5 + 1).to_string();
        let scores: Vec<String> = (0..codes.len()).map(score).collect();
        let row = [name.to_string(), "Ann".to_string()].into_iter().chain(scores);
        writer.write_record(row).unwrap();
    }
    writer.flush().unwrap();
    let scores = folder.path().join("scores.csv");
    let out = evaluate(folder.path(), &["sme", JUDGEMENTS, scores.to_str().unwrap()]);
    let sheets = Sheets::open(&out.join("report.xlsx"));
    assert_eq!(customers_agree(&sheets, &result(&out)), names.len());
    sheets.agree();
    for name in names {
        assert!((4..12).any(|row| sheets.text("Customers", row, 1) == name), "{name}");
        assert!((4..12).any(|row| sheets.text("Plan", row, 0) == name), "{name}");
    }
    let report = std::fs::File::open(out.join("report.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(report).unwrap();
    let mut links = 0;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        if part.name().unwrap().starts_with("xl/worksheets/sheet") {
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            for link in text.split("<hyperlink ").skip(1) {
                let link = link.split_once("/>").unwrap().0;
                assert!(link.contains(" location=\"") && !link.contains("r:id"), "{link}");
                links += 1;
            }
        }
    }
    assert!(links > 3 * names.len(), "{links} links");
}

/// The workbook without the results that are stored with its formulas.
fn without_results(from: &Path, to: &Path) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(from).unwrap()).unwrap();
    let mut bare = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(bytes).unwrap();
            let mut parts = text.split("</f><v>");
            let mut bare = parts.next().unwrap().to_string();
            for part in parts {
                bare = bare + "</f>" + part.split_once("</v>").unwrap().1;
            }
            bytes = bare.into_bytes();
        }
        bare.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        bare.write_all(&bytes).unwrap();
    }
    bare.finish().unwrap();
}

/// LibreOffice, which knows nothing of what was computed, comes to the same numbers.
#[test]
fn libreoffice_computes_the_same() {
    if std::process::Command::new("soffice").arg("--version").output().is_err() {
        println!("skipped: there is no soffice");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let scores = with_gaps(folder.path());
    let gaps = ["sme", JUDGEMENTS, scores.to_str().unwrap(), "--missing", "reweigh"];
    for (at, arguments) in [&["sme", "examples/sme-paper.xlsx"][..], &gaps].iter().enumerate() {
        let here = folder.path().join(at.to_string());
        std::fs::create_dir(&here).unwrap();
        let out = evaluate(&here, arguments);
        let bare = here.join("bare.xlsx");
        without_results(&out.join("report.xlsx"), &bare);
        assert!(Sheets::open(&bare).stored(&("Customers".to_string(), 4, 3)).is_none());
        let profile = format!("-env:UserInstallation=file://{}", here.join("profile").display());
        let converted = std::process::Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
            .arg(here.join("computed"))
            .arg(&bare)
            .output()
            .unwrap();
        assert!(converted.status.success(), "{}", String::from_utf8_lossy(&converted.stderr));
        let theirs = Sheets::open(&here.join("computed/bare.xlsx"));
        let ours = Sheets::open(&out.join("report.xlsx"));
        for (key, formula) in &ours.formulas {
            let (own, other) = (ours.stored(key).unwrap(), theirs.stored(key));
            assert!(other.is_some_and(|other| near(own, other)), "{key:?} {formula}: {other:?}");
        }
        let result = result(&out);
        let customers = result["values"].as_array().unwrap();
        for row in 4..4 + customers.len() as u32 {
            let name = theirs.text("Customers", row, 1);
            let customer = customers.iter().find(|one| one["customer"] == name.as_str()).unwrap();
            let value = theirs.stored(&("Customers".to_string(), row, 3)).unwrap();
            assert!(near(value, customer["value"].as_f64().unwrap()), "{name}");
        }
    }
}

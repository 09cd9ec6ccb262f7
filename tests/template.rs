//! The workbook that goes to experts, read back as they and the evaluation will read it.

use calamine::{Data, Reader, Xlsx};
use custval::diagnostic::Diagnostics;
use custval::model::{Model, RandomIndex, random_index};
use custval::workbook::{Book, Contents, ExpertEntry, Sheet, Value, write_template};
use std::collections::HashSet;
use std::io::{Cursor, Read};

fn model(name: &str) -> Model {
    Model::open(name, &mut Diagnostics::new()).expect("a built-in model")
}

fn template(name: &str, contents: &Contents) -> Vec<u8> {
    write_template(&model(name), contents).expect("a workbook")
}

fn book(bytes: &[u8]) -> Book {
    let mut log = Diagnostics::new();
    let book = Book::read("template.xlsx", bytes, &mut log).expect("a readable workbook");
    assert!(log.is_empty(), "{}", log.text(false));
    book
}

fn names(book: &Book) -> Vec<&str> {
    book.sheets.iter().map(|sheet| sheet.name.as_str()).collect()
}

fn sheet<'a>(book: &'a Book, name: &str) -> &'a Sheet {
    book.sheets.iter().find(|sheet| sheet.name == name).expect(name)
}

fn row(sheet: &Sheet, row: u32) -> Vec<String> {
    let last = sheet.row(row).last().map_or(0, |cell| cell.column);
    (0..=last).map(|column| sheet.text(row, column)).collect()
}

fn number(sheet: &Sheet, row: u32, column: u32) -> f64 {
    match sheet.value(row, column) {
        Some(Value::Number(number)) => *number,
        other => panic!("{}!{row},{column} holds {other:?}", sheet.name),
    }
}

/// A part of the zip archive as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// The XML of the sheet at a place, counted from 0.
fn xml(bytes: &[u8], at: usize) -> String {
    part(bytes, &format!("xl/worksheets/sheet{}.xml", at + 1))
}

fn expert(name: &str) -> ExpertEntry {
    ExpertEntry { name: name.into(), role: String::new(), weight: 1.0, include: true }
}

fn judge(contents: &mut Contents, expert: &str, node: &str, a: &str, b: &str, value: f64) {
    contents.judgements.insert((expert.into(), node.into(), a.into(), b.into()), value);
}

#[test]
fn sheets_are_those_that_the_model_needs() {
    let sme = book(&template("sme", &Contents::default()));
    let experts = ["Expert 1", "Expert 2", "Expert 3"];
    let mut expected = vec!["Instructions".to_string(), "Hierarchy".into(), "Experts".into()];
    expected.extend(experts.map(|name| format!("PW {name}")));
    expected.extend(experts.map(|name| format!("Score {name}")));
    expected.push("Classes".into());
    assert_eq!(names(&sme), expected);
    expected.insert(9, "Measured".into());
    assert_eq!(names(&book(&template("retail-loyalty", &Contents::default()))), expected);
}

#[test]
fn lists_have_the_headers_that_are_read_back() {
    let retail = book(&template("retail-loyalty", &Contents::default()));
    let hierarchy = sheet(&retail, "Hierarchy");
    assert_eq!(row(hierarchy, 0), ["Code", "Name", "Parent", "Direction", "Grades", "Description"]);
    assert_eq!(row(hierarchy, 1), ["loyalty", "Customer loyalty"]);
    assert_eq!(row(hierarchy, 6)[..4], ["gap", "Days between visits", "closeness", "cost"]);
    assert_eq!(hierarchy.text(8, 4), "gold=10; silver=6; bronze=3; none=1");
    assert_eq!(hierarchy.rows().count(), 10);
    assert_eq!(row(sheet(&retail, "Experts"), 0), ["Expert", "Role", "Weight", "Include"]);
    assert_eq!(row(sheet(&retail, "Experts"), 1), ["Expert 1", "", "1", "yes"]);
    assert_eq!(row(sheet(&retail, "Measured"), 0), ["Customer", "revenue", "margin", "gap"]);
    assert_eq!(row(sheet(&retail, "Classes"), 0), ["Customer", "Class"]);
}

#[test]
fn a_block_stands_where_the_reader_looks_for_it() {
    let sme = book(&template("sme", &Contents::default()));
    let pw = sheet(&sme, "PW Expert 2");
    assert_eq!(row(pw, 2), ["Expert", "Expert 2"]);
    assert_eq!(row(pw, 4), ["Node", "customer_value", "Customer value"]);
    let header = ["Item", "Name", "current_value", "potential_value", "Weight"];
    assert_eq!(row(pw, 5), header);
    assert_eq!(row(pw, 6), ["current_value", "Current value", "1"]);
    assert_eq!(row(pw, 7), ["potential_value", "Potential value", "", "1"]);
    assert_eq!(pw.text(8, 0), "");
    assert_eq!(pw.text(8, 5), "1 judgement missing");
    assert!(pw.row(9).is_empty());
    assert_eq!(row(pw, 10), ["Node", "current_value", "Current value"]);
    let nodes: Vec<String> =
        (0..100).filter(|&row| pw.text(row, 0) == "Node").map(|row| pw.text(row, 1)).collect();
    let expected = [
        "customer_value",
        "current_value",
        "C1",
        "C2",
        "potential_value",
        "D1",
        "D2",
        "D3",
        "D4",
        "D5",
    ];
    assert_eq!(nodes, expected);
}

#[test]
fn blank_blocks_show_no_errors_and_no_numbers() {
    for name in ["sme", "retail-loyalty"] {
        for sheet in &book(&template(name, &Contents::default())).sheets {
            for cell in sheet.rows().flat_map(|(_, cells)| cells) {
                let plain = matches!(cell.value, Value::Number(_) | Value::Text(_));
                assert!(plain, "{} {cell:?}", sheet.name);
                let computed = sheet.name.starts_with("PW") && cell.column > 1;
                if let (true, Value::Number(number)) = (computed, &cell.value) {
                    assert_eq!(*number, 1.0, "{} {cell:?}", sheet.name);
                }
            }
        }
    }
}

#[test]
fn formulas_carry_the_numbers_that_they_will_compute() {
    // Saaty's textbook matrix 1 3 5 / 1/3 1 3 / 1/5 1/3 1, one judgement given from the other side.
    let mut contents = Contents { experts: vec![expert("Ann")], ..Contents::default() };
    judge(&mut contents, "Ann", "loyalty", "spending", "closeness", 3.0);
    judge(&mut contents, "Ann", "loyalty", "recommends", "spending", 0.2);
    judge(&mut contents, "Ann", "loyalty", "closeness", "recommends", 3.0);
    let retail = book(&template("retail-loyalty", &contents));
    let pw = sheet(&retail, "PW Ann");
    let near = |row, column, expected: f64| {
        let shown = number(pw, row, column);
        assert!((shown - expected).abs() < 5e-5, "{row},{column}: {shown} is not {expected}");
    };
    near(6, 4, 5.0);
    near(8, 2, 0.2);
    near(8, 3, 1.0 / 3.0);
    for (row, weight) in [(6, 0.63699), (7, 0.25828), (8, 0.10473)] {
        near(row, 5, weight);
    }
    near(9, 2, 3.03851);
    near(9, 3, 0.01926);
    near(9, 4, 0.03320);
    assert_eq!(pw.text(9, 5), "consistent enough");
}

#[test]
fn the_live_ratio_divides_by_the_models_own_random_index() {
    let sme = custval::model::BUILTIN.iter().find(|builtin| builtin.name == "sme").expect("sme");
    let mut contents = Contents { experts: vec![expert("Ann")], ..Contents::default() };
    judge(&mut contents, "Ann", "D2", "D21", "D22", 3.0);
    judge(&mut contents, "Ann", "D2", "D21", "D23", 5.0);
    judge(&mut contents, "Ann", "D2", "D22", "D23", 3.0);
    for &table in RandomIndex::ALL {
        let text = sme.text.replace("\"saaty1980\"", &format!("\"{table}\""));
        let model = Model::parse(&text, "sme.toml", &mut Diagnostics::new()).expect("a model");
        let bytes = write_template(&model, &contents).expect("a workbook");
        let book = book(&bytes);
        let pw = sheet(&book, "PW Ann");
        let node = (0..90).find(|&row| pw.text(row, 1) == "D2").expect("a block");
        let ri = number(pw, node + 5, 3) / number(pw, node + 5, 4);
        let expected = random_index(table, 3).ri;
        assert!((ri - expected).abs() < 1e-9, "{table}: {ri} is not {expected}");
        assert!(xml(&bytes, 3).contains(&format!("/{expected},\"\")")), "{table}");
    }
}

#[test]
fn contradicting_judgements_are_told_at_once() {
    let mut contents = Contents { experts: vec![expert("Ann")], ..Contents::default() };
    judge(&mut contents, "Ann", "loyalty", "spending", "closeness", 9.0);
    judge(&mut contents, "Ann", "loyalty", "closeness", "recommends", 9.0);
    judge(&mut contents, "Ann", "loyalty", "spending", "recommends", 1.0);
    let contradicting = book(&template("retail-loyalty", &contents));
    assert_eq!(sheet(&contradicting, "PW Ann").text(9, 5), "please look again: CR above 0.10");
    judge(&mut contents, "Ann", "loyalty", "spending", "recommends", f64::NAN);
    let incomplete = book(&template("retail-loyalty", &contents));
    assert_eq!(sheet(&incomplete, "PW Ann").text(9, 5), "1 judgement missing");
    assert_eq!(sheet(&incomplete, "PW Ann").text(6, 5), "");
}

#[test]
fn every_cell_to_fill_in_is_guarded() {
    let bytes = template("sme", &Contents::default());
    let guards = |at| xml(&bytes, at).matches("<dataValidation ").count();
    // Eight pairs, the ten pairs of five criteria, the three of three indicators.
    assert_eq!(guards(3), 8 + 10 + 3);
    assert_eq!(guards(6), 15);
    assert_eq!((guards(2), guards(9)), (2, 1));
    let pairs = xml(&bytes, 3);
    assert_eq!(pairs.matches("<formula1>1/9</formula1><formula2>9</formula2>").count(), 21);
    assert!(pairs.contains("How much more important is “Current value” than “Potential value”?"));
    let scores = xml(&bytes, 6);
    assert_eq!(scores.matches("<formula1>1</formula1><formula2>5</formula2>").count(), 14);
    assert!(scores.contains("\"AAA,AA,A,BBB,BB,B,5,4,3,2,1\""));
    assert!(xml(&bytes, 9).contains("\"low-value,potential-value,sub-value,value\""));
    assert!(part(&bytes, "xl/styles.xml").contains("# ??/??"));
}

#[test]
fn prompts_of_long_names_stay_within_excels_limits() {
    let long = "Ein außerordentlich langer Name 😀 ".repeat(20);
    let text = format!(
        "name = 'x'\ngoal = {{ code = 'v', name = 'V' }}\n\
         [[indicator]]\ncode = 'a'\nname = '{long}A'\nparent = 'v'\ndescription = '{long}'\n\
         [[indicator]]\ncode = 'b'\nname = '{long}B'\nparent = 'v'\ngrades = {{ good = 5, bad = 1 }}\n\
         [[indicator]]\ncode = 'c'\nname = '{long}C'\nparent = 'v'\nsource = 'measured'\nunit = '{long}'\n"
    );
    let mut log = Diagnostics::new();
    let model = Model::parse(&text, "x.toml", &mut log).expect("a model");
    let bytes = write_template(&model, &Contents::default()).expect("a workbook");
    assert_eq!(xml(&bytes, 3).matches("promptTitle=\"Compare\"").count(), 3);
    assert!(names(&book(&bytes)).contains(&"Measured"));
}

#[test]
fn names_never_become_formulas() {
    let mut contents = Contents {
        experts: ["=1+1", "@SUM(A1)", "+2", "-3"].map(expert).to_vec(),
        customers: ["=cmd|' /C calc'!A0", "{=1}", "-1", "https://example.com"]
            .map(String::from)
            .to_vec(),
        ..Contents::default()
    };
    contents.classes.insert("-1".into(), "=1+1".into());
    let bytes = template("sme", &contents);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    for name in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&name).expect("formulas");
        let made: Vec<_> = formulas.used_cells().filter(|(.., text)| !text.is_empty()).collect();
        assert_eq!(made.is_empty(), !name.starts_with("PW"), "{name}: {made:?}");
        if name.starts_with("Score") {
            let values = workbook.worksheet_range(&name).expect("values");
            let shown: Vec<_> = (6..10).map(|row| values.get_value((row, 0))).collect();
            let typed: Vec<Data> = contents.customers.iter().cloned().map(Data::String).collect();
            assert_eq!(shown, typed.iter().map(Some).collect::<Vec<_>>());
        }
    }
    let experts = workbook.worksheet_range("Experts").expect("experts");
    assert_eq!(experts.get_value((1, 0)), Some(&Data::String("=1+1".into())));
    let score = workbook.worksheet_range("Score =1+1").expect("scores");
    assert_eq!(score.get_value((2, 1)), Some(&Data::String("=1+1".into())));
}

#[test]
fn awkward_names_of_experts_give_legal_sheets() {
    let long = "Professor Emerita Wilhelmina von und zu Hohenstein";
    let awkward = [
        long,
        long,
        &long.to_uppercase(),
        "a/b:[c]*?\\d",
        "O'Neill'",
        "",
        "😀".repeat(40).as_str(),
    ]
    .map(expert)
    .to_vec();
    let bytes = template("sme", &Contents { experts: awkward, ..Contents::default() });
    let book = book(&bytes);
    let mut seen = HashSet::new();
    for name in names(&book) {
        assert!(name.encode_utf16().count() <= 31, "{name}");
        assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']), "{name}");
        assert!(seen.insert(name.to_lowercase()), "{name} is there twice");
    }
    let of = |prefix: &str| book.sheets.iter().filter(|s| s.name.starts_with(prefix)).count();
    assert_eq!((of("PW "), of("Score ")), (7, 7));
    assert_eq!(book.sheets[3].text(2, 1), long);
    assert_eq!(book.sheets[8].text(2, 1), "Expert 6");
    let instructions = xml(&bytes, 0);
    for name in names(&book).iter().skip(1) {
        assert!(instructions.contains(&format!("location=\"'{name}'!A1\"")), "no link to {name}");
    }
}

#[test]
fn what_is_known_already_is_filled_in() {
    let mut contents = Contents {
        experts: vec![ExpertEntry {
            role: "sales".into(),
            weight: 2.0,
            include: false,
            ..expert("Ann")
        }],
        customers: vec!["Acme".into(), "Bolt".into()],
        ..Contents::default()
    };
    contents.scores.insert(("Ann".into(), "Bolt".into(), "contact".into()), 7.5);
    contents.scores.insert(("Ann".into(), "Bolt".into(), "recommends".into()), f64::INFINITY);
    contents.measured.insert(("Acme".into(), "margin".into()), 12.5);
    contents.classes.insert("Acme".into(), "regular".into());
    let retail = book(&template("retail-loyalty", &contents));
    assert_eq!(row(sheet(&retail, "Experts"), 1), ["Ann", "sales", "2", "no"]);
    let scores = sheet(&retail, "Score Ann");
    assert_eq!(row(scores, 3), ["", "Closeness", "", "Customer loyalty"]);
    assert_eq!(row(scores, 5), ["Customer", "contact", "programme", "recommends"]);
    assert_eq!(row(scores, 6), ["Acme"]);
    assert_eq!(row(scores, 7), ["Bolt", "7.5"]);
    assert_eq!(row(sheet(&retail, "Measured"), 1), ["Acme", "", "12.5"]);
    assert_eq!(row(sheet(&retail, "Classes"), 1), ["Acme", "regular"]);
    assert_eq!(row(sheet(&retail, "Classes"), 2), ["Bolt"]);
}

#[test]
fn a_name_beyond_a_cell_is_the_inputs_fault() {
    let contents = Contents { customers: vec!["x".repeat(32_768)], ..Contents::default() };
    let error = write_template(&model("sme"), &contents).expect_err("too long");
    assert_eq!(error.exit_code(), 1);
    assert!(error.to_string().contains("32,767"), "{error}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let first = template("retail-loyalty", &Contents::default());
    std::thread::sleep(std::time::Duration::from_millis(2100)); // zip archives keep every second second
    assert!(first == template("retail-loyalty", &Contents::default()));
    let other = Contents { customers: vec!["Acme".into()], ..Contents::default() };
    assert!(first != template("retail-loyalty", &other));
}

//! The report's workbook, read back: what it says is what was computed.

use custval::diagnostic::Diagnostics;
use custval::evaluation::{CustomerValue, Evaluation, evaluate};
use custval::model::Model;
use custval::report;
use custval::workbook::{Book, Sheet, Value};
use std::io::{Cursor, Read};

fn evaluation(model: &str, files: &[&str]) -> Evaluation {
    let mut log = Diagnostics::new();
    let model = Model::open(model, &mut log).unwrap();
    let root = env!("CARGO_MANIFEST_DIR");
    let files: Vec<String> = files.iter().map(|file| format!("{root}/examples/{file}")).collect();
    evaluate(&model, &files, &mut log).unwrap()
}

fn sme() -> Evaluation {
    evaluation("sme", &["sme-paper.xlsx"])
}

fn shop() -> Evaluation {
    let files = ["judgements.csv", "scores.csv", "measured.csv"];
    evaluation(
        "retail-loyalty",
        &files.map(|file| format!("retail-loyalty/{file}")).each_ref().map(|f| f.as_str()),
    )
}

fn book(evaluation: &Evaluation) -> Book {
    let bytes = report::workbook(evaluation).unwrap();
    Book::read("report.xlsx", &bytes, &mut Diagnostics::new()).unwrap()
}

fn sheet<'a>(book: &'a Book, name: &str) -> &'a Sheet {
    book.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
}

/// The row in which the first column holds this text.
fn row_of(sheet: &Sheet, column: u32, text: &str) -> u32 {
    sheet.rows().map(|(row, _)| row).find(|row| sheet.text(*row, column) == text).unwrap()
}

fn number(sheet: &Sheet, row: u32, column: u32) -> f64 {
    match sheet.value(row, column) {
        Some(Value::Number(number)) => *number,
        other => panic!("{:?} is no number", other),
    }
}

#[test]
fn the_sheets_are_there_and_the_numbers_are_those_computed() {
    let ours = sme();
    let book = book(&ours);
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let expected = [
        "Summary",
        "Customers",
        "Actions",
        "Plan",
        "Value matrix",
        "Contributions",
        "Scores",
        "Weights",
        "Consistency",
        "Experts",
        "Clusters",
        "Cluster number",
        "Profiles",
        "Firmness",
        "ANOVA",
        "Tests",
        "Rankings",
        "Notes",
    ];
    assert_eq!(names, expected);
    let customers = sheet(&book, "Customers");
    let header = row_of(customers, 0, "Rank");
    let mut ranked: Vec<_> = ours.values.iter().collect();
    ranked.sort_by_key(|customer| customer.rank);
    for (row, customer) in (header + 1..).zip(ranked) {
        assert_eq!(customers.text(row, 1), customer.customer);
        assert_eq!(customers.text(row, 2), customer.class_name.clone().unwrap());
        assert_eq!(number(customers, row, 3), customer.value);
        assert_eq!(number(customers, row, 4), customer.dimensions.numbers()[0]);
        assert_eq!(number(customers, row, 5), customer.dimensions.numbers()[1]);
    }
    let contributions = sheet(&book, "Contributions");
    let header = row_of(contributions, 0, "Rank");
    for row in header + 1..=header + 10 {
        let who = ours.values.iter().find(|c| c.customer == contributions.text(row, 1)).unwrap();
        let sum: f64 = (2..17).map(|column| number(contributions, row, column)).sum();
        assert!((sum - who.value).abs() < 1e-12);
    }
    let weights = sheet(&book, "Weights");
    for (code, weight) in ours.weights.part_weights.iter() {
        assert_eq!(number(weights, row_of(weights, 0, code), 3), weight);
    }
    let anova = sheet(&book, "ANOVA");
    let row = row_of(anova, 0, "Customer value");
    assert_eq!(number(anova, row, 5), ours.anova[0].f.unwrap());
    assert!(
        anova
            .rows()
            .any(|(row, _)| anova.text(row, 0).starts_with("The F tests should be used only"))
    );
}

/// The sheet Firmness holds what was computed, the least firm customer first.
#[test]
fn the_firmness_of_classes_has_its_sheet() {
    let ours = sme();
    let book = book(&ours);
    let firmness = sheet(&book, "Firmness");
    let header = row_of(firmness, 0, "Customer");
    let mut last = 0.0;
    for row in header + 1..=header + 10 {
        let who = firmness.text(row, 0);
        let found = ours.firmness.iter().find(|one| one.customer == who).unwrap();
        assert!(number(firmness, row, 2) == found.probability() && found.probability() >= last);
        last = found.probability();
        let shares: f64 = (3..7).map(|column| number(firmness, row, column)).sum();
        assert!((shares - 1.0).abs() < 1e-12);
        if let Some(critical) = &found.critical {
            assert_eq!(number(firmness, row, 8), critical.from);
            assert_eq!(number(firmness, row, 9), critical.to);
        }
    }
    let said = firmness.rows().any(|(row, _)| {
        let text = firmness.text(row, 0);
        text.contains("of 1,000 draws (seed 1)") && text.starts_with("10 of 10 customers keep")
    });
    assert!(said);
}

fn part_names(bytes: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.file_names().flatten().map(|name| name.to_string()).collect()
}

#[test]
fn charts_are_native() {
    for (evaluation, least) in [(sme(), 7), (shop(), 7)] {
        let names = part_names(&report::workbook(&evaluation).unwrap());
        let charts = names.iter().filter(|name| name.starts_with("xl/charts/chart")).count();
        assert!(charts >= least, "{charts} charts");
        assert!(!names.iter().any(|name| name.contains("vbaProject")));
    }
}

/// A name that begins with = or looks like a cell is shown in the charts, and points nowhere.
#[test]
fn names_in_charts_are_no_references() {
    let plain = report::workbook(&sme()).unwrap();
    let mut ours = sme();
    for (class, name) in ours.classes.iter_mut().zip(["=Secret!$A$1", "Secret!A1", "=(Secret!A1)"])
    {
        class.name = name.to_string();
    }
    ours.values[0].customer = "=Secret!$B$2".to_string();
    let spoilt = report::workbook(&ours).unwrap();
    let references = |bytes: &[u8]| -> usize {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names = part_names(bytes);
        let charts = names.iter().filter(|name| name.starts_with("xl/charts/chart"));
        let texts = charts.map(|name| {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            assert!(!text.contains("<c:f>Secret") && !text.contains("<c:f>(Secret"), "{name}");
            text.matches("<c:f>").count()
        });
        texts.sum()
    };
    assert_eq!(references(&spoilt), references(&plain));
}

/// The text of the parts whose names begin so.
fn parts(bytes: &[u8], begin: &str) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names = part_names(bytes).into_iter().filter(|name| name.starts_with(begin));
    let text = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.map(text).collect()
}

/// A class keeps its colour where another has no customers.
#[test]
fn colours_stay_when_a_class_is_empty() {
    const SECOND: &str = "D97706";
    const THIRD: &str = "2563EB";
    let mut ours = sme();
    let count = |bytes: &[u8], colour: &str| {
        parts(bytes, "xl/charts/chart")
            .iter()
            .map(|text| text.matches(colour).count())
            .sum::<usize>()
    };
    let all = report::workbook(&ours).unwrap();
    let empty = ours.classes.remove(1).class;
    for customer in ours.values.iter_mut().filter(|c| c.class.as_deref() == Some(&empty)) {
        (customer.class, customer.class_name) = (None, None);
    }
    let without = report::workbook(&ours).unwrap();
    assert!(count(&all, SECOND) > 0 && count(&without, SECOND) == 0);
    assert_eq!(count(&without, THIRD), count(&all, THIRD));
}

/// Of very many customers the values are numbers, and the sheet says so.
#[test]
fn very_many_customers_have_no_formulas() {
    let mut ours = sme();
    let ten = ours.values.clone();
    for at in ten.len()..20_001 {
        let customer = format!("Customer {at}");
        let (rank, like) = (at + 1, ten[at % ten.len()].clone());
        ours.values.push(CustomerValue { customer, rank, ..like });
    }
    let book = book(&ours);
    let customers = sheet(&book, "Customers");
    assert!(customers.text(1, 0).contains("numbers without formulas"));
    let bytes = report::workbook(&ours).unwrap();
    let sheets = parts(&bytes, "xl/worksheets/sheet2.xml");
    assert!(sheets.len() == 1 && !sheets[0].contains("<f>"));
}

#[test]
fn clusters_carry_their_classes_and_their_stability() {
    let evaluation = sme();
    let book = book(&evaluation);
    let clusters = sheet(&book, "Clusters");
    let centres = row_of(clusters, 0, "Final centres") + 1;
    assert_eq!(clusters.text(centres, 4), "Cluster 4, value customers");
    let stability = row_of(clusters, 0, "Stability of the clusters") + 2;
    let first = &evaluation.clusters.stability[0];
    assert_eq!(clusters.text(stability, 1), "Low-value customers");
    assert_eq!(number(clusters, stability, 3), first.jaccard.unwrap());
    assert_eq!(clusters.text(stability, 4), first.verdict.words());
    let clusters = sheet(&book, "Cluster number");
    let quality = row_of(clusters, 0, "Quality by number of clusters") + 3;
    let two = evaluation.clusters.choice(2).unwrap();
    assert_eq!(number(clusters, quality + 1, 0), 2.0);
    assert_eq!(number(clusters, quality + 1, 5), two.gap.unwrap());
}

#[test]
fn a_long_table_says_what_it_leaves_out() {
    use custval::report::{Column, Format, Table};
    let mut table = Table::new("t", "T", vec![Column::new("n", "N", Format::Count)]).note("Note.");
    for n in 0..5_usize {
        table.push(vec![n.into()]);
    }
    assert_eq!(table.clone().first(5, "t.csv"), table);
    let short = table.first(3, "t.csv");
    assert_eq!(short.rows.len(), 3);
    assert_eq!(short.note, "Note. These are the first 3; t.csv lists 2 more.");
}

#[test]
fn the_same_evaluation_gives_the_same_bytes() {
    assert!(report::workbook(&sme()).unwrap() == report::workbook(&sme()).unwrap());
}

#[test]
fn a_model_of_another_shape_has_its_report() {
    let ours = shop();
    let book = book(&ours);
    let summary = sheet(&book, "Summary");
    for class in &ours.classes {
        let row = row_of(summary, 0, &class.name);
        assert_eq!(number(summary, row, 1), class.size as f64);
        assert_eq!(number(summary, row, 4), class.share_of_value);
    }
}

/// Every table has a cell for each column in each row, and its CSV as many fields.
#[test]
fn tables_are_whole() {
    for evaluation in [sme(), shop()] {
        let tables = report::tables(&evaluation);
        let mut names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        for table in &tables {
            assert!(
                table.rows.iter().all(|row| row.len() == table.columns.len()),
                "{}",
                table.name
            );
            let csv = report::to_csv(table);
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            assert_eq!(
                reader.records().map(Result::unwrap).count(),
                table.rows.len(),
                "{}",
                table.name
            );
            assert!(!csv.contains("NaN") && !csv.contains("inf,"), "{}", table.name);
        }
        names.sort();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "two tables share a name");
    }
}

/// Hundreds of customers fit as well as ten.
#[test]
fn many_customers_have_their_report() {
    let mut scores =
        "Customer,Expert,C11,C12,C21,C22,D11,D12,D21,D22,D23,D31,D32,D41,D42,D51,D52\n".to_string();
    for customer in 0..300usize {
        let cells: Vec<String> = (0..15)
            .map(|at| ((customer * 7 + at * customer / 3 + at) % 5 + 1).to_string())
            .collect();
        scores += &format!("Customer {customer},Ann,{}\n", cells.join(","));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scores.csv");
    std::fs::write(&path, scores).unwrap();
    let root = env!("CARGO_MANIFEST_DIR");
    let files = [format!("{root}/examples/sme-paper/judgements.csv"), path.display().to_string()];
    let mut log = Diagnostics::new();
    let model = Model::open("sme", &mut log).unwrap();
    let ours = evaluate(&model, &files, &mut log).unwrap();
    let customers = book(&ours);
    assert_eq!(sheet(&customers, "Customers").rows().count(), 300 + 3);
}

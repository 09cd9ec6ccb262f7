//! Every number in the workbooks is one of `result.json`, or follows from those in a way that is written out
//! here.

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

fn example(file: &str) -> String {
    format!("{}/examples/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn written(folder: &Path, arguments: &[&str]) -> PathBuf {
    let out = folder.join("out");
    let mut command = assert_cmd::Command::cargo_bin("custval").unwrap();
    command.args(arguments).args(["-o", out.to_str().unwrap()]).assert().success();
    out
}

/// Numbers that are looked up as 14 digits write them: a sum taken in another order may differ in the last.
#[derive(Default)]
struct Known(HashSet<String>);

impl Known {
    fn add(&mut self, number: f64) {
        self.0.insert(format!("{number:.13e}"));
    }

    fn has(&self, number: f64) -> bool {
        // On the edge between two roundings either is right.
        [0.0, 1e-15, -1e-15]
            .iter()
            .any(|nudge| self.0.contains(&format!("{:.13e}", number + nudge * number.abs())))
    }

    /// Every number of a document, also those that stand in it as text, such as codes.
    fn of(&mut self, value: &Value) {
        match value {
            Value::Number(number) => self.add(number.as_f64().unwrap()),
            Value::String(text) => text.parse().into_iter().for_each(|number| self.add(number)),
            Value::Array(items) => items.iter().for_each(|item| self.of(item)),
            Value::Object(entries) => entries.values().for_each(|entry| self.of(entry)),
            Value::Null | Value::Bool(_) => {}
        }
    }
}

/// How many numbers the workbook has; each that is not known is told with its place.
fn checked(file: &Path, known: &Known) -> usize {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    let (mut count, mut strange) = (0, Vec::new());
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let Data::Float(number) = cell else { continue };
            count += 1;
            if !known.has(*number) {
                let (row, column) = (top as usize + row + 1, left as usize + column + 1);
                strange.push(format!("'{sheet}' row {row} column {column}: {number}"));
            }
        }
    }
    assert!(strange.is_empty(), "{}: {strange:#?}", file.display());
    count
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().filter_map(Value::as_f64).collect()
}

#[test]
fn those_of_an_evaluation() {
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let workshop = |file: &str| example(&format!("workshop/{file}"));
    let (judgements, first) = (workshop("judgements.csv"), workshop("scores-2024.csv"));
    let (second, sales) = (workshop("scores-2025.csv"), workshop("sales.csv"));
    let begin = ["evaluate", "sme-hybrid", &judgements, &first, "--transactions", &sales];
    let earlier = written(folders[0].path(), &[&begin[..], &["--to", "2024-12-31"]].concat());
    let saved = earlier.join("result.json");
    let begin = ["evaluate", &second, "--with", saved.to_str().unwrap(), "--transactions", &sales];
    let end = ["--from", "2025-01-01", "--to", "2025-12-31", "--period", "2025"];
    let later = written(folders[1].path(), &[&begin[..], &end].concat());
    for out in [earlier, later] {
        let text = std::fs::read_to_string(out.join("result.json")).unwrap();
        let result: Value = serde_json::from_str(&text).unwrap();
        let mut known = Known::default();
        known.of(&result);
        let values = result["values"].as_array().unwrap();
        let mean = |of: &dyn Fn(&Value) -> Option<f64>| {
            let all: Vec<f64> = values.iter().filter_map(of).collect();
            all.iter().sum::<f64>() / all.len() as f64
        };
        // The mean value, and the mean score on each indicator.
        known.add(mean(&|value| value["value"].as_f64()));
        for code in values[0]["scores"].as_object().unwrap().keys() {
            known.add(mean(&|value| value["scores"][code].as_f64()));
        }
        // What is at stake with each action.
        let mut stakes: BTreeMap<&str, f64> = BTreeMap::new();
        for item in result["plan"].as_array().unwrap() {
            let action = item["action"].as_str().unwrap();
            *stakes.entry(action).or_default() += item["value_at_stake"].as_f64().unwrap();
        }
        stakes.values().for_each(|stake| known.add(*stake));
        // The customers with each action.
        let with = |action: &&str| {
            result["plan"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|item| item["action"] == **action)
                .count()
        };
        stakes.keys().for_each(|action| known.add(with(action) as f64));
        // The change of money from class to class, with its sums.
        if let Some(money) = result["migration"].get("money") {
            let rows = |part: &str| -> Vec<Vec<f64>> {
                money[part].as_array().unwrap().iter().map(numbers).collect()
            };
            let (before, after) = (rows("before"), rows("after"));
            let change = |row: usize, column: usize| after[row][column] - before[row][column];
            let (height, width) = (before.len(), before[0].len());
            for row in 0..height {
                (0..width).for_each(|column| known.add(change(row, column)));
                known.add((0..width).map(|column| change(row, column)).sum());
            }
            for column in 0..width {
                known.add((0..height).map(|row| change(row, column)).sum());
            }
            known.add((0..height * width).map(|at| change(at / width, at % width)).sum());
        }
        // The limits of the geometric consistency index for 3, 4 and more items (Aguarón and Moreno-Jiménez
        // 2003), and sizes of things.
        [0.31, 0.35, 0.37].iter().for_each(|limit| known.add(*limit));
        (0..200).for_each(|size| known.add(f64::from(size)));
        assert!(checked(&out.join("report.xlsx"), &known) > 3000);
    }
}

#[test]
fn those_of_an_analysis_of_sales() {
    let folder = tempfile::tempdir().unwrap();
    let out = written(folder.path(), &["rfm", &example("sales.csv"), "--clusters", "3"]);
    let text = std::fs::read_to_string(out.join("result.json")).unwrap();
    let result: Value = serde_json::from_str(&text).unwrap();
    let mut known = Known::default();
    known.of(&result);
    for metric in result["metrics"].as_array().unwrap() {
        let of = |name: &str| metric[name].as_f64();
        of("recency_days").into_iter().for_each(|days| known.add(days / 7.0));
        of("active_weeks").into_iter().for_each(|weeks| known.add(weeks / 52.0));
        let span = of("tenure_days").zip(of("recency_days")).map(|(tenure, days)| tenure - days);
        span.into_iter().for_each(|days| known.add(days));
    }
    for cohort in result["tables"]["cohorts"].as_array().unwrap() {
        let all = cohort["customers"].as_f64().unwrap();
        numbers(&cohort["active"]).iter().for_each(|active| known.add(active / all));
    }
    assert!(checked(&out.join("rfm.xlsx"), &known) > 5000);
}

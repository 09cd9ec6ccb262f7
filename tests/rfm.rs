//! `custval rfm` keeps its contract: the JSON, the same bytes, refusals that write nothing.

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

fn ugly(case: char) -> String {
    format!("{}/tests/fixtures/ugly/case_{case}.csv", env!("CARGO_MANIFEST_DIR"))
}

fn rfm(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("custval").unwrap();
    command.env("SOURCE_DATE_EPOCH", "1767225600").arg("rfm").args(arguments).output().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = rfm(&[arguments, &["--format", "json"]].concat());
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_document_has_what_programs_rely_on() {
    let found = json(&[&ugly('F'), "--where", "amt < 50", "--returns", "separate"]);
    for key in ["rows_in", "rows_used", "money_in", "money_used", "set_aside"] {
        assert!(!found["ledger"][key].is_null(), "{key}");
    }
    let aside = &found["ledger"]["set_aside"][0];
    assert_eq!((&aside["reason"], &aside["condition"]), (&"filtered".into(), &"amt < 50".into()));
    for key in ["as_of", "columns", "customers", "segments", "tables", "warnings"] {
        assert!(!found[key].is_null(), "{key}");
    }
    for key in [
        "customer",
        "recency_days",
        "frequency",
        "monetary",
        "first",
        "last",
        "tenure_days",
        "mean_gap_days",
    ] {
        assert!(found["metrics"][0].get(key).is_some(), "{key}");
    }
    for key in ["customer", "r", "f", "m", "code", "weighted", "segment"] {
        assert!(found["scores"][0].get(key).is_some(), "{key}");
    }
    for letter in ["r", "f", "m"] {
        assert_eq!(found["edges"][letter].as_array().unwrap().len(), 4, "{letter}");
    }
    for key in [
        "segment",
        "customers",
        "share",
        "money",
        "money_share",
        "mean_recency_days",
        "mean_frequency",
        "mean_monetary",
    ] {
        assert!(found["segments"][0].get(key).is_some(), "{key}");
    }
}

#[test]
fn the_best_customer_gets_the_best_score_in_every_ugly_file() {
    for case in "ABCDEFGHIJKLNOPQR".chars() {
        for method in ["quantile", "rank", "kmeans"] {
            let found = json(&[&ugly(case), "--method", method]);
            let (metrics, scores) = (found["metrics"].as_array().unwrap(), &found["scores"]);
            let bought = |at: &usize| metrics[*at]["frequency"].as_u64() > Some(0);
            let order: Vec<usize> = (0..metrics.len()).filter(bought).collect();
            let money = |at: &usize| metrics[*at]["monetary"].as_f64().unwrap();
            let best = order.iter().max_by(|a, b| money(a).total_cmp(&money(b))).unwrap();
            assert_eq!(scores[*best]["m"], 5, "case {case} {method}");
            for at in &order {
                for other in &order {
                    if money(at) == money(other) {
                        assert_eq!(scores[*at]["m"], scores[*other]["m"], "case {case} {method}");
                    }
                }
            }
        }
    }
    let refused = rfm(&[&ugly('M')]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no sales lines"));
}

#[test]
fn threads_order_scale_and_calendar_change_no_score() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, of: &dyn Fn(&str) -> String| -> String {
        let text = std::fs::read_to_string(ugly('I')).unwrap();
        let (head, rows) = text.split_once('\n').unwrap();
        let mut lines: Vec<String> = rows.lines().map(of).collect();
        lines.reverse();
        let file = folder.path().join(name);
        std::fs::write(&file, format!("{head}\n{}\n", lines.join("\n"))).unwrap();
        file.display().to_string()
    };
    let codes = |found: &Value| -> Vec<Value> {
        let scores = found["scores"].as_array().unwrap();
        scores.iter().map(|one| serde_json::json!([one["customer"], one["code"]])).collect()
    };
    let one = rfm(&[&ugly('I'), "--threads", "1", "--format", "json"]);
    let two = rfm(&[&ugly('I'), "--threads", "3", "--format", "json"]);
    assert_eq!(one.stdout, two.stdout);
    let plain: Value = serde_json::from_slice(&one.stdout).unwrap();
    let reversed = json(&[&write("reversed.csv", &|line| line.to_string())]);
    for key in ["ledger", "metrics", "scores", "edges", "segments", "tables"] {
        assert_eq!(reversed[key], plain[key], "{key}");
    }
    for exponent in ["e-4", "e6"] {
        let scaled = json(&[&write("scaled.csv", &|line| format!("{line}{exponent}"))]);
        assert_eq!(codes(&scaled), codes(&plain), "{exponent}");
    }
    // The data are of 2023 alone; 2021 has as many days.
    let later = json(&[&write("later.csv", &|line| line.replace("2023-", "2021-"))]);
    assert_eq!(codes(&later), codes(&plain));
}

#[test]
fn faults_are_told_at_once_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let refused = rfm(&[
        &ugly('A'),
        "--bins",
        "1",
        "--weights",
        "1,2",
        "--returns",
        "never",
        "--map",
        "nowhere",
        "--tiers",
        "x",
        "--date-format",
        "soon",
        "-o",
        out.to_str().unwrap(),
    ]);
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8_lossy(&refused.stderr);
    for option in ["--bins", "--weights", "--returns", "nowhere", "--tiers", "--date-format"] {
        assert!(told.contains(option), "{option}: {told}");
    }
    assert!(!out.exists());
    let misfit = rfm(&[&ugly('A'), "--bins", "4", "--map", "rf-10", "-o", out.to_str().unwrap()]);
    assert_eq!(misfit.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&misfit.stderr).contains("--bins 5"));
    assert!(!out.exists());
}

#[test]
fn a_folder_holds_the_workbook_the_document_the_tables_and_what_was_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let (out, rows) = (folder.path().join("out"), folder.path().join("rows.csv"));
    let done = rfm(&[
        &ugly('D'),
        "-o",
        out.to_str().unwrap(),
        "--set-aside",
        rows.to_str().unwrap(),
        "--clusters",
        "3",
    ]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for file in ["rfm.xlsx", "result.json", "tables/ledger.csv", "tables/clusters.csv"] {
        assert!(Path::new(&out).join(file).exists(), "{file}");
    }
    let rows = std::fs::read_to_string(rows).unwrap();
    assert_eq!(rows.lines().count(), 12);
    assert!(rows.lines().skip(1).all(|line| line.contains(",no customer,")));
}

#[test]
fn every_model_and_map_runs() {
    for model in ["rfm", "lrfm", "lrfmp", "rfe"] {
        let found = json(&[&ugly('B'), &ugly('I'), "--model", model]);
        assert_eq!(found["model"]["name"], model);
    }
    for (map, options) in [
        ("rfm-11", vec!["--bins", "5"]),
        ("quartiles-5", vec!["--bins", "4"]),
        ("notebook", vec!["--bins", "4"]),
        ("eight-groups", vec!["--method", "mean"]),
    ] {
        let file = ugly('I');
        let found = json(&[&[file.as_str(), "--map", map], options.as_slice()].concat());
        let customers: u64 = found["segments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|segment| segment["customers"].as_u64().unwrap())
            .sum();
        assert!(customers >= found["scored"].as_u64().unwrap(), "{map}");
    }
}

#[test]
fn one_table_is_printed_as_it_is_written() {
    let sales = format!("{}/examples/sales.csv", env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let written = rfm(&[&sales, "--clusters", "3", "-o", out.to_str().unwrap()]);
    assert!(written.status.success());
    let names =
        ["customers", "scores", "win_back", "clusters", "products", "warnings", "countries"];
    for name in names {
        assert!(custval::report::SALES_TABLES.contains(&name));
        let printed = rfm(&[&sales, "--clusters", "3", "--only", name]);
        let file = out.join("tables").join(format!("{name}.csv"));
        match name {
            "scores" => assert!(printed.status.success()),
            _ => assert_eq!(printed.stdout, std::fs::read(file).unwrap(), "{name}"),
        }
    }
    for file in std::fs::read_dir(out.join("tables")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let name = name.trim_end_matches(".csv");
        assert!(custval::report::SALES_TABLES.contains(&name), "{name}");
    }
    let nothing = rfm(&[&sales, "--only", "clusters"]);
    assert_eq!((nothing.status.code(), nothing.stdout.len()), (Some(1), 0));
    let unknown = rfm(&[&sales, "--only", "winback"]);
    assert_eq!((unknown.status.code(), unknown.stdout.len()), (Some(1), 0));
}

/// The spare reading for the scores gives what the whole one gives.
#[test]
fn the_scores_alone_are_those_of_the_whole() {
    let sales = format!("{}/examples/sales.csv", env!("CARGO_MANIFEST_DIR"));
    for options in [
        vec!["--country", "Country"],
        vec!["--model", "lrfmp"],
        vec!["--where", "Country = 'France'"],
    ] {
        let of = |more: &[&str]| rfm(&[&[sales.as_str()], options.as_slice(), more].concat());
        let whole: Value = serde_json::from_slice(&of(&["--format", "json"]).stdout).unwrap();
        let alone = of(&["--only", "scores"]);
        let mut csv = csv::Reader::from_reader(alone.stdout.as_slice());
        let mut rows = 0;
        for (row, score) in csv.records().zip(whole["scores"].as_array().unwrap()) {
            let row = row.unwrap();
            assert_eq!(row[0], score["customer"]);
            assert_eq!(row[row.len() - 1], score["tier"]);
            let weighted = row[row.len() - 3].parse::<f64>().ok().zip(score["weighted"].as_f64());
            assert!(weighted.is_none_or(|(one, other)| (one - other).abs() < 1e-12));
            rows += 1;
        }
        assert_eq!(rows, whole["customers"].as_u64().unwrap());
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_is_refused_by_a_build_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sales.parquet");
    std::fs::write(&file, "PAR1").unwrap();
    let codes = |arguments: &[&str]| {
        let output = rfm(arguments);
        assert_eq!(output.status.code(), Some(1));
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(errors.matches("error[").count(), 1, "{errors}");
        errors.contains("error[feature-missing]")
    };
    assert!(codes(&[&file.display().to_string()]));
    // Before any work: the file that is not there was not looked for.
    assert!(codes(&["nowhere.csv", "--tables", "csv,parquet", "-o", "out"]));
}

/// Saaty's eigenvector of a 3 × 3 matrix, by SciPy to 1e-9.
#[test]
fn weights_come_from_experts_comparisons() {
    let folder = tempfile::tempdir().unwrap();
    let judgements = folder.path().join("judgements.csv");
    std::fs::write(&judgements, ",R,F,M\nR,1,1/2,1/3\nF,2,1,1/2\nM,3,2,1\n").unwrap();
    let judgements = judgements.to_str().unwrap();
    let found = json(&[&ugly('I'), "--weights", judgements]);
    let expected = [0.163424118566428, 0.296961331212497, 0.539614550221075];
    for (of, weight) in found["model"]["dimensions"].as_array().unwrap().iter().zip(expected) {
        assert!((of["weight"].as_f64().unwrap() - weight).abs() < 1e-9);
    }
    let from = found["model"]["weights_from"].as_str().unwrap();
    assert!(from.contains("1 expert") && from.contains("CR 0.008"), "{from}");
    for (scores, own) in found["scores"].as_array().unwrap().iter().zip(0..) {
        let score = |letter: &str| scores[letter].as_f64().unwrap();
        let sum = expected[0] * score("r") + expected[1] * score("f") + expected[2] * score("m");
        assert!((sum - scores["weighted"].as_f64().unwrap()).abs() < 1e-9, "customer {own}");
    }
    // The letters of another model, or no file at all: told, and nothing done.
    for arguments in
        [["--model", "lrfm", "--weights", judgements], ["--bins", "5", "--weights", "nowhere.csv"]]
    {
        let output = rfm(&[&[ugly('I').as_str()], arguments.as_slice()].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    }
}

/// A model may say which columns it reads; options go before it, and both before guesses.
#[test]
fn a_model_maps_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let visits = file(
        "visits.csv",
        "reader,on,pages,minutes,total\na,2024-01-05,3,10,900\nb,2024-02-01,7,20,900\n\
         a,2024-02-03,4,5,900\n",
    );
    let columns = "[columns]\ncustomer = \"reader\"\ndate = \"on\"\namount = \"pages\"\n";
    let model = |columns: &str| {
        format!(
            "kind = \"rfm\"\nname = \"visits\"\n{columns}\n[[dimension]]\nletter = \"E\"\n\
             name = \"Engagement\"\nmetric = \"monetary\"\n"
        )
    };
    let own = file("own.toml", &model(columns));
    let money = |arguments: &[&str]| {
        let found =
            json(&[&[visits.as_str(), "--model", &own, "--map", "none"], arguments].concat());
        found["metrics"].as_array().unwrap().iter().map(|one| one["monetary"].as_f64()).collect()
    };
    let found: Vec<Option<f64>> = money(&[]);
    assert_eq!(found, [Some(7.0), Some(7.0)]);
    let found: Vec<Option<f64>> = money(&["--amount", "minutes"]);
    assert_eq!(found, [Some(15.0), Some(20.0)]);
    let wrong = file("wrong.toml", &model("[columns]\ncustomr = \"reader\"\n"));
    let output = rfm(&[&visits, "--model", &wrong]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("wrong.toml:4") && told.contains("did you mean customer?"), "{told}");
}

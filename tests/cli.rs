//! The program as people and scripts call it: documents on standard output, faults on standard
//! error, exit codes, nothing half-written.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn custval(args: &[&str]) -> Run {
    let output = Command::cargo_bin("custval")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args)
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn json(args: &[&str]) -> Value {
    let run = custval(args);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

const WORKBOOK: &str = "examples/sme-paper.xlsx";

#[test]
fn no_arguments_is_a_short_greeting() {
    let run = custval(&[]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("custval evaluate") && run.out.lines().count() < 12);
}

#[test]
fn the_study_is_reproduced() {
    let run = custval(&["reproduce", "sme-paper"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("30 of 31 figures are equal as printed."), "{}", run.out);
    assert!(run.out.contains("reconstruction") && run.out.contains("0.00196"));
    let document = json(&["reproduce", "sme-paper", "--format", "json"]);
    let figures = document["figures"].as_array().unwrap();
    let unequal: Vec<&Value> = figures.iter().filter(|figure| figure["equal"] == false).collect();
    assert_eq!(unequal.len(), 1);
    assert_eq!((&unequal[0]["row"], &unequal[0]["column"]), (&"X3".into(), &"Sig.".into()));
}

#[test]
fn the_filled_workbook_gives_the_study_too() {
    let document = json(&["evaluate", "sme", WORKBOOK, "--format", "json"]);
    assert_eq!(document["clusters"]["start_cases"], serde_json::json!([1, 9, 5, 6]));
    let classes: Vec<&str> = document["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["class"].as_str().unwrap())
        .collect();
    let (low, potential, sub, value) = ("low-value", "potential-value", "sub-value", "value");
    assert_eq!(classes, [low, potential, sub, value, sub, value, low, low, potential, sub]);
    assert_eq!(document["warnings"].as_array().unwrap().len(), 0);
}

#[test]
fn cluster_follows_its_contract() {
    let folder = folder();
    let table =
        write(folder.path(), "square.csv", "name,x,y\na,1,1\nb,1,2\nc,,5\nd,9,9\ne,9,8\nf,5,1\n");
    let run =
        ["cluster", &table, "--columns", "x,y", "--k", "2", "--id", "name", "--format", "json"];
    let document = json(&run);
    for name in [
        "start_cases",
        "initial_centres",
        "history",
        "centres",
        "sizes",
        "membership",
        "centre_distances",
        "sse",
        "silhouette",
        "calinski_harabasz",
        "davies_bouldin",
        "stopped",
    ] {
        assert!(!document[name].is_null(), "{name}");
    }
    assert!(document.as_object().unwrap().contains_key("better"));
    assert_eq!(
        document["membership"][2],
        serde_json::json!({"case": 3, "cluster": null, "distance": null})
    );
    assert_eq!(document["ids"][5], "f");
    let named = json(&[
        "cluster",
        &table,
        "--columns",
        "x,y",
        "--k",
        "2",
        "--start",
        "cases=2,4",
        "--format",
        "json",
    ]);
    assert_eq!(named["start_cases"], serde_json::json!([2, 4]));
    assert_eq!(named["initial_centres"], serde_json::json!([[1.0, 2.0], [9.0, 9.0]]));
    for start in ["spss", "first", "kmeans++"] {
        let run = json(&[
            "cluster",
            &table,
            "--columns",
            "x,y",
            "--k",
            "2",
            "--start",
            start,
            "--format",
            "json",
        ]);
        assert_eq!(run["start"], start);
    }
    let with = |options: &[&str]| {
        let run = ["cluster", &table, "--columns", "x,y", "--k", "2", "--format", "json"];
        json(&[&run, options].concat())
    };
    let choice = &document["k_choice"][1];
    for name in ["k", "sse", "silhouette", "calinski_harabasz", "davies_bouldin", "gap", "gap_se"] {
        assert!(choice[name].is_number(), "{name}: {choice}");
    }
    assert!(document["k_choice"][0]["silhouette"].is_null());
    assert!(document["stability"][1]["jaccard"].is_number());
    let plain =
        with(&["--gap", "0", "--bootstrap", "0", "--restarts", "0", "--compare-up-to", "0"]);
    assert_eq!(
        (&plain["k_choice"], &plain["stability"]),
        (&Value::Array(vec![]), &Value::Array(vec![]))
    );
    assert_eq!((&plain["starts"], &plain["restarts"]), (&Value::Null, &0.into()));
    let pairwise = with(&["--missing", "pairwise", "--update", "running"]);
    assert_eq!(
        (&pairwise["incomplete"], &pairwise["update"]),
        (&"pairwise".into(), &"running".into())
    );
    assert!(pairwise["membership"][2]["cluster"].is_number());
    let weighted = with(&["--weight", "y"]);
    assert_eq!(
        (&weighted["weight"]["name"], &weighted["weight"]["sum"]),
        (&"y".into(), &21.0.into())
    );
    let refused = custval(&["cluster", &table, "--columns", "x", "--k", "2", "--missing", "none"]);
    assert!(refused.code == 1 && refused.err.contains("listwise, pairwise"), "{}", refused.err);
    let refused =
        custval(&["cluster", &table, "--columns", "x,z", "--k", "9", "--start", "cases=1,x"]);
    assert_eq!(refused.code, 1);
    for word in ["--start", "“z”"] {
        assert!(refused.err.contains(word), "{word}: {}", refused.err);
    }
    let too_many = custval(&["cluster", &table, "--columns", "x,y", "--k", "9"]);
    assert!(
        too_many.code == 1 && too_many.err.contains("cluster-too-few-cases"),
        "{}",
        too_many.err
    );
}

/// R's PlantGrowth: aov gives F = 4.846 with 2 and 27 degrees of freedom, p = 0.01591.
#[test]
fn anova_follows_its_contract() {
    let groups = [
        ("ctrl", [4.17, 5.58, 5.18, 6.11, 4.5, 4.61, 5.17, 4.53, 5.33, 5.14]),
        ("trt1", [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69]),
        ("trt2", [6.31, 5.12, 5.54, 5.5, 5.37, 5.29, 4.92, 6.15, 5.8, 5.26]),
    ];
    let mut csv = "group;weight;one\n".to_string();
    for (group, values) in groups {
        for value in values {
            csv += &format!("{group};{};7\n", value.to_string().replace('.', ","));
        }
    }
    let folder = folder();
    let table = write(folder.path(), "plants.csv", &csv);
    let document =
        json(&["anova", &table, "--value", "weight,one", "--group", "group", "--format", "json"]);
    let near = |value: &Value, expected: f64| {
        let value = value.as_f64().unwrap();
        assert!((value / expected - 1.0).abs() < 1e-9, "{value} not {expected}");
    };
    let anova = &document[0];
    assert_eq!(anova["variable"], "weight");
    near(&anova["f"], 4.846087862380136);
    near(&anova["p"], 0.015909958325622912);
    near(&anova["between"]["ss"], 3.7663400000000014);
    near(&anova["within"]["ss"], 10.492089999999997);
    near(&anova["eta_squared"], 0.26414829683211977);
    near(&anova["omega_squared"], 0.20407884598997103);
    assert_eq!((&anova["between"]["df"], &anova["within"]["df"]), (&2.into(), &27.into()));
    near(&anova["welch"]["df2"], 17.128418616644137);
    near(&anova["kruskal"]["h"], 7.988228749443715);
    near(&anova["levene_median"]["f"], 1.1191856948703909);
    near(&anova["tukey"][2]["p"], 0.012006423979493142);
    near(&anova["games_howell"][2]["lower"], -1.6164870112983378);
    for name in ["a", "b", "difference", "p", "lower", "upper"] {
        assert!(!anova["tukey"][0][name].is_null(), "tukey[].{name}");
        assert!(!anova["games_howell"][0][name].is_null(), "games_howell[].{name}");
    }
    assert!(anova["levene"]["f"].is_number() && anova["levene"]["p"].is_number());
    assert_eq!(anova["sentences"].as_array().unwrap().len(), 9);
    assert_eq!(anova["normality"].as_array().unwrap().len(), 3);
    // A constant variable has no F: said, not NaN.
    assert!(document[1]["f"].is_null() && document[1]["f_is"] == "undefined");
    let text = custval(&["anova", &table, "--value", "weight,one", "--group", "group"]);
    assert!(text.out.contains("undefined") && !text.out.contains("NaN"), "{}", text.out);
    assert!(text.out.lines().all(|line| line.chars().count() <= 80), "{}", text.out);
    let level =
        custval(&["anova", &table, "--value", "weight", "--group", "group", "--level", "95"]);
    assert_eq!(level.code, 1);
    assert!(level.err.contains("--level") && level.err.contains("0.95"), "{}", level.err);
}

#[test]
fn faults_go_to_standard_error_all_at_once_with_exit_code_one() {
    let folder = folder();
    let scores =
        write(folder.path(), "scores.csv", "Customer,Expert,C11,C12\nK1,Ann,7,four\nK1,Ann,2,3\n");
    let run = custval(&["check", "sme", &scores]);
    assert_eq!(run.code, 1);
    assert!(run.out.is_empty());
    for code in ["score-out-of-scale", "score-not-a-number", "customer-duplicate", "column-missing"]
    {
        assert!(run.err.contains(&format!("error[{code}]")), "{code}: {}", run.err);
    }
    assert!(run.err.contains("scores.csv:2  C11") && run.err.contains("scores.csv:2  C12"));
    let document = custval(&["check", "sme", &scores, "--format", "json"]);
    assert_eq!(document.code, 1);
    let document: Value = serde_json::from_str(&document.out).unwrap();
    assert!(document["errors"].as_array().unwrap().len() >= 4);
}

#[test]
fn a_missing_file_and_a_wrong_word_are_input_to_mend() {
    for args in [
        ["evaluate", "sme", "nowhere.xlsx"],
        ["evaluate", "no-such-model.toml", WORKBOOK],
        ["reproduce", "no-such-study", "--format=text"],
        ["explain", "no-such-code", "--nonsense"],
    ] {
        let run = custval(&args);
        assert_eq!(run.code, 1, "{args:?}: {}", run.err);
        assert!(!run.err.is_empty() && run.out.is_empty(), "{args:?}");
    }
}

fn tree(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(tree(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

#[test]
fn results_are_whole_or_absent_and_never_written_over() {
    let folder = folder();
    let out = folder.path().join("out");
    let path = out.display().to_string();
    let bad = write(folder.path(), "bad.csv", "Customer,Expert,C11\nK1,Ann,9\n");
    assert_eq!(custval(&["evaluate", "sme", &bad, "-o", &path]).code, 1);
    assert!(!out.exists());
    let run = custval(&["evaluate", "sme", WORKBOOK, "-o", &path]);
    assert_eq!(run.code, 0, "{}", run.err);
    let files = tree(&out);
    let names: Vec<String> =
        files.iter().map(|f| f.strip_prefix(&out).unwrap().display().to_string()).collect();
    for name in ["report.xlsx", "result.json", "tables/customers.csv", "tables/anova.csv"] {
        assert!(names.iter().any(|known| known == name), "{name} in {names:?}");
    }
    assert!(!names.iter().any(|name| name.contains(".custval-")));
    let before: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    let again = custval(&["evaluate", "sme", WORKBOOK, "-o", &path]);
    assert!(again.code == 1 && again.err.contains("output-exists"), "{}", again.err);
    assert_eq!(custval(&["evaluate", "sme", WORKBOOK, "-o", &path, "--force"]).code, 0);
    assert_eq!(tree(&out), files);
    for (file, before) in files.iter().zip(before) {
        assert!(std::fs::read(file).unwrap() == before, "{} changed", file.display());
    }
}

#[test]
fn new_writes_a_model_and_a_workbook_that_check_reads() {
    let folder = folder();
    let model = folder.path().join("mine.toml").display().to_string();
    let book = folder.path().join("scoring.xlsx").display().to_string();
    assert_eq!(custval(&["new", "sme", "-o", &model]).code, 0);
    assert_eq!(custval(&["check", &model]).code, 0);
    let run = custval(&["new", &model, "-o", &book, "--experts", "Ann,Ben"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let blank = custval(&["check", &model, &book]);
    assert_eq!(blank.code, 1);
    // Every gap of the blank workbook is named with its cell: 2 × 21 judgements.
    let gaps = blank.err.matches("error[judgement-missing]").count();
    assert_eq!(gaps, 2 * 21, "{}", blank.err);
    assert!(blank.err.contains("'PW Ann'!"));
    assert_eq!(custval(&["new", "sme", "-o", &model]).code, 1);
    assert_eq!(custval(&["new", "sme", "-o", "x.docx"]).code, 1);
}

#[test]
fn weigh_needs_no_model() {
    let document = json(&["weigh", "examples/sme-paper/judgements.csv", "--format", "json"]);
    let weight = document["global_weights"]["C12"].as_f64().unwrap();
    assert!((weight - 0.3004775346974776).abs() < 1e-12);
    let node = &document["nodes"][0];
    for name in
        ["node", "items", "weights", "method", "lambda_max", "ci", "cr", "ri_table", "experts"]
    {
        assert!(!node[name].is_null(), "{name}");
    }
    let rgmm = json(&[
        "weigh",
        WORKBOOK,
        "--model",
        "sme",
        "--method",
        "rgmm",
        "--ri",
        "saaty2007",
        "--format",
        "json",
    ]);
    assert_eq!(
        (&rgmm["nodes"][0]["method"], &rgmm["ri_table"]),
        (&"rgmm".into(), &"saaty2007".into())
    );
}

#[test]
fn every_code_has_its_story_and_completions_and_schema_are_there() {
    let list = custval(&["explain"]);
    for line in list.out.lines() {
        let code = line.split_whitespace().next().unwrap();
        let story = custval(&["explain", code]);
        assert!(story.code == 0 && story.out.len() > 100, "{code}");
    }
    assert!(list.out.lines().count() > 60);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(custval(&["completions", shell]).out.contains("evaluate"), "{shell}");
    }
    let schema = json(&["schema"]);
    assert_eq!(schema["title"], "custval model");
}

#[test]
fn text_has_no_colour_in_a_pipe_and_fits_80_columns() {
    for args in [
        vec!["evaluate", "sme", WORKBOOK],
        vec!["weigh", WORKBOOK, "--model", "sme"],
        vec!["reproduce", "sme-paper"],
    ] {
        let run = custval(&args);
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'));
        for line in run.out.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

/// `custval sensitivity` answers in text, as JSON and in files, and refuses what makes no sense.
#[test]
fn sensitivity_says_what_moves_whom() {
    let run = custval(&["sensitivity", "sme", WORKBOOK, "--draws", "200", "--seed", "5"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("200 draws (seed 5)"), "{}", run.out);
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    let document = json(&["sensitivity", "sme", WORKBOOK, "--draws", "200", "--format", "json"]);
    assert_eq!(document["firmness_basis"]["draws"], 200);
    for list in ["firmness", "judgements", "experts", "scores", "warnings"] {
        assert!(document[list].is_array(), "{list}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm").display().to_string();
    assert_eq!(custval(&["sensitivity", "sme", WORKBOOK, "--draws", "20", "-o", &path]).code, 0);
    for file in ["sensitivity.json", "tables/firmness.csv", "tables/judgement_steps.csv"] {
        assert!(folder.path().join("firm").join(file).is_file(), "{file}");
    }
    for wrong in [["--draws", "0"], ["--draws", "100001"], ["--step-probability", "0.6"]] {
        let run = custval(&["sensitivity", "sme", WORKBOOK, wrong[0], wrong[1]]);
        assert!(run.code == 1 && run.err.contains("option-invalid"), "{wrong:?}: {}", run.err);
    }
}

/// A build without figures says how to get one.
#[cfg(not(feature = "figures"))]
#[test]
fn figures_are_told_to_be_missing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("figures");
    let mut command = assert_cmd::Command::cargo_bin("custval").unwrap();
    command.args(["figures", "result.json", "-o", out.to_str().unwrap()]);
    let done = command.assert().code(1);
    let said = String::from_utf8_lossy(&done.get_output().stderr).to_string();
    assert!(said.contains("feature-missing") && said.contains("--features full"), "{said}");
    assert!(!out.exists());
}

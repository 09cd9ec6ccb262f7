//! One evaluation from experts' scores and sales lines.

use assert_cmd::Command;
use custval::diagnostic::{Code, Diagnostics};
use custval::evaluation::{Evaluation, evaluate_sources};
use custval::model::{Model, Source};
use custval::survey::{Survey, Wanted};
use custval::transactions::{Options, Purchases, read};
use serde_json::Value;
use std::fmt::Write;

#[path = "../examples/workshop.rs"]
#[allow(dead_code)]
mod workshop;

const FOLDER: &str = "examples/workshop";

fn custval(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("custval").unwrap();
    command.env("SOURCE_DATE_EPOCH", "1767225600").args(arguments).output().unwrap()
}

fn file(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// What the command of the example prints as JSON, with more options.
fn example(more: &[&str]) -> Value {
    let files = ["judgements.csv", "scores-2024.csv"].map(file);
    let sales = file("sales.csv");
    let mut arguments = vec!["evaluate", "sme-hybrid", &files[0], &files[1]];
    arguments.extend(["--transactions", &sales, "--to", "2024-12-31", "--format", "json"]);
    arguments.extend(more);
    let output = custval(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn model(text: &str) -> Model {
    let mut log = Diagnostics::new();
    Model::parse(text, "m.toml", &mut log).unwrap_or_else(|| panic!("{log:?}"))
}

fn builtin(name: &str) -> Model {
    Model::open(name, &mut Diagnostics::new()).unwrap()
}

fn purchases(file: &str) -> Purchases {
    let mut log = Diagnostics::new();
    let options = Options { to: Some("2024-12-31".into()), ..Options::default() };
    let sales = read(&[file.to_string()], &options, &mut log, &mut |_| {}).unwrap();
    Purchases::of(sales, &mut log)
}

fn evaluated(model: &Model, files: &[String], sales: Option<&Purchases>) -> Evaluation {
    let mut log = Diagnostics::new();
    let survey = Survey::open(files, Wanted::Everything(model), &mut log);
    evaluate_sources(model, &survey, sales, &mut log).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_example_is_that_of_its_generator() {
    for (name, text) in workshop::files() {
        let path = file(name);
        if std::env::var_os("CUSTVAL_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{path}");
    }
}

#[test]
fn the_document_has_what_programs_rely_on() {
    let found = example(&[]);
    let joins = &found["joins"];
    assert_eq!(joins["only_scores"].as_array().unwrap(), &["W-150", "W-301"]);
    assert_eq!(joins["only_transactions"].as_array().unwrap(), &["W-201", "W-202", "W150"]);
    assert_eq!(joins["near"][0]["transactions"], "W150");
    let matched = joins["matched"].as_u64().unwrap() as usize;
    assert_eq!(found["values"].as_array().unwrap().len(), matched);
    let indicators = found["indicators"].as_array().unwrap();
    assert_eq!(indicators.len(), 15 * matched);
    for one in indicators {
        let (code, source) = (one["code"].as_str().unwrap(), one["source"].as_str().unwrap());
        let expected = match code {
            "C11" | "C12" | "C21" | "C22" | "D21" | "D41" | "D42" => "transactions",
            "D51" => "blend",
            _ => "experts",
        };
        assert_eq!(source, expected, "{code}");
        let score = one["score"].as_f64().unwrap();
        assert!((1.0..=5.0).contains(&score));
        match source {
            "experts" => assert_eq!(one["raw"].as_f64(), Some(score)),
            "blend" => {
                let part = |at: usize| one["parts"][at]["score"].as_f64().unwrap();
                assert!((score - (0.5 * part(0) + 0.5 * part(1))).abs() < 1e-12);
            }
            _ => {}
        }
    }
    // The figures are those of `custval rfm` on the same lines.
    let sales = file("sales.csv");
    let output = custval(&["rfm", &sales, "--to", "2024-12-31", "--format", "json"]);
    let rfm: Value = serde_json::from_slice(&output.stdout).unwrap();
    let metrics = rfm["metrics"].as_array().unwrap();
    for (code, metric) in [("C21", "monetary"), ("C11", "max_order"), ("D42", "mean_gap_days")] {
        for one in indicators.iter().filter(|one| one["code"] == code) {
            let figures = metrics.iter().find(|row| row["customer"] == one["customer"]).unwrap();
            assert_eq!(one["raw"], figures[metric], "{one}");
        }
    }
    assert_eq!(found["transactions"]["ledger"], rfm["ledger"]);
    let money = |row: &Value| row["money"].as_f64().unwrap();
    assert!(found["values"].as_array().unwrap().iter().map(money).sum::<f64>() > 100_000.0);
    let differences: Vec<f64> = found["scoring"]["disagreements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["difference"].as_f64().unwrap().abs())
        .collect();
    assert!(differences.len() > 20 && differences.is_sorted_by(|a, b| a >= b));
}

#[test]
fn with_all_sources_set_to_experts_it_is_the_main_job() {
    let text = std::fs::read_to_string("models/sme-hybrid.toml").unwrap();
    let of_sources =
        ["source = ", "metric = ", "rule = \"quantiles\"", "shares = ", "unit = ", "unmatched"];
    let plain: String = text
        .lines()
        .filter(|line| !of_sources.iter().any(|key| line.starts_with(key)))
        .fold(String::new(), |text, line| text + line + "\n");
    let model = model(&plain.replace("missing = \"neutral\"", "missing = \"refuse\""));
    assert!(!model.uses(Source::Transactions));
    let files = ["judgements", "scores"].map(|name| format!("examples/sme-paper/{name}.csv"));
    let (ours, main) = (evaluated(&model, &files, None), evaluated(&builtin("sme"), &files, None));
    assert_eq!(ours.values, main.values);
    assert_eq!(ours.clusters, main.clusters);
    assert_eq!(ours.indicators.scores, main.indicators.scores);
}

#[test]
fn experts_who_score_as_the_sales_do_change_nothing() {
    let sales = purchases(&file("sales.csv"));
    let files = ["judgements.csv", "scores-2024.csv"].map(file);
    let hybrid = evaluated(&builtin("sme-hybrid"), &files, Some(&sales));
    let codes: Vec<&str> = hybrid.model.indicators.iter().map(|one| one.code.as_str()).collect();
    let mut scores = format!("Customer,Expert,{}\n", codes.join(","));
    for (name, row) in hybrid.indicators.customers.iter().zip(&hybrid.indicators.scores) {
        let row: Vec<String> = row.iter().map(|score| score.unwrap().to_string()).collect();
        let _ = writeln!(scores, "{name},Sales,{}", row.join(","));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scores.csv");
    std::fs::write(&path, scores).unwrap();
    let files = [file("judgements.csv"), path.display().to_string()];
    let plain = evaluated(&builtin("sme"), &files, None);
    assert_eq!(plain.indicators.scores, hybrid.indicators.scores);
    assert_eq!(plain.clusters, hybrid.clusters);
    assert_eq!(plain.naming, hybrid.naming);
    for (ours, theirs) in plain.values.iter().zip(&hybrid.values) {
        assert_eq!(
            (&ours.customer, ours.value.to_bits()),
            (&theirs.customer, theirs.value.to_bits())
        );
        assert_eq!((ours.rank, &ours.class), (theirs.rank, &theirs.class));
    }
}

#[test]
fn who_stands_on_one_side_is_dealt_with_as_chosen() {
    let matched = example(&[])["joins"]["matched"].as_u64().unwrap() as usize;
    for rule in ["neutral", "indicator-mean", "reweigh"] {
        let found = example(&["--unmatched", rule]);
        assert_eq!(found["values"].as_array().unwrap().len(), matched + 5, "{rule}");
        let filled = found["scoring"]["filled"].as_array().unwrap();
        let of = |name: &str, source: &str| {
            let is = |one: &&Value| one["customer"] == name && one["source"] == source;
            filled.iter().filter(is).filter(|one| one["rule"] == rule).count()
        };
        // Seven figures and a share of the blend; seven scores and a share of the blend.
        assert_eq!((of("W-301", "transactions"), of("W-301", "experts")), (8, 0));
        assert_eq!((of("W-201", "transactions"), of("W-201", "experts")), (0, 8));
    }
    let files = ["judgements.csv", "scores-2024.csv", "sales.csv"].map(file);
    let [judgements, scores, sales] = &files;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let refused = custval(&[
        "evaluate",
        "sme-hybrid",
        judgements,
        scores,
        "--transactions",
        sales,
        "--unmatched",
        "refuse",
        "-o",
        out.to_str().unwrap(),
    ]);
    let told = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(told.matches("error[customer-unmatched]").count(), 2, "{told}");
    assert!(told.contains("“W-150” may be “W150”") && !out.exists(), "{told}");
}

#[test]
fn a_model_of_sales_alone_needs_no_expert() {
    let text = "
name = 'lrfm'
goal = { code = 'value', name = 'Value' }
indicator = [
    { code = 'L', name = 'Length', parent = 'value', source = 'transactions', metric = 'tenure_days', rule = 'quantiles', weight = 0.1 },
    { code = 'R', name = 'Recency', parent = 'value', source = 'transactions', metric = 'recency_days', direction = 'cost', rule = 'quantiles', weight = 0.2 },
    { code = 'F', name = 'Frequency', parent = 'value', source = 'transactions', metric = 'orders', rule = 'quantiles', weight = 0.3 },
    { code = 'M', name = 'Money', parent = 'value', source = 'transactions', metric = 'monetary', rule = 'quantiles', weight = 0.4 },
]
[clusters]
k = 3
";
    let sales = purchases(&file("sales.csv"));
    let found = evaluated(&model(text), &[], Some(&sales));
    assert_eq!(found.values.len(), sales.customers.len());
    assert!(found.joins.is_none());
    for (customer, scores) in found.values.iter().zip(&found.indicators.scores) {
        let [l, r, f, m] = scores.as_slice() else { panic!() };
        let [l, r, f, m] = [l, r, f, m].map(|score| score.unwrap());
        assert!((customer.value - (0.1 * l + 0.2 * r + 0.3 * f + 0.4 * m)).abs() < 1e-12);
    }
    // Who bought last has the best recency, and who brought most the best score of money.
    let best = |code: &str| {
        let at = found.model.indicators.iter().position(|one| one.code == code).unwrap();
        let better = |a: &usize, b: &usize| {
            let raw = |who: usize| found.indicators.columns[at].raw(who).unwrap();
            raw(*a).total_cmp(&raw(*b))
        };
        let least = (0..found.values.len()).min_by(better).unwrap();
        let most = (0..found.values.len()).max_by(better).unwrap();
        (found.indicators.scores[least][at], found.indicators.scores[most][at])
    };
    assert_eq!(best("R").0, Some(5.0));
    assert_eq!(best("M").1, Some(5.0));
}

#[test]
fn what_does_not_fit_is_refused() {
    let files = ["judgements.csv", "scores-2024.csv", "sales.csv"].map(file);
    let [judgements, scores, sales] = &files;
    let refused = |arguments: &[&str], code: &str| {
        let output = custval(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(code) && output.stdout.is_empty(), "{told}");
        told
    };
    let told = refused(&["evaluate", "sme-hybrid", judgements, scores], "transactions-missing");
    assert!(told.contains("C11, C12, C21, C22, D21, D41, D42 and D51"), "{told}");
    // The files alone can be checked before the sales are there; with them all is.
    let output = custval(&["check", "sme-hybrid", judgements, scores]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && told.contains("note[transactions-missing]"), "{told}");
    let output = custval(&["check", "sme-hybrid", judgements, scores, "--transactions", sales]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && told.contains("warning[customer-unmatched]"), "{told}");
    // A period without customers, and another column for them.
    let period = ["--transactions", sales, "--from", "2030-01-01"];
    let hybrid = ["evaluate", "sme-hybrid", judgements, scores];
    refused(&[&hybrid[..], &period].concat(), "error[");
    let column = ["--transactions", sales, "--customer", "Order"];
    let told = refused(&[&hybrid[..], &column].concat(), "error[customer-unmatched]");
    assert!(told.contains("no customer of the scores"), "{told}");
    // Models that name a metric, a share or a role that there is not.
    let base = "name = 'm'\ngoal = { code = 'v', name = 'V' }\n[[indicator]]\ncode = 'x'\nname = 'X'\nparent = 'v'\n";
    for (lines, expected) in [
        ("source = 'transactions'\n", "does not say which"),
        ("source = 'transactions'\nmetric = 'recency'\n", "there is no metric “recency”"),
        ("metric = 'orders'\n", "the source is not transactions"),
        ("source = 'blend'\nshares = { experts = 1 }\n", "fewer than two sources"),
        (
            "source = 'blend'\nshares = { experts = 1, transactions = -1 }\nmetric = 'orders'\n",
            "the share of transactions is -1",
        ),
        ("source = 'blend'\nshares = { experts = 1, sales = 1 }\n", "no source “sales”"),
        ("shares = { experts = 1 }\n", "the source is not a blend"),
        ("[transactions.columns]\ncustomr = 'Client'\n", "no role “customr”"),
    ] {
        let mut log = Diagnostics::new();
        assert!(Model::parse(&format!("{base}{lines}"), "m.toml", &mut log).is_none(), "{lines}");
        let fault = log.iter().find(|fault| fault.code == Code::ModelSourceInvalid);
        let told = fault.unwrap_or_else(|| panic!("{lines}: {log:?}")).to_string();
        assert!(told.contains(expected) && told.contains("m.toml:"), "{told}");
    }
}

/// Liu and Shih (2005), Table 5: eight clusters of customers ranked by recency, frequency and money, which
/// are brought to 0…1 and weighed by AHP with 0.731, 0.188 and 0.081. The fixture's tolerance is 0.0016.
#[test]
fn a_published_ranking_by_weighted_rfm_comes_out() {
    let text = std::fs::read_to_string("tests/fixtures/rfm/fixtures.json").unwrap();
    let fixtures: Value = serde_json::from_str(&text).unwrap();
    let all = fixtures["fixtures"].as_array().unwrap();
    let one = all.iter().find(|one| one["kind"] == "weighted_rfm").unwrap();
    let (means, weights) = (&one["input"]["cluster_means"], &one["input"]["weights"]);
    let indicator = |at: usize, code: &str| {
        format!(
            "{{ code = '{code}', name = '{code}', parent = 'value', source = 'measured', rule = 'as-is', weight = {} }}",
            weights[at]
        )
    };
    let indicators = [indicator(0, "R"), indicator(1, "F"), indicator(2, "M")].join(", ");
    let model = model(&format!(
        "name = 'rfm'\ngoal = {{ code = 'value', name = 'Value' }}\nscale = {{ min = 0, max = 1 }}\n\
         indicator = [{indicators}]\n[clusters]\nk = 3\n"
    ));
    let rows = means.as_array().unwrap().iter().enumerate();
    let rows: String =
        rows.map(|(at, row)| format!("{},{},{},{}\n", at + 1, row[0], row[1], row[2])).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("measured.csv");
    std::fs::write(&path, format!("Customer,R,F,M\n{rows}")).unwrap();
    let found = evaluated(&model, &[path.display().to_string()], None);
    for (at, customer) in found.values.iter().enumerate() {
        let expected = one["expect"]["integrated"][at].as_f64().unwrap();
        assert!((customer.value - expected).abs() <= 0.0016, "{}", customer.customer);
        assert_eq!(customer.rank as u64, one["expect"]["rank"][at].as_u64().unwrap());
    }
}

/// What is to be done stands with every customer, and a budget is given out whole.
#[test]
fn a_plan_says_what_to_do_and_splits_a_budget() {
    let found = example(&["--budget", "12345.67", "--budget-by", "stake"]);
    let plan = found["plan"].as_array().unwrap();
    let values = found["values"].as_array().unwrap();
    assert_eq!(plan.len(), values.len());
    assert_eq!(found["plan_basis"]["amount"], "money");
    let mut parts = 0;
    let mut before = f64::INFINITY;
    for item in plan {
        let value = values.iter().find(|value| value["customer"] == item["customer"]).unwrap();
        assert_eq!(item["class"], value["class"]);
        assert_eq!(item["value_at_stake"], value["money"]);
        let stake = item["value_at_stake"].as_f64().unwrap();
        assert!(stake <= before);
        before = stake;
        parts += (item["budget"].as_f64().unwrap() * 100.0).round() as u64;
        let firmness = item["firmness"].as_f64().unwrap();
        let strategies = &found["model"]["classes"]["classes"];
        let own = strategies.as_array().unwrap().iter().find(|one| one["code"] == item["class"]);
        if firmness < 0.6 {
            assert!(item["action"].as_str().unwrap().starts_with("Look again"), "{item}");
        } else {
            assert_eq!(item["action"], own.unwrap()["strategy"]);
        }
    }
    assert_eq!(parts, 1_234_567);
    for (more, said) in [
        (["--budget", "-1"].as_slice(), "the budget is -1"),
        (&["--budget", "1", "--budget-by", "size"], "expected one of value, stake"),
    ] {
        let files = ["judgements.csv", "scores-2024.csv", "sales.csv"].map(file);
        let mut arguments = vec!["evaluate", "sme-hybrid", &files[0], &files[1]];
        arguments.extend(["--transactions", &files[2]]);
        arguments.extend(more);
        let output = custval(&arguments);
        assert_eq!(output.status.code(), Some(1));
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(said), "{text}");
    }
}

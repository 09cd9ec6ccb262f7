//! The page that opens offline: in a real browser where there is one, and its numbers against the result.

mod browser;

use browser::Browser;
use custval::diagnostic::Diagnostics;
use custval::evaluation::{Evaluation, evaluate_survey};
use custval::model::Model;
use custval::report::{Language, page};
use custval::survey::{Survey, Wanted};
use custval::workbook::Book;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn example(file: &str) -> String {
    format!("{}/examples/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// What a command writes into a folder.
fn written(folder: &Path, arguments: &[&str]) -> PathBuf {
    let mut command = assert_cmd::Command::cargo_bin("custval").unwrap();
    let out = folder.join("out");
    command.arg("evaluate").args(arguments).args(["-o", out.to_str().unwrap(), "--force"]);
    command.assert().success();
    out
}

/// The examples, each in a folder of its own.
fn examples() -> (Vec<tempfile::TempDir>, Vec<(&'static str, PathBuf)>) {
    let workshop = ["judgements.csv", "scores-2024.csv", "scores-2025.csv", "sales.csv"];
    let [judgements, first, second, sales] =
        workshop.map(|file| example(&format!("workshop/{file}")));
    let shop = ["judgements.csv", "scores.csv", "measured.csv"];
    let shop = shop.map(|file| example(&format!("retail-loyalty/{file}")));
    let paper = example("sme-paper.xlsx");
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let [a, b, c] = folders;
    let sme = written(a.path(), &["sme", &paper]);
    let retail = written(b.path(), &["retail-loyalty", &shop[0], &shop[1], &shop[2]]);
    let earlier = c.path().join("first");
    let mut command = assert_cmd::Command::cargo_bin("custval").unwrap();
    command.args(["evaluate", "sme-hybrid", &judgements, &first, "--transactions", &sales]);
    command.args(["--to", "2024-12-31", "--period", "2024", "-o", earlier.to_str().unwrap()]);
    command.assert().success();
    let with = earlier.join("result.json");
    let hybrid = written(
        c.path(),
        &[
            &second,
            "--with",
            with.to_str().unwrap(),
            "--transactions",
            &sales,
            "--from",
            "2025-01-01",
            "--to",
            "2025-12-31",
            "--period",
            "2025",
            "--budget",
            "20000",
        ],
    );
    let all = vec![
        ("sme", sme),
        ("retail-loyalty", retail),
        ("sme-hybrid", earlier),
        ("sme-hybrid, a later period", hybrid),
    ];
    (vec![a, b, c], all)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// A block of figures of a page.
fn block(page: &str, id: &str) -> Value {
    let begin = format!("<script type=\"application/json\" id=\"{id}\">");
    let (_, rest) = page.split_once(&begin).unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

/// Every number of the customers on the page is the one of the result.
#[test]
fn numbers_of_the_page_are_those_of_the_result() {
    let (_folders, all) = examples();
    for (name, out) in all {
        let text = read(&out.join("report.html"));
        let result: Value = serde_json::from_str(&read(&out.join("result.json"))).unwrap();
        let data = block(&text, "data");
        let values = result["values"].as_array().unwrap();
        let customers = &data["customers"];
        assert_eq!(customers["name"].as_array().unwrap().len(), values.len(), "{name}");
        let scores = block(&text, "scores");
        for (at, value) in values.iter().enumerate() {
            assert_eq!(customers["name"][at], value["customer"]);
            assert_eq!(customers["rank"][at], value["rank"]);
            assert_eq!(customers["cluster"][at], value["cluster"]);
            if !customers["money"].is_null() {
                assert_eq!(customers["money"][at], value["money"]);
            }
            for part in data["parts"].as_array().unwrap() {
                assert_eq!(part["values"][at], value[part["code"].as_str().unwrap()], "{name}");
            }
            let class = customers["class"][at].as_u64().unwrap() as usize;
            assert_eq!(data["classes"][class]["code"], value["class"]);
            let firm = &result["firmness"][at]["class_probabilities"];
            let own = value["class"].as_str().unwrap();
            assert_eq!(customers["kept"][at], firm[own], "{name}");
            let leaves = data["leaves"].as_array().unwrap();
            for (leaf, node) in leaves.iter().enumerate() {
                let code = data["nodes"][node.as_u64().unwrap() as usize]["code"].as_str().unwrap();
                assert_eq!(scores[at][leaf], value["scores"][code], "{name} {code}");
            }
        }
        for node in data["nodes"].as_array().unwrap() {
            let code = node["code"].as_str().unwrap();
            assert_eq!(node["global"], result["weights"]["part_weights"][code], "{name} {code}");
        }
        for (at, test) in data["anova"].as_array().unwrap().iter().enumerate() {
            assert_eq!(test["f"], result["anova"][at]["f"]);
            assert_eq!(test["p"], result["anova"][at]["p"]);
        }
        if !data["migration"].is_null() {
            assert_eq!(data["migration"]["matrix"], result["migration"]["matrix"]);
            assert_eq!(data["moves"], result["migration"]["moves"]);
        }
        let plan = &data["plan"];
        for (at, item) in result["plan"].as_array().unwrap().iter().enumerate() {
            assert_eq!(plan["stake"][at], item["value_at_stake"]);
            let action = plan["action"][at].as_u64().unwrap() as usize;
            assert_eq!(plan["actions"][action], item["action"]);
        }
    }
}

/// The reader's way through the page of each example.
#[test]
fn the_page_answers_in_a_browser() {
    let Some(mut browser) = Browser::start() else { return };
    let (_folders, all) = examples();
    for (name, out) in all {
        let file = out.join("report.html");
        let result: Value = serde_json::from_str(&read(&out.join("result.json"))).unwrap();
        browser.open(&file);
        let values = result["values"].as_array().unwrap();
        let first_row = "document.querySelector('#customers tbody tr:not(.space) a').textContent";
        let best = values.iter().find(|value| value["rank"] == json!(1)).unwrap();
        assert_eq!(browser.run(first_row), best["customer"], "{name}");
        // Sort by the goal's value, lowest first.
        browser.click("#customers thead th:nth-child(4) button");
        let least = values
            .iter()
            .min_by(|a, b| a["value"].as_f64().unwrap().total_cmp(&b["value"].as_f64().unwrap()))
            .unwrap();
        assert_eq!(browser.run(first_row), least["customer"], "{name}");
        let sorted =
            "document.querySelector('#customers th:nth-child(4)').getAttribute('aria-sort')";
        assert_eq!(browser.run(sorted), json!("ascending"));
        // Search and filter.
        let wanted = values[1]["customer"].as_str().unwrap();
        browser.put("#search", wanted);
        let shown =
            "[...document.querySelectorAll('#customers tbody a')].map((a) => a.textContent)";
        let found = browser.run(shown);
        let found: Vec<&str> = found.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(
            found.contains(&wanted) && found.iter().all(|one| one.contains(wanted)),
            "{found:?}"
        );
        browser.put("#search", "");
        browser.click("#customers .filter");
        let members = browser.run("custval.data.classes[0].size");
        let count = browser.run(
            "Number(document.querySelector('#customers > [role=status]').textContent.match(/\\d+/)[0])",
        );
        assert_eq!(count.as_f64(), members.as_f64(), "{name}");
        browser.click("#customers .filter");
        let copied = browser.run("custval.copiedText().split('\\n').length");
        assert_eq!(copied, json!(values.len() + 1));
        // A card by its anchor, with the contributions.
        let anchor = format!("#customer={}", wanted.replace(' ', "%20"));
        browser.open_at(&file, &anchor);
        let title = browser.run("document.querySelector('dialog[open] h2').textContent");
        assert_eq!(title, json!(wanted));
        let rows =
            browser.run("document.querySelectorAll('dialog .contributions tbody tr').length");
        assert_eq!(
            rows.as_u64().unwrap() as usize,
            result["model"]["indicators"].as_array().unwrap().len()
        );
        browser.click("dialog .close");
        // The language, and back.
        assert_eq!(browser.run("document.documentElement.lang"), json!("en"));
        browser.click("#language");
        assert_eq!(browser.run("document.documentElement.lang"), json!("zh-CN"));
        let heading = browser.run("document.querySelector('#customers h2').textContent");
        assert_eq!(heading, json!("客户分类"));
        let notes =
            "[...document.querySelectorAll('#method li[lang=en]')].map((li) => li.textContent)";
        assert_eq!(browser.run(notes), json!([]), "{name}");
        if name == "sme" {
            let shown = browser.run("document.querySelector('#customers .filter').textContent");
            assert!(shown.as_str().unwrap().contains("低价值客户"), "{shown}");
        }
        browser.click("#language");
        // Every figure is drawn, and can be printed.
        browser.run("document.querySelectorAll('figure').forEach((figure) => figure.draw())");
        let drawn = browser.run(
            "[...document.querySelectorAll('figure')].every((figure) => figure.querySelector('svg, canvas'))",
        );
        assert_eq!(drawn, json!(true));
        let pdf = browser.call("Page.printToPDF", json!({ "preferCSSPageSize": true }));
        assert!(pdf["data"].as_str().unwrap().len() > 20_000, "{name}");
        assert!(browser.complaints.is_empty(), "{name}: {:?}", browser.complaints);
    }
}

/// The sliders' classes are those of the evaluation: at its own weights each customer's own, and at a
/// critical weight the one that the result says.
#[test]
fn sliders_move_whom_the_result_says() {
    let Some(mut browser) = Browser::start() else { return };
    let (_folders, all) = examples();
    let mut critical = 0;
    for (name, out) in all {
        let result: Value = serde_json::from_str(&read(&out.join("result.json"))).unwrap();
        browser.open(&out.join("report.html"));
        let own = browser.run(
            "custval.classesUnder(custval.locals()).map((at) => custval.data.classes[at].code)",
        );
        let own = own.as_array().unwrap();
        for (at, firm) in result["firmness"].as_array().unwrap().iter().enumerate() {
            let nearest = match &firm["nearest_class"] {
                Value::Null => &firm["class"],
                other => other,
            };
            assert_eq!(&own[at], nearest, "{name}");
            let found = &firm["critical"];
            if found.is_null() {
                continue;
            }
            critical += 1;
            // A hair beyond, for both computations round.
            let beyond = 1e-9_f64.copysign(found["change"].as_f64().unwrap());
            let to = (found["to"].as_f64().unwrap() + beyond).clamp(0.0, 1.0);
            let moved = browser.run(&format!(
                "(() => {{ const part = custval.data.nodes.findIndex((node) => node.code === {}); \
                 const locals = custval.changed(custval.locals(), part, {to}); \
                 return custval.data.classes[custval.classesUnder(locals)[{at}]].code; }})()",
                found["criterion"]
            ));
            assert_eq!(moved, found["class"], "{name} {firm}");
        }
        // By hand on the page: some slider at its end moves somebody, and back nobody.
        let parts = browser.run(
            "[...document.querySelectorAll('#why input[type=range]')].map((one) => one.dataset.part)",
        );
        let most = parts.as_array().unwrap().iter().map(|part| {
            browser.put(&format!("#why input[data-part={part}]"), "1000");
            let said = browser.run("document.querySelector('#would-move strong').textContent");
            browser.click("#reset");
            said.as_str().unwrap().split(' ').next().unwrap().parse::<f64>().unwrap()
        });
        let most = most.fold(0.0, f64::max);
        // By a saved result there are none; and where no weight moves anybody, none does here.
        let is_saved = result["clusters"]["stopped"] == json!("assigned");
        assert_eq!(parts.as_array().unwrap().is_empty(), is_saved, "{name}");
        let any =
            result["firmness"].as_array().unwrap().iter().any(|one| !one["critical"].is_null());
        assert_eq!(most > 0.0, any, "{name}");
        assert_eq!(browser.run("document.querySelector('#would-move strong')"), Value::Null);
        assert!(browser.complaints.is_empty(), "{name}: {:?}", browser.complaints);
    }
    assert!(critical > 20, "{critical}");
}

/// Names that try to be markup, formulas or commands are text everywhere.
#[test]
fn hostile_names_are_text() {
    let long = "long ".repeat(60);
    let names = [
        "<script>alert(1)</script>",
        "=HYPERLINK(\"http://example.com\",\"x\")",
        "\"; DROP TABLE customers; --",
        "\u{202e}txt.exe",
        long.trim(),
        "</script><img src=x onerror=alert(2)>",
        "{{7*7}} ${7*7}",
        "plain",
    ];
    let found = hostile(&names);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let text = page(&found, Language::Zh).unwrap();
    assert!(!text.contains("<script>alert") && !text.contains("<img src=x"));
    std::fs::write(&file, text).unwrap();
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&file);
    assert_eq!(browser.run("document.scripts.length"), json!(8));
    assert_eq!(browser.run("document.images.length"), json!(0));
    let shown = browser.run(
        "[...document.querySelectorAll('#customers tbody a')].map((a) => a.textContent).sort()",
    );
    let mut expected: Vec<String> =
        found.values.iter().map(|value| value.customer.clone()).collect();
    expected.sort();
    let mut shown: Vec<String> = serde_json::from_value(shown).unwrap();
    shown.sort();
    assert_eq!(shown, expected);
    for who in 0..found.values.len() {
        browser.run(&format!("custval.openCard({who})"));
        let title = browser.run("document.querySelector('dialog[open] h2').textContent");
        assert_eq!(title, json!(found.values[who].customer));
        browser.click("dialog .close");
    }
    // What is copied cannot be run as a formula by a spreadsheet.
    let copied = browser.run("custval.copiedText()");
    assert!(copied.as_str().unwrap().contains("\t'=HYPERLINK"));
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}

fn hostile(names: &[&str]) -> Evaluation {
    let mut log = Diagnostics::new();
    let text = "name = 'm'\ntitle = '</title><script>alert(3)</script>'\n\
                goal = { code = 'v', name = 'Value <b>' }\n\
                indicator = [\n\
                { code = 'a', name = 'A <i>', parent = 'v', weight = 1 },\n\
                { code = 'b', name = 'B \"', parent = 'v', weight = 2 }]\n\
                [clusters]\nk = 2\n";
    let model = Model::parse(text, "m.toml", &mut log).unwrap();
    let mut scores = "Customer,Expert,a,b\n".to_string();
    for (at, name) in names.iter().enumerate() {
        let quoted = name.replace('"', "\"\"");
        scores += &format!("\"{quoted}\",\"<u>Ann\",{},{}\n", 1 + at % 5, 1 + (at * 2) % 5);
    }
    let book = Book::read("scores.csv", scores.as_bytes(), &mut log).unwrap();
    let survey = Survey::read(&[book], Wanted::Everything(&model), &mut log);
    evaluate_survey(&model, &survey, &mut log).unwrap_or_else(|error| panic!("{error}"))
}

/// A hundred thousand customers: only the rows in sight are there, and the page answers all the same. How long
/// it takes to be ready is said, not tested.
#[test]
fn a_hundred_thousand_customers_are_shown_as_far_as_they_are_in_sight() {
    let Some(mut browser) = Browser::start() else { return };
    let mut found = hostile(&["a", "b", "c", "d", "e", "f", "g", "h"]);
    let (values, firmness) = (found.values.clone(), found.firmness.clone());
    let (scores, plan) = (found.indicators.scores.clone(), found.plan.items.clone());
    let times = 100_000 / values.len();
    let named = |name: &str, at: usize| format!("{name}{at:05}");
    found.values.clear();
    found.firmness.clear();
    found.indicators.scores.clear();
    found.plan.items.clear();
    for at in 0..times {
        for (who, value) in values.iter().enumerate() {
            let mut value = value.clone();
            value.customer = named(&value.customer, at);
            found.values.push(value);
            found.firmness.push(firmness[who].clone());
            found.indicators.scores.push(scores[who].clone());
        }
        for item in &plan {
            let mut item = item.clone();
            item.customer = named(&item.customer, at);
            found.plan.items.push(item);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    std::fs::write(&file, page(&found, Language::En).unwrap()).unwrap();
    browser.open(&file);
    let ready = browser.run("Math.round(performance.now())");
    let bytes = std::fs::metadata(&file).unwrap().len();
    println!("100,000 customers, {} MB: asked {ready} ms after the page began", bytes / 1_000_000);
    assert_eq!(browser.run("custval.data.customers.name.length"), json!(100_000));
    let rows = "document.querySelectorAll('#customers tbody tr').length";
    assert!(browser.run(rows).as_u64() < Some(100));
    browser.run("document.querySelector('#customers .long').scrollTop = 1e9");
    browser.run("new Promise((seen) => setTimeout(seen, 200))");
    assert!(browser.run(rows).as_u64() < Some(100));
    browser.put("#search", "d12345");
    let names =
        "[...document.querySelectorAll('#customers tbody a')].map((one) => one.textContent)";
    assert_eq!(browser.run(names), json!(["d12345"]));
    browser.click("#customers tbody a");
    let title = browser.run("document.querySelector('dialog[open] h2').textContent");
    assert_eq!(title, json!("d12345"));
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}

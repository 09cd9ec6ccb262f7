//! The page of an analysis of sales: its numbers against the result, and in a real browser where there is one.

mod browser;

use browser::Browser;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn example(file: &str) -> String {
    format!("{}/examples/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn written(folder: &Path, arguments: &[&str]) -> PathBuf {
    let out = folder.join("out");
    let mut command = assert_cmd::Command::cargo_bin("custval").unwrap();
    command.arg("rfm").args(arguments).args(["-o", out.to_str().unwrap()]);
    command.assert().success();
    out
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn block(page: &str, id: &str) -> Value {
    let begin = format!("<script type=\"application/json\" id=\"{id}\">");
    let (_, rest) = page.split_once(&begin).unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

/// Sales by lines, the same by customers, with clusters, and by another model and map.
fn examples() -> (Vec<tempfile::TempDir>, Vec<PathBuf>) {
    let sales = example("sales.csv");
    let asked: [&[&str]; 4] = [
        &[&sales],
        &[&sales, "--clusters", "3", "--map", "rfm-11", "--lang", "zh"],
        &[&sales, "--model", "lrfmp", "--map", "none"],
        &[&sales, "--map", "notebook", "--bins", "4", "--list", "3"],
    ];
    let folders: Vec<tempfile::TempDir> =
        asked.iter().map(|_| tempfile::tempdir().unwrap()).collect();
    let pages = folders.iter().zip(asked).map(|(folder, asked)| written(folder.path(), asked));
    let pages = pages.collect();
    (folders, pages)
}

/// Every number on the page is the one of the result.
#[test]
fn numbers_of_the_page_are_those_of_the_result() {
    let (_folders, pages) = examples();
    for out in pages {
        let text = read(&out.join("rfm.html"));
        let result: Value = serde_json::from_str(&read(&out.join("result.json"))).unwrap();
        let (data, figures) = (block(&text, "data"), block(&text, "scores"));
        for part in ["segments", "concentration", "tables", "overall", "columns", "files"] {
            assert_eq!(data[part], result[part], "{part}");
        }
        assert_eq!(data["ledger"]["ledger"], result["ledger"]);
        assert_eq!(data["all_customers"], result["customers"]);
        let segments = data["segments"].as_array().unwrap();
        let tiers = data["tables"]["tiers"].as_array().unwrap();
        let customers = &data["customers"];
        let metrics = result["metrics"].as_array().unwrap();
        assert_eq!(customers["name"].as_array().unwrap().len(), metrics.len());
        for (at, metric) in metrics.iter().enumerate() {
            let score = &result["scores"][at];
            assert_eq!(customers["name"][at], metric["customer"]);
            assert_eq!(customers["code"][at], score["code"]);
            assert_eq!(customers["weighted"][at], score["weighted"]);
            let tier = customers["tier"][at].as_u64().unwrap() as usize;
            assert_eq!(tiers[tier]["tier"], score["tier"]);
            let segment = customers["segment"][at].as_u64();
            let segment = segment.map_or(&Value::Null, |at| &segments[at as usize]["segment"]);
            assert_eq!(*segment, score["segment"]);
            for (shown, own) in [
                ("orders", "frequency"),
                ("monetary", "monetary"),
                ("recency_days", "recency_days"),
                ("tenure_days", "tenure_days"),
                ("mean_order", "mean_order"),
                ("trend", "trend"),
            ] {
                assert_eq!(figures[shown][at].as_f64(), metric[own].as_f64(), "{shown}");
            }
        }
        for (at, letter) in data["letters"].as_array().unwrap().iter().enumerate() {
            let name = letter["letter"].as_str().unwrap().to_lowercase();
            assert_eq!(letter["levels"], result["levels"][&name]);
            assert_eq!(letter["edges"], result["edges"][&name]);
            assert_eq!(letter["weight"], result["model"]["dimensions"][at]["weight"]);
        }
        // The cells and the lists hold everyone once.
        let cells = data["grid"]["cells"].as_array().unwrap();
        let held: u64 = cells.iter().map(|cell| cell["customers"].as_u64().unwrap()).sum();
        let scored = result["scores"].as_array().unwrap().iter();
        let letters = [&data["grid"]["rows"], &data["grid"]["columns"]];
        let letters = letters.map(|letter| letter.as_str().unwrap().to_lowercase());
        let both = scored.filter(|one| letters.iter().all(|letter| !one[letter].is_null()));
        assert_eq!(held, both.count() as u64);
        for extent in result["tables"]["extents"].as_array().unwrap() {
            let listed = result["tables"][extent["list"].as_str().unwrap()].as_array().unwrap();
            assert!(listed.len() as u64 <= extent["customers"].as_u64().unwrap());
        }
    }
}

/// The reader's way through the page of each example.
#[test]
fn the_page_answers_in_a_browser() {
    let Some(mut browser) = Browser::start() else { return };
    let (_folders, pages) = examples();
    for (at, out) in pages.iter().enumerate() {
        browser.open(&out.join("rfm.html"));
        let language = browser.run("document.documentElement.lang");
        assert_eq!(language, json!(if at == 1 { "zh-CN" } else { "en" }));
        let money = "custval.scores().monetary";
        let first = "document.querySelector('#customers tbody a').textContent";
        // The most money first; by a click on its header the least.
        let top = format!("custval.data.customers.name[{money}.indexOf(Math.max(...{money}))]");
        assert_eq!(browser.run(first), browser.run(&top));
        let header = "[...document.querySelectorAll('#customers thead button')].findIndex((one) => \
             one.textContent.endsWith('↓'))";
        let header = browser.run(header).as_u64().unwrap();
        browser.click(&format!("#customers thead th:nth-child({}) button", header + 1));
        let least = format!("custval.data.customers.name[{money}.indexOf(Math.min(...{money}))]");
        assert_eq!(browser.run(first), browser.run(&least));
        // Search finds by a part of the name.
        let name = browser.run("custval.data.customers.name[3]");
        browser.put("#search", name.as_str().unwrap());
        let found = browser.run(
            "[...document.querySelectorAll('#customers tbody a')].map((one) => one.textContent)",
        );
        assert!(found.as_array().unwrap().contains(&name));
        browser.put("#search", "");
        // A segment filters.
        if browser.run("custval.data.segments.length > 0") == json!(true) {
            browser.click("#customers .filter");
            let shown = browser.run(
                "custval.data.customers.segment.filter((one) => one === 0).length.toLocaleString('en')",
            );
            let rows = browser.run("custval.copiedText().split('\\n').length - 1");
            assert_eq!(rows.to_string(), shown.as_str().unwrap().replace(',', ""));
            browser.click("#customers .filter");
        }
        // A customer's card, by a click and by a link.
        browser.click("#customers tbody a");
        let title = browser.run("document.querySelector('dialog[open] h2').textContent");
        assert_eq!(title, browser.run(first));
        browser.click("dialog .close");
        let anchor = browser.run("custval.anchor(3)");
        browser.open_at(&out.join("rfm.html"), anchor.as_str().unwrap());
        assert_eq!(browser.run("document.querySelector('dialog[open] h2').textContent"), name);
        browser.click("dialog .close");
        // Both languages, dark, every figure drawn, paper.
        for _ in 0..2 {
            browser.click("#language");
            browser.click("#theme");
            browser.run("document.querySelectorAll('figure').forEach((figure) => figure.draw())");
            let drawn = browser.run(
                "[...document.querySelectorAll('figure')].every((one) => one.querySelector('svg, canvas'))",
            );
            assert_eq!(drawn, json!(true));
            // Nothing but what the user's data say is left in the other language.
            let text = browser.run("document.getElementById('report').innerText");
            assert!(!text.as_str().unwrap().contains("undefined"));
            assert!(!text.as_str().unwrap().contains("NaN"));
        }
        let pdf = browser.call("Page.printToPDF", json!({ "preferCSSPageSize": true }));
        assert!(pdf["data"].as_str().unwrap().len() > 20_000);
        assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
    }
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
        "plain",
    ];
    let folder = tempfile::tempdir().unwrap();
    let sales = folder.path().join("sales.csv");
    let mut text = "customer,order,date,amount,product,country\n".to_string();
    for (at, name) in names.iter().enumerate() {
        let quoted = name.replace('"', "\"\"");
        for order in 0..=at {
            text += &format!(
                "\"{quoted}\",{at}-{order},2024-0{}-1{order},{}.5,\"{quoted}\",\"{quoted}\"\n",
                1 + order,
                10 * (at + 1)
            );
        }
    }
    std::fs::write(&sales, text).unwrap();
    let out = written(folder.path(), &[sales.to_str().unwrap()]);
    let file = out.join("rfm.html");
    let page = read(&file);
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x"));
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&file);
    assert_eq!(browser.run("document.images.length"), json!(0));
    let mut shown: Vec<String> =
        serde_json::from_value(browser.run(
            "[...document.querySelectorAll('#customers tbody a')].map((one) => one.textContent)",
        ))
        .unwrap();
    shown.sort();
    let mut expected = names.map(str::to_string);
    expected.sort();
    assert_eq!(shown, expected);
    browser.run("document.querySelectorAll('figure').forEach((figure) => figure.draw())");
    assert_eq!(browser.run("document.images.length"), json!(0));
    assert!(browser.run("custval.copiedText()").as_str().unwrap().contains("'=HYPERLINK"));
    assert!(browser.complaints.is_empty(), "{:?}", browser.complaints);
}

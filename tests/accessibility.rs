//! The pages for those who read them by keyboard, by screen reader or without telling colours apart: axe-core
//! finds no fault, where it and a browser are at hand.

mod browser;

use browser::Browser;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Where axe-core is: `CUSTVAL_AXE`, or where `.ci/run` puts it.
fn axe() -> Option<String> {
    let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/package/axe.min.js");
    let path = std::env::var_os("CUSTVAL_AXE").map_or_else(usual, PathBuf::from);
    let found = std::fs::read_to_string(path).ok();
    if found.is_none() {
        eprintln!(
            "skipped: there is no axe-core; `npm pack axe-core` has it, name axe.min.js by CUSTVAL_AXE"
        );
    }
    found
}

fn example(file: &str) -> String {
    format!("{}/examples/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// The page that a command writes.
fn page(folder: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let out = folder.join(arguments[0]).join(name);
    let mut command = assert_cmd::Command::cargo_bin("custval").unwrap();
    command.args(arguments).args(["-o", out.to_str().unwrap()]).assert().success();
    out.join(name)
}

#[test]
fn nothing_stands_in_the_way_of_a_reader() {
    let Some(axe) = axe() else { return };
    let Some(mut browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let workshop = ["judgements.csv", "scores-2024.csv", "sales.csv"];
    let [judgements, scores, sales] = workshop.map(|file| example(&format!("workshop/{file}")));
    let hybrid = ["evaluate", "sme-hybrid", &judgements, &scores, "--transactions", &sales];
    let pages = [
        page(folder.path(), "report.html", &hybrid),
        page(folder.path(), "rfm.html", &["rfm", &example("sales.csv"), "--clusters", "3"]),
    ];
    for file in pages {
        browser.open(&file);
        browser.run(&format!("{axe}; void 0"));
        for look in ["as it opens", "in the other light", "in the other language", "a card"] {
            match look {
                "in the other light" => browser.click("#theme"),
                "in the other language" => browser.click("#language"),
                "a card" => browser.click("#customers tbody a"),
                _ => {}
            }
            browser.run("document.querySelectorAll('figure').forEach((figure) => figure.draw())");
            let found = browser.run(
                "axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => \
                 ({ id, impact, at: nodes.slice(0, 3).map((node) => node.target.join(' ')) })))",
            );
            assert_eq!(found, json!([]), "{} {look}", file.display());
        }
        let rules = browser.run("axe.getRules().length");
        assert!(rules.as_u64() > Some(50), "{rules}");
    }
}

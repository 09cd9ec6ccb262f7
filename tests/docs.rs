//! Documents that are made from the code are up to date. `CUSTVAL_BLESS=1 cargo test --test docs`
//! writes them anew.

use custval::diagnostic::{Code, Diagnostics, Place};
use custval::model::{Model, RandomIndex, schema};
use custval::priority::random_index;
use custval::survey::read_judgement;
use custval::workbook::Value;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn up_to_date(path: &str, text: &str) {
    if std::env::var_os("CUSTVAL_BLESS").is_some() {
        std::fs::write(root().join(path), text).unwrap();
    }
    assert!(
        read(path) == text,
        "{path} is stale; CUSTVAL_BLESS=1 cargo test --test docs writes it anew"
    );
}

#[test]
fn the_schema_is_that_of_the_code() {
    up_to_date("models/custval-model.schema.json", &schema());
}

#[test]
fn every_diagnostic_is_documented() {
    let mut text = "# Diagnostics\n\nEverything that can be wrong with an input, by the code in its \
                    brackets. `custval explain CODE` tells\nthe same. This page is written from the \
                    program.\n"
        .to_string();
    for code in Code::ALL {
        text += &format!("\n## {code}\n\n**{}.** {}\n", code.title(), code.story());
    }
    up_to_date("docs/diagnostics.md", &text);
}

/// Every code of the catalogue is used somewhere, so that the page lists nothing that cannot happen.
#[test]
fn every_code_can_happen() {
    fn sources(folder: &Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, all);
            } else if path.extension().is_some_and(|of| of == "rs")
                && !path.ends_with("catalogue.rs")
            {
                *all += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    let mut all = String::new();
    sources(&root().join("src"), &mut all);
    let unused: Vec<String> = Code::ALL
        .iter()
        .map(|code| format!("{code:?}"))
        .filter(|name| !all.contains(&format!("Code::{name}")))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_key_of_the_model_is_documented() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    let page = read("docs/model.md");
    let definitions = schema["$defs"].as_object().unwrap().values();
    let mut keys = 0;
    for object in definitions.chain([&schema]) {
        for key in object["properties"].as_object().into_iter().flatten().map(|(key, _)| key) {
            keys += 1;
            assert!(
                page.contains(&format!("`{key}`")),
                "docs/model.md does not say what `{key}` is"
            );
        }
    }
    assert!(keys > 40, "{keys}");
}

#[test]
fn every_metric_and_map_of_sales_is_documented() {
    let page = read("docs/rfm.md");
    for metric in custval::transactions::Metric::ALL {
        let row = format!("| `{}` | {} | {} |", metric.name(), metric.title(), metric.definition());
        assert!(page.contains(&row), "{row}");
    }
    let maps = custval::rfm::SegmentMap::builtin();
    for name in maps.into_iter().chain(custval::rfm::RfmModel::builtin()) {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}

/// The models that stand in the page are models.
#[test]
fn the_models_of_the_page_are_sound() {
    let page = read("docs/model.md");
    let blocks: Vec<&str> = page
        .split("```toml\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .filter(|block| block.starts_with("name ="))
        .collect();
    assert!(!blocks.is_empty());
    for block in blocks {
        let mut log = Diagnostics::new();
        assert!(Model::parse(block, "docs/model.md", &mut log).is_some(), "{}", log.text(false));
    }
}

/// The keys that maps and models of RFM can have, as the readers list them for a key that they do not
/// know.
#[test]
fn every_key_of_maps_and_models_of_rfm_is_documented() {
    let page = read("docs/scores.md");
    let map = "kind = 'segments'\nname = 'x'\nlevels = 1\nletters = ['R']\n";
    let model = "kind = 'rfm'\nname = 'x'\n";
    let inner = "[[dimension]]\nname = 'x'\nletter = 'R'\nmetric = 'orders'\n";
    let mut log = Diagnostics::new();
    for text in [format!("{map}zzz = 1\n"), format!("{map}[[segment]]\nname = 'x'\nzzz = 1\n")] {
        custval::rfm::SegmentMap::parse(&text, "x.toml", &mut log);
    }
    for text in [format!("{model}zzz = 1\n"), format!("{model}{inner}zzz = 1\n")] {
        custval::rfm::RfmModel::parse(&text, "x.toml", &mut log);
    }
    let hints = log.iter().filter(|one| one.code == Code::ModelKeyUnknown);
    let hints: Vec<&str> = hints.filter_map(|one| one.hint.as_deref()).collect();
    assert_eq!(hints.len(), 4);
    for key in hints.iter().flat_map(|hint| hint.split(": ").nth(1).unwrap().split(", ")) {
        assert!(
            page.contains(&format!("`{key}`")) || page.contains(&format!("[[{key}]]")),
            "{key}"
        );
    }
}

/// The anchors that a page's headings get.
fn headings(page: &str) -> Vec<String> {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    page.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').trim().to_lowercase())
        .map(|title| title.chars().filter(kept).collect::<String>().replace(' ', "-"))
        .collect()
}

#[test]
fn links_of_the_documents_lead_somewhere() {
    for page in [
        "README.md",
        "docs/from-sales-to-win-back.md",
        "docs/methods.md",
        "docs/model.md",
        "docs/papers.md",
        "docs/rfm.md",
        "docs/scores.md",
        "docs/workbook.md",
        "examples/README.md",
    ] {
        let text = read(page);
        assert!(!text.is_empty(), "{page}");
        let folder = root().join(page).parent().unwrap().to_path_buf();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            assert!(path.is_empty() || folder.join(path).exists(), "{page}: {link}");
            let file = folder.join(path);
            let there = match (anchor, path) {
                ("", _) => true,
                (_, "") => headings(&text).contains(&anchor.to_string()),
                _ => {
                    headings(&std::fs::read_to_string(file).unwrap()).contains(&anchor.to_string())
                }
            };
            assert!(there, "{page}: {link} leads to no heading");
        }
    }
}

/// The random indices by size, one column a table; a size that a table does not have is empty.
fn random_indices() -> String {
    let mut text = "\n| n |".to_string();
    RandomIndex::ALL.iter().for_each(|table| text += &format!(" {table} |"));
    text += &format!("\n|---|{}\n", "---|".repeat(RandomIndex::ALL.len()));
    for n in 3..=16 {
        text += &format!("| {n} |");
        for &table in RandomIndex::ALL {
            let found = random_index(table, n);
            let computed = [RandomIndex::AlonsoLamataFit, RandomIndex::Exact].contains(&table);
            text += &match (found.table == table, computed) {
                (false, _) => " |".to_string(),
                (true, true) => format!(" {:.4} |", found.ri),
                (true, false) => format!(" {} |", found.ri),
            };
        }
        text += "\n";
    }
    text + "\n"
}

#[test]
fn the_random_indices_of_the_page_are_those_of_the_code() {
    let (path, start, end) =
        ("docs/methods.md", "<!-- random indices: made from the code -->\n", "<!-- end -->");
    let page = read(path);
    let (before, rest) = page.split_once(start).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    up_to_date(path, &format!("{before}{start}{}{end}{after}", random_indices()));
}

/// Each row of the table of repairs is typed and read, and says what the table says.
#[test]
fn judgements_are_read_as_the_workbook_page_says() {
    fn ticked(cell: &str) -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_string).collect()
    }
    let page = read("docs/workbook.md");
    let (_, table) = page.split_once("### Judgements as they are typed\n").unwrap();
    let table = table.split("\n#").next().unwrap();
    let place = Place::file("page");
    let mut typed = 0;
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let (expected, codes) = (cells[2], ticked(cells[3]));
        for text in ticked(cells[1]) {
            typed += 1;
            let value = match text.parse() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Text(text.clone()),
            };
            let mut log = Diagnostics::new();
            let found = read_judgement(&value, 9.0, &place, &mut log);
            let said: Vec<String> = log.iter().map(|d| d.code.to_string()).collect();
            assert_eq!(said, codes, "{text}");
            let expected = expected.split(':').next().unwrap();
            let number = match expected.split_once('/') {
                _ if expected == "themselves" => text.parse().ok(),
                Some((above, below)) => above
                    .parse::<f64>()
                    .ok()
                    .zip(below.parse::<f64>().ok())
                    .map(|(above, below)| above / below),
                None => expected.parse().ok(),
            };
            assert_eq!(found, number, "{text}");
        }
    }
    assert!(typed > 20, "{typed}");
}

/// Every sheet and header by which tables are found stands in the page.
#[test]
fn every_header_is_documented() {
    let page = read("docs/workbook.md");
    let source = read("src/survey/kind.rs");
    let mut names = 0;
    for line in source.lines().filter(|line| line.starts_with("pub(super) const")) {
        for name in line.split('"').skip(1).step_by(2) {
            names += 1;
            assert!(page.contains(&format!("`{name}`")), "docs/workbook.md lacks `{name}`");
        }
    }
    assert!(names > 30, "{names}");
}

/// Whoever cites custval cites the version that there is, and nobody who is not.
#[test]
fn the_citation_is_of_this_version() {
    let citation = read("CITATION.cff");
    assert!(citation.starts_with("cff-version: 1.2.0\n"));
    assert!(citation.contains(&format!("\nversion: {}\n", env!("CARGO_PKG_VERSION"))));
    assert!(citation.contains("\nauthors:\n  - name: \"The custval authors\"\n"));
    assert!(citation.contains("\nlicense: MIT\n"));
    assert!(citation.lines().all(|line| !line.contains('\t')));
}

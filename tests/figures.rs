//! Figures for papers: those of the page, as SVG, PNG and PDF, without a browser.
#![cfg(feature = "figures")]

use std::path::{Path, PathBuf};

fn example(file: &str) -> String {
    format!("{}/examples/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn custval() -> assert_cmd::Command {
    assert_cmd::Command::cargo_bin("custval").unwrap()
}

fn evaluated(folder: &Path) -> PathBuf {
    let out = folder.join("out");
    let mut command = custval();
    command.args(["evaluate", "sme", &example("sme-paper.xlsx"), "-o", out.to_str().unwrap()]);
    command.assert().success();
    out.join("result.json")
}

fn analysed(folder: &Path) -> PathBuf {
    let out = folder.join("out");
    custval().args(["rfm", &example("sales.csv"), "-o", out.to_str().unwrap()]).assert().success();
    out.join("result.json")
}

/// Draws the figures of a result; what was said about it, and the files.
fn drawn(result: &Path, more: &[&str]) -> (String, Vec<(String, Vec<u8>)>) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("figures");
    let mut command = custval();
    command.arg("figures").arg(result).args(["-o", out.to_str().unwrap()]).args(more);
    let done = command.assert().success();
    let said = String::from_utf8_lossy(&done.get_output().stderr).to_string();
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().to_string();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    (said, files)
}

fn text(files: &[(String, Vec<u8>)], name: &str) -> String {
    let found = files.iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).1.clone()).unwrap()
}

#[test]
fn every_figure_of_the_page_is_drawn_twice_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let result = evaluated(folder.path());
    let (_, files) = drawn(&result, &[]);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "class-profiles.svg",
            "firmness.svg",
            "number-of-clusters.svg",
            "value-matrix.svg",
            "weights.svg"
        ]
    );
    assert_eq!(drawn(&result, &[]).1, files);
    // The weights as the report shows them, and the classes by their names.
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&result).unwrap()).unwrap();
    let weights = text(&files, "weights.svg");
    for (code, weight) in json["weights"]["global_weights"].as_object().unwrap() {
        let shown = format!("{:.1}%", 100.0 * weight.as_f64().unwrap());
        assert!(weights.contains(&format!(">{shown}<")), "{code} {shown}");
    }
    let matrix = text(&files, "value-matrix.svg");
    for class in json["classes"].as_array().unwrap() {
        assert!(matrix.contains(class["name"].as_str().unwrap()));
    }
}

#[test]
fn sales_have_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let (_, files) = drawn(&analysed(folder.path()), &[]);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["recency-frequency", "segments", "lorenz", "months", "cohorts", "distribution-m"] {
        assert!(names.contains(&format!("{name}.svg").as_str()), "{name} of {names:?}");
    }
    assert!(text(&files, "segments.svg").contains("Champions"));
}

#[test]
fn they_speak_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let (_, files) = drawn(&evaluated(folder.path()), &["--lang", "zh"]);
    assert!(text(&files, "value-matrix.svg").contains("低价值客户"));
}

/// Pictures have the size asked for, and pages the letters; both are the same each time.
#[test]
fn pictures_and_pages() {
    let folder = tempfile::tempdir().unwrap();
    let result = evaluated(folder.path());
    let only = ["--only", "weights", "--width", "600", "--format"];
    let (said, png) = drawn(&result, &[&only[..], &["png"]].concat());
    assert_eq!(said, "");
    let bytes = &png[0].1;
    assert_eq!(&bytes[1..4], b"PNG");
    assert_eq!(u32::from_be_bytes(bytes[16..20].try_into().unwrap()), 1800);
    assert_eq!(drawn(&result, &[&only[..], &["png"]].concat()).1, png);
    let (_, pdf) = drawn(&result, &[&only[..], &["pdf"]].concat());
    let page = String::from_utf8_lossy(&pdf[0].1);
    assert!(page.starts_with("%PDF") && page.contains("LiberationSans"));
    // 600 pixels are 450 points.
    assert!(page.contains("/MediaBox [0 0 450 "));
    assert_eq!(drawn(&result, &[&only[..], &["pdf"]].concat()).1, pdf);
}

#[test]
fn what_does_not_fit_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let result = evaluated(folder.path());
    let out = folder.path().join("figures");
    let refused = |result: &Path, more: &[&str], wanted: &str| {
        let mut command = custval();
        command.arg("figures").arg(result).args(["-o", out.to_str().unwrap()]).args(more);
        let done = command.assert().code(1);
        let said = String::from_utf8_lossy(&done.get_output().stderr).to_string();
        assert!(said.contains(wanted), "{said}");
        assert!(!out.exists());
    };
    refused(&result, &["--format", "gif"], "expected one of svg, png, pdf");
    refused(&result, &["--only", "weight"], "there is no figure `weight` of this result");
    refused(&result, &["--width", "9"], "a width of 9");
    refused(Path::new(&example("sales.csv")), &[], "saved-unreadable");
    let changed = folder.path().join("changed.json");
    let text = std::fs::read_to_string(&result).unwrap();
    std::fs::write(&changed, text.replacen("\"rank\": 1", "\"rank\": 2", 1)).unwrap();
    refused(&changed, &[], "seal-broken");
}

/// The gallery of the documents is what its commands draw.
#[test]
fn the_gallery_is_what_its_commands_draw() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_string();
    let workshop = |file: &str| example(&format!("workshop/{file}"));
    let run = |arguments: &[&str]| custval().args(arguments).assert().success();
    let sales = workshop("sales.csv");
    let (judgements, first) = (workshop("judgements.csv"), workshop("scores-2024.csv"));
    let begin = ["evaluate", "sme-hybrid", &judgements, &first, "--transactions", &sales];
    let end = ["--to", "2024-12-31", "--period", "2024", "-o", &at("first")];
    run(&[&begin[..], &end].concat());
    let (saved, second) = (at("first/result.json"), workshop("scores-2025.csv"));
    let begin = ["evaluate", &second, "--with", &saved, "--transactions", &sales, "--from"];
    let end = ["2025-01-01", "--to", "2025-12-31", "--period", "2025", "-o", &at("second")];
    run(&[&begin[..], &end].concat());
    run(&["rfm", &example("sales.csv"), "-o", &at("shop")]);
    for name in ["first", "second", "shop"] {
        let (result, out) = (at(&format!("{name}/result.json")), at(&format!("figures/{name}")));
        run(&["figures", &result, "-o", &out, "--width", "760"]);
    }
    let docs = format!("{}/docs", env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(format!("{docs}/gallery.md")).unwrap();
    let shown: Vec<&str> = page
        .split("(images/gallery/")
        .skip(1)
        .map(|rest| rest.split_once(')').unwrap().0)
        .collect();
    assert!(shown.len() > 10);
    for name in shown {
        // What both years have is shown of the second.
        let drawn = ["second", "first", "shop"].map(|of| at(&format!("figures/{of}/{name}")));
        let drawn = drawn.iter().find(|path| Path::new(path).exists());
        let drawn = std::fs::read(drawn.unwrap_or_else(|| panic!("{name} is not drawn"))).unwrap();
        let kept = format!("{docs}/images/gallery/{name}");
        if std::env::var_os("CUSTVAL_BLESS").is_some() {
            std::fs::create_dir_all(format!("{docs}/images/gallery")).unwrap();
            std::fs::write(&kept, &drawn).unwrap();
        }
        let is_same = std::fs::read(&kept).is_ok_and(|kept| kept == drawn);
        assert!(is_same, "{kept} is stale; CUSTVAL_BLESS=1 draws it anew");
    }
}

/// Letters that no face has are told, and the rest is drawn.
#[test]
fn missing_faces_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let sales = folder.path().join("sales.csv");
    let mut text = "customer,order,date,amount,country\n".to_string();
    for at in 0..12 {
        let country = if at % 2 == 0 { "Land \u{10fffd}" } else { "Land" };
        text += &format!("c{},{at},2024-0{}-11,{}.5,{country}\n", at % 5, 1 + at % 6, 10 + at);
    }
    std::fs::write(&sales, text).unwrap();
    let out = folder.path().join("out");
    custval().arg("rfm").arg(&sales).arg("-o").arg(&out).assert().success();
    let result = out.join("result.json");
    let (said, files) = drawn(&result, &["--only", "countries", "--format", "png"]);
    assert!(said.contains("face-missing"), "{said}");
    assert_eq!(files.len(), 1);
}

/// Names that try to be markup are text.
#[test]
fn hostile_names_are_text() {
    let folder = tempfile::tempdir().unwrap();
    let sales = folder.path().join("sales.csv");
    let names = ["<script>alert(1)</script>", "\"; DROP TABLE x; --", "A & B </text></svg>"];
    let mut text = "customer,order,date,amount,country\n".to_string();
    for at in 0..15 {
        let country = names[at % 3].replace('"', "\"\"");
        text += &format!("c{},{at},2024-0{}-11,{}.5,\"{country}\"\n", at % 5, 1 + at % 6, 10 + at);
    }
    std::fs::write(&sales, text).unwrap();
    let out = folder.path().join("out");
    custval().arg("rfm").arg(&sales).arg("-o").arg(&out).assert().success();
    let result = out.join("result.json");
    let (_, files) = drawn(&result, &["--only", "countries"]);
    let svg = self::text(&files, "countries.svg");
    assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"));
    assert_eq!(svg.matches("</svg>").count(), 1);
    assert!(svg.contains("A &amp; B"));
    drawn(&result, &["--only", "countries", "--format", "pdf"]);
}

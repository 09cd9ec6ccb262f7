//! Segment maps and models of RFM as data: every built-in one is sound, faults are told all at once with
//! their lines, and `custval check` says how a map covers its cells.

use assert_cmd::Command;
use custval::diagnostic::Diagnostics;
use custval::rfm::{Lloyd, Method, RfmModel, SegmentMap, Starts};
use serde_json::Value;

fn map(name: &str) -> SegmentMap {
    let mut log = Diagnostics::new();
    SegmentMap::open(name, &mut log).unwrap_or_else(|| panic!("{}", log.text(false)))
}

/// Cells, covered twice, never, and segments that no cell reaches, counted apart from this program from
/// the ranges of the published maps. Of R's older map three segments are never reached, as R's own summary
/// shows: nobody is new, promising, or cannot be lost.
#[test]
fn built_in_maps_cover_what_they_say() {
    let expected = [
        ("rf-10", 25, 0, 0, 0),
        ("rfm-10", 125, 0, 0, 0),
        ("rfm-11", 125, 58, 10, 0),
        ("rfm-11-r02", 125, 39, 36, 3),
        ("quartiles-5", 64, 0, 18, 0),
        ("notebook", 64, 4, 35, 0),
        ("eight-groups", 8, 0, 0, 0),
        ("deck-value", 64, 0, 0, 0),
        ("deck-loyalty", 64, 0, 0, 0),
    ];
    assert_eq!(SegmentMap::builtin(), expected.map(|(name, ..)| name));
    for (name, cells, twice, never, shadowed) in expected {
        let map = map(name);
        assert_eq!(map.name, name);
        assert!(!map.reference.is_empty());
        assert!(map.segments.iter().all(|s| !s.description.is_empty() && !s.action.is_empty()));
        let found = map.coverage();
        let found = (found.cells, found.twice.len(), found.never.len(), found.shadowed.len());
        assert_eq!(found, (cells, twice, never, shadowed), "{name}");
        // Who fits none is named, unless everybody fits one.
        assert_eq!(map.otherwise.is_none(), never == 0, "{name}");
    }
}

#[test]
fn bands_of_the_deck_are_maps_as_well() {
    let text = include_str!("fixtures/rfm/fixtures.json");
    let all: Value = serde_json::from_str(text).unwrap();
    let fixtures = all["fixtures"].as_array().unwrap();
    let bands = fixtures.iter().find(|one| one["id"] == "seed3 overall score bands").unwrap();
    let (value, loyalty) = (map("deck-value"), map("deck-loyalty"));
    for r in 1..=4 {
        for f in 1..=4 {
            for m in 1..=4 {
                let overall = r + f + m - 3;
                // The deck leaves 0 out of its second list, and never comes to 9.
                let at = overall.min(8) as usize;
                let wanted = bands["expect"]["value"][at].as_str();
                assert_eq!(value.segment(&[r, f, m]), wanted, "{overall}");
                let wanted = bands["expect"]["loyalty"][at.max(1)].as_str();
                assert_eq!(loyalty.segment(&[r, f, m]), wanted, "{overall}");
            }
        }
    }
}

#[test]
fn a_better_customer_is_never_in_a_segment_of_less_worth() {
    // The maker's own map, from the best to the least in each of the three states by recency.
    let map = map("rfm-10");
    let at = |cell: [u32; 3]| map.segment(&cell).unwrap().to_string();
    assert_eq!(at([5, 5, 5]), "Champions");
    assert_eq!(at([1, 5, 5]), "Can't Lose");
    assert_eq!(at([1, 1, 1]), "Lost");
    assert_eq!(at([3, 1, 5]), "Big Spenders");
    assert_eq!(at([3, 5, 1]), "Loyal");
    assert_eq!(at([2, 1, 4]), "At Risk");
    assert_eq!(at([5, 1, 5]), "New");
}

/// Every fault of a text with the line where it stands.
fn faults(log: &Diagnostics) -> Vec<(usize, String)> {
    let line = |text: &str| -> usize {
        let after = text.split(".toml:").nth(1).unwrap_or_else(|| panic!("no line in {text}"));
        after.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
    };
    log.iter().map(|one| (line(&one.to_string()), one.message.clone())).collect()
}

#[test]
fn faults_of_a_map_are_told_all_at_once() {
    let text = r#"kind = "segment"
name = "x"
levels = 5
letters = ["R", "r", "R"]
colour = "red"
[[segment]]
name = "a"
scores = { R = "0-2", Q = "1" }
[[segment]]
name = "A "
cells = ["11", "1x1", "616"]
[[segment]]
name = "b"
overall = "0-99"
[[segment]]
name = "c"
[[segment]]
name = "d"
overall = "0"
cells = ["111"]
[[segment]]
name = "e"
scores = 7
"#;
    let mut log = Diagnostics::new();
    assert!(SegmentMap::parse(text, "x.toml", &mut log).is_none());
    let found = faults(&log);
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [5, 23, 1, 4, 4, 8, 8, 10, 11, 11, 11, 14, 16, 18, 22], "{found:#?}");
    let says = |text: &str| text.contains("help:") || text.contains("expected");
    assert!(log.iter().all(|one| says(&one.to_string())), "{}", log.text(false));
    let mut log = Diagnostics::new();
    let text = "kind = \"segments\"\nname = \"x\"\nlevels = 20\nletters = [\"A\", \"B\", \"C\", \"D\", \"E\"]\n\
        [[segment]]\nname = \"a\"\nscores = {}\n";
    assert!(SegmentMap::parse(text, "x.toml", &mut log).is_none());
    assert!(log.text(false).contains("too many cells"), "{}", log.text(false));
}

#[test]
fn a_segment_that_nobody_can_reach_is_told() {
    let text = "kind = 'segments'\nname = 'x'\nlevels = 2\nletters = ['R', 'F']\n\
        [[segment]]\nname = 'all'\nscores = { R = '1-2' }\n\
        [[segment]]\nname = 'late'\ncells = ['12', '22']\n";
    assert!(SegmentMap::is_one(text));
    let own = SegmentMap::parse(text, "x.toml", &mut Diagnostics::new()).unwrap();
    let coverage = own.coverage();
    assert_eq!(coverage.shadowed, ["late"]);
    assert_eq!(
        coverage.twice.iter().map(|(cell, _)| cell.as_str()).collect::<Vec<_>>(),
        ["12", "22"]
    );
    // Where segments overlap by design the second is reached as well.
    let text = text.replace("levels = 2", "levels = 2\noverlapping = true");
    let own = SegmentMap::parse(&text, "x.toml", &mut Diagnostics::new()).unwrap();
    assert!(own.coverage().shadowed.is_empty());
    assert_eq!(own.segments(&[2, 2]), ["all", "late"]);
}

#[test]
fn built_in_models_are_sound() {
    for name in RfmModel::builtin() {
        let mut log = Diagnostics::new();
        let model = RfmModel::open(name, &mut log).unwrap_or_else(|| panic!("{}", log.text(false)));
        assert!(log.is_empty(), "{}", log.text(false));
        assert!(model.dimensions.iter().all(|dimension| !dimension.meaning.is_empty()), "{name}");
        let letters: Vec<&str> = model.dimensions.iter().map(|d| d.letter.as_str()).collect();
        assert_eq!(letters.concat(), name.to_uppercase());
    }
}

#[test]
fn a_model_says_how_each_figure_is_scored() {
    let text = r#"
kind = "rfm"
name = "own"
levels = 4
[[dimension]]
letter = "R"
name = "Recency"
metric = "recency_days"
direction = "cost"
method = "lloyd"
starts = [10, 90, 200, 300]
tolerance = 0
[[dimension]]
letter = "F"
name = "Frequency"
metric = "orders"
method = "lloyd"
seed = 7
weight = 0
[[dimension]]
letter = "M"
name = "Money"
metric = "monetary"
method = "mean"
"#;
    let mut log = Diagnostics::new();
    let model = RfmModel::parse(text, "own.toml", &mut log);
    let model = model.unwrap_or_else(|| panic!("{}", log.text(false)));
    let own: Vec<(&Method, u32)> = model.dimensions.iter().map(|d| (&d.method, d.levels)).collect();
    let starts = Starts::Values(vec![10.0, 90.0, 200.0, 300.0]);
    assert_eq!(own[0], (&Method::Lloyd(Lloyd { starts, tolerance: 0.0 }), 4));
    let seeded = Lloyd { starts: Starts::Seeded(7), tolerance: 1e-4 };
    assert_eq!(own[1], (&Method::Lloyd(seeded), 4));
    assert_eq!(own[2], (&Method::Mean, 2));
}

#[test]
fn faults_of_a_model_are_told_all_at_once() {
    let text = r#"kind = "rfm"
name = "own"
levels = 50
map = "rf-11"
[[dimension]]
letter = "R"
name = "Recency"
metric = "recency"
cuts = [90, 30]
levels = 7
[[dimension]]
letter = "R"
name = "Again"
metric = "orders"
method = "kmean"
seed = 1
[[dimension]]
letter = "M"
name = "Money"
metric = "monetary"
method = "lloyd"
starts = [1, 2]
levels = 4
seed = 3
tolerance = -1
weight = -2
[[dimension]]
letter = "Z"
name = "Mean"
metric = "monetary"
method = "cuts"
weigth = 1
"#;
    let mut log = Diagnostics::new();
    assert!(RfmModel::parse(text, "own.toml", &mut log).is_none());
    let found = faults(&log);
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [32, 3, 9, 10, 8, 12, 15, 16, 24, 25, 22, 26, 31, 4], "{found:#?}");
    assert!(log.iter().all(|one| one.hint.is_some()), "{}", log.text(false));
    // A map that goes by letters or levels that the model has not.
    for (levels, map, wrong) in [(5, "rfm-10", 2), (4, "rf-10", 2), (4, "notebook", 2)] {
        let text = format!(
            "kind = 'rfm'\nname = 'x'\nlevels = {levels}\nmap = '{map}'\n\
             [[dimension]]\nletter = 'R'\nname = 'R'\nmetric = 'recency_days'\n"
        );
        let mut log = Diagnostics::new();
        assert!(RfmModel::parse(&text, "x.toml", &mut log).is_none());
        assert_eq!(log.len(), wrong, "{}", log.text(false));
    }
}

fn check(name: &str) -> (String, String, bool) {
    let found = Command::cargo_bin("custval").unwrap().args(["check", name]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(found.stdout), text(found.stderr), found.status.success())
}

#[test]
fn check_tells_maps_models_and_index_systems_apart() {
    let (out, _, ok) = check("rfm-10");
    assert!(ok && out.contains("Covered twice: none\nCovered never: none\n"), "{out}");
    let (out, _, ok) = check("rfm-11");
    assert!(ok && out.contains("Covered never: 215 241 251 252 341 351 441 451 541 551"), "{out}");
    for name in ["lrfmp", "sme"] {
        let (out, _, ok) = check(name);
        assert!(ok && out.starts_with("No fault in the model"), "{out}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.toml");
    let name = file.to_str().unwrap();
    for (text, told) in [
        ("kind = 'segment'\n", "there is no kind “segment” of file"),
        ("kind = 'segments'\n", "the key `levels` is missing"),
        ("kind = 'rfm'\nname = 'x'\n", "the model scores nothing"),
        (
            "kind = 'rfm'\nname = 'x'\nmap = 'no.toml'\n[[dimension]]\nletter = 'R'\nname = 'R'\nmetric = 'orders'\n",
            "cannot read",
        ),
    ] {
        std::fs::write(&file, text).unwrap();
        let (_, err, ok) = check(name);
        assert!(!ok && err.contains(told), "{err}");
    }
}

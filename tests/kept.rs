//! Results that were written come back whole, to the last digit; what was changed since is refused.

use custval::diagnostic::{Code, Diagnostics};
use custval::evaluation::{Evaluation, evaluate_later, evaluate_sources};
use custval::kept::{self, Kept};
use custval::model::{BUILTIN, Missing, Model};
use custval::plan::{Budget, BudgetBy};
use custval::rfm::{
    Analysis, Clustering, Options as RfmOptions, RfmModel, Rules, SegmentMap, Transform, analyse,
};
use custval::saved::Saved;
use custval::survey::{Survey, Wanted};
use custval::transactions::{Level, Options, Purchases, Returns, Role, read};
use proptest::prelude::*;

fn example(file: &str) -> String {
    format!("{}/examples/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn fixture(file: &str) -> String {
    format!("{}/tests/fixtures/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn builtin(name: &str) -> Model {
    Model::open(name, &mut Diagnostics::new()).unwrap()
}

fn purchases(file: &str, options: &Options) -> Purchases {
    let mut log = Diagnostics::new();
    let sales = read(&[example(file)], options, &mut log, &mut |_| {}).unwrap();
    Purchases::of(sales, &mut log)
}

fn evaluated(model: &Model, files: &[&str], sales: Option<&Purchases>) -> Evaluation {
    let files: Vec<String> = files.iter().map(|file| example(file)).collect();
    let mut log = Diagnostics::new();
    let survey = Survey::open(&files, Wanted::Everything(model), &mut log);
    evaluate_sources(model, &survey, sales, &mut log).unwrap_or_else(|error| panic!("{error}"))
}

fn written(document: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    kept::write(document, &mut bytes).unwrap();
    bytes
}

fn back(bytes: &[u8]) -> Kept {
    let mut log = Diagnostics::new();
    let found = Kept::parse(bytes, "result.json", &mut log);
    found.unwrap_or_else(|| panic!("{}", log.text(false)))
}

/// What comes back is equal, and is written as the same bytes.
fn comes_back(evaluation: &Evaluation) {
    let bytes = written(evaluation);
    let Kept::Evaluation(again) = back(&bytes) else { panic!("an evaluation was written") };
    assert!(written(&*again) == bytes);
    assert!(*again == *evaluation);
}

fn analysis_comes_back(analysis: &Analysis) {
    let bytes = written(analysis);
    let Kept::Analysis(again) = back(&bytes) else { panic!("an analysis was written") };
    assert!(written(&*again) == bytes);
    assert!(*again == *analysis);
}

const PAPER: [&str; 3] =
    ["sme-paper/experts.csv", "sme-paper/judgements.csv", "sme-paper/scores.csv"];

#[test]
fn every_built_in_model_comes_back() {
    let workshop = purchases("workshop/sales.csv", &Options::default());
    for builtin_model in BUILTIN {
        let model = builtin(builtin_model.name);
        let evaluation = match builtin_model.name {
            "sme" => evaluated(&model, &PAPER, None),
            "retail-loyalty" => evaluated(
                &model,
                &["judgements.csv", "scores.csv", "measured.csv"]
                    .map(|file| format!("retail-loyalty/{file}"))
                    .each_ref()
                    .map(String::as_str),
                None,
            ),
            "sme-hybrid" => evaluated(
                &model,
                &["workshop/judgements.csv", "workshop/scores-2024.csv"],
                Some(&workshop),
            ),
            other => panic!("{other} has no example"),
        };
        comes_back(&evaluation);
        comes_back(
            &evaluation.with_budget(Budget { amount: 25_000.0, by: BudgetBy::Stake }).unwrap(),
        );
    }
}

#[test]
fn later_periods_and_migration_come_back() {
    let model = builtin("sme");
    let first = evaluated(&model, &PAPER, None);
    let mut log = Diagnostics::new();
    let saved = Saved::parse(&written(&first), "first.json", &mut log).unwrap();
    let survey = Survey::open(
        &[example("sme-later/scores.csv")],
        Wanted::Everything(&saved.model),
        &mut log,
    );
    let later = evaluate_later(&saved, &survey, None, &mut log).unwrap();
    comes_back(&later.after(&saved).unwrap());
}

#[test]
fn starts_scales_and_rules_come_back() {
    let mut model = builtin("sme");
    model.clusters.start_cases = vec![3, 9, 1, 6];
    model.weights.blend =
        Some(custval::model::Blend { objective: custval::model::Objective::Critic, share: 0.25 });
    model.clusters.standardise = custval::model::Standardise::Z;
    comes_back(&evaluated(&model, &PAPER, None));
    let mut model = builtin("sme");
    model.weights.aggregate = custval::model::Aggregate::Aip;
    model.clusters.k = 1;
    comes_back(&evaluated(&model, &PAPER, None));
}

/// Scores with gaps under every rule that does not refuse; customers on one side only; judgements with gaps.
#[test]
fn missing_data_come_back() {
    let workshop = purchases("workshop/sales.csv", &Options::default());
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(example("workshop/scores-2024.csv")).unwrap();
    let holed: Vec<&str> =
        text.lines().enumerate().filter(|(at, _)| at % 7 != 3).map(|(_, line)| line).collect();
    let scores = folder.path().join("scores.csv");
    std::fs::write(&scores, holed.join("\n")).unwrap();
    let text = std::fs::read_to_string(example("workshop/judgements.csv")).unwrap();
    let holed: Vec<&str> =
        text.lines().enumerate().filter(|(at, _)| *at != 2).map(|(_, line)| line).collect();
    let judgements = folder.path().join("judgements.csv");
    std::fs::write(&judgements, holed.join("\n")).unwrap();
    let files = [&judgements, &scores].map(|path| path.display().to_string());
    let rules = [Missing::Neutral, Missing::IndicatorMean, Missing::Reweigh, Missing::LeaveOut];
    for rule in rules {
        let mut model = builtin("sme-hybrid");
        (model.missing, model.unmatched) = (rule, rule);
        model.weights.incomplete = custval::model::Gaps::LambdaMin;
        let mut log = Diagnostics::new();
        let survey = Survey::open(&files, Wanted::Everything(&model), &mut log);
        let evaluation = evaluate_sources(&model, &survey, Some(&workshop), &mut log)
            .unwrap_or_else(|error| panic!("{rule}: {error}"));
        comes_back(&evaluation);
    }
}

fn sales_options(more: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options::default();
    more(&mut options);
    options
}

fn analysed(files: &[String], options: &Options, scoring: &RfmOptions) -> Analysis {
    let mut log = Diagnostics::new();
    let sales = read(files, options, &mut log, &mut |_| {}).unwrap_or_else(|e| panic!("{e}"));
    analyse(sales, scoring, &mut log).unwrap_or_else(|error| panic!("{error}"))
}

fn scoring(model: &str, map: Option<&str>, levels: u32) -> RfmOptions {
    let mut log = Diagnostics::new();
    let mut model = RfmModel::open(model, &mut log).unwrap();
    model.dimensions.iter_mut().for_each(|of| of.levels = levels);
    RfmOptions {
        model,
        map: map.and_then(|map| SegmentMap::open(map, &mut log)),
        tiers: [("S", 0.05), ("A", 0.2), ("B", 1.0)].map(|(n, s)| (n.to_string(), s)).to_vec(),
        lists: Rules::default(),
        clustering: None,
    }
}

#[test]
fn every_map_and_model_of_sales_comes_back() {
    let files = [example("sales.csv")];
    for name in RfmModel::builtin() {
        analysis_comes_back(&analysed(&files, &Options::default(), &scoring(name, None, 5)));
    }
    for name in SegmentMap::builtin() {
        let map = SegmentMap::open(name, &mut Diagnostics::new()).unwrap();
        let options = scoring("rfm", Some(name), map.levels);
        analysis_comes_back(&analysed(&files, &Options::default(), &options));
    }
}

#[test]
fn every_way_to_read_and_score_sales_comes_back() {
    use custval::rfm::{Lloyd, Method, Starts};
    let files = [example("sales.csv")];
    let methods = [
        Method::Rank,
        Method::QuantilePlusOne,
        Method::Cuts(vec![1.0, 30.5, 90.0, 365.0]),
        Method::Mean,
        Method::Kmeans,
        Method::Lloyd(Lloyd { starts: Starts::Seeded(7), tolerance: 0.0 }),
    ];
    for method in methods {
        let mut options = scoring("rfm", None, 4);
        options.model.dimensions.iter_mut().for_each(|of| of.method = method.clone());
        analysis_comes_back(&analysed(&files, &Options::default(), &options));
    }
    for returns in [Returns::Net, Returns::Drop, Returns::Separate] {
        let reading = sales_options(|options| {
            options.returns = returns;
            options.conditions = vec!["Price > 1".to_string()];
            options.to = Some("2024-06-30".to_string());
        });
        let mut options = scoring("rfm", Some("rf-10"), 5);
        options.clustering = Some(Clustering {
            k: 3,
            transform: Transform::BoxCox,
            standardise: custval::model::Standardise::MinMax,
            seed: 7,
        });
        analysis_comes_back(&analysed(&files, &reading, &options));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.csv");
    std::fs::write(
        &path,
        "id,visits,last,spent\nA,0,2024-01-05,0\nB,3,2024-02-01,12.5\nC,9,2024-03-01,99999999999999999.123456\n\
         D,1,2023-03-01,0.000000000000001\n",
    )
    .unwrap();
    let reading = sales_options(|options| {
        options.level = Level::Customer;
        options.columns = [
            (Role::Customer, "id"),
            (Role::Orders, "visits"),
            (Role::Date, "last"),
            (Role::Amount, "spent"),
        ]
        .map(|(role, name)| (role, name.to_string()))
        .to_vec();
    });
    let files = [path.display().to_string()];
    analysis_comes_back(&analysed(&files, &reading, &scoring("rfm", Some("rfm-11"), 5)));
    for case in "ACDEFGHIJKLNOPQR".chars() {
        let files = [fixture(&format!("ugly/case_{case}.csv"))];
        let mut log = Diagnostics::new();
        let Ok(sales) = read(&files, &Options::default(), &mut log, &mut |_| {}) else { continue };
        let Ok(found) = analyse(sales, &scoring("rfm", Some("rfm-11"), 5), &mut log) else {
            continue;
        };
        analysis_comes_back(&found);
    }
}

/// An evaluation of drawn data: names as people write them, gaps, two experts, any rules.
fn drawn() -> impl Strategy<Value = (Model, Vec<(String, String)>)> {
    let score =
        prop_oneof![9 => (4..=20_u32).prop_map(|q| Some(f64::from(q) / 4.0)), 1 => Just(None)];
    let rows = prop::collection::vec(prop::collection::vec(score, 10 * 2), 5..12);
    let rules = (0..4_usize, 0..3_usize, 0..3_usize, 1..4_usize, 0..3_usize, any::<u64>());
    (rows, rules).prop_map(|(rows, (missing, combine, standardise, k, start, seed))| {
        use custval::model::{Combine, Standardise, Start};
        let mut model = builtin("sme");
        model.missing = Missing::ALL[missing + 1];
        model.combine = Combine::ALL[combine];
        model.clusters.standardise = Standardise::ALL[standardise % Standardise::ALL.len()];
        model.clusters.k = k;
        model.clusters.start = Start::ALL[start % Start::ALL.len()];
        model.clusters.seed = seed;
        let codes: Vec<String> = model.indicators.iter().map(|of| of.code.clone()).collect();
        let mut scores = "Customer,Indicator,Expert,Score\n".to_string();
        for (at, row) in rows.iter().enumerate() {
            for (place, score) in row.iter().enumerate() {
                let (code, expert) = (&codes[place % 10 % codes.len()], place / 10);
                if let Some(score) = score {
                    scores += &format!("\"K “{at}” \u{2066}<{at}>\",{code},E{expert},{score}\n");
                }
            }
            for code in codes.iter().skip(10) {
                scores += &format!("\"K “{at}” \u{2066}<{at}>\",{code},E0,{}\n", 1 + at % 5);
            }
        }
        (model, vec![("scores.csv".to_string(), scores)])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn drawn_evaluations_come_back((model, tables) in drawn()) {
        let folder = tempfile::tempdir().unwrap();
        let mut files = vec![example("sme-paper/judgements.csv")];
        for (name, text) in tables {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            files.push(path.display().to_string());
        }
        let mut log = Diagnostics::new();
        let survey = Survey::open(&files, Wanted::Everything(&model), &mut log);
        // Leaving customers out may leave fewer than clusters.
        match evaluate_sources(&model, &survey, None, &mut log) {
            Ok(evaluation) => comes_back(&evaluation),
            Err(error) => prop_assert!(model.missing == Missing::LeaveOut, "{error}"),
        }
    }
}

fn refused(bytes: &[u8]) -> (Code, String) {
    let mut log = Diagnostics::new();
    assert!(Kept::parse(bytes, "result.json", &mut log).is_none());
    let faults: Vec<_> = log.iter().collect();
    assert_eq!(faults.len(), 1, "{}", log.text(false));
    assert!(faults[0].place.is_some() && faults[0].hint.is_some());
    (faults[0].code, faults[0].message.clone())
}

#[test]
fn what_was_changed_is_refused() {
    let bytes = written(&evaluated(&builtin("sme"), &PAPER, None));
    let text = String::from_utf8(bytes.clone()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let seal = value["seal"].as_str().unwrap();
    assert_eq!(seal.len(), "sha256:".len() + 64);
    // The seal is that of what `sha256sum` says of the bytes before it.
    let (before, _) = text.rsplit_once(",\n  \"seal\"").unwrap();
    use sha2::Digest;
    let digest = sha2::Sha256::digest(before.as_bytes());
    assert_eq!(seal[7..], digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>());

    let edited = text.replacen("\"rank\": 1,", "\"rank\": 2,", 1);
    assert_eq!(refused(edited.as_bytes()).0, Code::SealBroken);
    let compact = serde_json::to_vec(&value).unwrap();
    let (code, message) = refused(&compact);
    assert_eq!(code, Code::SealBroken);
    assert!(message.contains("reformatted"), "{message}");
    assert_eq!(refused(text.replace('\n', "\r\n").as_bytes()).0, Code::SealBroken);
    assert_eq!(refused(text.trim_end().as_bytes()).0, Code::SealBroken);
    let mut unsealed = value.clone();
    unsealed.as_object_mut().unwrap().remove("seal");
    assert_eq!(refused(&serde_json::to_vec_pretty(&unsealed).unwrap()).0, Code::SealMissing);
    let newer = text.replacen("custval 0.", "custval 99.", 1);
    assert_eq!(refused(newer.as_bytes()).0, Code::SavedVersion);
    for other in ["", "[]", "7", "nothing", "{", "\u{feff}{}", "[[[[", "{\"made_by\": 1e999}"] {
        assert_eq!(refused(other.as_bytes()).0, Code::SavedUnreadable, "{other}");
    }
    assert_eq!(refused(b"{}").0, Code::SavedVersion);
    assert_eq!(refused(b"{\"made_by\": {\"a\": [1]}}").0, Code::SavedVersion);
    let ours = format!("{{\"made_by\": \"custval {}\"}}", env!("CARGO_PKG_VERSION"));
    assert_eq!(refused(ours.as_bytes()).0, Code::SavedUnreadable);
    let deep = format!("{{\"made_by\": {}", "[".repeat(200_000));
    assert_eq!(refused(deep.as_bytes()).0, Code::SavedUnreadable);
    let mut log = Diagnostics::new();
    assert!(Kept::open("no/such/file.json", &mut log).is_none());
    assert_eq!(log.iter().next().unwrap().code, Code::FileUnreadable);
}

/// Every way to a part of a document.
fn ways(value: &serde_json::Value, way: String, found: &mut Vec<String>) {
    found.push(way.clone());
    match value {
        serde_json::Value::Object(entries) => {
            entries.iter().for_each(|(key, part)| ways(part, format!("{way}/{key}"), found));
        }
        serde_json::Value::Array(parts) => {
            // Of long lists the first ones stand for all.
            let few = parts.iter().enumerate().take(3);
            few.for_each(|(at, part)| ways(part, format!("{way}/{at}"), found));
        }
        _ => {}
    }
}

/// Whoever seals what does not fit together is refused or gets what stands there; nothing panics.
#[test]
fn damaged_parts_under_a_fitting_seal_do_not_panic() {
    let evaluation = evaluated(&builtin("sme"), &PAPER, None);
    let sales =
        analysed(&[example("sales.csv")], &Options::default(), &scoring("rfm", Some("rf-10"), 5));
    let mut sales = serde_json::to_value(&sales).unwrap();
    for part in ["metrics", "scores"] {
        sales[part].as_array_mut().unwrap().truncate(3);
    }
    for document in [serde_json::to_value(&evaluation).unwrap(), sales] {
        let mut all = Vec::new();
        ways(&document, String::new(), &mut all);
        all.retain(|way| !way.is_empty() && way != "/made_by");
        // Every seventh way, each with another kind of damage.
        for (at, way) in all.iter().enumerate().step_by(7) {
            let mut damaged = document.clone();
            let part = damaged.pointer_mut(way).unwrap();
            *part = match (at / 7) % 4 {
                0 => serde_json::Value::Null,
                1 => serde_json::json!("x"),
                2 => serde_json::json!([]),
                _ => serde_json::json!(-1.5),
            };
            let mut log = Diagnostics::new();
            let found = Kept::parse(&written(&damaged), "result.json", &mut log);
            assert!(found.is_some() || log.is_faulty(), "{way}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_byte_can_be_changed_or_cut_off(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        static BYTES: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
        let bytes = BYTES.get_or_init(|| {
            written(&evaluated(&builtin("sme"), &PAPER, None))
        });
        let at = at.index(bytes.len());
        let mut changed = bytes.clone();
        if cut {
            changed.truncate(at);
        } else if changed[at] == byte {
            return Ok(());
        } else {
            changed[at] = byte;
        }
        refused(&changed);
    }
}

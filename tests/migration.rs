//! Where customers are heading: a later period by the saved result of an earlier one, migration, and
//! new customers classed.

use assert_cmd::Command;
use custval::diagnostic::{Code, Diagnostics};
use custval::evaluation::{Evaluation, assign, evaluate_later, evaluate_sources};
use custval::model::Model;
use custval::saved::Saved;
use custval::survey::{Survey, Wanted};
use custval::transactions::{Options, Purchases, read};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

fn root(file: &str) -> String {
    format!("{}/examples/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// The files of a period, and the sales up to its end.
#[derive(Clone)]
struct Files {
    files: Vec<String>,
    sales: Option<Purchases>,
}

impl Files {
    fn of(files: &[&str]) -> Files {
        Files { files: files.iter().map(|file| root(file)).collect(), sales: None }
    }

    fn survey(&self, model: &Model, log: &mut Diagnostics) -> Survey {
        Survey::open(&self.files, Wanted::Everything(model), log)
    }

    fn evaluated(&self, model: &Model, log: &mut Diagnostics) -> Option<Evaluation> {
        let survey = self.survey(model, log);
        evaluate_sources(model, &survey, self.sales.as_ref(), log).ok()
    }

    fn later(&self, saved: &Saved, log: &mut Diagnostics) -> Evaluation {
        let survey = self.survey(&saved.model, log);
        let found = evaluate_later(saved, &survey, self.sales.as_ref(), log);
        found.unwrap_or_else(|error| panic!("{error}"))
    }
}

fn paper_files() -> Files {
    Files::of(&["sme-paper/judgements.csv", "sme-paper/scores.csv"])
}

fn later_files() -> Files {
    Files::of(&["sme-later/scores.csv"])
}

/// The supplier of workshops at the end of a year; its sales are those of the year.
fn workshop(year: &str, judgements: bool) -> Files {
    let scores = format!("workshop/scores-{year}.csv");
    let mut files = Files::of(&["workshop/judgements.csv", &scores]);
    if !judgements {
        files.files.remove(0);
    }
    Files { sales: Some(sales(year)), ..files }
}

fn sales(year: &str) -> Purchases {
    let (from, to) = (format!("{year}-01-01"), format!("{year}-12-31"));
    let options = Options { from: Some(from), to: Some(to), ..Options::default() };
    read_sales(&options)
}

fn read_sales(options: &Options) -> Purchases {
    let mut log = Diagnostics::new();
    let sales = read(&[root("workshop/sales.csv")], options, &mut log, &mut |_| {}).unwrap();
    Purchases::of(sales, &mut log)
}

fn run(model: &Model, files: &Files) -> Evaluation {
    let mut log = Diagnostics::new();
    files.evaluated(model, &mut log).unwrap_or_else(|| panic!("{}", log.text(false)))
}

fn builtin(name: &str) -> Model {
    Model::open(name, &mut Diagnostics::new()).unwrap()
}

fn document(evaluation: &Evaluation) -> Value {
    serde_json::from_str(&serde_json::to_string(evaluation).unwrap()).unwrap()
}

fn saved(document: &Value) -> Saved {
    let mut log = Diagnostics::new();
    let text = serde_json::to_vec(document).unwrap();
    Saved::parse(&text, "first.json", &mut log).unwrap_or_else(|| panic!("{}", log.text(false)))
}

/// The customers' own files, classed by their own result, give every class, value and cluster back.
fn comes_back(model: &Model, files: &Files) {
    let first = run(model, files);
    let text = serde_json::to_vec_pretty(&first).unwrap();
    let mut log = Diagnostics::new();
    let saved = Saved::parse(&text, "first.json", &mut log);
    let saved = saved.unwrap_or_else(|| panic!("{}", log.text(false)));
    let survey = files.survey(model, &mut log);
    let again = assign(&saved, &survey, files.sales.as_ref(), &mut log).unwrap();
    assert_eq!(again.customers.len(), first.values.len());
    for (ours, theirs) in again.customers.iter().zip(&first.values) {
        assert_eq!(ours.customer, theirs.customer);
        assert_eq!(ours.value.to_bits(), theirs.value.to_bits(), "{}", ours.customer);
        assert_eq!(Some(ours.cluster), theirs.cluster, "{}", ours.customer);
        assert_eq!(Some(&ours.class), theirs.class.as_ref());
        assert!(ours.margin.is_none_or(|margin| margin >= 0.0 || theirs.distance.is_some()));
    }
}

#[test]
fn the_customers_of_a_result_come_back_into_their_classes() {
    comes_back(&builtin("sme"), &paper_files());
    let shop = ["judgements.csv", "scores.csv", "measured.csv"];
    let shop = shop.map(|file| format!("retail-loyalty/{file}"));
    let shop = Files::of(&shop.each_ref().map(String::as_str));
    comes_back(&builtin("retail-loyalty"), &shop);
    comes_back(&builtin("sme-hybrid"), &workshop("2024", true));
    for standardise in ["none", "z", "min-max"] {
        for k in [1, 2, 3, 5] {
            for limit in [1, 100] {
                let mut model = builtin("retail-loyalty");
                model.clusters.standardise = serde_json::from_value(json!(standardise)).unwrap();
                model.clusters.k = k;
                // Stopped early, the centres are not those by which the cases were assigned.
                model.clusters.max_iterations = limit;
                comes_back(&model, &shop);
                let mut model = builtin("sme");
                model.clusters.standardise = serde_json::from_value(json!(standardise)).unwrap();
                model.clusters.k = k;
                model.clusters.max_iterations = limit;
                comes_back(&model, &paper_files());
            }
        }
    }
}

/// A model of every rule by which measured values come onto the scale.
fn measured_model(
    rules: &[&str; 4],
    standardise: &str,
    class: &str,
    missing: &str,
    k: usize,
) -> Model {
    let mut text = "name = 'm'\ngoal = { code = 'v', name = 'Value' }\n".to_string();
    for (at, (criterion, rule)) in ["p", "p", "q", "q"].iter().zip(rules).enumerate() {
        if at % 2 == 0 {
            text += &format!(
                "[[criterion]]\ncode = '{criterion}'\nname = '{criterion}'\nparent = 'v'\nweight = 0.{}\n",
                3 + 2 * at
            );
        }
        let cuts = if *rule == "cuts" { "cuts = [2.0, 3.5, 4.0]\n" } else { "" };
        let direction = if at == 3 { "direction = 'cost'\n" } else { "" };
        text += &format!(
            "[[indicator]]\ncode = 'i{at}'\nname = 'i{at}'\nparent = '{criterion}'\nweight = 0.{}\n\
             source = 'measured'\nrule = '{rule}'\n{cuts}{direction}",
            3 + at
        );
    }
    text += &format!("[scores]\nmissing = '{missing}'\n");
    text += &format!(
        "[clusters]\nk = {k}\nvariables = ['v', 'p', 'q']\nstandardise = '{standardise}'\n"
    );
    text += &format!("[classes]\nrule = '{class}'\n");
    if class == "quadrant" {
        text += "horizontal = 'p'\nvertical = 'q'\n";
        for (h, v) in [("low", "low"), ("low", "high"), ("high", "low"), ("high", "high")] {
            text += &format!(
                "[[class]]\ncode = '{h}-{v}'\nname = '{h} {v}'\nhorizontal = '{h}'\nvertical = '{v}'\n"
            );
        }
    }
    let mut log = Diagnostics::new();
    Model::parse(&text, "m.toml", &mut log).unwrap_or_else(|| panic!("{}", log.text(false)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// For every rule of the scale, standardisation, rule of classes and rule for gaps.
    #[test]
    fn customers_come_back_whatever_the_rules(
        shift in 0usize..4,
        standardise in prop::sample::select(vec!["none", "z", "min-max"]),
        class in prop::sample::select(vec!["quadrant", "ranked"]),
        missing in prop::sample::select(vec!["neutral", "indicator-mean", "reweigh", "leave-out"]),
        k in 1usize..4,
        cells in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.9, 10u32..51), 4), 12..20),
    ) {
        let mut rules = ["min-max", "quantiles", "cuts", "as-is"];
        rules.rotate_left(shift);
        let model = measured_model(&rules, standardise, class, missing, k);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("measured.csv");
        let mut text = "Customer,i0,i1,i2,i3\n".to_string();
        for (at, row) in cells.iter().enumerate() {
            let row = row.iter().map(|c| c.map_or(String::new(), |c| (f64::from(c) / 10.0).to_string()));
            text += &format!("Customer {at},{}\n", row.collect::<Vec<_>>().join(","));
        }
        std::fs::write(&file, text).unwrap();
        let files = Files { files: vec![file.display().to_string()], sales: None };
        // Too few different customers for the clusters is a refusal of its own.
        if files.evaluated(&model, &mut Diagnostics::new()).is_some() {
            comes_back(&model, &files);
        }
    }
}

#[test]
fn a_later_period_is_classed_by_the_earlier_one_and_told_as_migration() {
    let first = run(&builtin("sme"), &paper_files());
    let saved = saved(&document(&first));
    let mut log = Diagnostics::new();
    let later = later_files().later(&saved, &mut log);
    assert_eq!(later.weights.global_weights, first.weights.global_weights);
    assert_eq!(later.clusters.centres, first.clusters.centres);
    let mut later = later;
    later.period = "later".to_string();
    let later = later.after(&saved).unwrap();
    let found = later.migration.as_ref().unwrap();
    assert_eq!(found.periods, ["judgements, scores", "later"]);
    let matrix = &found.step.matrix;
    let sizes = |evaluation: &Evaluation, code: &str| {
        evaluation.values.iter().filter(|c| c.class.as_deref() == Some(code)).count()
    };
    for (at, code) in matrix.rows.iter().enumerate().take(4) {
        assert_eq!(matrix.row_sums[at], sizes(&first, code));
        assert_eq!(matrix.column_sums[at], sizes(&later, code));
    }
    assert_eq!((matrix.row_sums[4], matrix.column_sums[4]), (2, 2));
    // A third period continues the paths.
    let second = document(&later);
    let second = self::saved(&second);
    let mut third = paper_files().later(&second, &mut log);
    third.period = "third".to_string();
    let third = third.after(&second).unwrap();
    let paths = &third.migration.as_ref().unwrap().paths;
    let of = |name: &str| paths.iter().find(|path| path.customer == name).unwrap();
    assert_eq!(paths.len(), 12);
    assert_eq!(of("Customer 1").classes[1], None);
    assert_eq!(of("Customer 1").classes[0], of("Customer 1").classes[2]);
    assert_eq!(of("Customer 11").classes[0], None);
    assert!(third.notes.iter().any(|note| note.contains("judgements in the files are not used")));
    // A period of the same name is refused.
    let again = paper_files().later(&saved, &mut log);
    assert!(again.after(&saved).is_err());
}

fn refused(text: &[u8]) -> Vec<(Code, String)> {
    let mut log = Diagnostics::new();
    assert!(Saved::parse(text, "r.json", &mut log).is_none());
    log.iter().map(|d| (d.code, d.place.as_ref().unwrap().to_string())).collect()
}

#[test]
fn a_result_that_cannot_be_used_is_refused_with_every_place() {
    let whole = document(&run(&builtin("sme"), &paper_files()));
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut document = whole.clone();
        change(&mut document);
        refused(&serde_json::to_vec(&document).unwrap())
    };
    assert_eq!(refused(b"{\"made_by\": ")[0].0, Code::SavedUnreadable);
    assert_eq!(refused(b"{}")[0].0, Code::SavedVersion);
    for by in ["custval 99.0.0", "custval next", "excel 1.0.0"] {
        assert_eq!(changed(&|d| d["made_by"] = json!(by))[0].0, Code::SavedVersion);
    }
    assert_eq!(changed(&|d| d["values"] = json!([]))[0].0, Code::SavedCustomers);
    let faults = changed(&|d| {
        d["values"][2].as_object_mut().unwrap().remove("value");
        d["clusters"]["assigned_by"][1] = json!("x");
        d["model"].as_object_mut().unwrap().remove("scale");
    });
    let places: Vec<&str> = faults.iter().map(|(_, place)| place.as_str()).collect();
    assert_eq!(
        places,
        ["r.json  values[2]", "r.json  clusters.assigned_by[1]", "r.json  model.scale"]
    );
    let faults = changed(&|d| {
        d["clusters"]["assigned_by"][0] = json!([1.0]);
        d["values"][0]["class"] = json!("royal");
        d["weights"]["global_weights"].as_object_mut().unwrap().remove("C11");
    });
    assert_eq!(faults.len(), 3, "{faults:?}");
    // Cut off anywhere, it is refused and never a panic.
    let text = serde_json::to_vec(&whole).unwrap();
    for end in (0..text.len() - 1).step_by(text.len() / 50) {
        refused_at_all(&text[..end]);
    }
}

fn refused_at_all(text: &[u8]) {
    let mut log = Diagnostics::new();
    assert!(Saved::parse(text, "r.json", &mut log).is_none());
    assert!(log.is_faulty());
}

fn custval(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("custval").unwrap();
    command.current_dir(folder).env("NO_COLOR", "1");
    command
}

#[test]
fn the_command_line_follows_customers_over_periods() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let paper = paper_files().files;
    custval(at)
        .args(["evaluate", "sme", &paper[0], &paper[1], "-o", "a", "--period", "2024"])
        .assert()
        .success();
    let later = root("sme-later/scores.csv");
    let done = custval(at)
        .args(["evaluate", &later, "--with", "a/result.json", "-o", "b", "--period", "2025"])
        .assert()
        .success();
    let text = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(
        text.contains("Customers from 2024 to 2025") && text.contains("Largest falls"),
        "{text}"
    );
    assert!(at.join("b/tables/moves.csv").is_file());
    // Fitted anew: the judgements are those of these files.
    custval(at)
        .args(["evaluate", "sme", &paper[0], &later, "--with", "a/result.json", "--refit"])
        .assert()
        .success();
    let done = custval(at)
        .args(["assign", "b/result.json", &later, "--format", "json"])
        .assert()
        .success();
    let document: Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    assert_eq!(document["customers"].as_array().unwrap().len(), 10);
    // Refusals: another model, options of fitting, no customers; nothing is written.
    let shop = root("retail-loyalty/scores.csv");
    let refusals: [(&[&str], &str); 4] = [
        (
            &["evaluate", "retail-loyalty", &shop, "--with", "a/result.json", "-o", "c"],
            "saved-model",
        ),
        (&["evaluate", &later, "--with", "a/result.json", "--k", "2", "-o", "c"], "option-invalid"),
        (&["evaluate", &paper[0], "--with", "a/result.json", "-o", "c"], "scores-missing"),
        (&["assign", "a/report.xlsx", &later, "-o", "c"], "saved-unreadable"),
    ];
    for (arguments, code) in refusals {
        let done = custval(at).args(arguments).assert().code(1);
        let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
        assert!(told.contains(&format!("[{code}]")), "{told}");
        assert!(!at.join("c").exists());
    }
}

/// A model of sales alone: every rule by which figures come onto the scale.
fn sales_model(standardise: &str, k: usize) -> Model {
    let text = format!(
        "name = 'sales'\ngoal = {{ code = 'v', name = 'Value' }}\n\
         [[indicator]]\ncode = 'r'\nname = 'R'\nparent = 'v'\nweight = 1\nsource = 'transactions'\n\
         metric = 'recency_days'\ndirection = 'cost'\nrule = 'quantiles'\n\
         [[indicator]]\ncode = 'f'\nname = 'F'\nparent = 'v'\nweight = 2\nsource = 'transactions'\n\
         metric = 'orders'\nrule = 'cuts'\ncuts = [2, 4, 8]\n\
         [[indicator]]\ncode = 'm'\nname = 'M'\nparent = 'v'\nweight = 3\nsource = 'transactions'\n\
         metric = 'monetary'\nrule = 'min-max'\n\
         [clusters]\nk = {k}\nvariables = ['v', 'm']\nstandardise = '{standardise}'\n\
         [classes]\nrule = 'ranked'\n"
    );
    let mut log = Diagnostics::new();
    Model::parse(&text, "sales.toml", &mut log).unwrap_or_else(|| panic!("{}", log.text(false)))
}

#[test]
fn customers_known_by_their_sales_come_back_too() {
    let files = Files { files: Vec::new(), sales: Some(sales("2024")) };
    for standardise in ["none", "z", "min-max"] {
        for k in [2, 3, 4] {
            comes_back(&sales_model(standardise, k), &files);
        }
    }
}

/// What stands in a class, by another count.
fn size(evaluation: &Evaluation, code: &str) -> usize {
    evaluation.values.iter().filter(|one| one.class.as_deref() == Some(code)).count()
}

/// Margins are both periods' class sizes, and money is that of the sales, in sums made here once more.
#[test]
fn a_migration_in_money_adds_up() {
    let first = run(&builtin("sme-hybrid"), &workshop("2024", true));
    let saved = saved(&document(&first));
    let mut later = workshop("2025", false).later(&saved, &mut Diagnostics::new());
    later.period = "2025".to_string();
    let later = later.after(&saved).unwrap();
    let found = later.migration.as_ref().unwrap();
    assert_eq!(found.amount.words(), "money");
    let matrix = &found.step.matrix;
    let classes = matrix.rows.len() - 1;
    for (at, code) in matrix.rows.iter().enumerate().take(classes) {
        assert_eq!(matrix.row_sums[at], size(&first, code), "{code}");
        assert_eq!(matrix.column_sums[at], size(&later, code), "{code}");
    }
    let who = |evaluation: &Evaluation| -> Vec<(String, f64)> {
        let values = evaluation.values.iter();
        values.map(|one| (one.customer.clone(), one.money.unwrap())).collect()
    };
    let (before, after) = (who(&first), who(&later));
    let gone = before.iter().filter(|(name, _)| after.iter().all(|(other, _)| other != name));
    let new = after.iter().filter(|(name, _)| before.iter().all(|(other, _)| other != name));
    assert_eq!(matrix.column_sums[classes], gone.count());
    assert_eq!(matrix.row_sums[classes], new.count());
    let lost = |(name, money): &(String, f64)| {
        let now = after.iter().find(|(other, _)| other == name).map_or(0.0, |(_, now)| *now);
        (money - now).max(0.0)
    };
    let at_risk: f64 = before.iter().map(lost).sum();
    assert!((found.step.money.at_risk - at_risk).abs() < 1e-6);
    for (sums, all) in [(&found.step.money.before, &before), (&found.step.money.after, &after)] {
        let sum: f64 = sums.iter().flatten().sum();
        let all: f64 = all.iter().map(|(_, money)| money).sum();
        assert!((sum - all).abs() < 1e-6);
    }
    // The plan knows where everybody is heading; at stake is the larger of both years' money.
    assert_eq!(later.plan.basis.before.as_deref(), Some(first.period.as_str()));
    assert_eq!(later.plan.items.len(), later.values.len() + matrix.column_sums[classes]);
    for item in &later.plan.items {
        let money = |all: &[(String, f64)]| {
            all.iter().find(|(name, _)| *name == item.customer).map_or(0.0, |(_, money)| *money)
        };
        assert_eq!(item.value_at_stake, money(&before).max(money(&after)), "{item:?}");
        let moved = found.step.moves.iter().find(|one| one.customer == item.customer);
        let heading = moved.map_or("stay".to_string(), |one| one.heading.to_string());
        assert_eq!(item.heading.map(|heading| heading.to_string()), Some(heading));
    }
    // Who has no sales in a later period has no money there; a period without any cannot follow.
    let mut third = first.clone();
    third.period = "third".to_string();
    for customer in &mut third.values {
        customer.money = None;
    }
    let second = self::saved(&document(&later));
    assert!(third.after(&second).is_err());
}

#[test]
fn customers_of_two_sources_come_back_whatever_the_rules() {
    use custval::model::{Missing, ScaleRule};
    let files = workshop("2024", true);
    let gaps = [Missing::LeaveOut, Missing::Neutral, Missing::IndicatorMean, Missing::Reweigh];
    for (at, unmatched) in gaps.into_iter().enumerate() {
        for scale in [None, Some(ScaleRule::MinMax), Some(ScaleRule::Quantiles)] {
            let mut model = builtin("sme-hybrid");
            model.unmatched = unmatched;
            model.missing = gaps[(at + 1) % gaps.len()];
            for indicator in &mut model.indicators {
                indicator.rule = scale.unwrap_or(indicator.rule);
            }
            comes_back(&model, &files);
        }
    }
}

/// Who has scores alone has no money: it counts as 0, and both periods say of how many.
#[test]
fn customers_without_money_are_counted() {
    let mut first = run(&builtin("sme-hybrid"), &workshop("2024", true));
    let mut later = first.clone();
    later.period = "2025".to_string();
    first.values[0].money = None;
    for customer in later.values.iter_mut().take(2) {
        customer.money = None;
    }
    let told = |later: &Evaluation, first: &Evaluation| {
        let found = later.clone().after(&saved(&document(first))).unwrap();
        let notes = found.notes.iter().filter(|note| note.contains("igration"));
        (found.migration.unwrap(), notes.cloned().collect::<Vec<_>>())
    };
    let (migration, notes) = told(&later, &first);
    assert_eq!(migration.amount.words(), "money");
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes[0].starts_with("1 customer without") && notes[1].starts_with("2 customers"));
    // One period has no money at all: values count, and a note says why.
    for customer in &mut first.values {
        customer.money = None;
    }
    let (migration, notes) = told(&later, &first);
    assert_eq!(migration.amount.words(), "value");
    assert_eq!(notes, ["The migration counts values, for not all of its periods have money."]);
}

/// Whatever part of the result of a model with sales is gone or spoilt, it is refused or it classes;
/// it never panics.
#[test]
fn a_damaged_result_with_sales_is_refused_or_classes() {
    let first = run(&builtin("sme-hybrid"), &workshop("2024", true));
    let mut whole = document(&first);
    let needed = [
        "made_by",
        "period",
        "model",
        "weights",
        "scoring",
        "clusters",
        "naming",
        "values",
        "transactions",
    ];
    whole.as_object_mut().unwrap().retain(|key, _| needed.contains(&key.as_str()));
    let mut ways = Vec::new();
    walk(&whole, String::new(), &mut ways);
    let files = workshop("2025", false);
    let (mut refusals, mut classed) = (0, 0);
    for (at, way) in ways.iter().enumerate() {
        let spoilt = [Value::Null, json!("x"), json!(-1), json!(1e300), json!([]), json!({})];
        let mut document = whole.clone();
        *document.pointer_mut(way).unwrap() = spoilt[at % spoilt.len()].clone();
        let mut log = Diagnostics::new();
        let text = serde_json::to_vec(&document).unwrap();
        match Saved::parse(&text, "r.json", &mut log) {
            None => {
                assert!(log.is_faulty(), "{way}");
                refusals += 1;
            }
            // Reading a survey takes longest, so that not every one is tried.
            Some(saved) if classed % 8 == 0 => {
                let survey = files.survey(&saved.model, &mut log);
                let _ = assign(&saved, &survey, files.sales.as_ref(), &mut log);
                classed += 1;
            }
            Some(_) => classed += 1,
        }
    }
    assert!(refusals > 100 && classed > 10, "{refusals} {classed}");
    for way in ["/transactions/last", "/transactions/level", "/scoring/summary", "/values/0/value"]
    {
        let mut document = whole.clone();
        *document.pointer_mut(way).unwrap() = json!(true);
        let found = refused(&serde_json::to_vec(&document).unwrap());
        assert_eq!(found[0].0, Code::SavedUnreadable, "{way}");
    }
}

/// The ways to all parts, of lists the first two.
fn walk(value: &Value, way: String, ways: &mut Vec<String>) {
    match value {
        Value::Object(parts) => {
            parts.iter().for_each(|(key, part)| walk(part, format!("{way}/{key}"), ways));
        }
        Value::Array(items) => {
            let items = items.iter().take(2).enumerate();
            items.for_each(|(at, item)| walk(item, format!("{way}/{at}"), ways));
        }
        _ => {}
    }
    if !way.is_empty() {
        ways.push(way);
    }
}

/// A later period that begins with the sales of the earlier one is told of; one of its own is not.
#[test]
fn sales_that_count_in_two_periods_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let files = ["judgements.csv", "scores-2024.csv", "scores-2025.csv", "sales.csv"];
    let [judgements, first, second, sales] = files.map(|file| root(&format!("workshop/{file}")));
    custval(at)
        .args(["evaluate", "sme-hybrid", &judgements, &first, "--transactions", &sales])
        .args(["--to", "2024-12-31", "-o", "out"])
        .assert()
        .success();
    let with = |command: &[&str], more: &[&str]| {
        let mut run = custval(at);
        run.args(command).args([&second, "--transactions", &sales]).args(more);
        let done = run.assert().success();
        String::from_utf8(done.get_output().stderr.clone()).unwrap()
    };
    let later = ["evaluate", "--with", "out/result.json"];
    let refit = ["evaluate", "--with", "out/result.json", "--refit", &judgements];
    let all = ["--to", "2025-12-31"];
    let own = ["--from", "2025-01-01", "--to", "2025-12-31"];
    for command in [&later[..], &refit, &["assign", "out/result.json"]] {
        let told = with(command, &all);
        assert!(told.contains("[period-overlap]") && told.contains("--from 2025-01-01"), "{told}");
        let told = with(command, &own);
        assert!(!told.contains("[period-overlap]"), "{told}");
    }
}

/// Periods of the sales in one run are the same as one run after the other.
#[test]
fn periods_of_sales_are_the_runs_one_after_the_other() {
    let until = |year: u32| {
        read_sales(&Options {
            from: Some(format!("{year}-01-01")),
            to: Some(format!("{year}-12-31")),
            as_of: Some(if year == 2024 { "2025-01-01" } else { "2025-12-31" }.to_string()),
            ..Options::default()
        })
    };
    let model = builtin("sme-hybrid");
    let mut first = run(&model, &Files { sales: Some(until(2024)), ..workshop("2024", true) });
    first.period = "2024".to_string();
    let saved = saved(&document(&first));
    let files = Files { sales: Some(until(2025)), ..workshop("2024", false) };
    let mut later = files.later(&saved, &mut Diagnostics::new());
    later.period = "2025".to_string();
    let later = later.after(&saved).unwrap();
    let files = ["judgements.csv", "scores-2024.csv", "sales.csv"];
    let [judgements, scores, sales] = files.map(|file| root(&format!("workshop/{file}")));
    let folder = tempfile::tempdir().unwrap();
    let run = |rule: &str| {
        let mut command = custval(folder.path());
        command.args(["evaluate", "sme-hybrid", &judgements, &scores, "--transactions", &sales]);
        command.args(["--periods", rule, "--format", "json"]).assert()
    };
    let found = run("year").success();
    let found: Value = serde_json::from_slice(&found.get_output().stdout).unwrap();
    let expected = document(&later);
    for part in ["migration", "values", "plan", "firmness"] {
        same(&found[part], &expected[part], part);
    }
    // Four halves are three steps, and the paths run through all of them.
    let halves = run("half").success();
    let halves: Value = serde_json::from_slice(&halves.get_output().stdout).unwrap();
    let migration = &halves["migration"];
    assert_eq!(migration["periods"], json!(["2024 H1", "2024 H2", "2025 H1", "2025 H2"]));
    assert_eq!(migration["earlier"].as_array().unwrap().len(), 2);
    for path in migration["paths"].as_array().unwrap() {
        assert_eq!(path["classes"].as_array().unwrap().len(), 4);
    }
    for (rule, code) in [
        ("week", "option-invalid"),
        ("2026-06-30,2026-12-31", "period-invalid"),
        ("2025-12-31", "period-invalid"),
        ("2023-06-30,2024-12-31", "period-invalid"),
    ] {
        let done = run(rule).code(1);
        let told = String::from_utf8(done.get_output().stdout.clone()).unwrap();
        assert!(told.contains(&format!("\"{code}\"")), "{rule}: {told}");
    }
}

/// Numbers may differ in the last digit, for reading JSON does not keep it.
fn same(found: &Value, expected: &Value, path: &str) {
    match (found, expected) {
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{path}");
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                same(a, b, &format!("{path}[{at}]"));
            }
        }
        (Value::Object(a), Value::Object(b)) => {
            assert_eq!(a.len(), b.len(), "{path}");
            for (key, a) in a {
                same(a, &b[key], &format!("{path}.{key}"));
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!((a - b).abs() <= 1e-12 * a.abs().max(1.0), "{path}: {a} {b}");
        }
        _ => assert_eq!(found, expected, "{path}"),
    }
}

#[test]
fn a_later_period_of_both_sources_needs_both() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let files = ["judgements.csv", "scores-2024.csv", "scores-2025.csv", "sales.csv"];
    let [judgements, first, second, sales] = files.map(|file| root(&format!("workshop/{file}")));
    custval(at)
        .args(["evaluate", "sme-hybrid", &judgements, &first, "--transactions", &sales])
        .args(["--to", "2024-12-31", "-o", "a"])
        .assert()
        .success();
    let with = ["--with", "a/result.json", "-o", "b"];
    let refusals: [(&[&str], &str); 4] = [
        (&["evaluate", &second], "transactions-missing"),
        (&["evaluate"], "option-invalid"),
        (&["evaluate", &second, "--transactions", &sales, "--from", "2030-01-01"], "no-rows"),
        (&["evaluate", "sme", &second, "--transactions", &sales], "saved-model"),
    ];
    for (arguments, code) in refusals {
        let done = custval(at).args(arguments).args(with).assert().code(1);
        let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
        assert!(told.contains(&format!("[{code}]")), "{code}: {told}");
        assert!(!at.join("b").exists());
    }
    let assigned = custval(at)
        .args(["assign", "a/result.json", &second, "--transactions", &sales])
        .args(["--from", "2025-01-01", "--format", "csv"])
        .assert()
        .success();
    let text = String::from_utf8(assigned.get_output().stdout.clone()).unwrap();
    assert!(text.lines().count() > 30, "{text}");
}

//! From the experts' judgements and scores to values and classes.

use custval::Error;
use custval::diagnostic::{Code, Diagnostics, Severity};
use custval::evaluation::{Evaluation, evaluate};
use custval::model::{Cut, Level, Missing, Model};
use serde_json::Value;

fn sme() -> Model {
    Model::open("sme", &mut Diagnostics::new()).unwrap()
}

fn example(file: &str) -> String {
    format!("{}/examples/sme-paper/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn paper() -> Evaluation {
    let files = [example("judgements.csv"), example("scores.csv")];
    evaluate(&sme(), &files, &mut Diagnostics::new()).unwrap()
}

fn near(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() <= 1e-12 * theirs.abs().max(1.0), "{what}: {ours} not {theirs}");
}

/// Every figure of the independent computation of the reconstructed study, to 1e-12.
#[test]
fn the_reconstructed_study_comes_out_to_twelve_digits() {
    let expected: Value = serde_json::from_str(include_str!("fixtures/sme/expected.json")).unwrap();
    let ours = paper();
    for (code, weight) in expected["leaf_global_weights"].as_object().unwrap() {
        near(ours.weights.global_weights.get(code).unwrap(), weight, code);
    }
    for (code, node) in expected["nodes"].as_object().unwrap() {
        let found = ours.weights.node(code).unwrap();
        for (weight, expected) in found.weights.iter().zip(node["weights"].as_array().unwrap()) {
            near(*weight, expected, code);
        }
        near(found.lambda_max.unwrap(), &node["lambda_max"], code);
        near(found.cr.unwrap(), &node["cr"], code);
        for (expert, cr) in found.experts.iter().zip(node["cr_each"].as_array().unwrap()) {
            near(expert.cr().unwrap(), cr, code);
        }
    }
    for (customer, expected) in ours.values.iter().zip(expected["values"].as_array().unwrap()) {
        assert_eq!(customer.customer, expected["customer"].as_str().unwrap());
        near(customer.value, &expected["customer_value"], "X1");
        near(customer.dimensions.get("current_value").unwrap(), &expected["current_value"], "X2");
        near(
            customer.dimensions.get("potential_value").unwrap(),
            &expected["potential_value"],
            "X3",
        );
        assert_eq!(customer.cluster, Some(expected["cluster"].as_u64().unwrap() as usize));
        let contributions: f64 = customer.contributions.iter().map(|(_, part)| part).sum();
        assert!((contributions - customer.value).abs() < 1e-12);
    }
    assert_eq!(ours.clusters.start_cases, [1, 9, 5, 6]);
    let shifts = &ours.clusters.history[0].shifts;
    for (shift, expected) in shifts.iter().zip(expected["iteration1"].as_array().unwrap()) {
        near(*shift, expected, "shift");
    }
    assert_eq!(ours.clusters.history[1].shifts, [0.0; 4]);
    for (centre, expected) in
        ours.clusters.centres.iter().zip(expected["centres"].as_array().unwrap())
    {
        for (coordinate, expected) in centre.iter().zip(expected.as_array().unwrap()) {
            near(*coordinate, expected, "centre");
        }
    }
    for (anova, expected) in ours.anova.iter().zip(expected["F"].as_array().unwrap()) {
        // F amplifies the last digits of the values by the ratio of the sums of squares.
        let f = anova.f.unwrap();
        assert!((f / expected.as_f64().unwrap() - 1.0).abs() < 1e-12, "{f}");
    }
}

#[test]
fn classes_are_named_by_where_their_centres_lie() {
    let ours = paper();
    let class = |name: &str| -> Vec<&str> {
        let of_class = ours.values.iter().filter(|c| c.class.as_deref() == Some(name));
        of_class.map(|c| c.customer.trim_start_matches("Customer ")).collect()
    };
    assert_eq!(class("low-value"), ["1", "7", "8"]);
    assert_eq!(class("potential-value"), ["2", "9"]);
    assert_eq!(class("sub-value"), ["3", "5", "10"]);
    assert_eq!(class("value"), ["4", "6"]);
    let shares: f64 = ours.classes.iter().map(|class| class.share_of_value).sum();
    assert!((shares - 1.0).abs() < 1e-12);
    assert_eq!(ours.values[5].rank, 1);
    assert!(ours.warnings.is_empty());
}

/// The names that programs rely on.
#[test]
fn the_document_has_the_names_of_the_contract() {
    let document = serde_json::to_value(paper()).unwrap();
    let value = &document["values"][0];
    for name in [
        "customer",
        "customer_value",
        "current_value",
        "potential_value",
        "rank",
        "cluster",
        "class",
    ] {
        assert!(!value[name].is_null(), "values[].{name}");
    }
    assert!(value["dimensions"]["current_value"].is_number());
    let node = &document["weights"]["nodes"][0];
    for name in ["node", "items", "weights", "method", "lambda_max", "ci", "cr", "ri_table"] {
        assert!(!node[name].is_null(), "weights.nodes[].{name}");
    }
    for name in ["expert", "weights", "cr"] {
        assert!(!node["experts"][0][name].is_null(), "weights.nodes[].experts[].{name}");
    }
    assert!(document["weights"]["global_weights"]["C11"].is_number());
    let clusters = &document["clusters"];
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
        assert!(!clusters[name].is_null(), "clusters.{name}");
    }
    assert!(clusters.as_object().unwrap().contains_key("better"));
    let anova = &document["anova"][0];
    for name in ["variable", "f", "p", "eta_squared", "omega_squared"] {
        assert!(!anova[name].is_null(), "anova[].{name}");
    }
    assert!(anova["between"]["ms"].is_number() && anova["within"]["df"].is_number());
    assert!(document["notes"].is_array() && document["warnings"].is_array());
}

/// A model of four indicators with the weights of the fixture.
fn four(missing: &str, k: usize) -> Model {
    let text = format!(
        "name = 'four'\ngoal = {{ code = 'v', name = 'Value' }}\n{}\
         [scores]\nmissing = '{missing}'\n[clusters]\nk = {k}\nvariables = ['v']\n",
        [("a", 0.4), ("b", 0.3), ("c", 0.2), ("d", 0.1)]
            .map(|(code, weight)| format!(
                "[[indicator]]\ncode = '{code}'\nname = 'Indicator {code}'\nparent = 'v'\nweight = {weight}\n"
            ))
            .concat()
    );
    let mut log = Diagnostics::new();
    Model::parse(&text, "four.toml", &mut log).unwrap_or_else(|| panic!("{}", log.text(false)))
}

fn write(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Scores of three experts with weights 5, 3, 2 and gaps, against the independent computation.
#[test]
fn scores_with_gaps_are_means_over_those_who_scored() {
    let fixture: Value =
        serde_json::from_str(include_str!("fixtures/scores_3x4_missing.json")).unwrap();
    let mut scores = "Customer,Indicator,Expert,Score\n".to_string();
    for (expert, rows) in fixture["scores"].as_object().unwrap() {
        for (row, customer) in rows.as_array().unwrap().iter().zip(["K1", "K2", "K3"]) {
            for (score, code) in row.as_array().unwrap().iter().zip(["a", "b", "c", "d"]) {
                let score = score.as_f64().map(|score| score.to_string()).unwrap_or_default();
                scores += &format!("{customer},{code},{expert},{score}\n");
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let files = [
        write(&folder, "scores.csv", &scores),
        write(&folder, "experts.csv", "Expert,Weight\nE1,5\nE2,3\nE3,2\n"),
    ];
    let ours = evaluate(&four("refuse", 2), &files, &mut Diagnostics::new()).unwrap();
    let expected = &fixture["recomputed"];
    for (at, customer) in ours.values.iter().enumerate() {
        near(customer.value, &expected["value"][at], &customer.customer);
        for (score, expected) in
            customer.scores.numbers().iter().zip(expected["cell_means"][at].as_array().unwrap())
        {
            near(*score, expected, &customer.customer);
        }
    }
    assert_eq!(ours.indicators.summary.iter().map(|s| s.partial).sum::<usize>(), 4);
}

/// What each rule makes of a customer whom nobody scored on c: by hand.
#[test]
fn each_rule_for_missing_scores_does_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let scores = "Customer,Expert,a,b,c,d\nK1,E,5,4,,2\nK2,E,3,3,2,1\nK3,E,1,2,4,5\n";
    let files = [write(&folder, "scores.csv", scores)];
    let run = |rule: &str| {
        let mut log = Diagnostics::new();
        let result = evaluate(&four(rule, 2), &files, &mut log);
        (result, log)
    };
    let value = |rule: &str| run(rule).0.unwrap().values[0].value;
    assert!((value("neutral") - (2.0 + 1.2 + 0.2 * 3.0 + 0.2)).abs() < 1e-12);
    assert!((value("indicator-mean") - (2.0 + 1.2 + 0.2 * 3.0 + 0.2)).abs() < 1e-12);
    assert!((value("reweigh") - (2.0 + 1.2 + 0.2) / 0.8).abs() < 1e-12);
    let (left_out, log) = run("leave-out");
    let left_out = left_out.unwrap();
    assert_eq!(left_out.values.len(), 2);
    assert_eq!(left_out.indicators.left_out[0].missing, ["c"]);
    assert_eq!(log.count(Severity::Warning), 1);
    let (refused, _) = run("refuse");
    let Err(Error::Input(faults)) = refused else { panic!("not refused") };
    let fault = faults.iter().find(|d| d.code == Code::ScoreMissing).unwrap();
    assert!(fault.place.as_ref().unwrap().to_string().ends_with("scores.csv:2  c"), "{fault}");
    for rule in Missing::ALL {
        assert_eq!(rule.as_str().parse(), Ok(*rule));
    }
}

/// Two clusters in one quadrant, an empty class, more clusters than classes: said, and named.
#[test]
fn shared_and_empty_classes_are_said() {
    let mut model = sme();
    model.clusters.k = 6;
    let mut log = Diagnostics::new();
    let files = [example("judgements.csv"), example("scores.csv")];
    let ours = evaluate(&model, &files, &mut log).unwrap();
    assert!(ours.values.iter().all(|customer| customer.class.is_some()));
    let codes: Vec<Code> = log.iter().map(|d| d.code).collect();
    assert!(codes.contains(&Code::ClassCount) && codes.contains(&Code::ClassShared), "{codes:?}");
    model.clusters.k = 2;
    let mut log = Diagnostics::new();
    let ours = evaluate(&model, &files, &mut log).unwrap();
    assert_eq!(ours.naming.empty.len(), 2);
    assert!(log.iter().any(|d| d.code == Code::ClassEmpty));
}

/// One cluster is its own cut by the rule of the centres: the middle of the scale parts instead.
#[test]
fn a_single_cluster_is_named_by_the_middle_of_the_scale() {
    let mut model = sme();
    model.clusters.k = 1;
    let mut log = Diagnostics::new();
    let files = [example("judgements.csv"), example("scores.csv")];
    let ours = evaluate(&model, &files, &mut log).unwrap();
    assert_eq!(ours.naming.clusters.len(), 1);
    let position = &ours.naming.clusters[0];
    assert!(ours.naming.cuts.iter().all(|cut| cut.cut == Cut::Scale));
    for (cut, (centre, level)) in
        ours.naming.cuts.iter().zip(position.centre.iter().zip(&position.levels))
    {
        assert_ne!(*centre, cut.at);
        assert_eq!(*level, if *centre > cut.at { Level::High } else { Level::Low });
    }
    assert!(ours.naming.notes.iter().any(|note| note.contains("single cluster")));
    assert!(ours.anova.is_empty());
}

/// The experts' own classes: one of ten differs.
#[test]
fn own_classes_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let ours = paper();
    let mut own = "Customer,Class\n".to_string();
    for (at, customer) in ours.values.iter().enumerate() {
        let class = if at == 0 { "value" } else { customer.class.as_deref().unwrap() };
        own += &format!("{},{class}\n", customer.customer);
    }
    let files = [example("judgements.csv"), example("scores.csv"), write(&folder, "own.csv", &own)];
    let compared = evaluate(&sme(), &files, &mut Diagnostics::new()).unwrap();
    let agreement = compared.own_classes.unwrap();
    assert_eq!((agreement.cases, agreement.share), (10, Some(0.9)));
    // Computed with scikit-learn 1.9.1: cohen_kappa_score and adjusted_rand_score.
    assert!(
        (agreement.kappa.unwrap() - 0.866_666_666_666_666_7).abs() < 1e-12,
        "{:?}",
        agreement.kappa
    );
    assert!(
        (agreement.adjusted_rand.unwrap() - 0.695_945_945_945_945_9).abs() < 1e-12,
        "{:?}",
        agreement.adjusted_rand
    );
}

/// A model of another shape runs as well: measured indicators, grades, one clustered variable,
/// classes by rank.
#[test]
fn a_model_of_another_shape_runs() {
    let mut log = Diagnostics::new();
    let model = Model::open("retail-loyalty", &mut log).unwrap();
    let folder = format!("{}/examples/retail-loyalty", env!("CARGO_MANIFEST_DIR"));
    let files = ["judgements.csv", "scores.csv", "measured.csv"].map(|f| format!("{folder}/{f}"));
    let ours = evaluate(&model, &files, &mut log).unwrap_or_else(|e| panic!("{e}"));
    let by_class = |class: &str| -> Vec<f64> {
        ours.values.iter().filter(|c| c.class.as_deref() == Some(class)).map(|c| c.value).collect()
    };
    let (low, mid, high) = (by_class("occasional"), by_class("regular"), by_class("friend"));
    let max = |values: &[f64]| values.iter().copied().fold(f64::MIN, f64::max);
    let min = |values: &[f64]| values.iter().copied().fold(f64::MAX, f64::min);
    assert!(!low.is_empty() && max(&low) < min(&mid) && max(&mid) < min(&high));
    let spending = ours.weights.node("spending").unwrap();
    assert_eq!(spending.weights, [0.75, 0.25]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let one = serde_json::to_string(&paper()).unwrap();
    assert_eq!(one, serde_json::to_string(&paper()).unwrap());
}

/// A CSV file as JSON: numbers as numbers; records by their headers, or rows of cells.
fn as_json(file: &str, records: bool) -> Value {
    let text = std::fs::read_to_string(file).unwrap();
    let cell = |text: &str| match text.parse::<f64>() {
        Ok(number) => Value::from(number),
        Err(_) if text.is_empty() => Value::Null,
        Err(_) => Value::from(text),
    };
    let rows: Vec<Vec<Value>> =
        text.lines().map(|line| line.split(',').map(cell).collect()).collect();
    if !records {
        return rows.into();
    }
    let record = |row: &Vec<Value>| {
        let keys = rows[0].iter().map(|key| key.as_str().unwrap().to_string());
        Value::Object(keys.zip(row.iter().cloned()).collect())
    };
    rows.iter().skip(1).map(record).collect()
}

/// Programs hand over JSON and get what the same tables give as CSV.
#[test]
fn json_gives_the_same_result_as_csv() {
    let folder = tempfile::tempdir().unwrap();
    for (model, example, sheets) in [
        ("sme", "sme-paper", ["Experts", "Judgements", "Scores"]),
        ("retail-loyalty", "retail-loyalty", ["Judgements", "Measured", "Scores"]),
    ] {
        let model = Model::open(model, &mut Diagnostics::new()).unwrap();
        let root = env!("CARGO_MANIFEST_DIR");
        let files =
            sheets.map(|sheet| format!("{root}/examples/{example}/{}.csv", sheet.to_lowercase()));
        let run = |files: &[String]| evaluate(&model, files, &mut Diagnostics::new()).unwrap();
        let from_csv = run(&files);
        for records in [true, false] {
            let tables = files.iter().map(|file| as_json(file, records));
            let book: Value =
                Value::Object(sheets.map(str::to_string).into_iter().zip(tables).collect());
            let from_json = run(&[write(&folder, "survey.json", &book.to_string())]);
            assert_eq!(from_json.weights, from_csv.weights);
            assert_eq!(from_json.values, from_csv.values);
            assert_eq!(from_json.clusters, from_csv.clusters);
            assert_eq!(from_json.classes, from_csv.classes);
            assert_eq!(from_json.anova, from_csv.anova);
        }
        // One table a file, as CSV is; the file's name says what it is only where it must.
        let apart: Vec<String> = files
            .iter()
            .map(|file| {
                let name = file.rsplit('/').next().unwrap().replace(".csv", ".json");
                write(&folder, &name, &as_json(file, true).to_string())
            })
            .collect();
        assert_eq!(run(&apart).values, from_csv.values);
    }
}

//! AHP against published and independently computed figures.

use custval::diagnostic::{Code, Diagnostics, Severity};
use custval::evaluation::{Weighing, weigh_files};
use custval::judgement::{Matrix, geometric_mean};
use custval::model::{RandomIndex, WeightRules};
use custval::priority::{consistency, eigenvector, row_geometric_mean};
use serde_json::Value;
use std::path::Path;

const FIXTURES: &str = include_str!("fixtures/ahp.json");

fn fixtures(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(FIXTURES).unwrap();
    all[kind].as_array().unwrap().clone()
}

fn fraction(text: &str) -> f64 {
    match text.split_once('/') {
        Some((above, below)) => above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap(),
        None => text.parse().unwrap(),
    }
}

fn matrix(rows: &Value) -> Matrix {
    let rows: Vec<Vec<f64>> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_array().unwrap().iter().map(|e| fraction(e.as_str().unwrap())).collect())
        .collect();
    Matrix::from_rows(&rows).unwrap()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn near(ours: &[f64], theirs: &[f64], tolerance: f64, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (a, b) in ours.iter().zip(theirs) {
        assert!((a - b).abs() <= tolerance, "{what}: {ours:?} instead of {theirs:?}");
    }
}

/// The fixtures' eigenvectors are from a computation with 50 digits; so is λmax. CR under eleven
/// tables, and under Alonso and Lamata's line.
#[test]
fn every_complete_matrix_has_the_weights_and_the_consistency_of_the_fixtures() {
    let matrices = fixtures("matrices");
    assert_eq!(matrices.len(), 44);
    let mut tables = 0;
    for fixture in matrices {
        let id = fixture["id"].as_str().unwrap();
        let expected = &fixture["recomputed"];
        let matrix = matrix(&fixture["matrix"]);
        let n = matrix.size();
        let perron = eigenvector(&matrix);
        near(&perron.weights, &numbers(&expected["weights_eigenvector"]), 1e-12, id);
        let lambda = expected["lambda_max"].as_f64().unwrap();
        near(&[perron.lambda_max], &[lambda], 1e-12 * lambda.max(1.0), id);
        near(&row_geometric_mean(&matrix), &numbers(&expected["weights_rgmm"]), 1e-12, id);
        for (table, cr) in expected["CR"].as_object().into_iter().flatten() {
            let Some(cr) = cr.as_f64() else { continue };
            let index: RandomIndex = table.parse().unwrap();
            let ours = consistency(perron.lambda_max, n, index, 0.1);
            near(&[ours.cr], &[cr], 1e-10, &format!("{id} under {table}"));
            assert_eq!(ours.ri_table, index, "{id} under {table}");
            tables += 1;
        }
    }
    assert!(tables > 400, "{tables}");
}

#[test]
fn groups_are_weighted_geometric_means() {
    for fixture in fixtures("groups") {
        let id = fixture["id"].as_str().unwrap();
        let expected = &fixture["recomputed"];
        let matrices: Vec<Matrix> =
            fixture["matrices"].as_array().unwrap().iter().map(matrix).collect();
        let weights = numbers(&fixture["expert_weights"]);
        let weighted: Vec<(f64, &Matrix)> = weights.into_iter().zip(&matrices).collect();
        let group = geometric_mean(&weighted).unwrap();
        for (row, expected) in group.rows().iter().zip(expected["aij_matrix"].as_array().unwrap()) {
            near(row, &numbers(expected), 1e-12, id);
        }
        let perron = eigenvector(&group);
        near(&perron.weights, &numbers(&expected["aij_weights_eigenvector"]), 1e-12, id);
        let cr = consistency(perron.lambda_max, group.size(), RandomIndex::Saaty1980, 0.1).cr;
        near(&[cr], &[expected["aij_CR_saaty1980"].as_f64().unwrap()], 1e-10, id);
        near(&row_geometric_mean(&group), &numbers(&expected["aij_weights_rgmm"]), 1e-12, id);
    }
}

/// Runs `weigh` on a CSV text.
fn weigh_csv(text: &str) -> (Option<Weighing>, Diagnostics) {
    weigh_named(text, "judgements.csv")
}

fn weigh_named(text: &str, name: &str) -> (Option<Weighing>, Diagnostics) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    weigh_path(&path)
}

fn weigh_path(path: &Path) -> (Option<Weighing>, Diagnostics) {
    let mut log = Diagnostics::new();
    let files = [path.display().to_string()];
    match weigh_files(None, WeightRules::default(), &files, &mut log) {
        Ok(weighing) => (Some(weighing), log),
        Err(custval::Error::Input(all)) => (None, all),
        Err(failure) => panic!("{failure}"),
    }
}

/// Global weights of the built-in tree, and of the classic trees goal → criteria → alternatives,
/// whose alternatives are told apart by the criterion they stand under.
#[test]
fn hierarchies_multiply_down() {
    for fixture in fixtures("hierarchies") {
        let id = fixture["id"].as_str().unwrap();
        if let Some(tree) = fixture["tree"].as_object() {
            let mut csv = "Expert,Node,A,B,Value\n".to_string();
            let judgements = fixture["judgements_upper_triangle_rowwise"].as_object().unwrap();
            for (expert, nodes) in judgements {
                for (node, upper) in nodes.as_object().unwrap() {
                    let items = tree[node].as_array().unwrap();
                    let pairs =
                        (0..items.len()).flat_map(|i| (i + 1..items.len()).map(move |j| (i, j)));
                    for ((i, j), judgement) in pairs.zip(upper.as_array().unwrap()) {
                        let (a, b) = (items[i].as_str().unwrap(), items[j].as_str().unwrap());
                        csv +=
                            &format!("{expert},{node},{a},{b},{}\n", judgement.as_str().unwrap());
                    }
                }
            }
            let (weighing, log) = weigh_csv(&csv);
            let weights = weighing.unwrap_or_else(|| panic!("{}", log.text(false))).weights;
            let expected = &fixture["recomputed"];
            for (code, weight) in expected["global_leaf_weights"].as_object().unwrap() {
                let ours = weights.global_weights.get(code).unwrap();
                near(&[ours], &[weight.as_f64().unwrap()], 1e-12, &format!("{id} {code}"));
            }
            for (node, lambda) in expected["lambda_max"].as_object().unwrap() {
                let ours = weights.node(node).unwrap().lambda_max.unwrap();
                near(&[ours], &[lambda.as_f64().unwrap()], 1e-12 * 6.0, &format!("{id} {node}"));
            }
            for (node, cr) in expected["CR_saaty1980"].as_object().unwrap() {
                let ours = weights.node(node).unwrap().cr.unwrap();
                near(&[ours], &[cr.as_f64().unwrap()], 1e-10, &format!("{id} {node}"));
            }
        } else {
            let all = fixtures("matrices");
            let inline = fixture["inline_matrices"].as_object();
            let of = |name: &Value| {
                let name = name.as_str().unwrap();
                let given = inline.and_then(|inline| inline.get(name));
                let listed = all.iter().find(|matrix| matrix["id"] == name);
                eigenvector(&matrix(given.unwrap_or_else(|| &listed.unwrap()["matrix"]))).weights
            };
            let criteria = of(&fixture["criteria_fixture"]);
            let below = fixture["alternative_fixtures"].as_array().unwrap();
            let mut totals = vec![0.0; 3];
            for (criterion, alternatives) in criteria.iter().zip(below.iter().map(of)) {
                for (total, local) in totals.iter_mut().zip(alternatives) {
                    *total += criterion * local;
                }
            }
            near(&totals, &numbers(&fixture["recomputed"]["distributive"]), 1e-12, id);
        }
    }
}

/// A matrix of texts as a CSV file: items across and down.
fn matrix_csv(rows: &Value) -> String {
    let rows = rows.as_array().unwrap();
    let names: Vec<String> =
        (1..=rows[0].as_array().unwrap().len()).map(|i| format!("C{i}")).collect();
    let mut csv = format!("item,{}\n", names.join(","));
    for (row, name) in rows.iter().zip(&names) {
        let cells: Vec<String> = row
            .as_array()
            .unwrap()
            .iter()
            .map(|cell| format!("\"{}\"", cell.as_str().unwrap()))
            .collect();
        csv += &format!("{name},{}\n", cells.join(","));
    }
    csv
}

fn said(log: &Diagnostics) -> Vec<(Severity, Code)> {
    log.iter().map(|diagnostic| (diagnostic.severity, diagnostic.code)).collect()
}

/// Each error case is refused with a message that names the fault and its cell, or repaired with
/// the warning that the fixture asks for.
#[test]
fn error_cases_are_refused_or_repaired_with_a_word() {
    use Severity::{Error, Warning};
    let expected = [
        ("err_nonreciprocal", Error, Code::JudgementContradiction, "C3"),
        ("err_both_above_one", Error, Code::JudgementContradiction, "C2"),
        ("err_diag", Error, Code::JudgementSelf, "C1"),
        ("err_zero", Error, Code::JudgementOutOfScale, "C2"),
        ("err_negative", Error, Code::JudgementOutOfScale, "C2"),
        ("err_nonsquare", Error, Code::JudgementShape, "C3"),
        ("err_text", Error, Code::JudgementNotANumber, "C2"),
        ("err_out_of_scale", Error, Code::JudgementOutOfScale, "C2"),
        ("err_nan", Error, Code::JudgementMissing, "C2"),
        ("err_excel_serial", Error, Code::JudgementDateSerial, "C2"),
        ("err_percent", Warning, Code::JudgementRepaired, "C2"),
        ("err_comma_decimal", Warning, Code::JudgementRepaired, "C2"),
        ("err_both_triangles_disagree_softly", Warning, Code::JudgementSnapped, "C1"),
    ];
    let cases = fixtures("error_cases");
    for (id, severity, code, place) in expected {
        let case = cases.iter().find(|case| case["id"] == id).unwrap();
        let (weighing, log) = weigh_csv(&matrix_csv(&case["input"]));
        assert_eq!(weighing.is_none(), severity == Error, "{id}: {}", log.text(false));
        let found = log.iter().find(|d| d.severity == severity && d.code == code);
        let found = found.unwrap_or_else(|| panic!("{id}: {}", log.text(false)));
        let shown = found.place.as_ref().unwrap().to_string();
        assert!(shown.contains("judgements.csv:") && shown.ends_with(place), "{id}: {shown}");
        assert!(severity == Warning || found.hint.is_some(), "{id}");
    }
}

#[test]
fn long_tables_tell_doubled_reversed_unknown_and_self_comparisons() {
    let head = "Expert,Node,A,B,Value\nAnn,goal,Price,Profit,2\nAnn,goal,Price,Speed,3\n";
    let whole = format!("{head}Ann,goal,Profit,Speed,2\n");
    assert!(weigh_csv(&whole).0.is_some());
    let cases = [
        (
            "Ann,goal,Price,Profit,5\n",
            Code::JudgementDuplicate,
            "judgements.csv:5",
            "judgements.csv:2",
        ),
        (
            "Ann,goal,Profit,Price,3\n",
            Code::JudgementContradiction,
            "judgements.csv:2",
            "judgements.csv:5",
        ),
        ("Ann,goal,Price,Price,3\n", Code::JudgementSelf, "judgements.csv:5", ""),
    ];
    for (row, code, place, other) in cases {
        let (weighing, log) = weigh_csv(&format!("{whole}{row}"));
        assert!(weighing.is_none(), "{row}");
        let fault =
            log.iter().find(|d| d.code == code).unwrap_or_else(|| panic!("{}", log.text(false)));
        assert!(fault.place.as_ref().unwrap().to_string().contains(place), "{fault}");
        assert!(fault.hint.as_ref().unwrap().contains(other), "{fault}");
    }
    // Without a model a misspelt name is a new item, whose comparisons are missing.
    let (_, log) = weigh_csv(&whole.replace("Ann,goal,Profit,", "Ann,goal,Profitt,"));
    assert!(said(&log).contains(&(Severity::Error, Code::JudgementMissing)));
    // With a model it is refused, and the nearest name offered.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("j.csv");
    std::fs::write(&path, "Expert,Node,A,B,Value\nAnn,current_value,Profitt,Purchases,3\n")
        .unwrap();
    let mut log = Diagnostics::new();
    let model = custval::model::Model::open("sme", &mut log).unwrap();
    let files = [path.display().to_string()];
    let refused = weigh_files(Some(&model), model.weights, &files, &mut log);
    assert!(refused.is_err());
    let fault = log.iter().find(|d| d.code == Code::JudgementUnknownName).unwrap().to_string();
    assert!(fault.contains("j.csv:2") && fault.contains("did you mean “Profit”?"), "{fault}");
}

/// A workbook in which Excel made a date of a typed 1/3, and others typed 0.333 and 1/5.
#[test]
fn the_date_trap_is_repaired_with_a_warning_that_names_the_cell() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/date_trap.xlsx");
    let (weighing, log) = weigh_path(&path);
    let weighing = weighing.unwrap_or_else(|| panic!("{}", log.text(false)));
    let rows = weighing.weights.nodes[0].matrix.as_ref().unwrap().rows();
    assert_eq!((rows[0][1], rows[0][2], rows[1][2]), (1.0 / 3.0, 0.2, 1.0 / 3.0));
    let warning = log.iter().find(|d| d.code == Code::JudgementDate).unwrap();
    assert_eq!(warning.severity, Severity::Warning);
    assert!(warning.place.as_ref().unwrap().to_string().ends_with("'PW E1'!C2"));
}

#[test]
fn sizes_beyond_the_table_are_said() {
    let items = 20;
    let mut csv = "Expert,Node,A,B,Value\n".to_string();
    for i in 0..items {
        for j in i + 1..items {
            csv +=
                &format!("Ann,goal,I{i:02},I{j:02},{}\n", if (i + j) % 3 == 0 { "2" } else { "1" });
        }
    }
    let (weighing, log) = weigh_csv(&csv);
    let node = &weighing.unwrap().weights.nodes[0];
    assert_eq!((node.ri_table, node.ri), (RandomIndex::Ahpsurvey500k, Some(1.6288505)));
    assert!(said(&log).contains(&(Severity::Warning, Code::RandomIndexBeyondTable)));
}

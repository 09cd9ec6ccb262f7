//! What a weighing keeps beside the weights: gaps, contradictions, repairs, groups, who is left out,
//! and the sheets that go back to experts.

use custval::diagnostic::{Code, Diagnostics, Severity};
use custval::evaluation::{Weighing, evaluate, weigh_files};
use custval::model::{
    Aggregate, Blend, Combine, Gaps, JudgementScale, Model, Objective, WeightRules,
};
use custval::report;
use serde_json::Value;

const THREE: &str = "Expert,Node,A,B,Value
Ann,goal,Price,Profit,2
Ann,goal,Price,Speed,1/5
Ann,goal,Price,Size,3
Ann,goal,Profit,Speed,4
Ann,goal,Profit,Size,3
Ann,goal,Speed,Size,2
Ben,goal,Price,Profit,3
Ben,goal,Price,Speed,5
Ben,goal,Price,Size,4
Ben,goal,Profit,Speed,2
Ben,goal,Profit,Size,2
Ben,goal,Speed,Size,1
Cid,goal,Price,Profit,2
Cid,goal,Price,Speed,4
Cid,goal,Price,Size,4
Cid,goal,Profit,Speed,2
Cid,goal,Profit,Size,2
Cid,goal,Speed,Size,1
";

fn weigh(text: &str, rules: WeightRules) -> (Option<Weighing>, Diagnostics) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("judgements.csv");
    std::fs::write(&path, text).unwrap();
    let mut log = Diagnostics::new();
    match weigh_files(None, rules, &[path.display().to_string()], &mut log) {
        Ok(weighing) => (Some(weighing), log),
        Err(custval::Error::Input(all)) => (None, all),
        Err(failure) => panic!("{failure}"),
    }
}

fn without_rows(text: &str, names: &[&str]) -> String {
    let keeps = |line: &&str| !names.iter().any(|name| line.starts_with(name));
    text.lines().filter(keeps).map(|line| format!("{line}\n")).collect()
}

fn found(log: &Diagnostics, code: Code, severity: Severity) -> Vec<&str> {
    let matching = log.iter().filter(|d| d.code == code && d.severity == severity);
    matching.map(|d| d.message.as_str()).collect()
}

const FILL: WeightRules = WeightRules {
    method: custval::model::Method::Eigenvector,
    random_index: custval::model::RandomIndex::Saaty1980,
    consistency_limit: 0.10,
    scale_max: 9.0,
    scale: JudgementScale::Linear,
    aggregate: Aggregate::Aij,
    incomplete: Gaps::LambdaMin,
    exclude_above: None,
    blend: None,
};

/// Harker's example and the one of Bozóki, Fülöp and Rónyai, as a user would give them.
#[test]
fn comparisons_left_empty_are_decided_by_the_others() {
    let harker = "Expert,Node,A,B,Value\nAnn,goal,a,b,2\nAnn,goal,b,c,2\n";
    let (refused, log) = weigh(harker, WeightRules::default());
    assert!(refused.is_none());
    assert_eq!(found(&log, Code::JudgementMissing, Severity::Error).len(), 1);
    for incomplete in [Gaps::LambdaMin, Gaps::Llsm] {
        let (weighing, log) = weigh(harker, WeightRules { incomplete, ..FILL });
        let weighing = weighing.unwrap();
        let node = &weighing.weights.nodes[0];
        for (weight, expected) in node.weights.iter().zip([4.0, 2.0, 1.0]) {
            assert!((weight - expected / 7.0).abs() < 1e-12);
        }
        assert_eq!(node.cr, Some(0.0));
        let said = found(&log, Code::JudgementIncomplete, Severity::Warning);
        assert_eq!(said, ["Ann left 1 of 3 comparisons under “goal” empty: “a” with “c”"]);
        let json = serde_json::to_value(&weighing).unwrap();
        let incomplete_json = &json["nodes"][0]["incomplete"];
        assert_eq!(
            (&incomplete_json["known"], &incomplete_json["missing"]),
            (&2.into(), &1.into())
        );
        assert_eq!(incomplete_json["method"], incomplete.as_str());
        assert_eq!(json["nodes"][0]["experts"][0]["matrix"][0][2], Value::Null);
    }
    let bozoki = "Expert,Node,A,B,Value
Ann,goal,a,b,1\nAnn,goal,a,c,5\nAnn,goal,a,d,2\nAnn,goal,b,c,3\nAnn,goal,b,d,4\n";
    let (weighing, _) = weigh(bozoki, FILL);
    let node = weighing.unwrap().weights.nodes.remove(0);
    let expected =
        [0.3737868843406159, 0.3919925483369158, 0.09848421768550744, 0.1357363496369609];
    for (weight, expected) in node.weights.iter().zip(expected) {
        assert!((weight - expected).abs() < 1e-10);
    }
    assert!((node.cr.unwrap() - 0.030789097979752118 / 0.583).abs() < 1e-9);
    let (weighing, _) = weigh(bozoki, WeightRules { incomplete: Gaps::Llsm, ..FILL });
    let llsm = weighing.unwrap().weights.nodes.remove(0);
    let expected =
        [0.3741829541717732, 0.3916330283977237, 0.09884074851905233, 0.13534326891145076];
    for (weight, expected) in llsm.weights.iter().zip(expected) {
        assert!((weight - expected).abs() < 1e-12);
    }
}

/// Two pairs that nothing connects: AHPy and others give weights all the same.
#[test]
fn groups_that_nothing_connects_are_named() {
    let pairs = "Expert,Node,A,B,Value\nAnn,goal,a,b,3\nAnn,goal,c,d,2\n";
    let (refused, log) = weigh(pairs, FILL);
    assert!(refused.is_none());
    let said = found(&log, Code::JudgementDisconnected, Severity::Error);
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("{a, b} and {c, d}"), "{}", said[0]);
    // Another expert's comparison connects them; Ann alone has no weights, and that is said.
    let (weighing, log) = weigh(&format!("{pairs}Ben,goal,b,c,1\n"), FILL);
    let weighing = weighing.unwrap_or_else(|| panic!("{}", log.text(false)));
    let node = &weighing.weights.nodes[0];
    // a : b : c : d as 3 : 1 : 1 : 1/2.
    for (weight, expected) in node.weights.iter().zip([6.0, 2.0, 2.0, 1.0]) {
        assert!((weight - expected / 11.0).abs() < 1e-12);
    }
    assert_eq!(node.experts[0].weights, None);
    assert_eq!(found(&log, Code::JudgementDisconnected, Severity::Warning).len(), 2);
    // Combining weights needs everybody's own.
    let aip = WeightRules { aggregate: Aggregate::Aip, ..FILL };
    let (refused, log) = weigh(&format!("{pairs}Ben,goal,b,c,1\n"), aip);
    assert!(refused.is_none());
    assert_eq!(found(&log, Code::JudgementDisconnected, Severity::Error).len(), 2);
}

#[test]
fn experts_above_a_limit_are_left_out_and_it_is_said() {
    let all = weigh(THREE, WeightRules::default()).0.unwrap().weights;
    let ann = all.nodes[0].experts[0].cr().unwrap();
    assert!(ann > 0.2 && all.nodes[0].experts[1].cr().unwrap() < 0.1);
    let rules = WeightRules { exclude_above: Some(0.2), ..WeightRules::default() };
    let (weighing, log) = weigh(THREE, rules);
    let weights = weighing.unwrap().weights;
    let without_ann = weigh(&without_rows(THREE, &["Ann"]), WeightRules::default()).0.unwrap();
    assert_eq!(weights.nodes[0].weights, without_ann.weights.nodes[0].weights);
    assert_eq!(found(&log, Code::ExpertExcluded, Severity::Warning).len(), 1);
    let included: Vec<bool> = weights.nodes[0].experts.iter().map(|own| own.included).collect();
    assert_eq!(included, [false, true, true]);
    // The same weights are those kept as “without Ann”, to the rounding of another order of sums.
    let kept = all.nodes[0].without[0].weights.as_ref().unwrap();
    for (kept, alone) in kept.iter().zip(&without_ann.weights.nodes[0].weights) {
        assert!((kept - alone).abs() < 1e-13);
    }
    let nobody = WeightRules { exclude_above: Some(1e-6), ..WeightRules::default() };
    let only_ann = without_rows(THREE, &["Ben", "Cid"]);
    let (refused, log) = weigh(&only_ann, nobody);
    assert!(refused.is_none());
    assert_eq!(found(&log, Code::ExpertsAllExcluded, Severity::Error).len(), 1);
}

/// The repair that is offered, made in the file, brings the expert below the limit; its sheet is made
/// for that expert alone.
#[test]
fn a_repair_made_in_the_file_mends_it() {
    let (weighing, log) = weigh(THREE, WeightRules::default());
    let weighing = weighing.unwrap();
    let repairs = &weighing.weights.nodes[0].repair;
    assert!(!repairs.is_empty() && repairs.iter().all(|repair| repair.expert == "Ann"));
    assert!(repairs.last().unwrap().cr <= 0.1);
    let warned =
        log.iter().find(|d| d.code == Code::ConsistencyOverLimit && d.message.contains("Ann"));
    assert!(warned.unwrap().hint.as_ref().unwrap().contains("instead of"));
    let mut mended = THREE.to_string();
    for repair in repairs {
        let start = format!("Ann,goal,{},{},", repair.a, repair.b);
        let lines = mended.lines().map(|line| match line.starts_with(&start) {
            true => format!("{start}{}\n", custval::text::ratio(repair.to)),
            false => format!("{line}\n"),
        });
        mended = lines.collect();
    }
    let after = weigh(&mended, WeightRules::default()).0.unwrap().weights;
    let cr = after.nodes[0].experts[0].cr().unwrap();
    assert!((cr - repairs.last().unwrap().cr).abs() < 1e-12);
    assert!(after.nodes[0].repair.is_empty());
    let sheets = report::revisions(&weighing).unwrap();
    assert_eq!(sheets.len(), 1);
    assert_eq!(sheets[0].0, "Ann");
    assert_eq!(&sheets[0].1[..2], b"PK");
    assert_eq!(report::revisions(&weighing).unwrap(), sheets);
    assert_eq!(&report::weighing_workbook(&weighing).unwrap()[..2], b"PK");
}

#[test]
fn ways_to_combine_stand_side_by_side() {
    let aij = weigh(THREE, WeightRules::default()).0.unwrap().weights;
    let ways = aij.nodes[0].aggregates.clone().unwrap();
    assert_eq!(aij.nodes[0].weights, ways.aij);
    for (aggregate, expected) in
        [(Aggregate::Aip, &ways.aip), (Aggregate::AipArithmetic, &ways.aip_arithmetic)]
    {
        let rules = WeightRules { aggregate, ..WeightRules::default() };
        let weights = weigh(THREE, rules).0.unwrap().weights;
        assert_eq!(Some(&weights.nodes[0].weights), expected.as_ref());
        assert_ne!(weights.nodes[0].weights, ways.aij);
    }
    // By the row geometric mean both orders of averaging are the same.
    let rules = WeightRules { method: custval::model::Method::Rgmm, ..WeightRules::default() };
    let ways = weigh(THREE, rules).0.unwrap().weights.nodes[0].aggregates.clone().unwrap();
    for (one, other) in ways.aij.iter().zip(ways.aip.unwrap()) {
        assert!((one - other).abs() < 1e-14);
    }
    assert!(aij.consensus.is_some() && aij.kendall_w.is_some());
    assert_eq!(aij.without.len(), 3);
    assert_eq!(aij.nodes[0].consensus, aij.consensus);
}

#[test]
fn the_contract_of_weigh_is_kept() {
    let weighing = weigh(THREE, WeightRules::default()).0.unwrap();
    let json = serde_json::to_value(&weighing).unwrap();
    let node = &json["nodes"][0];
    for name in ["gci", "worst", "repair", "consensus", "kendall_w", "without", "triads"] {
        assert!(!node[name].is_null(), "{name}");
    }
    assert!(node.as_object().unwrap().contains_key("incomplete"));
    for (list, names) in [
        ("worst", &["a", "b", "given", "suggested"][..]),
        ("repair", &["expert", "a", "b", "from", "to", "cr"]),
        ("without", &["expert", "weights"]),
    ] {
        for name in names {
            assert!(!node[list][0][name].is_null(), "{list}[].{name}");
        }
    }
    // No name stands twice in one object: experts are the list, their shares have their own name.
    assert!(json["experts"].is_array() && json["expert_shares"].is_object());
}

#[test]
fn another_scale_changes_what_a_step_is_worth() {
    let two = "Expert,Node,A,B,Value\nAnn,goal,a,b,3\n";
    let rules = WeightRules { scale: JudgementScale::Power, ..WeightRules::default() };
    let weights = weigh(two, rules).0.unwrap().weights;
    assert_eq!(weights.nodes[0].weights, [0.9, 0.1]);
    // Beyond 9 only the linear scale goes; a decimal is let through on that with a warning.
    let beyond = "Expert,Node,A,B,Value\nAnn,goal,a,b,9.5\n";
    let (refused, log) = weigh(beyond, rules);
    assert!(refused.is_none(), "{}", log.text(false));
    assert!(!found(&log, Code::JudgementOutOfScale, Severity::Error).is_empty());
}

fn study(change: impl Fn(&mut Model)) -> custval::evaluation::Evaluation {
    let mut log = Diagnostics::new();
    let mut model = Model::open("sme", &mut log).unwrap();
    change(&mut model);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/sme-paper.xlsx");
    evaluate(&model, &[path.to_string()], &mut log).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_blend_is_the_stated_mix_and_both_parts_are_kept() {
    let plain = study(|_| {});
    for objective in Objective::ALL {
        let blended =
            study(|model| model.weights.blend = Some(Blend { objective: *objective, share: 0.3 }));
        let blend = blended.weights.blend.as_ref().unwrap();
        assert_eq!(blend.judged, plain.weights.global_weights);
        let total: f64 = blend.objective.numbers().iter().sum();
        assert!((total - 1.0).abs() < 1e-12);
        for (code, weight) in blended.weights.global_weights.iter() {
            let mix =
                0.7 * blend.judged.get(code).unwrap() + 0.3 * blend.objective.get(code).unwrap();
            assert!((weight - mix).abs() < 1e-15);
        }
        // The parts above are the sums, and X1 = X2 + X3 all the same.
        let parts = &blended.weights.part_weights;
        assert!((parts.get("customer_value").unwrap() - 1.0).abs() < 1e-12);
        for customer in &blended.values {
            let dimensions: f64 = customer.dimensions.numbers().iter().sum();
            assert!((customer.value - dimensions).abs() < 1e-12);
        }
    }
}

#[test]
fn scores_agree_and_rankings_correlate_in_the_study() {
    let study_json = serde_json::to_value(study(|_| {})).unwrap();
    let agreement = &study_json["agreement"];
    assert_eq!(agreement["indicators"].as_array().unwrap().len(), 15);
    for name in ["krippendorff_alpha", "kendall_w", "icc", "mean_range"] {
        assert!(!agreement["indicators"][0][name].is_null(), "{name}");
    }
    let rankings = &study_json["rankings"];
    assert_eq!(rankings["customers"].as_array().unwrap().len(), 10);
    for pair in rankings["correlations"].as_array().unwrap() {
        let rho = pair["spearman"].as_f64().unwrap();
        assert!((0.5..=1.0).contains(&rho), "{pair}");
    }
    // Customer 6 is first by all three.
    for method in ["weighted_sum", "topsis", "vikor"] {
        assert_eq!(rankings["customers"][5][method], 1, "{method}");
    }
}

#[test]
fn scores_by_median_lie_among_those_given() {
    let median = study(|model| model.combine = Combine::Median);
    let halves = |score: f64| (score * 2.0 - (score * 2.0).round()).abs() < 1e-12;
    assert!(median.indicators.scores.iter().flatten().flatten().all(|score| halves(*score)));
    let trimmed = study(|model| model.combine = Combine::TrimmedMean);
    // Four experts: the mean of the two in the middle is the median.
    assert_eq!(trimmed.indicators.scores, median.indicators.scores);
    assert_ne!(median.indicators.scores, study(|_| {}).indicators.scores);
}

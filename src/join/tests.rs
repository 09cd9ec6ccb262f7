use super::*;
use crate::survey::Wanted;
use crate::transactions::{Options, read};
use crate::workbook::Book;

const MODEL: &str = "
name = 'm'
goal = { code = 'v', name = 'Value' }
indicator = [
    { code = 'a', name = 'A', parent = 'v', weight = 1 },
    { code = 'b', name = 'B', parent = 'v', weight = 1, source = 'transactions', metric = 'monetary' },
]
[scores]
unmatched = 'UNMATCHED'
";

/// Joins customers of scores with customers of sales by a rule.
fn joined(scores: &[&str], sales: &[&str], unmatched: &str) -> (People, Diagnostics) {
    let mut log = Diagnostics::new();
    let model = MODEL.replace("UNMATCHED", unmatched);
    let model = Model::parse(&model, "m.toml", &mut log).unwrap();
    let rows: String = scores.iter().map(|name| format!("{name},Ann,3\n")).collect();
    let text = format!("Customer,Expert,a\n{rows}");
    let book = Book::read("scores.csv", text.as_bytes(), &mut log).unwrap();
    let survey = Survey::read(&[book], Wanted::Everything(&model), &mut log);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sales.csv");
    let rows: String = sales.iter().map(|name| format!("{name},2024-01-02,5\n")).collect();
    std::fs::write(&file, format!("customer,date,amount\n{rows}")).unwrap();
    let name = file.display().to_string();
    let sales = read(&[name], &Options::default(), &mut Diagnostics::new(), &mut |_| {}).unwrap();
    let people = join(&survey, Some(&Customers::of(&sales)), &model, &mut log);
    (people, log)
}

fn names(people: &People) -> Vec<&str> {
    people.all.iter().map(|person| person.name.as_str()).collect()
}

#[test]
fn names_are_joined_as_people_read_them() {
    let scores = ["Ｃ１", "müller", "Zoe"];
    let (people, log) = joined(&scores, &["zoe ", "C1", "Mu\u{308}ller"], "refuse");
    assert!(log.is_empty(), "{log:?}");
    assert_eq!(names(&people), ["C1", "müller", "Zoe"]);
    assert!(people.all.iter().all(|one| one.survey.is_some() && one.sales.is_some()));
    let joins = people.joins.unwrap();
    assert_eq!((joins.matched, joins.only_scores.len()), (3, 0));
}

#[test]
fn one_side_only_is_refused_left_out_or_kept() {
    let (scores, sales) = (["C-001", "C2", "C3"], ["C001", "C2", "D9"]);
    let (_, log) = joined(&scores, &sales, "refuse");
    let faults: Vec<String> = log.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 2);
    assert!(faults[0].contains("2 customers on the side of the scores only: C-001 and C3"));
    assert!(faults[0].contains("“C-001” may be “C001”"), "{}", faults[0]);
    let (people, log) = joined(&scores, &sales, "leave-out");
    assert!(!log.is_faulty());
    assert_eq!(names(&people), ["C2"]);
    let (people, log) = joined(&scores, &sales, "neutral");
    assert_eq!(log.warnings().len(), 2);
    assert_eq!(names(&people), ["C-001", "C2", "C3", "C001", "D9"]);
    let joins = people.joins.unwrap();
    assert_eq!(joins.only_transactions, ["C001", "D9"]);
    let near = Near { scores: "C-001".into(), transactions: "C001".into() };
    assert_eq!(joins.near, [near]);
}

#[test]
fn no_overlap_and_doubled_ids_are_refused() {
    for unmatched in ["leave-out", "neutral"] {
        let (_, log) = joined(&["a"], &["b", "c"], unmatched);
        let faults: Vec<&Diagnostic> = log.iter().collect();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, Code::CustomerUnmatched);
        assert!(faults[0].message.contains("(a) is among those of the sales (b and c)"));
    }
    let (_, log) = joined(&["abc"], &["ABC", "Abc"], "refuse");
    assert!(log.iter().any(|fault| fault.code == Code::CustomerDuplicate));
    // Written exactly as in the scores, it is clear who is meant.
    let (people, log) = joined(&["abc"], &["ABC", "abc"], "refuse");
    assert!(log.is_empty());
    assert_eq!(people.all[0].sales, Some(1));
}

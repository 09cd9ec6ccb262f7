//! The study of small and medium-sized enterprises: four classes of ten customers.

use super::{Figure, Reproduction};
use crate::Error;
use crate::diagnostic::Diagnostics;
use crate::evaluation::{Evaluation, evaluate_survey};
use crate::model::{BUILTIN, Model};
use crate::survey::{Survey, Wanted};
use crate::workbook::Book;

/// The name of the study.
pub const SME_PAPER: &str = "sme-paper";

const JUDGEMENTS: &str = include_str!("../../examples/sme-paper/judgements.csv");
const SCORES: &str = include_str!("../../examples/sme-paper/scores.csv");

const INPUT: &str = "\
The study prints neither its experts' scores nor their judgements. The input used here is a \
reconstruction: whole scores from 1 to 5 and judgements on the 1–9 scale of four experts that were \
solved for so that every figure of Tables 2, 3 and 4 follows from them. They are not the authors' \
data, and their weights and single scores mean nothing beyond that.";

const REMARK: &str = "\
Sig. .003 for X3 does not follow from the study's own F: F = 18.498 with 3 and 6 degrees of freedom \
has the probability 0.00196, which SPSS prints as .002.";

const VARIABLES: [&str; 3] = ["X1", "X2", "X3"];

/// Table 2: final cluster centres.
const CENTRES: [[&str; 4]; 3] = [
    ["2.4968", "2.7262", "3.4112", "4.2575"],
    ["1.4789", "1.2686", "2.1404", "2.7546"],
    ["1.0179", "1.4576", "1.2708", "1.5029"],
];

/// Table 3: the shift of each centre in each iteration.
const SHIFTS: [[&str; 4]; 2] = [[".116", ".128", ".035", ".205"], ["0", "0", "0", "0"]];

/// Table 4: F and Sig. of each variable.
const TESTS: [[&str; 2]; 3] = [["108.622", ".000"], ["38.270", ".000"], ["18.498", ".003"]];

/// The customers that were the initial centres, and each class's customers.
const STARTS: &str = "1, 9, 5, 6";
const CLASSES: [(&str, &str); 4] = [
    ("low-value", "1, 7, 8"),
    ("potential-value", "2, 9"),
    ("sub-value", "3, 5, 10"),
    ("value", "4, 6"),
];

/// Computes the study from the reconstructed input and sets each printed figure beside ours.
///
/// # Errors
/// Only a failure of ours: the input is part of the program.
///
/// ```
/// let study = custval::study::sme_paper().unwrap();
/// let unequal: Vec<_> = study.figures.iter().filter(|figure| !figure.equal).collect();
/// assert_eq!(unequal.len(), 1);
/// assert_eq!((unequal[0].printed.as_str(), unequal[0].shown.as_str()), (".003", ".002"));
/// ```
pub fn sme_paper() -> Result<Reproduction, Error> {
    let evaluation = evaluation()?;
    let figures: Vec<Figure> = [
        centres(&evaluation),
        history(&evaluation),
        tests(&evaluation),
        starts_and_classes(&evaluation),
    ]
    .concat();
    Ok(Reproduction {
        study: SME_PAPER.to_string(),
        title: "Customer value of small and medium-sized enterprises".to_string(),
        input: INPUT.to_string(),
        equal: figures.iter().filter(|figure| figure.equal).count(),
        figures,
        remarks: vec![REMARK.to_string()],
        steps: Vec::new(),
        corrected: Vec::new(),
        evaluation: Some(evaluation),
    })
}

fn evaluation() -> Result<Evaluation, Error> {
    let mut log = Diagnostics::new();
    let model = BUILTIN
        .iter()
        .find(|builtin| builtin.name == "sme")
        .and_then(|builtin| Model::parse(builtin.text, "sme", &mut log));
    let books: Vec<Book> = [("judgements.csv", JUDGEMENTS), ("scores.csv", SCORES)]
        .into_iter()
        .filter_map(|(file, text)| Book::read(file, text.as_bytes(), &mut log))
        .collect();
    let model = model.ok_or_else(|| Error::internal("the built-in model is faulty"))?;
    let survey = Survey::read(&books, Wanted::Everything(&model), &mut log);
    evaluate_survey(&model, &survey, &mut log)
}

fn centres(evaluation: &Evaluation) -> Vec<Figure> {
    let table = "Table 2, final cluster centres";
    let ours = &evaluation.clusters.centres;
    (0..3)
        .flat_map(|v| (0..4).map(move |c| (v, c)))
        .filter_map(|(v, c)| {
            let computed = *ours.get(c)?.get(v)?;
            let column = format!("cluster {}", c + 1);
            Some(Figure::number(table, VARIABLES[v], &column, CENTRES[v][c], computed))
        })
        .collect()
}

fn history(evaluation: &Evaluation) -> Vec<Figure> {
    let table = "Table 3, iteration history";
    let ours = &evaluation.clusters.history;
    (0..2)
        .flat_map(|i| (0..4).map(move |c| (i, c)))
        .filter_map(|(i, c)| {
            let computed = *ours.get(i)?.shifts.get(c)?;
            let (row, column) = (format!("iteration {}", i + 1), format!("cluster {}", c + 1));
            Some(Figure::number(table, &row, &column, SHIFTS[i][c], computed))
        })
        .collect()
}

fn tests(evaluation: &Evaluation) -> Vec<Figure> {
    let table = "Table 4, analysis of variance";
    let rows = evaluation.anova.iter().zip(VARIABLES).zip(TESTS);
    rows.flat_map(|((anova, variable), [f, sig])| {
        let figure = |column: &str, printed: &str, computed: Option<f64>| {
            computed.map(|computed| Figure::number(table, variable, column, printed, computed))
        };
        [figure("F", f, anova.f), figure("Sig.", sig, anova.p)]
    })
    .flatten()
    .collect()
}

fn starts_and_classes(evaluation: &Evaluation) -> Vec<Figure> {
    let numbers =
        |cases: &[usize]| cases.iter().map(|case| case.to_string()).collect::<Vec<_>>().join(", ");
    let starts = numbers(&evaluation.clusters.start_cases);
    let start = Figure::text("Initial centres", "customers", "", STARTS, &starts);
    let classes = CLASSES.into_iter().map(|(class, printed)| {
        let members: Vec<usize> = (0..evaluation.values.len())
            .filter(|&at| evaluation.values[at].class.as_deref() == Some(class))
            .map(|at| at + 1)
            .collect();
        Figure::text("Classes", class, "customers", printed, &numbers(&members))
    });
    std::iter::once(start).chain(classes).collect()
}

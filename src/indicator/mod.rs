//! Every indicator of every customer on the model's scale: experts' scores combined, measured values
//! and figures of sales brought onto it, blends of these, missing ones by the model's rule.

mod column;
mod combine;
mod concord;
mod disagreement;
mod missing;
mod record;
mod scale;

pub use column::{Column, Part};
pub(crate) use combine::{Cells, combined};
pub use concord::{IndicatorAgreement, ScoreAgreement};
pub use disagreement::Disagreement;
pub use missing::{Filled, LeftOut};
pub(crate) use record::Recorded;
pub use scale::Edges;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::join::{People, Person};
use crate::model::{Combine, Model, Source};
use crate::survey::Survey;
use crate::transactions::Customers;
use column::Sources;
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;

/// The scores of all customers on all indicators.
///
/// Serialises as two entries: `indicators`, a list of every score with the value that it comes from, and
/// `scoring`, how they came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicators {
    /// The customers that are evaluated, in the input's order.
    pub customers: Vec<String>,
    /// For each customer the score on each indicator of the model; `None` only where the rule
    /// "reweigh" lets the other indicators carry the weight.
    pub scores: Vec<Vec<Option<f64>>>,
    /// For each indicator the scores from each of its sources.
    pub columns: Vec<Column>,
    /// For each indicator where its scores come from, with counts.
    pub summary: Vec<Summary>,
    /// How the scores of several experts became one.
    pub combine: Combine,
    /// The experts who gave scores.
    pub experts: Vec<String>,
    /// How far they agree; `None` where no indicator was scored by two.
    pub agreement: Option<ScoreAgreement>,
    /// Where experts and figures score the same indicator differently, largest first.
    pub disagreements: Vec<Disagreement>,
    /// Scores that were filled by the model's rule.
    pub filled: Vec<Filled>,
    /// Customers that were left out by the model's rule.
    pub left_out: Vec<LeftOut>,
}

/// How the scores came about.
#[derive(Serialize, Deserialize)]
pub(crate) struct Scoring<'a> {
    summary: Cow<'a, [Summary]>,
    combine: Combine,
    experts: Cow<'a, [String]>,
    disagreements: Cow<'a, [Disagreement]>,
    filled: Cow<'a, [Filled]>,
    left_out: Cow<'a, [LeftOut]>,
}

impl Serialize for Indicators {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown<'a> {
            indicators: record::Records<'a>,
            scoring: Scoring<'a>,
        }
        let scoring = Scoring {
            summary: self.summary.as_slice().into(),
            combine: self.combine,
            experts: self.experts.as_slice().into(),
            disagreements: self.disagreements.as_slice().into(),
            filled: self.filled.as_slice().into(),
            left_out: self.left_out.as_slice().into(),
        };
        Shown { indicators: record::Records(self), scoring }.serialize(serializer)
    }
}

impl Indicators {
    /// The scores from the two entries as which they were serialised, and the agreement of the experts,
    /// which is an entry of its own. `Err` says what does not fit the model.
    pub(crate) fn read_back(
        mut recorded: Recorded,
        scoring: Scoring,
        agreement: Option<ScoreAgreement>,
        model: &Model,
    ) -> Result<Indicators, String> {
        let customers = std::mem::take(&mut recorded.customers);
        let (columns, scores) = recorded.columns(customers.len(), model)?;
        Ok(Indicators {
            customers,
            scores,
            columns,
            summary: scoring.summary.into_owned(),
            combine: scoring.combine,
            experts: scoring.experts.into_owned(),
            agreement,
            disagreements: scoring.disagreements.into_owned(),
            filled: scoring.filled.into_owned(),
            left_out: scoring.left_out.into_owned(),
        })
    }
}

/// Where an indicator's scores come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The indicator's code.
    pub code: String,
    /// Experts, a measured column, transactions or a blend.
    pub source: Source,
    /// Customers with a score from everyone who gave scores, and a value where it is wanted.
    pub complete: usize,
    /// Customers whom only some of the experts scored, or some of a blend's sources.
    pub partial: usize,
    /// Customers without any score.
    pub missing: usize,
    /// How values came onto the scale.
    pub edges: Option<Edges>,
    /// For each of its sources, a blend's in their order, the mean of the scores that are there, by which
    /// the rule "indicator-mean" fills; `None` without any.
    pub means: Vec<Option<f64>>,
}

/// Brings everything that the survey and the sales hold onto the model's scale. With the scores comes where
/// each of their customers stands in the survey and in the sales.
///
/// On the footing of an earlier result (its summary, one for each indicator of the model) values come onto
/// the scale by its edges, and gaps are filled by its means. Values beyond the least and the greatest of
/// then have the scores of these; a warning counts them.
///
/// Faults: a score that nobody gave, where the model's rule is to refuse; a value that its rule cannot
/// use. Warnings: each score that was filled, each customer that was left out.
pub fn indicators(
    survey: &Survey,
    people: &People,
    sales: Option<&Customers>,
    model: &Model,
    footing: Option<&[Summary]>,
    log: &mut Diagnostics,
) -> (Indicators, Vec<Person>) {
    let cells = combine::Cells::of(survey, model);
    let agreement = concord::agreement(survey, model, &cells);
    let combined = combine::combine(survey, model, &cells);
    drop(cells);
    let sources =
        Sources { people: &people.all, survey, combined: &combined, sales, model, footing };
    let mut columns = Vec::new();
    let mut summary = Vec::new();
    for (at, indicator) in model.indicators.iter().enumerate() {
        let (column, edges) = sources.column(at, log);
        if column.beside.is_some() {
            log.push(unused(&indicator.code, indicator.source));
        }
        let by_experts = if indicator.uses(Source::Experts) { combined.partial[at] } else { 0 };
        let earlier = footing.and_then(|footing| footing.get(at));
        let means = match earlier {
            Some(earlier) => earlier.means.clone(),
            None => column.parts.iter().map(|part| missing::mean(&part.scores)).collect(),
        };
        let counted = counted(indicator.code.clone(), indicator.source, &column, by_experts);
        summary.push(Summary { edges, means, ..counted });
        columns.push(column);
    }
    tell_partial(&combined.partial, model, log);
    let settled = missing::settle(&people.all, &mut columns, survey, model, &summary, log);
    let is_whole = settled.kept.len() == people.all.len();
    let columns: Vec<Column> = match is_whole {
        true => columns,
        false => columns.iter().map(|column| column.of(&settled.kept)).collect(),
    };
    let people: Vec<Person> = settled.kept.iter().map(|place| people.all[*place].clone()).collect();
    let score = |customer: usize| columns.iter().map(|column| column.score(customer)).collect();
    let mut indicators = Indicators {
        customers: people.iter().map(|person| person.name.clone()).collect(),
        scores: (0..people.len()).map(score).collect(),
        columns,
        summary,
        combine: model.combine,
        experts: combined.experts,
        agreement,
        disagreements: Vec::new(),
        filled: settled.filled,
        left_out: settled.left_out,
    };
    indicators.disagreements = disagreement::disagreements(&indicators, model);
    (indicators, people)
}

/// How many customers have all, some or none of an indicator's scores. `by_experts` are those whom only
/// some of the experts scored.
fn counted(code: String, source: Source, column: &Column, by_experts: usize) -> Summary {
    let customers = column.parts.first().map_or(0, |part| part.scores.len());
    let known = |customer: usize| {
        column.parts.iter().filter(|part| part.scores[customer].is_some()).count()
    };
    let missing = (0..customers).filter(|customer| known(*customer) == 0).count();
    let some =
        (0..customers).filter(|customer| (1..column.parts.len()).contains(&known(*customer)));
    let partial = by_experts + some.count();
    let complete = (customers - missing).saturating_sub(partial);
    Summary { code, source, complete, partial, missing, edges: None, means: Vec::new() }
}

fn unused(code: &str, source: Source) -> Diagnostic {
    let taken = match source {
        Source::Transactions => "takes from the sales",
        _ => "measures",
    };
    let message =
        format!("experts scored {code}, which the model {taken}; their scores on it are not used");
    let hint = "set `source = \"experts\"` for the indicator, or clear the column";
    Diagnostic::warning(Code::ScoreUnused, message).hint(hint)
}

fn tell_partial(partial: &[usize], model: &Model, log: &mut Diagnostics) {
    let counted = model.indicators.iter().zip(partial).filter(|(one, _)| one.uses(Source::Experts));
    let partial: usize = counted.map(|(_, partial)| partial).sum();
    if partial > 0 {
        let message = format!(
            "{} on some of the experts only; the weights of those who scored were divided by their \
             sum",
            if partial == 1 {
                "1 score rests".to_string()
            } else {
                format!("{partial} scores rest")
            }
        );
        log.push(Diagnostic::note(Code::ScorePartial, message));
    }
}

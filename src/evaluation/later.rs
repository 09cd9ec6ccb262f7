//! Customers of a later period, or new ones, by a saved result: nothing is fitted.

use super::evaluate::{asked, conclude, no_scores, points_of};
use super::firm::Pieces;
use super::{CustomerValue, Evaluation, Fitted, made_by};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::indicator::{Indicators, indicators};
use crate::join::{Joins, Person, join};
use crate::migration::{Amount, Migration, Period, Standing};
use crate::priority::Weights;
use crate::saved::{LocalWeights, Saved};
use crate::survey::Survey;
use crate::text::{count, fold};
use crate::transactions::{Day, Level, Purchases};
use crate::value::{Values, values};
use crate::workbook::Fingerprint;
use serde::Serialize;
use std::collections::HashSet;

/// New customers classed by a saved result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assignment {
    /// What made it: "custval" and its version.
    pub made_by: String,
    /// The period of the saved result.
    pub saved: String,
    /// The files that the customers are from.
    pub inputs: Vec<Fingerprint>,
    /// The customers, in the files' order.
    pub customers: Vec<Assigned>,
    /// What there is to know, in plain sentences.
    pub notes: Vec<String>,
    /// Every repair and guess.
    pub warnings: Vec<Diagnostic>,
}

/// A customer and the class that it is nearest to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assigned {
    /// The customer.
    pub customer: String,
    /// The value of the goal.
    pub value: f64,
    /// The cluster, from 1.
    pub cluster: usize,
    /// The code of the class.
    pub class: String,
    /// The name of the class.
    pub class_name: String,
    /// The distance to the cluster's centre, in the units clustered.
    pub distance: f64,
    /// The code of the nearest other class; `None` where all clusters are of one class.
    pub second: Option<String>,
    /// How much farther its centre is: near 0, the class hangs by a thread.
    pub margin: Option<f64>,
}

/// A survey and sales on the footing of the saved result.
struct Scored {
    joins: Option<Joins>,
    people: Vec<Person>,
    indicators: Indicators,
    weights: Weights,
    values: Values,
}

fn score(
    saved: &Saved,
    survey: &Survey,
    sales: Option<&Purchases>,
    log: &mut Diagnostics,
) -> Result<Scored, Error> {
    let model = &saved.model;
    let customers = sales.map(|sales| &sales.customers);
    let people = join(survey, customers, model, log);
    if people.all.is_empty() && !log.is_faulty() {
        log.push(no_scores());
    }
    if !survey.comparisons.is_empty() {
        let message = format!(
            "{} in the files are not used: the weights are those of {}",
            count(survey.comparisons.len(), "judgement"),
            saved.file
        );
        log.push(Diagnostic::note(Code::SavedModel, message));
    }
    let (indicators, standing) =
        indicators(survey, &people, customers, model, Some(&saved.footing), log);
    log.refuse_if_faulty()?;
    saved.warn_of_overlap(sales, log);
    let weights = saved.weights().ok_or_else(|| {
        Error::internal("the saved result was checked, but its weights are missing")
    })?;
    let values = values(&indicators, &weights, model);
    Ok(Scored { joins: people.joins, people: standing, indicators, weights, values })
}

/// Classes the customers of a survey, and of sales, by a saved result.
///
/// Judgements in the survey are not used. Each customer belongs to the class of the nearest centre:
/// with the values v, shifts a, divisors b and centre c, the distance is √Σ((vⱼ − aⱼ)/bⱼ − cⱼ)². The
/// saved result's own customers come back into their own classes.
///
/// # Errors
/// [`Error::Input`] with every fault of the files at once.
pub fn assign(
    saved: &Saved,
    survey: &Survey,
    sales: Option<&Purchases>,
    log: &mut Diagnostics,
) -> Result<Assignment, Error> {
    let Scored { values, .. } = score(saved, survey, sales, log)?;
    let points = points_of(&values, &saved.model)?;
    let naming = &saved.naming;
    let mut customers = Vec::with_capacity(points.cases());
    for (at, customer) in values.customers.iter().enumerate() {
        let row = points.row(at);
        let nearest = saved.centres.nearest(row, |cluster| naming.of(cluster).is_some());
        let Some((cluster, distance)) = nearest else { continue };
        let Some(position) = naming.of(cluster) else { continue };
        let other = |cluster: usize| naming.of(cluster).is_some_and(|p| p.class != position.class);
        let second = saved.centres.nearest(row, other);
        customers.push(Assigned {
            customer: customer.clone(),
            value: values.parts[at][0],
            cluster,
            class: position.class.clone(),
            class_name: position.name.clone(),
            distance,
            second: second.and_then(|(cluster, _)| Some(naming.of(cluster)?.class.clone())),
            margin: second.map(|(_, farther)| farther - distance),
        });
    }
    Ok(Assignment {
        made_by: made_by(),
        saved: saved.period.name.clone(),
        inputs: survey.inputs.clone(),
        customers,
        notes: super::evaluate::told(log),
        warnings: log.warnings(),
    })
}

/// Evaluates a later period by a saved result: its model, weights, edges, centres and classes.
///
/// What is fitted to the customers is not there: no iteration, no other numbers of clusters. The
/// analysis of variance is between the groups as assigned; firmness is asked of the scores alone. The
/// migration is added by [`Evaluation::after`].
///
/// # Errors
/// [`Error::Input`] with every fault of the survey and of the join at once.
pub fn evaluate_later(
    saved: &Saved,
    survey: &Survey,
    sales: Option<&Purchases>,
    log: &mut Diagnostics,
) -> Result<Evaluation, Error> {
    let Scored { joins, people, indicators, weights, values } = score(saved, survey, sales, log)?;
    let points = points_of(&values, &saved.model)?;
    let mut naming = saved.naming.clone();
    naming.notes = vec![format!("The classes are those of {}.", saved.file)];
    let clusters = saved.centres.assign(&points, |cluster| naming.of(cluster).is_some());
    let fitted = Fitted { joins, people, indicators, weights, values, points, clusters, naming };
    let (evaluation, people, values) = conclude(&saved.model, survey, sales, fitted, log)?;
    Ok(asked(evaluation, Pieces { judgements: Vec::new(), people, values }, survey))
}

impl Evaluation {
    /// The customers as a period that others can be compared with.
    pub fn as_period(&self) -> Period {
        let classes = self.naming.classes(&self.model).into_iter().map(|(code, _)| code);
        let standing = |one: &CustomerValue| Standing {
            customer: one.customer.clone(),
            class: one.class.clone(),
            value: one.value,
            money: one.money,
            parts: one.dimensions.clone(),
        };
        Period {
            name: self.period.clone(),
            classes: classes.collect(),
            customers: self.values.iter().map(standing).collect(),
        }
    }

    /// The day of the last line of sales.
    fn sales_until(&self) -> Option<Day> {
        let account = self.transactions.as_ref().filter(|account| account.level == Level::Line);
        account.map(|account| account.last.day())
    }

    /// What a saved result holds, without saving it.
    pub fn to_saved(&self) -> Saved {
        let local = |node: &crate::priority::NodeWeights| LocalWeights {
            node: node.node.clone(),
            items: node.items.clone(),
            weights: node.weights.clone(),
        };
        Saved {
            file: format!("the period “{}”", self.period),
            model: self.model.clone(),
            footing: self.indicators.summary.clone(),
            centres: self.clusters.to_assign_by(),
            naming: self.naming.clone(),
            period: self.as_period(),
            migration: self.migration.clone(),
            sales_until: self.sales_until(),
            local: self.weights.nodes.iter().map(local).collect(),
            global_weights: self.weights.global_weights.clone(),
            part_weights: self.weights.part_weights.clone(),
        }
    }

    /// The evaluation with the migration since the saved result, which is continued where that has
    /// one already.
    ///
    /// # Errors
    /// [`Code::PeriodInvalid`] where this period has the name of an earlier one.
    pub fn after(mut self, saved: &Saved) -> Result<Evaluation, Error> {
        let (before, after) = (&saved.period, self.as_period());
        let migration = match &saved.migration {
            Some(migration) => migration.clone().then(before, &after)?,
            None => Migration::over(&[before.clone(), after.clone()])?,
        };
        let were_there: HashSet<String> =
            before.customers.iter().map(|standing| fold(&standing.customer)).collect();
        let left_out = self.indicators.left_out.iter();
        let unscored = left_out.filter(|left| were_there.contains(&fold(&left.customer))).count();
        if unscored > 0 {
            self.notes.push(format!(
                "Of the lost, {} in the files, but left out for want of scores.",
                if unscored == 1 { "1 is".to_string() } else { format!("{unscored} are") }
            ));
        }
        self.notes.extend(on_money(&migration, before, &after));
        self.migration = Some(migration);
        self.plan = self.planned(Some(before));
        Ok(self)
    }
}

/// What there is to know of the money that a migration counts, or does not.
fn on_money(migration: &Migration, before: &Period, after: &Period) -> Vec<String> {
    if migration.amount == Amount::Value {
        let note = "The migration counts values, for not all of its periods have money.";
        let has_some = before.has_money() || after.has_money();
        return has_some.then(|| note.to_string()).into_iter().collect();
    }
    let mut notes = Vec::new();
    for period in [before, after] {
        let unknown = period.customers.iter().filter(|one| one.money.is_none()).count();
        if unknown > 0 {
            notes.push(format!(
                "{} without sales in the period “{}” {} as 0 in the migration's money.",
                count(unknown, "customer"),
                period.name,
                if unknown == 1 { "counts" } else { "count" }
            ));
        }
    }
    notes
}

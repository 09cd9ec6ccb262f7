//! The parts of a `result.json` that are needed, as they stand there: typed, but not yet checked.

use super::is_known;
use super::reader::Reader;
use super::weights::LocalWeights;
use crate::class::Naming;
use crate::cluster::{Centres, Scaling};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::indicator::Summary;
use crate::migration::{Migration, Standing};
use crate::model::{
    Action, Class, ClassRules, ClusterRules, Combine, Indicator, Listed, Missing, Scale,
    Standardise, Translation, WeightRules,
};
use crate::named::Named;
use crate::role::Role;
use crate::transactions::{Day, day_of};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) struct Draft {
    pub(super) period: String,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) reference: Option<String>,
    pub(super) nodes: Vec<Listed>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) scale: Scale,
    pub(super) weights: WeightRules,
    pub(super) combine: Combine,
    pub(super) missing: Missing,
    pub(super) unmatched: Missing,
    pub(super) columns: BTreeMap<Role, String>,
    pub(super) actions: Vec<Action>,
    pub(super) translations: BTreeMap<String, Translation>,
    pub(super) clusters: ClusterRules,
    pub(super) classes: ClassRules,
    pub(super) local: Vec<LocalWeights>,
    pub(super) global_weights: Named,
    pub(super) part_weights: Named,
    pub(super) footing: Vec<Summary>,
    pub(super) centres: Centres,
    pub(super) naming: Naming,
    pub(super) customers: Vec<Customer>,
    pub(super) migration: Option<Migration>,
    pub(super) sales_until: Option<Day>,
}

#[derive(Deserialize)]
pub(super) struct Customer {
    customer: String,
    value: f64,
    money: Option<f64>,
    class: Option<String>,
    #[serde(default)]
    dimensions: Named,
}

impl From<Customer> for Standing {
    fn from(customer: Customer) -> Standing {
        let Customer { customer, value, money, class, dimensions: parts } = customer;
        Standing { customer, class, value, money, parts }
    }
}

impl Customer {
    pub(super) fn class(&self) -> Option<&str> {
        self.class.as_deref()
    }
}

/// Reads the document. The version is looked at first: what another one wrote is not judged.
pub(super) fn draft(bytes: &[u8], file: &str, log: &mut Diagnostics) -> Option<Draft> {
    let root: Value = match serde_json::from_slice(bytes) {
        Ok(root) => root,
        Err(error) => {
            let fault = Diagnostic::error(Code::SavedUnreadable, format!("no JSON: {error}"))
                .at(Place::line(file, error.line().max(1), None))
                .hint("make the result anew: `custval evaluate … -o DIR`");
            log.push(fault);
            return None;
        }
    };
    if !is_known(root.get("made_by").and_then(Value::as_str), file, log) {
        return None;
    }
    let mut reader = Reader { file, log };
    let r = &mut reader;
    let model: Option<Value> = r.part(&root, "", "model");
    let weights: Option<Value> = r.part(&root, "", "weights");
    let scoring: Option<Value> = r.part(&root, "", "scoring");
    let clusters: Option<Value> = r.part(&root, "", "clusters");
    let period = r.part(&root, "", "period");
    let naming = r.part(&root, "", "naming");
    let customers = r.list(&root, "", "values");
    let migration = match root.get("migration") {
        None | Some(Value::Null) => Some(None),
        Some(_) => r.part(&root, "", "migration").map(Some),
    };
    let sales_until = sales_until(&root, r);
    let footing = scoring.and_then(|part| r.list(&part, "scoring", "summary"));
    let centres = clusters.and_then(|part| {
        let at = "clusters";
        let (variables, standardise, scaling, centres) = (
            r.part::<Vec<String>>(&part, at, "variables"),
            r.part::<Standardise>(&part, at, "standardise"),
            r.list::<Scaling>(&part, at, "scaling"),
            r.list::<Vec<f64>>(&part, at, "assigned_by"),
        );
        Some(Centres {
            variables: variables?,
            standardise: standardise?,
            scaling: scaling?,
            centres: centres?,
        })
    });
    let found = weights.and_then(|part| {
        let at = "weights";
        let (local, global, parts) = (
            r.list::<LocalWeights>(&part, at, "nodes"),
            r.part::<Named>(&part, at, "global_weights"),
            r.part::<Named>(&part, at, "part_weights"),
        );
        Some((local?, global?, parts?))
    });
    let model = model?;
    let at = "model";
    let (name, title, description, reference) = (
        r.part(&model, at, "name"),
        r.part(&model, at, "title"),
        r.part(&model, at, "description"),
        r.part(&model, at, "reference"),
    );
    let (nodes, listed, scale) = (
        r.list(&model, at, "hierarchy"),
        r.list(&model, at, "indicators"),
        r.part(&model, at, "scale"),
    );
    let (rules, combine, missing) = (
        r.part(&model, at, "weights"),
        r.part(&model, at, "combine"),
        r.part(&model, at, "missing"),
    );
    let (unmatched, columns, actions, translations) = (
        r.part(&model, at, "unmatched"),
        r.part_if_there(&model, at, "columns"),
        r.part_if_there(&model, at, "actions"),
        r.part_if_there(&model, at, "translations"),
    );
    let cluster_rules = r.part(&model, at, "clusters");
    let classes = r.part(&model, at, "classes");
    let (local, global_weights, part_weights) = found?;
    Some(Draft {
        period: period?,
        name: name?,
        title: title?,
        description: description?,
        reference: reference?,
        nodes: nodes?,
        indicators: listed?,
        scale: scale?,
        weights: rules?,
        combine: combine?,
        missing: missing?,
        unmatched: unmatched?,
        columns: columns?,
        actions: actions?,
        translations: translations?,
        clusters: cluster_rules?,
        classes: classes?,
        local,
        global_weights,
        part_weights,
        footing: footing?,
        centres: centres?,
        naming: naming?,
        customers: customers?,
        migration: migration?,
        sales_until: sales_until?,
    })
}

/// The day of the last sale; `Some(None)` without sales, or where a row is a customer and the sales of
/// a later period hold those of the earlier one by their nature.
fn sales_until(root: &Value, reader: &mut Reader) -> Option<Option<Day>> {
    let at = "transactions";
    let Some(sales) = root.get(at).filter(|sales| !sales.is_null()) else { return Some(None) };
    let (last, level): (Option<String>, Option<String>) =
        (reader.part(sales, at, "last"), reader.part(sales, at, "level"));
    let (last, level) = (last?, level?);
    let Some(day) = last.get(..10).and_then(day_of) else {
        reader.fault("transactions.last", format!("“{last}” begins with no day"));
        return None;
    };
    Some((level == "line").then_some(day))
}

/// Names that a class can have.
pub(super) fn codes(classes: &[Class]) -> Vec<&str> {
    classes.iter().map(|class| class.code.as_str()).collect()
}

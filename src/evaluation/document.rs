//! An evaluation as it was written, read back.

use super::{CustomerValue, Evaluation};
use crate::agreement::Agreement;
use crate::anova::Anova;
use crate::class::{Naming, Profile};
use crate::cluster::Clusters;
use crate::diagnostic::Diagnostic;
use crate::indicator::{Indicators, Recorded, ScoreAgreement, Scoring};
use crate::join::Joins;
use crate::migration::Migration;
use crate::model::Model;
use crate::plan::{Basis as PlanBasis, Item, Plan};
use crate::priority::Weights;
use crate::sensitivity::{Basis, Firmness};
use crate::survey::Experts;
use crate::transactions::Account;
use crate::value::Rankings;
use crate::workbook::Fingerprint;
use serde::{Deserialize, Deserializer, de};

/// The entries of an evaluation. What is flattened there is named here: flattened parts would be held as
/// loose values first, which takes many times their room.
#[derive(Deserialize)]
struct Document {
    made_by: String,
    command: Option<String>,
    period: String,
    inputs: Vec<Fingerprint>,
    model: Model,
    experts: Experts,
    weights: Weights,
    indicators: Recorded,
    scoring: Scoring<'static>,
    joins: Option<Joins>,
    transactions: Option<Account>,
    values: Vec<CustomerValue>,
    clusters: Clusters,
    naming: Naming,
    classes: Vec<Profile>,
    anova: Vec<Anova>,
    own_classes: Option<Agreement>,
    agreement: Option<ScoreAgreement>,
    rankings: Option<Rankings>,
    firmness: Vec<Firmness>,
    firmness_basis: Basis,
    migration: Option<Migration>,
    plan: Vec<Item>,
    plan_basis: PlanBasis,
    notes: Vec<String>,
    warnings: Vec<Diagnostic>,
}

impl Document {
    fn evaluation(self) -> Result<Evaluation, String> {
        let goal = &self.model.hierarchy.goal().code;
        let values = self.values.into_iter();
        let values = values.map(|value| CustomerValue { goal: goal.clone(), ..value }).collect();
        let agreement = self.agreement.clone();
        let indicators =
            Indicators::read_back(self.indicators, self.scoring, agreement, &self.model)?;
        Ok(Evaluation {
            made_by: self.made_by,
            command: self.command,
            period: self.period,
            inputs: self.inputs,
            model: self.model,
            experts: self.experts,
            weights: self.weights,
            indicators,
            joins: self.joins,
            transactions: self.transactions,
            values,
            clusters: self.clusters,
            naming: self.naming,
            classes: self.classes,
            anova: self.anova,
            own_classes: self.own_classes,
            agreement: self.agreement,
            rankings: self.rankings,
            firmness: self.firmness,
            firmness_basis: self.firmness_basis,
            migration: self.migration,
            plan: Plan { items: self.plan, basis: self.plan_basis },
            notes: self.notes,
            warnings: self.warnings,
        })
    }
}

/// Exactly what was serialised.
impl<'de> Deserialize<'de> for Evaluation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Document::deserialize(deserializer)?.evaluation().map_err(de::Error::custom)
    }
}

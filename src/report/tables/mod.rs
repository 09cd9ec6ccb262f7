//! Every table of the report, each defined once.

pub(crate) mod anova;
pub(crate) mod choice;
pub(crate) mod clusters;
pub(crate) mod consistency;
pub(crate) mod firmness;
pub(crate) mod groups;
pub(crate) mod inputs;
pub(crate) mod joins;
pub(crate) mod migration;
pub(crate) mod plan;
pub(crate) mod profiles;
pub(crate) mod rankings;
pub(crate) mod sales;
pub(crate) mod values;
pub(crate) mod weights;

pub use firmness::firm_tables;
pub use sales::{SALES_TABLES, sales_customers, sales_table, sales_tables};

use super::Table;
use crate::anova::CAVEAT;
use crate::evaluation::{Assignment, Evaluation, Weighing};

/// All tables of an evaluation, in the order in which they are read.
pub fn tables(evaluation: &Evaluation) -> Vec<Table> {
    let (clusters, naming) = (&evaluation.clusters, Some(&evaluation.naming));
    let names: Vec<String> = evaluation.values.iter().map(|value| value.customer.clone()).collect();
    let mut tables = vec![
        profiles::classes(evaluation),
        values::all_customers(evaluation),
        plan::plan(evaluation),
        plan::actions(evaluation),
        values::contributions(evaluation),
        values::scores(evaluation),
        weights::tree(evaluation),
        weights::by_expert(&evaluation.weights),
        clusters::by_variable("Initial centres", &clusters.initial_centres, clusters, None),
        clusters::history_table(&clusters.history, clusters.k).note(&clusters.stopped_because),
        clusters::by_variable("Final centres", &clusters.centres, clusters, naming),
        clusters::distances_table(clusters),
        clusters::membership_table(clusters, Some(&names)),
        choice::quality_table(clusters),
    ];
    tables.extend(values::raw(evaluation));
    tables.extend(choice::stability_table(clusters, naming));
    tables.extend(clusters::better_table(clusters, &names));
    tables.extend(of_weights(&evaluation.weights));
    if !evaluation.anova.is_empty() {
        tables.push(values::named_anova(evaluation).note(CAVEAT));
        let named = values::named_tests(evaluation);
        tables.push(anova::sentences_table(&named));
        tables.extend(anova::details(&named));
    }
    tables.push(firmness::of_evaluation(evaluation));
    tables.extend(evaluation.migration.iter().flat_map(|found| migration::all(found, evaluation)));
    tables.push(profiles::indicators(evaluation));
    tables.extend(profiles::own_classes(evaluation));
    tables.extend(evaluation.rankings.iter().map(rankings::rankings_table));
    tables.extend(evaluation.rankings.iter().map(rankings::correlations_table));
    tables.push(inputs::experts(evaluation));
    tables.extend(evaluation.agreement.iter().map(groups::score_agreement_table));
    tables.push(inputs::indicators(evaluation));
    tables.extend(inputs::filled(evaluation));
    tables.extend(inputs::left_out(evaluation));
    tables.extend(joins::unmatched(evaluation));
    tables.extend(joins::disagreements(evaluation));
    tables.push(inputs::notes(evaluation));
    tables.push(inputs::warnings(evaluation));
    tables.push(inputs::provenance(evaluation));
    tables
}

/// The customers that were classed by a saved result.
pub fn assigned_table(assignment: &Assignment) -> Table {
    values::assigned(assignment)
}

/// All tables of a weighing, in the order in which they are read.
pub fn weighing_tables(weighing: &Weighing) -> Vec<Table> {
    let found = &weighing.weights;
    let mut tables = vec![weights::global_table(found), weights::by_expert(found)];
    tables.extend(of_weights(found));
    tables
}

/// The tables that say how far weights can be relied on.
pub(crate) fn of_weights(weights: &crate::priority::Weights) -> Vec<Table> {
    let mut tables =
        vec![consistency::consistency_table(weights), consistency::verdicts_table(weights)];
    tables.extend(consistency::contradictions_table(weights));
    tables.extend(consistency::repairs_table(weights));
    tables.extend(consistency::gaps_table(weights));
    tables.extend(groups::consensus_table(weights));
    tables.extend(groups::aggregates_table(weights));
    tables.extend(groups::without_table(weights));
    tables.extend(groups::blend_table(weights));
    tables
}

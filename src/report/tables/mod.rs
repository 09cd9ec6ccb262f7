//! Every table of the report, each defined once.

pub(crate) mod anova;
pub(crate) mod clusters;
pub(crate) mod inputs;
pub(crate) mod profiles;
pub(crate) mod values;
pub(crate) mod weights;

use super::Table;
use crate::anova::CAVEAT;
use crate::evaluation::Evaluation;

/// All tables of an evaluation, in the order in which they are read.
pub fn tables(evaluation: &Evaluation) -> Vec<Table> {
    let clusters = &evaluation.clusters;
    let names: Vec<String> = evaluation.values.iter().map(|value| value.customer.clone()).collect();
    let mut tables = vec![
        profiles::classes(evaluation),
        values::all_customers(evaluation),
        values::contributions(evaluation),
        values::scores(evaluation),
        weights::tree(evaluation),
        weights::consistency_table(&evaluation.weights),
        weights::verdicts_table(&evaluation.weights),
        weights::by_expert(&evaluation.weights),
        clusters::by_variable("Initial centres", &clusters.initial_centres, clusters),
        clusters::history_table(&clusters.history, clusters.k).note(&clusters.stopped_because),
        clusters::by_variable("Final centres", &clusters.centres, clusters),
        clusters::distances_table(clusters),
        clusters::membership_table(clusters, Some(&names)),
        clusters::quality_table(clusters),
    ];
    tables.extend(clusters::better_table(clusters, &names));
    if !evaluation.anova.is_empty() {
        tables.push(values::named_anova(evaluation).note(CAVEAT));
        let named = values::named_tests(evaluation);
        tables.push(anova::sentences_table(&named));
        tables.extend(anova::details(&named));
    }
    tables.push(profiles::indicators(evaluation));
    tables.extend(profiles::own_classes(evaluation));
    tables.push(inputs::experts(evaluation));
    tables.push(inputs::indicators(evaluation));
    tables.extend(inputs::filled(evaluation));
    tables.extend(inputs::left_out(evaluation));
    tables.push(inputs::notes(evaluation));
    tables.push(inputs::warnings(evaluation));
    tables.push(inputs::provenance(evaluation));
    tables
}

//! An evaluation on the terminal: the finding, the classes, the customers.

use super::firm;
use super::grid::{to_text, wrapped};
use crate::anova::CAVEAT;
use crate::cluster::Stopped;
use crate::evaluation::Evaluation;
use crate::report::finding;
use crate::report::tables::choice::stability_sentence;
use crate::report::tables::firmness::Shown;
use crate::report::tables::joins::disagreements;
use crate::report::tables::migration;
use crate::report::tables::plan::actions;
use crate::report::tables::values::{classes_table, customers_table, named_anova, top_weights};
use crate::text::count;

/// More customers than this are not listed on the terminal; the report has them all.
const MOST_CUSTOMERS: usize = 20;

/// So many scores on which experts and figures disagree are shown.
const MOST_DISAGREEMENTS: usize = 5;

/// So many actions are shown.
const MOST_ACTIONS: usize = 12;

/// More falls than this are not listed either.
const MOST_FALLS: usize = 10;

/// The summary that `custval evaluate` prints.
pub fn evaluation_text(evaluation: &Evaluation) -> String {
    let title = &evaluation.model.title;
    let rule = "═".repeat(title.chars().count());
    let mut text = vec![
        format!("{title}\n{rule}\n{}", wrapped(&finding(evaluation), 79, "")),
        to_text(&classes_table(evaluation), usize::MAX),
        to_text(&customers_table(evaluation), MOST_CUSTOMERS),
        to_text(&top_weights(evaluation), usize::MAX),
    ];
    text.extend(disagreements(evaluation).map(|table| to_text(&table, MOST_DISAGREEMENTS)));
    if let Some(found) = &evaluation.migration {
        text.push(to_text(&migration::matrix(found, evaluation), usize::MAX));
        text.push(to_text(&migration::falls(found, evaluation), MOST_FALLS));
    }
    if !evaluation.anova.is_empty() {
        text.push(to_text(&named_anova(evaluation).note(CAVEAT), usize::MAX));
    }
    text.extend(firm::least(&Shown::of_evaluation(evaluation)));
    text.push(to_text(&actions(evaluation), MOST_ACTIONS));
    text.push(last_words(evaluation));
    text.join("\n")
}

fn last_words(evaluation: &Evaluation) -> String {
    let clusters = &evaluation.clusters;
    let mut text = wrapped(&clusters.stopped_because, 79, "");
    text += &match &clusters.better {
        None if clusters.stopped == Stopped::Assigned => String::new(),
        None => wrapped("No better partition was found from seeded starts.", 79, ""),
        Some(better) => {
            let sentence = format!(
                "Another start gives a better partition: sum of squares {:.4} instead of {:.4}; {} \
                 change class.",
                better.sse,
                clusters.sse,
                count(better.moved.len(), "customer")
            );
            wrapped(&sentence, 79, "")
        }
    };
    text += &wrapped(&stability_sentence(clusters, Some(&evaluation.naming)), 79, "");
    let least = evaluation.rankings.as_ref().and_then(|rankings| {
        rankings.correlations.iter().filter_map(|pair| pair.spearman).reduce(f64::min)
    });
    if let Some(least) = least {
        let sentence = format!(
            "Ranked by TOPSIS and VIKOR instead, the order correlates with {least:.3} or more."
        );
        text += &wrapped(&sentence, 79, "");
    }
    if let Some(own) = &evaluation.own_classes {
        let share = own.share.map_or("undefined".to_string(), |s| format!("{:.1} %", 100.0 * s));
        let kappa = own.kappa.map_or("undefined".to_string(), |k| format!("{k:.3}"));
        let sentence = format!(
            "The experts' own classes agree for {share} of the customers (Cohen's κ {kappa})."
        );
        text += &wrapped(&sentence, 79, "");
    }
    if !evaluation.warnings.is_empty() {
        let sentence = format!(
            "{} above and in the report: read before you rely on these figures.",
            count(evaluation.warnings.len(), "warning")
        );
        text += &wrapped(&sentence, 79, "");
    }
    text
}

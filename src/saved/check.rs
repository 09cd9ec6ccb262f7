//! What must hold of a saved result before customers are classed by it.

use super::Saved;
use super::draft::{Draft, codes};
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::migration::{Migration, Period};
use crate::model::{Hierarchy, Listed, Model, ScaleRule, Source};
use crate::text::count;

/// Checks that the parts fit each other.
pub(super) fn check(draft: Draft, file: &str, log: &mut Diagnostics) -> Option<Saved> {
    let mut reader = Reader { file, log };
    let hierarchy = reader.hierarchy(&draft.nodes)?;
    reader.indicators(&draft, &hierarchy);
    reader.weights(&draft, &hierarchy);
    reader.centres(&draft, &hierarchy);
    reader.classes(&draft);
    if draft.customers.is_empty() {
        let fault = Diagnostic::error(Code::SavedCustomers, "the result has no customer")
            .at(Place::json(file, "values"))
            .hint("give the result of an evaluation with customers");
        reader.log.push(fault);
    }
    let model = Model {
        name: draft.name,
        title: draft.title,
        description: draft.description,
        reference: draft.reference,
        hierarchy,
        indicators: draft.indicators,
        scale: draft.scale,
        weights: draft.weights,
        combine: draft.combine,
        missing: draft.missing,
        unmatched: draft.unmatched,
        columns: draft.columns,
        clusters: draft.clusters,
        classes: draft.classes,
        actions: draft.actions,
        translations: draft.translations,
    };
    let classes = draft.naming.classes(&model).into_iter().map(|(code, _)| code).collect();
    let period = Period {
        name: draft.period,
        classes,
        customers: draft.customers.into_iter().map(Into::into).collect(),
    };
    if let Some(migration) = &draft.migration {
        reader.migration(migration, &period);
    }
    Some(Saved {
        file: file.to_string(),
        model,
        footing: draft.footing,
        centres: draft.centres,
        naming: draft.naming,
        period,
        migration: draft.migration,
        sales_until: draft.sales_until,
        local: draft.local,
        global_weights: draft.global_weights,
        part_weights: draft.part_weights,
    })
}

impl Reader<'_> {
    /// The tree of parts that stand depth first.
    fn hierarchy(&mut self, parts: &[Listed]) -> Option<Hierarchy> {
        match Hierarchy::from_list(parts) {
            Ok(hierarchy) => Some(hierarchy),
            Err(misplaced) => {
                let place = match misplaced.at {
                    0 => "model.hierarchy".to_string(),
                    at => format!("model.hierarchy[{at}]"),
                };
                self.fault(&place, misplaced.why);
                None
            }
        }
    }

    /// One indicator for each leaf, and for each its footing.
    fn indicators(&mut self, draft: &Draft, hierarchy: &Hierarchy) {
        let leaves: Vec<&str> =
            hierarchy.leaves().iter().map(|&at| hierarchy.nodes()[at].code.as_str()).collect();
        let listed: Vec<&str> = draft.indicators.iter().map(|i| i.code.as_str()).collect();
        let footed: Vec<&str> = draft.footing.iter().map(|f| f.code.as_str()).collect();
        for (path, codes) in [("model.indicators", listed), ("scoring.summary", footed)] {
            if codes != leaves {
                self.fault(path, "these are not the indicators of the hierarchy, in its order");
            }
        }
        if draft.scale.min >= draft.scale.max {
            self.fault("model.scale", "the scale does not rise");
        }
        for (at, (footing, indicator)) in draft.footing.iter().zip(&draft.indicators).enumerate() {
            let path = format!("scoring.summary[{at}]");
            if footing.means.len() != indicator.sources().len() {
                self.fault(&path, "there is not one mean for each source");
            }
            let is_scored = indicator.sources().iter().all(|one| one.source == Source::Experts);
            match &footing.edges {
                None if !is_scored => {
                    self.fault(&path, format!("{} has figures, but no edges", footing.code));
                }
                Some(edges) if !edges.edges.is_sorted() => {
                    self.fault(&path, format!("the edges of {} do not rise", footing.code));
                }
                Some(edges) if edges.rule == ScaleRule::MinMax && edges.edges.len() != 2 => {
                    self.fault(&path, "a least and a greatest value are expected");
                }
                _ => {}
            }
        }
    }

    /// A weight for each part, each finite and none below 0.
    fn weights(&mut self, draft: &Draft, hierarchy: &Hierarchy) {
        let nodes = hierarchy.nodes();
        let parts: Vec<&str> = nodes.iter().map(|node| node.code.as_str()).collect();
        let leaves: Vec<&str> = hierarchy.leaves().iter().map(|&at| parts[at]).collect();
        let named = [
            ("weights.global_weights", &draft.global_weights, leaves),
            ("weights.part_weights", &draft.part_weights, parts),
        ];
        for (path, weights, codes) in named {
            if weights.iter().map(|(code, _)| code).collect::<Vec<_>>() != codes {
                self.fault(path, "these are not the parts of the hierarchy, in its order");
            }
            if weights.iter().any(|(_, weight)| weight < 0.0) {
                self.fault(path, "a weight is below 0");
            }
        }
        for parent in hierarchy.parents() {
            let items: Vec<&str> =
                nodes[parent].children.iter().map(|&c| nodes[c].code.as_str()).collect();
            let fits = draft.local.iter().any(|local| {
                local.node == nodes[parent].code
                    && local.items == items
                    && local.weights.len() == items.len()
            });
            if !fits {
                let message =
                    format!("there are no weights of the parts under {}", nodes[parent].code);
                self.fault("weights.nodes", message);
            }
        }
    }

    /// A coordinate for each variable, and a divisor that is not 0.
    fn centres(&mut self, draft: &Draft, hierarchy: &Hierarchy) {
        let centres = &draft.centres;
        if centres.variables != draft.clusters.variables || centres.variables.is_empty() {
            self.fault("clusters.variables", "these are not the variables of the model");
        }
        for code in &centres.variables {
            if hierarchy.position(code).is_none() {
                self.fault("clusters.variables", format!("there is no {code} in the hierarchy"));
            }
        }
        let d = centres.variables.len();
        if centres.scaling.len() != d {
            let message = format!("{} for {d} variables", count(centres.scaling.len(), "scaling"));
            self.fault("clusters.scaling", message);
        }
        if centres.scaling.iter().any(|scaling| scaling.divisor <= 0.0) {
            self.fault("clusters.scaling", "a divisor is not above 0");
        }
        if centres.centres.is_empty() {
            self.fault("clusters.assigned_by", "there is no centre");
        }
        for (at, centre) in centres.centres.iter().enumerate().filter(|(_, c)| c.len() != d) {
            let message = format!("{} for {d} variables", count(centre.len(), "coordinate"));
            self.fault(&format!("clusters.assigned_by[{at}]"), message);
        }
    }

    /// Classes of clusters that are there, and of customers that a cluster has.
    fn classes(&mut self, draft: &Draft) {
        let k = draft.centres.centres.len();
        if draft.naming.clusters.is_empty() {
            self.fault("naming.clusters", "no cluster has a class");
        }
        for (at, position) in draft.naming.clusters.iter().enumerate() {
            if !(1..=k).contains(&position.cluster) {
                let message = format!("there is no cluster {} among {k}", position.cluster);
                self.fault(&format!("naming.clusters[{at}].cluster"), message);
            }
        }
        let mut known = codes(&draft.classes.classes);
        known.extend(draft.naming.clusters.iter().map(|position| position.class.as_str()));
        for (at, customer) in draft.customers.iter().enumerate() {
            if let Some(class) = customer.class().filter(|class| !known.contains(class)) {
                let message = format!("there is no class “{class}”");
                self.fault(&format!("values[{at}].class"), message);
            }
        }
    }

    /// A migration that ends in this very period, with a class for each period on each path.
    fn migration(&mut self, migration: &Migration, period: &Period) {
        let periods = migration.periods.len();
        if migration.periods.last() != Some(&period.name) {
            self.fault("migration.periods", "the last one is not the period of the result");
        }
        for (at, path) in migration.paths.iter().enumerate() {
            if path.classes.len() != periods {
                let message =
                    format!("{} for {periods} periods", count(path.classes.len(), "class"));
                self.fault(&format!("migration.paths[{at}].classes"), message);
            }
        }
    }
}

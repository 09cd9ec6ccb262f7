//! What must hold of a draft before it is a model: codes, parents, scales, weights, classes.

mod actions;
mod classes;
mod clusters;
mod columns;
mod hierarchy;
mod indicator;
mod source;
mod translations;
mod weights;

use super::draft::{Draft, DraftIndicator};
use super::gather::Text;
use super::{Hierarchy, Model};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::text::plain;
use hierarchy::{hierarchy, parts};
use indicator::{finished, is_sound};
use std::collections::HashMap;
use toml::Spanned;

struct Checker<'a> {
    text: &'a Text<'a>,
    log: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn place<T>(&self, value: &Spanned<T>, key: &str) -> Place {
        self.text.place(&value.span(), Some(key))
    }

    fn fault<T>(
        &mut self,
        code: Code,
        at: &Spanned<T>,
        key: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let place = self.place(at, key);
        self.log.push(Diagnostic::error(code, message).at(place).hint(hint));
    }

    /// The code of the part that the value of a key names.
    fn part(&mut self, key: &str, name: &Spanned<String>, hierarchy: &Hierarchy) -> Option<String> {
        let found = hierarchy.find(name.get_ref());
        if found.is_none() {
            let hint = match nearest(name.get_ref(), hierarchy.names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name the goal, a criterion or an indicator by its code".to_string(),
            };
            let message = format!("there is no `{}` in the hierarchy", name.get_ref());
            self.fault(Code::ModelNameUnknown, name, key, message, hint);
        }
        found.map(|at| hierarchy.nodes()[at].code.clone())
    }
}

/// Checks a draft. The model is `None` only where no hierarchy can be built.
pub(super) fn check(draft: Draft, text: &Text, log: &mut Diagnostics) -> Option<Model> {
    let mut checker = Checker { text, log };
    let parts = parts(&draft);
    let sound = checker.codes(&draft.goal.code, &parts)
        & checker.parents(&draft.goal.code, &parts)
        & checker.children(&draft.goal.code, &parts);
    checker.weights_given(&parts);
    let scale = checker.scale(&draft);
    let by_code: HashMap<String, &DraftIndicator> =
        draft.indicator.iter().map(|i| (plain(i.code.get_ref()), i)).collect();
    // Grades cannot be held against a scale that makes no sense.
    for indicator in draft.indicator.iter().filter(|_| is_sound(scale)) {
        checker.indicator(indicator, scale);
    }
    let weights = checker.weight_rules(&draft);
    if !sound {
        return None;
    }
    let hierarchy = hierarchy(&draft, &parts);
    let indicators = hierarchy
        .leaves()
        .into_iter()
        .filter_map(|leaf| by_code.get(hierarchy.nodes()[leaf].code.as_str()))
        .map(|indicator| finished(indicator))
        .collect();
    let columns = checker.columns(&draft.transactions.columns);
    let clusters = checker.clusters(&draft, &hierarchy);
    let classes = checker.classes(&draft, &hierarchy);
    let actions = checker.actions(&draft);
    let translations = checker.translations(&draft, &hierarchy);
    Some(Model {
        title: draft.title.clone().unwrap_or_else(|| draft.goal.name.clone()),
        name: draft.name,
        description: draft.description.unwrap_or_default(),
        reference: draft.reference,
        hierarchy,
        indicators,
        scale,
        weights,
        combine: draft.scores.combine,
        missing: draft.scores.missing,
        unmatched: draft.scores.unmatched,
        columns,
        clusters,
        classes,
        actions,
        translations,
    })
}

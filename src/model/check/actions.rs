//! What to do with which customers.

use super::super::Action;
use super::super::draft::{Draft, DraftAction};
use super::Checker;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::text::{fold, plain};
use toml::Spanned;

impl Checker<'_> {
    pub fn actions(&mut self, draft: &Draft) -> Vec<Action> {
        let mut actions = Vec::with_capacity(draft.action.len());
        for rule in &draft.action {
            let text = rule.text.get_ref().trim().to_string();
            if text.is_empty() {
                let hint = "say what to do with these customers, in a sentence or two";
                self.fault(Code::ModelKeyMissing, &rule.text, "text", "the text is empty", hint);
            }
            actions.push(Action {
                text,
                class: self.codes_of(&rule.class, "class", draft),
                from: self.codes_of(&rule.from, "from", draft),
                heading: rule.heading.clone(),
                firmness_below: self.share_below(rule),
                translations: self.by_language(&rule.translation),
            });
        }
        self.hidden(draft);
        actions
    }

    /// The codes of the classes that are named.
    fn codes_of(&mut self, names: &[Spanned<String>], key: &str, draft: &Draft) -> Vec<String> {
        let mut codes = Vec::with_capacity(names.len());
        for name in names {
            let written = fold(name.get_ref());
            let known = draft.class.iter().map(|class| class.code.get_ref());
            match known.clone().find(|code| fold(code) == written) {
                Some(code) => codes.push(plain(code)),
                None => {
                    let hint = match nearest(name.get_ref(), known.map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "name a [[class]] by its code".to_string(),
                    };
                    let message = format!("there is no class `{}`", name.get_ref());
                    self.fault(Code::ModelNameUnknown, name, key, message, hint);
                }
            }
        }
        codes
    }

    fn share_below(&mut self, rule: &DraftAction) -> Option<f64> {
        let share = rule.firmness_below.as_ref()?;
        let is_share = *share.get_ref() > 0.0 && *share.get_ref() <= 1.0;
        if !is_share {
            let message = format!("firmness_below is {}", share.get_ref());
            let hint = "a share of draws, above 0 and at most 1, such as 0.6";
            self.fault(Code::ModelValueInvalid, share, "firmness_below", message, hint);
        }
        Some(*share.get_ref())
    }

    /// Warns of actions behind one that fits everybody.
    fn hidden(&mut self, draft: &Draft) {
        let fits_all = |rule: &DraftAction| {
            let lists = [rule.class.len(), rule.from.len(), rule.heading.len()];
            lists == [0, 0, 0] && rule.firmness_below.is_none()
        };
        let Some(last) = draft.action.iter().position(fits_all) else { return };
        if last + 1 < draft.action.len() {
            let message = "this [[action]] fits every customer, and hides those after it";
            let at = &draft.action[last].text;
            let warning = Diagnostic::warning(Code::ModelKeyUnused, message)
                .at(self.place(at, "text"))
                .hint("put it last, or give it a condition");
            self.log.push(warning);
        }
    }
}

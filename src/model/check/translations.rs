//! The texts of a model in other languages.

use super::super::Hierarchy;
use super::super::draft::{Draft, DraftTranslation};
use super::super::translation::{ClassTranslation, LANGUAGES, Translation};
use super::Checker;
use crate::diagnostic::{Code, nearest};
use crate::text::{fold, list, plain};
use std::collections::BTreeMap;
use toml::Spanned;

impl Checker<'_> {
    pub fn translations(
        &mut self,
        draft: &Draft,
        hierarchy: &Hierarchy,
    ) -> BTreeMap<String, Translation> {
        let mut translations = BTreeMap::new();
        for (language, texts) in &draft.translation {
            self.language(language);
            let translation = self.translation(texts, draft, hierarchy);
            translations.insert(language.get_ref().clone(), translation);
        }
        translations
    }

    /// The texts by language, such as those of an action.
    pub fn by_language(
        &mut self,
        texts: &BTreeMap<Spanned<String>, String>,
    ) -> BTreeMap<String, String> {
        texts
            .iter()
            .map(|(language, text)| {
                self.language(language);
                (language.get_ref().clone(), text.trim().to_string())
            })
            .collect()
    }

    fn language(&mut self, language: &Spanned<String>) {
        if !LANGUAGES.contains(&language.get_ref().as_str()) {
            let message = format!("there is no language `{}`", language.get_ref());
            let hint = format!("one of {}", list(&LANGUAGES));
            self.fault(Code::ModelValueInvalid, language, "translation", message, hint);
        }
    }

    fn translation(
        &mut self,
        texts: &DraftTranslation,
        draft: &Draft,
        hierarchy: &Hierarchy,
    ) -> Translation {
        // As they are written: the full-width marks of Chinese are to stay.
        let trimmed = |text: &Option<String>| text.as_ref().map(|text| text.trim().to_string());
        let mut translation = Translation {
            title: trimmed(&texts.title),
            description: trimmed(&texts.description),
            ..Translation::default()
        };
        for (code, name) in &texts.names {
            if let Some(code) = self.part("names", code, hierarchy) {
                translation.names.insert(code, name.trim().to_string());
            }
        }
        let known: Vec<&str> =
            draft.class.iter().map(|class| class.code.get_ref().as_str()).collect();
        for (code, class) in &texts.classes {
            let Some(own) = known.iter().find(|own| fold(own) == fold(code.get_ref())) else {
                let hint = match nearest(code.get_ref(), known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a [[class]] by its code".to_string(),
                };
                let message = format!("there is no class `{}`", code.get_ref());
                self.fault(Code::ModelNameUnknown, code, "classes", message, hint);
                continue;
            };
            let texts = ClassTranslation {
                name: trimmed(&class.name),
                reading: trimmed(&class.reading),
                strategy: trimmed(&class.strategy),
            };
            translation.classes.insert(plain(own), texts);
        }
        translation
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::model::Model;

    fn parsed(translation: &str) -> (Option<Model>, String) {
        let text = format!(
            "name = 'x'\ngoal = {{ code = 'v', name = 'V' }}\n\
             indicator = [{{ code = 'a', name = 'A', parent = 'v' }}]\n\
             [[class]]\ncode = 'low'\nname = 'Low'\n{translation}"
        );
        let mut log = Diagnostics::new();
        let model = Model::parse(&text, "m.toml", &mut log);
        (model, log.text(false))
    }

    #[test]
    fn texts_stay_as_they_are_written() {
        let (model, told) = parsed(
            "[translation.zh]\ntitle = '价值：客户'\n[translation.zh.names]\na = '甲'\n\
             [translation.zh.classes.low]\nname = '低'\n",
        );
        let texts = &model.unwrap_or_else(|| panic!("{told}")).translations["zh"];
        assert_eq!(texts.title.as_deref(), Some("价值：客户"));
        assert_eq!(texts.names["a"], "甲");
        assert_eq!(texts.classes["low"].name.as_deref(), Some("低"));
    }

    #[test]
    fn languages_and_codes_that_are_not_there_are_told() {
        let (model, told) = parsed(
            "[translation.de]\ntitle = 'x'\n[translation.zh.names]\nb = 'y'\n\
             [translation.zh.classes.lows]\nname = 'z'\n\
             [[action]]\ntext = 'x'\ntranslation = { fr = 'y' }\n",
        );
        assert!(model.is_none());
        for part in ["no language `de`", "no language `fr`", "no `b`", "did you mean `low`?"] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
}

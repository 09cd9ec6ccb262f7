//! The classes and the rules by which clusters become them.

use super::super::draft::{Draft, DraftClasses};
use super::super::{Class, ClassRule, ClassRules, Hierarchy, Level};
use super::Checker;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::plain;
use std::collections::HashSet;
use toml::Spanned;

const QUADRANTS: [(Level, Level); 4] = [
    (Level::Low, Level::Low),
    (Level::Low, Level::High),
    (Level::High, Level::Low),
    (Level::High, Level::High),
];

impl Checker<'_> {
    pub fn classes(&mut self, draft: &Draft, hierarchy: &Hierarchy) -> ClassRules {
        let rules: &DraftClasses = &draft.classes;
        let rule = rules.rule.as_ref().map_or(ClassRule::Ranked, |rule| *rule.get_ref());
        let mut part = |key: &str, name: &Option<Spanned<String>>| {
            name.as_ref().and_then(|name| self.part(key, name, hierarchy))
        };
        let horizontal = part("horizontal", &rules.horizontal);
        let vertical = part("vertical", &rules.vertical);
        if rule != ClassRule::Quadrant {
            self.unused(draft);
        }
        let mut taken = HashSet::new();
        for class in &draft.class {
            if plain(class.code.get_ref()).is_empty() {
                let hint = "a code is a short name such as low-value";
                self.fault(Code::ModelKeyMissing, &class.code, "code", "the code is empty", hint);
            } else if !taken.insert(crate::text::fold(class.code.get_ref())) {
                let message = format!("the class `{}` is there twice", class.code.get_ref());
                let hint = "each class has its own code";
                self.fault(Code::ModelCodeDuplicate, &class.code, "code", message, hint);
            }
        }
        if let (ClassRule::Quadrant, Some(at)) = (rule, &rules.rule) {
            if rules.horizontal.is_none() || rules.vertical.is_none() {
                let message = "the rule \"quadrant\" needs `horizontal` and `vertical`";
                let hint = "name two criteria by their codes";
                self.fault(Code::ModelClassInvalid, at, "rule", message, hint);
            }
            for (horizontal, vertical) in QUADRANTS {
                let here = draft.class.iter().filter(|class| {
                    (class.horizontal, class.vertical) == (Some(horizontal), Some(vertical))
                });
                let count = here.count();
                if count != 1 {
                    let message = format!(
                        "{count} classes have the position {horizontal} (horizontal), \
                         {vertical} (vertical)"
                    );
                    let hint = "the rule \"quadrant\" needs exactly one [[class]] in each position";
                    self.fault(Code::ModelClassInvalid, at, "class", message, hint);
                }
            }
        }
        let classes = draft.class.iter().map(|class| Class {
            code: plain(class.code.get_ref()),
            name: plain(&class.name),
            horizontal: class.horizontal,
            vertical: class.vertical,
            reading: class.reading.trim().to_string(),
            strategy: class.strategy.trim().to_string(),
        });
        ClassRules { rule, horizontal, vertical, cut: rules.cut, classes: classes.collect() }
    }

    /// Warns of positions that only the rule "quadrant" reads.
    fn unused(&mut self, draft: &Draft) {
        let rules = &draft.classes;
        let axes = [("horizontal", &rules.horizontal), ("vertical", &rules.vertical)];
        let axes = axes.into_iter().filter_map(|(key, name)| Some((key, name.as_ref()?)));
        let classes = draft.class.iter().filter_map(|class| {
            let key = if class.horizontal.is_some() { "horizontal" } else { "vertical" };
            (class.horizontal.is_some() || class.vertical.is_some()).then_some((key, &class.code))
        });
        for (key, at) in axes.chain(classes) {
            let message = format!("`{key}` is not used: the classes go by rank");
            let warning = Diagnostic::warning(Code::ModelKeyUnused, message)
                .at(self.place(at, key))
                .hint("put `rule = \"quadrant\"` under [classes], or delete the key");
            self.log.push(warning);
        }
    }
}

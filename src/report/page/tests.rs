use super::document::block;
use super::*;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::Model;
use crate::report::markup::html_text;
use crate::rfm::{RfmModel, SegmentMap};
use crate::role::Role;
use crate::transactions::{Metric, Reason};
use serde_json::Value;
use std::collections::BTreeSet;

/// The program of all pages together.
fn program() -> String {
    [SHARED, OF_EVALUATION, OF_SALES].concat()
}

fn words() -> serde_json::Map<String, Value> {
    serde_json::from_str(WORDS).unwrap()
}

/// Every phrase stands in both languages, with the same places for figures.
#[test]
fn no_phrase_is_missing_in_a_language() {
    let places = |phrase: &str| -> BTreeSet<String> {
        phrase
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next().map(str::to_string))
            .collect()
    };
    for (key, phrase) in words() {
        let [en, zh] = ["en", "zh"].map(|language| phrase[language].as_str().unwrap_or_default());
        assert!(!en.is_empty() && !zh.is_empty(), "{key}");
        assert_eq!(places(en), places(zh), "{key}");
    }
}

/// The program asks for no phrase that is not there, and none is there that it does not ask for.
#[test]
fn phrases_are_those_that_the_program_asks_for() {
    let program = program();
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for (before, rest) in
        program.match_indices("word(\"").map(|(at, found)| program.split_at(at + found.len()))
    {
        let _ = before;
        asked.extend(rest.split('"').next().map(str::to_string));
    }
    // These are asked for by the words of the result, or one of the two.
    let others = [
        "new",
        "lost",
        "money",
        "value",
        "why_fixed",
        "why_moving",
        "given",
        "guessed",
        "less",
        "more",
        "returns_net",
        "returns_drop",
        "returns_separate",
        "goods",
        "countries",
        "products",
        "hours",
        "weekdays",
        "eigenvector",
        "rgmm",
        "aij",
        "aip",
        "aip-arithmetic",
        "spss",
        "first",
        "kmeans++",
        "cases",
        "saved",
        "z",
        "min-max",
    ];
    asked.extend(others.map(str::to_string));
    let known: BTreeSet<String> = words().into_iter().map(|(key, _)| key).collect();
    let missing: Vec<_> = asked.difference(&known).collect();
    let unused: Vec<_> = known.difference(&asked).collect();
    assert!(missing.is_empty() && unused.is_empty(), "missing {missing:?}, unused {unused:?}");
}

/// Nothing that a file holds ends a block, or becomes markup.
#[test]
fn figures_cannot_break_out() {
    let text = block("x", &json(&"</script><script>alert(1)</script>\u{2028}").unwrap());
    assert_eq!(text.matches("<script").count(), 1);
    assert_eq!(text.matches("</script>").count(), 1);
    assert_eq!(html_text("<b title='x'>&\""), "&lt;b title=&#39;x&#39;&gt;&amp;&quot;");
}

/// The program writes text, never markup, and asks nobody for anything.
#[test]
fn the_program_writes_no_markup() {
    let program = program();
    for word in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttp",
    ] {
        assert!(!program.contains(word), "{word}");
    }
}

/// The models that the page is made for speak both languages, to the last action.
#[test]
fn the_built_in_models_are_translated() {
    for name in ["sme", "sme-hybrid", "retail-loyalty"] {
        let model = Model::open(name, &mut Diagnostics::new()).unwrap();
        let texts = &model.translations["zh"];
        assert!(texts.title.is_some() && texts.description.is_some(), "{name}");
        for node in model.hierarchy.nodes() {
            assert!(texts.names.contains_key(&node.code), "{name}: {}", node.code);
        }
        for class in &model.classes.classes {
            let own = &texts.classes[&class.code];
            assert!(own.name.is_some() && own.reading.is_some() && own.strategy.is_some());
        }
        for action in &model.actions {
            assert!(action.translations.contains_key("zh"), "{name}: {}", action.text);
        }
    }
}

/// What the program itself puts into an analysis of sales has its Chinese words, and no others have.
#[test]
fn own_terms_are_translated() {
    let terms: serde_json::Map<String, Value> = serde_json::from_str(document::TERMS).unwrap();
    let known: BTreeSet<String> = terms.keys().cloned().collect();
    let mut said: BTreeSet<String> = BTreeSet::new();
    let mut log = Diagnostics::new();
    for name in RfmModel::builtin() {
        let model = RfmModel::open(name, &mut log).unwrap();
        said.extend([model.title, model.reference]);
        for dimension in model.dimensions {
            said.extend([dimension.name, dimension.meaning]);
            said.insert(dimension.method.words().to_string());
        }
    }
    for method in ["rank", "mean", "kmeans", "lloyd", "quantile-plus-one"] {
        said.insert(crate::rfm::method(method).unwrap().words().to_string());
    }
    said.insert(crate::rfm::Method::Cuts(Vec::new()).words().to_string());
    for name in SegmentMap::builtin() {
        let map = SegmentMap::open(name, &mut log).unwrap();
        said.extend(map.otherwise);
        for segment in map.segments {
            said.extend([segment.name, segment.description, segment.action]);
        }
    }
    said.insert(crate::rfm::FIT_NONE.to_string());
    for metric in Metric::ALL {
        said.extend([metric.title().to_string(), metric.definition().to_string()]);
    }
    use Reason::*;
    let reasons = [
        Malformed,
        NoCustomer,
        NotANumber,
        NoDate,
        NotADate,
        FutureDate,
        OutsidePeriod,
        Cancelled,
        Return,
        Duplicate,
    ];
    said.extend(reasons.map(|reason| reason.words()));
    said.extend(Role::ALL.iter().map(|role| role.name().to_string()));
    said.extend(Code::ALL.iter().map(|code| code.title().to_string()));
    said.extend(["Low", "Mid", "High", "Low Engagement", "Average", "Loyal"].map(str::to_string));
    said.remove("");
    let missing: Vec<_> = said.difference(&known).collect();
    let unused: Vec<_> = known.difference(&said).collect();
    assert!(missing.is_empty() && unused.is_empty(), "missing {missing:?}, unused {unused:?}");
    assert!(terms.values().all(|chinese| chinese.as_str().is_some_and(|text| !text.is_empty())));
}

/// Every sentence in another language has the places of the English one.
#[test]
fn sentences_keep_what_varies() {
    let sentences: Vec<[String; 2]> = serde_json::from_str(document::SENTENCES).unwrap();
    for [english, chinese] in sentences {
        let mut places = [english.as_str(), chinese.as_str()].map(|text| -> Vec<String> {
            let parts = text.split('{').skip(1);
            parts.filter_map(|rest| Some(rest.split_once('}')?.0.to_string())).collect()
        });
        places.iter_mut().for_each(|places| places.sort());
        assert_eq!(places[0], places[1], "{english}");
    }
}

//! What must hold of a draft before it is a model.

use super::draft::{Draft, DraftDimension};
use super::{Dimension, Direction, KIND, LEVELS, METHODS, RfmModel, method};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::gather::Text;
use crate::rfm::score::{Lloyd, Method, Starts};
use crate::rfm::segment::SegmentMap;
use crate::text::{list, plain};
use crate::transactions::{Metric, Role};
use std::collections::{BTreeMap, HashSet};
use toml::Spanned;

/// How many levels a score has, where nothing says so.
const FIVE: u32 = 5;

struct Checker<'a> {
    text: &'a Text<'a>,
    log: &'a mut Diagnostics,
}

/// Checks a draft; faults go to the log.
pub(super) fn check(draft: Draft, text: &Text, log: &mut Diagnostics) -> RfmModel {
    let mut checker = Checker { text, log };
    if draft.kind.get_ref() != KIND {
        let message = format!("the kind is “{}”, not that of such a model", draft.kind.get_ref());
        checker.fault(&draft.kind, "kind", message, format!("kind = \"{KIND}\""));
    }
    let levels = draft.levels.as_ref().map_or(FIVE, |levels| checker.levels(levels));
    let mut taken = HashSet::new();
    let dimensions: Vec<Dimension> = draft
        .dimension
        .iter()
        .map(|dimension| {
            checker.letter(&dimension.letter, &mut taken);
            checker.dimension(dimension, levels)
        })
        .collect();
    if dimensions.is_empty() {
        let hint = "add [[dimension]] with letter, name and metric";
        checker.fault(&draft.kind, "dimension", "the model scores nothing", hint);
    } else if dimensions.iter().all(|dimension| dimension.weight == 0.0) {
        let hint = "at least one weight above 0, or none, which is 1 for each";
        checker.fault(&draft.dimension[0].letter, "weight", "all weights are 0", hint);
    }
    if let Some(map) = &draft.map {
        checker.map(map, &dimensions);
    }
    let columns = checker.columns(&draft.columns);
    RfmModel {
        title: draft.title.unwrap_or_else(|| draft.name.clone()),
        name: draft.name,
        reference: draft.reference.unwrap_or_default(),
        dimensions,
        weights_from: None,
        map: draft.map.map(Spanned::into_inner),
        columns,
    }
}

impl Checker<'_> {
    fn fault<T>(
        &mut self,
        at: &Spanned<T>,
        key: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let place = self.text.place(&at.span(), Some(key));
        self.log.push(Diagnostic::error(Code::RfmModel, message).at(place).hint(hint));
    }

    fn levels(&mut self, levels: &Spanned<u32>) -> u32 {
        if !LEVELS.contains(levels.get_ref()) {
            let message = format!("a score of {} levels", levels.get_ref());
            let hint = format!("from {} to {}", LEVELS.start(), LEVELS.end());
            self.fault(levels, "levels", message, hint);
        }
        *levels.get_ref()
    }

    fn letter<'a>(&mut self, letter: &'a Spanned<String>, taken: &mut HashSet<&'a String>) {
        let written = letter.get_ref();
        if written.len() != 1 || !written.chars().all(|c| c.is_ascii_uppercase()) {
            let message = format!("“{written}” is no letter");
            self.fault(letter, "letter", message, "one capital letter, such as R");
        } else if !taken.insert(written) {
            let message = format!("the letter {written} stands for two figures");
            self.fault(letter, "letter", message, "one letter a figure");
        }
    }

    fn dimension(&mut self, draft: &DraftDimension, levels: u32) -> Dimension {
        let method = self.method(draft);
        let given = draft.levels.as_ref().map(|levels| self.levels(levels));
        let own = match &method {
            Method::Cuts(cuts) => Some(cuts.len() as u32 + 1),
            Method::Mean => Some(2),
            _ => None,
        };
        if let (Some(written), Some(given), Some(own)) = (&draft.levels, given, own)
            && given != own
        {
            let message = format!("{given} levels, and the method makes {own}");
            self.fault(written, "levels", message, "leave out `levels` here");
        }
        let levels = own.or(given).unwrap_or(levels);
        if let (Method::Lloyd(Lloyd { starts: Starts::Values(values), .. }), Some(starts)) =
            (&method, &draft.starts)
            && values.len() != levels as usize
        {
            let message = format!("{} starts for {levels} levels", values.len());
            self.fault(starts, "starts", message, "one start for each level");
        }
        Dimension {
            letter: draft.letter.get_ref().clone(),
            name: plain(&draft.name),
            meaning: draft.meaning.clone().unwrap_or_default(),
            metric: self.metric(&draft.metric),
            direction: match draft.direction {
                crate::model::Direction::Benefit => Direction::MoreIsBetter,
                crate::model::Direction::Cost => Direction::LessIsBetter,
            },
            method,
            levels,
            weight: draft.weight.as_ref().map_or(1.0, |weight| self.weight(weight)),
        }
    }

    fn columns(&mut self, written: &BTreeMap<String, Spanned<String>>) -> BTreeMap<Role, String> {
        let mut columns = BTreeMap::new();
        for (name, header) in written {
            let Some(role) = Role::parse(name) else {
                let names = Role::ALL.map(Role::name);
                let hint = match nearest(name, names) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("roles: {}", list(&names)),
                };
                let message = format!("there is no role “{}” of columns", plain(name));
                self.fault(header, "columns", message, hint);
                continue;
            };
            columns.insert(role, header.get_ref().clone());
        }
        columns
    }

    fn metric(&mut self, written: &Spanned<String>) -> Metric {
        let names = Metric::ALL.map(Metric::name);
        Metric::parse(written.get_ref()).unwrap_or_else(|| {
            let hint = match nearest(written.get_ref(), names) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("metrics: {}", list(&names)),
            };
            let message = format!("there is no metric “{}”", written.get_ref());
            self.fault(written, "metric", message, hint);
            Metric::Monetary
        })
    }

    fn weight(&mut self, weight: &Spanned<f64>) -> f64 {
        let value = *weight.get_ref();
        if !(value.is_finite() && value >= 0.0) {
            self.fault(weight, "weight", format!("a weight of {value}"), "0 or more");
        }
        value
    }

    fn method(&mut self, draft: &DraftDimension) -> Method {
        let named = draft.method.as_ref().map(|name| (name, name.get_ref().as_str()));
        let found = match (named, &draft.cuts) {
            (None, None) => Method::Quantile,
            (None | Some((_, "cuts")), Some(cuts)) => {
                self.rising(cuts, "cuts");
                Method::Cuts(cuts.get_ref().clone())
            }
            (Some((name, "cuts")), None) => {
                self.fault(name, "method", "no cut points are given", "cuts = [30, 90, 365]");
                Method::Quantile
            }
            (Some((name, written)), cuts) => {
                if let Some(cuts) = cuts {
                    let message = format!("the method “{written}” does not go by cut points");
                    self.fault(cuts, "cuts", message, "leave out `method`, or `cuts`");
                }
                method(written).unwrap_or_else(|| {
                    let message = format!("there is no method “{written}”");
                    let hint = format!("{} or cuts = [ … ]", METHODS.join(", "));
                    self.fault(name, "method", message, hint);
                    Method::Quantile
                })
            }
        };
        match found {
            Method::Lloyd(lloyd) => Method::Lloyd(self.lloyd(draft, lloyd)),
            other => {
                self.only_lloyd(&draft.starts, "starts");
                self.only_lloyd(&draft.seed, "seed");
                self.only_lloyd(&draft.tolerance, "tolerance");
                other
            }
        }
    }

    fn only_lloyd<T>(&mut self, written: &Option<Spanned<T>>, key: &str) {
        if let Some(written) = written {
            let message = format!("`{key}` is for the method \"lloyd\"");
            self.fault(written, key, message, format!("method = \"lloyd\", or leave out `{key}`"));
        }
    }

    fn lloyd(&mut self, draft: &DraftDimension, default: Lloyd) -> Lloyd {
        let starts = match (&draft.starts, &draft.seed) {
            (Some(values), seed) => {
                self.rising(values, "starts");
                if let Some(seed) = seed {
                    let message = "both `starts` and `seed` say where to start";
                    self.fault(seed, "seed", message, "leave out one of them");
                }
                Starts::Values(values.get_ref().clone())
            }
            (None, Some(seed)) => Starts::Seeded(*seed.get_ref()),
            (None, None) => default.starts,
        };
        let tolerance = draft.tolerance.as_ref().map_or(default.tolerance, |tolerance| {
            let value = *tolerance.get_ref();
            if !(0.0..1.0).contains(&value) {
                let message = format!("a tolerance of {value}");
                self.fault(tolerance, "tolerance", message, "0 or more, and below 1");
            }
            value
        });
        Lloyd { starts, tolerance }
    }

    /// Numbers, at least one, each above the one before.
    fn rising(&mut self, numbers: &Spanned<Vec<f64>>, key: &str) {
        let all = numbers.get_ref();
        let is_rising = all.windows(2).all(|pair| pair[0] < pair[1]);
        let most = *LEVELS.end() as usize;
        let is_sound = is_rising && all.iter().all(|number| number.is_finite());
        if !is_sound || all.is_empty() || all.len() > most {
            let message = format!("`{key}` do not rise from number to number");
            self.fault(numbers, key, message, format!("1 to {most} rising numbers"));
        }
    }

    /// A built-in map has to fit the scores. A file is looked at when it is opened.
    fn map(&mut self, written: &Spanned<String>, dimensions: &[Dimension]) {
        let name = written.get_ref();
        if !SegmentMap::builtin().contains(&name.as_str()) {
            if !name.ends_with(".toml") {
                let hint = match nearest(name, SegmentMap::builtin()) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("a .toml file, or {}", list(&SegmentMap::builtin())),
                };
                self.fault(written, "map", format!("there is no map “{name}”"), hint);
            }
            return;
        }
        let Some(map) = SegmentMap::open(name, &mut Diagnostics::new()) else { return };
        for letter in &map.letters {
            let own = dimensions.iter().find(|dimension| &dimension.letter == letter);
            let message = match own {
                None => format!("the map {name} goes by {letter}, which the model does not score"),
                Some(own) if own.levels != map.levels => format!(
                    "the map {name} goes by scores from 1 to {}, and {letter} has {}",
                    map.levels, own.levels
                ),
                Some(_) => continue,
            };
            self.fault(written, "map", message, "another map, other levels, or none");
        }
    }
}

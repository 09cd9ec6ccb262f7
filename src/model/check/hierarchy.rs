//! The hierarchy of a draft: codes, parents, the weights given in it.

use super::super::draft::Draft;
use super::super::hierarchy::{Hierarchy, Link, WEIGHTS};
use super::Checker;
use crate::diagnostic::{Code, Place, nearest};
use crate::text::plain;
use std::collections::{HashMap, HashSet};
use toml::Spanned;

/// So many unknown parents get a suggestion each.
const MOST_SUGGESTED: usize = 50;

/// A part of the hierarchy with the places of its code, parent and weight.
pub struct Part<'a> {
    pub code: &'a Spanned<String>,
    pub name: &'a str,
    pub parent: &'a Spanned<String>,
    pub weight: Option<&'a Spanned<f64>>,
    pub description: Option<&'a String>,
    pub is_indicator: bool,
}

/// Criteria and indicators together.
pub fn parts(draft: &Draft) -> Vec<Part<'_>> {
    let criteria = draft.criterion.iter().map(|criterion| Part {
        code: &criterion.code,
        name: &criterion.name,
        parent: &criterion.parent,
        weight: criterion.weight.as_ref(),
        description: criterion.description.as_ref(),
        is_indicator: false,
    });
    let indicators = draft.indicator.iter().map(|indicator| Part {
        code: &indicator.code,
        name: &indicator.name,
        parent: &indicator.parent,
        weight: indicator.weight.as_ref(),
        description: indicator.description.as_ref(),
        is_indicator: true,
    });
    let mut parts: Vec<Part> = criteria.chain(indicators).collect();
    // Siblings keep the order of the file, be they criteria or indicators.
    parts.sort_by_key(|part| part.code.span().start);
    parts
}

/// The hierarchy of a draft whose codes, parents and children are sound.
pub fn hierarchy(draft: &Draft, parts: &[Part]) -> Hierarchy {
    let links: Vec<Link> = parts
        .iter()
        .map(|part| Link {
            code: plain(part.code.get_ref()),
            name: plain(part.name),
            parent: plain(part.parent.get_ref()),
            weight: part.weight.map(|weight| *weight.get_ref()),
            description: part.description.cloned().unwrap_or_default(),
        })
        .collect();
    let goal_code = plain(draft.goal.code.get_ref());
    Hierarchy::build(&goal_code, &plain(&draft.goal.name), &links)
}

impl Checker<'_> {
    pub fn codes(&mut self, goal: &Spanned<String>, parts: &[Part]) -> bool {
        let mut first: HashMap<String, Place> = HashMap::new();
        let mut sound = true;
        for code in std::iter::once(goal).chain(parts.iter().map(|part| part.code)) {
            let folded = crate::text::fold(code.get_ref());
            let place = self.place(code, "code");
            if folded.is_empty() {
                let hint = "a code is a short name such as C11";
                self.fault(Code::ModelKeyMissing, code, "code", "the code is empty", hint);
                sound = false;
            } else if let Some(before) = first.get(&folded) {
                let message = format!("the code `{}` is already taken", code.get_ref());
                let hint = format!("it stands first at {before}; rename one of the two");
                self.fault(Code::ModelCodeDuplicate, code, "code", message, hint);
                sound = false;
            } else {
                first.insert(folded, place);
            }
        }
        sound
    }

    pub fn parents(&mut self, goal: &Spanned<String>, parts: &[Part]) -> bool {
        let above: HashMap<&str, &str> = parts
            .iter()
            .filter(|part| !part.is_indicator)
            .map(|part| (part.code.get_ref().as_str(), part.parent.get_ref().as_str()))
            .collect();
        let indicators: HashSet<&str> =
            parts.iter().filter(|p| p.is_indicator).map(|p| p.code.get_ref().as_str()).collect();
        let mut sound = true;
        let mut known: HashSet<&str> = HashSet::new();
        let mut unknown = 0;
        for part in parts {
            let parent = part.parent.get_ref().as_str();
            let code = part.code.get_ref().as_str();
            if parent == goal.get_ref() {
                continue;
            }
            if indicators.contains(parent) {
                let message = format!("the parent of `{code}` is the indicator `{parent}`");
                let hint = format!("make `{parent}` a [[criterion]], or choose another parent");
                self.fault(Code::ModelParentUnknown, part.parent, "parent", message, hint);
                sound = false;
            } else if !above.contains_key(parent) {
                // Suggestions for thousands of parents among thousands take too long.
                unknown += 1;
                let suggested = parts
                    .iter()
                    .filter(|part| !part.is_indicator && unknown <= MOST_SUGGESTED)
                    .map(|part| part.code.get_ref().as_str())
                    .chain([goal.get_ref().as_str()]);
                let hint = match nearest(parent, suggested) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => "a parent is the goal or a [[criterion]]".to_string(),
                };
                let message = format!("`{code}` has the parent `{parent}`, which is not there");
                self.fault(Code::ModelParentUnknown, part.parent, "parent", message, hint);
                sound = false;
            } else if let Some(circle) = circle(code, &above, &mut known) {
                let message =
                    format!("these criteria go round in a circle: {}", circle.join(" → "));
                let hint = "give one of them the goal, or a criterion above, as its parent";
                let at = parts.iter().find(|p| p.code.get_ref() == circle[0]).unwrap_or(part);
                self.fault(Code::ModelCycle, at.parent, "parent", message, hint);
                sound = false;
            }
        }
        sound
    }

    pub fn children(&mut self, goal: &Spanned<String>, parts: &[Part]) -> bool {
        let with_children: HashSet<&str> =
            parts.iter().map(|part| part.parent.get_ref().as_str()).collect();
        let criteria = parts.iter().filter(|part| !part.is_indicator).map(|part| part.code);
        let mut sound = true;
        for code in std::iter::once(goal).chain(criteria) {
            if !with_children.contains(code.get_ref().as_str()) {
                let message = format!("`{}` has nothing below it", code.get_ref());
                let hint = "add an [[indicator]] with this parent, or make it an [[indicator]]";
                self.fault(Code::ModelChildless, code, "code", message, hint);
                sound = false;
            }
        }
        sound
    }

    pub fn weights_given(&mut self, parts: &[Part]) {
        let mut siblings: HashMap<&str, (usize, usize)> = HashMap::new();
        for part in parts {
            let counts = siblings.entry(part.parent.get_ref()).or_default();
            counts.0 += 1;
            counts.1 += usize::from(part.weight.is_some());
        }
        for part in parts {
            let (all, weighted) = siblings[part.parent.get_ref().as_str()];
            match part.weight {
                Some(weight) if !WEIGHTS.contains(weight.get_ref()) => {
                    let message = format!("the weight is {}", weight.get_ref());
                    let hint = "weights are positive numbers, neither tiny nor huge";
                    self.fault(Code::ModelWeightInvalid, weight, "weight", message, hint);
                }
                None if weighted > 0 => {
                    let message = format!(
                        "`{}` has no weight, but {weighted} of the {all} parts below `{}` have one",
                        part.code.get_ref(),
                        part.parent.get_ref()
                    );
                    let hint = "give a weight to all of them or to none";
                    self.fault(Code::ModelWeightInvalid, part.code, "weight", message, hint);
                }
                _ => {}
            }
        }
    }
}

/// The circle that a criterion is part of, or runs into, on its way up. What is on the way is added
/// to `known`, so that no part is walked twice.
fn circle<'a>(
    start: &'a str,
    above: &HashMap<&'a str, &'a str>,
    known: &mut HashSet<&'a str>,
) -> Option<Vec<&'a str>> {
    let mut way = Vec::new();
    let mut on_way: HashMap<&str, usize> = HashMap::new();
    let mut here = start;
    while known.insert(here) {
        on_way.insert(here, way.len());
        way.push(here);
        here = above.get(here)?;
    }
    on_way.get(here).map(|&from| way.split_off(from))
}

//! What must hold of a draft before it is a model: codes, parents, scales, weights, classes.

use super::draft::{Draft, DraftClasses, DraftIndicator};
use super::gather::Text;
use super::hierarchy::{Hierarchy, Link};
use super::{
    Blend, Class, ClassRule, ClassRules, ClusterRules, Grade, Indicator, JudgementScale, Level,
    Model, Scale, ScaleRule, Source, WeightRules,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::text::plain;
use std::collections::{HashMap, HashSet};
use toml::Spanned;

/// So many unknown parents get a suggestion each.
const MOST_SUGGESTED: usize = 50;

/// Scales and weights beyond these are slips, and sums of them lose all precision.
const LARGEST: f64 = 1e9;
const WEIGHTS: std::ops::RangeInclusive<f64> = 1e-9..=LARGEST;

/// The most clusters that can be asked for.
const MOST_CLUSTERS: usize = 1_000;

/// The rule "quantiles" makes a step for each whole score: at most so many.
const MOST_STEPS: f64 = 1_000.0;

fn is_sound(scale: Scale) -> bool {
    // Written so that NaN fails it too.
    scale.min.abs() <= LARGEST && scale.max.abs() <= LARGEST && scale.min < scale.max
}

/// A part of the hierarchy with the places of its code, parent and weight.
struct Part<'a> {
    code: &'a Spanned<String>,
    name: &'a str,
    parent: &'a Spanned<String>,
    weight: Option<&'a Spanned<f64>>,
    description: Option<&'a String>,
    is_indicator: bool,
}

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
    let hierarchy = Hierarchy::build(&goal_code, &plain(&draft.goal.name), &links);
    let indicators = hierarchy
        .leaves()
        .into_iter()
        .filter_map(|leaf| by_code.get(hierarchy.nodes()[leaf].code.as_str()))
        .map(|indicator| finished(indicator))
        .collect();
    let clusters = checker.clusters(&draft, &hierarchy);
    let classes = checker.classes(&draft, &hierarchy);
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
        clusters,
        classes,
    })
}

/// Criteria and indicators together.
fn parts(draft: &Draft) -> Vec<Part<'_>> {
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

fn finished(draft: &DraftIndicator) -> Indicator {
    let mut grades: Vec<Grade> = draft
        .grades
        .iter()
        .map(|(grade, score)| Grade { grade: plain(grade), score: *score.get_ref() })
        .collect();
    grades.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.grade.cmp(&b.grade)));
    Indicator {
        code: plain(draft.code.get_ref()),
        name: plain(&draft.name),
        description: draft.description.clone().unwrap_or_default(),
        direction: draft.direction,
        source: draft.source,
        unit: draft.unit.clone(),
        grades,
        column: draft.column.clone(),
        rule: draft.rule,
        cuts: draft.cuts.as_ref().map(|cuts| cuts.get_ref().clone()).unwrap_or_default(),
    }
}

impl Checker<'_> {
    fn codes(&mut self, goal: &Spanned<String>, parts: &[Part]) -> bool {
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

    fn parents(&mut self, goal: &Spanned<String>, parts: &[Part]) -> bool {
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

    fn children(&mut self, goal: &Spanned<String>, parts: &[Part]) -> bool {
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

    fn weights_given(&mut self, parts: &[Part]) {
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

    fn scale(&mut self, draft: &Draft) -> Scale {
        let (min, max) = (*draft.scale.min.get_ref(), *draft.scale.max.get_ref());
        if !is_sound(Scale { min, max }) {
            let message = format!("the scale runs from {min} to {max}");
            let hint = "min must be below max, and both between minus and plus a thousand million";
            self.fault(Code::ModelScaleInvalid, &draft.scale.max, "scale", message, hint);
        }
        Scale { min, max }
    }

    fn indicator(&mut self, indicator: &DraftIndicator, scale: Scale) {
        for (grade, score) in &indicator.grades {
            if !scale.holds(*score.get_ref()) {
                let message = format!("the grade {grade} has the score {}", score.get_ref());
                let hint = format!("the scale runs from {} to {}", scale.min, scale.max);
                self.fault(Code::ModelScaleInvalid, score, "grades", message, hint);
            }
        }
        let mut grades = HashSet::new();
        for (grade, score) in &indicator.grades {
            if !grades.insert(crate::text::fold(grade)) {
                let message = format!("the grade {grade} is there twice");
                let hint = "grades are compared without regard to case, width and spaces";
                self.fault(Code::ModelScaleInvalid, score, "grades", message, hint);
            }
        }
        let is_measured = indicator.source == Source::Measured;
        if is_measured
            && indicator.rule == ScaleRule::Quantiles
            && scale.max - scale.min > MOST_STEPS
        {
            let hint = "a shorter scale, or the rule \"min-max\"";
            let message = "the scale is too long for the rule \"quantiles\"";
            self.fault(Code::ModelScaleInvalid, &indicator.code, "rule", message, hint);
        }
        let is_cuts = indicator.rule == ScaleRule::Cuts;
        match &indicator.cuts {
            None if is_cuts && indicator.source == Source::Measured => {
                let hint = "add `cuts = [ … ]`";
                let message = "the rule \"cuts\" needs cut points";
                self.fault(Code::ModelScaleInvalid, &indicator.code, "cuts", message, hint);
            }
            Some(cuts) => {
                let points = cuts.get_ref();
                let rising = points.windows(2).all(|pair| pair[0] < pair[1]);
                if points.is_empty() || !rising || !points.iter().all(|point| point.is_finite()) {
                    let hint = "cut points are numbers that rise from each to the next";
                    let message = format!("the cut points are {points:?}");
                    self.fault(Code::ModelScaleInvalid, cuts, "cuts", message, hint);
                }
            }
            None => {}
        }
    }

    fn weight_rules(&mut self, draft: &Draft) -> WeightRules {
        let rules = &draft.weights;
        let limit = *rules.consistency_limit.get_ref();
        if !(limit.is_finite() && limit > 0.0) {
            let message = format!("the consistency limit is {limit}");
            let hint = "a positive number; Saaty's rule is 0.10";
            let at = &rules.consistency_limit;
            self.fault(Code::ModelWeightInvalid, at, "consistency_limit", message, hint);
        }
        let scale_max = *rules.scale_max.get_ref();
        if !(scale_max.is_finite() && scale_max > 1.0 && scale_max <= 1000.0) {
            let message = format!("the judgement scale ends at {scale_max}");
            let hint = "a number above 1; Saaty's scale ends at 9";
            self.fault(Code::ModelWeightInvalid, &rules.scale_max, "scale_max", message, hint);
        }
        let scale = rules.scale.as_ref().map_or(JudgementScale::default(), |s| *s.get_ref());
        if let Some(at) = &rules.scale
            && scale != JudgementScale::Linear
            && scale_max != 9.0
        {
            let message = format!("the scale {scale} is defined from 1 to 9, not to {scale_max}");
            let hint = "leave `scale_max` out, or take the linear scale";
            self.fault(Code::ModelWeightInvalid, at, "scale", message, hint);
        }
        if let Some(at) = &rules.exclude_above
            && !(at.get_ref().is_finite() && *at.get_ref() > 0.0)
        {
            let message = format!("experts above a CR of {} are to be left out", at.get_ref());
            let hint = "a positive number, such as 0.10 or 0.20";
            self.fault(Code::ModelWeightInvalid, at, "exclude_above", message, hint);
        }
        if let Some(blend) = &rules.blend
            && !(*blend.share.get_ref() > 0.0 && *blend.share.get_ref() <= 1.0)
        {
            let message = format!("the share of the data is {}", blend.share.get_ref());
            let hint = "above 0 and at most 1: 0.3 leaves 0.7 to the judgements";
            self.fault(Code::ModelWeightInvalid, &blend.share, "share", message, hint);
        }
        WeightRules {
            method: rules.method,
            random_index: rules.random_index,
            consistency_limit: limit,
            scale_max,
            scale,
            aggregate: rules.aggregate,
            incomplete: rules.incomplete,
            exclude_above: rules.exclude_above.as_ref().map(|limit| *limit.get_ref()),
            blend: rules
                .blend
                .as_ref()
                .map(|blend| Blend { objective: blend.by, share: *blend.share.get_ref() }),
        }
    }

    fn clusters(&mut self, draft: &Draft, hierarchy: &Hierarchy) -> ClusterRules {
        let rules = &draft.clusters;
        let variables = match &rules.variables {
            Some(names) => names.iter().filter_map(|name| self.part(name, hierarchy)).collect(),
            None => {
                let goal = hierarchy.goal();
                let children = goal.children.iter().map(|&child| &hierarchy.nodes()[child]);
                std::iter::once(goal).chain(children).map(|node| node.code.clone()).collect()
            }
        };
        let k = *rules.k.get_ref();
        if !(1..=MOST_CLUSTERS).contains(&k) {
            let hint = "the number of clusters is from 1 to 1,000";
            self.fault(Code::ModelValueInvalid, &rules.k, "k", format!("k is {k}"), hint);
        }
        if *rules.max_iterations.get_ref() < 1 {
            let hint = "at least 1";
            let at = &rules.max_iterations;
            self.fault(Code::ModelValueInvalid, at, "max_iterations", "it is 0", hint);
        }
        if !(0.0..1.0).contains(rules.converge.get_ref()) {
            let message = format!("converge is {}", rules.converge.get_ref());
            let hint = "a share from 0 up to, but not including, 1";
            self.fault(Code::ModelValueInvalid, &rules.converge, "converge", message, hint);
        }
        ClusterRules {
            variables,
            k: *rules.k.get_ref(),
            start: rules.start,
            start_cases: rules.start_cases.clone(),
            standardise: rules.standardise,
            max_iterations: *rules.max_iterations.get_ref(),
            converge: *rules.converge.get_ref(),
            seed: rules.seed,
        }
    }

    fn part(&mut self, name: &Spanned<String>, hierarchy: &Hierarchy) -> Option<String> {
        let found = hierarchy.find(name.get_ref());
        if found.is_none() {
            let hint = match nearest(name.get_ref(), hierarchy.names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name the goal, a criterion or an indicator by its code".to_string(),
            };
            let message = format!("there is no `{}` in the hierarchy", name.get_ref());
            self.fault(Code::ModelParentUnknown, name, "code", message, hint);
        }
        found.map(|at| hierarchy.nodes()[at].code.clone())
    }

    fn classes(&mut self, draft: &Draft, hierarchy: &Hierarchy) -> ClassRules {
        let rules: &DraftClasses = &draft.classes;
        let rule = rules.rule.as_ref().map_or(ClassRule::Ranked, |rule| *rule.get_ref());
        let horizontal = rules.horizontal.as_ref().and_then(|name| self.part(name, hierarchy));
        let vertical = rules.vertical.as_ref().and_then(|name| self.part(name, hierarchy));
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
}

const QUADRANTS: [(Level, Level); 4] = [
    (Level::Low, Level::Low),
    (Level::Low, Level::High),
    (Level::High, Level::Low),
    (Level::High, Level::High),
];

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

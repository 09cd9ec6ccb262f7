//! What each test says here, and what it cannot say, in plain sentences.

use super::{Anova, FIs, Origin, Pair};
use crate::text::{count, list};

/// So many pairs are named; the others are counted.
const MOST_NAMED: usize = 6;

/// One sentence for each test of a variable.
pub(super) fn sentences(anova: &Anova) -> Vec<String> {
    [
        one_way(anova),
        effect(anova),
        welch(anova),
        kruskal(anova),
        levene(anova),
        bartlett(anova),
        normality(anova),
        pairs(anova, "Tukey", &anova.tukey, "it trusts that all groups spread alike"),
        pairs(anova, "Games and Howell", &anova.games_howell, "few cases in a group make it rough"),
    ]
    .into_iter()
    .flatten()
    .map(|sentence| format!("{}{}.", sentence, caveat(anova)))
    .collect()
}

/// Where the groups are clusters, each sentence says so itself.
fn caveat(anova: &Anova) -> &'static str {
    match anova.origin {
        Origin::Given => "",
        Origin::Clusters => {
            "; the groups are clusters made of these same data, so this describes and does not test"
        }
    }
}

/// "p = .016", "p < .001"
fn p_of(p: f64) -> String {
    match p {
        p if p < 0.0005 => "p < .001".to_string(),
        p if p > 0.9995 => "p > .999".to_string(),
        p => format!("p = {}", format!("{p:.3}").trim_start_matches('0')),
    }
}

fn clear(anova: &Anova, p: f64) -> bool {
    p < 1.0 - anova.level
}

fn one_way(anova: &Anova) -> Option<String> {
    let name = &anova.variable;
    let p = anova.p?;
    let figures = match (anova.f_is, anova.f) {
        (FIs::Finite, Some(f)) => {
            format!("F({}, {}) = {f:.2}, {}", anova.between.df, anova.within.df, p_of(p))
        }
        _ => "F is infinite".to_string(),
    };
    Some(if clear(anova, p) {
        format!(
            "F test: the groups' means of {name} differ by more than chance would explain ({figures}); which groups differ it does not say"
        )
    } else {
        format!(
            "F test: the means of {name} may be equal in all groups ({figures}); this does not prove that they are"
        )
    })
}

fn effect(anova: &Anova) -> Option<String> {
    let effect = anova.effects.eta_squared;
    let share = 100.0 * effect.value?;
    let interval = effect.lower.zip(effect.upper).map_or(String::new(), |(lower, upper)| {
        format!(
            " ({} % interval for all such cases {:.1} to {:.1} %)",
            percent(anova.level),
            100.0 * lower,
            100.0 * upper
        )
    });
    Some(format!(
        "η²: the groups account for {share:.1} % of the variation of {}{interval}; it does not say that they cause it",
        anova.variable
    ))
}

fn welch(anova: &Anova) -> Option<String> {
    let welch = &anova.welch;
    let (f, df2, p) = (welch.f?, welch.df2?, welch.p?);
    let figures = format!("F({}, {df2:.1}) = {f:.2}, {}", welch.df1, p_of(p));
    let finding = if clear(anova, p) { "the means differ" } else { "the means may be equal" };
    Some(format!(
        "Welch: even if the groups spread unequally, {finding} ({figures}); it does not say which groups differ"
    ))
}

fn kruskal(anova: &Anova) -> Option<String> {
    let kruskal = &anova.kruskal;
    let (h, p) = (kruskal.h?, kruskal.p?);
    let figures = format!("H({}) = {h:.2}, {}", kruskal.df, p_of(p));
    let finding = if clear(anova, p) {
        "some groups have higher ranks than others"
    } else {
        "no group need have higher ranks than another"
    };
    Some(format!(
        "Kruskal–Wallis: by ranks alone, {finding} ({figures}); it does not compare means"
    ))
}

fn levene(anova: &Anova) -> Option<String> {
    let p = anova.levene_median.p?;
    let by_mean = anova.levene.p.map_or(String::new(), |p| format!(", by means {}", p_of(p)));
    let figures = format!("by medians {}{by_mean}", p_of(p));
    Some(if clear(anova, p) {
        format!(
            "Levene: the groups spread unequally ({figures}), so that Welch and Games–Howell are to be preferred; it says nothing of the means"
        )
    } else {
        format!("Levene: the groups may spread alike ({figures}); with few cases it overlooks much")
    })
}

fn bartlett(anova: &Anova) -> Option<String> {
    let p = anova.bartlett.p?;
    let finding =
        if clear(anova, p) { "the variances differ" } else { "the variances may be equal" };
    Some(format!(
        "Bartlett: if every group is normal, {finding} ({}); where one is not, it cannot tell spread from shape",
        p_of(p)
    ))
}

fn normality(anova: &Anova) -> Option<String> {
    let tested: Vec<_> =
        anova.normality.iter().filter_map(|group| Some((group, group.p?))).collect();
    if tested.is_empty() {
        return None;
    }
    let against: Vec<&str> = tested
        .iter()
        .filter(|(_, p)| clear(anova, *p))
        .map(|(group, _)| group.group.as_str())
        .collect();
    let of = count(tested.len(), "group");
    Some(if against.is_empty() {
        format!(
            "Shapiro–Wilk: none of {of} tested contradicts a normal distribution; with few cases it overlooks much"
        )
    } else {
        let named = named(&against.iter().map(|name| name.to_string()).collect::<Vec<_>>());
        format!(
            "Shapiro–Wilk: {} of {of} tested look other than normal ({named}); with many cases F hardly minds, and ranks never do",
            against.len()
        )
    })
}

fn pairs(anova: &Anova, test: &str, pairs: &[Pair], but: &str) -> Option<String> {
    let tested: Vec<(&Pair, f64)> = pairs.iter().filter_map(|pair| Some((pair, pair.p?))).collect();
    if tested.is_empty() {
        return None;
    }
    let apart: Vec<String> = tested
        .iter()
        .filter(|(_, p)| clear(anova, *p))
        .map(|(pair, _)| format!("{} – {}", pair.a, pair.b))
        .collect();
    let of = count(tested.len(), "pair");
    Some(match apart.len() {
        0 => format!(
            "{test}: of {of}, none differs clearly; that does not prove any two equal, and {but}"
        ),
        n if n == tested.len() && n > 1 => {
            format!("{test}: the means of all {of} differ; {but}")
        }
        n => format!(
            "{test}: the means of {n} of {of} differ ({}); the others may be equal or not, and {but}",
            named(&apart)
        ),
    })
}

fn named(names: &[String]) -> String {
    match names.len() {
        n if n > MOST_NAMED => {
            format!("{} and {} more", names[..MOST_NAMED].join(", "), n - MOST_NAMED)
        }
        _ => list(names),
    }
}

/// 0.95 as "95", 0.999 as "99.9".
fn percent(level: f64) -> String {
    let text = format!("{:.4}", 100.0 * level);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

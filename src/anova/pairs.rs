//! Which groups differ? Every pair compared at once, by Tukey and by Games and Howell.

use super::options::MOST_COMPARED;
use super::sums::{GroupSums, Sums};
use crate::distribution::StudentizedRange;
use serde::{Deserialize, Serialize};
use std::f64::consts::SQRT_2;

/// Two groups compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The first group.
    pub a: String,
    /// The second group.
    pub b: String,
    /// Mean of `a` less mean of `b`, in the variable's unit.
    pub difference: f64,
    /// The standard error of the difference; `None` where it is undefined.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub df: Option<f64>,
    /// The probability that the largest of all pairs' differences would be so large, were all
    /// means equal: corrected for the number of pairs.
    pub p: Option<f64>,
    /// The lower end of the interval, which covers all pairs at once.
    pub lower: Option<f64>,
    /// Its upper end.
    pub upper: Option<f64>,
}

/// A standard error, in units of `Sums::unit`, with its degrees of freedom.
type Error = Option<(f64, f64)>;

/// All pairs by Tukey and Kramer: q = √2 |x̄ₐ − x̄ᵦ|/se with se² = MS within · (1/nₐ + 1/nᵦ), against
/// the studentized range of k groups and n − k degrees of freedom. Tukey (1953); Kramer (1956),
/// *Biometrics* 12, 307–310.
pub(super) fn tukey(
    sums: &Sums,
    labels: &[String],
    level: f64,
    range: &mut StudentizedRange,
    notes: &mut Vec<String>,
) -> Vec<Pair> {
    let n: usize = sums.groups.iter().map(|group| group.n).sum();
    let df = (n - sums.groups.len()) as f64;
    let is_defined = sums.within > 0.0;
    if !is_defined {
        notes.push("Tukey's comparisons are undefined: nothing varies within groups.".into());
    }
    pairs(sums, labels, level, range, |a, b| {
        is_defined.then(|| ((sums.within / df * (1.0 / a.n as f64 + 1.0 / b.n as f64)).sqrt(), df))
    })
}

/// All pairs by Games and Howell, who trust no common variance: se² = sₐ²/nₐ + sᵦ²/nᵦ, with Welch's
/// degrees of freedom for each pair. Games and Howell (1976), *Journal of Educational Statistics* 1,
/// 113–125.
pub(super) fn games_howell(
    sums: &Sums,
    labels: &[String],
    level: f64,
    range: &mut StudentizedRange,
    notes: &mut Vec<String>,
) -> Vec<Pair> {
    let part = |group: &GroupSums| {
        (group.n > 1).then(|| group.within / (group.n - 1) as f64 / group.n as f64)
    };
    let error = |a: &GroupSums, b: &GroupSums| -> Error {
        let (of_a, of_b) = (part(a)?, part(b)?);
        let both = of_a + of_b;
        let (of_a, of_b) = (of_a / both, of_b / both);
        let df = 1.0 / (of_a * of_a / (a.n - 1) as f64 + of_b * of_b / (b.n - 1) as f64);
        (both > 0.0 && df.is_finite()).then(|| (both.sqrt(), df))
    };
    let found = pairs(sums, labels, level, range, error);
    if found.iter().any(|pair| pair.se.is_none()) {
        notes.push("Games and Howell's comparison is undefined for a group of a single case, and for two groups in each of which all values are equal.".into());
    }
    found
}

/// What stands in place of the pairs of too many groups.
pub(super) fn too_many(groups: usize) -> Option<String> {
    (groups > MOST_COMPARED).then(|| {
        format!("Pairs are not compared: there are {groups} groups, and more than {MOST_COMPARED} are not taken.")
    })
}

fn pairs(
    sums: &Sums,
    labels: &[String],
    level: f64,
    range: &mut StudentizedRange,
    error: impl Fn(&GroupSums, &GroupSums) -> Error,
) -> Vec<Pair> {
    let name = |group: &GroupSums| labels.get(group.group).cloned().unwrap_or_default();
    let in_unit = |value: f64| value * sums.unit;
    // Tukey's pairs share the degrees of freedom, hence the quantile.
    let mut last: Option<(f64, Option<f64>)> = None;
    let mut found = Vec::new();
    for (at, a) in sums.groups.iter().enumerate() {
        for b in &sums.groups[at + 1..] {
            let difference = a.shifted - b.shifted;
            let error = error(a, b);
            let p = error.and_then(|(se, df)| range.tail(SQRT_2 * difference.abs() / se, df));
            let reach = error.and_then(|(se, df)| {
                let quantile = match last {
                    Some((before, quantile)) if before == df => quantile,
                    _ => range.quantile(1.0 - level, df),
                };
                last = Some((df, quantile));
                Some(quantile? * se / SQRT_2)
            });
            found.push(Pair {
                a: name(a),
                b: name(b),
                difference: in_unit(difference),
                se: error.map(|(se, _)| in_unit(se)),
                df: error.map(|(_, df)| df),
                p,
                lower: reach.map(|reach| in_unit(difference - reach)),
                upper: reach.map(|reach| in_unit(difference + reach)),
            });
        }
    }
    found
}

//! How much do the groups explain? Effect sizes with the intervals that F allows.

use crate::distribution::noncentrality;
use serde::{Deserialize, Serialize};

/// An effect size with its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// The estimate; `None` where it is undefined.
    pub value: Option<f64>,
    /// The lower end of the interval.
    pub lower: Option<f64>,
    /// The upper end.
    pub upper: Option<f64>,
}

/// The share of the variation that lies between groups, estimated in three ways, and Cohen's f.
///
/// The intervals are for the whole population: where λ₁ and λ₂ are the noncentralities that F
/// allows, the share lies between λ₁/(λ₁ + n) and λ₂/(λ₂ + n), whichever of η², ω² and ε² estimates
/// it, and f between √(λ₁/n) and √(λ₂/n). Smithson (2001), *Educational and Psychological
/// Measurement* 61, 605–632; Steiger (2004), *Psychological Methods* 9, 164–182.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// η² = SS between / SS total; too large on average.
    pub eta_squared: Effect,
    /// ω² = (SS between − df between · MS within)/(SS total + MS within).
    pub omega_squared: Effect,
    /// ε² = (SS between − df between · MS within)/SS total. Kelley (1935).
    pub epsilon_squared: Effect,
    /// Cohen's f = √(η²/(1 − η²)). Cohen (1988), *Statistical Power Analysis*.
    pub cohen_f: Effect,
}

/// The effects of a table with sums of squares `between` and `within`.
pub(super) fn effects(
    (between, within): (f64, f64),
    (df1, df2): (usize, usize),
    f: Option<f64>,
    level: f64,
    notes: &mut Vec<String>,
) -> Effects {
    let n = (df1 + df2 + 1) as f64;
    let total = between + within;
    if total <= 0.0 {
        return Effects::default();
    }
    let beyond = (1.0 - level) / 2.0;
    let limit = |p: f64| noncentrality(f?, df1, df2, p);
    let (lower, upper) = (limit(1.0 - beyond), limit(beyond));
    if lower.is_none() || upper.is_none() {
        notes.push("Effect sizes have no interval: F is not finite, or too large for one.".into());
    }
    let ms = (df2 > 0).then(|| within / df2 as f64);
    let excess = ms.map(|ms| between - df1 as f64 * ms);
    let share = |value: Option<f64>| Effect {
        value,
        lower: lower.map(|lambda| lambda / (lambda + n)),
        upper: upper.map(|lambda| lambda / (lambda + n)),
    };
    Effects {
        eta_squared: share(Some(between / total)),
        omega_squared: share(excess.zip(ms).map(|(excess, ms)| excess / (total + ms))),
        epsilon_squared: share(excess.map(|excess| excess / total)),
        cohen_f: Effect {
            value: (within > 0.0).then(|| (between / within).sqrt()),
            lower: lower.map(|lambda| (lambda / n).sqrt()),
            upper: upper.map(|lambda| (lambda / n).sqrt()),
        },
    }
}

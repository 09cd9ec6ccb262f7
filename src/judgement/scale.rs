//! What a step on the 1–9 scale of words is worth as a ratio.

use crate::model::JudgementScale;

/// The upper end of the scale of words.
const MOST: f64 = 9.0;

/// A judgement's place on the scale of words: 1 is 0, 3 is 2, 1/3 is −2.
pub(crate) fn place(judgement: f64) -> f64 {
    if judgement >= 1.0 { judgement - 1.0 } else { 1.0 - 1.0 / judgement }
}

/// The judgement so many steps further up the scale of words, or down where they are negative, but
/// never beyond its ends 1/`scale_max` and `scale_max`. A step down from 1 is 1/2.
///
/// ```
/// use custval::judgement::stepped;
///
/// assert_eq!((stepped(3.0, 1.0, 9.0), stepped(1.0, -1.0, 9.0)), (4.0, 0.5));
/// assert_eq!((stepped(1.0 / 3.0, 1.0, 9.0), stepped(9.0, 1.0, 9.0)), (0.5, 9.0));
/// ```
pub fn stepped(judgement: f64, steps: f64, scale_max: f64) -> f64 {
    let here = place(judgement);
    // A judgement beyond the end of the scale does not come back by a step outwards.
    let end = (scale_max - 1.0).max(here.abs());
    let there = (here + steps).clamp(-end, end);
    if there >= 0.0 { there + 1.0 } else { 1.0 / (1.0 - there) }
}

/// The ratio that a judgement `x` on the scale of words (1 equal … 9 extreme, or the reciprocal)
/// stands for, where `n` items are compared.
///
/// With M = 9, for x ≥ 1 (and 1/c(1/x) below 1):
///
/// | scale | c(x) | |
/// |---|---|---|
/// | linear | x | Saaty 1977 |
/// | power | x² | Harker and Vargas 1987 |
/// | geometric | 2^(x − 1) | Lootsma 1989 |
/// | logarithmic | log₂(x + 1) | Ishizaka, Balkenborg and Kaplan 2010 |
/// | root_square | √x | Harker and Vargas 1987 |
/// | inverse_linear | M/(M + 1 − x) | Ma and Zheng 1991 |
/// | balanced | (0.45 + 0.05x)/(0.55 − 0.05x) | Salo and Hämäläinen 1997 |
/// | balanced_n | (M + (n − 1)x)/(M + n − x) | Goepel 2018 |
/// | adaptive_balanced | w(n − 1)/(1 − w), w = 1/n + (x − 1)(0.9 − 1/n)/(M − 1) | Goepel 2018 |
/// | adaptive | x^(1 + ln(n − 1)/ln M) | Goepel 2018 |
///
/// Goepel, K. D. (2019), *Comparison of Judgment Scales of the Analytical Hierarchy Process – A New
/// Approach*, International Journal of Information Technology & Decision Making 18(2), 445–463.
///
/// ```
/// use custval::judgement::ratio;
/// use custval::model::JudgementScale;
///
/// assert_eq!(ratio(JudgementScale::Power, 3.0, 4), 9.0);
/// assert_eq!(ratio(JudgementScale::Power, 1.0 / 3.0, 4), 1.0 / 9.0);
/// assert!((ratio(JudgementScale::Balanced, 2.0, 4) - 11.0 / 9.0).abs() < 1e-15);
/// ```
pub fn ratio(scale: JudgementScale, x: f64, n: usize) -> f64 {
    if scale == JudgementScale::Linear {
        return x;
    }
    if x < 1.0 {
        return 1.0 / ratio(scale, 1.0 / x, n);
    }
    let items = n.max(2) as f64;
    match scale {
        JudgementScale::Linear => x,
        JudgementScale::Power => x * x,
        JudgementScale::Geometric => (x - 1.0).exp2(),
        JudgementScale::Logarithmic => (x + 1.0).log2(),
        JudgementScale::RootSquare => x.sqrt(),
        JudgementScale::InverseLinear => MOST / (MOST + 1.0 - x),
        JudgementScale::Balanced => (0.45 + 0.05 * x) / (0.55 - 0.05 * x),
        JudgementScale::BalancedN => (MOST + (items - 1.0) * x) / (MOST + items - x),
        JudgementScale::AdaptiveBalanced => {
            let weight = 1.0 / items + (x - 1.0) / (MOST - 1.0) * (0.9 - 1.0 / items);
            weight * (items - 1.0) / (1.0 - weight)
        }
        JudgementScale::Adaptive => x.powf(1.0 + (items - 1.0).ln() / MOST.ln()),
    }
}

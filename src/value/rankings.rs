//! Other rankings by the same weights and scores, as a check on the method.

use super::{ranks, topsis, vikor};
use crate::agreement::mean_ranks;
use crate::model::Direction;
use serde::{Deserialize, Serialize};

/// The weight of the sum of regrets against the largest one in VIKOR.
pub const VIKOR_V: f64 = 0.5;

/// The customers ranked by the weighted sum, by TOPSIS and by VIKOR.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rankings {
    /// Each customer under the three methods, in the input's order.
    pub customers: Vec<Ranked>,
    /// How far each pair of methods agrees.
    pub correlations: Vec<RankCorrelation>,
    /// What there is to know, in plain sentences.
    pub notes: Vec<String>,
}

/// A customer under the three methods; rank 1 is best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// The customer.
    pub customer: String,
    /// The rank by the weighted sum.
    pub weighted_sum: usize,
    /// TOPSIS's closeness, 0 to 1; more is better.
    pub closeness: f64,
    /// The rank by TOPSIS.
    pub topsis: usize,
    /// VIKOR's Q; less is better.
    pub q: f64,
    /// The rank by VIKOR.
    pub vikor: usize,
}

/// How far two rankings agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RankCorrelation {
    /// One method.
    pub a: String,
    /// The other.
    pub b: String,
    /// Spearman's ρ: Pearson's correlation of the mean ranks; `None` where one ranks all alike.
    pub spearman: Option<f64>,
    /// Kendall's τ-b; `None` where one ranks all alike.
    pub kendall: Option<f64>,
}

/// With more customers than this Kendall's τ, which looks at every pair, is left out.
const MOST_PAIRED: usize = 5_000;

/// Ranks the customers by TOPSIS and VIKOR beside the weighted sum `values`. `scores[customer]` are
/// their scores on the indicators, of which more is better; where a customer has none on an indicator
/// (rule "reweigh"), it counts with the mean of the others there. `None` for fewer than two customers.
pub fn rankings(
    customers: &[String],
    scores: &[Vec<Option<f64>>],
    weights: &[f64],
    values: &[f64],
) -> Option<Rankings> {
    if customers.len() < 2 {
        return None;
    }
    let mut notes = Vec::new();
    let columns: Vec<Vec<f64>> =
        (0..weights.len()).map(|at| column(scores, at)).collect::<Option<_>>()?;
    if scores.iter().flatten().any(Option::is_none) {
        notes.push(
            "A score that a customer does not have counts in TOPSIS and VIKOR with the mean of the \
             other customers."
                .to_string(),
        );
    }
    let directions = vec![Direction::Benefit; weights.len()];
    let closeness = topsis(&columns, &directions, weights);
    let compromise = vikor(&columns, &directions, weights, VIKOR_V);
    if !compromise.without.is_empty() {
        let same = compromise.without.join(" and ");
        notes.push(format!("VIKOR: all customers have the same {same}, which does not enter Q."));
    }
    let least_first: Vec<f64> = compromise.q.iter().map(|q| -q).collect();
    let (by_sum, by_topsis, by_vikor) = (ranks(values), ranks(&closeness), ranks(&least_first));
    let correlation = |a: &str, b: &str, x: &[f64], y: &[f64]| RankCorrelation {
        a: a.to_string(),
        b: b.to_string(),
        spearman: spearman(x, y),
        kendall: (x.len() <= MOST_PAIRED).then(|| kendall(x, y)).flatten(),
    };
    let correlations = vec![
        correlation("weighted_sum", "topsis", values, &closeness),
        correlation("weighted_sum", "vikor", values, &least_first),
        correlation("topsis", "vikor", &closeness, &least_first),
    ];
    let ranked = |at: usize| Ranked {
        customer: customers[at].clone(),
        weighted_sum: by_sum[at],
        closeness: closeness[at],
        topsis: by_topsis[at],
        q: compromise.q[at],
        vikor: by_vikor[at],
    };
    Some(Rankings { customers: (0..customers.len()).map(ranked).collect(), correlations, notes })
}

/// One indicator's scores, gaps filled by the mean of the others.
fn column(scores: &[Vec<Option<f64>>], at: usize) -> Option<Vec<f64>> {
    let known: Vec<f64> = scores.iter().filter_map(|row| row[at]).collect();
    if known.is_empty() {
        return None;
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    Some(scores.iter().map(|row| row[at].unwrap_or(mean)).collect())
}

/// Spearman's rank correlation ρ: Pearson's correlation of the ranks, ties sharing the mean of
/// theirs. Spearman (1904), American Journal of Psychology 15, 72–101. `None` where all values of one
/// are equal.
///
/// ```
/// use custval::value::spearman;
///
/// assert_eq!(spearman(&[1.0, 2.0, 3.0], &[1.0, 4.0, 9.0]), Some(1.0));
/// assert_eq!(spearman(&[1.0, 2.0], &[5.0, 5.0]), None);
/// ```
pub fn spearman(one: &[f64], other: &[f64]) -> Option<f64> {
    let (a, b) = (mean_ranks(one).0, mean_ranks(other).0);
    let middle = (one.len() as f64 + 1.0) / 2.0;
    let (mut products, mut first, mut second) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(&b) {
        products += (x - middle) * (y - middle);
        first += (x - middle).powi(2);
        second += (y - middle).powi(2);
    }
    (first > 0.0 && second > 0.0).then(|| (products / (first * second).sqrt()).clamp(-1.0, 1.0))
}

/// Kendall's τ-b, corrected for ties: (concordant − discordant pairs) / √((P − T₁)(P − T₂)), with P
/// pairs of which T are tied in each. Kendall (1945), Biometrika 33, 239–251. `None` where all values
/// of one are equal.
///
/// ```
/// use custval::value::kendall;
///
/// assert_eq!(kendall(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]), Some(1.0 / 3.0));
/// ```
pub fn kendall(one: &[f64], other: &[f64]) -> Option<f64> {
    let (a, b) = (mean_ranks(one).0, mean_ranks(other).0);
    let (mut balance, mut first, mut second) = (0_i64, 0_i64, 0_i64);
    for i in 0..a.len() {
        for j in i + 1..a.len() {
            let (x, y) = ((a[i] - a[j]).signum(), (b[i] - b[j]).signum());
            let (x, y) = (if a[i] == a[j] { 0.0 } else { x }, if b[i] == b[j] { 0.0 } else { y });
            balance += (x * y) as i64;
            first += i64::from(x != 0.0);
            second += i64::from(y != 0.0);
        }
    }
    (first > 0 && second > 0).then(|| balance as f64 / (first as f64 * second as f64).sqrt())
}

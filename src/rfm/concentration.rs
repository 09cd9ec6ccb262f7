//! How unevenly money is spread over customers.

use serde::Serialize;

/// How unevenly money is spread.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Concentration {
    /// The Gini coefficient; `None` if all money is nothing or less.
    pub gini: Option<f64>,
    /// The share of all money that the best 1, 10 and 20 % of customers bring, each with the share of
    /// customers. Customers are taken whole, rounded up.
    pub top: Vec<(f64, f64)>,
    /// Points of the Lorenz curve: the share of customers, poorest first, and their share of money.
    pub lorenz: Vec<(f64, f64)>,
    /// Customers with less than no money, which let the curve fall below nothing.
    pub negative: usize,
}

/// The Gini coefficient and the Lorenz curve: with x sorted ascending,
/// G = Σ (2i − n − 1) xᵢ / (n Σ xᵢ). Gini (1912), *Variabilità e mutabilità*; Lorenz (1905), *Methods of
/// measuring the concentration of wealth*. With negative values G can exceed 1.
///
/// ```
/// use custval::rfm::concentration;
///
/// assert_eq!(concentration(&[1.0, 1.0, 1.0, 1.0]).gini, Some(0.0));
/// assert_eq!(concentration(&[0.0, 0.0, 0.0, 4.0]).gini, Some(0.75));
/// ```
pub fn concentration(money: &[f64]) -> Concentration {
    let mut sorted = money.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let total: f64 = sorted.iter().sum();
    let weighted: f64 = sorted
        .iter()
        .enumerate()
        .map(|(at, money)| (2.0 * (at + 1) as f64 - n as f64 - 1.0) * money)
        .sum();
    let gini = (total > 0.0).then(|| weighted / (n as f64 * total));
    let top = [0.01, 0.1, 0.2]
        .into_iter()
        .filter(|_| total > 0.0)
        .map(|share| {
            let count = (share * n as f64).ceil() as usize;
            (share, sorted[n - count..].iter().sum::<f64>() / total)
        })
        .collect();
    let mut lorenz = vec![(0.0, 0.0)];
    let mut sum = 0.0;
    for (at, money) in sorted.iter().enumerate().filter(|_| total > 0.0) {
        sum += money;
        // A hundred points draw the curve.
        if (at + 1) * 100 / n > at * 100 / n {
            lorenz.push(((at + 1) as f64 / n as f64, sum / total));
        }
    }
    let negative = sorted.iter().filter(|money| **money < 0.0).count();
    Concentration { gini, top, lorenz, negative }
}

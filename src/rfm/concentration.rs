//! How unevenly money is spread over customers.

use super::tier::within;
use crate::anova::twofold::Twofold;
use crate::text::count;
use serde::{Deserialize, Serialize};

/// The best shares of customers whose money is told.
const TOP: [f64; 3] = [0.01, 0.1, 0.2];

/// How unevenly money is spread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concentration {
    /// The Gini coefficient; `None` if all money is nothing or less.
    pub gini: Option<f64>,
    /// The same with nothing in the place of what is less than nothing, so that it lies between 0 and 1;
    /// the same figure where nobody has less than nothing.
    pub gini_from_nothing: Option<f64>,
    /// The share of all money that the best 1, 10 and 20 % of customers bring, each with the share of
    /// customers. Customers are taken whole, rounded up.
    pub top: Vec<(f64, f64)>,
    /// Points of the Lorenz curve: the share of customers, poorest first, and their share of money.
    pub lorenz: Vec<(f64, f64)>,
    /// Customers with less than no money, which let the curve fall below nothing.
    pub negative: usize,
    /// What has to be known to read the figures, in sentences.
    pub notes: Vec<String>,
}

/// The Gini coefficient and the Lorenz curve: with x sorted ascending,
/// G = Σ (2i − n − 1) xᵢ / (n Σ xᵢ). Gini (1912), *Variabilità e mutabilità*; Lorenz (1905), *Methods of
/// measuring the concentration of wealth*. With negative values, such as those of customers who only
/// returned, G can exceed 1; a note says so, and the figure without them stands beside it.
///
/// ```
/// use custval::rfm::concentration;
///
/// assert_eq!(concentration(&[1.0, 1.0, 1.0, 1.0]).gini, Some(0.0));
/// assert_eq!(concentration(&[0.0, 0.0, 0.0, 4.0]).gini, Some(0.75));
/// let returned = concentration(&[-1.0, 0.0, 0.0, 2.0]);
/// assert_eq!((returned.gini, returned.gini_from_nothing), (Some(2.25), Some(0.75)));
/// ```
pub fn concentration(money: &[f64]) -> Concentration {
    let mut sorted = money.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let total = sum(sorted.iter().copied());
    let has_money = total > 0.0;
    let share = |best: f64| {
        let own = sum(sorted[n - within(best, n)..].iter().copied());
        (best, own / total)
    };
    let top = TOP.into_iter().filter(|_| has_money).map(share).collect();
    let negative = sorted.partition_point(|money| *money < 0.0);
    let mut notes = Vec::new();
    if n > 0 && !has_money {
        notes
            .push("all money together is nothing or less, so that nothing has a share".to_string());
    } else if negative > 0 {
        let less = sum(sorted[..negative].iter().copied());
        let have = if negative == 1 { "has" } else { "have" };
        notes.push(format!(
            "{} {have} less than no money ({less:.2} together): the Lorenz curve falls below nothing, and the Gini coefficient counts that as inequality",
            count(negative, "customer")
        ));
    }
    let from_nothing: Vec<f64> = sorted.iter().map(|money| money.max(0.0)).collect();
    Concentration {
        gini: gini(&sorted),
        gini_from_nothing: gini(&from_nothing),
        top,
        lorenz: if has_money { lorenz(&sorted, total) } else { vec![(0.0, 0.0)] },
        negative,
        notes,
    }
}

fn gini(sorted: &[f64]) -> Option<f64> {
    let n = sorted.len() as f64;
    let total = sum(sorted.iter().copied());
    let weighted = |(at, money): (usize, &f64)| (2.0 * (at + 1) as f64 - n - 1.0) * money;
    (total > 0.0).then(|| sum(sorted.iter().enumerate().map(weighted)) / (n * total))
}

/// A hundred points, or one a customer, draw the curve.
fn lorenz(sorted: &[f64], total: f64) -> Vec<(f64, f64)> {
    let n = sorted.len();
    let mut points = vec![(0.0, 0.0)];
    let mut sum = Twofold::default();
    for (at, money) in sorted.iter().enumerate() {
        sum = sum.plus(Twofold::difference(*money, 0.0));
        if (at + 1) * 100 / n > at * 100 / n {
            points.push(((at + 1) as f64 / n as f64, sum.value() / total));
        }
    }
    points
}

/// The sum in twice the working precision.
pub(super) fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|value| Twofold::difference(value, 0.0)).sum::<Twofold>().value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_the_curve_are_those_counted_by_hand() {
        let found = concentration(&[4.0, 1.0, 3.0, 2.0]);
        // Σ (2i − 5) i = −3 − 2 + 3 + 12 = 10; 10 / (4 · 10).
        assert_eq!(found.gini, Some(0.25));
        assert_eq!(found.lorenz, [(0.0, 0.0), (0.25, 0.1), (0.5, 0.3), (0.75, 0.6), (1.0, 1.0)]);
        assert_eq!(found.top, [(0.01, 0.4), (0.1, 0.4), (0.2, 0.4)]);
        assert!(found.notes.is_empty());
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(concentration(&hundred).top[2].1, (81..=100).sum::<i32>() as f64 / 5050.0);
    }

    #[test]
    fn no_money_has_no_shares() {
        for money in [&[0.0, 0.0][..], &[-2.0, 1.0]] {
            let found = concentration(money);
            assert_eq!((found.gini, found.top.len(), found.lorenz.len()), (None, 0, 1));
            assert_eq!(found.notes.len(), 1);
        }
        assert_eq!(concentration(&[]).notes.len(), 0);
    }

    /// Plain sums of such figures depend on their order.
    #[test]
    fn the_order_of_customers_is_no_matter() {
        let money = [1e16, 1.0, -1e16, 0.1, 3.0];
        let mut turned = money;
        turned.reverse();
        assert_eq!(concentration(&money), concentration(&turned));
        assert_eq!(sum(money.into_iter()), 4.1);
    }
}

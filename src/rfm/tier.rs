//! Tiers S, A, B, C: the best so many per cent of customers, and what they bring.

use super::concentration::sum;
use serde::{Deserialize, Serialize};

/// A tier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tier {
    /// Its letter or name.
    pub tier: String,
    /// How many customers it holds.
    pub customers: usize,
    /// Their share of all customers.
    pub customer_share: f64,
    /// Their money.
    pub money: f64,
    /// Its share of all money; 0 if all money is nothing.
    pub money_share: f64,
    /// The least money in it; `None` if it is empty.
    pub from: Option<f64>,
}

/// Names a tier for each customer, and sums the tiers. `limits` gives each tier's name with the share of
/// customers down to which it goes, such as S 0.05, A 0.20, B 0.50, C 1; the last takes the rest.
/// Customers of equal money are in one tier, the better one.
///
/// ```
/// let limits = [("S", 0.25), ("A", 1.0)].map(|(name, share)| (name.to_string(), share));
/// let (of, tiers) = custval::rfm::tiers(&[10.0, 70.0, 20.0, 0.0], &limits);
/// assert_eq!(of, [1, 0, 1, 1]);
/// assert_eq!(tiers[0].money_share, 0.7);
/// ```
pub fn tiers(money: &[f64], limits: &[(String, f64)]) -> (Vec<usize>, Vec<Tier>) {
    let mut order: Vec<usize> = (0..money.len()).collect();
    order.sort_by(|a, b| money[*b].total_cmp(&money[*a]));
    let last = limits.len().saturating_sub(1);
    let mut tier_of = vec![last; money.len()];
    let mut tier = 0;
    for (rank, customer) in order.iter().enumerate() {
        let is_tie = rank > 0 && money[order[rank - 1]] == money[*customer];
        if !is_tie {
            while tier < last && rank >= within(limits[tier].1, money.len()) {
                tier += 1;
            }
        }
        tier_of[*customer] = tier;
    }
    let total = sum(money.iter().copied());
    let tiers = limits
        .iter()
        .enumerate()
        .map(|(at, (name, _))| {
            let members: Vec<f64> = tier_of
                .iter()
                .zip(money)
                .filter(|(tier, _)| **tier == at)
                .map(|(_, money)| *money)
                .collect();
            let sum = sum(members.iter().copied());
            Tier {
                tier: name.clone(),
                customers: members.len(),
                customer_share: share(members.len() as f64, money.len() as f64),
                money: sum,
                money_share: share(sum, total),
                from: members.into_iter().reduce(f64::min),
            }
        })
        .collect();
    (tier_of, tiers)
}

/// How many of `customers` a share of them is, rounded up; 7 % of 100 are 7, though 0.07 · 100 is a little
/// more in binary.
pub(super) fn within(share: f64, customers: usize) -> usize {
    (share * customers as f64 - 1e-9).ceil().max(0.0) as usize
}

fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_money_is_in_one_tier() {
        let limits = [("S", 0.2), ("A", 0.5), ("B", 1.0)].map(|(n, s)| (n.to_string(), s));
        let (of, tiers) = tiers(&[5.0, 5.0, 5.0, 1.0, 0.0], &limits);
        assert_eq!(of, [0, 0, 0, 2, 2]);
        assert_eq!(tiers.iter().map(|tier| tier.customers).collect::<Vec<_>>(), [3, 0, 2]);
        assert_eq!(tiers[1].from, None);
    }
}

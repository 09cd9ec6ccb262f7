//! Lists of customers to act on.

use super::concentration::sum;
use super::tier::within;
use super::{RfmModel, Scores, Tier};
use crate::transactions::Customers;
use serde::{Deserialize, Serialize};

/// What the lists go by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// How many customers a list holds at most.
    pub most: usize,
    /// A customer who has been silent for more days than this is lost.
    pub silence: u32,
    /// The share of a tier's customers, the best by money, who may come up to the tier above.
    pub upgrade_share: f64,
    /// The share of them who are assumed to do so.
    pub upgrade_rate: f64,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { most: 100, silence: 90, upgrade_share: 0.1, upgrade_rate: 0.2 }
    }
}

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The customer.
    pub customer: String,
    /// The scores as a code.
    pub code: String,
    /// The segment.
    pub segment: Option<String>,
    /// Days since the last purchase.
    pub recency_days: i32,
    /// Orders.
    pub frequency: u32,
    /// Money.
    pub monetary: f64,
}

/// What could come of customers who move up a tier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Upgrade {
    /// The tier that they are in.
    pub tier: String,
    /// The tier above.
    pub to: String,
    /// How many candidates there are: the stated share of the tier, rounded up.
    pub candidates: usize,
    /// What they lack in money to the least of the tier above, all together.
    pub gap: f64,
    /// The share of them assumed to close it.
    pub rate: f64,
    /// gap × rate.
    pub uplift: f64,
}

/// Everyone who belongs in a list, more than it may show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extent {
    /// The list.
    pub list: String,
    /// How many customers belong in it.
    pub customers: usize,
    /// Their money.
    pub money: f64,
}

/// The lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lists {
    /// The most money.
    pub best: Vec<Listed>,
    /// Upper two fifths by money, lower two fifths by recency: worth winning back, the most money first.
    pub win_back: Vec<Listed>,
    /// Upper two fifths by frequency, lower two fifths by recency: used to come often.
    pub at_risk: Vec<Listed>,
    /// One order so far, upper two fifths by recency.
    pub new: Vec<Listed>,
    /// Upper two fifths by frequency, lower two fifths by money.
    pub often_little: Vec<Listed>,
    /// How many belong in each list.
    pub extents: Vec<Extent>,
    /// What moving up a tier would bring.
    pub upgrades: Vec<Upgrade>,
}

impl Lists {
    /// Lists the customers. A list that needs a letter which the model lacks is empty.
    pub(super) fn of(
        rules: &Rules,
        model: &RfmModel,
        customers: &Customers,
        scores: &Scores,
        tiers: &[Tier],
        limits: &[(String, f64)],
    ) -> Lists {
        let mut order: Vec<usize> =
            (0..customers.len()).filter(|at| customers.bought(*at)).collect();
        order.sort_by(|a, b| customers.money(*b).total_cmp(&customers.money(*a)));
        let place = |letter: &str| model.dimensions.iter().position(|d| d.letter == letter);
        // A score's place from 0, the worst, to 1, the best.
        let height = |at: usize, letter: &str| -> Option<f64> {
            let place = place(letter)?;
            let levels = model.dimensions[place].levels;
            let score = scores.score(at, place)?;
            Some(f64::from(score) / f64::from(levels))
        };
        let upper = |at: usize, letter: &str| height(at, letter).is_some_and(|height| height > 0.6);
        let lower =
            |at: usize, letter: &str| height(at, letter).is_some_and(|height| height <= 0.4);
        let mut extents = Vec::new();
        let mut list = |name: &str, fits: &dyn Fn(usize) -> bool| -> Vec<Listed> {
            let members: Vec<usize> = order.iter().copied().filter(|at| fits(*at)).collect();
            extents.push(Extent {
                list: name.to_string(),
                customers: members.len(),
                money: sum(members.iter().map(|at| customers.money(*at))),
            });
            members.iter().take(rules.most).map(|at| listed(customers, scores, *at)).collect()
        };
        Lists {
            best: list("best", &|_| true),
            win_back: list("win_back", &|at| upper(at, "M") && lower(at, "R")),
            at_risk: list("at_risk", &|at| upper(at, "F") && lower(at, "R")),
            new: list("new", &|at| customers.orders(at) == 1 && upper(at, "R")),
            often_little: list("often_little", &|at| upper(at, "F") && lower(at, "M")),
            extents,
            upgrades: upgrades(rules, customers, scores, &order, tiers, limits),
        }
    }
}

fn listed(customers: &Customers, scores: &Scores, at: usize) -> Listed {
    let customer = customers.get(at);
    Listed {
        customer: customer.customer,
        code: scores.code(at).unwrap_or_default(),
        segment: scores.segments(at).into_iter().next(),
        recency_days: customer.recency_days.unwrap_or_default(),
        frequency: customer.orders,
        monetary: customer.monetary,
    }
}

/// For each tier but the best: its best customers, what they lack to the tier above, and what comes of it
/// at the assumed rate.
fn upgrades(
    rules: &Rules,
    customers: &Customers,
    scores: &Scores,
    order: &[usize],
    tiers: &[Tier],
    limits: &[(String, f64)],
) -> Vec<Upgrade> {
    let mut found = Vec::new();
    for (above, (name, _)) in limits.iter().skip(1).enumerate() {
        let Some(least) = tiers[above].from else { continue };
        let members: Vec<usize> =
            order.iter().copied().filter(|at| scores.tier(*at) == above + 1).collect();
        let count = within(rules.upgrade_share, members.len());
        let gap: f64 = members.iter().take(count).map(|at| least - customers.money(*at)).sum();
        if count > 0 {
            found.push(Upgrade {
                tier: name.clone(),
                to: limits[above].0.clone(),
                candidates: count,
                gap,
                rate: rules.upgrade_rate,
                uplift: gap * rules.upgrade_rate,
            });
        }
    }
    found
}

//! Figures of each customer, each defined once: their names and definitions.

use serde::{Deserialize, Serialize};

/// A figure of each customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Calendar days from the last purchase to the reference date.
    RecencyDays,
    /// Whole 24-hour days from the last purchase to the last row of the data.
    RecencyHours24,
    /// Weeks of seven days from the last purchase to the reference date, with decimals.
    RecencyWeeks,
    /// Orders with at least one purchase.
    Orders,
    /// Lines that are purchases.
    Lines,
    /// Days with an order.
    ActiveDays,
    /// Weeks (ISO 8601) with an order, divided by 52.
    ActiveWeeks,
    /// Money: purchases less returns.
    Monetary,
    /// Money of a purchase order in the mean.
    MeanOrder,
    /// Money of the largest order.
    MaxOrder,
    /// Money less cost.
    Margin,
    /// Calendar days from the first purchase to the reference date.
    TenureDays,
    /// Calendar days from the first purchase to the last.
    SpanDays,
    /// Calendar days between an order and the next, in the mean.
    MeanGapDays,
    /// Their standard deviation divided by their mean.
    GapVariation,
    /// The standard deviation of the days between a day with an order and the next.
    PeriodicityDays,
    /// How many were bought in an order, in the mean.
    BasketSize,
    /// Different products bought.
    Products,
    /// The money of returns divided by that of purchases.
    ReturnRate,
    /// By how much money a calendar month exceeds the one before, by least squares.
    Trend,
}

impl Metric {
    /// Every metric.
    pub const ALL: [Metric; 20] = [
        Metric::RecencyDays,
        Metric::RecencyHours24,
        Metric::RecencyWeeks,
        Metric::Orders,
        Metric::Lines,
        Metric::ActiveDays,
        Metric::ActiveWeeks,
        Metric::Monetary,
        Metric::MeanOrder,
        Metric::MaxOrder,
        Metric::Margin,
        Metric::TenureDays,
        Metric::SpanDays,
        Metric::MeanGapDays,
        Metric::GapVariation,
        Metric::PeriodicityDays,
        Metric::BasketSize,
        Metric::Products,
        Metric::ReturnRate,
        Metric::Trend,
    ];

    /// Its machine name.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// Its header, as people read it.
    pub fn title(self) -> &'static str {
        self.words().1
    }

    /// Its definition in a sentence.
    pub fn definition(self) -> &'static str {
        self.words().2
    }

    /// The metric of this name.
    pub fn parse(name: &str) -> Option<Metric> {
        Metric::ALL.into_iter().find(|metric| metric.name() == name)
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Metric::RecencyDays => (
                "recency_days",
                "Recency (days)",
                "Calendar days from the last purchase to the reference date.",
            ),
            Metric::RecencyHours24 => (
                "recency_24h",
                "Recency (24 hours)",
                "Whole 24-hour days from the last purchase to the last row used.",
            ),
            Metric::RecencyWeeks => (
                "recency_weeks",
                "Recency (weeks)",
                "Calendar days from the last purchase to the reference date, divided by 7.",
            ),
            Metric::Orders => ("orders", "Orders", "Orders with at least one purchase."),
            Metric::Lines => ("lines", "Lines", "Lines that are purchases."),
            Metric::ActiveDays => ("active_days", "Active days", "Days with an order."),
            Metric::ActiveWeeks => (
                "active_weeks",
                "Active weeks",
                "Calendar weeks (ISO 8601) with an order, divided by 52.",
            ),
            Metric::Monetary => ("monetary", "Money", "Purchases less returns."),
            Metric::MeanOrder => {
                ("mean_order", "Mean order", "The money of all orders divided by their number.")
            }
            Metric::MaxOrder => ("max_order", "Largest order", "The money of the largest order."),
            Metric::Margin => ("margin", "Margin", "Money less cost."),
            Metric::TenureDays => (
                "tenure_days",
                "Tenure (days)",
                "Calendar days from the first purchase to the reference date.",
            ),
            Metric::SpanDays => {
                ("span_days", "Span (days)", "Calendar days from the first purchase to the last.")
            }
            Metric::MeanGapDays => (
                "mean_gap_days",
                "Mean gap (days)",
                "Calendar days between an order and the next, in the mean; needs two orders.",
            ),
            Metric::GapVariation => (
                "gap_variation",
                "Variation of gaps",
                "The standard deviation (n − 1) of these gaps divided by their mean; needs three orders.",
            ),
            Metric::PeriodicityDays => (
                "periodicity_days",
                "Periodicity (days)",
                "The standard deviation (n − 1) of the days between a day with an order and the next; needs three days.",
            ),
            Metric::BasketSize => {
                ("basket_size", "Basket size", "How many were bought, divided by orders.")
            }
            Metric::Products => ("products", "Products", "Different products bought."),
            Metric::ReturnRate => {
                ("return_rate", "Return rate", "The money of returns divided by that of purchases.")
            }
            Metric::Trend => (
                "trend",
                "Trend",
                "By how much money a calendar month exceeds the one before, by least squares from the month of the first purchase to that of the reference date; needs three months.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_have_names_of_their_own() {
        for metric in Metric::ALL {
            assert_eq!(Metric::parse(metric.name()), Some(metric));
        }
    }
}

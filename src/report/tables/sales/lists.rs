//! Lists of customers to act on.

use super::MONEY;
use crate::report::{Column, Format, Table};
use crate::rfm::{Analysis, Listed};

fn listed(name: &str, title: &str, note: &str, list: &[Listed]) -> Table {
    let columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("code", "Code", Format::Text),
        Column::new("segment", "Segment", Format::Text),
        Column::new("recency_days", "Recency (days)", Format::Count),
        Column::new("frequency", "Orders", Format::Count),
        Column::new("monetary", "Money", MONEY),
    ];
    let mut table = Table::new(name, title, columns).note(note);
    for one in list {
        table.push(vec![
            one.customer.as_str().into(),
            one.code.as_str().into(),
            one.segment.clone().into(),
            f64::from(one.recency_days).into(),
            (one.frequency as usize).into(),
            one.monetary.into(),
        ]);
    }
    table
}

/// The lists of customers to act on.
pub(crate) fn lists(analysis: &Analysis) -> Vec<Table> {
    let of = &analysis.tables.lists;
    let all = [
        listed("best", "Best customers", "The most money first.", &of.best),
        listed(
            "win_back",
            "To win back",
            "Upper two fifths by money, lower two fifths by recency; the most money first.",
            &of.win_back,
        ),
        listed(
            "at_risk",
            "At risk",
            "Upper two fifths by frequency, lower two fifths by recency; the most money first.",
            &of.at_risk,
        ),
        listed("new", "New", "One order so far, upper two fifths by recency.", &of.new),
        listed(
            "often_little",
            "Often, but little",
            "Upper two fifths by frequency, lower two fifths by money.",
            &of.often_little,
        ),
    ];
    all.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// What moving up a tier would bring.
pub(crate) fn upgrades(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("tier", "Tier", Format::Text),
        Column::new("to", "To", Format::Text),
        Column::new("candidates", "Candidates", Format::Count),
        Column::new("gap", "Gap", MONEY),
        Column::new("rate", "Assumed rate", Format::Percent(0)),
        Column::new("uplift", "Uplift", MONEY),
    ];
    let mut table = Table::new("upgrades", "Moving up a tier", columns).note(
        "The best of each tier, what they lack in money to the least of the tier above, and what comes of it if the assumed share of them closes the gap.",
    );
    for one in &analysis.tables.lists.upgrades {
        table.push(vec![
            one.tier.as_str().into(),
            one.to.as_str().into(),
            one.candidates.into(),
            one.gap.into(),
            one.rate.into(),
            one.uplift.into(),
        ]);
    }
    table
}

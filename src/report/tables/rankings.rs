//! Tables of other rankings beside the weighted sum.

use crate::report::{Column, Format, Table};
use crate::value::Rankings;

/// Each customer's rank by the three methods.
pub(crate) fn rankings_table(rankings: &Rankings) -> Table {
    let columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("weighted_sum", "Rank by weighted sum", Format::Count),
        Column::new("topsis", "by TOPSIS", Format::Count),
        Column::new("vikor", "by VIKOR", Format::Count),
        Column::new("closeness", "Closeness (TOPSIS)", Format::Number(4)),
        Column::new("q", "Q (VIKOR)", Format::Number(4)),
    ];
    let mut note = "The same weights and scores under two other methods, as a check on the method: \
                    TOPSIS asks how near a customer comes to the best on every indicator, VIKOR also \
                    how bad its worst indicator is. Closeness: more is better; Q: less is better."
        .to_string();
    for sentence in &rankings.notes {
        note += " ";
        note += sentence;
    }
    let mut table = Table::new("rankings", "Rankings by other methods", columns).note(note);
    for ranked in &rankings.customers {
        table.push(vec![
            ranked.customer.as_str().into(),
            ranked.weighted_sum.into(),
            ranked.topsis.into(),
            ranked.vikor.into(),
            ranked.closeness.into(),
            ranked.q.into(),
        ]);
    }
    table
}

/// How far the rankings agree.
pub(crate) fn correlations_table(rankings: &Rankings) -> Table {
    let columns = vec![
        Column::new("a", "Method", Format::Text),
        Column::new("b", "with", Format::Text),
        Column::new("spearman", "Spearman's ρ", Format::Number(3)),
        Column::new("kendall", "Kendall's τ-b", Format::Number(3)),
    ];
    let word = |method: &str| match method {
        "weighted_sum" => "weighted sum".to_string(),
        other => other.to_uppercase(),
    };
    let least = rankings.correlations.iter().filter_map(|pair| pair.spearman).reduce(f64::min);
    let note = match least {
        Some(least) if least >= 0.9 => "The order of the customers hardly depends on the method.",
        Some(least) if least >= 0.7 => {
            "The order of the customers depends somewhat on the method: look at those whose ranks differ."
        }
        Some(_) => {
            "The order of the customers depends on the method: the weighted sum alone does not settle it."
        }
        None => "",
    };
    let mut table = Table::new("rank_correlations", "Do the rankings agree?", columns).note(note);
    for pair in &rankings.correlations {
        table.push(vec![
            word(&pair.a).into(),
            word(&pair.b).into(),
            pair.spearman.into(),
            pair.kendall.into(),
        ]);
    }
    table
}

//! Tables of how experts become one group, and how far they agree.

use crate::indicator::ScoreAgreement;
use crate::priority::{Weights, Without};
use crate::report::{Cell, Column, Format, Table};

/// Goepel's consensus and Kendall's W under each node and over all indicators; `None` with fewer
/// than two experts.
pub(crate) fn consensus_table(weights: &Weights) -> Option<Table> {
    let number = Format::Number(4);
    let columns = vec![
        Column::new("node", "Node", Format::Text),
        Column::new("experts", "Experts", Format::Count),
        Column::new("consensus", "Consensus S*", number),
        Column::new("kendall_w", "Kendall's W", number),
        Column::new("largest_change", "Largest change without one", number),
        Column::new("expert", "that is", Format::Text),
    ];
    let note = "S* is 1 where all experts have the same weights, W where they rank alike; 0 is none. \
                The last columns: how far a weight moves when one expert is left out, and who that is.";
    let mut table = Table::new("consensus", "Agreement of the experts", columns).note(note);
    for node in weights.nodes.iter().filter(|node| node.aggregates.is_some()) {
        let most = largest(&node.without);
        table.push(vec![
            node.node.as_str().into(),
            node.experts.iter().filter(|expert| expert.included).count().into(),
            node.consensus.into(),
            node.kendall_w.into(),
            most.map(|(_, change)| change).into(),
            most.map(|(expert, _)| expert).into(),
        ]);
    }
    if table.rows.len() > 1 {
        let most = largest(&weights.without);
        table.push(vec![
            "all indicators".into(),
            weights.experts.iter().count().into(),
            weights.consensus.into(),
            weights.kendall_w.into(),
            most.map(|(_, change)| change).into(),
            most.map(|(expert, _)| expert).into(),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The expert whose absence moves a weight most.
fn largest(without: &[Without]) -> Option<(&str, f64)> {
    without
        .iter()
        .filter_map(|without| Some((without.expert.as_str(), without.largest_change?)))
        .fold(None, |most, next| match most {
            Some((_, change)) if change >= next.1 => most,
            _ => Some(next),
        })
}

/// The group's weights by each way to combine experts; `None` with fewer than two.
pub(crate) fn aggregates_table(weights: &Weights) -> Option<Table> {
    let number = Format::Number(4);
    let columns = vec![
        Column::new("node", "Node", Format::Text),
        Column::new("item", "Item", Format::Text),
        Column::new("aij", "Judgements (AIJ)", number),
        Column::new("aip", "Weights (AIP)", number),
        Column::new("aip_arithmetic", "Weights, arithmetic", number),
    ];
    let note = format!(
        "The group's weights from the geometric mean of judgements, and as the mean of the experts' \
         own weights. Used here: {}.",
        weights.aggregate
    );
    let mut table = Table::new("aggregates", "Ways to combine the experts", columns).note(note);
    for node in &weights.nodes {
        let Some(ways) = &node.aggregates else { continue };
        for (at, item) in node.items.iter().enumerate() {
            let of = |weights: &Option<Vec<f64>>| weights.as_ref().map(|weights| weights[at]);
            table.push(vec![
                node.node.as_str().into(),
                item.as_str().into(),
                ways.aij[at].into(),
                of(&ways.aip).into(),
                of(&ways.aip_arithmetic).into(),
            ]);
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The global weights when each expert is left out; `None` with fewer than two.
pub(crate) fn without_table(weights: &Weights) -> Option<Table> {
    let number = Format::Number(4);
    let mut columns = vec![
        Column::new("code", "Indicator", Format::Text),
        Column::new("weight", "All experts", number),
    ];
    for (at, without) in (1..).zip(&weights.without) {
        columns.push(Column::new(
            format!("without_{at}"),
            format!("Without {}", without.expert),
            number,
        ));
    }
    let movers: Vec<&str> = weights
        .without
        .iter()
        .filter(|without| without.reorders == Some(true))
        .map(|without| without.expert.as_str())
        .collect();
    let note = match movers.as_slice() {
        [] => "The order of the indicators is the same whoever is left out.".to_string(),
        movers => {
            format!("The order of the indicators changes without {}.", crate::text::list(movers))
        }
    };
    let mut table = Table::new("without", "Weights without each expert", columns).note(note);
    for (at, (code, weight)) in weights.global_weights.iter().enumerate() {
        let weight =
            weights.blend.as_ref().and_then(|blend| blend.judged.get(code)).unwrap_or(weight);
        let each = weights.without.iter().map(|without| {
            Cell::from(without.weights.as_ref().and_then(|weights| weights.get(at)).copied())
        });
        let first: [Cell; 2] = [code.into(), weight.into()];
        table.push(first.into_iter().chain(each).collect());
    }
    (!weights.without.is_empty()).then_some(table)
}

/// The judgements' weights, those from the data, and the blend; `None` where none was asked for.
pub(crate) fn blend_table(weights: &Weights) -> Option<Table> {
    let blend = weights.blend.as_ref()?;
    let number = Format::Number(4);
    let columns = vec![
        Column::new("code", "Indicator", Format::Text),
        Column::new("judged", "By the judgements", number),
        Column::new("objective", format!("By the data ({})", blend.method), number),
        Column::new("weight", "Blended", number),
    ];
    let note = format!(
        "{:.0} % of each weight comes from the data: how far the scores tell the customers apart.",
        100.0 * blend.share
    );
    let mut table = Table::new("blend", "Weights from judgements and data", columns).note(note);
    for (code, weight) in weights.global_weights.iter() {
        table.push(vec![
            code.into(),
            blend.judged.get(code).into(),
            blend.objective.get(code).into(),
            weight.into(),
        ]);
    }
    Some(table)
}

/// How far the experts agree in their scores, indicator by indicator.
pub(crate) fn score_agreement_table(agreement: &ScoreAgreement) -> Table {
    let number = Format::Number(3);
    let columns = vec![
        Column::new("code", "Indicator", Format::Text),
        Column::new("experts", "Experts", Format::Count),
        Column::new("customers", "Customers", Format::Count),
        Column::new("alpha", "Krippendorff's α", number),
        Column::new("icc2_1", "ICC(2,1)", number),
        Column::new("icc2_k", "ICC(2,k)", number),
        Column::new("kendall_w", "Kendall's W", number),
        Column::new("mean_range", "Mean range", Format::Number(2)),
    ];
    let mut note = "1 is full agreement, 0 what chance would give. α and ICC(2,1): one expert's \
                    scores for another's; ICC(2,k): how reliable their mean is; W: whether they rank \
                    the customers alike; the range in points of the scale."
        .to_string();
    for sentence in &agreement.notes {
        note += " ";
        note += sentence;
    }
    let mut table = Table::new("score_agreement", "Agreement in the scores", columns).note(note);
    for found in &agreement.indicators {
        let icc = found.icc.as_ref();
        table.push(vec![
            found.code.as_str().into(),
            found.experts.into(),
            found.customers.into(),
            found.krippendorff_alpha.into(),
            icc.and_then(|icc| icc.icc2_1).into(),
            icc.and_then(|icc| icc.icc2_k).into(),
            found.kendall_w.into(),
            found.mean_range.into(),
        ]);
    }
    table
}

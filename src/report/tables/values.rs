//! Tables of customers and classes.

use super::anova::anova_table;
use crate::anova::Anova;
use crate::evaluation::{CustomerValue, Evaluation};
use crate::report::{Cell, Column, Format, Table};
use std::collections::HashMap;

/// Each class with its size, share of value and means.
pub(crate) fn classes_table(evaluation: &Evaluation) -> Table {
    let mut columns = vec![
        Column::new("class", "Class", Format::Text),
        Column::new("customers", "Customers", Format::Count),
        Column::new("share_of_value", "Share of value", Format::Percent(1)),
    ];
    let parts = std::iter::once(0).chain(evaluation.model.hierarchy.goal().children.clone());
    for part in parts.take(5) {
        let node = &evaluation.model.hierarchy.nodes()[part];
        columns.push(Column::new(&node.code, &node.name, Format::Number(3)));
    }
    let shown = columns.len() - 3;
    let mut table = Table::new("classes", "Classes, with the means of their customers", columns);
    for class in &evaluation.classes {
        let means = class.means.numbers().into_iter().take(shown).map(Cell::from);
        let first: [Cell; 3] =
            [class.name.as_str().into(), class.size.into(), class.share_of_value.into()];
        table.push(first.into_iter().chain(means).collect());
    }
    table
}

/// The analyses of variance under the parts' names.
pub(crate) fn named_tests(evaluation: &Evaluation) -> Vec<Anova> {
    let hierarchy = &evaluation.model.hierarchy;
    let named = |anova: &Anova| match hierarchy.position(&anova.variable) {
        Some(at) => anova.clone().named(&hierarchy.nodes()[at].name),
        None => anova.clone(),
    };
    evaluation.anova.iter().map(named).collect()
}

/// The one-way table under the parts' names.
pub(crate) fn named_anova(evaluation: &Evaluation) -> Table {
    anova_table(&named_tests(evaluation))
}

/// The customers, highest value first.
pub(crate) fn customers_table(evaluation: &Evaluation) -> Table {
    let mut columns = vec![
        Column::new("rank", "Rank", Format::Count),
        Column::new("customer", "Customer", Format::Text),
        Column::new("class", "Class", Format::Text),
    ];
    let goal = evaluation.model.hierarchy.goal();
    columns.push(Column::new(&goal.code, &goal.name, Format::Number(4)));
    for &child in goal.children.iter().take(4) {
        let node = &evaluation.model.hierarchy.nodes()[child];
        columns.push(Column::new(&node.code, &node.name, Format::Number(4)));
    }
    let shown = columns.len() - 4;
    let mut table = Table::new("customers", "Customers", columns);
    let mut order: Vec<_> = evaluation.values.iter().collect();
    order.sort_by_key(|customer| customer.rank);
    for customer in order {
        let first: [Cell; 4] = [
            customer.rank.into(),
            customer.customer.as_str().into(),
            customer.class.as_deref().into(),
            customer.value.into(),
        ];
        let parts = customer.dimensions.numbers().into_iter().take(shown).map(Cell::from);
        table.push(first.into_iter().chain(parts).collect());
    }
    table
}

/// The five heaviest indicators.
pub(crate) fn top_weights(evaluation: &Evaluation) -> Table {
    let columns = vec![
        Column::new("code", "Indicator", Format::Text),
        Column::new("name", "", Format::Text),
        Column::new("weight", "Global weight", Format::Percent(1)),
    ];
    let worst = evaluation.weights.nodes.iter().filter_map(|node| node.cr).reduce(f64::max);
    let note = match worst {
        Some(worst) => {
            format!("The highest consistency ratio of the group's judgements is {worst:.4}.")
        }
        None => String::new(),
    };
    let mut table = Table::new("weights", "What counts most", columns).note(note);
    let global = evaluation.weights.global_weights.numbers();
    let mut order: Vec<usize> = (0..global.len()).collect();
    order.sort_by(|a, b| global[*b].total_cmp(&global[*a]).then(a.cmp(b)));
    for at in order.into_iter().take(5) {
        let indicator = &evaluation.model.indicators[at];
        table.push(vec![
            indicator.code.as_str().into(),
            indicator.name.as_str().into(),
            global[at].into(),
        ]);
    }
    table
}

/// Every customer, highest value first, with all that is known of it.
pub(crate) fn all_customers(evaluation: &Evaluation) -> Table {
    let hierarchy = &evaluation.model.hierarchy;
    let goal = hierarchy.goal();
    let number = Format::Number(4);
    let own = evaluation.own_classes.is_some();
    let mut columns = vec![
        Column::new("rank", "Rank", Format::Count),
        Column::new("customer", "Customer", Format::Text),
        Column::new("class", "Class", Format::Text),
        Column::new(&goal.code, &goal.name, number),
    ];
    columns.extend(goal.children.iter().map(|&child| {
        let node = &hierarchy.nodes()[child];
        Column::new(&node.code, &node.name, number)
    }));
    columns.push(Column::new("cluster", "Cluster", Format::Count));
    columns.push(Column::new("distance", "Distance to its centre", number));
    if own {
        columns.push(Column::new("own_class", "Experts' own class", Format::Text));
    }
    let mut table = Table::new("customers", "Customers by value", columns)
        .note("Equal values share a rank. The parts add up to the value.");
    for customer in by_rank(evaluation) {
        let mut row: Vec<Cell> = vec![
            customer.rank.into(),
            customer.customer.as_str().into(),
            customer.class_name.as_deref().into(),
            customer.value.into(),
        ];
        row.extend(customer.dimensions.numbers().into_iter().map(Cell::from));
        row.push(customer.cluster.into());
        row.push(customer.distance.into());
        if own {
            row.push(customer.own_class.as_deref().map(|code| class_name(evaluation, code)).into());
        }
        table.push(row);
    }
    table
}

/// The name of a class, or its code where the model does not know it.
pub(crate) fn class_name(evaluation: &Evaluation, code: &str) -> String {
    let classes = evaluation.naming.classes(&evaluation.model);
    let known = classes.into_iter().find(|(known, _)| known == code);
    known.map_or_else(|| code.to_string(), |(_, name)| name)
}

/// The customers, highest value first; equal ones in the input's order.
pub(crate) fn by_rank(evaluation: &Evaluation) -> Vec<&CustomerValue> {
    let mut order: Vec<&CustomerValue> = evaluation.values.iter().collect();
    order.sort_by_key(|customer| customer.rank);
    order
}

/// What each indicator contributes to each customer's value: global weight × score.
pub(crate) fn contributions(evaluation: &Evaluation) -> Table {
    let note = "Each cell is the indicator's global weight × the customer's score; a row adds up to \
                the customer's value.";
    customers_by_indicators(evaluation, "contributions", "Contributions", 4, |customer, code| {
        customer.contributions.get(code)
    })
    .note(note)
}

/// Each customer's score on each indicator.
pub(crate) fn scores(evaluation: &Evaluation) -> Table {
    customers_by_indicators(evaluation, "scores", "Scores", 2, |customer, code| {
        customer.scores.get(code)
    })
    .note(
        "The experts' scores combined, and measured values and figures of sales on the same scale.",
    )
}

/// Each customer's values before they were brought onto the scale, of the indicators that have such; `None`
/// where experts score everything.
pub(crate) fn raw(evaluation: &Evaluation) -> Option<Table> {
    let found = &evaluation.indicators;
    let has_raw = |at: &usize| found.columns[*at].parts.iter().any(|part| part.raw.is_some());
    let places: Vec<usize> = (0..found.columns.len()).filter(has_raw).collect();
    if places.is_empty() {
        return None;
    }
    let mut columns = vec![
        Column::new("rank", "Rank", Format::Count),
        Column::new("customer", "Customer", Format::Text),
    ];
    columns.extend(places.iter().map(|at| {
        let code = &evaluation.model.indicators[*at].code;
        Column::new(code, code, Format::Number(2))
    }));
    let note = "Measured values and figures of sales in their own units, from which the scores come by \
                the rules and edges of the table of indicators.";
    let mut table = Table::new("raw", "Values before they were scored", columns).note(note);
    let at_of: HashMap<&str, usize> =
        found.customers.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    for customer in by_rank(evaluation) {
        let at = at_of.get(customer.customer.as_str());
        let raw = |place: &usize| at.and_then(|at| found.columns[*place].raw(*at)).into();
        let first: [Cell; 2] = [customer.rank.into(), customer.customer.as_str().into()];
        table.push(first.into_iter().chain(places.iter().map(raw)).collect());
    }
    Some(table)
}

fn customers_by_indicators(
    evaluation: &Evaluation,
    name: &str,
    title: &str,
    decimals: usize,
    figure: impl Fn(&CustomerValue, &str) -> Option<f64>,
) -> Table {
    let indicators = &evaluation.model.indicators;
    let mut columns = vec![
        Column::new("rank", "Rank", Format::Count),
        Column::new("customer", "Customer", Format::Text),
    ];
    columns.extend(
        indicators.iter().map(|indicator| {
            Column::new(&indicator.code, &indicator.code, Format::Number(decimals))
        }),
    );
    let mut table = Table::new(name, title, columns);
    for customer in by_rank(evaluation) {
        let figures = indicators.iter().map(|indicator| figure(customer, &indicator.code).into());
        let first: [Cell; 2] = [customer.rank.into(), customer.customer.as_str().into()];
        table.push(first.into_iter().chain(figures).collect());
    }
    table
}

/// The customers that were classed by a saved result, in their order.
pub(crate) fn assigned(assignment: &crate::evaluation::Assignment) -> Table {
    let number = Format::Number(4);
    let columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("value", "Value", number),
        Column::new("class", "Class", Format::Text),
        Column::new("distance", "Distance", number),
        Column::new("second", "Next nearest class", Format::Text),
        Column::new("margin", "Margin", number),
    ];
    let note = format!(
        "Classed by the centres of {}. The margin is how much farther the next class is: near 0, a \
         customer could as well be there.",
        assignment.saved
    );
    let mut table = Table::new("assigned", "Customers by a saved result", columns).note(note);
    for customer in &assignment.customers {
        table.push(vec![
            customer.customer.as_str().into(),
            customer.value.into(),
            customer.class.as_str().into(),
            customer.distance.into(),
            customer.second.as_deref().into(),
            customer.margin.into(),
        ]);
    }
    table
}

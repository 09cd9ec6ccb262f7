//! Tables of an analysis of sales.

use crate::report::{Cell, Column, Format, LongTable, Table};
use crate::rfm::{Analysis, Listed};
use crate::transactions::{Metric, Product};

const MONEY: Format = Format::Number(2);

/// Where all rows and all money went.
pub(crate) fn ledger(analysis: &Analysis) -> Table {
    let ledger = &analysis.ledger;
    let columns = vec![
        Column::new("step", "", Format::Text),
        Column::new("rows", "Rows", Format::Count),
        Column::new("money", "Money", MONEY),
        Column::new("customers", "Customers", Format::Count),
    ];
    let mut table = Table::new("ledger", "Every row and all money", columns).note(
        "Rows in = rows used + rows set aside, and the same for money. A row is set aside for the first reason that holds.",
    );
    table.push(vec![
        "rows in".into(),
        (ledger.rows_in as usize).into(),
        ledger.money_in.to_f64().into(),
        (ledger.customers_in as usize).into(),
    ]);
    for aside in &ledger.set_aside {
        table.push(vec![
            format!("– {}", aside.reason.words()).into(),
            (aside.rows as usize).into(),
            aside.money.to_f64().into(),
            (aside.customers as usize).into(),
        ]);
    }
    table.push(vec![
        "= rows used".into(),
        (ledger.rows_used as usize).into(),
        ledger.money_used.to_f64().into(),
        (ledger.customers_used as usize).into(),
    ]);
    table
}

/// The segments, the most money first.
pub(crate) fn segments(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("segment", "Segment", Format::Text),
        Column::new("customers", "Customers", Format::Count),
        Column::new("share", "Share", Format::Percent(1)),
        Column::new("money", "Money", MONEY),
        Column::new("money_share", "Share of money", Format::Percent(1)),
        Column::new("mean_recency_days", "Mean recency (days)", Format::Number(1)),
        Column::new("mean_frequency", "Mean orders", Format::Number(1)),
        Column::new("mean_monetary", "Mean money", MONEY),
        Column::new("description", "What they are like", Format::Prose),
        Column::new("action", "What to do", Format::Prose),
    ];
    let note = match &analysis.map {
        Some(map) => format!("By the map {map}."),
        None => String::new(),
    };
    let mut table = Table::new("segments", "Segments", columns).note(note);
    for sum in &analysis.segments {
        table.push(vec![
            sum.segment.as_str().into(),
            sum.customers.into(),
            sum.share.into(),
            sum.money.into(),
            sum.money_share.into(),
            sum.mean_recency_days.into(),
            sum.mean_frequency.into(),
            sum.mean_monetary.into(),
            sum.description.as_str().into(),
            sum.action.as_str().into(),
        ]);
    }
    table
}

/// The tiers.
pub(crate) fn tiers(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("tier", "Tier", Format::Text),
        Column::new("customers", "Customers", Format::Count),
        Column::new("customer_share", "Share", Format::Percent(1)),
        Column::new("money", "Money", MONEY),
        Column::new("money_share", "Share of money", Format::Percent(1)),
        Column::new("from", "From", MONEY),
    ];
    let mut table = Table::new("tiers", "Tiers by money", columns);
    for tier in &analysis.tables.tiers {
        table.push(vec![
            tier.tier.as_str().into(),
            tier.customers.into(),
            tier.customer_share.into(),
            tier.money.into(),
            tier.money_share.into(),
            tier.from.into(),
        ]);
    }
    table.note(concentration_sentence(analysis))
}

/// How unevenly money is spread, in a sentence.
pub(crate) fn concentration_sentence(analysis: &Analysis) -> String {
    let of = &analysis.concentration;
    let Some(gini) = of.gini else { return String::new() };
    let tops: Vec<String> = of
        .top
        .iter()
        .map(|(share, money)| format!("{:.0} % bring {:.1} %", share * 100.0, money * 100.0))
        .collect();
    format!(
        "Of the customers the best {} of all money; the Gini coefficient is {gini:.3}.",
        tops.join(", ")
    )
}

/// What to do about each segment, for where a table has no room for it.
pub(crate) fn actions(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("segment", "Segment", Format::Text),
        Column::new("action", "What to do", Format::Prose),
    ];
    let mut table = Table::new("actions", "What to do about each segment", columns);
    for sum in analysis.segments.iter().filter(|sum| !sum.action.is_empty()) {
        table.push(vec![sum.segment.as_str().into(), sum.action.as_str().into()]);
    }
    table
}

/// The weights of the weighted score, and where they come from.
pub(crate) fn weights_sentence(analysis: &Analysis) -> String {
    let total: f64 = analysis.model.dimensions.iter().map(|of| of.weight).sum();
    let own = analysis.model.dimensions.iter();
    let weights: Vec<String> =
        own.map(|of| format!("{} {:.3}", of.letter, of.weight / total)).collect();
    let from = analysis.model.weights_from.as_deref().unwrap_or("the model");
    format!("Weights of the weighted score: {}, by {from}.", weights.join(", "))
}

/// The levels of each score, with the values between them.
pub(crate) fn levels(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("figure", "Figure", Format::Text),
        Column::new("score", "Score", Format::Count),
        Column::new("customers", "Customers", Format::Count),
        Column::new("min", "From", MONEY),
        Column::new("max", "To", MONEY),
        Column::new("mean", "Mean", MONEY),
        Column::new("sd", "SD", MONEY),
        Column::new("q1", "25 %", MONEY),
        Column::new("median", "50 %", MONEY),
        Column::new("q3", "75 %", MONEY),
    ];
    let mut table = Table::new("levels", "What each score means", columns).note(format!(
        "From and to are the least and the most that a customer of this score has. {}",
        weights_sentence(analysis)
    ));
    for dimension in &analysis.model.dimensions {
        for level in analysis.levels.get(&dimension.letter.to_lowercase()).into_iter().flatten() {
            let quartile = |at: usize| level.quartiles.map(|quartiles| quartiles[at]);
            table.push(vec![
                dimension.name.as_str().into(),
                (level.score as usize).into(),
                level.count.into(),
                level.min.into(),
                level.max.into(),
                level.mean.into(),
                level.sd.into(),
                quartile(0).into(),
                quartile(1).into(),
                quartile(2).into(),
            ]);
        }
    }
    table
}

/// Every customer with scores and figures, the best first.
pub fn sales_customers(analysis: &Analysis) -> LongTable<'_> {
    let mut columns = vec![Column::new("customer", "Customer", Format::Text)];
    for dimension in &analysis.model.dimensions {
        let name = dimension.letter.to_lowercase();
        columns.push(Column::new(name, dimension.letter.clone(), Format::Count));
    }
    columns.push(Column::new("code", "Code", Format::Text));
    columns.push(Column::new("weighted", "Weighted score", Format::Number(2)));
    columns.push(Column::new("segment", "Segment", Format::Text));
    columns.push(Column::new("tier", "Tier", Format::Text));
    let shown: Vec<Metric> = Metric::ALL
        .into_iter()
        .filter(|metric| {
            let known = |at| analysis.metrics.figure(at, *metric).is_some();
            (0..analysis.metrics.len()).any(known)
        })
        .collect();
    for metric in &shown {
        let format = match metric {
            Metric::RecencyDays
            | Metric::RecencyHours24
            | Metric::Orders
            | Metric::Lines
            | Metric::ActiveDays
            | Metric::TenureDays
            | Metric::SpanDays
            | Metric::Products => Format::Count,
            Metric::ReturnRate => Format::Percent(1),
            _ => MONEY,
        };
        columns.push(Column::new(metric.name(), metric.title(), format));
    }
    columns.push(Column::new("first", "First purchase", Format::Date));
    columns.push(Column::new("last", "Last purchase", Format::Date));
    let mut order: Vec<usize> = (0..analysis.metrics.len()).collect();
    let key = |at: usize| (analysis.scores.weighted(at).unwrap_or(0.0), analysis.metrics.money(at));
    order.sort_by(|a, b| {
        let ((a_score, a_money), (b_score, b_money)) = (key(*a), key(*b));
        b_score.total_cmp(&a_score).then(b_money.total_cmp(&a_money))
    });
    let head = Table::new("customers", "Customers", columns)
        .note("The highest weighted score first; of equal ones the most money.");
    let day =
        |moment: Option<crate::transactions::Moment>| moment.map(|moment| moment.day().to_string());
    let rows = order.into_iter().map(move |at| {
        let (metrics, scores) = (analysis.metrics.get(at), analysis.scores.get(at));
        let mut row: Vec<Cell> = vec![metrics.customer.as_str().into()];
        row.extend(scores.scores.iter().map(|(_, score)| score.map(|s| s as usize).into()));
        row.push(scores.code.into());
        row.push(scores.weighted.into());
        row.push(scores.segments.join(", ").into());
        row.push(scores.tier.as_str().into());
        row.extend(shown.iter().map(|metric| Cell::from(metrics.get(*metric))));
        row.push(day(metrics.first).into());
        row.push(day(metrics.last).into());
        row
    });
    LongTable { head, rows: Box::new(rows) }
}

/// The metrics with their definitions.
pub(crate) fn definitions() -> Table {
    let columns = vec![
        Column::new("metric", "Metric", Format::Text),
        Column::new("definition", "Definition", Format::Prose),
    ];
    let mut table = Table::new("definitions", "What the figures mean", columns);
    for metric in Metric::ALL {
        table.push(vec![metric.title().into(), metric.definition().into()]);
    }
    table
}

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

/// The lists on a sheet, and the row at which each begins.
pub(crate) fn contents(lists: &[Table], begins: &[usize]) -> Table {
    let columns = vec![
        Column::new("list", "List", Format::Text),
        Column::new("customers", "Customers", Format::Count),
        Column::new("row", "From row", Format::Count),
    ];
    let mut table = Table::new("contents", "Which lists there are", columns);
    for (list, row) in lists.iter().zip(begins) {
        table.push(vec![list.title.as_str().into(), list.rows.len().into(), (*row).into()]);
    }
    table
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

/// Sales by month.
pub(crate) fn months(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("month", "Month", Format::Text),
        Column::new("money", "Money", MONEY),
        Column::new("orders", "Orders", Format::Count),
        Column::new("customers", "Customers", Format::Count),
        Column::new("won", "Won", Format::Count),
        Column::new("lost", "Lost", Format::Count),
    ];
    let mut table = Table::new("months", "Sales by month", columns).note(
        "Won: the first order is of this month. Lost: the last one is, and the customer has been silent since for longer than the limit; empty where that cannot be known yet.",
    );
    for month in &analysis.tables.months {
        table.push(vec![
            month.month.as_str().into(),
            month.money.into(),
            (month.orders as usize).into(),
            (month.customers as usize).into(),
            (month.won as usize).into(),
            month.lost.map(|lost| lost as usize).into(),
        ]);
    }
    table
}

/// Sales by weekday and hour, hours across.
pub(crate) fn hours(analysis: &Analysis) -> Table {
    let mut columns = vec![Column::new("weekday", "Weekday", Format::Text)];
    let hours: std::collections::BTreeSet<u32> =
        analysis.tables.hours.iter().map(|hour| hour.hour).collect();
    for hour in &hours {
        columns.push(Column::new(format!("h{hour:02}"), format!("{hour}:00"), Format::Number(0)));
    }
    let mut table = Table::new("hours", "Money by weekday and hour", columns);
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    for (at, day) in days.iter().enumerate() {
        let of = |hour: u32| {
            let mut all = analysis.tables.hours.iter();
            all.find(|one| one.weekday == at as u32 + 1 && one.hour == hour).map(|one| one.money)
        };
        let mut row: Vec<Cell> = vec![(*day).into()];
        row.extend(hours.iter().map(|hour| Cell::from(of(*hour))));
        if row.iter().skip(1).any(|cell| *cell != Cell::Empty) {
            table.push(row);
        }
    }
    table
}

/// Sales by country.
pub(crate) fn countries(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("country", "Country", Format::Text),
        Column::new("money", "Money", MONEY),
        Column::new("share", "Share", Format::Percent(1)),
        Column::new("orders", "Orders", Format::Count),
        Column::new("customers", "Customers", Format::Count),
    ];
    let mut table = Table::new("countries", "Sales by country", columns);
    for country in &analysis.tables.countries {
        table.push(vec![
            country.country.as_str().into(),
            country.money.into(),
            country.share.into(),
            (country.orders as usize).into(),
            (country.customers as usize).into(),
        ]);
    }
    table
}

/// Products by money or by quantity.
fn products(name: &str, title: &str, products: &[Product]) -> Table {
    let columns = vec![
        Column::new("product", "Product", Format::Text),
        Column::new("description", "Name", Format::Text),
        Column::new("quantity", "Quantity", Format::Number(0)),
        Column::new("money", "Money", MONEY),
        Column::new("share", "Share of money", Format::Percent(1)),
    ];
    let mut table = Table::new(name, title, columns);
    for product in products {
        table.push(vec![
            product.product.as_str().into(),
            product.description.clone().into(),
            product.quantity.into(),
            product.money.into(),
            product.share.into(),
        ]);
    }
    table
}

/// Products by money, and by quantity.
pub(crate) fn product_tables(analysis: &Analysis) -> Vec<Table> {
    let of = &analysis.tables;
    let both = [
        products("products", "Products by money", &of.products),
        products("products_by_quantity", "Products by quantity", &of.products_by_quantity),
    ];
    both.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// Cohorts: how many of the customers of a first month come back.
pub(crate) fn cohorts(analysis: &Analysis) -> Table {
    let width = analysis.tables.cohorts.iter().map(|cohort| cohort.active.len()).max().unwrap_or(0);
    let mut columns = vec![
        Column::new("month", "First order", Format::Text),
        Column::new("customers", "Customers", Format::Count),
    ];
    for later in 0..width {
        columns.push(Column::new(format!("m{later}"), format!("+{later}"), Format::Percent(0)));
    }
    let mut table = Table::new("cohorts", "Who comes back", columns).note(
        "The share of the customers of a first month with an order so many months later; empty where the data do not reach.",
    );
    for cohort in &analysis.tables.cohorts {
        let mut row: Vec<Cell> =
            vec![cohort.month.as_str().into(), (cohort.customers as usize).into()];
        let share = |active: &Option<u64>| active.map(|n| n as f64 / cohort.customers as f64);
        row.extend(cohort.active.iter().map(|active| Cell::from(share(active))));
        table.push(row);
    }
    table
}

/// Recency down, frequency across: how many customers and how much money.
pub(crate) fn grid(analysis: &Analysis) -> Option<(Table, Table)> {
    let place = |letter: &str| analysis.model.dimensions.iter().position(|d| d.letter == letter);
    let (r, f) = (place("R")?, place("F")?);
    let most = |at: usize| {
        (0..analysis.scores.len())
            .filter_map(|one| analysis.scores.score(one, at))
            .max()
            .unwrap_or(0)
    };
    let columns = |format: Format| {
        let mut columns = vec![Column::new("r", "R \\ F", Format::Text)];
        columns.extend(
            (1..=most(f))
                .map(|score| Column::new(format!("f{score}"), format!("F {score}"), format)),
        );
        columns
    };
    let mut counts =
        Table::new("grid_customers", "Customers by recency and frequency", columns(Format::Count));
    let mut money =
        Table::new("grid_money", "Money by recency and frequency", columns(Format::Number(0)));
    for recency in (1..=most(r)).rev() {
        let (mut own_counts, mut own_money): (Vec<Cell>, Vec<Cell>) =
            (vec![format!("R {recency}").into()], vec![format!("R {recency}").into()]);
        for frequency in 1..=most(f) {
            let members = (0..analysis.metrics.len()).filter(|at| {
                analysis.scores.score(*at, r) == Some(recency)
                    && analysis.scores.score(*at, f) == Some(frequency)
            });
            let (count, sum) = members
                .fold((0, 0.0), |(count, sum), at| (count + 1, sum + analysis.metrics.money(at)));
            own_counts.push((count as usize).into());
            own_money.push(sum.into());
        }
        counts.push(own_counts);
        money.push(own_money);
    }
    Some((counts, money))
}

/// The clusters in the figures' own units.
pub(crate) fn profiles(analysis: &Analysis) -> Option<Table> {
    let found = analysis.clusters.as_ref()?;
    let mut columns = vec![
        Column::new("cluster", "Cluster", Format::Count),
        Column::new("customers", "Customers", Format::Count),
    ];
    for dimension in &analysis.model.dimensions {
        let title = format!("Mean {}", dimension.metric.title());
        columns.push(Column::new(dimension.metric.name(), title, MONEY));
    }
    columns.push(Column::new("money", "Money", MONEY));
    let mut table = Table::new("clusters", "Clusters of all figures together", columns)
        .note(&found.clusters.stopped_because);
    for profile in &found.profiles {
        let mut row: Vec<Cell> = vec![profile.cluster.into(), profile.customers.into()];
        row.extend(profile.means.iter().map(|mean| Cell::from(*mean)));
        row.resize(table.columns.len() - 1, Cell::Empty);
        row.push(profile.money.into());
        table.push(row);
    }
    Some(table)
}

/// The analysis of variance over the clusters.
pub(crate) fn clusters_anova(analysis: &Analysis) -> Option<Table> {
    let found = analysis.clusters.as_ref()?;
    let columns = vec![
        Column::new("variable", "", Format::Text),
        Column::new("f", "F", Format::Number(3)),
        Column::new("p", "Sig.", Format::Probability),
        Column::new("eta2", "η²", Format::Number(3)),
    ];
    let mut table = Table::new("clusters_anova", "Analysis of variance over the clusters", columns)
        .note(crate::anova::CAVEAT);
    for anova in &found.anova {
        table.push(vec![
            anova.variable.as_str().into(),
            anova.f.into(),
            anova.p.into(),
            anova.eta_squared.into(),
        ]);
    }
    Some(table)
}

/// Everything that has to be known.
pub(crate) fn warnings(analysis: &Analysis) -> Table {
    let columns = vec![
        Column::new("code", "Code", Format::Text),
        Column::new("message", "Warning", Format::Prose),
    ];
    let mut table = Table::new("warnings", "Warnings", columns);
    for warning in &analysis.warnings {
        table.push(vec![warning.code.as_str().into(), warning.message.as_str().into()]);
    }
    table
}

/// Every customer with the figures that are scored, the scores and the segment, in the order of their ids.
pub fn sales_scores(analysis: &Analysis) -> LongTable<'_> {
    let dimensions = &analysis.model.dimensions;
    let mut columns = vec![Column::new("customer", "Customer", Format::Text)];
    for of in dimensions {
        columns.push(Column::new(of.metric.name(), of.metric.title(), MONEY));
    }
    for of in dimensions {
        columns.push(Column::new(of.letter.to_lowercase(), of.letter.clone(), Format::Count));
    }
    columns.push(Column::new("code", "Code", Format::Text));
    columns.push(Column::new("weighted", "Weighted score", Format::Number(2)));
    columns.push(Column::new("segment", "Segment", Format::Text));
    columns.push(Column::new("tier", "Tier", Format::Text));
    let rows = analysis.scores.iter().enumerate().map(move |(at, scores)| {
        let figure = |metric| Cell::from(analysis.metrics.figure(at, metric));
        let mut row: Vec<Cell> = vec![scores.customer.into()];
        row.extend(dimensions.iter().map(|of| figure(of.metric)));
        row.extend(scores.scores.iter().map(|(_, score)| score.map(|s| s as usize).into()));
        row.push(scores.code.into());
        row.push(scores.weighted.into());
        row.push(scores.segments.join(", ").into());
        row.push(scores.tier.into());
        row
    });
    LongTable { head: Table::new("scores", "Scores", columns), rows: Box::new(rows) }
}

/// The names of all tables that there can be, the long ones first.
pub const SALES_TABLES: [&str; 24] = [
    "customers",
    "scores",
    "ledger",
    "segments",
    "tiers",
    "levels",
    "grid_customers",
    "grid_money",
    "best",
    "win_back",
    "at_risk",
    "new",
    "often_little",
    "upgrades",
    "clusters",
    "clusters_anova",
    "months",
    "hours",
    "countries",
    "products",
    "products_by_quantity",
    "cohorts",
    "definitions",
    "warnings",
];

/// The table of this name; `None` if there is none in this analysis, or nothing in it.
///
/// ```
/// use custval::report::SALES_TABLES;
///
/// assert!(SALES_TABLES.contains(&"win_back"));
/// ```
pub fn sales_table<'a>(name: &str, analysis: &'a Analysis) -> Option<LongTable<'a>> {
    match name {
        "customers" => Some(sales_customers(analysis)),
        "scores" => Some(sales_scores(analysis)),
        _ => {
            let mut tables = sales_tables(analysis).into_iter();
            let mut head = tables.find(|table| table.name == name)?;
            let rows = std::mem::take(&mut head.rows);
            Some(LongTable { head, rows: Box::new(rows.into_iter()) })
        }
    }
}

/// All tables of an analysis of sales but the long one of customers, in the order in which they are read.
pub fn sales_tables(analysis: &Analysis) -> Vec<Table> {
    let mut tables = vec![ledger(analysis), segments(analysis), tiers(analysis), levels(analysis)];
    if let Some((counts, money)) = grid(analysis) {
        tables.extend([counts, money]);
    }
    tables.extend(lists(analysis));
    tables.push(upgrades(analysis));
    tables.extend(profiles(analysis));
    tables.extend(clusters_anova(analysis));
    tables.extend([months(analysis), hours(analysis), countries(analysis)]);
    tables.extend(product_tables(analysis));
    tables.extend([cohorts(analysis), definitions(), warnings(analysis)]);
    tables.retain(|table| !table.rows.is_empty());
    tables
}

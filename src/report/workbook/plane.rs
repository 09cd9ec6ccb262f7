//! The picture of all customers: the plane of two criteria, or bars by class.

use super::charts::{font, label, marker, titled};
use super::known::{HEADER, class_colour, class_place};
use super::labels::{Dot, PLOT, labels};
use super::page::Page;
use crate::class::CutPoint;
use crate::evaluation::{CustomerValue, Evaluation};
use crate::report::tables::values::by_rank;
use crate::report::{Cell, Column, Format, Table};
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLayout, ChartLine, ChartLineDashType, ChartMarker, ChartType,
    XlsxError,
};

/// The sheet that holds the figures of the picture.
pub(super) const SHEET: &str = "Value matrix";
/// The first column of the ends of the cut lines.
const CUTS: u16 = 6;
/// The size of the picture on its own sheet.
const SIZE: (u32, u32) = (820, 560);
/// Bars are drawn for no more customers than this.
const MOST_BARS: usize = 60;

/// Fills the sheet: the picture's figures, customer by customer, and the picture.
pub(super) fn fill(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let what = match axes(evaluation) {
        Some(_) => "Where each customer stands, and the lines that part the classes.",
        None => "Each customer's value by class.",
    };
    page.title(SHEET, what)?;
    let table = match axes(evaluation) {
        Some(axes) => plane_table(evaluation, &axes),
        None => bars_table(evaluation),
    };
    page.fixed_table(&table)?;
    cut_ends(page, evaluation)?;
    let column = table.columns.len() as u16;
    page.chart(&mut picture(evaluation, SIZE), SIZE, HEADER, column)
}

/// The places of the two axes in the hierarchy, where classes lie in a plane.
fn axes(evaluation: &Evaluation) -> Option<[usize; 2]> {
    let rules = &evaluation.model.classes;
    let part = |code: &Option<String>| {
        code.as_ref().and_then(|code| evaluation.model.hierarchy.position(code))
    };
    let cuts = &evaluation.naming.cuts;
    (cuts.len() == 2).then_some(())?;
    Some([part(&rules.horizontal)?, part(&rules.vertical)?])
}

/// A customer's value at a part right below the goal, or at any other.
fn at(customer: &CustomerValue, part: usize, evaluation: &Evaluation) -> f64 {
    let hierarchy = &evaluation.model.hierarchy;
    let below = hierarchy.leaves().into_iter().filter(|leaf| hierarchy.is_below(*leaf, part));
    let code = &hierarchy.nodes()[part].code;
    customer.dimensions.get(code).unwrap_or_else(|| {
        below.filter_map(|leaf| customer.contributions.get(&hierarchy.nodes()[leaf].code)).sum()
    })
}

/// Customers class by class, so that each class is one range of the chart.
fn by_class(evaluation: &Evaluation) -> Vec<Vec<&CustomerValue>> {
    let ranked = by_rank(evaluation);
    let of = |class: &str| {
        ranked.iter().copied().filter(|c| c.class.as_deref() == Some(class)).collect()
    };
    evaluation.classes.iter().map(|class| of(&class.class)).collect()
}

fn plane_table(evaluation: &Evaluation, axes: &[usize; 2]) -> Table {
    let nodes = evaluation.model.hierarchy.nodes();
    let mut columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("class", "Class", Format::Text),
    ];
    columns.extend(
        axes.iter()
            .map(|&part| Column::new(&nodes[part].code, &nodes[part].name, Format::Number(4))),
    );
    let mut table = Table::new("value_matrix", SHEET, columns);
    for customer in by_class(evaluation).into_iter().flatten() {
        table.push(vec![
            customer.customer.as_str().into(),
            customer.class_name.as_deref().into(),
            at(customer, axes[0], evaluation).into(),
            at(customer, axes[1], evaluation).into(),
        ]);
    }
    table
}

fn bars_table(evaluation: &Evaluation) -> Table {
    let mut columns = vec![Column::new("customer", "Customer", Format::Text)];
    columns.extend(
        evaluation.classes.iter().map(|c| Column::new(&c.class, &c.name, Format::Number(4))),
    );
    let mut table = Table::new("value_matrix", SHEET, columns);
    for customer in by_rank(evaluation) {
        let cells = evaluation.classes.iter().map(|class| {
            if customer.class.as_deref() == Some(class.class.as_str()) {
                Cell::from(customer.value)
            } else {
                Cell::Empty
            }
        });
        table.push(std::iter::once(Cell::from(customer.customer.as_str())).chain(cells).collect());
    }
    table
}

/// The smallest and the largest value on an axis, with some room.
fn bounds(evaluation: &Evaluation, part: usize) -> (f64, f64) {
    let values: Vec<f64> = evaluation.values.iter().map(|c| at(c, part, evaluation)).collect();
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let room = ((most - least) * 0.12).max(0.05);
    let range = (most - least).max(0.1);
    let power = 10f64.powf(range.log10().floor());
    let step = if range < 5.0 * power { power / 2.0 } else { power };
    (((least - room) / step).floor() * step, ((most + room) / step).ceil() * step)
}

/// The ends of the two cut lines, behind the chart.
fn cut_ends(page: &mut Page, evaluation: &Evaluation) -> Result<(), XlsxError> {
    let (Some([x, y]), [across, up]) = (axes(evaluation), evaluation.naming.cuts.as_slice()) else {
        return Ok(());
    };
    let (left, right) = bounds(evaluation, x);
    let (bottom, top) = bounds(evaluation, y);
    let ends = [(across.at, bottom), (across.at, top), (left, up.at), (right, up.at)];
    for (row, (x, y)) in (HEADER + 1..).zip(ends) {
        page.sheet().write_number(row, CUTS, x)?;
        page.sheet().write_number(row, CUTS + 1, y)?;
    }
    Ok(())
}

/// The picture: a scatter in the plane, or bars by class, to be drawn in this size.
pub(super) fn picture(evaluation: &Evaluation, size: (u32, u32)) -> Chart {
    match axes(evaluation) {
        Some(axes) => scatter(evaluation, &axes, size),
        None => bars(evaluation),
    }
}

fn scatter(evaluation: &Evaluation, axes: &[usize; 2], size: (u32, u32)) -> Chart {
    let nodes = evaluation.model.hierarchy.nodes();
    let (x, y) = (&nodes[axes[0]].name, &nodes[axes[1]].name);
    let mut chart = titled(ChartType::Scatter, &format!("{x} × {}", y.to_lowercase()));
    let (left, right) = bounds(evaluation, axes[0]);
    let (bottom, top) = bounds(evaluation, axes[1]);
    let by_class = by_class(evaluation);
    let dots: Vec<Dot> = by_class
        .iter()
        .flatten()
        .map(|customer| {
            let (x, y) = (at(customer, axes[0], evaluation), at(customer, axes[1], evaluation));
            Dot {
                name: &customer.customer,
                across: (x - left) / (right - left),
                up: (y - bottom) / (top - bottom),
                value: customer.value,
            }
        })
        .collect();
    let named = labels(&dots, size);
    let mut first = 0;
    for (class, customers) in evaluation.classes.iter().zip(&by_class) {
        let last = first + customers.len();
        // Rows of the sheet: the series is named by the class in its first.
        let (above, below) = (HEADER + 1 + first as u32, HEADER + last as u32);
        let series = chart.add_series();
        series
            .set_name((SHEET, above, 1))
            .set_categories((SHEET, above, 2, below, 2))
            .set_values((SHEET, above, 3, below, 3))
            .set_marker(&marker(class_place(evaluation, &class.class)));
        if let Some(named) = &named {
            series.set_custom_data_labels(&named[first..last]);
        }
        first = last;
    }
    for (cut, row) in evaluation.naming.cuts.iter().zip([HEADER + 1, HEADER + 3]) {
        cut_line(&mut chart, cut, row, evaluation);
    }
    chart.x_axis().set_name(&label(x)).set_name_font(&font(10)).set_num_format("0.0#");
    chart.x_axis().set_min(left).set_max(right).set_major_gridlines(false);
    chart.y_axis().set_name(&label(y)).set_name_font(&font(10)).set_num_format("0.0#");
    chart.y_axis().set_min(bottom).set_max(top).set_major_gridlines(false);
    // Set, so that it is known where the points lie.
    chart
        .plot_area()
        .set_layout(&ChartLayout::new().set_offset(PLOT.0, PLOT.1).set_dimensions(PLOT.2, PLOT.3));
    // The cut lines explain themselves.
    let classes = evaluation.classes.len();
    chart.legend().delete_entries(&[classes, classes + 1]);
    chart
}

fn cut_line(chart: &mut Chart, cut: &CutPoint, row: u32, evaluation: &Evaluation) {
    let name = evaluation.model.hierarchy.position(&cut.part).map_or("Cut".to_string(), |at| {
        format!("Cut of {}", evaluation.model.hierarchy.nodes()[at].name)
    });
    let mut line = ChartLine::new();
    line.set_color(0x9CA3AF).set_width(1.25).set_dash_type(ChartLineDashType::Dash);
    let mut none = ChartMarker::new();
    none.set_none();
    chart
        .add_series()
        .set_name(&label(&name))
        .set_categories((SHEET, row, CUTS, row + 1, CUTS))
        .set_values((SHEET, row, CUTS + 1, row + 1, CUTS + 1))
        .set_format(ChartFormat::new().set_line(&line))
        .set_marker(&none);
}

fn bars(evaluation: &Evaluation) -> Chart {
    let goal = &evaluation.model.hierarchy.goal().name;
    let shown = evaluation.values.len().min(MOST_BARS);
    let last = HEADER + shown as u32;
    let title = if shown < evaluation.values.len() {
        format!("{goal} of the {shown} highest customers")
    } else {
        goal.clone()
    };
    let mut chart = titled(ChartType::ColumnStacked, &title);
    for (at, class) in evaluation.classes.iter().enumerate() {
        let (column, place) = (at as u16 + 1, class_place(evaluation, &class.class));
        chart
            .add_series()
            .set_name((SHEET, HEADER, column))
            .set_categories((SHEET, HEADER + 1, 0, last, 0))
            .set_values((SHEET, HEADER + 1, column, last, column))
            .set_format(&mut super::charts::fill(class_colour(place)))
            .set_gap(40);
    }
    chart
}

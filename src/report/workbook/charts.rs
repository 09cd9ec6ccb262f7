//! Native charts over the tables of the workbook.

use super::known::{class_colour, class_place};
use super::page::Placed;
use crate::evaluation::Evaluation;
use crate::workbook::style;
use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType,
    ChartSolidFill, ChartType,
};

/// Markers that tell classes apart without colour.
pub(super) const MARKERS: [ChartMarkerType; 6] = [
    ChartMarkerType::Circle,
    ChartMarkerType::Triangle,
    ChartMarkerType::Square,
    ChartMarkerType::Diamond,
    ChartMarkerType::X,
    ChartMarkerType::PlusSign,
];

/// An empty chart with a title in the house's look.
pub(super) fn titled(kind: ChartType, title: &str) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(&label(title)).set_font(font(12).set_bold());
    chart.chart_area().set_format(ChartFormat::new().set_no_border());
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9));
    chart.x_axis().set_font(&font(9));
    chart.y_axis().set_font(&font(9));
    let mut line = ChartLine::new();
    line.set_color(0xE5E7EB).set_width(0.75);
    chart.y_axis().set_major_gridlines(true).set_major_gridlines_line(&line);
    chart
}

/// A name as a chart takes it: one that begins with `=`, or holds what looks like `Sheet!A1`, would
/// be a reference to cells.
pub(super) fn label(name: &str) -> String {
    let name = name.replacen('!', "! ", 1);
    let name = name.trim_end();
    if name.starts_with('=') { format!(" {name}") } else { name.to_string() }
}

/// Text of a chart.
pub(super) fn font(size: u8) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Calibri").set_size(size).set_color(style::INK);
    font
}

/// One colour.
pub(super) fn fill(colour: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(colour));
    format
}

/// A marker of a class.
pub(super) fn marker(place: usize) -> ChartMarker {
    let mut marker = ChartMarker::new();
    let mut format = fill(class_colour(place));
    format.set_border(ChartLine::new().set_color(0xFFFFFF).set_width(0.75));
    // Crosses are lines: their border is their colour.
    if place >= 4 {
        format.set_border(ChartLine::new().set_color(class_colour(place)));
    }
    marker.set_type(MARKERS[place % MARKERS.len()]).set_size(10).set_format(&mut format);
    marker
}

/// Horizontal bars of one column over the names in another.
pub(super) fn bar_of(placed: &Placed, title: &str, names: usize, numbers: usize) -> Chart {
    let mut chart = titled(ChartType::Bar, title);
    chart
        .add_series()
        .set_categories(placed.range(names))
        .set_values(placed.range(numbers))
        .set_format(&mut fill(style::ACCENT))
        .set_gap(40);
    chart.legend().set_hidden();
    // The first indicator stands on top, as in the table.
    chart.y_axis().set_reverse().set_major_gridlines(false);
    chart
        .x_axis()
        .set_num_format("0%")
        .set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::High);
    chart
}

/// A line of one column over the numbers in another; the first row, what was asked for, is left out.
pub(super) fn lines_of(placed: &Placed, title: &str, names: usize, numbers: usize) -> Chart {
    let mut chart = titled(ChartType::Line, title);
    let from_second = |column: usize| {
        let (sheet, first, left, last, right) = placed.range(column);
        (sheet, first + 1, left, last, right)
    };
    let mut format = ChartFormat::new();
    format.set_line(ChartLine::new().set_color(style::ACCENT).set_width(2.0));
    let mut dot = ChartMarker::new();
    dot.set_type(ChartMarkerType::Circle).set_size(7).set_format(&mut fill(style::ACCENT));
    chart
        .add_series()
        .set_categories(from_second(names))
        .set_values(from_second(numbers))
        .set_format(&mut format)
        .set_marker(&dot);
    chart.legend().set_hidden();
    // Below the numbers, which can be negative.
    let low = rust_xlsxwriter::ChartAxisLabelPosition::Low;
    let across = chart.x_axis();
    across.set_name("Number of clusters").set_name_font(&font(9)).set_label_position(low);
    chart.y_axis().set_num_format("#,##0.00");
    chart
}

/// A Lorenz curve over the shares in the first column, beside the line of equal shares in the third.
pub(super) fn curve(placed: &Placed, title: &str) -> Chart {
    let mut chart = titled(ChartType::ScatterStraight, title);
    for (column, colour) in [(1, style::ACCENT), (2, 0x9CA3AF)] {
        let mut line = ChartLine::new();
        line.set_color(colour).set_width(2.0);
        chart
            .add_series()
            .set_name(placed.header(column))
            .set_categories(placed.range(0))
            .set_values(placed.range(column))
            .set_format(ChartFormat::new().set_line(&line));
    }
    chart.x_axis().set_num_format("0%").set_min(0).set_max(1).set_name("Poorest customers");
    chart.x_axis().set_name_font(&font(9));
    chart.y_axis().set_num_format("0%").set_max(1);
    chart
}

/// Bars of each class's mean score on each indicator.
pub(super) fn profile_chart(placed: &Placed, evaluation: &Evaluation) -> Chart {
    let mut chart = titled(ChartType::Column, "Mean score by class");
    for (at, class) in evaluation.classes.iter().enumerate() {
        chart
            .add_series()
            .set_name(placed.header(4 + at))
            .set_categories(placed.range(0))
            .set_values(placed.range(4 + at))
            .set_format(&mut fill(class_colour(class_place(evaluation, &class.class))))
            .set_gap(60);
    }
    let scale = evaluation.model.scale;
    chart.y_axis().set_min(scale.min).set_max(scale.max).set_num_format("0.0");
    chart
}

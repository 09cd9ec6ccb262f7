//! Which points of a picture are named, so that no name lies on another name or on a point.

use super::charts::{font, label};
use rust_xlsxwriter::{ChartDataLabel, ChartDataLabelPosition as Side};

/// All points are named as far as there is room where there are no more than this.
const FEW: usize = 30;
/// Of no more than this the outermost are named; of more none.
const MANY: usize = 1_000;
/// Names are cut to so many characters.
const LONGEST: usize = 24;
/// The plane of the points on a chart: its left and upper edge, width and height, as shares of the chart.
pub(super) const PLOT: (f64, f64, f64, f64) = (0.09, 0.11, 0.87, 0.65);
/// The width of a character, the height of a line, and half a marker with its margin, in dots.
const CHARACTER: f64 = 6.0;
const LINE: f64 = 15.0;
const MARKER: f64 = 8.0;
/// The sides on which a name can stand, the best first.
const SIDES: [Side; 4] = [Side::Above, Side::Right, Side::Below, Side::Left];

/// A point with its place on the picture, from 0 to 1 across and up.
pub(super) struct Dot<'a> {
    pub(super) name: &'a str,
    pub(super) across: f64,
    pub(super) up: f64,
    /// The more, the sooner it is named.
    pub(super) value: f64,
}

/// A rectangle in dots: left, top, right, bottom.
type Area = (f64, f64, f64, f64);

fn meet(a: Area, b: Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// For each point its label, hidden where it has none, on a chart of this size; `None` where nothing is
/// named.
pub(super) fn labels(dots: &[Dot], size: (u32, u32)) -> Option<Vec<ChartDataLabel>> {
    if dots.len() > MANY {
        return None;
    }
    let sides = sides(dots, size);
    Some(dots.iter().zip(sides).map(|(dot, side)| drawn(dot, side)).collect())
}

fn drawn(dot: &Dot, side: Option<Side>) -> ChartDataLabel {
    let mut shown = ChartDataLabel::new();
    match side {
        Some(side) => {
            shown.show_value().set_value(label(&shortened(dot.name)).as_str());
            shown.set_position(side).set_font(&font(9));
        }
        None => {
            shown.set_hidden();
        }
    }
    shown
}

fn shortened(name: &str) -> String {
    match name.chars().count() {
        0..=LONGEST => name.to_string(),
        _ => name.chars().take(LONGEST - 1).chain(['…']).collect(),
    }
}

/// The side on which each point's name stands, the outermost points first, then by value; `None` for
/// those that would lie on something.
fn sides(dots: &[Dot], (width, height): (u32, u32)) -> Vec<Option<Side>> {
    let (wide, high) = (f64::from(width) * PLOT.2, f64::from(height) * PLOT.3);
    let centre = |dot: &Dot| (dot.across * wide, (1.0 - dot.up) * high);
    let marker = |dot: &Dot| {
        let (x, y) = centre(dot);
        (x - MARKER, y - MARKER, x + MARKER, y + MARKER)
    };
    let mut taken: Vec<Area> = dots.iter().map(marker).collect();
    let mut sides = vec![None; dots.len()];
    for at in order(dots) {
        let (x, y) = centre(&dots[at]);
        let half =
            crate::workbook::style::width(&shortened(dots[at].name)) as f64 * CHARACTER / 2.0;
        let free = SIDES.into_iter().find_map(|side| {
            let (x, y) = match side {
                Side::Above => (x, y - MARKER - LINE / 2.0),
                Side::Below => (x, y + MARKER + LINE / 2.0),
                Side::Left => (x - MARKER - half, y),
                _ => (x + MARKER + half, y),
            };
            let area = (x - half, y - LINE / 2.0, x + half, y + LINE / 2.0);
            let inside = area.0 >= 0.0 && area.2 <= wide && area.1 >= 0.0 && area.3 <= high;
            (inside && !taken.iter().any(|other| meet(area, *other))).then_some((side, area))
        });
        if let Some((side, area)) = free {
            taken.push(area);
            sides[at] = Some(side);
        }
    }
    sides
}

/// The points that may be named, the outermost first.
fn order(dots: &[Dot]) -> Vec<usize> {
    let farthest = |key: &dyn Fn(&Dot) -> f64| {
        (0..dots.len()).max_by(|a, b| key(&dots[*a]).total_cmp(&key(&dots[*b])))
    };
    let mut order: Vec<usize> = Vec::new();
    let keys: [&dyn Fn(&Dot) -> f64; 6] = [
        &|dot| dot.value,
        &|dot| -dot.value,
        &|dot| dot.across,
        &|dot| -dot.across,
        &|dot| dot.up,
        &|dot| -dot.up,
    ];
    for at in keys.into_iter().filter_map(farthest) {
        if !order.contains(&at) {
            order.push(at);
        }
    }
    if dots.len() <= FEW {
        let mut others: Vec<usize> = (0..dots.len()).filter(|at| !order.contains(at)).collect();
        others.sort_by(|a, b| dots[*b].value.total_cmp(&dots[*a].value));
        order.extend(others);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(name: &str, across: f64, up: f64) -> Dot<'_> {
        Dot { name, across, up, value: across + up }
    }

    #[test]
    fn names_do_not_lie_on_each_other() {
        let apart = [dot("Alpha", 0.2, 0.2), dot("Beta", 0.8, 0.8)];
        assert!(sides(&apart, (690, 430)) == [Some(Side::Above); 2]);
        // Two at nearly the same place stand on different sides; of many at one place few are named.
        let near = [dot("Alpha", 0.5, 0.5), dot("Beta", 0.5, 0.52)];
        let found = sides(&near, (690, 430));
        assert!(found.iter().all(Option::is_some) && found[0] != found[1]);
        let crowd: Vec<Dot> = (0..20).map(|_| dot("Somebody Ltd", 0.5, 0.5)).collect();
        assert!(sides(&crowd, (690, 430)).iter().flatten().count() <= 4);
    }

    #[test]
    fn of_many_the_outermost_are_named() {
        let many: Vec<Dot> = (0..100).map(|at| dot("X", f64::from(at) / 99.0, 0.5)).collect();
        assert!(sides(&many, (690, 430)).iter().flatten().count() <= 6);
        let too_many: Vec<Dot> = (0..1_001).map(|_| dot("X", 0.5, 0.5)).collect();
        assert!(labels(&too_many, (690, 430)).is_none());
    }
}

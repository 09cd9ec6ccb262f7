//! The critical criterion: the smallest change of one weight that moves a customer to another class.

use super::Ground;
use super::frame::{Frame, Situation};
use super::scan::Scan;
use crate::cluster::threads;
use serde::{Deserialize, Serialize};

/// Weights keep this far from 0 and 1, where the parts below or beside would have no proportions.
pub(super) const MARGIN: f64 = 1e-12;

/// From a flip point outwards the first weight is looked for at which the class is another: a tie is
/// none yet, and rounding can hide it. So many times the step is doubled, from 1e-15.
const NUDGES: i32 = 34;

/// The smallest change of one weight that moves a customer to another class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Critical {
    /// The code of the part whose weight changes; its siblings keep their proportions.
    pub criterion: String,
    /// Its local weight.
    pub from: f64,
    /// The local weight at which the customer is in the other class.
    pub to: f64,
    /// By how much the local weight changes, in points: negative where it falls.
    pub change: f64,
    /// The change as a share of the weight.
    pub change_share: f64,
    /// The code of the class that the customer comes to.
    pub class: String,
    /// Whether the weight was computed; otherwise it was looked for in steps and narrowed down, since
    /// siblings of missing scores carry weight.
    pub exact: bool,
}

/// How a part's value follows the weight of the criterion.
#[derive(Clone, Copy, PartialEq)]
enum Relation {
    /// It holds the criterion and its siblings.
    Above,
    /// It is the criterion, or stands below it.
    Within,
    /// It is a sibling, or stands below one.
    Beside,
    /// It stands elsewhere, and does not change.
    Apart,
}

/// A part whose weight can change.
pub(super) struct Criterion {
    pub part: usize,
    pub parent: usize,
    /// Its local weight.
    pub weight: f64,
    /// For each clustered part how it follows.
    relations: Vec<Relation>,
    /// By how much each coordinate of each centre changes for each point of weight.
    slopes: Vec<f64>,
    /// Where values bend, weights to look at.
    scan: Option<Scan>,
}

/// For each customer its critical criterion, if it has one.
///
/// Let the local weight w of a part become w′ while its siblings keep their proportions. The part's
/// value is multiplied by w′/w, its siblings' by (1 − w′)/(1 − w), so that values and centres are
/// linear in w′, squared distances quadratic, and the weights at which two centres are equally near
/// are the roots of a quadratic equation.
pub(super) fn criticals(ground: &Ground, frame: &Frame, threads: usize) -> Vec<Option<Critical>> {
    let centres = centre_parts(ground, frame);
    let places: Vec<(usize, usize)> = (0..frame.hierarchy.nodes().len())
        .filter_map(|part| Some((part, frame.hierarchy.nodes()[part].parent?)))
        .collect();
    let found = threads::in_order(places.len(), threads, |at| {
        criterion(frame, &centres, places[at].0, places[at].1)
    });
    let criteria: Vec<Criterion> = found.into_iter().flatten().collect();
    threads::in_order(frame.scores.len(), threads, |customer| {
        frame.members[customer]?;
        let search = Search { ground, frame, customer, home: frame.home(customer) };
        search.critical(&criteria)
    })
}

/// The mean values of each cluster's members at every part of the hierarchy.
fn centre_parts(ground: &Ground, frame: &Frame) -> Vec<Vec<f64>> {
    let parts = frame.hierarchy.nodes().len();
    let mut sums = vec![(0_usize, vec![0.0; parts]); frame.class_of.len()];
    for (values, cluster) in ground.values.parts.iter().zip(&frame.members) {
        let Some(cluster) = *cluster else { continue };
        sums[cluster].0 += 1;
        for (sum, value) in sums[cluster].1.iter_mut().zip(values) {
            *sum += value;
        }
    }
    let mean =
        |(count, sums): (usize, Vec<f64>)| sums.into_iter().map(|sum| sum / count as f64).collect();
    sums.into_iter().map(mean).collect()
}

/// A criterion, unless its weight cannot change: it has no siblings with weight, or none itself.
fn criterion(frame: &Frame, centres: &[Vec<f64>], part: usize, parent: usize) -> Option<Criterion> {
    let weight = frame.base.parts[part] / frame.base.parts[parent];
    if !(weight > MARGIN && weight < 1.0 - MARGIN) {
        return None;
    }
    let hierarchy = frame.hierarchy;
    let relation = |&variable: &usize| {
        if hierarchy.is_below(parent, variable) {
            Relation::Above
        } else if hierarchy.is_below(variable, part) {
            Relation::Within
        } else if hierarchy.is_below(variable, parent) {
            Relation::Beside
        } else {
            Relation::Apart
        }
    };
    let mut criterion = Criterion {
        part,
        parent,
        weight,
        relations: frame.variables.iter().map(relation).collect(),
        slopes: Vec::new(),
        scan: None,
    };
    criterion.slopes = centres.iter().flat_map(|parts| criterion.slope(frame, parts)).collect();
    criterion.scan = Scan::new(frame, &criterion);
    Some(criterion)
}

impl Criterion {
    /// By how much each coordinate of a customer, or centre, with these values changes for each point
    /// of weight.
    fn slope(&self, frame: &Frame, parts: &[f64]) -> Vec<f64> {
        let (own, all) = (parts[self.part], parts[self.parent]);
        let of = |(relation, (&variable, scale)): (&Relation, (&usize, &f64))| {
            let slope = match relation {
                Relation::Above => own / self.weight - (all - own) / (1.0 - self.weight),
                Relation::Within => parts[variable] / self.weight,
                Relation::Beside => -parts[variable] / (1.0 - self.weight),
                Relation::Apart => 0.0,
            };
            slope / scale
        };
        self.relations.iter().zip(frame.variables.iter().zip(&frame.scales)).map(of).collect()
    }

    /// Weights and centres where the criterion has another local weight.
    pub fn at(&self, frame: &Frame, weight: f64) -> Situation {
        let mut parts = frame.base.parts.clone();
        let share = weight / self.weight;
        let others = (1.0 - weight) / (1.0 - self.weight);
        for &child in &frame.hierarchy.nodes()[self.parent].children {
            let factor = if child == self.part { share } else { others };
            // What is below a part follows it without a gap.
            let below = (child..parts.len()).take_while(|at| frame.hierarchy.is_below(*at, child));
            let end = child + below.count();
            parts[child..end].iter_mut().for_each(|weight| *weight *= factor);
        }
        frame.under(parts)
    }
}

/// The search for one customer's critical criterion.
struct Search<'a> {
    ground: &'a Ground<'a>,
    frame: &'a Frame<'a>,
    customer: usize,
    home: usize,
}

/// A weight at which the customer may be in another class: how far away, in which direction.
struct Flip<'a> {
    criterion: &'a Criterion,
    distance: f64,
    sign: f64,
}

impl Search<'_> {
    fn critical(&self, criteria: &[Criterion]) -> Option<Critical> {
        let mut flips: Vec<Flip> = Vec::new();
        for criterion in criteria {
            let curves = self.curves(criterion);
            for sign in [-1.0, 1.0] {
                let reach = if sign < 0.0 { criterion.weight } else { 1.0 - criterion.weight };
                let distance = match &criterion.scan {
                    Some(scan) => scan.flip(self.frame, criterion, self.customer, self.home, sign),
                    None => self.walk(&curves, sign, reach - MARGIN),
                };
                flips.extend(distance.map(|distance| Flip { criterion, distance, sign }));
            }
        }
        flips.sort_by(|a, b| a.distance.total_cmp(&b.distance));
        flips.iter().find_map(|flip| self.confirmed(flip))
    }

    /// For each cluster the squared distance as a quadratic of the change t of the weight: its
    /// coefficients of t², t and 1.
    fn curves(&self, criterion: &Criterion) -> Vec<[f64; 3]> {
        let frame = self.frame;
        if criterion.scan.is_some() {
            return Vec::new();
        }
        let parts = &self.ground.values.parts[self.customer];
        let slopes = criterion.slope(frame, parts);
        let d = slopes.len();
        let curve = |cluster: usize| {
            let mut curve = [0.0; 3];
            for (v, slope) in slopes.iter().enumerate() {
                let here = parts[frame.variables[v]] / frame.scales[v];
                let gap = here - frame.base.centres[cluster * d + v];
                let drift = slope - criterion.slopes[cluster * d + v];
                curve[0] += drift * drift;
                curve[1] += 2.0 * gap * drift;
                curve[2] += gap * gap;
            }
            curve
        };
        (0..frame.class_of.len()).map(curve).collect()
    }

    /// How far the weight goes in one direction before the nearest centre is one of another class;
    /// `None` if that is beyond its reach. From each centre it goes on to the one that next comes
    /// nearer.
    fn walk(&self, curves: &[[f64; 3]], sign: f64, reach: f64) -> Option<f64> {
        let at = |curve: &[f64; 3], t: f64| (curve[0] * t + sign * curve[1]) * t + curve[2];
        let classes = &self.frame.class_of;
        let own = (0..curves.len()).filter(|cluster| classes[*cluster] == self.home);
        let mut nearest = own.reduce(|a, b| match at(&curves[b], 0.0) < at(&curves[a], 0.0) {
            true => b,
            false => a,
        })?;
        let mut here = 0.0;
        // A centre is passed by at most twice by each other one.
        for _ in 0..2 * curves.len() * curves.len() {
            let overtakes = |other: usize| {
                let [a, b, c] = std::array::from_fn(|i| curves[other][i] - curves[nearest][i]);
                falls_below_zero(a, sign * b, c).filter(|t| *t >= here && *t <= reach)
            };
            let others = (0..curves.len()).filter(|other| *other != nearest);
            let next = others.filter_map(|other| Some((overtakes(other)?, other)));
            let (t, other) = next.reduce(|a, b| if b.0 < a.0 { b } else { a })?;
            if classes[other] != self.home {
                return Some(t);
            }
            (here, nearest) = (t, other);
        }
        None
    }

    /// The first weight at or beyond a flip point at which the customer is in another class.
    fn confirmed(&self, flip: &Flip) -> Option<Critical> {
        let criterion = flip.criterion;
        let (low, high) = (MARGIN, 1.0 - MARGIN);
        let nudges = (0..NUDGES).map(|at| 1e-15 * f64::from(at).exp2());
        let (to, class) = std::iter::once(0.0).chain(nudges).find_map(|nudge| {
            let to = criterion.weight + flip.sign * (flip.distance + nudge);
            let class = self.frame.class_under(self.customer, &criterion.at(self.frame, to));
            (class != self.home && (low..=high).contains(&to)).then_some((to, class))
        })?;
        let change = to - criterion.weight;
        Some(Critical {
            criterion: self.frame.hierarchy.nodes()[criterion.part].code.clone(),
            from: criterion.weight,
            to,
            change,
            change_share: change / criterion.weight,
            class: self.frame.class_name(class)?.to_string(),
            exact: criterion.scan.is_none(),
        })
    }
}

/// The t at which a t² + b t + c falls below zero: the root at which it falls, of which there is one at
/// most. `None` where it touches zero only, or never falls.
fn falls_below_zero(a: f64, b: f64, c: f64) -> Option<f64> {
    let square = b * b - 4.0 * a * c;
    if square <= 0.0 {
        return None;
    }
    let root = square.sqrt();
    // Both forms are the same root; each loses no digits where it is used.
    let t = if b <= 0.0 { 2.0 * c / (root - b) } else { (-b - root) / (2.0 * a) };
    t.is_finite().then_some(t)
}

#[cfg(test)]
mod tests {
    use super::falls_below_zero;

    #[test]
    fn the_root_is_the_one_at_which_the_curve_falls() {
        // (t − 1)(t − 3) falls at 1; its mirror image at 3; 2 − t at 2; t and t² never after it.
        assert_eq!(falls_below_zero(1.0, -4.0, 3.0), Some(1.0));
        assert_eq!(falls_below_zero(-1.0, 4.0, -3.0), Some(3.0));
        assert_eq!(falls_below_zero(0.0, -1.0, 2.0), Some(2.0));
        assert_eq!(falls_below_zero(0.0, 1.0, 2.0), None);
        assert_eq!(falls_below_zero(1.0, 0.0, 0.0), None);
        // A large b beside a small c: c/−b, to the last digit.
        assert_eq!(falls_below_zero(1.0, -1e9, 1.0), Some(1e-9));
    }
}

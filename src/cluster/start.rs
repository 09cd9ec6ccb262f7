//! Initial centres from the cases.

use super::rows::{Rows, squared_distance};

/// The rows that IBM's one-pass rule chooses as the initial centres of QUICK CLUSTER.
///
/// The first k cases are centres at first. Then each later case x, in order:
/// (a) if x is farther from its nearest centre than the two closest centres are from each other,
/// x takes the place of that one of the two that is nearer to x;
/// (b) if it took none, and x is farther from its second nearest centre than its nearest centre is
/// from any other, x takes the place of its nearest centre.
/// All comparisons are strict, so that ties change nothing. IBM SPSS Statistics Algorithms,
/// *QUICK CLUSTER*, step 1.
pub(super) fn spss(rows: &Rows, k: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = (0..k.min(rows.n())).collect();
    if k < 2 || rows.n() <= k {
        return chosen;
    }
    let mut apart = Apart::new(rows, &chosen);
    let mut to = vec![0.0; k];
    for x in k..rows.n() {
        for (distance, &centre) in to.iter_mut().zip(&chosen) {
            *distance = squared_distance(rows.row(x), rows.row(centre));
        }
        if let Some(place) = replaced(&to, &apart) {
            chosen[place] = x;
            apart.move_centre(rows, &chosen, place);
        }
    }
    chosen
}

/// Which centre a case replaces, by its squared distances `to` the centres.
fn replaced(to: &[f64], apart: &Apart) -> Option<usize> {
    let (q, p) = two_nearest(to);
    let (m, n, closest) = apart.closest;
    if to[q] > closest {
        if to[m] > to[n] {
            return Some(n);
        }
        if to[m] < to[n] {
            return Some(m);
        }
    }
    (to[p] > apart.nearest_to(q)).then_some(q)
}

/// The nearest and the second nearest; of equals the first.
fn two_nearest(to: &[f64]) -> (usize, usize) {
    let (mut nearest, mut second) = if to[1] < to[0] { (1, 0) } else { (0, 1) };
    for (i, &distance) in to.iter().enumerate().skip(2) {
        if distance < to[nearest] {
            (nearest, second) = (i, nearest);
        } else if distance < to[second] {
            second = i;
        }
    }
    (nearest, second)
}

/// How far the centres are from each other.
struct Apart {
    k: usize,
    /// k × k squared distances.
    squared: Vec<f64>,
    /// The closest pair, the first of equals, and its squared distance.
    closest: (usize, usize, f64),
}

impl Apart {
    fn new(rows: &Rows, chosen: &[usize]) -> Self {
        let k = chosen.len();
        let mut apart = Apart { k, squared: vec![0.0; k * k], closest: (0, 1, 0.0) };
        for place in 0..k {
            apart.measure(rows, chosen, place);
        }
        apart.find_closest();
        apart
    }

    fn move_centre(&mut self, rows: &Rows, chosen: &[usize], place: usize) {
        self.measure(rows, chosen, place);
        self.find_closest();
    }

    fn measure(&mut self, rows: &Rows, chosen: &[usize], place: usize) {
        for other in 0..self.k {
            let distance = squared_distance(rows.row(chosen[place]), rows.row(chosen[other]));
            self.squared[place * self.k + other] = distance;
            self.squared[other * self.k + place] = distance;
        }
    }

    fn find_closest(&mut self) {
        self.closest = (0, 1, f64::INFINITY);
        for m in 0..self.k {
            for n in m + 1..self.k {
                let distance = self.squared[m * self.k + n];
                if distance < self.closest.2 {
                    self.closest = (m, n, distance);
                }
            }
        }
    }

    /// The squared distance of a centre to the centre next to it.
    fn nearest_to(&self, centre: usize) -> f64 {
        (0..self.k)
            .filter(|&other| other != centre)
            .map(|other| self.squared[centre * self.k + other])
            .fold(f64::INFINITY, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::spss;
    use crate::cluster::rows::Rows;
    use crate::cluster::{Incomplete, Points, Standardise};

    fn chosen(d: usize, k: usize, values: &[f64]) -> Vec<usize> {
        let variables: Vec<String> = (0..d).map(|v| v.to_string()).collect();
        let points = Points::new(&variables, values.to_vec()).unwrap();
        spss(&Rows::new(&points, Standardise::None, Incomplete::Listwise), k)
    }

    #[test]
    fn a_case_as_far_as_the_centres_are_apart_replaces_none_of_the_closest_pair() {
        // 6 is 1 from 5, as 0 is from 1: the first rule does not hold, the second moves 5 to 6.
        assert_eq!(chosen(1, 3, &[0.0, 1.0, 5.0, 6.0]), [0, 1, 3]);
    }

    #[test]
    fn a_copy_of_a_centre_does_not_replace_it() {
        assert_eq!(chosen(1, 2, &[0.0, 2.0, 0.0]), [0, 1]);
    }

    #[test]
    fn a_case_between_the_closest_pair_falls_to_the_second_rule() {
        // (0, 15) is as far from one of the closest pair as from the other, so it replaces neither,
        // but the centre (0, 10).
        let values = [-1.0, 0.0, 1.0, 0.0, 0.0, 10.0, 0.0, 15.0];
        assert_eq!(chosen(2, 3, &values), [0, 1, 3]);
    }
}

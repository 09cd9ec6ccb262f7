//! One-dimensional k-means, exact, by dynamic programming.

use super::quantile::quantile;
use serde::Serialize;

/// What the customers of one score look like.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Level {
    /// The score.
    pub score: u32,
    /// How many customers have it.
    pub count: usize,
    /// The mean of the figure; `None` where nobody has the score.
    pub mean: Option<f64>,
    /// The standard deviation (n − 1).
    pub sd: Option<f64>,
    /// The smallest value.
    pub min: Option<f64>,
    /// The quartiles, type 7.
    pub quartiles: Option<[f64; 3]>,
    /// The largest value.
    pub max: Option<f64>,
}

/// The levels of scores, from 1.
pub(super) fn levels(values: &[Option<f64>], scores: &[Option<u32>], best: u32) -> Vec<Level> {
    (1..=best)
        .map(|score| {
            let of = values.iter().zip(scores).filter(|(_, own)| **own == Some(score));
            let mut members: Vec<f64> = of.filter_map(|(value, _)| *value).collect();
            members.sort_by(f64::total_cmp);
            let n = members.len() as f64;
            let mean = (!members.is_empty()).then(|| members.iter().sum::<f64>() / n);
            let sd = mean.filter(|_| members.len() > 1).map(|mean| {
                let squares: f64 = members.iter().map(|value| (value - mean).powi(2)).sum();
                (squares / (n - 1.0)).sqrt()
            });
            Level {
                score,
                count: members.len(),
                mean,
                sd,
                min: members.first().copied(),
                quartiles: mean.map(|_| [1, 2, 3].map(|part| quantile(&members, part, 4))),
                max: members.last().copied(),
            }
        })
        .collect()
}

/// The largest value of each cluster but the last, of the partition into at most `k` clusters with the
/// smallest sum of squares.
pub(super) fn edges(sorted: &[f64], k: u32) -> Vec<f64> {
    let points = Points::new(sorted);
    let k = (k as usize).min(points.values.len());
    if k == 0 {
        return Vec::new();
    }
    let (ends, _) = points.best(k);
    ends[..ends.len() - 1].iter().map(|end| points.values[*end]).collect()
}

/// The smallest sum of squares of 1, 2 … `most` clusters: an elbow shows how many there are.
pub fn elbow(values: &[f64], most: u32) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let points = Points::new(&sorted);
    let most = (most as usize).min(points.values.len());
    if most == 0 { Vec::new() } else { points.best(most).1 }
}

/// Different values, ascending, and how many customers have each.
struct Points {
    values: Vec<f64>,
    /// Up to and excluding each value: how many there are, their sum and the sum of their squares,
    /// around the middle so that little is lost.
    counts: Vec<f64>,
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Points {
    fn new(sorted: &[f64]) -> Points {
        let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let mut points =
            Points { values: Vec::new(), counts: vec![0.0], sums: vec![0.0], squares: vec![0.0] };
        for group in sorted.chunk_by(|a, b| a == b) {
            let (value, weight) = (group[0], group.len() as f64);
            let off = value - middle;
            let at = points.values.len();
            points.values.push(value);
            points.counts.push(points.counts[at] + weight);
            points.sums.push(points.sums[at] + weight * off);
            points.squares.push(points.squares[at] + weight * off * off);
        }
        points
    }

    /// The sum of squares around the mean of the values from `start` to `end`.
    fn cost(&self, start: usize, end: usize) -> f64 {
        let count = self.counts[end + 1] - self.counts[start];
        let sum = self.sums[end + 1] - self.sums[start];
        (self.squares[end + 1] - self.squares[start] - sum * sum / count).max(0.0)
    }

    /// Where each cluster of the best partition into `k` ends, and the smallest sum of squares of 1 to
    /// `k` clusters.
    ///
    /// D(q, j) = min over i of D(q − 1, i − 1) + cost(i, j): Wang and Song (2011), *Ckmeans.1d.dp: optimal
    /// k-means clustering in one dimension by dynamic programming*, The R Journal 3(2), 29–33. The best i
    /// never falls as j grows, so that halving finds a row in n log n steps.
    fn best(&self, k: usize) -> (Vec<usize>, Vec<f64>) {
        let n = self.values.len();
        let mut costs: Vec<f64> = (0..n).map(|end| self.cost(0, end)).collect();
        let mut sums = vec![costs[n - 1]];
        let mut starts = vec![vec![0; n]];
        for clusters in 1..k {
            let mut row = Row {
                points: self,
                before: &costs,
                best: vec![f64::INFINITY; n],
                start: vec![0; n],
            };
            row.fill(clusters, n - 1, clusters, n - 1);
            let Row { best, start, .. } = row;
            costs = best;
            sums.push(costs[n - 1]);
            starts.push(start);
        }
        let mut ends = Vec::new();
        let mut end = n - 1;
        for start in starts.iter().rev() {
            ends.push(end);
            end = start[end].saturating_sub(1);
        }
        ends.reverse();
        (ends, sums)
    }
}

/// One row of the table: so many clusters, up to each value.
struct Row<'a> {
    points: &'a Points,
    /// The row before.
    before: &'a [f64],
    best: Vec<f64>,
    start: Vec<usize>,
}

impl Row<'_> {
    /// Fills from `low` to `high`, whose last clusters start between `from` and `to`.
    fn fill(&mut self, low: usize, high: usize, from: usize, to: usize) {
        if low > high {
            return;
        }
        let end = (low + high) / 2;
        let mut chosen = from;
        for start in from..=to.min(end) {
            let cost = self.before[start - 1] + self.points.cost(start, end);
            if cost < self.best[end] {
                (self.best[end], chosen) = (cost, start);
            }
        }
        self.start[end] = chosen;
        if end > low {
            self.fill(low, end - 1, from, chosen);
        }
        self.fill(end + 1, high, chosen, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The smallest sum of squares over all ways to cut sorted values into k runs.
    fn exhaustive(sorted: &[f64], k: usize) -> f64 {
        let cost = |part: &[f64]| {
            let mean = part.iter().sum::<f64>() / part.len() as f64;
            part.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
        };
        if k == 1 {
            return cost(sorted);
        }
        (k - 1..sorted.len())
            .map(|start| exhaustive(&sorted[..start], k - 1) + cost(&sorted[start..]))
            .fold(f64::INFINITY, f64::min)
    }

    proptest! {
        #[test]
        fn the_sum_of_squares_is_the_smallest(
            values in prop::collection::vec(-50i32..50, 1..12), k in 1usize..5,
        ) {
            let mut sorted: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            sorted.sort_by(f64::total_cmp);
            let sums = elbow(&sorted, k as u32);
            for (clusters, sum) in sums.iter().enumerate() {
                let wanted = exhaustive(&sorted, clusters + 1);
                prop_assert!((sum - wanted).abs() <= 1e-9 * wanted.max(1.0));
            }
        }
    }

    #[test]
    fn clear_groups_are_found() {
        let values = [1.0, 2.0, 3.0, 50.0, 51.0, 90.0];
        assert_eq!(edges(&values, 3), [3.0, 51.0]);
        // More clusters than values: each value is one.
        assert_eq!(edges(&[1.0, 1.0, 2.0], 5), [1.0]);
    }
}

//! One-dimensional k-means, exact, by dynamic programming.

use crate::anova::twofold::Twofold;

/// Two partitions count as equally good if their sums of squares differ by less than this share: then
/// the rounding of the values themselves decides nothing, and the lower cuts are taken.
const EQUAL: f64 = 1e-9;

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

/// The smallest sum of squares of 1, 2 … `most` clusters, at most as many as there are different
/// values: an elbow shows how many clusters there are. What is no finite number is passed over.
///
/// ```
/// assert_eq!(custval::rfm::elbow(&[1.0, 2.0, 9.0, 10.0], 3), [65.0, 1.0, 0.5]);
/// ```
pub fn elbow(values: &[f64], most: u32) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let points = Points::new(&sorted);
    let most = (most as usize).min(points.values.len());
    if most == 0 {
        return Vec::new();
    }
    points.best(most).1.into_iter().map(|sum| sum * points.unit * points.unit).collect()
}

/// The power of two next below the largest magnitude; 1 where that is 0 or hardly more.
fn unit(sorted: &[f64]) -> f64 {
    let reach = sorted.iter().fold(0.0, |reach: f64, value| reach.max(value.abs()));
    // A power of two has a significand of nothing but its first bit.
    let power = f64::from_bits(reach.to_bits() & f64::INFINITY.to_bits());
    if power > 0.0 { power } else { 1.0 }
}

/// Different values, ascending, and sums over them.
struct Points {
    values: Vec<f64>,
    /// How many customers lie below each value.
    counts: Vec<f64>,
    /// The sum of the values, and of their squares, from the middle up to each value; below the middle
    /// with the sign turned. Values are counted from the middle one, and summed outwards from it, so
    /// that an outlier touches only the sums that it belongs to; in twice the working precision, so that
    /// a tight cluster far from the middle keeps its small sum of squares.
    sums: Vec<Twofold>,
    squares: Vec<Twofold>,
    /// A power of two by which values were divided, so that no square leaves the range of `f64`.
    unit: f64,
}

impl Points {
    fn new(sorted: &[f64]) -> Points {
        let unit = unit(sorted);
        let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let groups: Vec<&[f64]> = sorted.chunk_by(|a, b| a == b).collect();
        let values: Vec<f64> = groups.iter().map(|group| group[0]).collect();
        let mut counts = vec![0.0; values.len() + 1];
        for (at, group) in groups.iter().enumerate() {
            counts[at + 1] = counts[at] + group.len() as f64;
        }
        let weight = |at: usize| groups[at].len() as f64;
        let off = |at: usize| Twofold::difference(values[at] / unit, middle / unit);
        let origin = values.partition_point(|value| *value < middle);
        let outwards = |term: &dyn Fn(usize) -> Twofold| {
            let mut sums = vec![Twofold::default(); values.len() + 1];
            for at in origin..values.len() {
                sums[at + 1] = sums[at].plus(term(at));
            }
            for at in (0..origin).rev() {
                sums[at] = sums[at + 1].minus(term(at));
            }
            sums
        };
        let sums = outwards(&|at| off(at).times(weight(at)));
        let squares = outwards(&|at| off(at).squared().times(weight(at)));
        Points { values, counts, sums, squares, unit }
    }

    /// The sum of squares around the mean of the values from `start` to `end`.
    fn cost(&self, start: usize, end: usize) -> f64 {
        if start == end {
            return 0.0;
        }
        let count = self.counts[end + 1] - self.counts[start];
        let sum = self.sums[end + 1].minus(self.sums[start]);
        let squares = self.squares[end + 1].minus(self.squares[start]);
        squares.minus(sum.squared().over(count)).value().max(0.0)
    }

    /// Where each cluster of the best partition into `k` ends, and the smallest sum of squares of 1 to
    /// `k` clusters, in squares of the unit.
    ///
    /// D(q, j) = min over i of D(q − 1, i − 1) + cost(i, j): Wang and Song (2011), *Ckmeans.1d.dp: optimal
    /// k-means clustering in one dimension by dynamic programming*, The R Journal 3(2), 29–33. The best i
    /// never falls as j grows, so that halving finds a row in n log n steps.
    fn best(&self, k: usize) -> (Vec<usize>, Vec<f64>) {
        let n = self.values.len();
        let mut costs: Vec<f64> = (0..n).map(|end| self.cost(0, end)).collect();
        let mut sums = vec![costs[n - 1]];
        let mut starts: Vec<Vec<u32>> = vec![vec![0; n]];
        for clusters in 1..k {
            let mut row =
                Row { points: self, before: &costs, best: vec![0.0; n], start: vec![0; n] };
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
            end = (start[end] as usize).saturating_sub(1);
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
    /// Where the last cluster starts.
    start: Vec<u32>,
}

impl Row<'_> {
    /// Fills from `low` to `high`, whose last clusters start between `from` and `to`.
    fn fill(&mut self, low: usize, high: usize, from: usize, to: usize) {
        if low > high {
            return;
        }
        let end = (low + high) / 2;
        let mut best = f64::INFINITY;
        let mut chosen = from;
        for start in (from..=to.min(end)).rev() {
            let own = self.points.cost(start, end);
            // The last cluster only grows from here.
            if own > best * (1.0 + EQUAL) {
                break;
            }
            let cost = self.before[start - 1] + own;
            if cost <= best * (1.0 + EQUAL) {
                // Among equals the lower cut; the smallest sum is kept, so that small steps do not add up.
                (best, chosen) = (best.min(cost), start);
            }
        }
        self.best[end] = best;
        self.start[end] = chosen as u32;
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

    fn cost(part: &[f64]) -> f64 {
        let mean = part.iter().sum::<f64>() / part.len() as f64;
        part.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
    }

    /// The smallest sum of squares over all ways to cut sorted values into k runs.
    fn exhaustive(sorted: &[f64], k: usize) -> f64 {
        if k == 1 {
            return cost(sorted);
        }
        (k - 1..sorted.len())
            .map(|start| exhaustive(&sorted[..start], k - 1) + cost(&sorted[start..]))
            .fold(f64::INFINITY, f64::min)
    }

    /// The sum of squares of a partition by its edges.
    fn of_edges(sorted: &[f64], edges: &[f64]) -> f64 {
        let mut rest = sorted;
        let mut sum = 0.0;
        for edge in edges {
            let (own, above) = rest.split_at(rest.partition_point(|value| value <= edge));
            sum += cost(own);
            rest = above;
        }
        sum + cost(rest)
    }

    proptest! {
        #[test]
        fn the_sum_of_squares_is_the_smallest(
            values in prop::collection::vec(-50i32..50, 1..12), k in 1u32..5,
        ) {
            let mut sorted: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            sorted.sort_by(f64::total_cmp);
            for (clusters, sum) in (1..).zip(elbow(&sorted, k)) {
                let wanted = exhaustive(&sorted, clusters);
                prop_assert!((sum - wanted).abs() <= 1e-9 * wanted.max(1.0));
                let own = of_edges(&sorted, &edges(&sorted, clusters as u32));
                prop_assert!((own - wanted).abs() <= 1e-9 * wanted.max(1.0));
            }
        }
    }

    #[test]
    fn clear_groups_are_found() {
        let values = [1.0, 2.0, 3.0, 50.0, 51.0, 90.0];
        assert_eq!(edges(&values, 3), [3.0, 51.0]);
        // More clusters than values: each value is one.
        assert_eq!(edges(&[1.0, 1.0, 2.0], 5), [1.0]);
        // Equally good: the lower cut, at any scale.
        for scale in [1e-200, 1e-4, 0.01, 1.0, 1e6, 1e200] {
            assert_eq!(edges(&[40.00 * scale, 40.01 * scale, 40.02 * scale], 2), [40.00 * scale]);
        }
    }

    #[test]
    fn what_is_no_number_is_passed_over() {
        assert_eq!(elbow(&[1.0, f64::NAN, 3.0, f64::INFINITY], 2), [2.0, 0.0]);
        assert_eq!(elbow(&[f64::NAN], 2), [0.0; 0]);
        assert_eq!(elbow(&[0.0, 0.0], 2), [0.0]);
    }

    /// In plain sums the squares of 1e9 leave nothing of differences of a cent.
    #[test]
    fn cents_are_told_apart_beside_large_sums() {
        let cents = [0.01, 0.02, 0.03, 0.11, 0.12];
        let mut values = vec![-1e12];
        values.extend(cents.map(|value| 1e6 + value));
        values.extend([2e6, 2e6, 1e12]);
        let found = edges(&values, 5);
        assert_eq!(found, [-1e12, 1e6 + 0.03, 1e6 + 0.12, 2e6]);
        let sum = elbow(&values, 5)[4];
        // 2·10⁻⁴ and 5·10⁻⁵; the values themselves are rounded to 1e-10.
        assert!((sum - 2.5e-4).abs() < 1e-10, "{sum}");
    }
}

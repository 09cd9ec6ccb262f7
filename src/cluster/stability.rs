//! Which clusters come back when the cases are drawn anew, and whether other starts agree.
//! Hennig (2007), *Computational Statistics & Data Analysis* 52, 258–271.

use super::rows::Rows;
use super::search::{best_of_few, crossed, labels_of};
use super::{seeded, threads};
use serde::{Deserialize, Serialize};

/// Seeded starts for each draw, beside SPSS's.
const STARTS: usize = 5;

/// How stable a cluster is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// The cluster, from 1.
    pub cluster: usize,
    /// The mean over the bootstrap draws of the largest Jaccard index of this cluster, as far as it
    /// was drawn, and a cluster found among the drawn cases; `None` where nothing was drawn of it.
    pub jaccard: Option<f64>,
    /// What that means.
    pub verdict: Verdict,
}

/// What a mean Jaccard index means, by Hennig's rules of thumb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// 0.85 or more.
    HighlyStable,
    /// From 0.75.
    Stable,
    /// From 0.6: there is a pattern, but which cases belong to it is doubtful.
    Pattern,
    /// Below 0.6: not to be trusted.
    NotToBeTrusted,
    /// No case of the cluster was drawn.
    Unknown,
}

impl Verdict {
    fn of(jaccard: Option<f64>) -> Verdict {
        match jaccard {
            None => Verdict::Unknown,
            Some(mean) if mean >= 0.85 => Verdict::HighlyStable,
            Some(mean) if mean >= 0.75 => Verdict::Stable,
            Some(mean) if mean >= 0.6 => Verdict::Pattern,
            Some(_) => Verdict::NotToBeTrusted,
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::HighlyStable => "highly stable",
            Verdict::Stable => "stable",
            Verdict::Pattern => "a pattern, but who belongs to it is doubtful",
            Verdict::NotToBeTrusted => "not to be trusted",
            Verdict::Unknown => "not known: no case of it was drawn",
        }
    }
}

/// How far the partitions from other seeded starts agree with this one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Starts {
    /// How many there were.
    pub count: usize,
    /// The mean adjusted Rand index: 1 where all lead to this partition.
    pub mean: f64,
    /// The smallest.
    pub min: f64,
}

impl Starts {
    pub(super) fn of(agreement: &[f64]) -> Option<Starts> {
        let min = agreement.iter().copied().reduce(f64::min)?;
        let count = agreement.len();
        Some(Starts { count, mean: agreement.iter().sum::<f64>() / count as f64, min })
    }
}

/// The stability of each of k clusters. `own` are the labels of the rows, which are complete.
///
/// In each draw, as many cases are drawn as there are, with replacement; those drawn, each once,
/// are clustered by k-means, the best of a few seeded starts.
pub(super) fn stability(
    rows: &Rows,
    own: &[u32],
    k: usize,
    draws: usize,
    seed: u64,
    threads: usize,
) -> Vec<Stability> {
    if draws == 0 {
        return Vec::new();
    }
    let of_draws = threads::in_order(draws, threads, |at| {
        let seed = seeded::seed_of(seed, 3, at);
        let drawn = rows.chosen(&seeded::bootstrap(rows.n(), seed));
        let most = drawn.distinct(k);
        let found = best_of_few(&drawn, most, STARTS, seed);
        let own = labels_of(&drawn, rows, own);
        jaccards(&crossed(&own, k, &found.labels, most))
    });
    let of_cluster = |cluster: usize| {
        let known: Vec<f64> = of_draws.iter().filter_map(|of_draw| of_draw[cluster]).collect();
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        let jaccard = Some(mean).filter(|_| !known.is_empty());
        Stability { cluster: cluster + 1, jaccard, verdict: Verdict::of(jaccard) }
    };
    (0..k).map(of_cluster).collect()
}

/// For each row of a table of counts the largest Jaccard index with a column: those in both over
/// those in either. `None` for a row without a case.
fn jaccards(table: &[Vec<usize>]) -> Vec<Option<f64>> {
    let columns = table.first().map_or(0, Vec::len);
    let down: Vec<usize> =
        (0..columns).map(|column| table.iter().map(|row| row[column]).sum()).collect();
    table
        .iter()
        .map(|row| {
            let across: usize = row.iter().sum();
            let of = |(both, down): (&usize, &usize)| *both as f64 / (across + down - both) as f64;
            (across > 0).then(|| row.iter().zip(&down).map(of).fold(0.0, f64::max))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jaccard_by_hand() {
        // 3 of 4 came back together, with one more: 3/5. The second row shares 1 of 1 + 4.
        let table = [vec![3, 1], vec![1, 0], vec![0, 0]];
        assert_eq!(jaccards(&table), [Some(3.0 / 5.0), Some(1.0 / 4.0), None]);
    }

    #[test]
    fn verdicts_have_their_limits() {
        let verdict = |mean| Verdict::of(Some(mean));
        assert_eq!(verdict(0.85), Verdict::HighlyStable);
        assert_eq!(verdict(0.75), Verdict::Stable);
        assert_eq!(verdict(0.6), Verdict::Pattern);
        assert_eq!(verdict(0.59), Verdict::NotToBeTrusted);
        assert_eq!(Verdict::of(None), Verdict::Unknown);
    }
}

//! How well a partition separates its clusters.

use super::rows::squared_distance;
use super::{seeded, silhouette, threads};
use serde::{Deserialize, Serialize};

/// Up to so many cases silhouettes are exact; beyond, they are those of a sample of this size.
pub const SILHOUETTE_LIMIT: usize = 5_000;

/// Three indices of a partition; `None` where one is undefined, with the reason in the notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// The mean silhouette, −1 … 1, higher is better. Rousseeuw (1987), *Journal of Computational
    /// and Applied Mathematics* 20, 53–65.
    pub silhouette: Option<f64>,
    /// The variance ratio ((SS between)/(k − 1)) / ((SS within)/(n − k)), higher is better.
    /// Caliński & Harabasz (1974), *Communications in Statistics* 3, 1–27.
    pub calinski_harabasz: Option<f64>,
    /// The mean over clusters of the largest (sᵢ + sⱼ)/dᵢⱼ, where sᵢ is the mean distance of the
    /// members to their centre and dᵢⱼ that of the centres; lower is better. Davies & Bouldin
    /// (1979), *IEEE Transactions on Pattern Analysis and Machine Intelligence* 1, 224–227.
    pub davies_bouldin: Option<f64>,
    /// What is undefined or sampled, and why.
    pub notes: Vec<String>,
}

/// Measures the partition of n points of `d` finite coordinates (row by row) that `labels` gives,
/// as scikit-learn does. Labels need not be consecutive; `seed` draws the sample of silhouettes
/// where there are more than [`SILHOUETTE_LIMIT`] points. Surplus values or labels are passed over.
///
/// ```
/// use custval::cluster::quality::measure;
///
/// let quality = measure(&[0.0, 1.0, 10.0, 11.0], 1, &[0, 0, 1, 1], 1);
/// assert_eq!(quality.calinski_harabasz, Some(200.0));
/// assert_eq!(quality.davies_bouldin, Some(0.1));
/// ```
pub fn measure(values: &[f64], d: usize, labels: &[u32], seed: u64) -> Quality {
    let threads = threads::of_the_machine();
    let silhouette_limit = SILHOUETTE_LIMIT;
    Measured { values, d, labels, weights: None, seed, silhouette_limit, threads }.quality()
}

/// A partition that is measured.
pub(super) struct Measured<'a> {
    pub(super) values: &'a [f64],
    pub(super) d: usize,
    pub(super) labels: &'a [u32],
    /// What each point weighs; one of weight w counts as w points alike.
    pub(super) weights: Option<&'a [f64]>,
    pub(super) seed: u64,
    pub(super) silhouette_limit: usize,
    pub(super) threads: usize,
}

impl Measured<'_> {
    pub(super) fn quality(&self) -> Quality {
        let mut quality = Quality::default();
        let Some(moments) = Moments::of(self.values, self.d, self.labels, self.weights) else {
            quality.notes.push("There is nothing to measure.".into());
            return quality;
        };
        let (n, k) = (moments.mass(), moments.sizes.len());
        if k < 2 || n <= k as f64 {
            quality.notes.push(format!(
                "Silhouette, Calinski–Harabasz and Davies–Bouldin need at least 2 clusters and fewer clusters than cases; here {k} of {n} cases hold members."
            ));
            return quality;
        }
        if moments.between + moments.within <= 0.0 {
            quality.notes.push(
                "Silhouette, Calinski–Harabasz and Davies–Bouldin are undefined: all cases coincide."
                    .into(),
            );
            return quality;
        }
        quality.calinski_harabasz = moments.calinski_harabasz(&mut quality.notes);
        quality.davies_bouldin = moments.davies_bouldin(&mut quality.notes);
        quality.silhouette = Some(mean_silhouette(self, &moments, &mut quality.notes));
        quality
    }
}

/// The silhouette of each point, (b − a)/max(a, b), with a its mean distance to the others of its
/// cluster and b the least mean distance to another cluster: 0 for the only one of its cluster,
/// where all distances are 0, and where there is one cluster only. Exact, O(n²).
pub fn silhouettes(values: &[f64], d: usize, labels: &[u32]) -> Vec<f64> {
    let Some(moments) = Moments::of(values, d, labels, None) else { return Vec::new() };
    let (labels, k) = (&moments.labels, moments.sizes.len());
    let values = &values[..labels.len() * d];
    silhouette::silhouettes(values, d, labels, k, None, threads::of_the_machine())
}

/// The mean over the cases, exact or over a sample.
fn mean_silhouette(of: &Measured, moments: &Moments, notes: &mut Vec<String>) -> f64 {
    let (n, k, d) = (moments.labels.len(), moments.sizes.len(), of.d);
    let mean = |values: &[f64], labels: &[usize], weights: Option<&[f64]>| {
        let all = silhouette::silhouettes(values, d, labels, k, weights, of.threads);
        let weight = |case: usize| weights.map_or(1.0, |weights| weights[case]);
        let mass: f64 = (0..all.len()).map(weight).sum();
        all.iter().enumerate().map(|(case, s)| weight(case) * s).sum::<f64>() / mass
    };
    if n <= of.silhouette_limit {
        return mean(of.values, &moments.labels, of.weights);
    }
    notes.push(format!(
        "The silhouette is that of a seeded sample of {} of the {n} cases.",
        of.silhouette_limit
    ));
    let drawn = seeded::sample(n, of.silhouette_limit, of.seed);
    let rows: Vec<f64> = drawn.iter().flat_map(|&i| of.values[i * d..][..d].to_vec()).collect();
    let labels: Vec<usize> = drawn.iter().map(|&i| moments.labels[i]).collect();
    let weights: Option<Vec<f64>> =
        of.weights.map(|weights| drawn.iter().map(|&i| weights[i]).collect());
    mean(&rows, &labels, weights.as_deref())
}

/// Means and sums of squares of the clusters that have members.
struct Moments {
    d: usize,
    /// Labels renumbered `0..k`.
    labels: Vec<usize>,
    /// The weights of each cluster's cases together; their number where all weigh 1.
    sizes: Vec<f64>,
    /// k × d.
    centres: Vec<f64>,
    /// For each cluster the mean distance of its members to its centre.
    spread: Vec<f64>,
    between: f64,
    within: f64,
}

impl Moments {
    fn of(values: &[f64], d: usize, labels: &[u32], weights: Option<&[f64]>) -> Option<Moments> {
        let n = values.len().checked_div(d)?.min(labels.len());
        if n == 0 {
            return None;
        }
        let values = &values[..n * d];
        let mut used = labels[..n].to_vec();
        used.sort_unstable();
        used.dedup();
        let labels: Vec<usize> =
            labels[..n].iter().filter_map(|label| used.binary_search(label).ok()).collect();
        let k = used.len();
        let weight = |case: usize| weights.map_or(1.0, |weights| weights[case]);
        let mut sizes = vec![0.0; k];
        let mut centres = vec![0.0; k * d];
        let mut mean = vec![0.0; d];
        for (case, (row, &label)) in values.chunks_exact(d).zip(&labels).enumerate() {
            sizes[label] += weight(case);
            for ((sum, all), value) in centres[label * d..][..d].iter_mut().zip(&mut mean).zip(row)
            {
                *sum += weight(case) * value;
                *all += weight(case) * value;
            }
        }
        for (centre, &size) in centres.chunks_exact_mut(d).zip(&sizes) {
            centre.iter_mut().for_each(|sum| *sum /= size);
        }
        let mass: f64 = sizes.iter().sum();
        mean.iter_mut().for_each(|sum| *sum /= mass);
        let (mut within, mut spread) = (0.0, vec![0.0; k]);
        for (case, (row, &label)) in values.chunks_exact(d).zip(&labels).enumerate() {
            let squared = squared_distance(row, &centres[label * d..][..d]);
            within += weight(case) * squared;
            spread[label] += weight(case) * squared.sqrt();
        }
        spread.iter_mut().zip(&sizes).for_each(|(sum, &size)| *sum /= size);
        let between = (centres.chunks_exact(d).zip(&sizes))
            .map(|(centre, &size)| squared_distance(centre, &mean) * size)
            .sum();
        Some(Moments { d, labels, sizes, centres, spread, between, within })
    }

    /// How many cases there are: their weights together.
    fn mass(&self) -> f64 {
        self.sizes.iter().sum()
    }

    fn calinski_harabasz(&self, notes: &mut Vec<String>) -> Option<f64> {
        let k = self.sizes.len() as f64;
        let ratio = self.between / self.within * ((self.mass() - k) / (k - 1.0));
        if !ratio.is_finite() {
            notes
                .push("Calinski–Harabasz is undefined: nothing varies within the clusters.".into());
            return None;
        }
        Some(ratio)
    }

    fn davies_bouldin(&self, notes: &mut Vec<String>) -> Option<f64> {
        let k = self.sizes.len();
        let mut sum = 0.0;
        let mut apart = false;
        for i in 0..k {
            let mut worst: f64 = 0.0;
            for j in (0..k).filter(|&j| j != i) {
                let distance = squared_distance(self.centre(i), self.centre(j)).sqrt();
                // Centres that coincide are passed over, as scikit-learn does.
                if distance > 0.0 {
                    apart = true;
                    worst = worst.max((self.spread[i] + self.spread[j]) / distance);
                }
            }
            sum += worst;
        }
        if !apart || !sum.is_finite() {
            notes.push("Davies–Bouldin is undefined: the centres coincide.".into());
            return None;
        }
        Some(sum / k as f64)
    }

    fn centre(&self, cluster: usize) -> &[f64] {
        &self.centres[cluster * self.d..][..self.d]
    }
}

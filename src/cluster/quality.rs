//! How well a partition separates its clusters.

use super::rows::squared_distance;
use super::seeded;
use serde::Serialize;

/// Up to so many cases silhouettes are exact; beyond, they are those of a sample of this size.
pub const SILHOUETTE_LIMIT: usize = 5_000;

/// Three indices of a partition; `None` where one is undefined, with the reason in the notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
    let mut quality = Quality::default();
    let Some(moments) = Moments::of(values, d, labels) else {
        quality.notes.push("There is nothing to measure.".into());
        return quality;
    };
    let (n, k) = (moments.n, moments.sizes.len());
    if k < 2 || k >= n {
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
    quality.silhouette = Some(mean_silhouette(values, d, &moments, seed, &mut quality.notes));
    quality
}

/// The silhouette of each point, (b − a)/max(a, b), with a its mean distance to the others of its
/// cluster and b the least mean distance to another cluster: 0 for the only one of its cluster,
/// where all distances are 0, and where there is one cluster only. Exact, O(n²).
pub fn silhouettes(values: &[f64], d: usize, labels: &[u32]) -> Vec<f64> {
    match Moments::of(values, d, labels) {
        Some(moments) => silhouettes_of(values, d, &moments.labels, moments.sizes.len()),
        None => Vec::new(),
    }
}

fn mean_silhouette(
    values: &[f64],
    d: usize,
    moments: &Moments,
    seed: u64,
    notes: &mut Vec<String>,
) -> f64 {
    let (n, k) = (moments.n, moments.sizes.len());
    let all = if n <= SILHOUETTE_LIMIT {
        silhouettes_of(values, d, &moments.labels, k)
    } else {
        notes.push(format!(
            "The silhouette is that of a seeded sample of {SILHOUETTE_LIMIT} of the {n} cases."
        ));
        let drawn = seeded::sample(n, SILHOUETTE_LIMIT, seed);
        let rows: Vec<f64> = drawn.iter().flat_map(|&i| values[i * d..][..d].to_vec()).collect();
        let labels: Vec<usize> = drawn.iter().map(|&i| moments.labels[i]).collect();
        silhouettes_of(&rows, d, &labels, k)
    };
    all.iter().sum::<f64>() / all.len() as f64
}

/// Silhouettes for labels `0..k`, of which some may have no member.
fn silhouettes_of(values: &[f64], d: usize, labels: &[usize], k: usize) -> Vec<f64> {
    let mut sizes = vec![0_usize; k];
    for &label in labels {
        sizes[label] += 1;
    }
    let mut sums = vec![0.0; k];
    (values.chunks_exact(d).zip(labels))
        .map(|(point, &own)| {
            if sizes[own] < 2 {
                return 0.0;
            }
            sums.fill(0.0);
            for (other, &label) in values.chunks_exact(d).zip(labels) {
                sums[label] += squared_distance(point, other).sqrt();
            }
            let a = sums[own] / (sizes[own] - 1) as f64;
            let b = (0..k)
                .filter(|&label| label != own && sizes[label] > 0)
                .map(|label| sums[label] / sizes[label] as f64)
                .fold(f64::INFINITY, f64::min);
            let larger = a.max(b);
            if larger > 0.0 && larger.is_finite() { (b - a) / larger } else { 0.0 }
        })
        .collect()
}

/// Means and sums of squares of the clusters that have members.
struct Moments {
    n: usize,
    d: usize,
    /// Labels renumbered `0..k`.
    labels: Vec<usize>,
    sizes: Vec<usize>,
    /// k × d.
    centres: Vec<f64>,
    /// For each cluster the mean distance of its members to its centre.
    spread: Vec<f64>,
    between: f64,
    within: f64,
}

impl Moments {
    fn of(values: &[f64], d: usize, labels: &[u32]) -> Option<Moments> {
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
        let mut sizes = vec![0_usize; k];
        let mut centres = vec![0.0; k * d];
        let mut mean = vec![0.0; d];
        for (row, &label) in values.chunks_exact(d).zip(&labels) {
            sizes[label] += 1;
            for ((sum, all), value) in centres[label * d..][..d].iter_mut().zip(&mut mean).zip(row)
            {
                *sum += value;
                *all += value;
            }
        }
        for (centre, &size) in centres.chunks_exact_mut(d).zip(&sizes) {
            centre.iter_mut().for_each(|sum| *sum /= size as f64);
        }
        mean.iter_mut().for_each(|sum| *sum /= n as f64);
        let (mut within, mut spread) = (0.0, vec![0.0; k]);
        for (row, &label) in values.chunks_exact(d).zip(&labels) {
            let squared = squared_distance(row, &centres[label * d..][..d]);
            within += squared;
            spread[label] += squared.sqrt();
        }
        spread.iter_mut().zip(&sizes).for_each(|(sum, &size)| *sum /= size as f64);
        let between = (centres.chunks_exact(d).zip(&sizes))
            .map(|(centre, &size)| squared_distance(centre, &mean) * size as f64)
            .sum();
        Some(Moments { n, d, labels, sizes, centres, spread, between, within })
    }

    fn calinski_harabasz(&self, notes: &mut Vec<String>) -> Option<f64> {
        let k = self.sizes.len();
        let ratio = self.between / self.within * ((self.n - k) as f64 / (k - 1) as f64);
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

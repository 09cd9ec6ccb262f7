//! Silhouettes: how much nearer each case is to its own cluster than to the next.

use super::threads;
use super::wide::{Work, widest};

/// Cases in a block.
const LANES: usize = 16;
/// Cases that one piece of work looks at.
const PIECE: usize = 64;

/// A case's silhouette is (b − a)/max(a, b), with a its mean distance to the others of its cluster
/// and b the least mean distance to another cluster: 0 for the only one of its cluster, where all
/// distances are 0, and where there is one cluster only. `masses` are the weights of the cases; one
/// of weight w counts as w cases alike. Labels are `0..k`, and some may have no member.
pub(super) fn silhouettes(
    values: &[f64],
    d: usize,
    labels: &[usize],
    k: usize,
    masses: Option<&[f64]>,
    threads: usize,
) -> Vec<f64> {
    let clusters = Clusters::new(values, d, labels, k, masses);
    let pieces = labels.len().div_ceil(PIECE);
    let found = threads::in_order(pieces, threads, |piece| {
        let first = piece * PIECE;
        let last = (first + PIECE).min(labels.len());
        let points = &values[first * d..last * d];
        widest(Piece { clusters: &clusters, points, labels: &labels[first..last], d })
    });
    found.concat()
}

/// The cases of each cluster in blocks, variable by variable.
struct Clusters {
    blocks: Vec<Vec<f64>>,
    /// For each place of the blocks its case's weight; 0 where there is none.
    weights: Vec<Vec<f64>>,
    /// The weights of each cluster's cases together.
    masses: Vec<f64>,
}

impl Clusters {
    fn new(values: &[f64], d: usize, labels: &[usize], k: usize, masses: Option<&[f64]>) -> Self {
        let mut members = vec![Vec::new(); k];
        for (case, &label) in labels.iter().enumerate() {
            members[label].push(case);
        }
        let weight = |case: usize| masses.map_or(1.0, |masses| masses[case]);
        let blocks = members.iter().map(|cases| {
            let mut blocks = vec![0.0; cases.len().div_ceil(LANES) * LANES * d];
            for (place, &case) in cases.iter().enumerate() {
                for variable in 0..d {
                    let at = (place / LANES * d + variable) * LANES + place % LANES;
                    blocks[at] = values[case * d + variable];
                }
            }
            blocks
        });
        let blocks = blocks.collect();
        let weights: Vec<Vec<f64>> = members
            .iter()
            .map(|cases| {
                let mut weights: Vec<f64> = cases.iter().map(|&case| weight(case)).collect();
                weights.resize(cases.len().div_ceil(LANES) * LANES, 0.0);
                weights
            })
            .collect();
        let masses = weights.iter().map(|weights| weights.iter().sum()).collect();
        Clusters { blocks, weights, masses }
    }
}

/// Some cases whose silhouettes are wanted.
struct Piece<'a> {
    clusters: &'a Clusters,
    points: &'a [f64],
    labels: &'a [usize],
    d: usize,
}

impl Work for Piece<'_> {
    type Found = Vec<f64>;

    #[inline(always)]
    fn run(self) -> Vec<f64> {
        let masses = &self.clusters.masses;
        let mut sums = vec![0.0; masses.len()];
        let mut found = Vec::with_capacity(self.labels.len());
        for (point, &own) in self.points.chunks_exact(self.d).zip(self.labels) {
            // The only one of its cluster.
            if masses[own] <= 1.0 {
                found.push(0.0);
                continue;
            }
            for (cluster, sum) in sums.iter_mut().enumerate() {
                let (blocks, weights) =
                    (&self.clusters.blocks[cluster], &self.clusters.weights[cluster]);
                *sum = sum_of_distances(point, blocks, weights, self.d);
            }
            let a = sums[own] / (masses[own] - 1.0);
            let mut b = f64::INFINITY;
            for (cluster, sum) in sums.iter().enumerate() {
                if cluster != own && masses[cluster] > 0.0 {
                    b = b.min(sum / masses[cluster]);
                }
            }
            let larger = a.max(b);
            found.push(if larger > 0.0 && larger.is_finite() { (b - a) / larger } else { 0.0 });
        }
        found
    }
}

/// Σ of the distances from a point to the cases in the blocks, each times its weight.
#[inline(always)]
fn sum_of_distances(point: &[f64], blocks: &[f64], weights: &[f64], d: usize) -> f64 {
    let mut sums = [0.0; LANES];
    for (block, weights) in blocks.chunks_exact(LANES * d).zip(weights.chunks_exact(LANES)) {
        let mut squared = [0.0; LANES];
        for (column, coordinate) in block.chunks_exact(LANES).zip(point) {
            for (squared, value) in squared.iter_mut().zip(column) {
                let apart: f64 = value - coordinate;
                *squared += apart * apart;
            }
        }
        for ((sum, squared), weight) in sums.iter_mut().zip(&squared).zip(weights) {
            *sum += weight * squared.sqrt();
        }
    }
    let mut sum = 0.0;
    for of_lane in sums {
        sum += of_lane;
    }
    sum
}

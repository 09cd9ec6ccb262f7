//! Everything random: k-means++ starts, by linfa, and samples. linfa's types end here.

use super::rows::Rows;
use crate::Error;
use linfa::DatasetBase;
use linfa::traits::FitWith;
use linfa_clustering::{IncrKMeansError, KMeans, KMeansInit};
use ndarray::ArrayView2;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

/// The best of `draws` k-means++ starts, after one exact step of Lloyd's: k × d centres.
///
/// `fit_with` from nothing is that step; linfa's `fit` is not used, since each of its updates
/// counts the old centre as one more case.
pub(super) fn plus_plus(rows: &Rows, k: usize, draws: usize, seed: u64) -> Result<Vec<f64>, Error> {
    let failed = |why: String| Error::internal(format!("k-means++ found no start: {why}"));
    let observations = ArrayView2::from_shape((rows.n(), rows.d), &rows.values)
        .map_err(|error| failed(error.to_string()))?;
    let dataset = DatasetBase::from(observations);
    let rng = Xoshiro256Plus::seed_from_u64(seed);
    // A tolerance of almost nothing: linfa refuses 0, and it is the step alone that is wanted.
    let found = KMeans::params_with_rng(k, rng)
        .init_method(KMeansInit::KMeansPlusPlus)
        .n_runs(draws.max(1))
        .tolerance(1e-300)
        .fit_with(None, &dataset);
    match found {
        Ok(model) | Err(IncrKMeansError::NotConverged(model)) => {
            Ok(model.centroids().iter().copied().collect())
        }
        Err(error) => Err(failed(error.to_string())),
    }
}

/// `size` of `n` positions drawn without replacement, in rising order; all if `n` is not more.
pub(super) fn sample(n: usize, size: usize, seed: u64) -> Vec<usize> {
    let mut rng = Xoshiro256Plus::seed_from_u64(seed);
    let mut positions: Vec<usize> = (0..n).collect();
    if n <= size {
        return positions;
    }
    for place in 0..size {
        // The bias of a remainder of 64 bits is below 1e-12 for any n that fits in memory.
        let other = place + (rng.next_u64() % (n - place) as u64) as usize;
        positions.swap(place, other);
    }
    positions.truncate(size);
    positions.sort_unstable();
    positions
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn a_sample_is_drawn_without_replacement() {
        let drawn = sample(1000, 100, 7);
        assert_eq!(drawn.len(), 100);
        assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(drawn, sample(1000, 100, 7));
        assert_ne!(drawn, sample(1000, 100, 8));
        assert_eq!(sample(3, 5, 1), [0, 1, 2]);
    }
}

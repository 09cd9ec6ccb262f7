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

/// `n` of `n` positions drawn with replacement, each that was drawn once, in rising order.
pub(super) fn bootstrap(n: usize, seed: u64) -> Vec<usize> {
    let mut rng = Xoshiro256Plus::seed_from_u64(seed);
    let mut drawn: Vec<usize> =
        (0..n).map(|_| (rng.next_u64() % n.max(1) as u64) as usize).collect();
    drawn.sort_unstable();
    drawn.dedup();
    drawn
}

/// `count` numbers drawn evenly from 0 up to, but not, 1.
pub(super) fn uniform(count: usize, seed: u64) -> Vec<f64> {
    let mut rng = Xoshiro256Plus::seed_from_u64(seed);
    // The upper 53 bits: as many as a number of 64 bits tells apart below 1.
    (0..count).map(|_| (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64).collect()
}

/// The seed of the `at`-th of many draws for one purpose, so that no two share their numbers.
pub(super) fn seed_of(seed: u64, purpose: u64, at: usize) -> u64 {
    // The generator is seeded by SplitMix64, which scatters neighbouring seeds.
    seed.wrapping_add(purpose << 32).wrapping_add(at as u64)
}

#[cfg(test)]
mod tests {
    use super::{bootstrap, sample, uniform};

    #[test]
    fn a_bootstrap_draws_about_two_thirds_of_the_cases() {
        let drawn = bootstrap(10_000, 3);
        assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]));
        // 1 − 1/e of them.
        assert!((drawn.len() as f64 / 10_000.0 - 0.632).abs() < 0.02);
        assert_eq!(bootstrap(0, 1), Vec::<usize>::new());
    }

    #[test]
    fn uniform_numbers_fill_the_interval() {
        let drawn = uniform(10_000, 3);
        assert!(drawn.iter().all(|u| (0.0..1.0).contains(u)));
        let mean = drawn.iter().sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02);
    }

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

//! Steps drawn at random: down, none, up.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

/// What a stream of steps is for, so that no two purposes share their numbers.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Judgements = 11,
    Scores = 12,
}

/// A stream of steps: 0 is down, 1 is none, 2 is up.
pub(super) struct Steps {
    // All bits of this generator are good; half a number is enough for a step.
    random: Xoshiro256PlusPlus,
    spare: Option<u32>,
    /// Numbers below this are steps down.
    down: u64,
    /// Numbers from this on are steps up.
    up: u64,
}

impl Steps {
    /// The `at`-th stream for a purpose. A step goes down with the probability, up with the same; it
    /// is met to within 2⁻³².
    pub fn new(seed: u64, purpose: Purpose, at: usize, probability: f64) -> Steps {
        let all = 1_u64 << 32;
        let down = (probability * all as f64).round() as u64;
        // The generator is seeded by SplitMix64, which scatters neighbouring seeds.
        let seed = seed.wrapping_add((purpose as u64) << 40).wrapping_add(at as u64);
        let random = Xoshiro256PlusPlus::seed_from_u64(seed);
        Steps { random, spare: None, down, up: all - down }
    }

    /// The next step.
    #[inline]
    pub fn next(&mut self) -> usize {
        let number = match self.spare.take() {
            Some(number) => number,
            None => {
                let both = self.random.next_u64();
                self.spare = Some(both as u32);
                (both >> 32) as u32
            }
        };
        let number = u64::from(number);
        1 + usize::from(number >= self.up) - usize::from(number < self.down)
    }
}

#[cfg(test)]
mod tests {
    use super::{Purpose, Steps};

    #[test]
    fn steps_come_as_often_as_they_should() {
        for (probability, seed) in [(0.25, 1), (0.1, 2), (0.5, 3), (0.0, 4)] {
            let mut steps = Steps::new(seed, Purpose::Scores, 7, probability);
            let mut counts = [0_usize; 3];
            for _ in 0..100_000 {
                counts[steps.next()] += 1;
            }
            for (count, p) in counts.into_iter().zip([probability, 1.0 - 2.0 * probability]) {
                // Five standard deviations of a share of 100,000.
                let most = 5.0 * (p * (1.0 - p) / 100_000.0_f64).sqrt();
                assert!((count as f64 / 100_000.0 - p).abs() <= most, "{probability}: {counts:?}");
            }
        }
    }

    #[test]
    fn streams_differ_by_purpose_and_place() {
        let draw = |purpose, at| -> Vec<usize> {
            let mut steps = Steps::new(1, purpose, at, 0.25);
            (0..40).map(|_| steps.next()).collect()
        };
        assert_eq!(draw(Purpose::Scores, 3), draw(Purpose::Scores, 3));
        assert_ne!(draw(Purpose::Scores, 3), draw(Purpose::Scores, 4));
        assert_ne!(draw(Purpose::Scores, 3), draw(Purpose::Judgements, 3));
    }
}

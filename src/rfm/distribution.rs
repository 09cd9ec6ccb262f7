//! How a figure is spread over customers: a histogram with round edges.

use serde::{Deserialize, Serialize};

/// How many bars a histogram has at most.
const MOST_BARS: f64 = 30.0;

/// Beyond this share of the customers a few far values would press all others into the first bar.
const SHOWN: f64 = 0.99;

/// A histogram.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    /// The letter of the figure.
    pub letter: String,
    /// Where the first bar begins.
    pub from: f64,
    /// How wide a bar is: 1, 2 or 5 times a power of ten.
    pub width: f64,
    /// How many customers lie in each bar: at or above its beginning, and below its end.
    pub counts: Vec<usize>,
    /// How many lie above the last bar: at most about a hundredth of all.
    pub above: usize,
}

impl Distribution {
    /// Counts the values; `None` without any.
    pub(super) fn of(letter: &str, values: impl Iterator<Item = f64>) -> Option<Distribution> {
        let mut sorted: Vec<f64> = values.collect();
        sorted.sort_by(f64::total_cmp);
        let least = *sorted.first()?;
        let last = ((sorted.len() as f64 * SHOWN).ceil() as usize).clamp(1, sorted.len()) - 1;
        let most = sorted[last];
        let width = round_width((most - least) / MOST_BARS);
        let place = |value: f64| (value / width).floor();
        let begin = place(least);
        let bars = (place(most) - begin) as usize + 1;
        let mut counts = vec![0; bars];
        let mut above = 0;
        for value in &sorted {
            match counts.get_mut((place(*value) - begin) as usize) {
                Some(count) => *count += 1,
                None => above += 1,
            }
        }
        Some(Distribution { letter: letter.to_string(), from: begin * width, width, counts, above })
    }
}

/// The least of 1, 2 and 5 times a power of ten that is not smaller; 1 where there is no width.
fn round_width(least: f64) -> f64 {
    if least <= 0.0 || !least.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(least.log10().floor());
    let factors = [1.0, 2.0, 5.0, 10.0];
    let fits = factors.into_iter().find(|factor| factor * power >= least);
    fits.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_counted_once_in_bars_with_round_edges() {
        let found = Distribution::of("M", (0..1000).map(f64::from)).unwrap();
        assert_eq!((found.from, found.width), (0.0, 50.0));
        assert_eq!(found.counts, [50; 20]);
        assert_eq!(found.above, 0);
        let far = (0..100).map(|at| if at == 99 { 1e9 } else { f64::from(at % 10) });
        let found = Distribution::of("F", far).unwrap();
        assert_eq!((found.counts.iter().sum::<usize>(), found.above), (99, 1));
    }

    #[test]
    fn equal_values_are_one_bar() {
        let found = Distribution::of("R", [7.5; 3].into_iter()).unwrap();
        assert_eq!((found.from, found.width, found.counts), (7.0, 1.0, vec![3]));
        assert_eq!(Distribution::of("R", std::iter::empty()), None);
    }

    #[test]
    fn widths_are_round() {
        for (least, width) in [(0.03, 0.05), (1.0, 1.0), (1.2, 2.0), (7.0, 10.0), (230.0, 500.0)] {
            assert!((round_width(least) - width).abs() < 1e-12 * width, "{least}");
        }
    }
}

//! How a map covers its cells.

use super::{SegmentMap, code};
use serde::Serialize;

/// A map may have so many cells, since each is looked at.
pub(super) const MOST_CELLS: u64 = 100_000;

/// Every cell with the segments that fit it.
#[derive(Clone, Debug, PartialEq)]
pub struct MapCells(pub Vec<(Vec<u32>, Vec<String>)>);

/// How a map covers its cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// How many cells there are.
    pub cells: usize,
    /// Cells that several segments fit, with them; the first counts.
    pub twice: Vec<(String, Vec<String>)>,
    /// Cells that no segment fits.
    pub never: Vec<String>,
    /// Segments that no customer can be in, since earlier ones take all their cells.
    pub shadowed: Vec<String>,
}

impl SegmentMap {
    /// Every cell with the segments that fit it, in the order of their codes.
    pub fn cells(&self) -> MapCells {
        let levels = u64::from(self.levels);
        let count = levels.saturating_pow(self.letters.len() as u32).min(MOST_CELLS);
        let mut cells = Vec::new();
        for number in 0..count {
            let mut rest = number;
            let mut scores = vec![1; self.letters.len()];
            for score in scores.iter_mut().rev() {
                *score = (rest % levels) as u32 + 1;
                rest /= levels;
            }
            let fit = self.segments.iter().filter(|segment| segment.holds(&scores));
            let fit: Vec<String> = fit.map(|segment| segment.name.clone()).collect();
            cells.push((scores, fit));
        }
        MapCells(cells)
    }

    /// Which cells are covered twice or never, and which segments no cell reaches.
    ///
    /// ```
    /// use custval::diagnostic::Diagnostics;
    /// use custval::rfm::SegmentMap;
    ///
    /// let map = SegmentMap::open("rfm-10", &mut Diagnostics::new()).unwrap();
    /// let coverage = map.coverage();
    /// assert_eq!((coverage.cells, coverage.twice.len(), coverage.never.len()), (125, 0, 0));
    /// ```
    pub fn coverage(&self) -> Coverage {
        let cells = self.cells().0;
        let code = |scores: &[u32]| code(scores, self.levels);
        let twice = cells
            .iter()
            .filter(|(_, fit)| fit.len() > 1)
            .map(|(scores, fit)| (code(scores), fit.clone()))
            .collect();
        let never = cells
            .iter()
            .filter(|(_, fit)| fit.is_empty())
            .map(|(scores, _)| code(scores))
            .collect();
        let is_reached = |name: &String| match self.overlapping {
            true => cells.iter().any(|(_, fit)| fit.contains(name)),
            false => cells.iter().any(|(_, fit)| fit.first() == Some(name)),
        };
        let names = self.segments.iter().map(|segment| segment.name.clone());
        let shadowed = names.filter(|name| !is_reached(name)).collect();
        Coverage { cells: cells.len(), twice, never, shadowed }
    }
}

//! A comparison matrix in which some judgements are missing.

use super::Matrix;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A comparison matrix with gaps: `get(i, j)` is how many times more important item `i` is than
/// item `j`, or `None` where nobody said. The diagonal is 1, a pair is known in both directions or
/// in none.
///
/// ```
/// use custval::judgement::Incomplete;
///
/// let judgements = Incomplete::from_known(4, &[(0, 1, 3.0), (2, 3, 2.0)]).unwrap();
/// assert_eq!(judgements.get(1, 0), Some(1.0 / 3.0));
/// assert_eq!((judgements.known(), judgements.missing()), (2, 4));
/// assert_eq!(judgements.components(), [vec![0, 1], vec![2, 3]]);
/// ```
#[derive(Clone, Debug)]
pub struct Incomplete {
    n: usize,
    /// Row by row; `NaN` is a gap.
    entries: Vec<f64>,
}

/// Gaps are equal to gaps.
impl PartialEq for Incomplete {
    fn eq(&self, other: &Incomplete) -> bool {
        self.rows() == other.rows()
    }
}

impl Incomplete {
    /// Without any judgement yet.
    pub(crate) fn empty(n: usize) -> Incomplete {
        let diagonal = |at: usize| if at / n.max(1) == at % n.max(1) { 1.0 } else { f64::NAN };
        Incomplete { n, entries: (0..n * n).map(diagonal).collect() }
    }

    /// `n` items of which the listed pairs were compared: (i, j, how many times i is more important
    /// than j). `None` for a position that is not there, a pair of one item, or a judgement that is
    /// not positive and finite. The last of several judgements of a pair stands.
    pub fn from_known(n: usize, known: &[(usize, usize, f64)]) -> Option<Incomplete> {
        let mut judgements = Incomplete::empty(n);
        for &(i, j, judgement) in known {
            if i >= n || j >= n || i == j || !(judgement > 0.0 && judgement.is_finite()) {
                return None;
            }
            judgements.set(i, j, judgement, 1.0 / judgement);
        }
        (n > 0).then_some(judgements)
    }

    /// Sets a pair, both directions as they were given.
    pub(crate) fn set(&mut self, i: usize, j: usize, over: f64, under: f64) {
        self.entries[i * self.n + j] = over;
        self.entries[j * self.n + i] = under;
    }

    /// The number of items.
    pub fn size(&self) -> usize {
        self.n
    }

    /// The judgement of item `i` over item `j`, counted from 0.
    pub fn get(&self, i: usize, j: usize) -> Option<f64> {
        let entry = self.entries[i * self.n + j];
        (!entry.is_nan()).then_some(entry)
    }

    /// Pairs that were compared, (i, j) with i < j, row by row.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        pairs(self.n).filter(|&(i, j)| !self.entries[i * self.n + j].is_nan())
    }

    /// Pairs that were not compared, (i, j) with i < j, row by row.
    pub fn gaps(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        pairs(self.n).filter(|&(i, j)| self.entries[i * self.n + j].is_nan())
    }

    /// How many pairs were compared.
    pub fn known(&self) -> usize {
        self.pairs().count()
    }

    /// How many pairs were not.
    pub fn missing(&self) -> usize {
        self.gaps().count()
    }

    /// The complete matrix, if nothing is missing.
    pub fn complete(&self) -> Option<Matrix> {
        (self.missing() == 0).then(|| self.filled(|_, _| 1.0))
    }

    /// A complete matrix whose gaps (i < j) hold what `judgement` says, and its reciprocal.
    pub(crate) fn filled(&self, judgement: impl Fn(usize, usize) -> f64) -> Matrix {
        Matrix::from_fn(self.n, |i, j| {
            self.get(i, j).unwrap_or_else(|| match i < j {
                true => judgement(i, j),
                false => 1.0 / judgement(j, i),
            })
        })
    }

    /// Groups of items that judgements connect, directly or by way of others, each in rising order.
    /// Weights can be derived only where there is one group: nothing says how items of different
    /// groups compare.
    pub fn components(&self) -> Vec<Vec<usize>> {
        let mut group: Vec<usize> = (0..self.n).collect();
        for (i, j) in self.pairs() {
            let (low, high) = (group[i].min(group[j]), group[i].max(group[j]));
            group.iter_mut().filter(|of| **of == high).for_each(|of| *of = low);
        }
        let mut components: Vec<Vec<usize>> = Vec::new();
        for root in 0..self.n {
            let members: Vec<usize> = (0..self.n).filter(|&at| group[at] == root).collect();
            if !members.is_empty() {
                components.push(members);
            }
        }
        components
    }

    /// The rows; `None` is a gap.
    pub fn rows(&self) -> Vec<Vec<Option<f64>>> {
        (0..self.n).map(|i| (0..self.n).map(|j| self.get(i, j)).collect()).collect()
    }
}

/// All pairs (i, j) with i < j, row by row.
pub(crate) fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |i| (i + 1..n).map(move |j| (i, j)))
}

impl From<&Matrix> for Incomplete {
    fn from(matrix: &Matrix) -> Self {
        Incomplete { n: matrix.size(), entries: matrix.rows().concat() }
    }
}

impl Serialize for Incomplete {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows())
    }
}

impl<'de> Deserialize<'de> for Incomplete {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = Vec::<Vec<Option<f64>>>::deserialize(deserializer)?;
        let n = rows.len();
        if rows.iter().any(|row| row.len() != n) {
            return Err(de::Error::custom("the matrix is not square"));
        }
        let entries = rows.into_iter().flatten().map(|entry| entry.unwrap_or(f64::NAN)).collect();
        Ok(Incomplete { n, entries })
    }
}

//! What three judgements say about each other: contradictions and circles.

use crate::judgement::Incomplete;
use serde::{Deserialize, Serialize};

/// What the triads of a matrix, three items all compared with each other, say about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Triads {
    /// How many there are; pairs that were not compared leave triads out.
    pub count: usize,
    /// Koczkodaj's index, the worst triad's min(|1 − aᵢₖ/(aᵢⱼaⱼₖ)|, |1 − aᵢⱼaⱼₖ/aᵢₖ|): 0 for
    /// consistent judgements, below 1. Koczkodaj (1993), *A new definition of consistency of pairwise
    /// comparisons*, Mathematical and Computer Modelling 18(7), 79–84.
    pub koczkodaj: f64,
    /// The items of that worst triad; the first in order of several, `None` without contradiction.
    pub worst: Option<[usize; 3]>,
    /// Circles: i before j, j before k, and k before i. Kendall and Babington Smith (1940), *On the
    /// method of paired comparisons*, Biometrika 31, 324–345.
    pub intransitive: usize,
    /// The items of each circle, as far as the first 100 go.
    pub circles: Vec<[usize; 3]>,
}

/// More circles than this are counted, not listed.
const LISTED: usize = 100;

/// Looks at every triad.
///
/// ```
/// use custval::judgement::{Incomplete, Matrix};
/// use custval::priority::triads;
///
/// // a over b 9, b over c 9, but c over a 9: a circle.
/// let circle = Matrix::from_upper(3, &[9.0, 1.0 / 9.0, 9.0]).unwrap();
/// let found = triads(&Incomplete::from(&circle));
/// assert_eq!(found.circles, [[0, 1, 2]]);
/// assert!((found.koczkodaj - (1.0 - 1.0 / 729.0)).abs() < 1e-15);
/// ```
pub fn triads(judgements: &Incomplete) -> Triads {
    let n = judgements.size();
    let mut found = Triads::default();
    for i in 0..n {
        for j in i + 1..n {
            let Some(ij) = judgements.get(i, j) else { continue };
            for k in j + 1..n {
                let (Some(jk), Some(ik)) = (judgements.get(j, k), judgements.get(i, k)) else {
                    continue;
                };
                found.count += 1;
                let through = ij * jk / ik;
                let contradiction = (1.0 - through).abs().min((1.0 - 1.0 / through).abs());
                // Rounded thirds are no contradiction to point at.
                if contradiction > found.koczkodaj.max(1e-12) {
                    found.koczkodaj = contradiction;
                    found.worst = Some([i, j, k]);
                }
                let round =
                    (ij > 1.0 && jk > 1.0 && ik < 1.0) || (ij < 1.0 && jk < 1.0 && ik > 1.0);
                if round {
                    found.intransitive += 1;
                    if found.circles.len() < LISTED {
                        found.circles.push([i, j, k]);
                    }
                }
            }
        }
    }
    found
}

//! The judgements that contradict the others most.

use crate::judgement::Incomplete;

/// Errors that differ by less than this share are equal; the earlier pair stands first.
const TIE: f64 = 1e-9;

/// One judgement beside the ratio of the weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Misfit {
    /// The first item.
    pub i: usize,
    /// The second item.
    pub j: usize,
    /// How many times more important the first was said to be.
    pub given: f64,
    /// What the weights say, wᵢ/wⱼ.
    pub suggested: f64,
    /// The larger of aᵢⱼwⱼ/wᵢ and its reciprocal: 1 where they agree.
    pub error: f64,
}

/// All given judgements (i < j), those that contradict the weights most first.
///
/// The entry with the largest εᵢⱼ = aᵢⱼ wⱼ/wᵢ is the one that the principal eigenvalue suffers from
/// most: Saaty (2003), *Decision-making with the AHP: why is the principal eigenvector necessary*,
/// European Journal of Operational Research 145, 85–91.
pub fn misfits(judgements: &Incomplete, weights: &[f64]) -> Vec<Misfit> {
    let mut all: Vec<Misfit> = judgements
        .pairs()
        .filter_map(|(i, j)| {
            let given = judgements.get(i, j)?;
            let suggested = weights[i] / weights[j];
            let error = (given / suggested).max(suggested / given);
            Some(Misfit { i, j, given, suggested, error })
        })
        .collect();
    // Equal up to rounding has to be equal, or the order would be that of the rounding.
    let grade = |misfit: &Misfit| (misfit.error.ln() / TIE).round() as i64;
    all.sort_by_key(|misfit| std::cmp::Reverse(grade(misfit)));
    all
}

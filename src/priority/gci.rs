//! The geometric consistency index.

use crate::judgement::Incomplete;

/// How far judgements are from the ratios of some weights, in logarithms:
/// Σ ln²(aᵢⱼ wⱼ/wᵢ) over the given pairs i < j, divided by the judgements beyond the n − 1 that n items need
/// at least. For a complete matrix the divisor is (n − 1)(n − 2)/2.
///
/// With the weights of the row geometric mean it is the geometric consistency index, GCI: Aguarón and
/// Moreno-Jiménez (2003), *The geometric consistency index: approximated thresholds*, European
/// Journal of Operational Research 147, 137–145. With the group's weights, averaged over the experts,
/// it is GCOMPI, how well these weights fit everybody's judgements: Aguarón, Escobar and
/// Moreno-Jiménez (2016), *The precise consistency consensus matrix*, Annals of Operations Research
/// 245, 245–259. 0 where nothing can contradict.
pub fn gci(judgements: &Incomplete, weights: &[f64]) -> f64 {
    let n = judgements.size();
    let beyond = (judgements.known() + 1).saturating_sub(n);
    if beyond == 0 || n <= 2 {
        return 0.0;
    }
    let error = |(i, j): (usize, usize)| {
        let judgement = judgements.get(i, j).unwrap_or(1.0);
        (judgement * weights[j] / weights[i]).ln()
    };
    let squares: f64 = judgements.pairs().map(|pair| error(pair).powi(2)).sum();
    squares / beyond as f64
}

/// The GCI that corresponds to CR = 0.10 for `n` items: 0.31, 0.35, and 0.37 from five on (Aguarón
/// and Moreno-Jiménez 2003, Table 4).
pub fn gci_limit(n: usize) -> f64 {
    match n {
        0..=3 => 0.31,
        4 => 0.35,
        _ => 0.37,
    }
}

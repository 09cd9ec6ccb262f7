//! Intraclass correlation: how far judges give the same targets the same scores.

use serde::{Deserialize, Serialize};

/// The six intraclass correlations of Shrout and Fleiss, with the mean squares that they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Icc {
    /// Targets: rows that every judge scored.
    pub targets: usize,
    /// Judges.
    pub judges: usize,
    /// Mean square between targets.
    pub ms_targets: f64,
    /// Mean square between judges.
    pub ms_judges: f64,
    /// Mean square of what is left, targets × judges.
    pub ms_error: f64,
    /// Mean square within targets.
    pub ms_within: f64,
    /// F = mean square between targets over that of the error; `None` where nothing is left.
    pub f: Option<f64>,
    /// ICC(1,1): each target has other judges.
    pub icc1_1: Option<f64>,
    /// ICC(2,1): these judges stand for others, and who scores higher throughout counts as
    /// disagreement. How far one expert's scores could replace another's.
    pub icc2_1: Option<f64>,
    /// ICC(3,1): these judges only, and who scores higher throughout does not count.
    pub icc3_1: Option<f64>,
    /// ICC(1,k): the mean of the judges, for ICC(1,1).
    pub icc1_k: Option<f64>,
    /// ICC(2,k): the mean of the judges, for ICC(2,1). How reliable the combined score is.
    pub icc2_k: Option<f64>,
    /// ICC(3,k): the mean of the judges, for ICC(3,1).
    pub icc3_k: Option<f64>,
}

/// The intraclass correlations of `scores[target][judge]`, from the two-way analysis of variance.
///
/// Shrout and Fleiss (1979), *Intraclass correlations: uses in assessing rater reliability*,
/// Psychological Bulletin 86, 420–428. `None` for fewer than two targets or judges. A coefficient
/// whose formula gives 0/0, such as when all scores are equal, is `None`.
///
/// ```
/// use custval::agreement::icc;
///
/// // The example of the paper: six targets, four judges.
/// let scores = [[9., 2., 5., 8.], [6., 1., 3., 2.], [8., 4., 6., 8.], [7., 1., 2., 6.],
///     [10., 5., 6., 9.], [6., 2., 4., 7.]];
/// let scores: Vec<Vec<f64>> = scores.iter().map(|row| row.to_vec()).collect();
/// let found = icc(&scores).unwrap();
/// assert_eq!(format!("{:.2}", found.icc2_1.unwrap()), "0.29");
/// ```
pub fn icc(scores: &[Vec<f64>]) -> Option<Icc> {
    let (n, k) = (scores.len(), scores.first()?.len());
    if n < 2 || k < 2 || scores.iter().any(|row| row.len() != k) {
        return None;
    }
    let (targets, judges) = (n as f64, k as f64);
    let grand = scores.iter().flatten().sum::<f64>() / (targets * judges);
    let row_mean = |row: &Vec<f64>| row.iter().sum::<f64>() / judges;
    let column_mean = |judge: usize| scores.iter().map(|row| row[judge]).sum::<f64>() / targets;
    let between: f64 = judges * scores.iter().map(|r| (row_mean(r) - grand).powi(2)).sum::<f64>();
    let columns: Vec<f64> = (0..k).map(column_mean).collect();
    let across: f64 = targets * columns.iter().map(|mean| (mean - grand).powi(2)).sum::<f64>();
    let (mut within, mut error) = (0.0, 0.0);
    for row in scores {
        let mean = row_mean(row);
        for (score, column) in row.iter().zip(&columns) {
            within += (score - mean).powi(2);
            error += (score - mean - column + grand).powi(2);
        }
    }
    let b = between / (targets - 1.0);
    let j = across / (judges - 1.0);
    let e = error / ((targets - 1.0) * (judges - 1.0));
    let w = within / (targets * (judges - 1.0));
    // Rounding in place of 0 would make a coefficient out of nothing.
    let scale = scores.iter().flatten().fold(0.0_f64, |most, score| most.max(score.abs()));
    let nothing = (1e-12 * scale).powi(2);
    let share = |above: f64, below: f64| (below.abs() > nothing).then(|| above / below);
    Some(Icc {
        targets: n,
        judges: k,
        ms_targets: b,
        ms_judges: j,
        ms_error: e,
        ms_within: w,
        f: share(b, e),
        icc1_1: share(b - w, b + (judges - 1.0) * w),
        icc2_1: share(b - e, b + (judges - 1.0) * e + judges * (j - e) / targets),
        icc3_1: share(b - e, b + (judges - 1.0) * e),
        icc1_k: share(b - w, b),
        icc2_k: share(b - e, b + (j - e) / targets),
        icc3_k: share(b - e, b),
    })
}

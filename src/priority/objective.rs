//! Weights from the data alone: how much each indicator tells the customers apart.

use super::group::normalised;
use crate::agreement::entropy;
use crate::model::{Direction, Objective};

/// Weights of the columns of a table, `columns[c][case]`, which sum to 1.
///
/// With n cases, and for CRITIC and the standard deviation each column brought to 0…1 from worst to
/// best (costs turned):
///
/// - **entropy**: with shares pᵢ = xᵢ/Σx of the column, E = −Σ pᵢ ln pᵢ / ln n and weights in
///   proportion to 1 − E. Values must not be negative. Hwang and Yoon (1981), *Multiple Attribute
///   Decision Making*, section 3.3.
/// - **CRITIC**: in proportion to σⱼ Σₖ (1 − rⱼₖ), the contrast of a column times its conflict with the
///   others, r being Pearson's correlation. Diakoulaki, Mavrotas and Papayannakis (1995), Computers &
///   Operations Research 22, 763–770.
/// - **sd**: in proportion to σⱼ.
///
/// A column in which all cases are equal tells nothing apart and gets 0. `None` where every column
/// does, a value is not finite (for the entropy: or is negative), or there are fewer than two cases.
pub fn objective_weights(
    columns: &[Vec<f64>],
    directions: &[Direction],
    how: Objective,
) -> Option<Vec<f64>> {
    let cases = columns.first()?.len();
    let sound = columns.iter().flatten().all(|value| value.is_finite());
    if cases < 2 || !sound {
        return None;
    }
    let strengths: Vec<f64> = match how {
        Objective::Entropy => {
            if columns.iter().flatten().any(|value| *value < 0.0) {
                return None;
            }
            columns.iter().map(|column| diversity(column)).collect()
        }
        Objective::Sd => scaled(columns, directions).iter().map(|column| sd(column)).collect(),
        Objective::Critic => {
            let columns = scaled(columns, directions);
            let conflict = |column: &Vec<f64>| -> f64 {
                columns.iter().map(|other| 1.0 - correlation(column, other)).sum()
            };
            columns.iter().map(|column| sd(column) * conflict(column)).collect()
        }
    };
    (strengths.iter().sum::<f64>() > 0.0).then(|| normalised(strengths))
}

/// 1 − E of a column; 0 for a constant one.
fn diversity(column: &[f64]) -> f64 {
    let total: f64 = column.iter().sum();
    if is_constant(column) || total <= 0.0 {
        return 0.0;
    }
    let shares: Vec<f64> = column.iter().map(|value| value / total).collect();
    (1.0 - entropy(&shares) / (column.len() as f64).ln()).max(0.0)
}

fn is_constant(column: &[f64]) -> bool {
    column.iter().all(|value| *value == column[0])
}

/// Each column from 0, its worst value, to 1, its best; a constant one is 0.
pub(crate) fn scaled(columns: &[Vec<f64>], directions: &[Direction]) -> Vec<Vec<f64>> {
    let of_column = |(column, direction): (&Vec<f64>, &Direction)| -> Vec<f64> {
        let least = column.iter().copied().fold(f64::INFINITY, f64::min);
        let most = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let share = |value: &f64| match (most > least, direction) {
            (false, _) => 0.0,
            (true, Direction::Benefit) => (value - least) / (most - least),
            (true, Direction::Cost) => (most - value) / (most - least),
        };
        column.iter().map(share).collect()
    };
    columns.iter().zip(directions).map(of_column).collect()
}

fn mean(column: &[f64]) -> f64 {
    column.iter().sum::<f64>() / column.len() as f64
}

/// The standard deviation (n − 1).
fn sd(column: &[f64]) -> f64 {
    let mean = mean(column);
    let squares: f64 = column.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (column.len() as f64 - 1.0)).sqrt()
}

/// Pearson's correlation; 0 with a constant column, which goes along with nothing.
fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let (a, b) = (mean(one), mean(other));
    let (mut products, mut first, mut second) = (0.0, 0.0, 0.0);
    for (x, y) in one.iter().zip(other) {
        products += (x - a) * (y - b);
        first += (x - a).powi(2);
        second += (y - b).powi(2);
    }
    let both = (first * second).sqrt();
    if both > 0.0 { products / both } else { 0.0 }
}

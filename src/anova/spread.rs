//! Do the groups spread alike? Levene's and Bartlett's tests.

use super::sums::{Sums, sums};
use crate::distribution::{chi_squared_tail, f_tail};
use serde::{Deserialize, Serialize};

/// Levene's test of equal variances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Levene {
    /// F of the distances from the groups' centres; `None` where it is not finite.
    pub f: Option<f64>,
    /// Degrees of freedom between, k − 1.
    pub df1: usize,
    /// Degrees of freedom within, n − k.
    pub df2: usize,
    /// The probability of a larger F were all variances equal; 0 for an infinite F.
    pub p: Option<f64>,
}

/// Bartlett's test of equal variances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bartlett {
    /// Bartlett's corrected K²; `None` where it is undefined.
    pub k_squared: Option<f64>,
    /// Degrees of freedom, k − 1.
    pub df: usize,
    /// The probability of a larger K² were all variances equal.
    pub p: Option<f64>,
}

/// The centre from which distances are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Centre {
    Mean,
    Median,
}

/// The one-way F of |xᵢⱼ − centreᵢ|. By the mean: Levene (1960), in *Contributions to Probability
/// and Statistics*, 278–292. By the median: Brown and Forsythe (1974), *Journal of the American
/// Statistical Association* 69, 364–367.
pub(super) fn levene(
    members: &[(usize, Vec<f64>)],
    whole: &Sums,
    centre: Centre,
    notes: &mut Vec<String>,
) -> Levene {
    let distances: Vec<(usize, Vec<f64>)> = members
        .iter()
        .zip(&whole.groups)
        .map(|((group, values), own)| {
            let distances = match centre {
                Centre::Mean => own.distances.clone(),
                Centre::Median => from_median(values, whole.unit),
            };
            (*group, distances)
        })
        .collect();
    let found = sums(&distances);
    let n: usize = members.iter().map(|(_, values)| values.len()).sum();
    let (df1, df2) = (members.len() - 1, n - members.len());
    // Distances are differences of the values and carry their rounding. What is not larger is
    // nothing.
    let largest = members
        .iter()
        .flat_map(|(_, values)| values)
        .fold(0.0_f64, |largest, value| largest.max((value / whole.unit).abs()));
    let rounding = n as f64 * (4.0 * f64::EPSILON * largest).powi(2);
    let real = |ss: f64| {
        let ss = ss * found.unit * found.unit;
        if ss <= rounding { 0.0 } else { ss }
    };
    let (between, within) = (real(found.between), real(found.within));
    let name = match centre {
        Centre::Mean => "Levene's test by means",
        Centre::Median => "Levene's test by medians",
    };
    if df2 == 0 || (between == 0.0 && within == 0.0) {
        notes.push(format!(
            "{name} is undefined: within groups, all cases are equally far from the centre."
        ));
        return Levene { f: None, df1, df2, p: None };
    }
    let f = between / df1 as f64 / (within / df2 as f64);
    if !f.is_finite() {
        notes.push(format!("F of {name} is infinite: the distances from the centre differ between groups, and within every group they are all equal."));
        return Levene { f: None, df1, df2, p: Some(0.0) };
    }
    Levene { f: Some(f), df1, df2, p: f_tail(f, df1, df2) }
}

fn from_median(values: &[f64], unit: f64) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = match sorted.len() {
        0 => return Vec::new(),
        n => (sorted[(n - 1) / 2], sorted[n / 2]),
    };
    // The mean of two differences: exact where the median itself would be rounded.
    values
        .iter()
        .map(|value| (((value - low) / unit) * 0.5 + ((value - high) / unit) * 0.5).abs())
        .collect()
}

/// K² = [(n − k) ln s² − Σ (nᵢ − 1) ln sᵢ²] / [1 + (Σ 1/(nᵢ − 1) − 1/(n − k))/(3 (k − 1))], with s²
/// the mean square within. Bartlett (1937), *Proceedings of the Royal Society A* 160, 268–282.
pub(super) fn bartlett(sums: &Sums, notes: &mut Vec<String>) -> Bartlett {
    let df = sums.groups.len() - 1;
    let fault = if sums.groups.iter().any(|group| group.n < 2) {
        Some("a group has a single case")
    } else if sums.groups.iter().any(|group| group.within <= 0.0) {
        Some("within a group all values are equal")
    } else {
        None
    };
    if let Some(why) = fault {
        notes.push(format!("Bartlett's test is undefined: {why}."));
        return Bartlett { k_squared: None, df, p: None };
    }
    let degrees = |n: usize| (n - 1) as f64;
    let all: f64 = sums.groups.iter().map(|group| degrees(group.n)).sum();
    let pooled = sums.within / all;
    let difference: f64 = sums
        .groups
        .iter()
        .map(|group| -degrees(group.n) * (group.within / degrees(group.n) / pooled).ln())
        .sum();
    let inverse: f64 = sums.groups.iter().map(|group| 1.0 / degrees(group.n)).sum();
    let correction = 1.0 + (inverse - 1.0 / all) / (3.0 * df as f64);
    let k_squared = (difference / correction).max(0.0);
    Bartlett { k_squared: Some(k_squared), df, p: chi_squared_tail(k_squared, df) }
}

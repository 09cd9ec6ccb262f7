//! Tables of random indices: the mean consistency index of random matrices, by size.

use super::rules::RandomIndex;

/// A random index and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct RandomIndexValue {
    /// The random index.
    pub ri: f64,
    /// The table it was taken from, which is another than asked for beyond that table's end.
    pub table: RandomIndex,
}

const SAATY_1980: &[f64] =
    &[0.0, 0.0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];
const SAATY_2007: &[f64] =
    &[0.0, 0.0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.4, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59];
const SUPER_DECISIONS: &[f64] =
    &[0.0, 0.0, 0.52, 0.89, 1.12, 1.25, 1.35, 1.4, 1.45, 1.49, 1.51, 1.54, 1.56, 1.57, 1.58];
const ALONSO_LAMATA_2006: &[f64] = &[
    0.0, 0.0, 0.5247, 0.8816, 1.1086, 1.2479, 1.3417, 1.4057, 1.4499, 1.4854, 1.514, 1.5365,
    1.5551, 1.5713, 1.5838,
];
const GOLDEN_WANG_1990: &[f64] = &[
    0.0, 0.0, 0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356,
    1.5571, 1.5714, 1.5831,
];
const AHPSURVEY_500K: &[f64] = &[
    0.0, 0.0, 0.5251686, 0.8836651, 1.1081014, 1.2492774, 1.3415514, 1.4048466, 1.4507197,
    1.4857266, 1.5141022, 1.5356638, 1.5545925, 1.5703498, 1.5839958, 1.5955704, 1.6053208,
    1.6140648, 1.62189, 1.6288505, 1.6355145, 1.6410749, 1.6462439, 1.6509834, 1.6554325,
    1.6592237, 1.663105, 1.6662368, 1.6696396, 1.6723214, 1.6751007, 1.6778474, 1.6801459,
    1.6824754, 1.6844494, 1.6865981, 1.6884438, 1.6901943, 1.6918461, 1.6935071, 1.6950605,
    1.6965334, 1.6979425, 1.6992006, 1.7004654, 1.7016392, 1.702778, 1.7038778, 1.7050314,
    1.7060381,
];
const AGUARON_MORENO_2003: &[f64] = &[
    0.0, 0.0, 0.525, 0.882, 1.115, 1.252, 1.341, 1.404, 1.452, 1.484, 1.513, 1.535, 1.555, 1.57,
    1.583, 1.595,
];
const NOBLE_1990: &[f64] =
    &[0.0, 0.0, 0.49, 0.82, 1.03, 1.16, 1.25, 1.31, 1.36, 1.39, 1.42, 1.44, 1.46, 1.48, 1.49];
const TUMALA_WAN_1994: &[f64] = &[
    0.0, 0.0, 0.5, 0.834, 1.046, 1.178, 1.267, 1.326, 1.369, 1.406, 1.433, 1.456, 1.474, 1.491,
    1.501,
];
/// Means over all 17³ and 17⁶ upper triangles on {1/9 … 1/2, 1, 2 … 9}.
const EXACT: &[f64] = &[0.0, 0.0, 0.5244574542912286, 0.884158000696941];
/// For sizes from 4: the index with 0, 1, 2 … missing pairs (Ágoston and Csató 2022, Table 2).
const AGOSTON_CSATO_2022: &[&[f64]] = &[
    &[0.884, 0.583, 0.306, 0.053],
    &[1.109, 0.925, 0.739, 0.557, 0.379, 0.212, 0.059],
    &[1.249, 1.128, 1.007, 0.883, 0.758, 0.634, 0.51, 0.389, 0.271, 0.161],
    &[1.341, 1.256],
];
/// Sizes and values; between them a straight line (Donegan and Dodd 1991).
const DONEGAN_DODD_1991: &[(usize, f64)] = &[
    (1, 0.0),
    (2, 0.0),
    (3, 0.4914),
    (4, 0.8286),
    (5, 1.0591),
    (6, 1.1797),
    (7, 1.2519),
    (8, 1.3171),
    (9, 1.3733),
    (10, 1.4055),
    (11, 1.4213),
    (12, 1.4497),
    (13, 1.4643),
    (14, 1.4822),
    (15, 1.4969),
    (16, 1.5078),
    (17, 1.5153),
    (18, 1.5262),
    (19, 1.5313),
    (20, 1.5371),
    (25, 1.5619),
    (30, 1.5772),
    (40, 1.5976),
    (50, 1.6102),
    (60, 1.6178),
    (70, 1.6237),
    (80, 1.6277),
    (90, 1.6213),
    (100, 1.6339),
];

/// The random index of a table for matrices of `n` items.
///
/// Where the table ends below `n`, the value is that of `ahpsurvey_500k` (to 50 items) or of Alonso
/// and Lamata's line, and the result names that table. For n ≤ 2 it is 0: such judgements cannot
/// contradict each other.
///
/// ```
/// use custval::model::{RandomIndex, random_index};
///
/// assert_eq!(random_index(RandomIndex::Saaty1980, 5).ri, 1.12);
/// assert_eq!(random_index(RandomIndex::Saaty1980, 20).table, RandomIndex::Ahpsurvey500k);
/// ```
pub fn random_index(table: RandomIndex, n: usize) -> RandomIndexValue {
    if n <= 2 {
        return RandomIndexValue { ri: 0.0, table };
    }
    let beyond = if n <= AHPSURVEY_500K.len() && table != RandomIndex::Ahpsurvey500k {
        RandomIndex::Ahpsurvey500k
    } else {
        RandomIndex::AlonsoLamataFit
    };
    match look_up(table, n) {
        Some(ri) => RandomIndexValue { ri, table },
        None => RandomIndexValue { ri: look_up(beyond, n).unwrap_or(fit(n)), table: beyond },
    }
}

/// The random index for matrices of `n` items with `missing` pairs not compared.
///
/// Where Ágoston and Csató (2022) list it, that is the value, whichever table is asked for: no other
/// table knows gaps. Beyond, it is their approximation from the table's own value for complete
/// matrices, RI(n, m) ≈ (1 − 2m/((n − 1)(n − 2))) · RI(n, 0). With only n − 1 judgements it is 0:
/// they cannot contradict each other.
///
/// Ágoston, K. C. and Csató, L. (2022), *Inconsistency thresholds for incomplete pairwise comparison
/// matrices*, Omega 108, 102576.
///
/// ```
/// use custval::model::{RandomIndex, random_index_with_gaps};
///
/// assert_eq!(random_index_with_gaps(RandomIndex::Saaty1980, 4, 0).ri, 0.9);
/// assert_eq!(random_index_with_gaps(RandomIndex::Saaty1980, 4, 1).ri, 0.583);
/// assert_eq!(random_index_with_gaps(RandomIndex::Saaty1980, 8, 21).ri, 0.0);
/// ```
pub fn random_index_with_gaps(table: RandomIndex, n: usize, missing: usize) -> RandomIndexValue {
    let whole = random_index(table, n);
    if missing == 0 || n <= 2 {
        return whole;
    }
    if missing >= (n - 1) * (n - 2) / 2 {
        return RandomIndexValue { ri: 0.0, ..whole };
    }
    let listed = n.checked_sub(4).and_then(|row| AGOSTON_CSATO_2022.get(row)?.get(missing));
    match listed {
        Some(ri) => RandomIndexValue { ri: *ri, table: RandomIndex::AgostonCsato2022 },
        None => {
            let share = 1.0 - (2 * missing) as f64 / ((n - 1) * (n - 2)) as f64;
            RandomIndexValue { ri: share * whole.ri, ..whole }
        }
    }
}

fn look_up(table: RandomIndex, n: usize) -> Option<f64> {
    let listed = match table {
        RandomIndex::Saaty1980 => SAATY_1980,
        RandomIndex::Saaty2007 => SAATY_2007,
        RandomIndex::SuperDecisions => SUPER_DECISIONS,
        RandomIndex::AlonsoLamata2006 => ALONSO_LAMATA_2006,
        RandomIndex::GoldenWang1990 => GOLDEN_WANG_1990,
        RandomIndex::Ahpsurvey500k => AHPSURVEY_500K,
        RandomIndex::AguaronMoreno2003 => AGUARON_MORENO_2003,
        RandomIndex::Noble1990 => NOBLE_1990,
        RandomIndex::TumalaWan1994 => TUMALA_WAN_1994,
        RandomIndex::Exact => EXACT,
        RandomIndex::AlonsoLamataFit => return Some(fit(n)),
        RandomIndex::AgostonCsato2022 => {
            return n.checked_sub(4).and_then(|row| Some(AGOSTON_CSATO_2022.get(row)?[0]));
        }
        RandomIndex::DoneganDodd1991 => return between(DONEGAN_DODD_1991, n),
    };
    listed.get(n - 1).copied()
}

/// RI(n) = (1.7699 n − 4.3513)/(n − 1) (Alonso and Lamata 2006).
fn fit(n: usize) -> f64 {
    (1.7699 * n as f64 - 4.3513) / (n as f64 - 1.0)
}

fn between(listed: &[(usize, f64)], n: usize) -> Option<f64> {
    let after = listed.iter().position(|(size, _)| *size >= n)?;
    let (size, ri) = listed[after];
    if size == n {
        return Some(ri);
    }
    let (size_before, ri_before) = listed[after - 1];
    let share = (n - size_before) as f64 / (size - size_before) as f64;
    Some(ri_before + share * (ri - ri_before))
}

//! The one-way analysis of variance, as SPSS prints it below a k-means clustering, with the tests
//! that stand beside it.

mod effects;
mod normality;
mod options;
mod pairs;
mod ranks;
mod robust;
mod sentences;
mod spread;
mod sums;
pub(crate) mod twofold;

pub use crate::distribution::f_tail;
pub use effects::{Effect, Effects};
pub use normality::Normality;
pub use options::{MOST_COMPARED, Options, Origin};
pub use pairs::Pair;
pub use ranks::KruskalWallis;
pub use robust::Welch;
pub use spread::{Bartlett, Levene};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::distribution::StudentizedRange;
use crate::{Error, Grouping};
use effects::effects;
use normality::normality;
use pairs::{games_howell, too_many, tukey};
use ranks::kruskal_wallis;
use robust::welch;
use serde::{Deserialize, Serialize};
use spread::{Centre, bartlett, levene};
use sums::{Sums, sums};

/// What has to stand beside every such table whose groups are clusters of the same data.
pub const CAVEAT: &str = "The F tests should be used only for descriptive purposes, because the clusters have been chosen to maximise the differences among cases in different clusters. The observed significance levels are not corrected for this and thus cannot be interpreted as tests of the hypothesis that the cluster means are equal.";

/// The largest magnitude of a value, so that no sum of squares overflows.
const LARGEST: f64 = 1e150;

/// The one-way analysis of variance of one variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Anova {
    /// The variable's name.
    pub variable: String,
    /// Cases that have a group.
    pub n: usize,
    /// Between groups, which SPSS calls *Cluster*: Σ nᵢ (x̄ᵢ − x̄)², k − 1 degrees of freedom.
    pub between: Variation,
    /// Within groups, which SPSS calls *Error*: Σᵢ Σⱼ (xᵢⱼ − x̄ᵢ)², n − k degrees of freedom.
    pub within: Variation,
    /// Both together.
    pub total: Total,
    /// F = MS between / MS within; `None` unless it is finite.
    pub f: Option<f64>,
    /// Whether F is a number.
    pub f_is: FIs,
    /// The probability of a larger F were all means equal: 0 for an infinite F, `None` for an
    /// undefined one.
    pub p: Option<f64>,
    /// η² = SS between / SS total.
    pub eta_squared: Option<f64>,
    /// ω² = (SS between − df between · MS within) / (SS total + MS within). Hays (1963); below 0
    /// when F is below 1.
    pub omega_squared: Option<f64>,
    /// The groups that have cases, in their order.
    pub groups: Vec<Group>,
    /// η², ω², ε² and Cohen's f with their intervals.
    pub effects: Effects,
    /// Equal means, without trust in equal variances.
    pub welch: Welch,
    /// Equal variances, by distances from the means.
    pub levene: Levene,
    /// Equal variances, by distances from the medians (Brown and Forsythe).
    pub levene_median: Levene,
    /// Equal variances, where the groups are normal.
    pub bartlett: Bartlett,
    /// Equal locations, by ranks.
    pub kruskal: KruskalWallis,
    /// Each group's test of normality.
    pub normality: Vec<Normality>,
    /// Every pair of groups, with one common variance.
    pub tukey: Vec<Pair>,
    /// Every pair of groups, each with its own variances.
    pub games_howell: Vec<Pair>,
    /// The level of confidence of every interval.
    pub level: f64,
    /// Where the groups come from.
    pub origin: Origin,
    /// What each test says of this variable, and what it cannot say: a plain sentence for each.
    pub sentences: Vec<String>,
    /// What is undefined, and why.
    pub notes: Vec<String>,
}

impl Anova {
    /// The same under another name of the variable, in the sentences too.
    pub fn named(mut self, name: &str) -> Anova {
        self.variable = name.to_string();
        self.sentences = sentences::sentences(&self);
        self
    }
}

/// A sum of squares with its degrees of freedom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variation {
    /// Sum of squares, in the variable's unit squared; never negative.
    pub ss: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// Mean square, `ss / df`; `None` without a degree of freedom.
    pub ms: Option<f64>,
}

/// The whole variation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Total {
    /// Sum of squares, between and within.
    pub ss: f64,
    /// Degrees of freedom, n − 1.
    pub df: usize,
}

/// Whether F is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FIs {
    /// It is.
    Finite,
    /// The means differ and nothing varies within the groups.
    Infinite,
    /// 0/0: nothing varies at all, or no group has more than one case.
    Undefined,
}

/// One group's description.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its name.
    pub group: String,
    /// Its cases.
    pub n: usize,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation (n − 1); `None` for one case.
    pub sd: Option<f64>,
    /// Its smallest value.
    pub min: f64,
    /// Its largest value.
    pub max: f64,
}

/// One table for each variable: `columns[v][case]` are the values of `variables[v]`. Cases
/// without a group, and their values, are left out.
///
/// Sums of squares are computed in twice the working precision from values shifted by the first
/// of their group, so that neither a large mean nor a constant group harms them. Fisher (1925),
/// *Statistical Methods for Research Workers*, VII.
///
/// ```
/// use custval::{Grouping, anova::one_way};
///
/// let groups = Grouping::by_label(&["a", "a", "b", "b"]);
/// let tables = one_way(&["X1".to_string()], &[vec![1.0, 3.0, 5.0, 7.0]], &groups).unwrap();
/// assert_eq!(tables[0].between.ss, 16.0);
/// assert_eq!(tables[0].within.ss, 4.0);
/// assert_eq!(tables[0].f, Some(8.0));
/// ```
///
/// # Errors
/// All at once: fewer than two groups with cases ([`Code::AnovaGroups`]), each value that is not
/// finite or beyond ±1e150 ([`Code::TableValueInvalid`]). Columns of other lengths than the cases
/// are a failure.
pub fn one_way(
    variables: &[String],
    columns: &[Vec<f64>],
    groups: &Grouping,
) -> Result<Vec<Anova>, Error> {
    analyse(variables, columns, groups, &Options::default())
}

/// The same with options.
///
/// # Errors
/// Those of [`one_way`]. A level that is not between 0.5 and 1 is a failure.
pub fn analyse(
    variables: &[String],
    columns: &[Vec<f64>],
    groups: &Grouping,
    options: &Options,
) -> Result<Vec<Anova>, Error> {
    if variables.len() != columns.len()
        || columns.iter().any(|column| column.len() != groups.cases())
    {
        return Err(Error::internal(
            "the analysis of variance needs a column for each variable and a value for each case",
        ));
    }
    if !(options.level >= 0.5 && options.level < 1.0) {
        return Err(Error::internal("the level of confidence must be from 0.5 to below 1"));
    }
    check(variables, columns, groups)?;
    // All variables have the same groups, and share what is known of their range.
    let mut range = None;
    Ok(variables
        .iter()
        .zip(columns)
        .map(|(variable, column)| {
            let members = members(column, groups);
            if range.is_none() {
                range = StudentizedRange::new(members.len());
            }
            table(variable, &members, groups.labels(), options, &mut range)
        })
        .collect())
}

fn check(variables: &[String], columns: &[Vec<f64>], groups: &Grouping) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let mut used = vec![false; groups.labels().len()];
    for group in groups.of().iter().flatten() {
        used[*group] = true;
    }
    let count = used.iter().filter(|&&used| used).count();
    if count < 2 {
        let found = if count == 0 { "no group has" } else { "only one group has" };
        log.push(
            Diagnostic::error(Code::AnovaGroups, format!("{found} cases"))
                .hint("an analysis of variance compares at least two groups"),
        );
    }
    for (variable, column) in variables.iter().zip(columns) {
        for (case, value) in column.iter().enumerate() {
            // Written so that NaN fails it too.
            let usable = value.abs() <= LARGEST;
            if groups.of()[case].is_some() && !usable {
                let message = format!("{variable} of case {} is {value}", case + 1);
                log.push(Diagnostic::error(Code::TableValueInvalid, message).hint(
                    "finite numbers up to 1e150 can be used; leave out cases without a value",
                ));
            }
        }
    }
    log.refuse_if_faulty()
}

/// For each group with cases its position and its values, in case order.
fn members(column: &[f64], groups: &Grouping) -> Vec<(usize, Vec<f64>)> {
    let mut members: Vec<(usize, Vec<f64>)> =
        (0..groups.labels().len()).map(|group| (group, Vec::new())).collect();
    for (value, group) in column.iter().zip(groups.of()) {
        if let Some(group) = group {
            members[*group].1.push(*value);
        }
    }
    members.retain(|(_, values)| !values.is_empty());
    members
}

fn table(
    variable: &str,
    members: &[(usize, Vec<f64>)],
    labels: &[String],
    options: &Options,
    range: &mut Option<StudentizedRange>,
) -> Anova {
    let sums = &sums(members);
    let n: usize = sums.groups.iter().map(|group| group.n).sum();
    let (df_between, df_within) = (sums.groups.len() - 1, n - sums.groups.len());
    let ms_between = mean_square(sums.between, df_between);
    let ms_within = mean_square(sums.within, df_within);
    let mut notes = Vec::new();
    let (f_is, f) = ratio(sums, ms_between, ms_within, &mut notes);
    let p = match f_is {
        FIs::Finite => f.and_then(|f| f_tail(f, df_between, df_within)),
        FIs::Infinite => Some(0.0),
        FIs::Undefined => None,
    };
    if f_is == FIs::Finite && p == Some(0.0) {
        notes.push("p is smaller than the smallest number of the machine, about 1e-308.".into());
    }
    let effects =
        effects((sums.between, sums.within), (df_between, df_within), f, options.level, &mut notes);
    let level = options.level;
    let (tukey, games_howell) = match (too_many(sums.groups.len()), range.as_mut()) {
        (Some(note), _) => {
            notes.push(note);
            Default::default()
        }
        (None, Some(range)) => (
            tukey(sums, labels, level, range, &mut notes),
            games_howell(sums, labels, level, range, &mut notes),
        ),
        (None, None) => Default::default(),
    };
    let total = sums.between + sums.within;
    let squared = sums.unit * sums.unit;
    let variation = |ss: f64, df: usize, ms: Option<f64>| Variation {
        ss: ss * squared,
        df,
        ms: ms.map(|ms| ms * squared),
    };
    let label = |group: usize| labels.get(group).map_or("", String::as_str);
    let anova = Anova {
        variable: variable.to_string(),
        n,
        between: variation(sums.between, df_between, ms_between),
        within: variation(sums.within, df_within, ms_within),
        total: Total { ss: total * squared, df: n - 1 },
        f,
        f_is,
        p,
        eta_squared: effects.eta_squared.value,
        omega_squared: effects.omega_squared.value,
        groups: described(sums, labels),
        effects,
        welch: welch(sums, &mut notes),
        levene: levene(members, sums, Centre::Mean, &mut notes),
        levene_median: levene(members, sums, Centre::Median, &mut notes),
        bartlett: bartlett(sums, &mut notes),
        kruskal: kruskal_wallis(members, &mut notes),
        normality: members.iter().map(|(g, values)| normality(label(*g), values)).collect(),
        tukey,
        games_howell,
        level,
        origin: options.origin,
        sentences: Vec::new(),
        notes,
    };
    anova.named(variable)
}

fn mean_square(ss: f64, df: usize) -> Option<f64> {
    (df > 0).then(|| ss / df as f64)
}

fn ratio(
    sums: &Sums,
    between: Option<f64>,
    within: Option<f64>,
    notes: &mut Vec<String>,
) -> (FIs, Option<f64>) {
    match (between, within) {
        (Some(between), Some(within)) if within > 0.0 => {
            let f = between / within;
            if f.is_finite() {
                return (FIs::Finite, Some(f));
            }
            notes.push("F exceeds the largest number of the machine.".into());
            (FIs::Infinite, None)
        }
        (_, None) => {
            notes.push("F is undefined: every group has a single case, so nothing tells how far cases vary within groups.".into());
            (FIs::Undefined, None)
        }
        _ if sums.between > 0.0 => {
            notes.push(
                "F is infinite: the means differ, and within every group all values are equal."
                    .into(),
            );
            (FIs::Infinite, None)
        }
        _ => {
            notes.push("F is undefined: all values are equal.".into());
            (FIs::Undefined, None)
        }
    }
}

fn described(sums: &Sums, labels: &[String]) -> Vec<Group> {
    sums.groups
        .iter()
        .map(|group| Group {
            group: labels.get(group.group).cloned().unwrap_or_default(),
            n: group.n,
            mean: group.mean,
            sd: (group.n > 1).then(|| (group.within / (group.n - 1) as f64).sqrt() * sums.unit),
            min: group.min,
            max: group.max,
        })
        .collect()
}

#[cfg(test)]
mod tests;

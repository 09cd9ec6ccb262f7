//! What a clustering is asked to do, and the check that it can be done.

use super::points::Points;
use super::rows::Rows;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Standardise;
use serde::{Serialize, Serializer};

/// The most clusters that can be asked for: the distances between all centres are kept.
pub const MOST_CLUSTERS: usize = 1_000;

/// Where the first centres come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// IBM's one-pass rule of SPSS QUICK CLUSTER: distant cases, chosen in one pass.
    Spss,
    /// The first k complete cases, the `NOINITIAL` of SPSS.
    First,
    /// The cases of these numbers, counted from 1; their number is k.
    Cases(Vec<usize>),
    /// k-means++ (Arthur & Vassilvitskii, 2007), the best of the seeded draws, moved to the means
    /// of the cases nearest to them.
    KmeansPlusPlus,
}

impl Start {
    /// The start in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Start::Spss => "spss",
            Start::First => "first",
            Start::Cases(_) => "cases",
            Start::KmeansPlusPlus => "kmeans++",
        }
    }
}

impl Serialize for Start {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What a clustering is asked to do. Not yet checked: [`Options::check`] does that.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The number of clusters.
    pub k: usize,
    /// Where the first centres come from.
    pub start: Start,
    /// The units in which distances are measured.
    pub standardise: Standardise,
    /// At most so many iterations, `MXITER`. SPSS stops after 10 unless told otherwise, often
    /// before the centres stand still; the default here is 100.
    pub max_iterations: usize,
    /// `CONVERGE`: stop when no centre moves by more than this share of the smallest distance
    /// between initial centres; 0 is to stop when nothing moves.
    pub converge: f64,
    /// The seed of everything random; the same seed gives the same result on every machine.
    pub seed: u64,
    /// How many seeded k-means++ starts look for a better partition; 0 is not to look.
    pub restarts: usize,
    /// The quality of 2 up to this many clusters is compared; below 2 is not to compare.
    pub compare_up_to: usize,
}

impl Options {
    /// k clusters, everything else as it is by default.
    pub fn new(k: usize) -> Self {
        Options {
            k,
            start: Start::Spss,
            standardise: Standardise::None,
            max_iterations: 100,
            converge: 0.0,
            seed: 1,
            restarts: 50,
            compare_up_to: 8,
        }
    }

    /// Checks the options against the table.
    ///
    /// # Errors
    /// All faults at once: k below 1, beyond [`MOST_CLUSTERS`] or not that of the named cases, a stopping rule out of range,
    /// a named case that is not there, repeated or incomplete ([`Code::ClusterOptionInvalid`]), a
    /// constant variable where it must be standardised ([`Code::ClusterConstantVariable`]), fewer
    /// different complete cases than clusters ([`Code::ClusterTooFewCases`]).
    pub fn check(self, points: &Points) -> Result<Plan<'_>, Error> {
        let mut log = Diagnostics::new();
        self.check_numbers(&mut log);
        self.check_named_cases(points, &mut log);
        let rows = Rows::new(points, self.standardise);
        self.check_spread(points, &rows, &mut log);
        let distinct = Rows::new(points, Standardise::None)
            .distinct(self.k.max(self.compare_up_to).min(MOST_CLUSTERS));
        if distinct < self.k.min(MOST_CLUSTERS) {
            let left_out = points.cases() - rows.n();
            let without = match left_out {
                0 => String::new(),
                _ => format!(" ({left_out} more lack a value)"),
            };
            log.push(
                Diagnostic::error(
                    Code::ClusterTooFewCases,
                    format!(
                        "{} clusters of {} complete cases{without}, of which {distinct} are different",
                        self.k,
                        rows.n()
                    ),
                )
                .hint("ask for no more clusters than there are different complete cases"),
            );
        }
        log.refuse_if_faulty()?;
        Ok(Plan { options: self, points, rows, distinct })
    }

    fn check_numbers(&self, log: &mut Diagnostics) {
        let mut fault = |message: String, hint: &str| {
            log.push(Diagnostic::error(Code::ClusterOptionInvalid, message).hint(hint));
        };
        if self.k < 1 {
            fault("0 clusters were asked for".into(), "ask for at least 1");
        }
        if self.k.max(self.compare_up_to) > MOST_CLUSTERS {
            fault(
                format!("{} clusters were asked for", self.k.max(self.compare_up_to)),
                "ask for, and compare, at most 1,000",
            );
        }
        if self.max_iterations < 1 {
            fault("0 iterations were allowed".into(), "allow at least 1");
        }
        // Written so that NaN fails it too.
        if !(0.0..1.0).contains(&self.converge) {
            fault(
                format!("the convergence criterion is {}", self.converge),
                "it is a share of the smallest distance between initial centres: 0 up to, but not, 1",
            );
        }
    }

    fn check_named_cases(&self, points: &Points, log: &mut Diagnostics) {
        let Start::Cases(named) = &self.start else { return };
        let mut fault = |message: String, hint: String| {
            log.push(Diagnostic::error(Code::ClusterOptionInvalid, message).hint(hint));
        };
        if named.len() != self.k {
            fault(
                format!("{} cases are named as the start of {} clusters", named.len(), self.k),
                "name one case for each cluster".into(),
            );
        }
        for (position, &case) in named.iter().enumerate() {
            if case < 1 || case > points.cases() {
                fault(
                    format!("the start names case {case}, which is not in the table"),
                    format!("cases are numbered from 1 to {}", points.cases()),
                );
                continue;
            }
            if named[..position].contains(&case) {
                fault(format!("the start names case {case} twice"), "name another case".into());
            }
            let missing: Vec<&str> = (points.variables().iter())
                .zip(points.row(case - 1))
                .filter(|(_, value)| value.is_nan())
                .map(|(name, _)| name.as_str())
                .collect();
            if !missing.is_empty() {
                fault(
                    format!("the start names case {case}, which lacks {}", missing.join(", ")),
                    "name a case without missing values".into(),
                );
            }
        }
    }

    fn check_spread(&self, points: &Points, rows: &Rows, log: &mut Diagnostics) {
        if self.standardise == Standardise::None || rows.n() == 0 {
            return;
        }
        for (name, (_, scale)) in points.variables().iter().zip(&rows.scaling) {
            // A single case has no standard deviation: NaN fails this too.
            if scale.is_nan() || *scale <= 0.0 {
                log.push(
                    Diagnostic::error(
                        Code::ClusterConstantVariable,
                        format!("{name} has the same value in all complete cases"),
                    )
                    .hint("leave this variable out, or do not standardise"),
                );
            }
        }
    }
}

/// A clustering that can be run: options that fit their table.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    pub(super) options: Options,
    pub(super) points: &'a Points,
    pub(super) rows: Rows,
    /// Different rows, counted up to the most clusters that are asked for or compared.
    pub(super) distinct: usize,
}

impl Plan<'_> {
    /// The options, checked.
    pub fn options(&self) -> &Options {
        &self.options
    }
}

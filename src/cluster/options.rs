//! What a clustering is asked to do, and the check that it can be done.

use super::points::Points;
use super::quality::SILHOUETTE_LIMIT;
use super::rows::Rows;
use super::threads;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{GapDistance, Incomplete, Standardise, Update};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The most clusters that can be asked for: the distances between all centres are kept.
pub const MOST_CLUSTERS: usize = 1_000;
/// The most starts, references or bootstrap draws that can be asked for.
pub const MOST_DRAWS: usize = 100_000;

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
    /// The centres of an earlier result, to which cases are assigned ([`Centres`](super::Centres)).
    /// A clustering cannot be asked to start there.
    Saved,
}

impl Start {
    /// The start in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Start::Spss => "spss",
            Start::First => "first",
            Start::Cases(_) => "cases",
            Start::KmeansPlusPlus => "kmeans++",
            Start::Saved => "saved",
        }
    }
}

impl Serialize for Start {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// The word alone: which cases they were is told by [`Clusters::start_cases`](super::Clusters).
impl<'de> Deserialize<'de> for Start {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let starts = [
            Start::Spss,
            Start::First,
            Start::Cases(Vec::new()),
            Start::KmeansPlusPlus,
            Start::Saved,
        ];
        let found = starts.into_iter().find(|start| start.word() == word);
        found.ok_or_else(|| de::Error::custom(format!("there is no start “{word}”")))
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
    /// 1 up to this many clusters are compared; 0 is not to compare.
    pub compare_up_to: usize,
    /// When centres move: after a whole pass, or at once, SPSS's `UPDATE`.
    pub update: Update,
    /// Whether a case that lacks some of the variables takes part, SPSS's `MISSING`.
    pub incomplete: Incomplete,
    /// How many structureless reference tables the gap statistic and the elbow are judged by; 0 is
    /// to leave both out. Else at least 2.
    pub gap_references: usize,
    /// The distances that the gap statistic adds up.
    pub gap_distance: GapDistance,
    /// How many times the cases are drawn anew to see which clusters come back; 0 is not to see.
    pub bootstraps: usize,
    /// Up to so many cases silhouettes are exact; beyond, they are those of a seeded sample of this
    /// size. At least 2.
    pub silhouette_limit: usize,
    /// Threads to work on; 0 is as many as the machine runs at once. The result does not depend
    /// on it.
    pub threads: usize,
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
            compare_up_to: 10,
            update: Update::Batch,
            incomplete: Incomplete::Listwise,
            gap_references: 20,
            gap_distance: GapDistance::Squared,
            bootstraps: 50,
            silhouette_limit: SILHOUETTE_LIMIT,
            threads: 0,
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
        let rows = Rows::new(points, self.standardise, self.incomplete);
        self.check_spread(points, &rows, &mut log);
        let whole = rows.has_gaps.then(|| rows.without_gaps());
        // In the variables' own units: standardising a constant gives no numbers.
        let distinct = Rows::new(points, Standardise::None, Incomplete::Listwise)
            .distinct(self.k.max(self.compare_up_to).min(MOST_CLUSTERS));
        if distinct < self.k.min(MOST_CLUSTERS) {
            let complete = whole.as_ref().map_or(rows.n(), Rows::n);
            let left_out = points.cases() - complete;
            let without = match left_out {
                0 => String::new(),
                _ => format!(" ({left_out} more lack a value or a weight)"),
            };
            log.push(
                Diagnostic::error(
                    Code::ClusterTooFewCases,
                    format!(
                        "{} clusters of {} complete cases{without}, of which {distinct} are different",
                        self.k, complete
                    ),
                )
                .hint("ask for no more clusters than there are different complete cases"),
            );
        }
        log.refuse_if_faulty()?;
        Ok(Plan { options: self, points, rows, whole, distinct })
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
        if self.gap_references == 1 {
            fault(
                "1 reference was asked for, which has no standard error".into(),
                "ask for at least 2 references, or for 0 to leave the gap statistic out",
            );
        }
        if self.silhouette_limit < 2 {
            fault(
                format!("silhouettes of {} cases were asked for", self.silhouette_limit),
                "ask for at least 2",
            );
        }
        for (count, what) in [
            (self.restarts, "starts"),
            (self.gap_references, "references"),
            (self.bootstraps, "bootstrap draws"),
        ] {
            if count > MOST_DRAWS {
                fault(format!("{count} {what} were asked for"), "ask for at most 100,000");
            }
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
            if !points.weighs(case - 1) {
                fault(
                    format!("the start names case {case}, which has no weight above 0"),
                    "name a case that takes part".into(),
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
    /// The cases that take part.
    pub(super) rows: Rows,
    /// Those of them that lack no value, where some do.
    pub(super) whole: Option<Rows>,
    /// Different complete rows, counted up to the most clusters that are asked for or compared.
    pub(super) distinct: usize,
}

impl Plan<'_> {
    /// The options, checked.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The rows that lack no value: those that starts are chosen from and indices measured on.
    pub(super) fn whole(&self) -> &Rows {
        self.whole.as_ref().unwrap_or(&self.rows)
    }

    /// The threads to work on.
    pub(super) fn threads(&self) -> usize {
        match self.options.threads {
            0 => threads::of_the_machine(),
            some => some,
        }
    }
}

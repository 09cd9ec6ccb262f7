//! Faults, warnings and notes as data: what was found, where, and how to mend it.
//!
//! A reader never stops at the first fault. It pushes a [`Diagnostic`] onto a [`Diagnostics`] log
//! and reads on; the caller closes the door with [`Diagnostics::refuse_if_faulty`]. Warnings
//! (repairs and guesses) stay with the results that they concern.

mod catalogue;
mod place;
mod render;

pub use catalogue::Code;
pub use place::{Place, cell_name};

use crate::text::bearable;
use serde::{Deserialize, Serialize};

/// How grave a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something worth knowing; nothing was changed or guessed.
    Note,
    /// A repair or a guess was made, and is stated.
    Warning,
    /// The input has to be mended before there is a result.
    Error,
}

/// One fault, warning or note.
///
/// ```
/// use custval::diagnostic::{Code, Diagnostic, Place};
///
/// let fault = Diagnostic::error(Code::ScoreOutOfScale, "the score is 7")
///     .at(Place::cell("scores.xlsx", "Score Ann", 4, 2))
///     .hint("scores run from 1 to 5");
/// assert_eq!(
///     fault.to_string(),
///     "error[score-out-of-scale]: the score is 7\n  --> scores.xlsx  'Score Ann'!C5\n  help: scores run from 1 to 5"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Its name in the catalogue, for `custval explain`.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// Where it was found, as exactly as the input allows.
    pub place: Option<Place>,
    /// What was found, in one sentence.
    pub message: String,
    /// What is expected, or how to mend it.
    pub hint: Option<String>,
}

impl Diagnostic {
    fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        let message = bearable(&message.into());
        Diagnostic { code, severity, place: None, message, hint: None }
    }

    /// A fault that the user has to mend.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A repair or a guess.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Something worth knowing.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// Adds the place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Adds what is expected or how to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(bearable(&hint.into()));
        self
    }
}

/// All that a run has to say about its input, in the order in which it was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another log.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// All diagnostics, as found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether any of them is an error.
    pub fn is_faulty(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// The warnings alone, as they are kept with the results.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        self.0.iter().filter(|d| d.severity == Severity::Warning).cloned().collect()
    }

    /// Hands the log on as an error if it holds one.
    ///
    /// # Errors
    /// [`Error::Input`](crate::Error::Input) with the whole log, warnings included.
    pub fn refuse_if_faulty(&self) -> Result<(), crate::Error> {
        if self.is_faulty() { Err(crate::Error::Input(self.clone())) } else { Ok(()) }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Diagnostics(vec![diagnostic])
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Diagnostics(diagnostics.into_iter().collect())
    }
}

/// The known name nearest to what was written, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody mistypes a name of a hundred letters; comparing very long ones takes very long.
    if written.chars().nth(100).is_some() {
        return None;
    }
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&written, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.82)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

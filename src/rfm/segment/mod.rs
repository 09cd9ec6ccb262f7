//! Segment maps: which scores make which segment.

mod builtin;
mod check;
mod coverage;
mod draft;
mod scores;

pub use coverage::{Coverage, MapCells};
pub(super) use scores::code;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::model::gather::{Text, gather};
use crate::model::kind;
use crate::text::list;
use serde::Serialize;

/// What a map's key `kind` says.
pub(super) const KIND: &str = "segments";

/// A segment of a map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Segment {
    /// Its name.
    pub name: String,
    /// What its customers are like.
    pub description: String,
    /// What to do about them.
    pub action: String,
    #[serde(skip)]
    rule: Rule,
}

/// Which cells belong to a segment.
#[derive(Clone, Debug, PartialEq)]
enum Rule {
    /// Those whose score in each letter lies in its range, ends included, in one of these blocks.
    Blocks(Vec<Vec<(u32, u32)>>),
    /// Those listed.
    Cells(Vec<Vec<u32>>),
    /// Those whose overall score, the sum of the scores counted from 0, lies in this range.
    Overall(u32, u32),
}

impl Segment {
    fn holds(&self, scores: &[u32]) -> bool {
        let is_within = |(score, (low, high)): (&u32, &(u32, u32))| low <= score && score <= high;
        match &self.rule {
            Rule::Blocks(blocks) => {
                blocks.iter().any(|block| scores.iter().zip(block).all(is_within))
            }
            Rule::Cells(cells) => cells.iter().any(|cell| cell == scores),
            Rule::Overall(low, high) => {
                let overall = scores.iter().map(|score| score.saturating_sub(1)).sum();
                (*low..=*high).contains(&overall)
            }
        }
    }
}

/// A map from scores to segments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SegmentMap {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub reference: String,
    /// The letters of its scores, in order: R, F, M and kin.
    pub letters: Vec<String>,
    /// How many levels each score has.
    pub levels: u32,
    /// Its segments; of several that fit the first counts, unless they overlap by design.
    pub segments: Vec<Segment>,
    /// The segment of customers who fit none.
    pub otherwise: Option<String>,
    /// Whether a customer may be in several segments.
    pub overlapping: bool,
}

impl SegmentMap {
    /// The names of the maps that are built in.
    pub fn builtin() -> Vec<&'static str> {
        builtin::MAPS.iter().map(|(name, _)| *name).collect()
    }

    /// Whether a text is a segment map rather than a model: it says `kind = "segments"`.
    pub fn is_one(text: &str) -> bool {
        kind(text).as_deref() == Some(KIND)
    }

    /// A built-in map by its name, or one from a file. Faults go to the log.
    ///
    /// ```
    /// use custval::diagnostic::Diagnostics;
    /// use custval::rfm::SegmentMap;
    ///
    /// let map = SegmentMap::open("rf-10", &mut Diagnostics::new()).unwrap();
    /// assert_eq!(map.segments(&[5, 4]), ["Champions"]);
    /// ```
    pub fn open(name: &str, log: &mut Diagnostics) -> Option<SegmentMap> {
        let path = std::path::Path::new(name);
        if !path.is_file()
            && let Some((_, text)) = builtin::MAPS.iter().find(|(known, _)| *known == name)
        {
            return SegmentMap::parse(text, &format!("{name} (built in)"), log);
        }
        match std::fs::read_to_string(path) {
            Ok(text) => SegmentMap::parse(&text, name, log),
            Err(error) => {
                let fault =
                    Diagnostic::error(Code::FileUnreadable, format!("cannot read: {error}"))
                        .at(Place::file(name))
                        .hint(format!(
                            "give a map file, or a built-in map: {}",
                            list(&SegmentMap::builtin())
                        ));
                log.push(fault);
                None
            }
        }
    }

    /// A map from its TOML text; `file` names it in faults, which go to the log, all at once.
    ///
    /// ```
    /// use custval::diagnostic::Diagnostics;
    /// use custval::rfm::SegmentMap;
    ///
    /// let text = r#"
    /// kind = "segments"
    /// name = "two"
    /// levels = 3
    /// letters = ["R", "F"]
    /// otherwise = "Rest"
    /// [[segment]]
    /// name = "Regulars"
    /// scores = [{ R = "3", F = "2-3" }, { R = "2", F = "3" }]
    /// "#;
    /// let map = SegmentMap::parse(text, "two.toml", &mut Diagnostics::new()).unwrap();
    /// assert_eq!([map.segment(&[2, 3]), map.segment(&[1, 3])], [Some("Regulars"), Some("Rest")]);
    ///
    /// let mut log = Diagnostics::new();
    /// let faulty = text.replace("\"2-3\"", "\"2-4\"").replace("otherwise", "otherwize");
    /// assert!(SegmentMap::parse(&faulty, "two.toml", &mut log).is_none());
    /// assert_eq!(log.len(), 2);
    /// assert!(log.text(false).contains("two.toml:9"));
    /// ```
    pub fn parse(text: &str, file: &str, log: &mut Diagnostics) -> Option<SegmentMap> {
        let source = Text::new(file, text);
        let mut own = Diagnostics::new();
        let draft = gather(&source, &mut own);
        let map = draft.map(|draft| check::check(draft, &source, &mut own));
        let is_sound = !own.is_faulty();
        log.extend(own);
        map.filter(|_| is_sound)
    }

    /// The segments of a customer with these scores, one for each letter of the map: all that fit if
    /// they overlap, else the first.
    pub fn segments(&self, scores: &[u32]) -> Vec<&str> {
        let fit = self.segments.iter().filter(|segment| segment.holds(scores));
        let most = if self.overlapping { usize::MAX } else { 1 };
        let found: Vec<&str> = fit.map(|segment| segment.name.as_str()).take(most).collect();
        match (found.is_empty(), &self.otherwise) {
            (true, Some(otherwise)) => vec![otherwise],
            _ => found,
        }
    }

    /// The names of the segments, and behind them the one of who fits none.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.segments.iter().map(|segment| &segment.name);
        names.chain(&self.otherwise).cloned().collect()
    }

    /// The same as [`SegmentMap::segments`], each a bit by its place among the names.
    pub(super) fn fits(&self, scores: &[u32]) -> u64 {
        let fit = (0..self.segments.len()).filter(|at| self.segments[*at].holds(scores));
        let most = if self.overlapping { usize::MAX } else { 1 };
        let bits = fit.take(most).fold(0, |bits, at| bits | 1 << at);
        match (bits, &self.otherwise) {
            (0, Some(_)) => 1 << self.segments.len(),
            _ => bits,
        }
    }

    /// The segment that a customer counts in: the first that fits.
    pub fn segment(&self, scores: &[u32]) -> Option<&str> {
        self.segments(scores).first().copied()
    }
}

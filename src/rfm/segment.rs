//! Segment maps: which scores make which segment.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::model::gather::{Text, gather};
use crate::text::list;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;

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
    /// Those whose score in each letter lies in its range, ends included.
    Ranges(Vec<(u32, u32)>),
    /// Those listed.
    Cells(Vec<Vec<u32>>),
}

impl Segment {
    fn holds(&self, scores: &[u32]) -> bool {
        match &self.rule {
            Rule::Ranges(ranges) => {
                scores.iter().zip(ranges).all(|(score, (low, high))| low <= score && score <= high)
            }
            Rule::Cells(cells) => cells.iter().any(|cell| cell == scores),
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

/// The map as it stands in its file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    #[serde(rename = "kind")]
    _kind: String,
    name: String,
    title: Option<String>,
    reference: Option<String>,
    levels: Spanned<u32>,
    letters: Spanned<Vec<String>>,
    otherwise: Option<String>,
    #[serde(default)]
    overlapping: bool,
    #[serde(default)]
    segment: Vec<DraftSegment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftSegment {
    name: Spanned<String>,
    scores: Option<Spanned<BTreeMap<String, Spanned<String>>>>,
    cells: Option<Spanned<Vec<String>>>,
    description: Option<String>,
    action: Option<String>,
}

/// The maps that are built in.
const BUILTIN: [(&str, &str); 6] = [
    ("rf-10", include_str!("../../models/segments/rf-10.toml")),
    ("rfm-11", include_str!("../../models/segments/rfm-11.toml")),
    ("rfm-11-r02", include_str!("../../models/segments/rfm-11-r02.toml")),
    ("quartiles-5", include_str!("../../models/segments/quartiles-5.toml")),
    ("notebook", include_str!("../../models/segments/notebook.toml")),
    ("eight-groups", include_str!("../../models/segments/eight-groups.toml")),
];

/// A map may have so many segments.
const MOST_SEGMENTS: usize = 60;

/// More cells than this are not looked at one by one.
const MOST_CELLS: u64 = 100_000;

impl SegmentMap {
    /// The names of the maps that are built in.
    pub fn builtin() -> Vec<&'static str> {
        BUILTIN.iter().map(|(name, _)| *name).collect()
    }

    /// Whether a text is a segment map rather than a model.
    pub fn is_one(text: &str) -> bool {
        text.lines()
            .map(|line| line.split('#').next().unwrap_or_default().replace(' ', ""))
            .any(|line| line == "kind=\"segments\"")
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
            && let Some((_, text)) = BUILTIN.iter().find(|(known, _)| *known == name)
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

    /// A map from its TOML text; `file` names it in faults, which go to the log.
    pub fn parse(text: &str, file: &str, log: &mut Diagnostics) -> Option<SegmentMap> {
        let source = Text::new(file, text);
        let draft: Draft = gather(&source, log)?;
        let mut own = Diagnostics::new();
        let (levels, letters) = (*draft.levels.get_ref(), draft.letters.get_ref().clone());
        let mut fault = |span: std::ops::Range<usize>, key: &str, message: String, hint: &str| {
            let place = source.place(&span, Some(key));
            own.push(Diagnostic::error(Code::SegmentMap, message).at(place).hint(hint));
        };
        if !(1..=20).contains(&levels) {
            let message = format!("a map of {levels} levels");
            fault(draft.levels.span(), "levels", message, "from 1 to 20 levels");
        }
        let is_letter = |letter: &String| {
            letter.chars().count() == 1 && letter.chars().all(|c| c.is_ascii_uppercase())
        };
        if letters.is_empty() || !letters.iter().all(is_letter) {
            let message = format!("the letters are {}", list(&letters));
            fault(
                draft.letters.span(),
                "letters",
                message,
                "capital letters, such as [\"R\", \"F\", \"M\"]",
            );
        }
        if draft.segment.is_empty() {
            fault(
                draft.letters.span(),
                "segment",
                "the map has no segment".to_string(),
                "add [[segment]] with name and scores",
            );
        }
        if draft.segment.len() > MOST_SEGMENTS {
            let message = format!("a map of {} segments", draft.segment.len());
            let hint = format!("at most {MOST_SEGMENTS}");
            fault(draft.letters.span(), "segment", message, &hint);
        }
        let mut segments = Vec::new();
        for segment in &draft.segment {
            let name = segment.name.get_ref();
            let rule = match (&segment.scores, &segment.cells) {
                (Some(scores), None) => {
                    let mut ranges = vec![(1, levels); letters.len()];
                    for (letter, written) in scores.get_ref() {
                        let at = letters.iter().position(|known| known == letter);
                        let range = range(written.get_ref(), levels);
                        match (at, range) {
                            (Some(at), Some(range)) => ranges[at] = range,
                            (None, _) => fault(
                                written.span(),
                                letter,
                                format!("“{name}” asks for {letter}, which the map has not"),
                                "the letters stand in `letters`",
                            ),
                            (_, None) => fault(
                                written.span(),
                                letter,
                                format!("“{}” is no range of scores", written.get_ref()),
                                "one score, \"3\", or two, \"1-3\", from 1 to the map's levels",
                            ),
                        }
                    }
                    Rule::Ranges(ranges)
                }
                (None, Some(cells)) => {
                    let mut list = Vec::new();
                    for cell in cells.get_ref() {
                        match scores_of(cell, letters.len(), levels) {
                            Some(scores) => list.push(scores),
                            None => fault(
                                cells.span(),
                                "cells",
                                format!("“{cell}” is no cell"),
                                "one digit a letter, such as \"344\"",
                            ),
                        }
                    }
                    Rule::Cells(list)
                }
                _ => {
                    fault(
                        segment.name.span(),
                        "segment",
                        format!("“{name}” has neither scores nor cells, or both"),
                        "scores = { R = \"4-5\", F = \"1\" } or cells = [\"51\", \"41\"]",
                    );
                    continue;
                }
            };
            segments.push(Segment {
                name: name.clone(),
                description: segment.description.clone().unwrap_or_default(),
                action: segment.action.clone().unwrap_or_default(),
                rule,
            });
        }
        let is_sound = !own.is_faulty();
        log.extend(own);
        is_sound.then(|| SegmentMap {
            title: draft.title.unwrap_or_else(|| draft.name.clone()),
            name: draft.name,
            reference: draft.reference.unwrap_or_default(),
            letters,
            levels,
            segments,
            otherwise: draft.otherwise,
            overlapping: draft.overlapping,
        })
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

    /// Every cell with the segments that fit it.
    pub fn cells(&self) -> MapCells {
        let letters = self.letters.len() as u32;
        let count = u64::from(self.levels).saturating_pow(letters).min(MOST_CELLS);
        let mut cells = Vec::new();
        for number in 0..count {
            let mut rest = number;
            let mut scores = vec![1; self.letters.len()];
            for score in scores.iter_mut().rev() {
                *score = (rest % u64::from(self.levels)) as u32 + 1;
                rest /= u64::from(self.levels);
            }
            let fit = self.segments.iter().filter(|segment| segment.holds(&scores));
            let fit: Vec<String> = fit.map(|segment| segment.name.clone()).collect();
            cells.push((scores, fit));
        }
        MapCells(cells)
    }

    /// Which cells are covered twice or never, and which segments no cell reaches.
    pub fn coverage(&self) -> Coverage {
        let cells = self.cells().0;
        let code = |scores: &[u32]| code(scores, self.levels);
        let twice = cells
            .iter()
            .filter(|(_, fit)| fit.len() > 1)
            .map(|(scores, fit)| (code(scores), fit.clone()))
            .collect();
        let never = cells
            .iter()
            .filter(|(_, fit)| fit.is_empty())
            .map(|(scores, _)| code(scores))
            .collect();
        let reached = |name: &String| cells.iter().any(|(_, fit)| fit.first() == Some(name));
        let shadowed = self
            .segments
            .iter()
            .map(|segment| segment.name.clone())
            .filter(|name| !self.overlapping && !reached(name))
            .collect();
        Coverage { cells: cells.len(), twice, never, shadowed }
    }
}

/// Every cell with the segments that fit it.
#[derive(Clone, Debug, PartialEq)]
pub struct MapCells(pub Vec<(Vec<u32>, Vec<String>)>);

/// How a map covers its cells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// How many cells there are.
    pub cells: usize,
    /// Cells that several segments fit, with them; the first counts.
    pub twice: Vec<(String, Vec<String>)>,
    /// Cells that no segment fits.
    pub never: Vec<String>,
    /// Segments that no customer can be in, since earlier ones take all their cells.
    pub shadowed: Vec<String>,
}

/// Scores as a code: 344, or 10-3-4 where there are more than nine levels.
pub(super) fn code(scores: &[u32], levels: u32) -> String {
    let written: Vec<String> = scores.iter().map(u32::to_string).collect();
    written.join(if levels > 9 { "-" } else { "" })
}

fn range(written: &str, levels: u32) -> Option<(u32, u32)> {
    let (low, high) = written.split_once('-').unwrap_or((written, written));
    let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    (1 <= low && low <= high && high <= levels).then_some((low, high))
}

fn scores_of(cell: &str, letters: usize, levels: u32) -> Option<Vec<u32>> {
    let parts: Vec<u32> = if levels > 9 {
        cell.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?
    } else {
        cell.chars().map(|digit| digit.to_digit(10)).collect::<Option<_>>()?
    };
    let is_sound = parts.len() == letters && parts.iter().all(|score| (1..=levels).contains(score));
    is_sound.then_some(parts)
}

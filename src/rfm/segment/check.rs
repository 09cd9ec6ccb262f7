//! What must hold of a draft before it is a map.

use super::coverage::MOST_CELLS;
use super::draft::{Block, Draft, DraftSegment};
use super::scores::{cell, range};
use super::{KIND, Rule, Segment, SegmentMap};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::gather::Text;
use crate::text::{fold, list, plain};
use std::collections::HashSet;
use toml::Spanned;

/// A map may have so many segments: each is a bit of a customer's scores.
const MOST_SEGMENTS: usize = 60;

/// The most levels of a score.
const MOST_LEVELS: u32 = 20;

struct Checker<'a> {
    text: &'a Text<'a>,
    log: &'a mut Diagnostics,
    letters: Vec<String>,
    levels: u32,
}

/// Checks a draft; faults go to the log.
pub(super) fn check(draft: Draft, text: &Text, log: &mut Diagnostics) -> SegmentMap {
    let letters: Vec<String> =
        draft.letters.get_ref().iter().map(|l| l.get_ref().clone()).collect();
    let mut checker = Checker { text, log, letters, levels: *draft.levels.get_ref() };
    checker.head(&draft);
    let mut taken = HashSet::new();
    let mut segments = Vec::new();
    for segment in &draft.segment {
        let name = segment.name.get_ref();
        if plain(name).is_empty() {
            checker.fault(&segment.name, "name", "the name is empty", "name the segment");
        } else if !taken.insert(fold(name)) {
            let message = format!("the segment “{name}” is there twice");
            let hint =
                "one [[segment]] can hold several blocks: scores = [{ R = \"5\" }, { F = \"5\" }]";
            checker.fault(&segment.name, "name", message, hint);
        }
        if let Some(rule) = checker.rule(segment) {
            segments.push(Segment {
                name: plain(name),
                description: segment.description.clone().unwrap_or_default(),
                action: segment.action.clone().unwrap_or_default(),
                rule,
            });
        }
    }
    SegmentMap {
        title: draft.title.unwrap_or_else(|| draft.name.clone()),
        name: draft.name,
        reference: draft.reference.unwrap_or_default(),
        letters: checker.letters,
        levels: checker.levels,
        segments,
        otherwise: draft.otherwise.map(|name| plain(&name)).filter(|name| !name.is_empty()),
        overlapping: draft.overlapping,
    }
}

impl Checker<'_> {
    fn fault<T>(
        &mut self,
        at: &Spanned<T>,
        key: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let place = self.text.place(&at.span(), Some(key));
        self.log.push(Diagnostic::error(Code::SegmentMap, message).at(place).hint(hint));
    }

    /// Kind, letters and levels.
    fn head(&mut self, draft: &Draft) {
        if draft.kind.get_ref() != KIND {
            let message =
                format!("the kind is “{}”, not that of a segment map", draft.kind.get_ref());
            self.fault(&draft.kind, "kind", message, format!("kind = \"{KIND}\""));
        }
        let levels = self.levels;
        if !(1..=MOST_LEVELS).contains(&levels) {
            let message = format!("a map of {levels} levels");
            self.fault(&draft.levels, "levels", message, format!("from 1 to {MOST_LEVELS} levels"));
        }
        let mut taken = HashSet::new();
        for letter in draft.letters.get_ref() {
            let written = letter.get_ref();
            if written.len() != 1 || !written.chars().all(|c| c.is_ascii_uppercase()) {
                let message = format!("“{written}” is no letter");
                self.fault(letter, "letters", message, "one capital letter, such as R");
            } else if !taken.insert(written) {
                let message = format!("the letter {written} is there twice");
                self.fault(letter, "letters", message, "each letter once");
            }
        }
        if draft.letters.get_ref().is_empty() {
            let hint = "letters = [\"R\", \"F\", \"M\"]";
            self.fault(&draft.letters, "letters", "the map has no letters", hint);
        }
        if draft.segment.is_empty() {
            let hint = "add [[segment]] with name and scores";
            self.fault(&draft.letters, "segment", "the map has no segment", hint);
        }
        if let Some(segment) = draft.segment.get(MOST_SEGMENTS) {
            let message = format!("a map of {} segments", draft.segment.len());
            self.fault(&segment.name, "segment", message, format!("at most {MOST_SEGMENTS}"));
        }
        let cells = u64::from(levels).saturating_pow(self.letters.len() as u32);
        if cells > MOST_CELLS {
            let message =
                format!("{} letters of {levels} levels make too many cells", self.letters.len());
            self.fault(&draft.levels, "levels", message, format!("at most {MOST_CELLS} cells"));
        }
    }

    /// Which cells a segment holds; `None` where it does not say so in one way.
    fn rule(&mut self, segment: &DraftSegment) -> Option<Rule> {
        match (&segment.scores, &segment.cells, &segment.overall) {
            (Some(blocks), None, None) => {
                Some(Rule::Blocks(blocks.0.iter().map(|block| self.block(block)).collect()))
            }
            (None, Some(cells), None) => {
                Some(Rule::Cells(cells.iter().filter_map(|cell| self.cell(cell)).collect()))
            }
            (None, None, Some(overall)) => self.overall(overall),
            (None, None, None) => {
                let message =
                    format!("nothing says which scores make “{}”", segment.name.get_ref());
                let hint = "scores = { R = \"4-5\", F = \"1\" }, or cells = [\"51\", \"41\"], or overall = \"0-2\"";
                self.fault(&segment.name, "segment", message, hint);
                None
            }
            _ => {
                let message = format!("“{}” is given in more than one way", segment.name.get_ref());
                self.fault(&segment.name, "segment", message, "one of scores, cells and overall");
                None
            }
        }
    }

    /// A range for each letter of the map; all scores for a letter that is not asked for.
    fn block(&mut self, block: &Block) -> Vec<(u32, u32)> {
        let mut ranges = vec![(1, self.levels); self.letters.len()];
        for (letter, written) in block {
            let Some(at) = self.letters.iter().position(|known| known == letter) else {
                let near = nearest(letter, self.letters.iter().map(String::as_str));
                let hint = match near {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("the letters of this map are {}", list(&self.letters)),
                };
                self.fault(written, letter, format!("the map has no letter {letter}"), hint);
                continue;
            };
            match range(written.get_ref(), 1, self.levels) {
                Some(range) => ranges[at] = range,
                None => self.no_range(written, letter, 1, self.levels),
            }
        }
        ranges
    }

    fn cell(&mut self, written: &Spanned<String>) -> Option<Vec<u32>> {
        let found = cell(written.get_ref(), self.letters.len(), self.levels);
        if found.is_none() {
            let example = super::code(&vec![self.levels; self.letters.len()], self.levels);
            let message = format!("“{}” is no cell", written.get_ref());
            let hint =
                format!("a score from 1 to {} for each letter, such as \"{example}\"", self.levels);
            self.fault(written, "cells", message, hint);
        }
        found
    }

    fn overall(&mut self, written: &Spanned<String>) -> Option<Rule> {
        let most = self.levels.saturating_sub(1).saturating_mul(self.letters.len() as u32);
        let found = range(written.get_ref(), 0, most);
        if found.is_none() {
            self.no_range(written, "overall", 0, most);
        }
        found.map(|(low, high)| Rule::Overall(low, high))
    }

    fn no_range(&mut self, written: &Spanned<String>, key: &str, least: u32, most: u32) {
        let message = format!("“{}” is no range of scores", written.get_ref());
        let hint = format!("one score, or two such as \"{least}-{most}\", from {least} to {most}");
        self.fault(written, key, message, hint);
    }
}

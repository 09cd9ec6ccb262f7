//! One pass over all sources: blocks are read, parsed on several threads, and added up in their order.

use super::parse::{Letters, Parsed};
use super::plan::Plan;
use super::source::{Rows, Source, Stop};
use super::spool::Spool;
use super::sums::{Sums, TooMuch};
use super::{DateScout, NumberScout};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Place};
use encoding_rs::Encoding;
use std::collections::BTreeMap;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

/// A source that is open, with how it is to be read.
pub(crate) struct Opened {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: Rows,
    /// What parts the fields of a text.
    pub delimiter: u8,
    pub plan: Plan,
    /// The lines of its header, and above.
    pub header_lines: u32,
    /// Its header.
    pub header: Vec<String>,
}

/// What was seen on the way of how dates and numbers are written.
#[derive(Default)]
pub(crate) struct Seen {
    pub dates: DateScout,
    pub numbers: NumberScout,
    /// For each block, its source and the line or row of it that the block begins at, counted from 1.
    pub blocks: Vec<(u32, u64)>,
    /// What each source showed of its encoding, if anything.
    pub letters: BTreeMap<u32, SeenLetters>,
    /// The zones that sources name for their dates, each with the first row of the first such source.
    pub zones: Vec<(String, u64)>,
}

/// What a source showed of its encoding.
#[derive(Default)]
pub(crate) struct SeenLetters {
    /// Whether some of it can only be UTF-8.
    pub is_utf8: bool,
    /// The encoding that its first line shows that is not UTF-8, and that line, counted from 1.
    pub older: Option<(&'static Encoding, u64)>,
    /// Whether further lines show another one.
    pub differ: bool,
}

impl SeenLetters {
    fn add(&mut self, letters: Letters, first_line: u64) {
        match letters {
            Letters::Plain => {}
            Letters::Utf8 => self.is_utf8 = true,
            Letters::Older(encoding, line) => {
                let (first, _) =
                    *self.older.get_or_insert((encoding, first_line + u64::from(line)));
                self.differ |= first != encoding;
            }
        }
    }
}

/// Why a pass ended before its end.
pub(crate) enum Broken {
    /// A source could not be read on.
    Stopped(Stop),
    /// A sum went beyond what can be held.
    TooMuch,
    /// The rows set aside could not be kept.
    Unkept(std::io::Error),
}

impl From<TooMuch> for Broken {
    fn from(_: TooMuch) -> Broken {
        Broken::TooMuch
    }
}

impl Broken {
    /// The fault behind it.
    pub(crate) fn told(self, source: &Source) -> Error {
        let fault = match self {
            Broken::Stopped(Stop::Unreadable(error)) => {
                let cut = error.kind() == std::io::ErrorKind::UnexpectedEof;
                let message = match cut {
                    true => "the file ends before it should".to_string(),
                    false => format!("cannot read: {error}"),
                };
                Diagnostic::error(Code::FileUnreadable, message)
                    .hint("check the path, and that the file was copied whole")
            }
            Broken::Stopped(Stop::Endless) => Diagnostic::error(
                Code::RecordEndless,
                "a row of more than 64 MB, or a quote that nobody closes",
            )
            .hint("look for a \" at the beginning of a field that has none at its end"),
            Broken::TooMuch => Diagnostic::error(
                Code::MoneyTooMuch,
                "the money sums to more than can be held",
            )
            .hint("sums up to 10²² are held; look for an amount that is no money, such as an id"),
            Broken::Unkept(error) => return unkept(error),
        };
        fault.at(Place::file(&source.name)).into()
    }
}

/// The fault where rows set aside cannot be kept.
pub(crate) fn unkept(error: std::io::Error) -> Error {
    Diagnostic::error(Code::OutputFailed, format!("cannot keep the rows set aside: {error}"))
        .hint("check that the folder for temporary files has room")
        .into()
}

/// Adds a source's rows to the sums.
pub(crate) fn pass(
    source: u32,
    opened: Opened,
    threads: usize,
    sums: &mut Sums,
    seen: &mut Seen,
    spool: &mut Option<Spool>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Broken> {
    let Opened { name, mut rows, delimiter, plan, header_lines, .. } = opened;
    let first = seen.blocks.len() as u32;
    let mut next_line = u64::from(header_lines) + 1;
    let mut add = |parsed: Parsed| -> Result<(), Broken> {
        let number = seen.blocks.len() as u32;
        seen.blocks.push((source, next_line));
        for line in &parsed.lines {
            let row = super::parse::row_key(number, line.number);
            let step = sums.add(&parsed.bytes, line, row)?;
            let at = next_line + u64::from(line.number);
            if step == plan.used() && sums.first_lines.len() < 5 {
                sums.first_lines.push(at);
            }
            if let (Some(spool), Some(reason)) = (&mut *spool, plan.steps.get(step as usize)) {
                let record = line.record.of(&parsed.bytes);
                spool.keep(&name, at, reason, record, delimiter).map_err(Broken::Unkept)?;
            }
        }
        if parsed.letters != Letters::Plain {
            seen.letters.entry(source).or_default().add(parsed.letters, next_line);
        }
        next_line += u64::from(parsed.height);
        seen.dates.merge(&parsed.dates);
        seen.numbers.merge(&parsed.numbers);
        progress(sums.rows);
        Ok(())
    };
    if threads == 1 {
        let mut number = first;
        while let Some(portion) = rows.next().map_err(Broken::Stopped)? {
            add(portion.parse(number, delimiter, &plan))?;
            number += 1;
        }
        return Ok(());
    }
    let (give, take) = sync_channel(threads);
    // The workers alone hold it: when they are gone, the reader is told to stop.
    let take = Arc::new(Mutex::new(take));
    let (hand_in, collect) = sync_channel(2 * threads);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut number = first;
            while let Some(portion) = rows.next()? {
                if give.send((number, portion)).is_err() {
                    break;
                }
                number += 1;
            }
            Ok(())
        });
        for _ in 0..threads {
            let (take, hand_in, plan) = (Arc::clone(&take), hand_in.clone(), &plan);
            scope.spawn(move || {
                loop {
                    let taken = take.lock().ok().and_then(|take| take.recv().ok());
                    let Some((number, portion)) = taken else { break };
                    if hand_in.send((number, portion.parse(number, delimiter, plan))).is_err() {
                        break;
                    }
                }
            });
        }
        drop((hand_in, take));
        // Blocks come back in any order and are added in their own.
        let mut early = BTreeMap::new();
        let mut wanted = first;
        let mut added = Ok(());
        for (number, parsed) in &collect {
            early.insert(number, parsed);
            while added.is_ok()
                && let Some(parsed) = early.remove(&wanted)
            {
                added = add(parsed);
                wanted += 1;
            }
            if added.is_err() {
                break;
            }
        }
        drop(collect);
        let failed = || Err(Stop::Unreadable(std::io::Error::other("a thread failed")));
        let read = reader.join().unwrap_or_else(|_| failed());
        added.and(read.map_err(Broken::Stopped))
    })
}

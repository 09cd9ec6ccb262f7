//! One pass over all sources: blocks are read, parsed on several threads, and added up in their order.

use super::parse::{Parsed, parse};
use super::plan::Plan;
use super::source::{Blocks, Stop, Text};
use super::spool::Spool;
use super::sums::{Sums, TooMuch};
use super::{DateScout, NumberScout};
use std::collections::BTreeMap;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

/// A source that is open, with how it is to be read.
pub(crate) struct Opened {
    /// Its name.
    pub name: String,
    /// The text behind its header.
    pub text: Text,
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
    /// For each block, its source and the line of it that the block begins at, counted from 1.
    pub blocks: Vec<(u32, u64)>,
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
    let Opened { name, text, delimiter, plan, header_lines, .. } = opened;
    let mut blocks = Blocks::new(text.reader, text.sample, delimiter);
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
        next_line += u64::from(parsed.height);
        seen.dates.merge(&parsed.dates);
        seen.numbers.merge(&parsed.numbers);
        progress(sums.rows);
        Ok(())
    };
    if threads == 1 {
        let mut number = first;
        while let Some(block) = blocks.next().map_err(Broken::Stopped)? {
            add(parse(block, number, delimiter, &plan))?;
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
            while let Some(block) = blocks.next()? {
                if give.send((number, block)).is_err() {
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
                    let Some((number, block)) = taken else { break };
                    if hand_in.send((number, parse(block, number, delimiter, plan))).is_err() {
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

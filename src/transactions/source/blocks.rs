//! A text in blocks of whole records.

use super::split::{Marks, whole_records};
use std::io::{ErrorKind, Read};

/// Large enough that a block is worth a thread's while, small enough that it and its lines stay near the
/// processor.
const BLOCK: usize = 1 << 18;

/// One record may have this many bytes; a quote that nobody closes would else take all memory.
const LONGEST_RECORD: usize = 64 << 20;

/// Some whole records of a text.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// The records.
    pub bytes: Vec<u8>,
}

/// Why no more blocks came.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The bytes could not be read.
    Unreadable(std::io::Error),
    /// A record does not end, most likely for want of a closing quote.
    Endless,
}

/// A text in blocks of whole records.
pub(crate) struct Blocks<R> {
    text: R,
    delimiter: u8,
    rest: Vec<u8>,
    is_over: bool,
}

impl<R: Read> Blocks<R> {
    /// The blocks of a text whose delimiter is known; `rest` was read from it before.
    pub(crate) fn new(text: R, rest: Vec<u8>, delimiter: u8) -> Self {
        Blocks { text, delimiter, rest, is_over: false }
    }

    /// The next block; the last one may end without a line end.
    pub(crate) fn next(&mut self) -> Result<Option<Block>, Stop> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut wanted = BLOCK;
        loop {
            if !self.is_over {
                let missing = wanted.saturating_sub(bytes.len());
                self.is_over = read_up_to(&mut self.text, missing, &mut bytes)?;
            }
            if self.is_over {
                return Ok((!bytes.is_empty()).then_some(Block { bytes }));
            }
            if let Some(end) = whole_records(&bytes, self.delimiter) {
                self.rest = Vec::with_capacity(BLOCK);
                self.rest.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                return Ok(Some(Block { bytes }));
            }
            wanted = bytes.len() * 2;
            if wanted > 2 * LONGEST_RECORD {
                return Err(Stop::Endless);
            }
        }
    }
}

/// Reads so many bytes more; true when the text is over.
fn read_up_to(text: &mut impl Read, missing: usize, bytes: &mut Vec<u8>) -> Result<bool, Stop> {
    bytes.reserve_exact(missing);
    match text.take(missing as u64).read_to_end(bytes) {
        Ok(read) => Ok(read < missing),
        Err(error) if error.kind() == ErrorKind::Interrupted => Ok(false),
        Err(error) => Err(Stop::Unreadable(error)),
    }
}

/// The first record's fields as texts, and where the second begins.
pub(crate) fn header(bytes: &[u8], delimiter: u8) -> (Vec<String>, usize) {
    let mut fields = Vec::new();
    let mut marks = Marks::new(delimiter);
    let mut at = 0;
    loop {
        let next = marks.record(bytes, at, &mut fields);
        let names: Vec<String> = fields
            .iter()
            .map(|span| String::from_utf8_lossy(&span.of(bytes)).into_owned())
            .collect();
        // Empty lines above a header are no header.
        if names.iter().any(|name| !name.trim().is_empty()) || next >= bytes.len() {
            return (names, next);
        }
        at = next;
    }
}

/// The delimiter of a text: of tab, semicolon, bar and comma the one that parts the first record into
/// the most fields; names may well hold a comma, so that it comes last.
pub(crate) fn delimiter(bytes: &[u8]) -> u8 {
    let fields = |delimiter: u8| header(bytes, delimiter).0.len();
    let (mut best, mut most) = (b',', 1);
    for delimiter in [b'\t', b';', b'|', b','] {
        let found = fields(delimiter);
        if found > most {
            (best, most) = (delimiter, found);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_whole_records() {
        let line = format!("1,\"{}\n{}\"\n", "x".repeat(700), "y".repeat(700));
        let text = line.repeat(3000);
        let mut blocks = Blocks::new(text.as_bytes(), Vec::new(), b',');
        let (mut total, mut count) = (0, 0);
        while let Some(block) = blocks.next().unwrap() {
            assert_eq!(block.bytes.len() % line.len(), 0);
            total += block.bytes.len();
            count += 1;
        }
        assert_eq!(total, text.len());
        assert!(count > 1);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused() {
        let text = std::io::Read::chain(&b"a,b\n1,\""[..], std::io::repeat(b'x'));
        let mut blocks = Blocks::new(text, Vec::new(), b',');
        assert!(matches!(blocks.next(), Ok(Some(_))));
        assert!(matches!(blocks.next(), Err(Stop::Endless)));
    }

    #[test]
    fn the_delimiter_parts_the_header() {
        assert_eq!(delimiter(b"a;b;c\n1,5;2;3\n"), b';');
        assert_eq!(delimiter(b"a\tb, c\n"), b'\t');
        assert_eq!(delimiter(b"one\n"), b',');
    }
}

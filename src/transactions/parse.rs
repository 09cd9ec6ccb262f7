//! A block of text into lines.

use super::dictionary::hash;
use super::line::{Line, Part};
use super::plan::Plan;
use super::reader::{Fields, Reader};
use super::source::{Block, Marks, Span, is_blank, older};
use super::{DateScout, Decimal, NumberScout, Read, Written};
use encoding_rs::{Encoding, WINDOWS_1252};
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// The lines of a block, with what was seen of its dates and numbers.
pub(crate) struct Parsed {
    /// What the lines' parts are parts of: the block, and behind it the texts of fields that held
    /// doubled quotes.
    pub bytes: Vec<u8>,
    pub lines: Vec<Line>,
    pub dates: DateScout,
    pub numbers: NumberScout,
    /// Lines of text in the block, those within quotes too.
    pub height: u32,
    /// What its characters showed of the text's encoding.
    pub letters: Letters,
}

/// What the characters of a block show of the text's encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    /// Nothing: all encodings write them so.
    Plain,
    /// That it is UTF-8.
    Utf8,
    /// That it is not UTF-8 but this, by the line, counted from 0 in the block, which is the first of
    /// the kind.
    Older(&'static Encoding, u32),
}

impl Letters {
    fn of(bytes: &[u8]) -> Letters {
        if bytes.is_ascii() {
            return Letters::Plain;
        }
        let Err(fault) = std::str::from_utf8(bytes) else { return Letters::Utf8 };
        let (before, rest) = bytes.split_at(fault.valid_up_to());
        // Up to the end of the line, so that no character is cut.
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        Letters::Older(older(&rest[..end]), memchr_iter(b'\n', before).count() as u32)
    }
}

/// Where a row stands: the block's number and the line in it.
pub(crate) fn row_key(block: u32, line: u32) -> u64 {
    u64::from(block) << 32 | u64::from(line)
}

/// Reads every record of a block.
pub(crate) fn parse(block: Block, number: u32, delimiter: u8, plan: &Plan) -> Parsed {
    let mut bytes = block.bytes;
    let letters = Letters::of(&bytes);
    // Latin-1 marks fields and lines as UTF-8 does, so that a block of it can be decoded alone.
    if let Letters::Older(encoding, _) = letters
        && encoding == WINDOWS_1252
        && !plan.encoding_known
    {
        bytes = encoding.decode_without_bom_handling(&bytes).0.into_owned().into_bytes();
    }
    let length = bytes.len();
    let mut reader = Reader::new(plan);
    let mut lines = Vec::with_capacity(length / 48);
    let mut fields: Vec<Span> = Vec::with_capacity(plan.width + 1);
    let mut marks = Marks::new(delimiter);
    let (mut at, mut height) = (0, 0);
    while at < length {
        let next = marks.record(&bytes[..length], at, &mut fields);
        let (first_line, is_empty) = (height, is_blank(&fields, at));
        height += 1 + marks.breaks;
        fields.iter_mut().for_each(|field| settle(field, &mut bytes));
        if !is_empty {
            // Filled in its place: a line is too long to be moved about.
            lines.push(Line::default());
            let kept = lines.len() - 1;
            let line = &mut lines[kept];
            if fields.len() == plan.width {
                let spans = Spans { bytes: &bytes, fields: &fields };
                reader.fill(line, &spans, row_key(number, first_line));
            }
            let whole = trimmed(&bytes[at..next]);
            line.record = Part { start: at as u32, end: (at + whole.len()) as u32 };
            if plan.compares_rows {
                line.row_hash = hash(whole);
            }
            line.number = first_line;
            line.hash_ids(&bytes);
        }
        at = next;
    }
    let Reader { dates, numbers, .. } = reader;
    Parsed { bytes, lines, dates, numbers, height, letters }
}

/// A record without its line end.
fn trimmed(record: &[u8]) -> &[u8] {
    let record = record.strip_suffix(b"\n").unwrap_or(record);
    record.strip_suffix(b"\r").unwrap_or(record)
}

/// Lets a quoted field's span be that of its text, put behind the block if it held doubled quotes.
#[inline]
pub(crate) fn settle(field: &mut Span, bytes: &mut Vec<u8>) {
    if field.is_quoted
        && let Cow::Owned(text) = field.of(bytes)
    {
        let start = bytes.len() as u32;
        bytes.extend_from_slice(&text);
        *field = Span { start, end: bytes.len() as u32, is_quoted: false };
    }
}

/// A record of text.
pub(crate) struct Spans<'a> {
    pub bytes: &'a [u8],
    pub fields: &'a [Span],
}

impl Fields for Spans<'_> {
    #[inline]
    fn bytes(&self) -> &[u8] {
        self.bytes
    }

    #[inline]
    fn text(&self, column: usize) -> Part {
        let span = self.fields.get(column).copied().unwrap_or_default();
        Part { start: span.start, end: span.end }
    }

    fn number(&self, _: usize) -> Option<Read<Decimal>> {
        None
    }

    fn moment(&self, _: usize) -> Option<Read<Written>> {
        None
    }
}

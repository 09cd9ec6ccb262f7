//! CSV text into records and fields (RFC 4180), as fast as the delimiters can be found.
//!
//! A field that begins with a quote ends with one, and holds delimiters, line ends and doubled quotes
//! as text. A quote anywhere else is text. These are the rules of the `csv` crate, which a test holds
//! beside ours.

use memchr::{memchr, memchr_iter, memrchr};
use std::borrow::Cow;
use wide::u8x16;

const QUOTE: u8 = b'"';

/// Where a field lies in its block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// Its first byte.
    pub start: u32,
    /// The byte behind its last.
    pub end: u32,
    /// Whether it holds quotes that are not text; those around a text without any are left out of it.
    pub is_quoted: bool,
}

impl Span {
    /// What stands between its quotes.
    fn within_quotes(self) -> Span {
        Span { start: self.start + 1, end: self.end - 1, is_quoted: false }
    }

    /// The field's bytes without its quotes.
    pub(crate) fn of(self, block: &[u8]) -> Cow<'_, [u8]> {
        let field = &block[self.start as usize..self.end as usize];
        if !self.is_quoted {
            return Cow::Borrowed(field);
        }
        Cow::Owned(unquoted(field))
    }
}

/// The text of a field that begins with a quote.
fn unquoted(field: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(field.len());
    let mut rest = &field[1..];
    while let Some(at) = memchr(QUOTE, rest) {
        text.extend_from_slice(&rest[..at]);
        if rest.get(at + 1) == Some(&QUOTE) {
            text.push(QUOTE);
            rest = &rest[at + 2..];
        } else {
            // What follows the closing quote is text as it stands.
            text.extend_from_slice(&rest[at + 1..]);
            return text;
        }
    }
    text.extend_from_slice(rest);
    text
}

/// Bytes that are looked at together.
const WIDTH: usize = 64;

/// Finds the delimiters and line ends of one block, going forward.
pub(crate) struct Marks {
    delimiter: u8,
    /// Where the bytes begin that were looked at last.
    base: usize,
    /// Which of them are delimiters or line ends and were not come by yet, and which are line ends.
    ahead: u64,
    line_ends: u64,
    /// Where the next record begins, if it follows the one before.
    next: usize,
    /// Line ends within the fields of the record before.
    pub breaks: u32,
}

impl Marks {
    /// Nothing of the block was looked at yet.
    pub(crate) fn new(delimiter: u8) -> Marks {
        Marks { delimiter, base: 0, ahead: 0, line_ends: 0, next: usize::MAX, breaks: 0 }
    }

    /// The fields of the record that begins at `at`; returns where the next one begins. The block must
    /// be the same each time.
    pub(crate) fn record(&mut self, block: &[u8], at: usize, fields: &mut Vec<Span>) -> usize {
        fields.clear();
        if at != self.next {
            self.go_to(block, at);
        }
        self.breaks = 0;
        let mut start = at;
        loop {
            let is_quoted = block.get(start) == Some(&QUOTE);
            let mut plain_until = None;
            if is_quoted {
                let (behind, is_plain) = closing_quote(block, start + 1);
                self.pass_by(block, behind);
                plain_until = is_plain.then_some(behind);
            }
            let (end, is_last) = self.next_mark(block);
            let shown =
                if is_last && end > start && block[end - 1] == b'\r' { end - 1 } else { end };
            let field = Span { start: start as u32, end: shown as u32, is_quoted };
            fields.push(if plain_until == Some(shown) { field.within_quotes() } else { field });
            start = end + 1;
            if is_last {
                self.next = start.min(block.len());
                return self.next;
            }
        }
    }

    /// The next mark, and whether it ends the record; the block's end if there is none.
    #[inline]
    fn next_mark(&mut self, block: &[u8]) -> (usize, bool) {
        while self.ahead == 0 {
            if self.base + WIDTH >= block.len() {
                return (block.len(), true);
            }
            self.look_at(block, self.base + WIDTH);
        }
        let bit = self.ahead.trailing_zeros();
        self.ahead &= self.ahead - 1;
        (self.base + bit as usize, self.line_ends >> bit & 1 == 1)
    }

    /// Goes forward, to what comes at this place or behind it.
    fn pass_by(&mut self, block: &[u8], at: usize) {
        while at >= self.base + WIDTH {
            self.breaks += (self.ahead & self.line_ends).count_ones();
            self.look_at(block, self.base + WIDTH);
        }
        let behind = u64::MAX << (at - self.base);
        self.breaks += (self.ahead & self.line_ends & !behind).count_ones();
        self.ahead &= behind;
    }

    /// What comes next is the first mark at this place or behind it.
    fn go_to(&mut self, block: &[u8], at: usize) {
        self.look_at(block, at - at % WIDTH);
        self.ahead &= u64::MAX << (at % WIDTH);
    }

    fn look_at(&mut self, block: &[u8], base: usize) {
        let rest = block.get(base..).unwrap_or_default();
        self.base = base;
        let (delimiters, line_ends) = match rest.first_chunk::<WIDTH>() {
            Some(bytes) => marks(bytes, self.delimiter),
            None => {
                let mut bytes = [0; WIDTH];
                bytes[..rest.len()].copy_from_slice(rest);
                let (delimiters, line_ends) = marks(&bytes, self.delimiter);
                // The zeros behind the end are no marks, even if zero were the delimiter.
                let within = !(u64::MAX << rest.len());
                (delimiters & within, line_ends & within)
            }
        };
        self.ahead = delimiters | line_ends;
        self.line_ends = line_ends;
    }
}

/// Which bytes are the delimiter, and which a line end: bit 0 is the first.
#[inline]
fn marks(bytes: &[u8; WIDTH], delimiter: u8) -> (u64, u64) {
    let (delimiter, line_end) = (u8x16::splat(delimiter), u8x16::splat(b'\n'));
    let parts = bytes.as_chunks::<16>().0.iter().enumerate();
    parts.fold((0, 0), |(delimiters, line_ends), (at, part)| {
        let part = u8x16::new(*part);
        let mask = |wanted: u8x16| u64::from(part.simd_eq(wanted).to_bitmask()) << (16 * at);
        (delimiters | mask(delimiter), line_ends | mask(line_end))
    })
}

/// The fields of the first record of a block; returns where the second begins.
pub(crate) fn first_record(block: &[u8], delimiter: u8, fields: &mut Vec<Span>) -> usize {
    Marks::new(delimiter).record(block, 0, fields)
}

/// Whether a record that begins at `at` is an empty line.
pub(crate) fn is_blank(fields: &[Span], at: usize) -> bool {
    matches!(fields, [only] if only.start == only.end && only.start == at as u32)
}

/// The byte behind the quote that closes what opened before `from`, and whether none is doubled within;
/// the block's end if none closes.
fn closing_quote(block: &[u8], from: usize) -> (usize, bool) {
    let mut from = from;
    let mut is_plain = true;
    while let Some(at) = memchr(QUOTE, &block[from..]) {
        let behind = from + at + 1;
        if block.get(behind) != Some(&QUOTE) {
            return (behind, is_plain);
        }
        from = behind + 1;
        is_plain = false;
    }
    (block.len(), false)
}

/// How many bytes from the start are whole records, if the bytes go on behind the last one here.
///
/// Only quotes are looked at: outside, a quote opens a field if it stands behind a delimiter or a
/// line end; inside, a quote closes it unless another follows.
pub(crate) fn whole_records(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let mut last = None;
    let mut outside_from = 0;
    let mut is_inside = false;
    let mut skip = usize::MAX;
    for at in memchr_iter(QUOTE, bytes) {
        if at == skip {
            continue;
        }
        if is_inside {
            match bytes.get(at + 1) {
                Some(&QUOTE) => skip = at + 1,
                // Whether it closes, the byte behind it tells.
                None => return last,
                Some(_) => {
                    is_inside = false;
                    outside_from = at + 1;
                }
            }
        } else if at == 0 || bytes[at - 1] == delimiter || bytes[at - 1] == b'\n' {
            if let Some(end) = memrchr(b'\n', &bytes[outside_from..at]) {
                last = Some(outside_from + end + 1);
            }
            is_inside = true;
        }
    }
    if !is_inside && let Some(end) = memrchr(b'\n', &bytes[outside_from..]) {
        last = Some(outside_from + end + 1);
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ours(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let (mut at, mut fields, mut records) = (0, Vec::new(), Vec::new());
        let mut marks = Marks::new(b',');
        while at < text.len() {
            let next = marks.record(text, at, &mut fields);
            let within = |span: &Span| &text[span.start as usize..span.end as usize];
            let breaks = fields.iter().flat_map(within).filter(|byte| **byte == b'\n').count();
            assert_eq!(marks.breaks as usize, breaks);
            if !is_blank(&fields, at) {
                records.push(fields.iter().map(|span| span.of(text).into_owned()).collect());
            }
            at = next;
        }
        records
    }

    fn by_the_csv_crate(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .terminator(csv::Terminator::Any(b'\n'))
            .from_reader(text)
            .byte_records()
            .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
            .collect()
    }

    #[test]
    fn quotes_line_ends_and_empty_fields() {
        let text = b"a,\"b,\"\"x\"\"\nc\",\r\n,\"\",12\" plate\n\nlast";
        let fields: Vec<Vec<String>> = ours(text)
            .into_iter()
            .map(|record| record.into_iter().map(|f| String::from_utf8(f).unwrap()).collect())
            .collect();
        assert_eq!(
            fields,
            vec![vec!["a", "b,\"x\"\nc", ""], vec!["", "", "12\" plate"], vec!["last"]]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn fields_are_those_of_the_csv_crate(text in "[ab,\"\n]{0,40}|[ab,\n]{50,140}|([a-z]{0,50}[,\n]|\"[,b\n]{0,80}\"[,\n]){0,8}") {
            prop_assert_eq!(ours(text.as_bytes()), by_the_csv_crate(text.as_bytes()));
        }

        #[test]
        fn cut_blocks_hold_the_same_records(text in "[ab,\"\n]{0,60}", at in 0usize..60) {
            let text = text.as_bytes();
            let seen = &text[..at.min(text.len())];
            if let Some(end) = whole_records(seen, b',') {
                let mut parts = ours(&text[..end]);
                parts.extend(ours(&text[end..]));
                prop_assert_eq!(parts, ours(text));
            }
        }
    }
}

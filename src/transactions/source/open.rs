//! A text as UTF-8, whatever it was packed and encoded as.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use encoding_rs::{Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;
use memchr::memchr;
use std::io::{BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much of a text tells its encoding and delimiter.
const SAMPLE: usize = 1 << 20;

/// A text that is being read.
pub(crate) struct Text {
    /// The text, as UTF-8, from its beginning.
    pub reader: Box<dyn Read + Send>,
    /// What was read of it to know it; `reader` goes on behind.
    pub sample: Vec<u8>,
}

/// Counts the bytes that are read of a file, for the progress bar.
struct Counted<R> {
    file: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(into)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Opens a text: unpacked if it is gzip or zstd by its first bytes, decoded if it is not UTF-8.
///
/// The encoding is the one asked for, or told by a byte-order mark, or UTF-8 where the beginning of
/// the text is that, or else guessed between GBK and Latin-1, with a warning.
pub(crate) fn open(
    file: Box<dyn Read + Send>,
    name: &str,
    encoding: Option<&'static Encoding>,
    count: Arc<AtomicU64>,
    log: &mut Diagnostics,
) -> std::io::Result<Text> {
    let mut reader = unpacked(BufReader::with_capacity(1 << 18, Counted { file, count }))?;
    let mut sample = Vec::new();
    reader.by_ref().take(SAMPLE as u64).read_to_end(&mut sample)?;
    let encoding = encoding.unwrap_or_else(|| guess(&sample, name, log));
    if encoding == UTF_8 {
        if sample.starts_with(b"\xef\xbb\xbf") {
            sample.drain(..3);
        }
        return Ok(with_line_ends(Text { reader, sample }));
    }
    let whole = std::io::Cursor::new(sample).chain(reader);
    let mut reader = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(whole);
    let mut sample = Vec::new();
    reader.by_ref().take(SAMPLE as u64).read_to_end(&mut sample)?;
    Ok(with_line_ends(Text { reader: Box::new(reader), sample }))
}

/// A text whose lines end with a carriage return alone, as Excel saves "CSV (Macintosh)", gets the line
/// ends of all others.
fn with_line_ends(mut text: Text) -> Text {
    let is_old = memchr(b'\n', &text.sample).is_none() && memchr(b'\r', &text.sample).is_some();
    if is_old {
        mend_line_ends(&mut text.sample);
        text.reader = Box::new(OldLines(text.reader));
    }
    text
}

fn mend_line_ends(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
}

/// A text with a line feed for each carriage return.
struct OldLines<R>(R);

impl<R: Read> Read for OldLines<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(into)?;
        mend_line_ends(&mut into[..read]);
        Ok(read)
    }
}

/// Unpacks what gzip or zstd packed.
fn unpacked(mut file: impl Read + Send + 'static) -> std::io::Result<Box<dyn Read + Send>> {
    let mut magic = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut magic)?;
    let (is_gzip, is_zstd) = (magic.starts_with(b"\x1f\x8b"), magic == b"\x28\xb5\x2f\xfd");
    let whole = std::io::Cursor::new(magic).chain(file);
    if is_gzip {
        Ok(Box::new(flate2::read::MultiGzDecoder::new(whole)))
    } else if is_zstd {
        let decoder = ruzstd::decoding::StreamingDecoder::new(whole);
        Ok(Box::new(decoder.map_err(|error| std::io::Error::other(error.to_string()))?))
    } else {
        Ok(Box::new(whole))
    }
}

/// The encoding that the beginning of a text shows.
fn guess(sample: &[u8], name: &str, log: &mut Diagnostics) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return encoding;
    }
    if let Some(encoding) = wide(sample) {
        return encoding;
    }
    // The sample may end within a character.
    let is_utf8 = match std::str::from_utf8(sample) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    if is_utf8 {
        return UTF_8;
    }
    let encoding = older(sample);
    log.push(taken_as(encoding, Place::file(name)));
    encoding
}

/// The encoding of a text that is not UTF-8: GBK or Latin-1.
pub(crate) fn older(sample: &[u8]) -> &'static Encoding {
    if is_gbk(sample) { GBK } else { WINDOWS_1252 }
}

/// The warning that a text is taken as of this encoding.
pub(crate) fn taken_as(encoding: &'static Encoding, place: Place) -> Diagnostic {
    let (said, other) = if encoding == GBK { ("GBK", "latin1") } else { ("Latin-1", "gbk") };
    Diagnostic::warning(
        Code::EncodingGuessed,
        format!("the text is not UTF-8 and is read as {said}"),
    )
    .at(place)
    .hint(format!("if names look wrong, give --encoding {other}"))
}

/// UTF-16 without a mark has a zero in every other byte of plain letters.
fn wide(sample: &[u8]) -> Option<&'static Encoding> {
    let start = &sample[..sample.len().min(200)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = start.len() / 2;
    match (zeros(0), zeros(1)) {
        _ if half < 4 => None,
        (first, _) if first * 10 > half * 8 => Some(UTF_16BE),
        (_, second) if second * 10 > half * 8 => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether the text can be GBK and its bytes above 127 come in pairs, as those of Chinese characters do;
/// in Latin-1 they mostly stand alone.
fn is_gbk(sample: &[u8]) -> bool {
    let (_, _, has_faults) = GBK.decode(&sample[..sample.len().saturating_sub(1)]);
    let (mut pairs, mut alone) = (0, 0);
    let mut bytes = sample.iter().peekable();
    while let Some(byte) = bytes.next() {
        if *byte < 0x81 {
            continue;
        }
        match bytes.next_if(|next| **next >= 0xa1) {
            Some(_) => pairs += 1,
            None => alone += 1,
        }
    }
    !has_faults && pairs > alone
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn read(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> (String, usize) {
        let mut log = Diagnostics::new();
        let count = Arc::new(AtomicU64::new(0));
        let file = Box::new(std::io::Cursor::new(bytes));
        let mut text = open(file, "x.csv", encoding, count, &mut log).unwrap();
        let mut all = text.sample;
        text.reader.read_to_end(&mut all).unwrap();
        (String::from_utf8(all).unwrap(), log.len())
    }

    #[test]
    fn every_common_encoding_becomes_utf8() {
        let text = "客户,金额\n张三,12.5\n";
        let (gbk, _, _) = GBK.encode(text);
        assert_eq!(read(gbk.to_vec(), None), (text.to_string(), 1));
        assert_eq!(read(gbk.to_vec(), Some(GBK)), (text.to_string(), 0));
        assert_eq!(read(format!("\u{feff}{text}").into_bytes(), None), (text.to_string(), 0));
        let german = "Kunde,Stra\u{df}e\nM\u{fc}ller,12\n";
        let (latin, _, _) = WINDOWS_1252.encode(german);
        assert_eq!(read(latin.to_vec(), None), (german.to_string(), 1));
        let wide: Vec<u8> = german.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(wide, None), (german.to_string(), 0));
    }

    #[test]
    fn packed_texts_are_unpacked_and_cut_ones_refused() {
        let text = "a,b\n".repeat(1000);
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(read(packed.clone(), None).0, text);
        let cut = packed[..packed.len() / 2].to_vec();
        let count = Arc::new(AtomicU64::new(0));
        let file = Box::new(std::io::Cursor::new(cut));
        let opened = open(file, "x.csv.gz", None, count, &mut Diagnostics::new());
        assert!(opened.is_err());
    }
}

//! The seal of a written result: its last entry, the SHA-256 of every byte before that entry.

use crate::text::hex;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::Write;

/// How a document of indented JSON ends before it is sealed.
const END: &[u8] = b"\n}";
/// What stands between the bytes that are sealed and the digits of the seal.
const BEFORE: &[u8] = b",\n  \"seal\": \"sha256:";
/// What stands behind the digits.
const AFTER: &[u8] = b"\"\n}\n";
/// The digits of a SHA-256.
const DIGITS: usize = 64;

/// Bytes are handed on in portions of this size.
const PORTION: usize = 1 << 16;

/// Writes a result as indented JSON that ends in a newline, and seals it: the last entry is
/// `"seal": "sha256:…"`, the SHA-256 in hexadecimal digits of every byte before the comma before it.
///
/// ```
/// # use serde_json::json;
/// let mut bytes = Vec::new();
/// custval::kept::write(&json!({"made_by": "custval"}), &mut bytes).unwrap();
/// let text = String::from_utf8(bytes).unwrap();
/// assert!(text.starts_with("{\n  \"made_by\": \"custval\",\n  \"seal\": \"sha256:"));
/// ```
///
/// # Errors
/// Those of writing.
pub fn write(document: &impl Serialize, file: &mut (impl Write + ?Sized)) -> std::io::Result<()> {
    let mut sealing = Sealing { file, hash: Sha256::new(), held: Vec::new() };
    serde_json::to_writer_pretty(&mut sealing, document)?;
    sealing.hand_on(END.len())?;
    let Sealing { file, hash, .. } = sealing;
    file.write_all(BEFORE)?;
    file.write_all(hex(&hash.finalize()).as_bytes())?;
    file.write_all(AFTER)
}

/// Hands bytes on, and hashes them; the last ones are held back, for they may be the document's end.
struct Sealing<'a, W: ?Sized> {
    file: &'a mut W,
    hash: Sha256,
    held: Vec<u8>,
}

impl<W: Write + ?Sized> Sealing<'_, W> {
    /// Hands on all but the last so many bytes.
    fn hand_on(&mut self, but: usize) -> std::io::Result<()> {
        let ready = self.held.len().saturating_sub(but);
        self.hash.update(&self.held[..ready]);
        self.file.write_all(&self.held[..ready])?;
        self.held.drain(..ready);
        Ok(())
    }
}

impl<W: Write + ?Sized> Write for Sealing<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() > PORTION {
            self.hand_on(END.len())?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// What the end of a document says.
#[derive(Debug, PartialEq)]
pub(super) enum Seal {
    /// It is that of the bytes before it.
    Fits,
    /// There is none, or not in the form in which it is written.
    Missing,
    /// It is that of other bytes.
    Other { written: String, found: String },
}

/// Looks at the seal of a document.
pub(super) fn seal(bytes: &[u8]) -> Seal {
    let parts = || {
        let rest = bytes.strip_suffix(AFTER)?;
        let (rest, digits) = rest.split_at_checked(rest.len().checked_sub(DIGITS)?)?;
        let digits = std::str::from_utf8(digits).ok()?;
        let sealed = rest.strip_suffix(BEFORE)?;
        digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some((sealed, digits))
    };
    let Some((sealed, written)) = parts() else { return Seal::Missing };
    let found = hex(&Sha256::digest(sealed));
    match found == written {
        true => Seal::Fits,
        false => Seal::Other { written: written.to_string(), found },
    }
}

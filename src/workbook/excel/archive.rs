//! The archive that an xlsx or ods file is, looked over before it is read.

use super::super::budget::{Fault, too_large};
use super::fault::{damaged, encrypted, not_a_workbook};
use std::io::{Cursor, Read};

/// A workbook may unpack to this many bytes.
const MOST_UNPACKED: u64 = 1 << 30;

/// What kind of workbook an archive is.
pub(super) enum Zip {
    Xlsx {
        /// The size of the largest part.
        largest: u64,
    },
    Ods,
}

/// Unpacks every part once, to nowhere, so that a bomb is found before it is read; and says what
/// kind of workbook it is.
pub(super) fn look(bytes: &[u8]) -> Result<Zip, Fault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let is_xlsx = has("xl/workbook.xml");
    if !is_xlsx && has("EncryptedPackage") {
        return Err(encrypted());
    } else if !is_xlsx && !has("content.xml") {
        return Err(not_a_workbook("the archive holds no xl/workbook.xml or content.xml"));
    }
    let (mut left, mut largest) = (MOST_UNPACKED, 0);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let is_sheet = part.name().is_ok_and(|name| name.contains("worksheets/"));
        let read = pass_through(part.take(left + 1), is_sheet)?;
        left = left.checked_sub(read).ok_or_else(|| too_large("it unpacks to more than 1 GiB"))?;
        largest = largest.max(read);
    }
    Ok(if is_xlsx { Zip::Xlsx { largest } } else { Zip::Ods })
}

/// Unpacks a part to nowhere and counts its bytes. In a sheet, a cell's address that is longer than
/// the last one (XFD1048576) is a fault: calamine would compute a wrong cell from it.
fn pass_through(mut part: impl Read, is_sheet: bool) -> Result<u64, Fault> {
    const LONGEST: usize = 10;
    const ADDRESS: [&[u8]; 2] = [b" r=\"", b" r='"];
    let mut chunk = vec![0; 1 << 16];
    let (mut kept, mut total) = (0, 0u64);
    loop {
        let read = part.read(&mut chunk[kept..]).map_err(damaged)?;
        if read == 0 {
            return Ok(total);
        }
        total += read as u64;
        if !is_sheet {
            continue;
        }
        let known = &chunk[..kept + read];
        let is_long = |at: usize, needle: &[u8]| {
            let address = &known[at + needle.len()..];
            address.len() > LONGEST && !address[..=LONGEST].iter().any(|b| b"\"'".contains(b))
        };
        for needle in ADDRESS {
            if memchr::memmem::find_iter(known, needle).any(|at| is_long(at, needle)) {
                return Err(damaged("a cell lies beyond the last row or column of a sheet"));
            }
        }
        // What may be the beginning of an address is looked at again with what follows.
        let keep = (ADDRESS[0].len() + LONGEST + 1).min(known.len());
        let from = known.len() - keep;
        chunk.copy_within(from..from + keep, 0);
        kept = keep;
    }
}

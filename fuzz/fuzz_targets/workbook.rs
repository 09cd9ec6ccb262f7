//! A workbook: the bytes of an xlsx, ods or xls file or, where the input begins with NUL, the parts
//! of an archive (name, NUL, content, NUL, …), so that a change to a part is not lost in a checksum.
#![no_main]

use custval_fuzz::use_files;
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};

fuzz_target!(|data: &[u8]| match data.strip_prefix(b"\0") {
    Some(parts) => use_files(&[("book.xlsx", &archive(parts))]),
    None => use_files(&[("book.xlsx", data)]),
});

fn archive(parts: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let parts: Vec<&[u8]> = parts.split(|byte| *byte == 0).collect();
    for part in parts.chunks_exact(2) {
        // A name that stands twice or is too long makes no part.
        if archive.start_file(String::from_utf8_lossy(part[0]), stored).is_ok() {
            archive.write_all(part[1]).expect("memory can be written");
        }
    }
    archive.finish().expect("an archive").into_inner()
}

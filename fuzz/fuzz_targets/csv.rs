//! CSV files, one behind the other, parted by NUL.
#![no_main]

use custval_fuzz::use_files;
use libfuzzer_sys::fuzz_target;

/// A file of measured values is known by its name, all others by their headers.
const NAMES: [&str; 4] = ["scores.csv", "judgements.csv", "table.csv", "measured.csv"];

fuzz_target!(|data: &[u8]| {
    let files: Vec<(&str, &[u8])> =
        NAMES.into_iter().zip(data.splitn(NAMES.len(), |byte| *byte == 0)).collect();
    use_files(&files);
});

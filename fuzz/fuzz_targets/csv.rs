//! CSV files, one behind the other, parted by NUL.
#![no_main]

use custval_fuzz::use_files;
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 3] = ["scores.csv", "judgements.csv", "table.csv"];

fuzz_target!(|data: &[u8]| {
    let files: Vec<(&str, &[u8])> =
        NAMES.into_iter().zip(data.splitn(NAMES.len(), |byte| *byte == 0)).collect();
    use_files(&files);
});

//! A JSON file.
#![no_main]

use custval_fuzz::use_files;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    use_files(&[("scores.json", data)]);
});

//! The text of a condition, as `--where` takes it.
#![no_main]

use custval_fuzz::use_condition;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        use_condition(text);
    }
});

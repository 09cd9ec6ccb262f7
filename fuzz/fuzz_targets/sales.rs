//! A file of sales lines, packed or plain, in any encoding.
#![no_main]

use custval_fuzz::use_sales;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    use_sales(data);
});

//! xlsx and xls files as sheets, with calamine; ods files with a reader of our own.

mod archive;
mod cfb;
mod fault;
mod ods;
mod value;
mod xls;
mod xlsx;

use super::budget::Fault;
use super::guard::survived;
use super::sheet::Sheet;
use crate::diagnostic::{Diagnostics, Place};
use fault::{damaged, neither};

/// Reads a workbook's sheets. Faults go to the log.
pub(super) fn read(file: &str, bytes: &[u8], log: &mut Diagnostics) -> Vec<Sheet> {
    let (sheets, faults) = read_any(file, bytes);
    log.extend(faults);
    sheets
}

fn read_any(file: &str, bytes: &[u8]) -> (Vec<Sheet>, Diagnostics) {
    let mut log = Diagnostics::new();
    let read = if bytes.starts_with(b"PK") {
        archive::look(bytes).and_then(|kind| match kind {
            archive::Zip::Xlsx { largest } => {
                let mut own = Diagnostics::new();
                let read = guarded(|| xlsx::read(file, bytes, largest, &mut own));
                log.extend(own);
                read
            }
            archive::Zip::Ods => ods::read(file, bytes),
        })
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        xls::look(bytes).and_then(|()| guarded(|| xls::read(file, bytes)))
    } else {
        Err(neither(bytes))
    };
    let sheets = read.unwrap_or_else(|fault| {
        log.push(fault.at(Place::file(file)));
        Vec::new()
    });
    (sheets, log)
}

/// calamine's readers are well tested, but a file made to harm may still find a way to panic.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    survived(read).unwrap_or_else(|| Err(damaged("its content makes no sense")))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

//! Columns as texts, which lie one behind the other in one piece of memory.

use super::kind::Kind;
use super::moment::{stamps, write};
use super::number::numbers;
use crate::transactions::line::Part;
use crate::transactions::{Clock, Decimal, Read};
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_schema::DataType;
use std::io::Write;

/// Writes a column's values behind `bytes`; what is nothing is empty.
pub(super) fn texts(
    array: &dyn Array,
    kind: &Kind,
    zone: Option<&Clock>,
    bytes: &mut Vec<u8>,
) -> Vec<Part> {
    let mut parts = Vec::with_capacity(array.len());
    let mut start = bytes.len() as u32;
    let mut close = |bytes: &Vec<u8>| {
        let end = bytes.len() as u32;
        parts.push(Part { start, end });
        start = end;
    };
    // Writing to memory does not fail.
    match kind {
        Kind::Number => {
            for number in numbers(array) {
                decimal(number, bytes);
                close(bytes);
            }
        }
        Kind::Day | Kind::Moment(_) => {
            for stamp in stamps(array) {
                let _ = write(stamp, zone, *kind == Kind::Day, bytes);
                close(bytes);
            }
        }
        Kind::Uuid => {
            for id in array.as_fixed_size_binary().iter() {
                hexadecimal(id.unwrap_or_default(), bytes);
                close(bytes);
            }
        }
        _ => each(array, |text| {
            bytes.extend_from_slice(text);
            close(bytes);
        }),
    }
    parts
}

/// Gives every row's text to `take`, in a column whose values are texts, or true and false.
pub(super) fn each(array: &dyn Array, mut take: impl FnMut(&[u8])) {
    let mut give = |text: Option<&[u8]>| take(text.unwrap_or_default());
    let truth = |truth: bool| if truth { &b"true"[..] } else { b"false" };
    match array.data_type() {
        DataType::Utf8View => {
            array.as_string_view().iter().for_each(|t| give(t.map(str::as_bytes)))
        }
        DataType::Utf8 => array.as_string::<i32>().iter().for_each(|t| give(t.map(str::as_bytes))),
        DataType::LargeUtf8 => {
            array.as_string::<i64>().iter().for_each(|t| give(t.map(str::as_bytes)));
        }
        DataType::BinaryView => array.as_binary_view().iter().for_each(give),
        DataType::Binary => array.as_binary::<i32>().iter().for_each(give),
        DataType::LargeBinary => array.as_binary::<i64>().iter().for_each(give),
        DataType::Boolean => array.as_boolean().iter().for_each(|t| give(t.map(truth))),
        _ => (0..array.len()).for_each(|_| give(None)),
    }
}

/// `6ba7b810-9dad-11d1-80b4-00c04fd430c8`
fn hexadecimal(id: &[u8], text: &mut Vec<u8>) {
    for (at, byte) in id.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push(b'-');
        }
        let _ = write!(text, "{byte:02x}");
    }
}

/// A number without zeros behind its decimals: the id 17850 is the same, whether its column holds
/// whole numbers, decimals or, as pandas has it where ids are missing, binary numbers.
fn decimal(number: Read<Decimal>, text: &mut Vec<u8>) {
    let Read::Value(number) = number else { return };
    let number = number.reduced();
    let _ = write!(text, "{number}");
}

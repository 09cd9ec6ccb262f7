//! What calamine found in a cell.

use super::super::{Date, Value};
use calamine::{Data, DataRef, ExcelDateTime};

/// A cell of an xlsx file; `None` if it is empty.
pub(super) fn value_of_ref(data: &DataRef) -> Option<Value> {
    match data {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(Value::Number(*number as f64)),
        DataRef::Float(number) => Some(Value::Number(*number)),
        DataRef::String(text) => Some(Value::Text(text.clone())),
        DataRef::SharedString(text) => Some(Value::Text(text.to_string())),
        DataRef::Bool(truth) => Some(Value::Bool(*truth)),
        DataRef::DateTime(date) => Some(date_of(date)),
        DataRef::DateTimeIso(text) => Some(iso_date(text)),
        DataRef::DurationIso(text) => Some(Value::Text(text.clone())),
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
    }
}

/// A cell of an xls file; `None` if it is empty.
pub(super) fn value_of(data: &Data) -> Option<Value> {
    match data {
        Data::Empty => None,
        Data::Int(number) => Some(Value::Number(*number as f64)),
        Data::Float(number) => Some(Value::Number(*number)),
        Data::String(text) => Some(Value::Text(text.clone())),
        Data::Bool(truth) => Some(Value::Bool(*truth)),
        Data::DateTime(date) => Some(date_of(date)),
        Data::DateTimeIso(text) => Some(iso_date(text)),
        Data::DurationIso(text) => Some(Value::Text(text.clone())),
        Data::Error(error) => Some(Value::Error(error.to_string())),
    }
}

fn date_of(date: &ExcelDateTime) -> Value {
    let serial = date.as_f64();
    if date.is_duration() {
        return Value::Number(serial);
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    Value::Date(Date { serial, year, month, day })
}

/// ods stores dates as ISO text.
pub(super) fn iso_date(text: &str) -> Value {
    let day_part = text.split('T').next().unwrap_or(text);
    let numbers: Vec<u16> = day_part.split('-').filter_map(|part| part.parse().ok()).collect();
    match numbers[..] {
        [year, month @ 1..=12, day @ 1..=31] => {
            let (month, day) = (month as u8, day as u8);
            Value::Date(Date { serial: f64::NAN, year, month, day })
        }
        _ => Value::Text(text.to_string()),
    }
}

//! Columns of days and moments.

use crate::transactions::{Clock, Moment, Read, Written, Zone};
use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{Array, ArrowPrimitiveType};
use arrow_schema::{DataType, TimeUnit};
use std::io::Write;

/// A moment as it is stored: seconds since 1970 in UTC or on a clock of no zone, and billionths of a
/// second behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    seconds: i64,
    nanos: u32,
}

/// The moments of a column as they are stored.
pub(super) fn stamps(array: &dyn Array) -> Vec<Option<Stamp>> {
    use TimeUnit::*;
    match array.data_type() {
        DataType::Date32 => read::<Date32Type>(array, |days| stamp(i64::from(days) * 86_400, 1)),
        DataType::Date64 => read::<Date64Type>(array, |millis| stamp(millis, 1000)),
        DataType::Timestamp(Second, _) => {
            read::<TimestampSecondType>(array, |seconds| stamp(seconds, 1))
        }
        DataType::Timestamp(Millisecond, _) => {
            read::<TimestampMillisecondType>(array, |millis| stamp(millis, 1000))
        }
        DataType::Timestamp(Microsecond, _) => {
            read::<TimestampMicrosecondType>(array, |micros| stamp(micros, 1_000_000))
        }
        DataType::Timestamp(Nanosecond, _) => {
            read::<TimestampNanosecondType>(array, |nanos| stamp(nanos, 1_000_000_000))
        }
        _ => vec![None; array.len()],
    }
}

fn read<T: ArrowPrimitiveType>(
    array: &dyn Array,
    stamp: impl Fn(T::Native) -> Stamp,
) -> Vec<Option<Stamp>> {
    array.as_primitive::<T>().iter().map(|value| value.map(&stamp)).collect()
}

fn stamp(units: i64, per_second: i64) -> Stamp {
    let nanos = units.rem_euclid(per_second) * (1_000_000_000 / per_second);
    Stamp { seconds: units.div_euclid(per_second), nanos: nanos as u32 }
}

/// A stamp as it would have been written by a clock of the column's zone.
pub(super) fn written(stamp: Option<Stamp>, zone: Option<&Clock>) -> Read<Written> {
    let Some(stamp) = stamp else { return Read::Empty };
    let Some(moment) = Moment::from_seconds(stamp.seconds) else { return Read::Wrong };
    let Some(zone) = zone else { return Read::Value(Written { moment, offset: None }) };
    let local = zone.local(Written { moment, offset: Some(0) });
    let offset = local.seconds() - moment.seconds();
    Read::Value(Written { moment: local, offset: Some(offset as i32) })
}

/// The clock of a zone; none is needed for UTC's.
pub(super) fn clock(zone: Zone) -> Clock {
    if zone == Zone::utc() { Clock::AsWritten } else { Clock::In(zone) }
}

/// Writes a stamp as text: the day alone in a column of days, else with its time and fractions of
/// a second as far as there are any.
pub(super) fn write(
    stamp: Option<Stamp>,
    zone: Option<&Clock>,
    is_day: bool,
    text: &mut Vec<u8>,
) -> std::io::Result<()> {
    let Read::Value(shown) = written(stamp, zone) else { return Ok(()) };
    if is_day {
        return write!(text, "{}", shown.moment.day());
    }
    write!(text, "{}", shown.moment)?;
    if let Some(nanos) = stamp.map(|stamp| stamp.nanos).filter(|nanos| *nanos > 0) {
        let digits = format!("{nanos:09}");
        write!(text, ".{}", digits.trim_end_matches('0'))?;
    }
    Ok(())
}

//! Columns of numbers, exactly.

use crate::transactions::{Decimal, Read};
use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{Array, ArrowPrimitiveType};
use arrow_schema::DataType;

/// The numbers of a column: whole numbers and decimals as they are, binary ones as the shortest
/// decimal that reads as the same number of their precision.
pub(super) fn numbers(array: &dyn Array) -> Vec<Read<Decimal>> {
    match array.data_type() {
        DataType::Int8 => read::<Int8Type>(array, |number| whole(number.into())),
        DataType::Int16 => read::<Int16Type>(array, |number| whole(number.into())),
        DataType::Int32 => read::<Int32Type>(array, |number| whole(number.into())),
        DataType::Int64 => read::<Int64Type>(array, |number| whole(number.into())),
        DataType::UInt8 => read::<UInt8Type>(array, |number| whole(number.into())),
        DataType::UInt16 => read::<UInt16Type>(array, |number| whole(number.into())),
        DataType::UInt32 => read::<UInt32Type>(array, |number| whole(number.into())),
        DataType::UInt64 => read::<UInt64Type>(array, |number| whole(number.into())),
        DataType::Float16 => read::<Float16Type>(array, |number| single(number.to_f32())),
        DataType::Float32 => read::<Float32Type>(array, single),
        DataType::Float64 => read::<Float64Type>(array, double),
        DataType::Decimal32(_, scale) => {
            read::<Decimal32Type>(array, |digits| scaled(digits.into(), *scale))
        }
        DataType::Decimal64(_, scale) => {
            read::<Decimal64Type>(array, |digits| scaled(digits.into(), *scale))
        }
        DataType::Decimal128(_, scale) => {
            read::<Decimal128Type>(array, |digits| scaled(digits, *scale))
        }
        DataType::Decimal256(_, scale) => {
            read::<Decimal256Type>(array, |digits| long(digits, *scale))
        }
        _ => vec![Read::Empty; array.len()],
    }
}

fn read<T: ArrowPrimitiveType>(
    array: &dyn Array,
    number: impl Fn(T::Native) -> Read<Decimal>,
) -> Vec<Read<Decimal>> {
    let array = array.as_primitive::<T>();
    if array.null_count() == 0 {
        return array.values().iter().map(|value| number(*value)).collect();
    }
    array.iter().map(|value| value.map_or(Read::Empty, &number)).collect()
}

fn whole(number: i128) -> Read<Decimal> {
    Read::Value(Decimal::new(number, 0))
}

fn double(number: f64) -> Read<Decimal> {
    if number.is_nan() {
        return Read::Empty;
    }
    Decimal::from_f64(number).map_or(Read::Wrong, Read::Value)
}

fn single(number: f32) -> Read<Decimal> {
    if number.is_nan() {
        return Read::Empty;
    }
    Decimal::from_f32(number).map_or(Read::Wrong, Read::Value)
}

/// A column of many decimals holds mostly zeros in them; without these a product has room.
const MANY: i8 = 6;

fn scaled(digits: i128, scale: i8) -> Read<Decimal> {
    match Decimal::scaled(digits, scale.into()) {
        Some(number) if scale > MANY => Read::Value(number.reduced()),
        Some(number) => Read::Value(number),
        None => Read::Wrong,
    }
}

/// The same for 256 bits; more digits that count than custval holds are no number to it.
fn long(mut digits: Long, mut scale: i8) -> Read<Decimal> {
    let ten = Long::from_i128(10);
    loop {
        if let Some(digits) = digits.to_i128() {
            return scaled(digits, scale);
        }
        let is_tenfold = digits.checked_rem(ten) == Some(Long::ZERO);
        match digits.checked_div(ten) {
            Some(tenth) if scale > 0 && is_tenfold => (digits, scale) = (tenth, scale - 1),
            _ => return Read::Wrong,
        }
    }
}

/// A number of 256 bits.
type Long = <Decimal256Type as ArrowPrimitiveType>::Native;

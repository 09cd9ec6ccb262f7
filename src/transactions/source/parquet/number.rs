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
            // More digits than custval holds are no number to it.
            let short = |digits: Option<i128>| digits.map_or(Read::Wrong, |d| scaled(d, *scale));
            read::<Decimal256Type>(array, |digits| short(digits.to_i128()))
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

fn scaled(digits: i128, scale: i8) -> Read<Decimal> {
    Decimal::scaled(digits, scale.into()).map_or(Read::Wrong, Read::Value)
}

use super::batch::Batch;
use super::kind::{Kind, Use};
use super::moment::{clock, stamps, write, written};
use super::number::numbers;
use super::open::Table;
use super::text::texts;
use super::uses::{Column, Uses};
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::transactions::source::{Kind as SourceKind, Source};
use crate::transactions::{Decimal, Read, Zone};
use arrow_array::types::{Decimal128Type, Decimal256Type};
use arrow_array::*;
use std::sync::Arc;

fn number(mantissa: i128, decimals: u8) -> Read<Decimal> {
    Read::Value(Decimal::new(mantissa, decimals))
}

#[test]
fn numbers_of_every_type_are_read_exactly() {
    assert_eq!(numbers(&Int8Array::from(vec![Some(-128), None])), [number(-128, 0), Read::Empty]);
    assert_eq!(numbers(&UInt64Array::from(vec![u64::MAX])), [number(u64::MAX.into(), 0)]);
    // In double precision 2.55 of single precision would be 2.549999952316284.
    assert_eq!(numbers(&Float32Array::from(vec![2.55])), [number(255, 2)]);
    let odd = Float64Array::from(vec![f64::NAN, f64::INFINITY, -0.0, 1e-300, 17_850.0]);
    let read = [Read::Empty, Read::Wrong, number(0, 0), Read::Wrong, number(17_850, 0)];
    assert_eq!(numbers(&odd), read);
    let decimals = |digits: i128, scale: i8| {
        let array = Decimal128Array::from(vec![digits]);
        numbers(&array.with_precision_and_scale(38, scale).unwrap())
    };
    assert_eq!(decimals(12_345, 2), [number(12_345, 2)]);
    assert_eq!(decimals(12, -3), [number(12_000, 0)]);
    assert_eq!(numbers(&PrimitiveArray::<Decimal128Type>::new_null(1)), [Read::Empty]);
    // More than 38 digits are beyond what custval holds.
    let long = Decimal256Array::from_iter_values([i256(1, 0), i256(0, 255)]);
    assert_eq!(numbers(&long), [Read::Wrong, number(255, 10)]);
    let price = i256(0, 255).checked_mul(i256(0, 10_u128.pow(38))).unwrap();
    let long = Decimal256Array::from_iter_values([price]).with_precision_and_scale(76, 40);
    assert_eq!(numbers(&long.unwrap()), [number(255, 2)]);
}

/// A number of 256 bits from its halves.
fn i256(high: i128, low: u128) -> <Decimal256Type as ArrowPrimitiveType>::Native {
    <Decimal256Type as ArrowPrimitiveType>::Native::from_parts(low, high)
}

#[test]
fn moments_of_every_unit_are_read_and_written() {
    let shown = |array: &dyn Array, zone: Option<&str>, is_day: bool| -> Vec<String> {
        let clock = zone.map(|zone| clock(Zone::parse(zone, Place::option("-")).unwrap()));
        let text = |stamp| {
            let mut text = Vec::new();
            write(stamp, clock.as_ref(), is_day, &mut text).unwrap();
            String::from_utf8(text).unwrap()
        };
        stamps(array).into_iter().map(text).collect()
    };
    let days = Date32Array::from(vec![Some(15_317), None, Some(i32::MAX)]);
    assert_eq!(shown(&days, None, true), ["2011-12-09", "", ""]);
    assert_eq!(written(stamps(&days)[2], None), Read::Wrong);
    assert_eq!(shown(&Date64Array::from(vec![1_323_388_800_000]), None, true), ["2011-12-09"]);
    let seconds = TimestampSecondArray::from(vec![-1]);
    assert_eq!(shown(&seconds, None, false), ["1969-12-31T23:59:59"]);
    let millis = TimestampMillisecondArray::from(vec![-1]);
    assert_eq!(shown(&millis, None, false), ["1969-12-31T23:59:59.999"]);
    let micros = TimestampMicrosecondArray::from(vec![1_500_000]);
    assert_eq!(shown(&micros, None, false), ["1970-01-01T00:00:01.5"]);
    let nanos = TimestampNanosecondArray::from(vec![1]);
    assert_eq!(shown(&nanos, None, false), ["1970-01-01T00:00:00.000000001"]);
    // In London the clocks go forward on 2011-03-27 at 01:00 UTC.
    let london = TimestampSecondArray::from(vec![1_301_187_599, 1_301_187_600]);
    let expected = ["2011-03-27T00:59:59", "2011-03-27T02:00:00"];
    assert_eq!(shown(&london, Some("Europe/London"), false), expected);
    let offsets = |zone: &str| -> Vec<Option<i32>> {
        let clock = clock(Zone::parse(zone, Place::option("-")).unwrap());
        let written = |stamp| written(stamp, Some(&clock)).value().unwrap().offset;
        stamps(&london).into_iter().map(written).collect()
    };
    assert_eq!(offsets("Europe/London"), [Some(0), Some(3600)]);
    assert_eq!(offsets("UTC"), [Some(0), Some(0)]);
}

#[test]
fn texts_are_those_that_a_csv_file_would_hold() {
    let of = |array: &dyn Array, kind: Kind| -> Vec<String> {
        let mut bytes = b"before".to_vec();
        let parts = texts(array, &kind, None, &mut bytes);
        parts.iter().map(|part| String::from_utf8_lossy(part.of(&bytes)).into_owned()).collect()
    };
    let ids = Float64Array::from(vec![Some(17_850.0), None, Some(1.5), Some(1e15)]);
    assert_eq!(of(&ids, Kind::Number), ["17850", "", "1.5", "1000000000000000"]);
    let decimals = Decimal128Array::from(vec![1_785_000]).with_precision_and_scale(20, 2).unwrap();
    assert_eq!(of(&decimals, Kind::Number), ["17850"]);
    let words = vec![Some("a"), None, Some("né")];
    let expected = ["a", "", "né"];
    assert_eq!(of(&StringArray::from(words.clone()), Kind::Text), expected);
    assert_eq!(of(&LargeStringArray::from(words.clone()), Kind::Text), expected);
    assert_eq!(of(&StringViewArray::from(words.clone()), Kind::Text), expected);
    let bytes: Vec<Option<&[u8]>> = words.iter().map(|word| word.map(str::as_bytes)).collect();
    assert_eq!(of(&BinaryArray::from(bytes.clone()), Kind::Text), expected);
    assert_eq!(of(&LargeBinaryArray::from(bytes.clone()), Kind::Text), expected);
    assert_eq!(of(&BinaryViewArray::from(bytes), Kind::Text), expected);
    let truths = BooleanArray::from(vec![Some(true), None, Some(false)]);
    assert_eq!(of(&truths, Kind::Truth), ["true", "", "false"]);
    assert_eq!(of(&NullArray::new(2), Kind::Nothing), ["", ""]);
    let id = 0x6ba7_b810_9dad_11d1_80b4_00c0_4fd4_30c8_u128.to_be_bytes();
    let uuids =
        FixedSizeBinaryArray::try_from_sparse_iter_with_size([Some(id), None].into_iter(), 16);
    let expected = ["6ba7b810-9dad-11d1-80b4-00c04fd430c8", ""];
    assert_eq!(of(&uuids.unwrap(), Kind::Uuid), expected);
}

#[test]
fn what_does_not_fit_its_use_is_said() {
    assert_eq!(Kind::Nested.misfit(Use::Text), Some("lists or records"));
    assert_eq!(Kind::Day.misfit(Use::Number), Some("dates"));
    assert_eq!(Kind::Truth.misfit(Use::Date), Some("true and false"));
    // Days may be written as whole numbers, 20111209.
    assert_eq!(Kind::Number.misfit(Use::Date), None);
    assert_eq!(Kind::Truth.misfit(Use::Text), None);
}

#[test]
fn long_texts_that_are_stored_once_are_read_in_small_parts() {
    let long = "x".repeat(30 << 20);
    let array: ArrayRef = Arc::new(StringArray::from(vec![long.as_str(); 3]));
    let records = RecordBatch::try_from_iter([("c", array)]).unwrap();
    let column = Column {
        at: 0,
        kind: Kind::Text,
        clock: None,
        as_text: true,
        as_number: false,
        as_moment: false,
    };
    let uses = |column| {
        Arc::new(Uses {
            width: 1,
            columns: vec![column],
            hashes: false,
            records: false,
            zone: None,
        })
    };
    let part = Batch::new(records.clone(), &uses(column)).front();
    assert_eq!(part.rows(), 2);
    let endless: ArrayRef = Arc::new(StringArray::from(vec!["x".repeat(65 << 20)]));
    let endless = RecordBatch::try_from_iter([("c", endless)]).unwrap();
    let column = Column {
        at: 0,
        kind: Kind::Text,
        clock: None,
        as_text: true,
        as_number: false,
        as_moment: false,
    };
    assert_eq!(Batch::new(endless, &uses(column)).front().rows(), 0);
}

#[test]
fn what_is_no_parquet_file_is_refused_by_its_ends() {
    let refused = |bytes: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sales.parquet");
        std::fs::write(&path, bytes).unwrap();
        let source =
            Source { name: path.display().to_string(), kind: SourceKind::Parquet, path: None };
        match Table::open(&source, Arc::default()) {
            Err(crate::Error::Input(log)) => {
                let fault: Diagnostics = log;
                fault.iter().map(|fault| (fault.code, fault.message.clone())).next().unwrap()
            }
            _ => panic!("it was opened"),
        }
    };
    assert_eq!(refused(b"").0, Code::FileEmpty);
    assert_eq!(refused(b"PAR1....PARE").0, Code::FileEncrypted);
    assert!(refused(b"PAR1 and then it ends").1.contains("ends before"));
    assert!(refused(b"id,date,amt\n1,2,3\n").1.contains("no Parquet file"));
    assert_eq!(refused(b"PAR1\xff\xff\xff\xffPAR1").0, Code::FileUnreadable);
    assert_eq!(refused(b"PAR1\0\0\0\0PAR1").0, Code::FileUnreadable);
}

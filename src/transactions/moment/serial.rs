//! Dates as numbers: Excel's days since 1900, Unix's seconds since 1970.

use super::numeric::{Date, Parsed};
use super::time::Time;
use super::{DateForm, Moment};
use crate::transactions::{Decimal, NumberStyle};

const SECONDS_PER_DAY: i128 = 86_400;

impl Moment {
    /// The moment of an Excel serial number in the 1900 system: 1 is 1900-01-01, fractions are parts
    /// of the day, rounded to the second.
    ///
    /// Excel holds 1900 for a leap year, as Lotus 1-2-3 did: 60 is its 29 February, which never was
    /// and is `None` here, and the numbers after it are one more than the days since. Below 1 there
    /// is no date.
    ///
    /// ```
    /// use custval::transactions::{Decimal, Moment};
    ///
    /// let serial = Decimal::from_f64(40_513.351_388_888_89).unwrap();
    /// assert_eq!(Moment::from_excel(serial).unwrap().to_string(), "2010-12-01T08:26:00");
    /// ```
    pub fn from_excel(serial: Decimal) -> Option<Moment> {
        let seconds = rounded(serial, SECONDS_PER_DAY)?;
        let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        if day < 1 || day == 60 {
            return None;
        }
        let since_1970 = day - if day < 60 { 25_568 } else { 25_569 };
        Moment::from_seconds(since_1970.checked_mul(86_400)?.checked_add(second)?)
    }

    /// The moment on UTC's clock so many seconds (with `per_second` 1000: milliseconds) after
    /// 1970-01-01 00:00; parts of a second are left out.
    pub(super) fn from_unix(number: Decimal, per_second: i128) -> Option<Moment> {
        let unit = 10_i128.checked_pow(number.decimals().into())?.checked_mul(per_second)?;
        Moment::from_seconds(i64::try_from(number.mantissa().div_euclid(unit)).ok()?)
    }
}

/// The number times a factor, to the nearest whole number.
fn rounded(number: Decimal, factor: i128) -> Option<i64> {
    let unit = 10_i128.checked_pow(number.decimals().into())?;
    let (whole, part) = (number.mantissa().div_euclid(unit), number.mantissa().rem_euclid(unit));
    // Digits of the part that are too many for the product cannot change the second.
    let (mut part, mut unit) = (part, unit);
    while unit > 1_000_000_000_000_000_000_000_000_000_000 {
        (part, unit) = (part / 10, unit / 10);
    }
    let part = (part * factor + unit / 2) / unit;
    i64::try_from(whole.checked_mul(factor)?.checked_add(part)?).ok()
}

/// A number of five digits with a fraction or without: a serial number of 1927 to 2173. Shorter ones
/// are years or quantities more often than dates.
pub(super) fn by_shape(text: &[u8]) -> Option<Parsed> {
    let is_plain = text.first() != Some(&b'0')
        && text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    let serial = NumberStyle::Dot.read(text).value().filter(|_| is_plain)?;
    let moment = Moment::from_excel(serial)?;
    let time = Time { seconds: moment.second_of_day().into(), offset: None };
    Some(Parsed { date: Date::Known(moment.day()), time, form: DateForm::Serial })
}

/// A serial number of any length.
pub(super) fn excel(text: &[u8]) -> Option<Moment> {
    Moment::from_excel(NumberStyle::Dot.read(text).value()?)
}

/// Seconds (or thousandths of them) since 1970 on UTC's clock.
pub(super) fn unix(text: &[u8], per_second: i128) -> Option<Moment> {
    Moment::from_unix(NumberStyle::Dot.read(text).value()?, per_second)
}

#[cfg(test)]
mod tests {
    use super::super::{DateStyle, Day};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn excel_counts_a_day_that_never_was() {
        let excel = |serial| Moment::from_excel(Decimal::new(serial, 0));
        let day = |serial| excel(serial).map(|moment| moment.day().to_string());
        assert_eq!(day(59).unwrap(), "1900-02-28");
        assert_eq!(day(60), None);
        assert_eq!(day(61).unwrap(), "1900-03-01");
        assert_eq!(day(2_958_465).unwrap(), "9999-12-31");
        assert_eq!((day(0), day(-5), day(2_958_466)), (None, None, None));
        assert_eq!(excel(i128::MAX), None);
    }

    proptest! {
        #[test]
        fn serial_numbers_are_the_days_of_excel(serial in 61_i32..2_958_466, second in 0_i64..86_400) {
            let number = f64::from(serial) + second as f64 / 86_400.0;
            let read = DateStyle::Excel.read(format!("{number}").as_bytes()).value();
            let expected = Day::from_number(serial - 25_569).unwrap().midnight().later(second);
            prop_assert_eq!(read.map(|written| written.moment), Some(expected));
        }
    }
}

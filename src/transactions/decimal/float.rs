//! Decimal numbers from and to binary ones.

use super::{Decimal, TENS};
use std::fmt::{self, Write};

/// Whole numbers up to this, and powers of ten up to 10^22, are exact as binary numbers, so that
/// one division of the two is rounded once.
const EXACT: u128 = 1 << 53;

/// The powers of ten that are exact as binary numbers.
const EXACT_TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Different decimals of up to 15 digits are different binary numbers. So where one of them gives a
/// binary number, no shorter one does.
const SHORT: f64 = 1e15;

impl Decimal {
    /// The shortest decimal number that reads as `number`; `None` if it is not finite, or has not
    /// its place within 38 digits and 255 decimals.
    ///
    /// ```
    /// use custval::transactions::Decimal;
    ///
    /// assert_eq!(Decimal::from_f64(2.55), Some(Decimal::new(255, 2)));
    /// assert_eq!(Decimal::from_f64(f64::NAN), None);
    /// ```
    pub fn from_f64(number: f64) -> Option<Decimal> {
        for (decimals, ten) in [(0, 1.0), (2, 100.0), (4, 10_000.0)] {
            let mantissa = (number * ten).round();
            if mantissa.abs() < SHORT && mantissa / ten == number {
                return Some(Decimal::new(mantissa as i128, decimals));
            }
        }
        if !number.is_finite() {
            return None;
        }
        // Rust writes the shortest digits that read as the same number.
        let mut shortest = Digits::default();
        write!(shortest, "{number:e}").ok()?;
        shortest.decimal()
    }

    /// The shortest decimal number that reads as `number` in single precision.
    ///
    /// ```
    /// use custval::transactions::Decimal;
    ///
    /// assert_eq!(Decimal::from_f32(2.55), Some(Decimal::new(255, 2)));
    /// assert_ne!(Decimal::from_f64(f64::from(2.55_f32)), Some(Decimal::new(255, 2)));
    /// ```
    pub fn from_f32(number: f32) -> Option<Decimal> {
        if !number.is_finite() {
            return None;
        }
        let mut shortest = Digits::default();
        write!(shortest, "{number:e}").ok()?;
        shortest.decimal()
    }

    /// The binary number nearest to this one.
    pub fn to_f64(self) -> f64 {
        let digits = self.mantissa.unsigned_abs();
        if let Some(ten) = EXACT_TENS.get(usize::from(self.decimals))
            && digits <= EXACT
        {
            return self.mantissa as i64 as f64 / ten;
        }
        // Rust reads decimal digits correctly rounded. This is never a text that it refuses.
        format!("{}e-{}", self.mantissa, self.decimals).parse().unwrap_or(f64::NAN)
    }
}

/// A number such as `-1.2345e-7`, taken up as it is written.
#[derive(Default)]
struct Digits {
    mantissa: i128,
    decimals: i32,
    negative: bool,
    is_behind_point: bool,
    exponent: Option<i32>,
    negative_exponent: bool,
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            match (byte, &mut self.exponent) {
                (b'0'..=b'9', Some(exponent)) => {
                    *exponent = *exponent * 10 + i32::from(byte - b'0')
                }
                (b'0'..=b'9', None) => {
                    self.mantissa = self.mantissa * 10 + i128::from(byte - b'0');
                    self.decimals += i32::from(self.is_behind_point);
                }
                (b'.', _) => self.is_behind_point = true,
                (b'e', _) => self.exponent = Some(0),
                (b'-', Some(_)) => self.negative_exponent = true,
                (b'-', None) => self.negative = true,
                _ => return Err(fmt::Error),
            }
        }
        Ok(())
    }
}

impl Digits {
    fn decimal(self) -> Option<Decimal> {
        let exponent = self.exponent.unwrap_or(0);
        let exponent = if self.negative_exponent { -exponent } else { exponent };
        let mantissa = if self.negative { -self.mantissa } else { self.mantissa };
        Decimal::scaled(mantissa, self.decimals - exponent)
    }
}

impl Decimal {
    /// *mantissa* · 10^−*decimals* for any number of decimals, also below nought.
    pub(in crate::transactions) fn scaled(mantissa: i128, decimals: i32) -> Option<Decimal> {
        if mantissa == 0 {
            return Some(Decimal::ZERO);
        }
        if decimals >= 0 {
            return Some(Decimal::new(mantissa, u8::try_from(decimals).ok()?));
        }
        let ten = TENS.get(usize::try_from(-i64::from(decimals)).ok()?)?;
        Some(Decimal::new(mantissa.checked_mul(*ten)?, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_shortest_decimal_is_found() {
        let shortest: [(f64, i128, u8); 9] = [
            (0.0, 0, 0),
            (-0.0, 0, 0),
            (2.55, 255, 2),
            (-7.0, -7, 0),
            (0.1, 1, 1),
            (0.001, 1, 3),
            (1e15, 1_000_000_000_000_000, 0),
            (279_489.02, 27_948_902, 2),
            (0.1 + 0.2, 30_000_000_000_000_004, 17),
        ];
        for (number, mantissa, decimals) in shortest {
            assert_eq!(Decimal::from_f64(number), Some(Decimal::new(mantissa, decimals)));
        }
        for far in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e39, 1e-300, f64::MAX] {
            assert_eq!(Decimal::from_f64(far), None, "{far}");
        }
        assert_eq!(Decimal::from_f64(1e-200), Some(Decimal::new(1, 200)));
    }

    proptest! {
        #[test]
        fn a_binary_number_comes_back(number in proptest::num::f64::NORMAL) {
            if let Some(decimal) = Decimal::from_f64(number) {
                prop_assert_eq!(decimal.to_f64(), number);
                let shortest: f64 = decimal.to_string().parse().unwrap();
                prop_assert_eq!(shortest, number);
                // No other decimal of the same number of digits or fewer is what Rust writes.
                prop_assert_eq!(decimal.reduced().to_string(), format!("{number}"));
            }
        }

        #[test]
        fn money_like_numbers_take_the_short_way(cents in -10_000_000_000_i64..10_000_000_000) {
            let number = cents as f64 / 100.0;
            prop_assert_eq!(Decimal::from_f64(number), Some(Decimal::new(cents.into(), 2)));
        }

        #[test]
        fn the_nearest_binary_number_is_given(mantissa in any::<i128>(), decimals in any::<u8>()) {
            let nearest: f64 = format!("{mantissa}e-{decimals}").parse().unwrap();
            prop_assert_eq!(Decimal::new(mantissa, decimals).to_f64(), nearest);
        }

        #[test]
        fn short_numbers_are_divided_once(mantissa in any::<i64>(), decimals in 0_u8..23) {
            let nearest: f64 = format!("{mantissa}e-{decimals}").parse().unwrap();
            prop_assert_eq!(Decimal::new(mantissa.into(), decimals).to_f64(), nearest);
        }
    }
}

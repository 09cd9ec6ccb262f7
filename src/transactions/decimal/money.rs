//! Sums of money in fixed point.

use super::{Decimal, TENS};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Neg;

/// How many decimals a sum keeps.
const DECIMALS: u8 = 15;

/// For each number of decimals, the largest mantissa that fits when it is raised to 15 decimals.
const LARGEST: [i128; DECIMALS as usize + 1] = {
    let mut largest = [0; DECIMALS as usize + 1];
    let mut decimals = 0;
    while decimals <= DECIMALS as usize {
        largest[decimals] = i128::MAX / TENS[DECIMALS as usize - decimals];
        decimals += 1;
    }
    largest
};

/// For each number of decimals, the power of ten that raises it to 15.
const SHORT_TENS: [i64; DECIMALS as usize + 1] = {
    let mut tens = [1; DECIMALS as usize + 1];
    let mut decimals = DECIMALS as usize;
    while decimals > 0 {
        tens[decimals - 1] = tens[decimals] * 10;
        decimals -= 1;
    }
    tens
};

/// An amount of money, or a quantity, in units of 10^−15: sums are exact, so that they do not depend
/// on the order of the lines.
///
/// It reaches to ±1.7 · 10^23. What would lie beyond is `None`, never wrapped.
///
/// ```
/// use custval::transactions::{Decimal, Money};
///
/// let [ten, twenty] = [1, 2].map(|tenths| Money::of(Decimal::new(tenths, 1)).unwrap());
/// assert_eq!(ten.checked_add(twenty).unwrap().to_f64(), 0.3);
/// assert_eq!(Money::product(Decimal::new(6, 0), Decimal::new(255, 2)).unwrap().to_string(), "15.3");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i128);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// The amount that a decimal number says; beyond 15 decimals rounded half to even. `None` if it
    /// is too large.
    pub fn of(number: Decimal) -> Option<Money> {
        Money::scaled(number.mantissa(), u16::from(number.decimals()))
    }

    /// The amount that digits say, with a sign and a decimal point where there are such.
    fn written(text: &str) -> Option<Money> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let decimals = u8::try_from(fraction.len()).ok()?;
        let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        Money::of(Decimal::new(mantissa, decimals))
    }

    /// Quantity times price: exact, and beyond 15 decimals rounded once, half to even. `None` if the
    /// product is too large or has more than 38 digits.
    pub fn product(quantity: Decimal, price: Decimal) -> Option<Money> {
        let decimals = u16::from(quantity.decimals()) + u16::from(price.decimals());
        let (quantity, price) = (quantity.mantissa(), price.mantissa());
        let product = match (i64::try_from(quantity), i64::try_from(price)) {
            (Ok(quantity), Ok(price)) => i128::from(quantity) * i128::from(price),
            _ => quantity.checked_mul(price)?,
        };
        Money::scaled(product, decimals)
    }

    fn scaled(mantissa: i128, decimals: u16) -> Option<Money> {
        // The largest i64 times 10^15 fits: nearly all amounts go this way.
        if let (Ok(mantissa), Some(ten)) =
            (i64::try_from(mantissa), SHORT_TENS.get(usize::from(decimals)))
        {
            return Some(Money(i128::from(mantissa) * i128::from(*ten)));
        }
        if let Some(largest) = LARGEST.get(usize::from(decimals)) {
            let is_within = -*largest <= mantissa && mantissa <= *largest;
            let ten = TENS[usize::from(u16::from(DECIMALS) - decimals)];
            return is_within.then(|| Money(mantissa * ten));
        }
        // An i128 has no more than 39 digits: behind that many zeros nothing is left.
        let Some(ten) = TENS.get(usize::from(decimals) - usize::from(DECIMALS)) else {
            return Some(Money::ZERO);
        };
        let (whole, rest) = (mantissa / ten, (mantissa % ten).unsigned_abs());
        let half = ten.unsigned_abs() / 2;
        let is_up = rest > half || (rest == half && whole % 2 != 0);
        Some(Money(whole + if is_up { mantissa.signum() } else { 0 }))
    }

    /// The sum, or `None` if it is too large.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        // The lowest i128 has no opposite.
        self.0.checked_add(other.0).filter(|units| *units != i128::MIN).map(Money)
    }

    /// The difference, or `None` if it is too large.
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        self.checked_add(-other)
    }

    /// Without its sign.
    pub fn abs(self) -> Money {
        Money(self.0.abs())
    }

    /// Whether it is below nought.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is nought.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The amount in units of 10^−15.
    pub fn units(self) -> i128 {
        self.0
    }

    /// The amount of so many units of 10^−15; `None` for the lowest number of all, which has no
    /// opposite.
    pub fn from_units(units: i128) -> Option<Money> {
        (units != i128::MIN).then_some(Money(units))
    }

    /// The same as a decimal number.
    pub fn decimal(self) -> Decimal {
        // Most amounts have two decimals: one division instead of many.
        let cent = TENS[usize::from(DECIMALS - 2)];
        if self.0 % cent == 0 {
            return Decimal::new(self.0 / cent, 2).reduced();
        }
        Decimal::new(self.0, DECIMALS).reduced()
    }

    /// The binary number nearest to the amount.
    pub fn to_f64(self) -> f64 {
        self.decimal().to_f64()
    }
}

impl Neg for Money {
    type Output = Money;

    fn neg(self) -> Money {
        Money(-self.0)
    }
}

/// All digits that count, and no more.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}

/// The nearest binary number. Where that says less, all digits stand there: readers that count in binary
/// numbers come to the same one.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let nearest = self.to_f64();
        if Money::written(&nearest.to_string()) == Some(*self) {
            return serializer.serialize_f64(nearest);
        }
        match RawValue::from_string(self.to_string()) {
            Ok(digits) => digits.serialize(serializer),
            Err(_) => serializer.serialize_f64(nearest),
        }
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let raw = raw.get();
        // `1e23` is written out first.
        let plain = match raw.contains(['e', 'E']) {
            true => raw.parse().map(|number: f64| number.to_string()).unwrap_or_default(),
            false => raw.to_string(),
        };
        Money::written(&plain).ok_or_else(|| de::Error::custom(format!("{raw} is no amount")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(mantissa: i128, decimals: u8) -> Option<Money> {
        Money::of(Decimal::new(mantissa, decimals))
    }

    #[test]
    fn sums_are_written_as_they_are() {
        let sum = money(27_948_902, 2).unwrap();
        assert_eq!(sum.to_f64(), 279_489.02);
        assert_eq!(sum.to_string(), "279489.02");
        assert_eq!(serde_json::to_string(&sum).unwrap(), "279489.02");
        assert_eq!((-sum).to_string(), "-279489.02");
        assert_eq!(money(-5, 2).unwrap().to_string(), "-0.05");
        assert_eq!(Money::ZERO.to_string(), "0");
        assert_eq!(Money::ZERO.to_f64(), 0.0);
        assert_eq!(money(1, 15).unwrap().to_f64(), 1e-15);
    }

    #[test]
    fn beyond_fifteen_decimals_halves_go_to_the_even() {
        let units = |mantissa, decimals| money(mantissa, decimals).unwrap().units();
        let rounded = [(5, 0), (15, 2), (25, 2), (35, 4), (-5, 0), (-15, -2), (-16, -2), (4, 0)];
        for (mantissa, expected) in rounded {
            assert_eq!(units(mantissa, 16), expected, "{mantissa}");
        }
        assert_eq!(units(50_001, 20), 1);
        assert_eq!(units(i128::MAX, 54), 0);
        assert_eq!(units(i128::MAX, 53), 2);
        assert_eq!(units(i128::MIN, 255), 0);
    }

    #[test]
    fn what_is_too_large_is_none() {
        assert!(money(170_141_183_460_469_231_731_687, 0).is_some());
        assert_eq!(money(170_141_183_460_469_231_731_688, 0), None);
        assert_eq!(money(i128::MIN, 0), None);
        let most = Money::from_units(i128::MAX).unwrap();
        assert_eq!(most.checked_add(money(1, 15).unwrap()), None);
        assert_eq!((-most).checked_sub(money(1, 15).unwrap()), None);
        assert_eq!(Money::from_units(i128::MIN), None);
        let large = Decimal::new(i128::MAX, 0);
        assert_eq!(Money::product(large, Decimal::new(2, 0)), None);
        assert_eq!(Money::product(large, Decimal::new(1, 15)), Some(most));
    }

    proptest! {
        /// Whole numbers of a billionth: what a product of two prices of up to 7 decimals is exactly.
        #[test]
        fn products_are_exact(
            quantity in -1_000_000_i64..1_000_000,
            price in -10_000_000_000_i64..10_000_000_000,
            decimals in (0_u8..8, 0_u8..8),
        ) {
            let product = Money::product(
                Decimal::new(quantity.into(), decimals.0),
                Decimal::new(price.into(), decimals.1),
            );
            let power = u32::from(15 - decimals.0 - decimals.1);
            let units = i128::from(quantity) * i128::from(price) * 10_i128.pow(power);
            prop_assert_eq!(product.map(Money::units), Some(units));
        }

        #[test]
        fn sums_do_not_depend_on_the_order(
            mut lines in proptest::collection::vec((any::<i64>(), 0_u8..20), 0..50),
        ) {
            let sum = |lines: &[(i64, u8)]| {
                lines.iter().try_fold(Money::ZERO, |sum, (mantissa, decimals)| {
                    sum.checked_add(money(i128::from(*mantissa), *decimals)?)
                })
            };
            let first = sum(&lines);
            prop_assert!(first.is_some());
            lines.sort_unstable();
            prop_assert_eq!(sum(&lines), first);
            lines.reverse();
            prop_assert_eq!(sum(&lines), first);
        }

        #[test]
        fn the_nearest_binary_number_is_given(units in any::<i128>()) {
            prop_assume!(units != i128::MIN);
            let money = Money::from_units(units).unwrap();
            let nearest: f64 = format!("{units}e-15").parse().unwrap();
            prop_assert_eq!(money.to_f64(), nearest);
            prop_assert_eq!(money.to_string().parse::<f64>().unwrap(), nearest);
        }

        #[test]
        fn rounding_is_that_of_exact_arithmetic(mantissa in any::<i128>(), over in 1_u8..38) {
            let ten = 10_i128.pow(over.into());
            let units = money(mantissa, 15 + over).unwrap().units();
            // What was rounded away is at most half a unit; where it is a half, the unit is even.
            let rest = mantissa.wrapping_sub(units.wrapping_mul(ten)).abs();
            prop_assert!(rest <= ten / 2 && (rest < ten / 2 || units % 2 == 0));
        }
    }
}

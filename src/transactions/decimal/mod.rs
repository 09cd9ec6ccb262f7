//! Exact decimal numbers: what a text says, and sums of money that do not depend on their order.

mod affix;
mod body;
mod currency;
mod finding;
mod float;
mod money;
mod scout;
mod style;

pub(super) use affix::is_minus;
pub use finding::NumberFinding;
pub use money::Money;
pub use scout::NumberScout;
pub use style::NumberStyle;

use std::fmt;

/// The powers of ten that an `i128` holds.
const TENS: [i128; 39] = {
    let mut tens = [1; 39];
    let mut power = 1;
    while power < 39 {
        tens[power] = tens[power - 1] * 10;
        power += 1;
    }
    tens
};

/// An exact decimal number: *mantissa* · 10^−*decimals*.
///
/// It has at most 38 digits and 255 decimals. Two are equal if they are the same number, however
/// many zeros end them.
///
/// ```
/// use custval::transactions::{Decimal, NumberStyle, Read};
///
/// let Read::Value(price) = NumberStyle::Dot.read(b"$1,234.50") else { panic!() };
/// assert_eq!((price.mantissa(), price.decimals()), (12_345, 1));
/// assert_eq!(price, Decimal::new(123_450, 2));
/// assert_eq!(price.to_f64(), 1234.5);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    mantissa: i128,
    decimals: u8,
}

impl Decimal {
    /// Nought.
    pub const ZERO: Decimal = Decimal { mantissa: 0, decimals: 0 };

    /// *mantissa* · 10^−*decimals*.
    pub const fn new(mantissa: i128, decimals: u8) -> Self {
        Decimal { mantissa, decimals }
    }

    /// The digits as a whole number.
    pub const fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// How many of the digits stand behind the point.
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// The same number without zeros at the end of its decimals.
    pub(super) fn reduced(self) -> Self {
        let Decimal { mut mantissa, mut decimals } = self;
        if mantissa == 0 {
            return Decimal::ZERO;
        }
        while decimals > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            decimals -= 1;
        }
        Decimal { mantissa, decimals }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.reduced(), other.reduced());
        one.mantissa == other.mantissa && one.decimals == other.decimals
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs();
        if self.decimals == 0 {
            return write!(f, "{sign}{digits}");
        }
        let decimals = usize::from(self.decimals);
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        write!(f, "{sign}{whole}.{part}")
    }
}

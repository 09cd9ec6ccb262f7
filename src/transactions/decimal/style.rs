//! How a column writes its numbers.

use super::affix::Bare;
use super::body::decimal;
use super::{Decimal, TENS};
use crate::transactions::read::{Read, is_absent, trimmed};

/// Which of point and comma begins the decimals; the other one then separates thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberStyle {
    /// `1,234.50`
    #[default]
    Dot,
    /// `1.234,50`
    Comma,
}

/// So many digits always fit an `i64`.
const SHORT: usize = 18;

impl NumberStyle {
    /// The style of this name, as an option gives it: `dot` or `comma`.
    pub fn parse(name: &str) -> Option<NumberStyle> {
        match name.trim().to_ascii_lowercase().as_str() {
            "dot" | "." => Some(NumberStyle::Dot),
            "comma" | "," => Some(NumberStyle::Comma),
            _ => None,
        }
    }

    /// What the text says as a number.
    ///
    /// Understood are currency signs and codes before or after it, thousands separated by point,
    /// comma, apostrophe or space (also the Indian `12,34,567`), `(1.50)` and `1.50-` as negative
    /// numbers, full-width digits, and exponents. Empty are also `NA`, `NaN`, `null` and the like,
    /// by which programs write that there is no number. Words, infinite numbers, percentages, and
    /// numbers of more than 38 digits or 255 decimals are wrong.
    ///
    /// ```
    /// use custval::transactions::{Decimal, NumberStyle, Read};
    ///
    /// let hundred = Read::Value(Decimal::new(-123_450, 2));
    /// assert_eq!(NumberStyle::Dot.read(b"($1,234.50)"), hundred);
    /// assert_eq!(NumberStyle::Comma.read("-1.234,50\u{a0}€".as_bytes()), hundred);
    /// assert_eq!(NumberStyle::Dot.read(b" "), Read::Empty);
    /// assert_eq!(NumberStyle::Dot.read(b"ten"), Read::Wrong);
    /// ```
    pub fn read(self, text: &[u8]) -> Read<Decimal> {
        match self.plain(text) {
            Some(number) => Read::Value(number),
            None => self.unusual(text),
        }
    }

    /// Up to 18 digits with a decimal sign at most, and a minus: nearly all numbers there are.
    #[inline]
    pub(in crate::transactions) fn plain(self, text: &[u8]) -> Option<Decimal> {
        let (is_negative, digits) = match text {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        if digits.len() > SHORT {
            return None;
        }
        let sign = match self {
            NumberStyle::Dot => b'.',
            NumberStyle::Comma => b',',
        };
        let mut mantissa = 0_i64;
        let mut point = None;
        for (at, byte) in digits.iter().enumerate() {
            let digit = byte.wrapping_sub(b'0');
            if digit < 10 {
                mantissa = mantissa * 10 + i64::from(digit);
            } else if *byte == sign && point.is_none() {
                point = Some(at);
            } else {
                return None;
            }
        }
        let decimals = point.map_or(0, |at| digits.len() - at - 1);
        if digits.len() == usize::from(point.is_some()) {
            return None;
        }
        let mantissa = if is_negative { -mantissa } else { mantissa };
        Some(Decimal::new(mantissa.into(), decimals as u8))
    }

    /// Everything else; slower.
    fn unusual(self, text: &[u8]) -> Read<Decimal> {
        if let Some(number) = self.plain(text.trim_ascii()) {
            return Read::Value(number);
        }
        let Ok(text) = std::str::from_utf8(text) else {
            return Read::Wrong;
        };
        let text = trimmed(text);
        if is_absent(text) {
            return Read::Empty;
        }
        let bare = Bare::of(text);
        let sign = if bare.is_negative { -1 } else { 1 };
        match decimal(bare.digits, self) {
            Some(number) => Read::Value(Decimal::new(sign * number.mantissa(), number.decimals())),
            None => Read::Wrong,
        }
    }
}

/// The largest mantissa that takes one more digit.
pub(super) const ROOM: i128 = TENS[37];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dot(text: &str) -> Read<Decimal> {
        NumberStyle::Dot.read(text.as_bytes())
    }

    fn comma(text: &str) -> Read<Decimal> {
        NumberStyle::Comma.read(text.as_bytes())
    }

    /// What is the same number whichever sign begins the decimals.
    #[test]
    fn whole_numbers_are_read_however_they_are_dressed() {
        let dressed: [(&str, i128); 40] = [
            ("1234", 1234),
            (" 1234\t", 1234),
            ("-1234", -1234),
            ("+1234", 1234),
            ("\u{2212}1234", -1234),
            ("－１２３４", -1234),
            ("1234-", -1234),
            ("1234 -", -1234),
            ("(1234)", -1234),
            ("（1234）", -1234),
            ("$1234", 1234),
            ("-$1234", -1234),
            ("$-1234", -1234),
            ("($1234)", -1234),
            ("$(1234)", -1234),
            ("($ 1234)", -1234),
            ("1234 €", 1234),
            ("1234€-", -1234),
            ("£1234", 1234),
            ("¥1234", 1234),
            ("￥１２３４", 1234),
            ("₹1234", 1234),
            ("1234 kr", 1234),
            ("1234 kr.", 1234),
            ("1234 zł", 1234),
            ("USD 1234", 1234),
            ("1234EUR", 1234),
            ("gbp 1234", 1234),
            ("US$1234", 1234),
            ("R$ 1234", 1234),
            ("Rs.1234", 1234),
            ("1234元", 1234),
            ("RMB1234", 1234),
            ("CNY\u{a0}1234", 1234),
            ("1'234", 1234),
            ("1’234’567", 1_234_567),
            ("1 234", 1234),
            ("1\u{a0}234\u{202f}567", 1_234_567),
            ("\u{feff}1234", 1234),
            ("-0", 0),
        ];
        for (text, whole) in dressed {
            let number = Read::Value(Decimal::new(whole, 0));
            assert_eq!((dot(text), comma(text)), (number, number), "{text}");
        }
    }

    #[test]
    fn the_sign_of_the_decimals_decides() {
        let read: [(&str, i128, u8, &str); 16] = [
            ("1234.5", 12_345, 1, "1234,5"),
            ("1.50", 150, 2, "1,50"),
            (".5", 5, 1, ",5"),
            ("5.", 5, 0, "5,"),
            ("-.5", -5, 1, "-,5"),
            ("1,234", 1234, 0, "1.234"),
            ("1.234", 1234, 3, "1,234"),
            ("1,234.50", 123_450, 2, "1.234,50"),
            ("1,234,567.891", 1_234_567_891, 3, "1.234.567,891"),
            ("12,34,567.8", 12_345_678, 1, "12.34.567,8"),
            ("1 234.5", 12_345, 1, "1 234,5"),
            ("(1.50)", -150, 2, "(1,50)"),
            ("$ .99", 99, 2, "$ ,99"),
            ("１，２３４．５", 12_345, 1, "１．２３４，５"),
            ("1.2e-3", 12, 4, "1,2E-3"),
            ("1.5E+3", 1500, 0, "1,5e3"),
        ];
        for (english, mantissa, decimals, german) in read {
            let number = Read::Value(Decimal::new(mantissa, decimals));
            assert_eq!((dot(english), comma(german)), (number, number), "{english}");
        }
        assert_eq!(dot("1e12"), Read::Value(Decimal::new(1_000_000_000_000, 0)));
    }

    #[test]
    fn long_numbers_are_exact() {
        let digits = "1234567890123456789012345678901234567";
        let number = Read::Value(Decimal::new(digits.parse().unwrap(), 0));
        assert_eq!(dot(digits), number);
        assert_eq!(dot(&format!("{digits}.{}", "0".repeat(300))), number);
        assert_eq!(dot(&format!("{}{digits}", "0".repeat(300))), number);
        let small = format!("0.{}1", "0".repeat(254));
        assert_eq!(dot(&small), Read::Value(Decimal::new(1, 255)));
        assert_eq!(dot("0.1000000000000000055511151231257827"), {
            Read::Value(Decimal::new(1_000_000_000_000_000_055_511_151_231_257_827, 34))
        });
        assert_eq!(dot("0e999999999"), Read::Value(Decimal::ZERO));
    }

    #[test]
    fn what_is_absent_is_told_from_what_is_wrong() {
        for absent in ["", " ", "\u{a0}", "NA", "n/a", "NaN", "nan", "null", "NULL", "None", "\\N"]
        {
            assert_eq!(dot(absent), Read::Empty, "{absent}");
        }
        let wrong = [
            "ten",
            "inf",
            "-Infinity",
            "∞",
            "-",
            "--5",
            "+-5",
            "-(5)",
            "(5",
            "5)",
            "()",
            "$",
            "$$5",
            ".",
            "1.2.3",
            "1,2,3",
            "1,23",
            "12,3456",
            "1234,567",
            "0,123",
            ",123",
            "1,234,56",
            "1 2",
            "1,234'567",
            "1.5,000",
            "1e",
            "e5",
            "1e5.5",
            "1e99",
            "1e-300",
            "5%",
            "5 pcs",
            "5¢",
            "1.2万",
            "0x10",
            "1_000",
            "2011-12-09",
            "8:26",
            "#DIV/0!",
            "1\u{0}",
        ];
        for wrong in wrong {
            assert_eq!(dot(wrong), Read::Wrong, "{wrong}");
        }
        assert_eq!(dot(&"9".repeat(39)), Read::Wrong);
        assert_eq!(NumberStyle::Dot.read(b"\xff5"), Read::Wrong);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(text in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = NumberStyle::Dot.read(&text);
            let _ = NumberStyle::Comma.read(&text);
        }

        #[test]
        fn any_marks_are_read_without_a_panic(text in "[-+0-9.,' ()$€eE％０-９，．−kr]{0,24}") {
            let _ = dot(&text);
            let _ = comma(&text);
        }

        #[test]
        fn what_is_written_is_read(mantissa in -TENS[37]..TENS[37], decimals in any::<u8>()) {
            let number = Decimal::new(mantissa, decimals);
            let text = number.to_string();
            prop_assert_eq!(dot(&text), Read::Value(number));
            prop_assert_eq!(comma(&text.replace('.', ",")), Read::Value(number));
        }

        /// Thousands in groups are the same number as without.
        #[test]
        fn groups_change_nothing(number in 0_u64..10_000_000_000, cents in 0_u8..100) {
            let digits = number.to_string();
            let mut grouped = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            let plain = dot(&format!("{number}.{cents:02}"));
            prop_assert!(plain.value().is_some());
            prop_assert_eq!(dot(&format!("{grouped}.{cents:02}")), plain);
            let german = format!("{}{}{cents:02}", grouped.replace(',', "."), ',');
            prop_assert_eq!(comma(&german), plain);
        }
    }
}

//! Sums in twice the working precision, so that only the data's own rounding limits a result.

/// An unevaluated sum of two `f64`s, `high + low` with `low` below half an ulp of `high`.
///
/// The error-free transformations are those of Dekker (1971), *Numerische Mathematik* 18,
/// 224–242, and Knuth, *The Art of Computer Programming* vol. 2, 4.2.2.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Twofold {
    high: f64,
    low: f64,
}

impl Twofold {
    /// The exact difference of two values.
    pub(crate) fn difference(a: f64, b: f64) -> Self {
        let (high, low) = two_sum(a, -b);
        Twofold { high, low }
    }

    pub(crate) fn plus(self, other: Twofold) -> Self {
        let (high, error) = two_sum(self.high, other.high);
        let (low, rest) = two_sum(self.low, other.low);
        let (high, error) = quick_two_sum(high, error + low);
        let (high, low) = quick_two_sum(high, error + rest);
        Twofold { high, low }
    }

    pub(crate) fn minus(self, other: Twofold) -> Self {
        self.plus(Twofold { high: -other.high, low: -other.low })
    }

    pub(crate) fn times(self, factor: f64) -> Self {
        let product = self.high * factor;
        let error = self.high.mul_add(factor, -product) + self.low * factor;
        let (high, low) = quick_two_sum(product, error);
        Twofold { high, low }
    }

    pub(crate) fn over(self, divisor: f64) -> Self {
        let quotient = self.high / divisor;
        let rest = (-quotient).mul_add(divisor, self.high) + self.low;
        let (high, low) = quick_two_sum(quotient, rest / divisor);
        Twofold { high, low }
    }

    pub(crate) fn squared(self) -> Self {
        let product = self.high * self.high;
        let error = self.high.mul_add(self.high, -product) + 2.0 * self.high * self.low;
        let (high, low) = quick_two_sum(product, error);
        Twofold { high, low }
    }

    /// The nearest `f64`.
    pub(crate) fn value(self) -> f64 {
        self.high + self.low
    }
}

impl std::iter::Sum for Twofold {
    fn sum<I: Iterator<Item = Twofold>>(terms: I) -> Twofold {
        terms.fold(Twofold::default(), Twofold::plus)
    }
}

fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

fn quick_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, b - (sum - a))
}

#[cfg(test)]
mod tests {
    use super::Twofold;

    fn of(value: f64) -> Twofold {
        Twofold::difference(value, 0.0)
    }

    #[test]
    fn what_plain_sums_lose_is_kept() {
        let sum: Twofold = [1e16, 1.0, -1e16].into_iter().map(of).sum();
        assert_eq!(sum.value(), 1.0);
        assert_eq!(Twofold::difference(1e16, -1.0).minus(of(1e16)).value(), 1.0);
    }

    #[test]
    fn a_mean_of_equal_values_is_the_value() {
        for count in 1..200 {
            let sum: Twofold = (0..count).map(|_| of(0.1)).sum();
            assert!(sum.over(f64::from(count)).minus(of(0.1)).value().abs() < 1e-31);
        }
    }

    #[test]
    fn products_and_quotients_undo_each_other() {
        let third = of(1.0).over(3.0);
        assert!(third.times(3.0).minus(of(1.0)).value().abs() < 1e-31);
        // (1/3)² − 1/9, which is 0.
        assert!(third.squared().minus(of(1.0).over(9.0)).value().abs() < 1e-31);
    }
}

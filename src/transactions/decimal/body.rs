//! Digits, their groups, the decimal sign and the exponent.

use super::affix::is_minus;
use super::style::ROOM;
use super::{Decimal, NumberStyle};

/// What separates groups of digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Point,
    Comma,
    Apostrophe,
    Space,
}

impl Mark {
    fn of(c: char) -> Option<Mark> {
        match c {
            '.' | '．' => Some(Mark::Point),
            ',' | '，' => Some(Mark::Comma),
            '\'' | '’' | '＇' => Some(Mark::Apostrophe),
            c if c.is_whitespace() => Some(Mark::Space),
            _ => None,
        }
    }
}

impl NumberStyle {
    fn sign(self) -> Mark {
        match self {
            NumberStyle::Dot => Mark::Point,
            NumberStyle::Comma => Mark::Comma,
        }
    }
}

/// A digit, plain or full-width.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

/// The number that digits with separators say.
pub(super) fn decimal(text: &str, style: NumberStyle) -> Option<Decimal> {
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((text, exponent)) => (text, whole(exponent)?),
        None => (text, 0),
    };
    let mut digits = Digits::default();
    let mut groups = Groups::default();
    let mut is_behind = false;
    for c in text.chars() {
        if let Some(digit) = digit(c) {
            digits.push(digit, is_behind)?;
            groups.push(digit, is_behind);
            continue;
        }
        let mark = Mark::of(c)?;
        if is_behind {
            return None;
        }
        if mark == style.sign() {
            is_behind = true;
        } else {
            groups.part(mark)?;
        }
    }
    if digits.count == 0 || !groups.are_sound() {
        return None;
    }
    Decimal::scaled(digits.mantissa, digits.decimals.checked_sub(exponent)?)
}

/// A whole number as an exponent: longer ones than five digits have no use.
fn whole(text: &str) -> Option<i32> {
    let (is_negative, digits) = match text.strip_prefix(is_minus) {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole {
        return None;
    }
    let number: i32 = digits.parse().unwrap_or(99_999).min(99_999);
    Some(if is_negative { -number } else { number })
}

/// The digits so far. Zeros behind the decimal sign wait until another digit follows, so that zeros
/// at the end take no room.
#[derive(Default)]
struct Digits {
    mantissa: i128,
    count: usize,
    decimals: i32,
    waiting: i32,
}

impl Digits {
    fn push(&mut self, digit: u32, is_behind: bool) -> Option<()> {
        self.count += 1;
        if !is_behind {
            return self.add(digit);
        }
        if digit == 0 {
            self.waiting = self.waiting.checked_add(1)?;
            return Some(());
        }
        for _ in 0..self.waiting {
            self.add(0)?;
        }
        self.decimals = self.decimals.checked_add(self.waiting)?.checked_add(1)?;
        self.waiting = 0;
        self.add(digit)
    }

    fn add(&mut self, digit: u32) -> Option<()> {
        if self.mantissa >= ROOM {
            return None;
        }
        self.mantissa = self.mantissa * 10 + i128::from(digit);
        Some(())
    }
}

/// How the digits before the decimal sign are grouped.
struct Groups {
    mark: Option<Mark>,
    /// The digits of the first group, and of the one that is being read.
    first: usize,
    now: usize,
    starts_with_zero: bool,
    /// Whether all groups between the first and the last have three digits, or two.
    threes: bool,
    twos: bool,
}

impl Default for Groups {
    fn default() -> Self {
        let mark = None;
        Groups { mark, first: 0, now: 0, starts_with_zero: false, threes: true, twos: true }
    }
}

impl Groups {
    fn push(&mut self, digit: u32, is_behind: bool) {
        if !is_behind {
            self.starts_with_zero |= self.mark.is_none() && self.now == 0 && digit == 0;
            self.now += 1;
        }
    }

    /// A group ends; `None` if another mark ended the last one.
    fn part(&mut self, mark: Mark) -> Option<()> {
        match self.mark {
            None => {
                self.mark = Some(mark);
                self.first = self.now;
            }
            Some(before) if before == mark => {
                self.threes &= self.now == 3;
                self.twos &= self.now == 2;
            }
            Some(_) => return None,
        }
        self.now = 0;
        Some(())
    }

    /// No groups; groups of three; or, as in India, three digits last and two in those before.
    fn are_sound(&self) -> bool {
        let by_three = self.threes && (1..=3).contains(&self.first);
        let by_two = self.twos && (1..=2).contains(&self.first);
        self.mark.is_none() || (self.now == 3 && !self.starts_with_zero && (by_three || by_two))
    }
}

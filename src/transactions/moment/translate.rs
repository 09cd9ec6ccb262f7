//! Dates in wide characters and in Chinese, written anew in plain ones.

use crate::transactions::decimal::is_minus;

/// Longer texts are no dates.
const LONGEST: usize = 96;

/// A short text of ASCII characters, without a heap behind it.
pub(super) struct Plain {
    bytes: [u8; LONGEST],
    length: usize,
    /// Whether the text named year, month and day in Chinese.
    pub is_chinese: bool,
}

impl Plain {
    pub fn bytes(&self) -> &[u8] {
        self.bytes[..self.length].trim_ascii()
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length += 1;
        Some(())
    }

    fn extend(&mut self, text: &[u8]) -> Option<()> {
        text.iter().try_for_each(|byte| self.push(*byte))
    }
}

/// What waits for the digits that may follow a Chinese hour or minute.
#[derive(Clone, Copy, PartialEq)]
enum Waiting {
    Nothing,
    Minutes,
    Seconds,
}

/// The text in ASCII: `２０２４/３/１` as `2024/3/1`, `2024年3月1日 上午8:26` as `2024-3-1 8:26 AM`.
/// Names of weekdays are left out. `None` where anything else is not ASCII.
pub(super) fn translated(text: &str) -> Option<Plain> {
    let mut plain = Plain { bytes: [0; LONGEST], length: 0, is_chinese: false };
    let mut half: &[u8] = b"";
    let mut waiting = Waiting::Nothing;
    let mut joins_next = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let c = narrow(c);
        if c == ' ' && (joins_next || waiting != Waiting::Nothing) {
            continue;
        }
        joins_next = false;
        match waiting {
            Waiting::Minutes | Waiting::Seconds if c.is_ascii_digit() => plain.push(b':')?,
            Waiting::Minutes => plain.extend(b":00")?,
            _ => {}
        }
        waiting = Waiting::Nothing;
        match c {
            '年' | '月' => {
                (plain.is_chinese, joins_next) = (true, true);
                plain.length = plain.bytes[..plain.length].trim_ascii_end().len();
                plain.push(b'-')?;
            }
            '日' | '号' | '號' => plain.push(b' ')?,
            '时' | '時' | '点' | '點' => waiting = Waiting::Minutes,
            '分' => waiting = Waiting::Seconds,
            '秒' => {}
            '上' | '下' | '午' => {
                (half, rest) = meridiem(c, rest)?;
            }
            '星' => rest = skip(rest.strip_prefix('期')?)?,
            '周' | '週' => rest = skip(rest)?,
            c => plain.push(u8::try_from(c).ok().filter(u8::is_ascii)?)?,
        }
    }
    if waiting == Waiting::Minutes {
        plain.extend(b":00")?;
    }
    plain.extend(half)?;
    Some(plain)
}

/// White space as a space, dashes as a hyphen, full-width characters as plain ones.
fn narrow(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        c if is_minus(c) => '-',
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// 上午, 下午 and the Japanese 午前, 午後, by their first character; and what follows.
fn meridiem(first: char, rest: &str) -> Option<(&'static [u8], &str)> {
    let (morning, afternoon): (&[u8], &[u8]) = (b" AM", b" PM");
    match first {
        '上' => Some((morning, rest.strip_prefix('午')?)),
        '下' => Some((afternoon, rest.strip_prefix('午')?)),
        _ => match rest.strip_prefix('前') {
            Some(rest) => Some((morning, rest)),
            None => Some((afternoon, rest.strip_prefix(['後', '后'])?)),
        },
    }
}

/// Without the number of a weekday.
fn skip(rest: &str) -> Option<&str> {
    rest.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天'])
}

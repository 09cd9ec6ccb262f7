//! Currencies beside a number.

use super::affix::is_minus;
use super::body::digit;

/// ISO 4217, and RMB as people write it.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL \
    BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB \
    EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD \
    JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU \
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RMB RON RSD \
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD \
    TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Names of currencies, and signs of several letters.
const NAMES: [&str; 31] = [
    "kr",
    "zł",
    "Kč",
    "Ft",
    "Fr",
    "SFr",
    "lei",
    "лв",
    "руб",
    "р",
    "Rs",
    "RM",
    "Rp",
    "R",
    "元",
    "圆",
    "圓",
    "円",
    "원",
    "人民币",
    "US$",
    "R$",
    "A$",
    "C$",
    "AU$",
    "CA$",
    "NZ$",
    "HK$",
    "S$",
    "NT$",
    "CN¥",
];

/// The text without the currency before or after it.
pub(super) fn stripped(text: &str) -> Option<&str> {
    let start = text.find(ends_name).unwrap_or(0);
    let (name, rest) = text.split_at(start);
    if is_currency(name) {
        return Some(rest.strip_prefix('.').filter(|_| is_shortened(name)).unwrap_or(rest));
    }
    let body = text.strip_suffix('.').unwrap_or(text);
    let end = body.char_indices().rfind(|(_, c)| ends_name(*c)).map(|(at, c)| at + c.len_utf8())?;
    let (rest, name) = body.split_at(end);
    (is_currency(name) && (body.len() == text.len() || is_shortened(name))).then_some(rest)
}

/// Whether a character belongs to the number or its sign.
fn ends_name(c: char) -> bool {
    digit(c).is_some()
        || c.is_whitespace()
        || is_minus(c)
        || matches!(c, '.' | ',' | '．' | '，' | '\'' | '’' | '+' | '＋' | '(' | ')' | '（' | '）')
}

/// Names that a full stop may follow.
fn is_shortened(name: &str) -> bool {
    ["kr", "Fr", "SFr", "руб", "р", "Rs", "Rp"].iter().any(|short| same(short, name))
}

fn is_currency(name: &str) -> bool {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (None, _) => false,
        (Some(sign), None) if is_sign(sign) => true,
        _ => {
            NAMES.iter().any(|known| same(known, name))
                || (name.len() == 3 && CODES.split_ascii_whitespace().any(|code| same(code, name)))
        }
    }
}

/// The signs of currencies in Unicode, but for ¢: five cents are not five.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '$' | '£' | '¤' | '¥' | '֏' | '؋' | '฿' | '₠'
            ..='\u{20cf}' | '﷼' | '＄' | '￡' | '￥' | '￦'
    )
}

fn same(known: &str, name: &str) -> bool {
    known.eq_ignore_ascii_case(name)
}

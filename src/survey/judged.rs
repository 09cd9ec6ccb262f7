//! One judgement as people give it, read as a number on the judgement scale.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::workbook::{Date, Number, Reading, Value, read_number};

/// A rounded decimal this near to 1/k stands for it.
const SNAP: f64 = 0.02;

/// Reads a judgement. Repairs are warned of; a fault gives `None`.
///
/// `scale_max` is the upper end of the scale, its reciprocal the lower.
///
/// ```
/// use custval::diagnostic::{Diagnostics, Place};
/// use custval::survey::read_judgement;
/// use custval::workbook::Value;
///
/// let mut log = Diagnostics::new();
/// let place = Place::cell("j.xlsx", "PW Ann", 2, 3);
/// let third = read_judgement(&Value::Text("0,33".into()), 9.0, &place, &mut log);
/// assert_eq!(third, Some(1.0 / 3.0));
/// assert_eq!(log.len(), 2); // the decimal comma, and 0.33 for 1/3
/// ```
pub fn read_judgement(
    value: &Value,
    scale_max: f64,
    place: &Place,
    log: &mut Diagnostics,
) -> Option<f64> {
    let mut say = |diagnostic: Diagnostic| log.push(diagnostic.at(place.clone()));
    if let Value::Date(date) = value {
        return date_trap(date, scale_max, &mut say);
    }
    let Reading::Number(number) = read_number(value) else {
        say(not_a_number(value));
        return None;
    };
    if let Some(unusual) = number.repaired {
        let message = format!("{} was read as {}, {unusual}", value.shown(), number.value);
        say(Diagnostic::warning(Code::JudgementRepaired, message));
    }
    if number.value > 20_000.0 && number.value < 80_000.0 {
        let message = format!("{} looks like the serial number of a date", number.value);
        say(Diagnostic::error(Code::JudgementDateSerial, message).hint(
            "Excel makes a date of a typed 1/3; format the cell as Fraction and type it again",
        ));
        return None;
    }
    if let Some(k) = stands_for_fraction(&number) {
        let snapped = 1.0 / f64::from(k);
        let message = format!("{} was read as 1/{k}", number.value);
        say(Diagnostic::warning(Code::JudgementSnapped, message)
            .hint("type 1/3, 1/5 … into cells formatted as Fraction"));
        return Some(snapped);
    }
    on_scale(&number, scale_max, value, &mut say)
}

fn not_a_number(value: &Value) -> Diagnostic {
    match value {
        Value::FormulaWithoutValue(_) => {
            let message = format!("the cell holds {}", value.shown());
            Diagnostic::error(Code::FormulaWithoutValue, message)
                .hint("open the file in Excel or LibreOffice and save it, or type the value")
        }
        Value::Error(error) => {
            Diagnostic::error(Code::CellError, format!("the cell shows {error}"))
                .hint("type the judgement")
        }
        _ => {
            let message = format!("{} is not a judgement", value.shown());
            Diagnostic::error(Code::JudgementNotANumber, message)
                .hint("a judgement is 1 to 9, or a fraction 1/2 to 1/9")
        }
    }
}

/// 1/3 typed into a General cell became 3 January or 1 March: if one of day and month is 1 and the
/// other is not, 1/(the other) is the only sensible reading.
fn date_trap(date: &Date, scale_max: f64, say: &mut impl FnMut(Diagnostic)) -> Option<f64> {
    let shown = Value::Date(*date).to_string();
    let other = match (date.day, date.month) {
        (1, other) | (other, 1) if (2..=9).contains(&other) => Some(other),
        _ => None,
    };
    if let Some(k) = other.filter(|k| f64::from(*k) <= scale_max) {
        // A date of the year 1900 or 1904 is a small number in a cell that is formatted as a date.
        if date.year > 1904 {
            let message = format!("the date {shown} was read as 1/{k}, which Excel turned into it");
            say(Diagnostic::warning(Code::JudgementDate, message)
                .hint("format the cell as Fraction and type it again"));
            return Some(1.0 / f64::from(k));
        }
    }
    if date.serial > 0.0 && date.serial <= scale_max {
        let message = format!("{} was read from a cell that is formatted as a date", date.serial);
        say(Diagnostic::warning(Code::JudgementDate, message).hint("format the cell as Fraction"));
        return Some(date.serial);
    }
    say(Diagnostic::error(Code::JudgementDate, format!("the cell holds the date {shown}")).hint(
        "Excel makes a date of a typed fraction; format the cell as Fraction and type it again",
    ));
    None
}

/// 0.33 is how people write 1/3: the decimal is 1/k rounded (or cut) to the digits typed, or has at
/// most two digits and is within 2 %.
fn stands_for_fraction(number: &Number) -> Option<u32> {
    let decimals = number.decimals?;
    if !(0.0..1.0).contains(&number.value) || decimals == 0 || decimals > 14 {
        return None;
    }
    let unit = 10f64.powi(decimals as i32);
    (2..=9).find(|k| {
        let exact = 1.0 / f64::from(*k);
        if exact == number.value {
            return false; // 0.5, 0.25, 0.125, 0.2 are themselves
        }
        let same = |digits: f64| (number.value * unit).round() == digits;
        let is_rounded = same((exact * unit).round()) || same((exact * unit).floor());
        let is_near = (number.value * f64::from(*k) - 1.0).abs() <= SNAP + 1e-12;
        is_near && (is_rounded || decimals <= 2)
    })
}

fn on_scale(
    number: &Number,
    scale_max: f64,
    value: &Value,
    say: &mut impl FnMut(Diagnostic),
) -> Option<f64> {
    let judgement = number.value;
    let slack = 1.0 + 1e-9;
    if judgement > 0.0 && judgement <= scale_max * slack && judgement * scale_max * slack >= 1.0 {
        return Some(judgement);
    }
    let scale = format!("the scale runs from 1/{scale_max} to {scale_max}");
    // Nobody types 11.2647: it was computed, as in an improved or aggregated matrix.
    let whole = |x: f64| (x - x.round()).abs() < 1e-6;
    let is_computed = judgement > 0.0 && !whole(judgement) && !whole(1.0 / judgement);
    let far = 2.0 * scale_max;
    if is_computed && judgement <= far && judgement * far >= 1.0 {
        let message = format!("{judgement} lies outside the scale and is used as it is");
        say(Diagnostic::warning(Code::JudgementBeyondScale, message).hint(scale));
        return Some(judgement);
    }
    let what = match judgement {
        0.0 => "0 is not a judgement".to_string(),
        _ if judgement < 0.0 => format!("{} is negative", value.shown()),
        _ => format!("{} lies outside the scale", value.shown()),
    };
    let mend = if judgement == 0.0 {
        "; leave a cell empty where no comparison was made"
    } else if judgement < 0.0 {
        "; “less important” is a fraction such as 1/3"
    } else {
        "; `--scale-max` or `scale_max` in the model allows a longer one"
    };
    say(Diagnostic::error(Code::JudgementOutOfScale, what).hint(scale + mend));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    fn read(value: Value) -> (Option<f64>, Vec<(Severity, Code)>) {
        let mut log = Diagnostics::new();
        let place = Place::cell("j.xlsx", "PW Ann", 2, 3);
        let judgement = read_judgement(&value, 9.0, &place, &mut log);
        (judgement, log.iter().map(|d| (d.severity, d.code)).collect())
    }

    #[test]
    fn decimals_stand_for_fractions() {
        let snapped = [(0.33, 3), (0.333, 3), (0.14, 7), (0.143, 7), (0.17, 6), (0.167, 6)];
        for (typed, k) in snapped.into_iter().chain([(0.11, 9), (0.111, 9), (0.3333, 3)]) {
            let (judgement, said) = read(Value::Number(typed));
            assert_eq!(judgement, Some(1.0 / f64::from(k)), "{typed}");
            assert_eq!(said, [(Severity::Warning, Code::JudgementSnapped)], "{typed}");
        }
        for exact in [0.5, 0.25, 0.2, 0.125, 0.3346, 0.3279, 0.2437, 1.0, 1.41, 9.0] {
            assert_eq!(read(Value::Number(exact)), (Some(exact), vec![]), "{exact}");
        }
        assert_eq!(read(Value::Number(1.0 / 3.0)), (Some(1.0 / 3.0), vec![]));
    }

    #[test]
    fn dates_are_fractions_only_where_nothing_else_makes_sense() {
        let date = |year, month, day| Value::Date(Date { serial: 46025.0, year, month, day });
        let repaired = vec![(Severity::Warning, Code::JudgementDate)];
        assert_eq!(read(date(2026, 1, 3)), (Some(1.0 / 3.0), repaired.clone()));
        assert_eq!(read(date(2026, 3, 1)), (Some(1.0 / 3.0), repaired));
        for (month, day) in [(1, 1), (3, 4), (1, 12), (11, 1)] {
            assert_eq!(read(date(2026, month, day)).0, None, "{month}/{day}");
        }
        assert_eq!(read(Value::Number(46025.0)).1, [(Severity::Error, Code::JudgementDateSerial)]);
    }

    #[test]
    fn what_is_off_the_scale_is_refused() {
        for value in [12.0, 1.0 / 12.0, 0.0, -3.0, 100.5] {
            let (judgement, said) = read(Value::Number(value));
            assert_eq!(
                (judgement, said),
                (None, vec![(Severity::Error, Code::JudgementOutOfScale)])
            );
        }
        let (computed, said) = read(Value::Number(11.2647));
        assert_eq!(computed, Some(11.2647));
        assert_eq!(said, [(Severity::Warning, Code::JudgementBeyondScale)]);
    }
}

//! How a text is written: its encoding, its dates and its numbers.

use super::pass::Seen;
use super::source::{Source, taken_as};
use super::{Clock, DateFinding, DateStyle, NumberFinding, NumberStyle, Options, Zone};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeMap;

/// How dates and numbers are written.
#[derive(Clone)]
pub(crate) struct Styles {
    pub dates: Option<DateStyle>,
    pub dates_told: bool,
    pub numbers: Option<NumberStyle>,
    pub numbers_told: bool,
    pub clock: Option<Clock>,
    /// The encodings of sources that began as UTF-8 and were not, with the first line that shows it.
    pub encodings: BTreeMap<String, (&'static Encoding, u64)>,
    encoding_told: bool,
}

impl Styles {
    /// As far as the user told.
    pub(crate) fn asked(options: &Options) -> Styles {
        Styles {
            dates: options.date_style.clone(),
            dates_told: options.date_style.is_some(),
            numbers: options.number_style,
            numbers_told: options.number_style.is_some(),
            clock: options.zone.clone().map(Clock::In),
            encodings: BTreeMap::new(),
            encoding_told: options.encoding.is_some(),
        }
    }

    /// Whether any of them has still to be found out.
    pub(crate) fn are_open(&self) -> bool {
        self.dates.is_none() || self.numbers.is_none()
    }
}

impl Styles {
    /// Whether every text was read in its encoding; if not, it is now known.
    pub(crate) fn decode(&mut self, files: &[Source], seen: &Seen, log: &mut Diagnostics) -> bool {
        let mut decoded = true;
        for (source, letters) in &seen.letters {
            let Some((encoding, line)) = letters.older else { continue };
            let name = files.get(*source as usize).map_or("", |source| source.name.as_str());
            let place = Place::line(name, line as usize, None);
            if self.knows_encoding(name) {
                let message = "the text is not in the encoding that was told; what cannot be read is shown as \u{fffd}";
                log.push(Diagnostic::warning(Code::EncodingGuessed, message).at(place));
            } else if encoding == WINDOWS_1252 && !letters.is_utf8 && !letters.differ {
                // Its blocks were decoded one by one.
                log.push(taken_as(encoding, place));
            } else {
                self.encodings.insert(name.to_string(), (encoding, line));
                decoded = false;
            }
        }
        if decoded {
            for (name, (encoding, line)) in &self.encodings {
                log.push(taken_as(encoding, Place::line(name, *line as usize, None)));
            }
        }
        decoded
    }

    /// Whether the encoding of a source was told, or found out before.
    pub(crate) fn knows_encoding(&self, name: &str) -> bool {
        self.encoding_told || self.encodings.contains_key(name)
    }

    /// Whether everything was read in the styles that it is written in; if not, they are now known.
    pub(crate) fn settle(
        &mut self,
        seen: &Seen,
        place: &dyn Fn(u64) -> Place,
        log: &mut Diagnostics,
    ) -> Result<bool, Error> {
        let mut settled = true;
        if !self.dates_told {
            let finding = seen.dates.finding();
            log.extend(finding.diagnostic(place, "--date-format").into_iter().collect());
            if let DateFinding::Clear(style) = finding
                && self.dates.as_ref() != Some(&style)
            {
                self.dates = Some(style);
                settled = false;
            }
            let clock = seen.dates.offsets().clock(None);
            match &self.clock {
                None if clock != Clock::AsWritten => {
                    self.clock = Some(clock);
                    settled = false;
                }
                _ => {}
            }
            if self.clock == Some(Clock::In(Zone::utc()))
                && let Some((one, other)) = seen.dates.offsets().differing()
            {
                let message = format!(
                    "dates are written for different time zones, as “{}” and “{}”, and are taken in UTC",
                    one.text, other.text
                );
                let warning = Diagnostic::warning(Code::TimeZonesDiffer, message)
                    .at(place(other.row))
                    .hint("give --time-zone, such as Europe/London, for the calendar that counts");
                log.push(warning);
            }
        }
        if let Some((one, (other, row))) = differing(&seen.zones) {
            match &self.clock {
                None => {
                    self.clock = Some(Clock::In(Zone::utc()));
                    settled = false;
                }
                Some(clock) if *clock == Clock::In(Zone::utc()) => {
                    let message = format!(
                        "dates are those of different time zones, {one} and {other}, and are taken in UTC"
                    );
                    let warning =
                        Diagnostic::warning(Code::TimeZonesDiffer, message).at(place(*row)).hint(
                            "give --time-zone, such as Europe/London, for the calendar that counts",
                        );
                    log.push(warning);
                }
                Some(_) => {}
            }
        }
        if !self.numbers_told {
            let finding = seen.numbers.finding();
            log.extend(finding.diagnostic(place, "--decimal").into_iter().collect());
            if let NumberFinding::Clear(style) = finding
                && self.numbers != Some(style)
            {
                self.numbers = Some(style);
                settled = false;
            }
        }
        log.refuse_if_faulty()?;
        Ok(settled)
    }
}

/// The first zone, and the first other one with its row.
fn differing(zones: &[(String, u64)]) -> Option<(&str, &(String, u64))> {
    let (first, _) = zones.first()?;
    let other = zones.iter().find(|(zone, _)| zone != first)?;
    Some((first, other))
}

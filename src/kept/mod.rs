//! A result that was written, read back whole, so that it can be told anew without its inputs.
//!
//! `saved` takes the rules out of a result, and stands above `evaluation`, which classes later customers by
//! them. Here the result itself comes back; so this room stands below those that make results, and above
//! the reports that tell them.

mod seal;

pub use seal::write;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::evaluation::Evaluation;
use crate::rfm::Analysis;
use crate::saved::is_known;
use seal::{Seal, seal};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

/// A result that was written by `custval evaluate` or `custval rfm`.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// Customers by a model.
    Evaluation(Box<Evaluation>),
    /// Customers by their sales.
    Analysis(Box<Analysis>),
}

/// What is looked at before the rest: the program, the seal, and an entry that only one kind of result has.
#[derive(Deserialize)]
struct Head {
    made_by: Option<Value>,
    seal: Option<IgnoredAny>,
    scoring: Option<IgnoredAny>,
    metrics: Option<IgnoredAny>,
}

/// The kinds of results.
#[derive(Clone, Copy)]
enum Kind {
    Evaluation,
    Analysis,
}

const ANEW: &str = "make the result anew: `custval evaluate … -o DIR` or `custval rfm … -o DIR`";
const ORIGINAL: &str = "give the file as custval wrote it, or make the result anew: `custval evaluate … -o \
                        DIR` or `custval rfm … -o DIR`";

impl Kept {
    /// Reads a `result.json`; what comes back is equal to what was written, to the last digit.
    ///
    /// Faults, each with its place: the file cannot be read; it is no JSON, or no such result; another
    /// version wrote it; its seal is missing or does not fit, so that it may not hold together.
    pub fn open(file: &str, log: &mut Diagnostics) -> Option<Kept> {
        match std::fs::read(file) {
            Ok(bytes) => Kept::parse(&bytes, file, log),
            Err(error) => {
                let message = format!("cannot read: {error}");
                let fault = Diagnostic::error(Code::FileUnreadable, message)
                    .at(Place::file(file))
                    .hint("give a result.json that custval has written");
                log.push(fault);
                None
            }
        }
    }

    /// The same from the bytes of the file; `file` is the name that faults carry.
    pub fn parse(bytes: &[u8], file: &str, log: &mut Diagnostics) -> Option<Kept> {
        let kind = sound_kind(bytes, file, log)?;
        match kind {
            Kind::Evaluation => {
                typed(bytes, file, log).map(|found| Kept::Evaluation(Box::new(found)))
            }
            Kind::Analysis => typed(bytes, file, log).map(|found| Kept::Analysis(Box::new(found))),
        }
    }
}

/// Which kind of result this is, if it is one, from a version that is known, with a seal that fits.
fn sound_kind(bytes: &[u8], file: &str, log: &mut Diagnostics) -> Option<Kind> {
    let head: Head = typed(bytes, file, log)?;
    if !is_known(head.made_by.as_ref().and_then(Value::as_str), file, log) {
        return None;
    }
    let kind = match (&head.scoring, &head.metrics) {
        (Some(_), _) => Kind::Evaluation,
        (None, Some(_)) => Kind::Analysis,
        (None, None) => {
            let message = "this is no result of `custval evaluate` or `custval rfm`";
            let fault = Diagnostic::error(Code::SavedUnreadable, message);
            log.push(fault.at(Place::file(file)).hint(ANEW));
            return None;
        }
    };
    let (code, message) = match (seal(bytes), &head.seal) {
        (Seal::Fits, _) => return Some(kind),
        (Seal::Missing, None) => (Code::SealMissing, "the result has no seal".to_string()),
        (Seal::Missing, Some(_)) => {
            let message = "the seal does not stand at the end as it was written: the file was \
                           reformatted or changed since";
            (Code::SealBroken, message.to_string())
        }
        (Seal::Other { written, found }, _) => {
            let short = |digits: &str| digits.get(..12).unwrap_or(digits).to_string();
            let message = format!(
                "the seal says {}…, but what stands before it gives {}…: the file was changed or \
                 reformatted since custval wrote it",
                short(&written),
                short(&found)
            );
            (Code::SealBroken, message)
        }
    };
    log.push(Diagnostic::error(code, message).at(Place::json(file, "seal")).hint(ORIGINAL));
    None
}

/// A document as a type; a fault with its line if it is none.
fn typed<T: DeserializeOwned>(bytes: &[u8], file: &str, log: &mut Diagnostics) -> Option<T> {
    let read = serde_json::from_slice(bytes);
    let told = |error: &serde_json::Error| {
        let what = if error.is_data() { "no such result" } else { "no JSON" };
        let fault = Diagnostic::error(Code::SavedUnreadable, format!("{what}: {error}"))
            .at(Place::line(file, error.line().max(1), None));
        log.push(fault.hint(ANEW));
    };
    read.inspect_err(told).ok()
}

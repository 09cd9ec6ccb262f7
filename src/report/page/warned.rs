//! A warning as the page shows it.

use crate::diagnostic::Diagnostic;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Warned<'a> {
    code: &'static str,
    /// What the code is about, in a few words.
    title: &'static str,
    message: &'a str,
}

impl<'a> From<&'a Diagnostic> for Warned<'a> {
    fn from(warning: &'a Diagnostic) -> Warned<'a> {
        let code = warning.code;
        Warned { code: code.as_str(), title: code.title(), message: &warning.message }
    }
}

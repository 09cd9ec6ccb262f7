//! The library's error: input to mend, or a failure of ours.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::fmt;

/// Why there is no result.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The input has faults: all of them, with the warnings found beside them (exit code 1).
    Input(Diagnostics),
    /// custval or the machine failed (exit code 2).
    Failure(Box<Diagnostic>),
}

impl Error {
    /// A failure that the input cannot mend.
    pub fn internal(message: impl Into<String>) -> Self {
        Error::Failure(Box::new(Diagnostic::error(Code::Internal, message)))
    }

    /// The exit code that says this.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Input(_) => 1,
            Error::Failure(_) => 2,
        }
    }
}

impl From<Diagnostic> for Error {
    fn from(fault: Diagnostic) -> Self {
        Error::Input(fault.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Input(log) => f.write_str(&log.text(false)),
            Error::Failure(fault) => write!(f, "{fault}"),
        }
    }
}

impl std::error::Error for Error {}

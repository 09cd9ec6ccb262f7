//! Which program and version wrote a document.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};

/// Whether this custval, or an older one, wrote the document.
pub(crate) fn is_known(made_by: Option<&str>, file: &str, log: &mut Diagnostics) -> bool {
    let version = |text: &str| -> Option<Vec<u64>> {
        let parts: Option<Vec<u64>> = text.split('.').map(|part| part.parse().ok()).collect();
        parts.filter(|parts| parts.len() == 3)
    };
    let ours = env!("CARGO_PKG_VERSION");
    let theirs = made_by.and_then(|by| version(by.strip_prefix("custval ")?));
    let message = match (made_by, &theirs) {
        (_, Some(theirs)) if Some(theirs) <= version(ours).as_ref() => return true,
        (Some(by), Some(_)) => format!("the result was made by {by}; this is custval {ours}"),
        (Some(by), None) => format!("the result was made by “{by}”, which is no known version"),
        (None, _) => "nothing says which program and version made this".to_string(),
    };
    let fault = Diagnostic::error(Code::SavedVersion, message)
        .at(Place::json(file, "made_by"))
        .hint("use the custval that made it, or make the result anew with this one");
    log.push(fault);
    false
}

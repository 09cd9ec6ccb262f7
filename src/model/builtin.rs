//! The models that come with custval.

/// A model that comes with custval, to be named instead of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Builtin {
    /// Its name, such as `sme`.
    pub name: &'static str,
    /// Its TOML text.
    pub text: &'static str,
}

/// Every built-in model.
pub const BUILTIN: &[Builtin] = &[
    Builtin { name: "sme", text: include_str!("../../models/sme.toml") },
    Builtin { name: "sme-hybrid", text: include_str!("../../models/sme-hybrid.toml") },
    Builtin { name: "retail-loyalty", text: include_str!("../../models/retail-loyalty.toml") },
];

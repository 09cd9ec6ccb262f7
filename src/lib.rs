//! Customer value evaluation: what each customer is worth, now and later.
//!
//! Data flows one way, top to bottom; a module uses what stands above it, never what stands below.

#![warn(missing_docs)]

pub mod diagnostic;
mod error;
mod grouping;

pub mod agreement;
pub mod cluster;

pub mod anova;

pub use error::Error;
pub use grouping::Grouping;

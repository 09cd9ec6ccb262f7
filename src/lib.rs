//! Customer value evaluation: what each customer is worth, now and later.
//!
//! Data flows one way, top to bottom; a module uses what stands above it, never what stands below.

#![warn(missing_docs)]

pub mod diagnostic;
mod error;
pub mod judgement;
pub mod model;
pub mod named;
pub mod priority;
pub mod survey;
pub mod text;
pub mod workbook;

pub use error::Error;

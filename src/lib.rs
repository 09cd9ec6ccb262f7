//! Customer value evaluation: what each customer is worth, now and later.
//!
//! Data flows one way, top to bottom; a module uses what stands above it, never what stands below.

#![warn(missing_docs)]

pub mod agreement;
pub mod anova;
pub mod class;
pub mod cluster;
pub mod diagnostic;
pub mod distribution;
mod error;
pub mod evaluation;
mod grouping;
pub mod indicator;
pub mod job;
pub mod join;
pub mod judgement;
pub mod kept;
mod metric;
pub mod migration;
pub mod model;
pub mod named;
pub mod plan;
pub mod priority;
pub mod report;
pub mod rfm;
mod role;
pub mod saved;
pub mod sensitivity;
pub mod study;
pub mod survey;
pub mod text;
pub mod transactions;
pub mod value;
pub mod workbook;

pub use error::Error;
pub use grouping::Grouping;

/// The examples of the documents, run as tests.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../docs/methods.md")]
    struct Methods;
    #[doc = include_str!("../docs/judgements.md")]
    struct Judgements;
    #[doc = include_str!("../docs/reading.md")]
    struct Reading;
    #[doc = include_str!("../docs/rfm.md")]
    struct Rfm;
    #[doc = include_str!("../docs/scores.md")]
    struct Scores;
    #[doc = include_str!("../README.md")]
    struct Readme;
}

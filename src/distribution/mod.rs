//! Distributions that the tests rest on, with small tails kept: none is computed as one less
//! something near one.

mod beta;
mod chi_squared;
mod f;
mod noncentral_f;
mod normal;
mod root;
mod stirling;
mod studentized_range;

pub use chi_squared::chi_squared_tail;
pub use f::{f_tail, f_tail_real};
pub use noncentral_f::{noncentral_f, noncentrality};
pub use normal::{normal, normal_quantile};
pub use studentized_range::StudentizedRange;

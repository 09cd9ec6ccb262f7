//! The same arithmetic on wider registers. The only unsafe code of the library is here.
//!
//! A program is compiled for processors of twenty years ago, which take two numbers at a time.
//! Here a piece of work is compiled for four and for eight as well, and the widest that this
//! processor has is taken when it runs. The results are the same to the last bit: the work is
//! written so that each number goes through the same operations in the same order whatever its
//! neighbours are, and Rust fuses no product with a sum unless told to.

/// Work on long rows of numbers. `run`, and what it calls, must be `#[inline(always)]` so that it
/// is compiled anew for each kind of processor.
pub(super) trait Work {
    type Found;

    fn run(self) -> Self::Found;
}

/// Runs the work with the widest instructions that this processor has.
pub(super) fn widest<W: Work>(work: W) -> W::Found {
    #[cfg(target_arch = "x86_64")]
    {
        if std::arch::is_x86_feature_detected!("avx512f") {
            // SAFETY: the processor has just been found to have these instructions.
            return unsafe { by_eight(work) };
        }
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has just been found to have these instructions.
            return unsafe { by_four(work) };
        }
    }
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn by_eight<W: Work>(work: W) -> W::Found {
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn by_four<W: Work>(work: W) -> W::Found {
    work.run()
}

/// The work on every path that this processor has, to see that they agree.
#[cfg(test)]
pub(super) fn on_every_path<W: Work + Clone>(work: W) -> Vec<W::Found> {
    let mut found = vec![work.clone().run()];
    #[cfg(target_arch = "x86_64")]
    {
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has just been found to have these instructions.
            found.push(unsafe { by_four(work.clone()) });
        }
        if std::arch::is_x86_feature_detected!("avx512f") {
            // SAFETY: the processor has just been found to have these instructions.
            found.push(unsafe { by_eight(work) });
        }
    }
    found
}

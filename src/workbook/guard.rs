//! A call into another's code that may panic: it gives nothing then, and writes nothing to the
//! terminal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What the call gives; `None` if it panicked. The process's panic hook is not told of that, and is
/// told of all other panics as before.
pub(crate) fn survived<T>(call: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                before(panic);
            }
        }));
    });
    let outer = IS_GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    IS_GUARDED.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_with_the_call() {
        assert_eq!(survived(|| 1), Some(1));
        assert_eq!(survived(|| -> u8 { panic!("not to be seen") }), None);
        assert!(!IS_GUARDED.get());
        // A guarded call within another leaves the outer one guarded.
        assert_eq!(
            survived(|| survived(|| panic!("nor this")).is_none() && IS_GUARDED.get()),
            Some(true)
        );
    }
}

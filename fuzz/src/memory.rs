//! An allocator that ends the process where an input asks for too much: at once and exactly, which
//! libFuzzer's own limits, looked at once a second, are not.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What may be in use at once, in bytes.
const MOST: usize = 1 << 30;

#[global_allocator]
static MEMORY: Counted = Counted;

static IN_USE: AtomicUsize = AtomicUsize::new(0);

struct Counted;

impl Counted {
    fn take(size: usize) {
        let before = IN_USE.fetch_add(size, Ordering::Relaxed);
        if before.saturating_add(size) > MOST {
            // A message would need memory; the input that libFuzzer keeps says enough.
            std::process::abort();
        }
    }
}

// SAFETY: the system's allocator does the work; sizes are only counted beside it.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Counted::take(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Counted::take(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Counted::take(size);
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}

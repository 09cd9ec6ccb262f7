//! Work shared among threads so that their number changes nothing but the time.

use std::sync::{Mutex, PoisonError};
use std::thread;

/// As many threads as the machine runs at once.
pub(crate) fn of_the_machine() -> usize {
    thread::available_parallelism().map_or(1, |count| count.get())
}

/// Does the work for each piece, on up to so many threads. Which thread takes which piece is left
/// to chance, so a piece must hold everything that its work changes.
pub(crate) fn share<P: Send>(
    pieces: impl Iterator<Item = P> + Send,
    threads: usize,
    work: impl Fn(P) + Sync,
) {
    let queue = Mutex::new(pieces);
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let worker = || {
        while let Some(piece) = next() {
            work(piece);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // Should the system give no more threads, those that there are do all the work.
            if thread::Builder::new().spawn_scoped(scope, worker).is_err() {
                break;
            }
        }
        worker();
    });
}

/// The results for 0, 1, … `count` − 1, in this order whichever thread found them.
pub(crate) fn in_order<T: Send>(
    count: usize,
    threads: usize,
    find: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let mut found: Vec<Option<T>> = (0..count).map(|_| None).collect();
    share(found.iter_mut().enumerate(), threads.min(count), |(at, place)| *place = Some(find(at)));
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        for threads in [0, 1, 2, 3, 9] {
            let found = in_order(100, threads, |at| at * at);
            assert_eq!(found, (0..100).map(|at| at * at).collect::<Vec<_>>());
        }
        assert_eq!(in_order(0, 3, |at| at), Vec::<usize>::new());
    }
}

//! Work shared among the machine's processors.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// What `work` makes of each of `items`, in their order: the same on any number of processors.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let helpers = processors.min(items.len()).saturating_sub(1);
    let queue = Mutex::new(items.into_iter().enumerate());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let labour = || {
        let mut done = Vec::new();
        while let Some((index, item)) = take() {
            done.push((index, work(item)));
        }
        done
    };
    let mut results = thread::scope(|scope| {
        let threads: Vec<_> = (0..helpers).map(|_| scope.spawn(labour)).collect();
        let mut results = labour();
        for helper in threads {
            results.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_keep_the_order_of_their_items() {
        let squares = map((0..50_u64).collect(), |item| {
            std::thread::sleep(std::time::Duration::from_micros((50 - item) * 20));
            item * item
        });
        assert_eq!(squares, (0..50).map(|item| item * item).collect::<Vec<_>>());
        assert!(map(Vec::<u8>::new(), |item| item).is_empty());
    }
}

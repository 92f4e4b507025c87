//! Work shared among threads, handed over in order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

/// How many threads to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threads(pub NonZeroUsize);

impl Default for Threads {
    /// As many as the machine has processors.
    fn default() -> Self {
        Self(std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
    }
}

impl Threads {
    /// Exactly `count`, at least one.
    pub fn new(count: usize) -> Self {
        Self(NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN))
    }
}

/// Does `work` for 0..`count` and hands each result to `take` in that order.
///
/// At most one result a thread waits to be taken, so memory stays bounded however uneven the work is. A panic in `work`
/// or `take` ends the others too and goes on in the caller.
pub(crate) fn in_order<T: Send>(
    count: usize,
    threads: Threads,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(T),
) {
    let threads = threads.0.get().min(count);
    if threads <= 1 {
        (0..count).for_each(|index| take(work(index)));
        return;
    }
    let tickets = Tickets {
        state: Mutex::default(),
        changed: Condvar::new(),
    };
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::channel();
        for _ in 0..threads {
            let (send, tickets, work) = (send.clone(), &tickets, &work);
            scope.spawn(move || {
                let _closing = CloseOnPanic(tickets);
                while let Some(index) = tickets.draw(count, threads) {
                    if send.send((index, work(index))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let _closing = CloseOnPanic(&tickets);
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (index, result) in receive {
            early.insert(index, result);
            while let Some(result) = early.remove(&next) {
                take(result);
                next += 1;
                tickets.advance();
            }
        }
    });
}

/// What `work` makes of each of `items`, in their order: the same on any number of threads.
pub fn map<T: Send, R: Send>(items: Vec<T>, threads: Threads, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let count = items.len();
    let items: Vec<Mutex<Option<T>>> = items.into_iter().map(|item| Mutex::new(Some(item))).collect();
    let mut results = Vec::with_capacity(count);
    let take = |index: usize| items[index].lock().unwrap_or_else(PoisonError::into_inner).take();
    in_order(
        count,
        threads,
        |index| take(index).map(&work),
        |result| results.extend(result),
    );
    results
}

/// Both at the same time, where there are threads for it.
pub(crate) fn both<A: Send, B>(threads: Threads, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    if threads.0.get() == 1 {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (
            one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            other,
        )
    })
}

/// Hands out indices, but none too far ahead of what was taken.
struct Tickets {
    state: Mutex<Counts>,
    changed: Condvar,
}

#[derive(Default)]
struct Counts {
    /// The next index to hand out.
    next: usize,
    /// Results taken so far.
    taken: usize,
    /// Somebody panicked; nothing more is handed out.
    closed: bool,
}

impl Tickets {
    fn draw(&self, count: usize, threads: usize) -> Option<usize> {
        let mut counts = self.lock();
        while !counts.closed && counts.next < count && counts.next > counts.taken + threads {
            counts = self.changed.wait(counts).unwrap_or_else(PoisonError::into_inner);
        }
        let index = counts.next;
        counts.next += 1;
        (!counts.closed && index < count).then_some(index)
    }

    fn advance(&self) {
        self.lock().taken += 1;
        self.changed.notify_all();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes those who wait for a thread that will never come.
struct CloseOnPanic<'a>(&'a Tickets);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_arrive_in_order_whatever_the_threads_do() {
        for threads in 1..5 {
            let mut taken = Vec::new();
            let work = |index: usize| {
                std::thread::sleep(std::time::Duration::from_millis((7 - index % 7) as u64));
                index * index
            };
            in_order(20, Threads::new(threads), work, |result| taken.push(result));
            assert_eq!(taken, (0..20).map(|index| index * index).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_ends_the_work_instead_of_hanging() {
        for broken in 0..8 {
            let work = |index: usize| assert_ne!(index, broken, "broken on purpose");
            let ended = std::panic::catch_unwind(|| in_order(8, Threads::new(2), work, |()| {}));
            assert!(ended.is_err());
            let take = |index: usize| assert_ne!(index, broken, "broken on purpose");
            let ended = std::panic::catch_unwind(|| in_order(8, Threads::new(2), |index| index, take));
            assert!(ended.is_err());
        }
    }

    #[test]
    fn items_are_worked_on_once_each_and_two_jobs_both_get_done() {
        for threads in 1..4 {
            let doubled = map(vec![3, 1, 2], Threads::new(threads), |item| item * 2);
            assert_eq!(doubled, [6, 2, 4]);
            assert_eq!(both(Threads::new(threads), || "one", || "other"), ("one", "other"));
        }
    }

    #[test]
    fn no_work_is_no_trouble() {
        in_order(0, Threads::new(3), |index| index, |_| panic!("nothing to take"));
    }
}

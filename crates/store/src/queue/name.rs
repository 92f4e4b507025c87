//! Names of workers.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// Gives each worker a name that none had before: a name that comes back while its old row still looks alive is refused
/// by apalis, and one that comes back later would inherit the dead worker's jobs.
#[derive(Debug)]
pub(crate) struct WorkerNames {
    prefix: String,
    given: AtomicU64,
}

impl WorkerNames {
    /// Names made of role, host and a random number for this start of the program.
    pub(crate) fn for_this_start() -> Self {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let host = match host.trim() {
            "" => "host",
            name => name,
        };
        let this_start = RandomState::new().hash_one((std::process::id(), host));
        Self {
            prefix: format!("worker-{host}-{this_start:016x}"),
            given: AtomicU64::new(0),
        }
    }

    /// The next name.
    pub(crate) fn next(&self) -> String {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        format!("{}-{number}", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::WorkerNames;

    #[test]
    fn no_name_is_given_twice_even_after_a_restart() {
        let (first, second) = (WorkerNames::for_this_start(), WorkerNames::for_this_start());
        let names = [first.next(), first.next(), second.next(), second.next()];
        let distinct: std::collections::HashSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{names:?}");
    }
}

//! A clock that only moves when told.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use busker_core::clock::{Clock, Timestamp};

/// Stands still until [`FixedClock::advance`]d.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// Stands at `now`.
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Moves on.
    pub fn advance(&self, by: Duration) {
        let milliseconds = i64::try_from(by.as_millis()).expect("a test moves the clock by less than all time");
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Jumps, also backwards, as a badly kept clock does.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::SeqCst);
    }
}

impl Default for FixedClock {
    /// Noon on 19 November 2026, UTC.
    fn default() -> Self {
        Self::at(Timestamp::from_unix_seconds(1_795_089_600))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

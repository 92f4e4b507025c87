//! Which invoices are paid: the log, and what was read of it so far.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use busker_core::id::PaymentHash;

use super::log::{Entry, Log, ReadOn};
use crate::error::LightningError;

/// The settlements of every process that shares the log. Each question reads what others added first.
#[derive(Debug)]
pub(super) struct Settlements {
    log: Log,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    hashes: HashSet<PaymentHash>,
    /// Behind the last line read.
    position: u64,
}

/// How it stands with an invoice after [`Settlements::record`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recorded {
    /// This call settled it.
    Now,
    /// It was settled already, and nothing was written.
    Before,
}

impl Settlements {
    /// Reads the whole log.
    pub(super) fn load(log: Log) -> Result<Self, LightningError> {
        let settlements = Self {
            log,
            seen: Mutex::default(),
        };
        settlements.refresh()?;
        Ok(settlements)
    }

    /// Reads what was added to the log.
    pub(super) fn refresh(&self) -> Result<(), LightningError> {
        self.up_to_date().map(|_| ())
    }

    /// Whether the invoice is settled.
    pub(super) fn contains(&self, hash: PaymentHash) -> Result<bool, LightningError> {
        Ok(self.up_to_date()?.hashes.contains(&hash))
    }

    /// Settles an invoice once, whoever tries at the same time.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub(super) fn record(&self, entry: Entry) -> Result<Recorded, LightningError> {
        let turn = self.log.take_turn()?;
        let seen = self.up_to_date()?;
        if seen.hashes.contains(&entry.payment_hash) {
            return Ok(Recorded::Before);
        }
        self.log.append(&turn, seen.position, entry)?;
        Ok(Recorded::Now)
    }

    /// The log itself.
    pub(super) fn log(&self) -> &Log {
        &self.log
    }

    fn up_to_date(&self) -> Result<MutexGuard<'_, Seen>, LightningError> {
        // A panic between reading and noting would at worst make a line be read again.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let from = seen.position;
        seen.position = self.log.read(from, |entry, _| {
            seen.hashes.insert(entry.payment_hash);
            ReadOn::Yes
        })?;
        Ok(seen)
    }
}

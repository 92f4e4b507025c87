//! The settlement log: one line a settlement, only ever appended to.
//!
//! A line is the time in milliseconds since 1970, the payment hash and the amount in millisatoshis, and counts once its
//! newline is there. A crash in the middle of a write leaves a torn end, which readers do not see and the next writer
//! cuts off. Writers take turns by a lock on a file of its own, because a lock on the log itself would keep readers out
//! on Windows.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use busker_core::amount::Msats;
use busker_core::clock::Timestamp;
use busker_core::id::PaymentHash;
use busker_core::wallet::Cursor;

use super::key::sync_folder;
use crate::error::LightningError;

/// One settlement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) settled_at: Timestamp,
    pub(super) payment_hash: PaymentHash,
    pub(super) amount: Msats,
}

/// The log's files. They are opened anew for each use, so a folder that was replaced is noticed.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    lock_path: PathBuf,
}

/// The right to append, until it is dropped.
pub(super) struct Turn {
    _lock: File,
}

impl Log {
    /// Uses the log at `path`, or begins one.
    pub(super) fn open(path: PathBuf, lock_path: PathBuf) -> Result<Self, LightningError> {
        let created = OpenOptions::new().create(true).append(true).open(&path);
        created.map_err(LightningError::io("create", &path))?;
        sync_folder(path.parent().unwrap_or(Path::new(".")))?;
        Ok(Self { path, lock_path })
    }

    /// Waits until no other process or thread appends.
    pub(super) fn take_turn(&self) -> Result<Turn, LightningError> {
        let lock = File::create(&self.lock_path).map_err(LightningError::io("create", &self.lock_path))?;
        lock.lock().map_err(LightningError::io("lock", &self.lock_path))?;
        Ok(Turn { _lock: lock })
    }

    /// Gives every settlement from byte `from` on to `visit`, with the position behind it, until `visit` says stop. The
    /// answer is the position behind the last line read.
    ///
    /// # Errors
    /// [`LightningError::LogShrank`] when the log ends before `from`.
    pub(super) fn read(&self, from: u64, mut visit: impl FnMut(Entry, u64) -> ReadOn) -> Result<u64, LightningError> {
        let mut file = File::open(&self.path).map_err(LightningError::io("open", &self.path))?;
        // A writer may cut off a torn end and write on while this reads; what begins before the present end and goes on
        // behind it would be half of each.
        let Some(unread) = self.length(&file)?.checked_sub(from) else {
            return Err(LightningError::LogShrank {
                path: self.path.clone(),
            });
        };
        file.seek(SeekFrom::Start(from)).map_err(self.reading())?;

        let mut lines = BufReader::new(file.take(unread));
        let mut line = Vec::new();
        let mut position = from;
        loop {
            line.clear();
            lines.read_until(b'\n', &mut line).map_err(self.reading())?;
            if line.pop() != Some(b'\n') {
                return Ok(position);
            }
            position += line.len() as u64 + 1;
            match parse(&line) {
                Some(entry) if visit(entry, position) == ReadOn::No => return Ok(position),
                Some(_) => {}
                None => tracing::warn!(path = %self.path.display(), position, "skipped a damaged settlement line"),
            }
        }
    }

    /// Writes `entry` at `end`, the position behind the last whole line, down to the disk. Only the holder of a turn
    /// knows that position for sure.
    ///
    /// # Errors
    /// [`LightningError::NotSynced`] when the line stands in the log but may not outlive a power cut. Any other error
    /// means that nothing was settled.
    pub(super) fn append(&self, _turn: &Turn, end: u64, entry: Entry) -> Result<(), LightningError> {
        let opened = OpenOptions::new().append(true).open(&self.path);
        let mut file = opened.map_err(LightningError::io("open", &self.path))?;
        if self.length(&file)? > end {
            self.cut_off(end)?;
        }
        // The newline is the last byte to arrive, so a write that fails half way settles nothing.
        file.write_all(format(entry).as_bytes())
            .map_err(LightningError::io("write", &self.path))?;
        file.sync_data().map_err(|source| LightningError::NotSynced {
            path: self.path.clone(),
            source,
        })
    }

    /// Windows shortens no file that is open for appending, so this opens it in another way.
    fn cut_off(&self, end: u64) -> Result<(), LightningError> {
        tracing::warn!(path = %self.path.display(), "cut off a settlement that a crash left half written");
        let opened = OpenOptions::new().write(true).open(&self.path);
        let shortened = opened.and_then(|file| file.set_len(end));
        shortened.map_err(LightningError::io("repair", &self.path))
    }

    /// Where reading from `cursor` on begins. A cursor that does not stand at the beginning of a line is of a log that
    /// was here before; then everything is read again, which does no harm, while skipping would.
    pub(super) fn position(&self, cursor: &Cursor) -> Result<u64, LightningError> {
        if cursor.0.is_empty() {
            return Ok(0);
        }
        let position: u64 = cursor
            .0
            .parse()
            .map_err(|_| LightningError::BadCursor(cursor.0.clone()))?;
        let mut file = File::open(&self.path).map_err(LightningError::io("open", &self.path))?;
        if position == 0 || position > self.length(&file)? {
            return Ok(0);
        }
        let mut before = [0];
        file.seek(SeekFrom::Start(position - 1)).map_err(self.reading())?;
        file.read_exact(&mut before).map_err(self.reading())?;
        Ok(if before == *b"\n" { position } else { 0 })
    }

    fn length(&self, file: &File) -> Result<u64, LightningError> {
        let metadata: fs::Metadata = file.metadata().map_err(self.reading())?;
        Ok(metadata.len())
    }

    fn reading(&self) -> impl FnOnce(io::Error) -> LightningError {
        LightningError::io("read", &self.path)
    }
}

/// Whether to go on reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadOn {
    Yes,
    No,
}

fn format(entry: Entry) -> String {
    format!("{} {} {}\n", entry.settled_at.0, entry.payment_hash, entry.amount.0)
}

/// A line without its newline.
fn parse(line: &[u8]) -> Option<Entry> {
    let mut fields = str::from_utf8(line).ok()?.split(' ');
    let entry = Entry {
        settled_at: Timestamp(fields.next()?.parse().ok()?),
        payment_hash: fields.next()?.parse().ok()?,
        amount: Msats(fields.next()?.parse().ok()?),
    };
    fields.next().is_none().then_some(entry)
}

#[cfg(test)]
mod tests;

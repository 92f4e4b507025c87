//! The port of finished files.

use std::ops::Range;

use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::BoxStream;

use crate::id::{AudioKey, FileDigest};

/// Keeps finished files.
#[async_trait]
pub trait AudioStore: Send + Sync {
    /// Stores a file durably and reads it back (I9). `extension` names the kind of file: "mp3", "peaks.json".
    ///
    /// # Errors
    /// [`AudioError`]; the file may be half there, and must not be promised to anyone.
    async fn put(&self, key: &AudioKey, extension: &str, content: Bytes) -> Result<StoredFile, AudioError>;

    /// Opens a file, whole or in part. The range is in bytes and must lie within the file.
    ///
    /// # Errors
    /// [`AudioError::NotFound`] or the storage failed.
    async fn open(&self, key: &AudioKey, extension: &str, range: Option<Range<u64>>) -> Result<OpenFile, AudioError>;

    /// The length of a file.
    ///
    /// # Errors
    /// [`AudioError::NotFound`] or the storage failed.
    async fn size(&self, key: &AudioKey, extension: &str) -> Result<u64, AudioError>;

    /// Whether it can be written to now: writes and removes a small file.
    ///
    /// # Errors
    /// Why not, for the operator.
    async fn check(&self) -> Result<(), AudioError>;
}

/// A file as read back from storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredFile {
    /// Its length.
    pub bytes: u64,
    /// Its checksum.
    pub sha256: FileDigest,
}

/// A file being read.
pub struct OpenFile {
    /// Length of the whole file.
    pub total: u64,
    /// The bytes asked for.
    pub content: BoxStream<'static, Result<Bytes, AudioError>>,
}

impl std::fmt::Debug for OpenFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenFile")
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

/// The storage failed.
#[derive(Debug, thiserror::Error)]
pub enum AudioError {
    /// No such file.
    #[error("there is no such file")]
    NotFound,
    /// It could not be read or written.
    #[error("the audio store failed: {0}; is its disk full or its folder not writable?")]
    Unavailable(String),
    /// What was read back is not what was written.
    #[error("the audio store gave back other bytes than were written; do not trust this disk")]
    Corrupted,
}

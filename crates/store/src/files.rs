//! Finished files, in a folder or in a bucket.

use std::ops::Range;
use std::path::Path as FilePath;
use std::sync::Arc;

use async_trait::async_trait;
use busker_core::audio::{AudioError, AudioStore, OpenFile, StoredFile};
use busker_core::crash;
use busker_core::id::{AudioKey, FileDigest};
use bytes::Bytes;
use futures::stream::{self, StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};

use crate::error::Error;

/// Longest extension, in characters.
const EXTENSION_MAX: usize = 64;

/// Where [`AudioStore::check`] writes.
const PROBE: &str = "busker-check";

/// What it writes: enough to notice a disk that is nearly full.
const PROBE_CONTENT: &[u8] = &[b'b'; 256 * 1024];

/// Files named by random keys.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    root: Path,
}

impl Files {
    /// Files in a folder of this machine, which is made when missing. Written files are on the disk, not only in the
    /// system's memory, before anybody is told of them.
    ///
    /// # Errors
    /// [`Error::Folder`].
    pub fn local(folder: &FilePath) -> Result<Self, Error> {
        let refused = |problem: String| Error::Folder {
            path: folder.display().to_string(),
            problem,
        };
        std::fs::create_dir_all(folder).map_err(|error| refused(error.to_string()))?;
        let local = LocalFileSystem::new_with_prefix(folder).map_err(|error| refused(error.to_string()))?;
        Ok(Self {
            store: Arc::new(local.with_fsync(true)),
            root: Path::default(),
        })
    }

    /// Files in an S3 bucket, given as `s3://bucket/prefix`; credentials and region come from the usual `AWS_…`
    /// variables.
    ///
    /// # Errors
    /// [`Error::Bucket`].
    #[cfg(feature = "s3")]
    pub fn bucket(url: &str) -> Result<Self, Error> {
        let wrong = |problem: String| Error::Bucket(problem);
        let place = url
            .strip_prefix("s3://")
            .ok_or_else(|| wrong("its URL must begin with `s3://`".to_owned()))?;
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let store = object_store::aws::AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        Ok(Self {
            store: Arc::new(store),
            root: Path::parse(prefix).map_err(|error| wrong(error.to_string()))?,
        })
    }

    /// Two levels of folders keep each one small: no file system likes a million files in one.
    fn place(&self, key: &AudioKey, extension: &str) -> Result<Path, AudioError> {
        if !is_safe(extension) {
            return Err(AudioError::Unavailable(
                "a file extension may have only lower-case letters, digits, `-`, `_` and single dots".to_owned(),
            ));
        }
        let name = key.to_hex();
        let (first, second) = (&name[..2], &name[2..4]);
        Ok(self
            .root
            .clone()
            .join(first)
            .join(second)
            .join(format!("{name}.{extension}")))
    }

    /// Length and checksum of what is really there (I9).
    async fn read_back(&self, place: &Path) -> Result<StoredFile, AudioError> {
        let mut content = self.store.get(place).await.map_err(failed)?.into_stream();
        let (mut bytes, mut hasher) = (0, Sha256::new());
        while let Some(chunk) = content.try_next().await.map_err(failed)? {
            bytes += chunk.len() as u64;
            hasher.update(&chunk);
        }
        Ok(StoredFile {
            bytes,
            sha256: FileDigest(hasher.finalize().into()),
        })
    }
}

#[async_trait]
impl AudioStore for Files {
    async fn put(&self, key: &AudioKey, extension: &str, content: Bytes) -> Result<StoredFile, AudioError> {
        let place = self.place(key, extension)?;
        let written = StoredFile {
            bytes: content.len() as u64,
            sha256: FileDigest(Sha256::digest(&content).into()),
        };
        crash::point("audio.put.before_write");
        self.store.put(&place, content.into()).await.map_err(failed)?;
        crash::point("audio.put.after_write");
        let stored = self.read_back(&place).await?;
        if stored == written {
            Ok(stored)
        } else {
            Err(AudioError::Corrupted)
        }
    }

    async fn open(&self, key: &AudioKey, extension: &str, range: Option<Range<u64>>) -> Result<OpenFile, AudioError> {
        let place = self.place(key, extension)?;
        if let Some(range) = &range
            && range.is_empty()
        {
            let total = self.size(key, extension).await?;
            let content = stream::empty().boxed();
            return Ok(OpenFile { total, content });
        }
        let options = GetOptions {
            range: range.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        let got = self.store.get_opts(&place, options).await.map_err(failed)?;
        Ok(OpenFile {
            total: got.meta.size,
            content: got.into_stream().map_err(failed).boxed(),
        })
    }

    async fn size(&self, key: &AudioKey, extension: &str) -> Result<u64, AudioError> {
        let place = self.place(key, extension)?;
        Ok(self.store.head(&place).await.map_err(failed)?.size)
    }

    async fn check(&self) -> Result<(), AudioError> {
        let place = self.root.clone().join(PROBE);
        self.store
            .put(&place, Bytes::from_static(PROBE_CONTENT).into())
            .await
            .map_err(failed)?;
        match self.store.delete(&place).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()), // another node's check removed it first
            Err(error) => Err(failed(error)),
        }
    }
}

/// Nothing in it can lead out of the folder.
fn is_safe(extension: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
    };
    extension.len() <= EXTENSION_MAX && extension.split('.').all(is_part)
}

fn failed(error: object_store::Error) -> AudioError {
    match error {
        object_store::Error::NotFound { .. } => AudioError::NotFound,
        other => AudioError::Unavailable(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn an_extension_cannot_lead_out_of_the_folder() {
        for safe in ["mp3", "wav", "peaks.json", "stem-lead_2.wav"] {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_one in [
            "", ".", "..", "mp3.", ".mp3", "a..b", "a/b", "a\\b", "../x", "MP3", "é", "a b", "a\0", "a%2f",
        ] {
            assert!(!is_safe(unsafe_one), "{unsafe_one}");
        }
        assert!(!is_safe(&"a".repeat(65)));
    }
}

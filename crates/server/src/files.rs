//! A song's files under their key: the song itself, what stands beside it, and a card that says how to serve it.

use busker_core::id::AudioKey;
use busker_core::request::AudioFormat;
use busker_core::song::{SongFacts, StoredSong};
use busker_engines::FinishedFiles;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::random;
use crate::workshop::Workshop;

/// The extension of the [`FileCard`]; never served.
pub(crate) const CARD: &str = "card.json";

/// What a node must know to serve a song without asking the order book.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FileCard {
    pub(crate) title: String,
    pub(crate) format: AudioFormat,
    pub(crate) sha256: String,
}

/// A song ready to be stored.
pub(crate) struct Finished {
    pub(crate) files: FinishedFiles,
    pub(crate) facts: SongFacts,
}

impl Workshop {
    /// Stores all files of a song, the song itself last, each read back (I9).
    pub(crate) async fn store_files(&self, model: &str, song: Finished) -> Result<StoredSong, String> {
        let Finished {
            files: FinishedFiles { main, extras },
            facts,
        } = song;
        let (format, duration_seconds) = (main.format, main.duration_seconds());
        let key = random::audio_key().map_err(|error| error.to_string())?;
        let extensions = extras.keys().map(|extension| (*extension).to_owned()).collect();
        for (extension, content) in extras {
            self.put(&key, extension, content.into()).await?;
        }
        let stored = self.put(&key, format.name(), main.bytes.into()).await?;
        let card = FileCard {
            title: facts.title.clone(),
            format,
            sha256: stored.sha256.to_string(),
        };
        let card = serde_json::to_vec(&card).map_err(|error| error.to_string())?;
        self.put(&key, CARD, card.into()).await?;
        Ok(StoredSong {
            audio: key,
            format,
            bytes: stored.bytes,
            sha256: stored.sha256,
            duration_seconds,
            model: model.to_owned(),
            facts,
            extras: extensions,
        })
    }

    async fn put(
        &self,
        key: &AudioKey,
        extension: &str,
        content: Bytes,
    ) -> Result<busker_core::audio::StoredFile, String> {
        self.audio
            .put(key, extension, content)
            .await
            .map_err(|error| error.to_string())
    }
}

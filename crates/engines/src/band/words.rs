//! Words for a song that came without, by somebody else than the band.

use std::sync::Arc;
use std::time::Duration;

use busker_band::compose::wants_words;
use busker_band::request::Request;
use busker_band::score::Score;
use busker_core::engine::{EngineError, RenderWatch};

use super::ask::band_lyrics;
use crate::lyric_writer::{LyricWish, LyricWriter, LyricWriterError, written};

/// A lyric writer and how long the band waits for it.
#[derive(Clone)]
pub(super) struct Scribe {
    pub(super) writer: Arc<dyn LyricWriter>,
    pub(super) patience: Duration,
}

impl std::fmt::Debug for Scribe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scribe")
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

/// A request with the words it will be sung with. They are written once, before the first take, so that all takes of
/// one render sing the same.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) request: Request,
    title: Option<String>,
    /// What the buyer should know about the words.
    notice: Option<String>,
}

impl Asked {
    /// `request` with lyrics by `scribe`, if there is one and the band would write some itself.
    ///
    /// # Errors
    /// [`EngineError::Cancelled`] only: without usable lyrics from the scribe, the band writes them.
    pub(super) fn new(request: Request, scribe: Option<&Scribe>, watch: &dyn RenderWatch) -> Result<Self, EngineError> {
        let mut asked = Self {
            request,
            title: None,
            notice: None,
        };
        let Some(scribe) = scribe.filter(|_| wants_words(&asked.request)) else {
            return Ok(asked);
        };
        watch.progress(0.0, "writing lyrics");
        let tagged = asked.request.lyrics.iter().filter(|block| block.tag.is_some());
        let sections = tagged.map(|block| block.label.clone()).collect::<Vec<_>>();
        let wish = LyricWish {
            prompt: &asked.request.prompt,
            sections: &sections,
            duration: asked.request.duration,
            seed: asked.request.seed,
            within: scribe.patience,
        };
        match written(scribe.writer.as_ref(), &wish, &|| watch.cancelled()) {
            Ok(words) => {
                asked.title = words.title;
                asked.request.lyrics = band_lyrics(words.lyrics);
                asked.notice = Some("no lyrics were given, so a language model wrote them".to_owned());
            }
            Err(LyricWriterError::Cancelled) => return Err(EngineError::Cancelled),
            Err(error) => asked.notice = Some(format!("the language model wrote no lyrics for this song: {error}")),
        }
        Ok(asked)
    }

    /// The same for another take.
    pub(super) fn with_seed(&self, seed: u64) -> Self {
        let mut take = self.clone();
        take.request.seed = seed;
        take
    }

    /// `score` under the title its words came with, and with what the buyer should know about them.
    pub(super) fn titled(&self, mut score: Score) -> Score {
        if let Some(title) = &self.title {
            score.title.clone_from(title);
        }
        score.warnings.extend(self.notice.clone());
        score
    }
}

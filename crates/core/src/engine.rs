//! The port of everything that makes music.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::amount::Sats;
use crate::request::SongRequest;
use crate::song::Song;

/// Turns a song request into sound. Slow; runs on a thread of its own, never on the async runtime's.
pub trait Engine: Send + Sync {
    /// What it is and what it can do.
    fn card(&self) -> &EngineCard;

    /// Makes the song.
    ///
    /// # Errors
    /// [`EngineError`] says whether another try may help.
    fn render(
        &self,
        request: &SongRequest,
        options: &RenderOptions,
        watch: &dyn RenderWatch,
    ) -> Result<Song, EngineError>;

    /// Whether it could work now: a model is loaded, a server answers.
    ///
    /// # Errors
    /// Why not, for the operator.
    fn ready(&self) -> Result<(), EngineError> {
        Ok(())
    }
}

/// A shared engine is an engine.
impl<E: Engine + ?Sized> Engine for std::sync::Arc<E> {
    fn card(&self) -> &EngineCard {
        (**self).card()
    }

    fn render(
        &self,
        request: &SongRequest,
        options: &RenderOptions,
        watch: &dyn RenderWatch,
    ) -> Result<Song, EngineError> {
        (**self).render(request, options, watch)
    }

    fn ready(&self) -> Result<(), EngineError> {
        (**self).ready()
    }
}

/// Looks on while an engine works.
pub trait RenderWatch: Send + Sync {
    /// `fraction` from 0 to 1, and what is being done, for people.
    fn progress(&self, fraction: f32, stage: &str);

    /// Asked often; once true, the engine stops with [`EngineError::Cancelled`].
    fn cancelled(&self) -> bool;
}

/// What beside the song itself an engine should hand over.
#[derive(Debug, Clone, Default)]
pub struct RenderOptions {
    /// Keep each instrument apart in [`Song::stems`].
    pub stems: bool,
    /// Threads to use; `None` takes what the machine has. The song does not depend on it.
    pub threads: Option<usize>,
    /// Where large intermediate files may go.
    pub scratch: Option<PathBuf>,
}

/// An engine as buyers see it: a model with a price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EngineCard {
    /// The number buyers may give as `modelId`.
    pub id: u32,
    /// The name buyers may give as `modelId`.
    pub slug: String,
    /// For people.
    pub name: String,
    /// One or two sentences for people.
    pub description: String,
    /// What one song costs.
    pub price_sats: Sats,
    /// Longest song, in seconds.
    pub max_seconds: u32,
    /// Whether it sings.
    pub vocals: bool,
    /// Whether it can leave the singer out.
    pub instrumental: bool,
    /// ISO 639-1 codes of the languages it sings.
    pub languages: Vec<String>,
    /// How long a song usually takes, in seconds.
    pub typical_seconds: TypicalSeconds,
    /// Whether it is taken when the buyer names none.
    pub default: bool,
}

/// Measured waiting time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TypicalSeconds {
    /// Half of the songs take at most this.
    pub p50: f64,
    /// 95 of 100 songs take at most this.
    pub p95: f64,
}

impl EngineCard {
    /// A card for tests.
    #[doc(hidden)]
    pub fn for_tests(id: u32, slug: &str) -> Self {
        Self {
            id,
            slug: slug.to_owned(),
            name: slug.to_owned(),
            description: String::new(),
            price_sats: Sats(300),
            max_seconds: 360,
            vocals: true,
            instrumental: true,
            languages: vec!["en".to_owned()],
            typical_seconds: TypicalSeconds { p50: 5.0, p95: 10.0 },
            default: id == 1,
        }
    }
}

/// Why no song came out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The watch said so: the server is stopping or the order is gone.
    #[error("the render was cancelled")]
    Cancelled,
    /// Another try may go better.
    #[error("the engine failed for now: {0}")]
    Transient(String),
    /// The same request will fail again.
    #[error("the engine cannot make this song: {0}")]
    Permanent(String),
}

/// The models on offer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalog {
    cards: Vec<EngineCard>,
}

impl Catalog {
    /// From cards in the order they are shown.
    pub fn new(cards: Vec<EngineCard>) -> Self {
        Self { cards }
    }

    /// All models.
    pub fn cards(&self) -> &[EngineCard] {
        &self.cards
    }

    /// By the name buyers may give.
    pub fn by_slug(&self, slug: &str) -> Option<&EngineCard> {
        self.cards.iter().find(|card| card.slug == slug)
    }

    /// By the number buyers may give.
    pub fn by_id(&self, id: u32) -> Option<&EngineCard> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// The model for `request`: the one it names, else the default one, else the first.
    pub fn choose(&self, request: &SongRequest) -> Option<&EngineCard> {
        match &request.model {
            Some(slug) => self.by_slug(slug),
            None => self
                .cards
                .iter()
                .find(|card| card.default)
                .or_else(|| self.cards.first()),
        }
    }
}
